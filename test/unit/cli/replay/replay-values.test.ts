import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../../src/cli/exit-code.ts'
import { parseReplayFilter } from '../../../../src/cli/replay/replay-filter.ts'
import {
  clientOptions,
  type ReplayCommandOptions,
  refuseReplayContradictions,
} from '../../../../src/cli/replay/replay-options.ts'
import {
  paceText,
  parseRate,
  parseSpeed,
  scaledPace,
} from '../../../../src/cli/replay/replay-pace.ts'
import { parseReplayPlace } from '../../../../src/cli/replay/replay-place.ts'
import { checkReplayOptions } from '../../../../src/client/replay-settings.ts'

const NOON = Date.UTC(2026, 6, 1, 12)
const bytes = (text: string): Buffer => Buffer.from(text)

describe('a place', () => {
  it.each([
    ['earliest', 'earliest'],
    ['latest', 'latest'],
    ['0', 0],
    ['1782907200000', 1_782_907_200_000],
    ['2026-07-01T12:00Z', { timestampMs: NOON }],
    ['2026-07-01', { timestampMs: NOON - 43_200_000 }],
    ['-10m', { timestampMs: NOON - 600_000 }],
    ['-PT1H', { timestampMs: NOON - 3_600_000 }],
    ['-100000d', { timestampMs: 0 }],
    ['group:billing', { group: 'billing' }],
    ['group:a:b@c', { group: 'a:b@c' }],
    ['group:billing@2026-07-01T12:00', { group: 'billing', asOfMs: NOON }],
    ['group:a@b@-10m', { group: 'a@b', asOfMs: NOON - 600_000 }],
    ['group:billing@1782907200000', { group: 'billing', asOfMs: NOON }],
  ])('is read from %s', (text, expected) => {
    expect(parseReplayPlace('--from', text, NOON)).toEqual(expected)
  })

  it.each([
    ...['', 'first', 'group', 'group:', 'group:@2026-07-01', 'group:g@2026-13-01', 'group:g@-5'],
    ...['-', '-10', '-x', '+10m', '1.5', '99999999999999999999', '2026-02-30', '12:00', 'offset:5'],
  ])('is refused as %j', (text) => {
    expect(() => parseReplayPlace('--from', text, NOON)).toThrow(UsageError)
  })
})

describe('a filter', () => {
  it.each([
    ['key=4711', { key: { equals: bytes('4711') } }],
    ['key=', { key: { equals: bytes('') } }],
    ['key=a=b^=c', { key: { equals: bytes('a=b^=c') } }],
    ['key^=host', { key: { prefix: bytes('host') } }],
    ['key$=.example', { key: { suffix: bytes('.example') } }],
    ['key', { key: { present: true } }],
    ['!key', { key: { present: true }, not: true }],
    ['! key=a', { key: { equals: bytes('a') }, not: true }],
    ['key=\\xff\\n', { key: { equals: Buffer.of(255, 10) } }],
    ['header.trace=1', { header: 'trace', equals: bytes('1') }],
    ['header.a.b^=1', { header: 'a.b', prefix: bytes('1') }],
    ['header.x$=1', { header: 'x', suffix: bytes('1') }],
    ['!header.retry', { header: 'retry', present: true, not: true }],
    ['time>=2026-07-01T12:00:00Z', { time: { fromMs: NOON } }],
    ['time<-1h', { time: { beforeMs: NOON - 3_600_000 } }],
    ['!time<1782907200000', { time: { beforeMs: NOON }, not: true }],
  ])('is read from %s, and the client takes it', (text, expected) => {
    const filter = parseReplayFilter(text, NOON)
    expect(filter).toEqual(expected)
    expect(() => checkReplayOptions({ topics: 't', filters: [filter] })).not.toThrow()
  })

  it.each([
    ...['', '!', '!!key', 'keys=1', 'value=1', 'header', 'header.', 'header.=1', 'header=1'],
    ...['time', 'time=2026-07-01', 'time>2026-07-01', 'time<=2026-07-01', 'time>=', 'key~=x'],
  ])('is refused as %j, with the forms', (text) => {
    expect(() => parseReplayFilter(text, NOON)).toThrow(UsageError)
    expect(() => parseReplayFilter(text, NOON)).toThrow('key=TEXT, key^=PREFIX')
  })

  it.each(['time>=yesterday', 'time<-10', 'key=\\q'])('is refused as %j', (text) => {
    expect(() => parseReplayFilter(text, NOON)).toThrow(UsageError)
  })
})

