import { describe, expect, it } from 'vitest'
import { murmur2, partitionForKey } from '../../../src/domain/murmur2.ts'

// The vectors of Kafka's UtilsTest.testMurmur2 (clients/src/test/java/org/apache/kafka/common/utils/UtilsTest.java).
const VECTORS: readonly (readonly [string, number])[] = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
]

describe('murmur2', () => {
  it.each(VECTORS)('hashes %j as the Java client does', (text, hash) => {
    expect(murmur2(Buffer.from(text))).toBe(hash)
  })

  it('treats bytes above 127 as unsigned', () => {
    expect(murmur2(Buffer.from([0xff, 0xfe, 0x80]))).not.toBe(murmur2(Buffer.from([0x7f, 0xfe, 0])))
  })
})

describe('partitionForKey', () => {
  it('clears the sign bit before the modulo, as the default partitioner does', () => {
    for (const [text, hash] of VECTORS) {
      expect(partitionForKey(Buffer.from(text), 1000)).toBe((hash & 0x7fffffff) % 1000)
    }
  })

  it('stays within the partitions for any key', () => {
    for (let index = 0; index < 1000; index++) {
      const partition = partitionForKey(Buffer.from(`key-${index}`), 7)
      expect(partition).toBeGreaterThanOrEqual(0)
      expect(partition).toBeLessThan(7)
    }
  })
})
