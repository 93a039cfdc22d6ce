// Lines of a stream of bytes, as bytes: split at \n and nowhere else, nothing decoded, so that what goes in can come out
// byte for byte. Memory holds one chunk and the beginning of one line, however large the stream is.
import { LIMITS } from '../domain/limits.ts'
import { InputError } from './exit-code.ts'

const NEWLINE = 10

/**
 * The lines of each chunk that ended in it, without their \n. A last line without one is a line too.
 * The buffers are views into the chunks.
 * @param bytesMax a longer line is refused before it fills the memory
 * @throws InputError naming the line
 */
export async function* inputLines(
  chunks: AsyncIterable<Buffer>,
  bytesMax: number = LIMITS.batchBytesMax,
): AsyncGenerator<readonly Buffer[]> {
  let begun: Buffer[] = []
  let begunBytes = 0
  let lineCount = 0
  const check = (bytes: number): void => {
    if (bytes <= bytesMax) return
    throw new InputError(
      `line ${lineCount + 1} of the input is longer than ${bytesMax} bytes, the most that a record can hold`,
    )
  }
  for await (const chunk of chunks) {
    const lines: Buffer[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      check(begunBytes + end - start)
      const piece = chunk.subarray(start, end)
      lines.push(begun.length === 0 ? piece : Buffer.concat([...begun, piece]))
      begun = []
      begunBytes = 0
      lineCount++
      start = end + 1
    }
    if (start < chunk.length) {
      begun.push(chunk.subarray(start))
      begunBytes += chunk.length - start
      check(begunBytes)
    }
    if (lines.length > 0) yield lines
  }
  if (begun.length > 0) yield [Buffer.concat(begun)]
}
