// The partition of a key: short keys, as identifiers are, and long ones.
import { partitionForKey } from '../../../src/domain/murmur2.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import type { MicroGroup } from '../case.ts'

const KEYS = 1_000
const PARTITIONS = 48

export function partitionerCases(): MicroGroup {
  const random = new SeededRandom('keys')
  const cases = [16, 256].map((keyBytes) => {
    const keys = Array.from({ length: KEYS }, () => random.bytes(keyBytes))
    return {
      name: `partition of a key of ${keyBytes} B`,
      ceiling: 'loop',
      units: KEYS,
      run: () => {
        let sum = 0
        for (const key of keys) sum += partitionForKey(key, PARTITIONS)
        return sum
      },
    } as const
  })
  return { cases }
}
