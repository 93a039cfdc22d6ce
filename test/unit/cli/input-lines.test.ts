import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputLines } from '../../../src/cli/input-lines.ts'

async function* chunked(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let position = 0
  for (let turn = 0; position < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(position, position + size)
    position += size
  }
}

async function allLines(chunks: AsyncIterable<Buffer>, bytesMax?: number): Promise<Buffer[]> {
  const lines: Buffer[] = []
  for await (const some of inputLines(chunks, bytesMax)) lines.push(...some)
  return lines
}

describe('lines of input', () => {
  it('keep \\r, empty lines, NUL and bytes that are no text', async () => {
    const bytes = Buffer.from('a\r\n\n\xff\xfe\0\nlast\n', 'latin1')
    const lines = await allLines(chunked(bytes, [3]))
    expect(lines.map((line) => line.toString('latin1'))).toEqual(['a\r', '', '\xff\xfe\0', 'last'])
  })

  it('count a last line without a newline', async () => {
    const lines = await allLines(chunked(Buffer.from('a\nb'), [100]))
    expect(lines.map(String)).toEqual(['a', 'b'])
  })

  it('are none for empty input', async () => {
    expect(await allLines(chunked(Buffer.alloc(0), [1]))).toEqual([])
  })

  it('are the same wherever the chunks are cut, and joined again are the input', async () => {
    const bytes = fc.array(fc.constantFrom(10, 13, 0, 65, 255), { maxLength: 60 })
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(bytes, sizes, async (numbers, cuts) => {
        const input = Buffer.from(numbers)
        const lines = await allLines(chunked(input, cuts))
        const joined = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]))
        const expected = numbers.length > 0 && numbers.at(-1) !== 10 ? [...numbers, 10] : numbers
        expect([...joined]).toEqual(expected)
      }),
    )
  })

  it('are refused by number when longer than the limit, finished or not', async () => {
    const finished = chunked(Buffer.from('ok\n123456\n'), [4])
    await expect(allLines(finished, 5)).rejects.toThrow(
      'line 2 of the input is longer than 5 bytes',
    )
    const endless = chunked(Buffer.alloc(1000, 'x'), [3])
    await expect(allLines(endless, 5)).rejects.toThrow('line 1')
    await expect(allLines(chunked(Buffer.from('12345\n'), [2]), 5)).resolves.toHaveLength(1)
  })
})
