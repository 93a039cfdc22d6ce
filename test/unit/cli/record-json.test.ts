import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordFromJson, recordToJson } from '../../../src/cli/record-json.ts'

const parse = (text: string): ReturnType<typeof recordFromJson> =>
  recordFromJson(Buffer.from(text), 3)

const plain = {
  topic: 't',
  partition: 2,
  offset: 7,
  timestampMs: 1_767_225_600_000,
  key: null,
  value: Buffer.from('hello'),
  headers: [{ key: 'a', value: Buffer.from('b') }],
}

describe('a record as JSON', () => {
  it('has the documented shape', () => {
    expect(recordToJson(plain)).toBe(
      '{"topic":"t","partition":2,"offset":7,"timestamp":1767225600000,"key":null,"value":"hello",' +
        '"headers":[{"key":"a","value":"b"}]}',
    )
  })

  it('puts bytes that are not UTF-8 in base64', () => {
    const record = { ...plain, key: Buffer.from([0xff]), value: Buffer.from([0xc3, 0x28]) }
    const object = JSON.parse(recordToJson(record)) as object
    expect(object).toMatchObject({ keyBase64: '/w==', valueBase64: 'wyg=' })
    expect(object).not.toHaveProperty('value')
  })

  it('survives printing and reading byte for byte, whatever its bytes are', () => {
    const bytes = fc.oneof(
      fc.constant(null),
      fc.uint8Array({ maxLength: 20 }),
      fc.string({ unit: 'binary', maxLength: 20 }).map((text) => Buffer.from(text)),
    )
    const headers = fc.array(fc.record({ key: fc.string({ unit: 'binary' }), value: bytes }), {
      maxLength: 3,
    })
    fc.assert(
      fc.property(bytes, bytes, headers, fc.maxSafeNat(), (key, value, pairs, timestampMs) => {
        const line = recordToJson({ ...plain, key, value, headers: pairs, timestampMs })
        expect(line).not.toContain('\n')
        const read = parse(line)
        const same = (from: Uint8Array | null): number[] | null => from && [...from]
        expect(same(read.key)).toEqual(same(key))
        expect(same(read.value)).toEqual(same(value))
        expect(read.headers.map((pair) => [pair.key, same(pair.value)])).toEqual(
          pairs.map((pair) => [pair.key, same(pair.value)]),
        )
        expect(read).toMatchObject({ partition: 2, timestampMs })
      }),
    )
  })

  it('keeps a byte order mark at the beginning of a value', () => {
    const value = Buffer.from([0xef, 0xbb, 0xbf, 0x61])
    expect(parse(recordToJson({ ...plain, value })).value).toEqual(value)
  })

  it('may be as short as a value', () => {
    expect(parse('{"value":null}')).toEqual({
      key: null,
      value: null,
      headers: [],
      timestampMs: undefined,
      partition: undefined,
    })
  })

  it('takes headers as an object and timestamps as ISO text', () => {
    const read = parse(
      '{"value":"","headers":{"__proto__":"x"},"timestamp":"2026-01-01T00:00:00Z"}',
    )
    expect(read.headers).toEqual([{ key: '__proto__', value: Buffer.from('x') }])
    expect(read.timestampMs).toBe(1_767_225_600_000)
  })

  it.each([
    ['', 'not valid JSON'],
    ['[1]', 'one JSON object'],
    ['null', 'one JSON object'],
    ['{"key":"a"}', 'value is missing'],
    ['{"value":{}}', 'value must be a string or null'],
    ['{"value":"a","valueBase64":"YQ=="}', 'both there'],
    ['{"valueBase64":"a"}', 'must be a string of base64'],
    ['{"valueBase64":"a?=="}', 'must be a string of base64'],
    ['{"valueBase64":null}', 'must be a string of base64'],
    ['{"value":"a","headers":"x"}', 'headers must be a list'],
    ['{"value":"a","headers":[{"value":"x"}]}', 'headers must be a list'],
    ['{"value":"a","timestamp":-1}', 'timestamp must be'],
    ['{"value":"a","timestamp":1.5}', 'timestamp must be'],
    ['{"value":"a","timestamp":"soon"}', 'timestamp must be a moment'],
    ['{"value":"a","partition":-1}', 'partition must be'],
    ['{"vlaue":"a"}', '"vlaue" is no field of a record'],
    ['{"value":"\\ud800"}', 'half a surrogate pair'],
  ])('refuses %s and names the line', (line, reason) => {
    expect(() => parse(line)).toThrow(new RegExp(`^line 3: .*${reason.replace('?', '\\?')}`))
  })

  it('refuses a line that is not UTF-8', () => {
    expect(() => recordFromJson(Buffer.from([0x22, 0xff, 0x22]), 1)).toThrow('not UTF-8')
  })
})
