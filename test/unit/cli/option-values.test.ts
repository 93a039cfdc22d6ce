import { describe, expect, it } from 'vitest'
import { exitCodeFor, InputError, UsageError } from '../../../src/cli/exit-code.ts'
import {
  collectSetting,
  integerOption,
  parseMoment,
  unescapeText,
} from '../../../src/cli/option-values.ts'
import { describeFailure } from '../../../src/cli/report-failure.ts'
import { VarveError } from '../../../src/domain/error.ts'

describe('a moment', () => {
  const noon = Date.UTC(2026, 6, 1, 12)
  it.each([
    ['0', 0],
    ['1782907200000', 1_782_907_200_000],
    ['2026-07-01', Date.UTC(2026, 6, 1)],
    ['2026-07-01T12:00Z', noon],
    ['2026-07-01T12:00:00Z', noon],
    ['2026-07-01T12:00:00', noon],
    ['2026-07-01 12:00:00.5', noon + 500],
    ['2026-07-01T12:00:00,123456789Z', noon + 123],
    ['2026-07-01T14:00:00+02:00', noon],
    ['2026-07-01t04:30:00-0730', noon],
  ])('is read from %s', (text, expected) => {
    expect(parseMoment('--timestamp', text)).toBe(expected)
  })

  it.each([
    '',
    'now',
    '-1',
    '1e3',
    '2026-02-30',
    '2026-13-01',
    '2026-07-01T25:00',
    '1969-12-31',
    '1.5',
  ])('refuses %j', (text) => {
    expect(() => parseMoment('--timestamp', text)).toThrow(UsageError)
  })
})

describe('values of options', () => {
  it('integers stay within their bounds', () => {
    const parse = integerOption('--partitions', 1, 10)
    expect(parse('10')).toBe(10)
    for (const text of ['0', '11', '-1', '1.0', '1e1', '', ' 1', '0x1']) {
      expect(() => parse(text)).toThrow('--partitions must be an integer from 1 to 10')
    }
    expect(() => integerOption('--offset', 0)('9007199254740993')).toThrow(UsageError)
  })

  it('settings are split at the first "=" and may not come twice', () => {
    const once = collectSetting('retention.ms=5', undefined)
    expect(collectSetting('a=b=c', once)).toEqual({ 'retention.ms': '5', a: 'b=c' })
    expect(() => collectSetting('a', once)).toThrow('key=value')
    expect(() => collectSetting('=1', once)).toThrow('key=value')
    expect(() => collectSetting('retention.ms=6', once)).toThrow('twice')
  })

  it('escapes become single bytes beside text of any kind', () => {
    expect([...unescapeText('--key-separator', 'ä\\t\\x1f\\\\')]).toEqual([
      0xc3, 0xa4, 9, 0x1f, 0x5c,
    ])
    expect(() => unescapeText('--key-separator', '\\x1')).toThrow('--key-separator holds')
  })
})

describe('exit codes', () => {
  const refusals: readonly (readonly [Error, number])[] = [
    [new UsageError('x'), 2],
    [new InputError('x'), 1],
    [new VarveError('BROKER_UNAVAILABLE', 'x'), 3],
    [new VarveError('UNKNOWN_TOPIC', 'x'), 4],
    [new VarveError('TOPIC_EXISTS', 'x'), 4],
    [new VarveError('DISK_FULL', 'x'), 1],
    [new VarveError('STORAGE_FAILED', 'x'), 1],
    [new VarveError('DATA_DIR_LOCKED', 'x'), 1],
    [new VarveError('CANCELLED', 'x'), 1],
    [new Error('x'), 1],
  ]

  it('tell apart who can do something about it', () => {
    expect(refusals.map(([error]) => exitCodeFor(error))).toEqual(refusals.map(([, code]) => code))
  })

  it('a failure as JSON has code, message and details', () => {
    const error = new VarveError('OFFSET_OUT_OF_RANGE', 'too far', { details: { endOffset: 5 } })
    expect(describeFailure(error)).toEqual({
      code: 'OFFSET_OUT_OF_RANGE',
      message: 'too far',
      details: { endOffset: 5 },
    })
    expect(describeFailure(new UsageError('x'))).toEqual({ code: 'USAGE', message: 'x' })
    expect(describeFailure(Object.assign(new Error('x'), { code: 'ENOENT' })).code).toBe('ENOENT')
  })
})
