// Text that people and programs hand over: files of the command line, configurations, workloads, saved states, addresses and times. What
// is wrong with it is told as an error that a person can act on, never as an exception from within.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { parseReport } from '../../../src/bench/report/parse-report.ts'
import { planOf } from '../../../src/cli/bench/bench-plan.ts'
import { InputError, UsageError } from '../../../src/cli/exit-code.ts'
import { formatOffsetFile, parseOffsetFile } from '../../../src/cli/group/offset-file.ts'
import {
  collectName,
  collectSetting,
  integerOption,
  parseDuration,
  parseMoment,
  unescapeText,
  usage,
} from '../../../src/cli/option-values.ts'
import { recordFromJson, recordToJson } from '../../../src/cli/record-json.ts'
import { parseReplayFilter } from '../../../src/cli/replay/replay-filter.ts'
import { parseRate, parseSpeed } from '../../../src/cli/replay/replay-pace.ts'
import { findTimestamp, parseTimestampSource } from '../../../src/cli/timestamp-source.ts'
import { decodeState, encodeState } from '../../../src/client/replay-into-state.ts'
import { traceContextOf } from '../../../src/client/trace-context.ts'
import { readCommentedJson } from '../../../src/config/commented-json.ts'
import { loadConfig } from '../../../src/config/load-config.ts'
import { isVarveError } from '../../../src/domain/error.ts'
import { formatNetworkAddress, parseNetworkAddress } from '../../../src/domain/network-address.ts'
import {
  parseBytes,
  parseDurationMs,
  writeBytes,
  writeDurationMs,
} from '../../../src/domain/quantity.ts'
import { parseTopicSettings } from '../../../src/domain/topic-settings.ts'
import { clampTimeout } from '../../../src/transport/grpc/timeout-header.ts'
import { sampleReport, sampleResults } from '../../unit/bench/report/sample-report.ts'
import { type FuzzTarget, mustHold } from '../engine/fuzz-target.ts'

const allocatedBytesMax = (bytes: number): number => 2 * 1024 * 1024 + 64 * bytes
const NOW_MS = 1_700_000_000_000

/** The value, or undefined where it is refused as something that somebody wrote. */
function unlessRefused<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (isVarveError(error) || error instanceof InputError || error instanceof UsageError) {
      mustHold(error.message.length > 0, 'a refusal says what is wrong')
      return undefined
    }
    throw error
  }
}

const JSON_WORDS = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  'null',
  'true',
  '-1',
  '1e999',
  '-0',
  '"__proto__":{}',
  '"\\ud800"',
  '\\u0000',
  '//x\n',
  '/*',
  '*/',
]

