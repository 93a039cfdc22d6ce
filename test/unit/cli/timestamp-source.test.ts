import { describe, expect, it } from 'vitest'
import { InputError, UsageError } from '../../../src/cli/exit-code.ts'
import { lineParser } from '../../../src/cli/produce-record.ts'
import { timestampReader } from '../../../src/cli/produce-timestamp.ts'
import {
  findTimestamp,
  firstMoment,
  parseTimestampSource,
} from '../../../src/cli/timestamp-source.ts'

const NOON = Date.UTC(2026, 6, 1, 12)

describe('the first moment of a line', () => {
  it.each([
    ['2026-07-01T12:00:00Z', NOON],
    ['2026-07-01T12:00Z starts', NOON],
    ['[2026-07-01 12:00:00] GET /', NOON],
    ['INFO 2026-07-01 12:00:00,250 main', NOON + 250],
    ['ts=2026-07-01T12:00:00.123456789Z level=info', NOON + 123],
    ['"2026-07-01T12:00:00.5"', NOON + 500],
    ['2026-07-01 12:00:00, and so on', NOON],
    ['2026-07-01T14:00:00+02:00', NOON],
    ['2026-07-01T04:30:00-0730', NOON],
    ['2026-07-01 14:00:00.000 +0200 [main]', NOON],
    ['2026-07-01 13:00:00+01 LOG: checkpoint', NOON],
    ['2026-07-01 12:00:00 UTC [4711]', NOON],
    ['2026-07-01 12:00:00 - message', NOON],
    ['2026-07-01 12:00:00 -1 left', NOON],
    ['2026/07/01 12:00:00 [error] 12#0', NOON],
    ['127.0.0.1 - - [01/Jul/2026:05:00:00 -0700] "GET / HTTP/1.0" 200', NOON],
    ['10/Oct/2000:13:55:36 -0700', Date.UTC(2000, 9, 10, 20, 55, 36)],
    ['2026-02-30 12:00:00 or rather 2026-07-01 12:00:00', NOON],
    ['2026-07-01 25:00:00, 2026-07-01T12:00:00Z', NOON],
    ['2026-07-01T12:00:00Z before 2027-07-01T12:00:00Z', NOON],
  ])('is found in %j', (text, expected) => {
    expect(firstMoment(text)).toBe(expected)
  })

  it.each([
    '',
    'no time at all',
    '2026-07-01',
    '12:00:00',
    '2026-13-01T12:00:00Z',
    '2026-07-01/12:00:00',
    '2026-07/01 12:00:00',
    '1782907200',
    '12026-07-01T12:00:00Z',
    'x2026-07-01T12:00:00Z',
    '1969-12-31T23:59:59Z',
    '10/Okt/2000:13:55:36 -0700',
    '31/Feb/2000:13:55:36 +0000',
  ])('is not found in %j', (text) => {
    expect(firstMoment(text)).toBeUndefined()
  })

  it('is found behind bytes that are no text', () => {
    const bytes = Buffer.concat([Buffer.of(0, 255, 200, 10), Buffer.from('2026-07-01T12:00:00Z')])
    expect(findTimestamp({ kind: 'line' }, bytes)).toEqual({ timestampMs: NOON })
  })
})

describe('a field of a JSON value', () => {
  it.each([
    ['json:t', { t: NOON }, NOON],
    ['json:t', { t: NOON / 1000 }, NOON],
    ['json:t', { t: NOON / 1000 + 0.25 }, NOON + 250],
    ['json:t', { t: String(NOON / 1000) }, NOON],
    ['json:t', { t: 0 }, 0],
    ['json:t', { t: 99_999_999_999 }, 99_999_999_999_000],
    ['json:t', { t: 100_000_000_000 }, 100_000_000_000],
    ['json:t:ms', { t: 5 }, 5],
    ['json:t:s', { t: 1_000_000_000_000 }, 1e15],
    ['json:t:us', { t: NOON * 1000 + 700 }, NOON + 1],
    ['json:t:ns', { t: NOON * 1e6 }, NOON],
    ['json:t', { t: '2026-07-01T12:00:00.25+00:00' }, NOON + 250],
    ['json:t', { t: ' 2026-07-01 ' }, Date.UTC(2026, 6, 1)],
    ['json:a.b.c', { a: { b: { c: NOON } } }, NOON],
    ['json:a.b.c', { 'a.b': { c: NOON } }, NOON],
    ['json:a.b.c', { 'a.b.c': NOON, a: {} }, NOON],
    ['json:list.1', { list: [1, NOON] }, NOON],
  ])('%s is read from %j', (source, value, expected) => {
    const bytes = Buffer.from(JSON.stringify(value))
    expect(findTimestamp(parseTimestampSource(source), bytes)).toEqual({ timestampMs: expected })
  })

  it.each([
    ['{}', /no field "t"/],
    ['{"t":null}', /no field "t"/],
    ['[]', /no field "t"/],
    ['null', /no field "t"/],
    ['not json', /not valid JSON/],
    ['{"t":true}', /no moment but "true"/],
    ['{"t":"soon"}', /no moment but "soon"/],
    ['{"t":-1}', /no moment but "-1"/],
    ['{"t":1e300}', /no moment/],
    ['{"t":{}}', /no moment/],
    ['{"__proto__":{"t":1}}', /no field "t"/],
  ])('is missing in %s', (text, reason) => {
    const source = { kind: 'json', field: 't', unit: undefined } as const
    expect(findTimestamp(source, Buffer.from(text))).toEqual({
      missing: expect.stringMatching(reason) as string,
    })
  })
})

