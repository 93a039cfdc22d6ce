// The ceilings of the processor: the checksum that every batch has, and a copy.
import { crc32c } from '../../src/record/crc32c.ts'
import { type Ceiling, type CeilingOptions, measured } from './ceiling.ts'

/** Blocks that are gone through in turn, so that they do not all come from the nearest cache. */
const BLOCKS = 64

export const memoryCeilings: readonly Ceiling[] = [
  blocksCeiling('CRC-32C', () => crc32c),
  blocksCeiling('memory copy', ({ messageBytes }) => {
    const target = Buffer.alloc(messageBytes)
    return (block) => block.copy(target)
  }),
]

function blocksCeiling(
  name: string,
  workOf: (options: CeilingOptions) => (block: Buffer) => unknown,
): Ceiling {
  return {
    name,
    unit: 'bytes',
    direction: 'none',
    run: (options) => {
      const work = workOf(options)
      const blocks = Array.from({ length: BLOCKS }, (_, index) =>
        Buffer.alloc(options.messageBytes, index),
      )
      return measured(options, () => {
        for (const block of blocks) work(block)
        return options.messageBytes * BLOCKS
      })
    },
  }
}