describe('a speed and a rate', () => {
  it.each([
    ['max', 'max'],
    ['10x', 10],
    ['0.5x', 0.5],
    ['1', 1],
    ['1000x', 1000],
    ['0.1', 0.1],
  ])('%s is a speed', (text, expected) => {
    expect(parseSpeed(text)).toBe(expected)
  })

  it.each(['', 'x', '0x', '0.09x', '1001x', '-1x', '1e2', '10X', 'fast', '1/2', ' 1'])(
    '%j is none',
    (text) => {
      expect(() => parseSpeed(text)).toThrow(UsageError)
    },
  )

  it.each([
    ['1000/s', { recordsPerSecond: 1000 }],
    ['1000', { recordsPerSecond: 1000 }],
    ['0.5/s', { recordsPerSecond: 0.5 }],
    ['1 record/s', { recordsPerSecond: 1 }],
    ['2 records/s', { recordsPerSecond: 2 }],
    ['10MB/s', { bytesPerSecond: 1e7 }],
    ['10 MiB/s', { bytesPerSecond: 10 * 2 ** 20 }],
    ['1.5kB/s', { bytesPerSecond: 1500 }],
    ['100B', { bytesPerSecond: 100 }],
  ])('%s is a rate', (text, expected) => {
    expect(parseRate(text)).toEqual(expected)
  })

  it.each([
    '',
    '/s',
    '0/s',
    '0.0001/s',
    '100000001/s',
    '10mb/s',
    '10MB/m',
    '-1/s',
    '0B/s',
    '9999GB/s',
  ])('%j is none', (text) => {
    expect(() => parseRate(text)).toThrow(UsageError)
  })

  it('are doubled and halved within their bounds, and told in words', () => {
    expect(scaledPace({ speed: 600 }, 2)).toEqual({ speed: 1000 })
    expect(scaledPace({ speed: 0.15 }, 0.5)).toEqual({ speed: 0.1 })
    expect(scaledPace({ speed: 'max' }, 0.5)).toEqual({ speed: 'max' })
    expect(scaledPace({ rate: { recordsPerSecond: 10 } }, 2)).toEqual({
      rate: { recordsPerSecond: 20 },
    })
    expect(scaledPace({ rate: { bytesPerSecond: 1 } }, 0.5)).toEqual({
      rate: { bytesPerSecond: 1 },
    })
    const paces = [
      { speed: 'max' },
      { speed: 0.125 },
      { rate: { recordsPerSecond: 1000 } },
      { rate: { bytesPerSecond: 1024 } },
    ] as const
    expect(paces.map(paceText)).toEqual(['max', '0.125x', '1,000 records/s', '1.0 KiB/s'])
  })
})

describe('the options together', () => {
  const check = (topics: readonly string[], more: Partial<ReplayCommandOptions>): void => {
    refuseReplayContradictions(topics, { keys: true, ...more }, false)
  }

  it('are refused where they contradict each other', () => {
    expect(() => {
      check(['a'], { gapMax: 1, speed: 'max' })
    }).toThrow('--gap-max')
    expect(() => {
      check([], { resume: 'f', from: 'latest' })
    }).toThrow('--from')
    expect(() => {
      check(['a'], { paused: true })
    }).toThrow('no terminal')
  })

  it('are told to the client in its words', () => {
    const options = clientOptions(
      ['a', 'b'],
      {
        ...{ keys: true, merge: true, speed: 2, gapMax: 500, from: 'latest', session: 's' },
        ...{ onTrouble: 'skip', late: 'catch-up', filter: [{ key: { present: true } }] },
      },
      undefined,
    )
    expect(options).toEqual({
      ...{ sources: [{ topic: 'a' }, { topic: 'b' }], order: 'merged', speed: 2, gapMaxMs: 500 },
      ...{ from: 'latest', sessionId: 's', trouble: 'skip', late: 'catch-up' },
      ...{ filters: [{ key: { present: true } }], outageMaxMs: 120_000 },
    })
    expect(() => checkReplayOptions(options)).not.toThrow()
    const followed = clientOptions(['a'], { keys: true, follow: true, partition: 3 }, undefined)
    expect(followed).toMatchObject({
      ...{ sources: [{ topic: 'a', partition: 3 }], follow: true, outageMaxMs: Infinity },
    })
  })
})
