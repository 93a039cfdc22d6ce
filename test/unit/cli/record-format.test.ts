import { describe, expect, it } from 'vitest'
import { OutputBuffer } from '../../../src/cli/output-buffer.ts'
import { recordFormat } from '../../../src/cli/record-format.ts'
import type { ReadRecord } from '../../../src/cli/record-json.ts'

const record: ReadRecord = {
  topic: 'events',
  partition: 3,
  offset: 42,
  timestampMs: 1000,
  key: Buffer.from('k'),
  value: Buffer.from([0xff, 0x0a]),
  headers: [
    { key: 'a', value: Buffer.from('1') },
    { key: 'b', value: null },
  ],
}

function printed(format: string, of: ReadRecord = record): Buffer {
  const output = new OutputBuffer()
  recordFormat(format)(of, output)
  return Buffer.concat(output.take())
}

describe('the format of printed records', () => {
  it('value is the bytes and a newline', () => {
    expect([...printed('value')]).toEqual([0xff, 0x0a, 0x0a])
  })

  it('value of an absent value is an empty line', () => {
    expect([...printed('value', { ...record, value: null })]).toEqual([0x0a])
  })

  it('json is one line', () => {
    const line = printed('json').toString()
    expect(line.endsWith('}\n')).toBe(true)
    expect(JSON.parse(line)).toMatchObject({ topic: 'events', offset: 42 })
  })

  it('a template knows every field and adds no newline of its own', () => {
    expect(printed('%t/%p@%o %k %T [%h] 100%%\\n').toString()).toBe(
      'events/3@42 k 1000 [a=1,b=] 100%\n',
    )
  })

  it('a template keeps bytes as they are and knows escapes for single bytes', () => {
    expect([...printed('%v\\x00\\t\\\\')]).toEqual([0xff, 0x0a, 0, 9, 0x5c])
  })

  it('an absent key prints as nothing', () => {
    expect(printed('<%k>', { ...record, key: null }).toString()).toBe('<>')
  })

  it.each([
    ['jsn', 'must be value, json, or a template'],
    ['%x', '"%x"'],
    ['100%', '"%"'],
    ['%v\\q', '\\\\q'],
    ['%v\\', 'write \\\\n'],
  ])('refuses %s', (format, reason) => {
    expect(() => recordFormat(format)).toThrow(reason.replaceAll('\\\\', '\\'))
  })
})

describe('the output buffer', () => {
  it('gives back all bytes in order, across pieces and for records larger than one', () => {
    const output = new OutputBuffer()
    const expected: Buffer[] = []
    const taken: Buffer[] = []
    for (let turn = 0; turn < 400; turn++) {
      const bytes = Buffer.alloc((turn * 7919) % 5000, turn)
      output.add(bytes)
      output.addText(`ü${turn}`)
      output.addByte(10)
      expected.push(bytes, Buffer.from(`ü${turn}\n`))
      if (turn % 37 === 0) taken.push(...output.take())
    }
    output.add(Buffer.alloc(1_000_000, 1))
    expected.push(Buffer.alloc(1_000_000, 1))
    expect(output.isFull).toBe(true)
    taken.push(...output.take())
    expect(Buffer.concat(taken).equals(Buffer.concat(expected))).toBe(true)
    expect(output.bytes).toBe(0)
    expect(output.take()).toEqual([])
  })
})