const offsetFile: FuzzTarget = {
  name: 'offset-file',
  decoders: ['src/cli/group/offset-file.ts'],
  seeds: () => [
    Buffer.from('# saved\norders,0,17\norders,1,4711\n'),
    Buffer.from('topic,partition,offset\n"orders",0,17\n'),
    Buffer.from('billing,orders,0,17\nother,orders,0,3\na,b,orders,1,5\n'),
    Buffer.from(
      '{"topic":"orders","partition":0,"offset":17}\n{"group":"billing","topic":"x","partition":1,"offset":2}\n',
    ),
  ],
  words: [
    ...JSON_WORDS,
    'billing,',
    'orders,',
    '\n',
    '#',
    '9007199254740993',
    '"group":"billing",',
  ],
  allocatedBytesMax,
  run: (bytes) => {
    const offsets = unlessRefused(() => parseOffsetFile(bytes.toString(), 'billing'))
    if (offsets === undefined || offsets.some(({ topic }) => /[,"\n\r{#]|^\s|\s$/.test(topic)))
      return
    const again = parseOffsetFile(formatOffsetFile(offsets), 'billing')
    const hasHeading = offsets[0]?.topic === 'topic'
    mustHold(
      hasHeading || isDeepStrictEqual(again, offsets),
      'what is written again reads as the same',
    )
  },
}

const recordJson: FuzzTarget = {
  name: 'record-json',
  decoders: ['src/cli/record-json.ts'],
  seeds: () =>
    [
      '{"key":"a","value":"b"}',
      '{"keyBase64":"/w==","valueBase64":"","headers":[{"key":"h","value":null},{"key":"i","valueBase64":"AA=="}]}',
      '{"value":null,"headers":{"a":"b"},"timestamp":"2026-07-01T12:00:00Z","partition":3,"topic":"t","offset":5}',
      '{"key":"a","value":"b","timestamp":1700000000000}',
    ].map((text) => Buffer.from(text)),
  words: [
    ...JSON_WORDS,
    '"value":',
    '"valueBase64":"',
    '"headers":',
    '"timestamp":',
    '"partition":',
    'a===',
    '"key":',
  ],
  allocatedBytesMax,
  run: (bytes) => {
    const record = unlessRefused(() => recordFromJson(bytes, 1))
    if (record === undefined) return
    // -0 is 0.
    const timestampMs = (record.timestampMs ?? NOW_MS) + 0
    const partition = (record.partition ?? 0) + 0
    const whole = { ...record, topic: 'orders', offset: 0, timestampMs, partition }
    const again = recordFromJson(Buffer.from(recordToJson(whole)), 1)
    mustHold(
      isDeepStrictEqual(again, { ...record, timestampMs, partition }),
      'what is printed reads as the same',
    )
  },
}

const STATE = {
  version: 1,
  told: 'told',
  before: {
    sessionId: 's',
    places: [{ topic: 'orders', partition: 0, startOffset: 0, offset: 5, endOffset: 9 }],
    playheadMs: 1,
  },
  round: [{ topic: 'orders', partition: 0, offset: 5, nextOffset: 7 }],
  targets: [{ topic: 'copy', partition: 0, baseOffset: 0, endOffset: 5 }],
  isDone: false,
}

const replayState: FuzzTarget = {
  name: 'replay-state',
  decoders: ['src/client/replay-into-state.ts', 'src/client/replay-positions.ts'],
  seeds: () =>
    [
      STATE,
      { ...STATE, before: { ...STATE.before, places: [] } },
      {
        ...STATE,
        before: { ...STATE.before, places: [...STATE.before.places, ...STATE.before.places] },
      },
      { ...STATE, round: [null] },
      { ...STATE, targets: [{}] },
    ].map((state) => Buffer.from(JSON.stringify(state))),
  words: [
    ...JSON_WORDS,
    '"round":',
    '"targets":',
    '"before":',
    '"places":',
    '"seekToMs":5,',
    '"endOffset":',
    '"told":"told"',
  ],
  allocatedBytesMax,
  run: (bytes) => {
    const state = unlessRefused(() => decodeState(bytes.toString(), 'told'))
    if (state === undefined) return
    const again = decodeState(encodeState(state), 'told')
    mustHold(
      isDeepStrictEqual(again, JSON.parse(JSON.stringify(state))),
      'what is saved again reads as the same',
    )
  },
}

let directory = ''
const makeDirectory = async (): Promise<void> => {
  directory = mkdtempSync(join(tmpdir(), 'varve-fuzz-text-'))
}
const removeDirectory = async (): Promise<void> => {
  rmSync(directory, { recursive: true, force: true })
}

/** A file of that content; the next call replaces it. */
function fileOf(bytes: Uint8Array): string {
  const path = join(directory, 'input')
  writeFileSync(path, bytes)
  return path
}

const CONFIG = `{
  // where
  "listen": "127.0.0.1:7070", "data.dir": "/tmp/x",
  "metrics": { "listen": "off" }, /* more */
  "limits": { "connectionsMax": 100, "requestBytesMax": "16MiB" },
  "topic": { "defaults": { "retention.ms": "1000", "durability": "written" } },
  "log.level": "info",
}`

const configFile: FuzzTarget = {
  name: 'config-file',
  decoders: [
    'src/config/commented-json.ts',
    'src/config/config-file.ts',
    'src/config/load-config.ts',
    'src/config/config-key.ts',
  ],
  prepare: makeDirectory,
  end: removeDirectory,
  seeds: () => [
    Buffer.from(CONFIG),
    Buffer.from('{"listen":"127.0.0.1:7070"}'),
    Buffer.from(
      '{"limits.connectionsMax":"5x","topic.defaults.retention.ms":-2,"nothing":1,"listen":null}',
    ),
    Buffer.from(`${'{"a":'.repeat(17)}1${'}'.repeat(17)}`),
    Buffer.from('{"a":[1]}'),
    ...[
      '{"limits.connectionsMax":5,"limits":{"connectionsPerAddressMax":7}}',
      '{"limits":{"connectionsPerAddressMax":7,"connectionsMax":"x"}}',
      '{"limits":{"connectionsPerAddressMax":9999,"connectionsMax":5}}',
      '{"limits":5,"metrics":{"listen":"off"},"log.level":"info","data.dir":""}',
      '{"topic.defaults":{"retention.ms":"7d","retention.bytes":"-1","flush.ms":"9223372036854775807"}}',
      '{"topic.defaults":{"segment.bytes":"1MiB","retention.ms":"x","cleanup.policy":"delete"}}',
      '{"listen":"x","metrics.listen":"127.0.0.1:1","listen":"127.0.0.1:2","a":"\\u12"}',
      '{"storage":"memory","topic.defaults":{"min.durability":"synced","durability":"synced"}}',
      '{"topic.defaults":{"min.durability":"synced","durability":"written"}}',
    ].map((text) => Buffer.from(text.padEnd(96))),
    Buffer.from('\ufeff{"log.level":"loud","limits":{"connectionsMax":0,"connectionsMax":1}}'),
  ],
  words: [
    ...JSON_WORDS,
    ...[
      '"listen":"',
      '"limits.',
      '"topic.defaults.',
      '"metrics.listen":',
      '256MiB',
      '7d',
      '127.0.0.1:',
      '[::1]:',
      '"data.dir":',
      '"log.level":',
    ],
    ...['"limits":{"subscriptionsPerConnectionMax":', '"limits":{"requestBytesPerConnectionMax":'],
  ],
  allocatedBytesMax,
  run: (bytes) => {
    const text = bytes.toString('latin1')
    // A file is dear: its reader is small, and what stands in it is looked at in any case.
    if (bytes.length % 16 === 0) {
      unlessRefused(() => loadConfig({ file: fileOf(bytes), environment: {}, flags: [] }))
    }
    const [key = '', value = '', variable = ''] = text.split('\n', 3)
    const missing = join(directory, 'missing')
    if (bytes.length % 16 === 1) {
      unlessRefused(() => loadConfig({ environment: { VARVE_CONFIG: missing }, flags: [] }))
    }
    unlessRefused(() =>
      loadConfig({
        environment: { VARVE_LISTEN: value, VARVE_SERVICE_HOST: value, [`VARVE_${variable}`]: key },
        flags: [{ name: '--set', key, text: value }],
      }),
    )
    const entries = unlessRefused(() => readCommentedJson(bytes.toString()))
    if (entries === undefined) return
    mustHold(
      entries.every(({ line }) => line >= 1),
      'every entry has its line',
    )
    const plain = asPlainJson(bytes.toString())
    if (plain === undefined) return
    const flat = flatten(plain, '')
    const found = entries.map(({ key: name, value: content }) => [name, content])
    mustHold(found.length >= flat.length, 'nothing of plain JSON is left out')
  },
}

function asPlainJson(text: string): object | undefined {
  try {
    return JSON.parse(text) as object
  } catch {
    return undefined
  }
}

function flatten(value: object, prefix: string): string[] {
  return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([name, content]) =>
    typeof content === 'object' && content !== null
      ? flatten(content, `${prefix}${name}.`)
      : [prefix + name],
  )
}

const workloads: FuzzTarget = {
  name: 'workload-file',
  decoders: ['src/bench/workload.ts', 'src/cli/bench/bench-plan.ts'],
  prepare: makeDirectory,
  end: removeDirectory,
  seeds: () => [
    Buffer.from(
      '{"one": {"kind": "produce", "recordBytes": 100, "seconds": 0.5}, "two": {"kind": "tail", "recordsPerSecond": 10}}\nseconds=1',
    ),
    Buffer.from('{"r": {"kind": "restart", "way": "in-memory", "cold": true}}\nverify=false'),
    Buffer.from('{"a.b": {"kind": "consume", "keys": 1.5}}\ncold=x'),
    Buffer.from('{"o": {"kind": "consume"}, "p": {"kind": "consume"}}\nseconds='),
    Buffer.from('{"o": {"kind": "tail"}}\nname=o'),
    Buffer.from('{"o": {"kind": "restart", "way": "in-process"}}\nquick'),
    Buffer.from('{"a": 5}\nverify=true'),
    Buffer.from('{}\nx'),
  ],
  words: [
    ...JSON_WORDS,
    '"kind":"tail"',
    '"kind":"restart"',
    '"way":"grpc"',
    '"recordsPerSecond":',
    '"name":',
    '\n',
    'seconds=',
    '"toString":1',
  ],
  allocatedBytesMax,
  run: (bytes) => {
    const end = bytes.lastIndexOf(0x0a)
    const file = fileOf(end < 0 ? bytes : bytes.subarray(0, end))
    const change = bytes.toString('utf8', end + 1)
    const plan = unlessRefused(() => planOf({ file, only: [], with: [] }))
    unlessRefused(() => planOf({ file, only: ['o'], with: [change] }))
    unlessRefused(() => planOf({ only: [], with: [change] }))
    unlessRefused(() => planOf({ preset: change, file, only: [], with: [] }))
    unlessRefused(() => planOf({ preset: change, only: [change], with: [] }))
    if (plan === undefined) return
    for (const { seconds, name } of plan.workloads) {
      mustHold(seconds > 0 && name.length > 0, 'a workload can be run')
    }
  },
}

const benchReport: FuzzTarget = {
  name: 'bench-report',
  decoders: ['src/bench/report/parse-report.ts'],
  seeds: () => [
    ...['{"schema":1}', '{"schema":"varve-bench/0"}', '[]'].map((text) => Buffer.from(text)),
    Buffer.from(JSON.stringify(sampleReport(sampleResults().slice(0, 1)))),
  ],
  words: [...JSON_WORDS, '"schema":'],
  allocatedBytesMax,
  run: (bytes) => {
    const report = unlessRefused(() => parseReport(bytes.toString()))
    if (report !== undefined) unlessRefused(() => parseReport(JSON.stringify(report)))
  },
}

/** What stands in flags, headers and settings: each reader gets the whole text. */
const words: FuzzTarget = {
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

export const TEXT_TARGETS: readonly FuzzTarget[] = [
  offsetFile,
  recordJson,
  replayState,
  configFile,
  workloads,
  benchReport,
  words,
]
