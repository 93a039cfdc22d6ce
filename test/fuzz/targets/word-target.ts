// What stands in flags, headers and settings.
import { isDeepStrictEqual } from 'node:util'
import {
  collectName,
  collectSetting,
  integerOption,
  parseDuration,
  parseMoment,
  unescapeText,
  usage,
} from '../../../src/cli/option-values.ts'
import { parseReplayFilter } from '../../../src/cli/replay/replay-filter.ts'
import { parseRate, parseSpeed } from '../../../src/cli/replay/replay-pace.ts'
import { findTimestamp, parseTimestampSource } from '../../../src/cli/timestamp-source.ts'
import { traceContextOf } from '../../../src/client/trace-context.ts'
import { formatNetworkAddress, parseNetworkAddress } from '../../../src/domain/network-address.ts'
import {
  parseBytes,
  parseDurationMs,
  writeBytes,
  writeDurationMs,
} from '../../../src/domain/quantity.ts'
import { parseTopicSettings } from '../../../src/domain/topic-settings.ts'
import { clampTimeout } from '../../../src/transport/grpc/timeout-header.ts'
import { type FuzzTarget, mustHold } from '../engine/fuzz-target.ts'
import { allocatedBytesMax, NOW_MS, unlessRefused } from './told-refusal.ts'

/** What stands in flags, headers and settings: each reader gets the whole text. */
export const words: FuzzTarget = {
  name: 'words',
  decoders: [
    'src/cli/option-values.ts',
    'src/cli/replay/replay-filter.ts',
    'src/cli/replay/replay-pace.ts',
    'src/cli/timestamp-source.ts',
    'src/client/trace-context.ts',
    'src/domain/network-address.ts',
    'src/domain/quantity.ts',
    'src/domain/topic-settings.ts',
    'src/transport/grpc/timeout-header.ts',
  ],
  seeds: () =>
    [
      ...[
        '127.0.0.1:7070',
        '[::1]:0',
        'localhost:65536',
        '256MiB',
        '7d',
        '1.5x',
        '100/s',
        '20KiB/s',
        'max',
        '10S',
        '0n',
        '-1S',
        '99999999H',
      ],
      ...[
        '2026-07-01T12:00:00.123+02:00 x',
        '10/Oct/2026:13:55:36 -0700',
        '2026-02-30T12:00',
        'json:a.b:ms',
        'line',
        'PT1H30M',
        '1700000000',
      ],
      ...[
        '{"a":{"b":1700000000},"c":"2026-07-01"}',
        ...['key', 'key=customer-5', 'key^=a', 'key$=\\x00', '!header.h=v', 'header.x', 'time<5m'],
        ...['time>=2026-07-01', 'a\\tb\\x00\\u', 'retention.ms=5', '2026-02-30', '5x', '-5'],
        ...['min.durability=synced', 'durability=written', '{"a.b":"12.5"}', '{"a":{"b":{}}}'],
        ...['{"a":{"b":null}}', '{"a":{"b":"1700000000"}}', '{"a":{"b":99999999999999999}}'],
      ],
      '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
    ].map((text) => Buffer.from(text)),
  words: [
    'json:',
    ':ms',
    'T12:00',
    '+02:00',
    'key=',
    'value=',
    '\\x',
    '\\u{',
    '9007199254740993',
    'retention.bytes=',
    'min.durability=',
    'durability=',
  ],
  bytesMax: 200,
  allocatedBytesMax,
  run: (bytes) => {
    const text = bytes.toString()
    checkQuantities(text)
    const address = unlessRefused(() => parseNetworkAddress(text))
    if (address !== undefined) {
      const again = parseNetworkAddress(formatNetworkAddress(address))
      mustHold(isDeepStrictEqual(again, address), 'an address has one form')
    }
    const moment = unlessRefused(() => parseMoment('--from', text))
    mustHold(moment === undefined || Number.isSafeInteger(moment), 'a moment is whole milliseconds')
    const duration = unlessRefused(() => parseDuration('--for', text))
    mustHold(duration === undefined || duration >= 0, 'a duration is not negative')
    unlessRefused(() => unescapeText('--format', text))
    unlessRefused(() => usage(() => integerOption('--max', 1, 500)(text)))
    unlessRefused(() => integerOption('--max', 1)(text))
    unlessRefused(() => collectSetting(text, { 'retention.ms': '1' }))
    unlessRefused(() => collectSetting(text))
    mustHold(collectName(text, collectName(text)).length === 1, 'a name is collected once')
    unlessRefused(() => usage(() => parseTopicSettings({ [text]: '1' })))
    unlessRefused(() => parseSpeed(text))
    unlessRefused(() => parseRate(text))
    unlessRefused(() => parseReplayFilter(text, NOW_MS))
    checkTimestamps(text, bytes)
    const headers = [
      { key: 'traceparent', value: bytes },
      { key: 'TraceState', value: bytes },
      { key: 'h', value: null },
      ...(bytes.length % 8 === 0 ? [{ key: 'traceparent', value: bytes }] : []),
    ]
    const trace = traceContextOf({ headers })
    mustHold(trace === undefined || /^[0-9a-f]{32}$/.test(trace.traceId), 'a trace id is one')
    const [name = '', ...rest] = text.split('=')
    unlessRefused(() => parseTopicSettings({ [name]: rest.join('=') }))
    clampTimeout(text)
  },
}

function checkQuantities(text: string): void {
  for (const [parse, write] of [
    [parseBytes, writeBytes],
    [parseDurationMs, writeDurationMs],
  ] as const) {
    const value = parse(text)
    if (value === undefined) continue
    mustHold(Number.isSafeInteger(value) && value >= 0, 'a quantity is a count')
    mustHold(parse(write(value)) === value, 'what is written reads as the same')
  }
}

function checkTimestamps(text: string, bytes: Buffer): void {
  const sources = [
    { kind: 'line' } as const,
    { kind: 'json', field: 'a.b', unit: undefined } as const,
    unlessRefused(() => parseTimestampSource(text)),
  ]
  for (const source of sources) {
    if (source === undefined) continue
    const found = findTimestamp(source, bytes)
    if ('timestampMs' in found) {
      mustHold(
        Number.isSafeInteger(found.timestampMs) && found.timestampMs >= 0,
        'a timestamp is one',
      )
    } else mustHold(found.missing.length > 0, 'there is a reason')
  }
}