describe('--timestamp-from', () => {
  it.each([
    ['line', { kind: 'line' }],
    ['json:time', { kind: 'json', field: 'time', unit: undefined }],
    ['json:a.b:s', { kind: 'json', field: 'a.b', unit: 's' }],
    ['json:@timestamp', { kind: 'json', field: '@timestamp', unit: undefined }],
    ['json:a:b', { kind: 'json', field: 'a:b', unit: undefined }],
  ])('takes %s', (text, expected) => {
    expect(parseTimestampSource(text)).toEqual(expected)
  })

  it.each(['', 'value', 'json', 'json:', 'json::s', 'json:a..b', 'json:.a', 'json:a.', 'lines'])(
    'refuses %j',
    (text) => {
      expect(() => parseTimestampSource(text)).toThrow(UsageError)
      expect(() => parseTimestampSource(text)).toThrow('json:FIELD')
    },
  )
})

describe('the timestamps of an input', () => {
  const line = (text: string): Buffer => Buffer.from(text)
  const parser = (
    source: string,
    missing?: 'fail' | 'previous' | 'now',
    more: { readonly format?: 'json'; readonly keySeparator?: string } = {},
  ): ReturnType<typeof lineParser> => {
    const format = more.format ?? 'lines'
    return lineParser({
      ...{ topic: 't', format, keySeparator: more.keySeparator, partition: undefined },
      timestamps: timestampReader({ source: parseTimestampSource(source), missing, format }),
    })
  }

  it('are looked for in the whole line, key included', () => {
    const parse = parser('line', undefined, { keySeparator: ' ' })
    expect(parse(line('2026-07-01T12:00:00Z text'), 1)).toMatchObject({
      key: line('2026-07-01T12:00:00Z'),
      timestampMs: NOON,
    })
  })

  it('are looked for in the value behind the key, and in that of JSON records, which have others', () => {
    const behindKey = parser('json:t', undefined, { keySeparator: '\\t' })
    expect(behindKey(line(`k\t{"t":${NOON}}`), 1).timestampMs).toBe(NOON)
    const json = parser('json:t', undefined, { format: 'json' })
    const record = { value: JSON.stringify({ t: NOON }), timestamp: 5 }
    expect(json(line(JSON.stringify(record)), 1).timestampMs).toBe(NOON)
    expect(() => json(line('{"value":null}'), 2)).toThrow('line 2: ')
  })

  it('that are missing fail with the line and with what to do', () => {
    const parse = parser('line')
    expect(() => parse(line('nothing'), 7)).toThrow(InputError)
    expect(() => parse(line('nothing'), 7)).toThrow(
      /^line 7: no timestamp by --timestamp-from line: .*--timestamp-missing previous/,
    )
  })

  it('that are missing are as in the line before, or the moment that it is sent', () => {
    const previous = parser('line', 'previous')
    expect(() => previous(line('nothing'), 1)).toThrow('there is none before it')
    previous(line('2026-07-01T12:00:00Z'), 2)
    expect(previous(line('  at stack.trace'), 3).timestampMs).toBe(NOON)
    const now = parser('line', 'now', { format: 'json' })
    expect(now(line('{"value":"x","timestamp":5}'), 1).timestampMs).toBeUndefined()
  })

  it('are not looked for unless told, and what is for them says so', () => {
    const none = { source: undefined, format: 'lines' } as const
    expect(timestampReader({ ...none, missing: undefined })).toBeUndefined()
    expect(() => timestampReader({ ...none, missing: 'now' })).toThrow(UsageError)
  })
})
