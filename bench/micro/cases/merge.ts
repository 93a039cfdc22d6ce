// The heap that merges the partitions of a replay by time: one record taken from its head, with so many partitions.
import { MergedOrder } from '../../../src/broker/replay/record-order.ts'
import type { ReplayedPartition } from '../../../src/broker/replay/replayed-partition.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import type { MicroCase, MicroGroup } from '../case.ts'

const RECORDS = 1_000
const WIDTHS = [8, 1_000, 10_000]

export function mergeCases(): MicroGroup {
  const random = new SeededRandom('merge')
  const gaps = Array.from({ length: RECORDS }, () => random.integer(2_000))
  const cases = WIDTHS.map((partitions): MicroCase => {
    const order = new MergedOrder()
    for (let index = 0; index < partitions; index++) {
      // All that the order looks at.
      const standing = { state: 'record', orderMs: random.integer(2_000), index }
      order.add(standing as unknown as ReplayedPartition)
    }
    return {
      name: `merge over ${partitions} partitions`,
      ceiling: 'loop',
      units: RECORDS,
      run: () => {
        for (const gap of gaps) {
          const { head } = order
          if (head === undefined) throw new Error('the order ran empty')
          head.orderMs += gap
          order.headMoved()
        }
        return order.head?.orderMs
      },
    }
  })
  return { cases }
}
