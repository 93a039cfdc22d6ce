// Murmur2 as Kafka's Java client uses it to choose a partition for a key (org.apache.kafka.common.utils.Utils.murmur2,
// seed 0x9747b28c), so that varve and Kafka producers send equal keys to equal partitions.

const SEED = 0x9747b28c | 0
const MULTIPLIER = 0x5bd1e995

/** The hash of some bytes as a signed 32-bit integer. */
export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes
  let hash = SEED ^ length
  let position = 0
  for (; position + 4 <= length; position += 4) {
    let word =
      (bytes[position] as number) |
      ((bytes[position + 1] as number) << 8) |
      ((bytes[position + 2] as number) << 16) |
      ((bytes[position + 3] as number) << 24)
    word = Math.imul(word, MULTIPLIER)
    word ^= word >>> 24
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(word, MULTIPLIER)
  }
  if (position < length) {
    for (let rest = length - 1; rest >= position; rest--) {
      hash ^= (bytes[rest] as number) << ((rest - position) * 8)
    }
    hash = Math.imul(hash, MULTIPLIER)
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER)
  return hash ^ (hash >>> 15)
}

/** The partition of a key among `partitions`, 0 to `partitions` - 1: the hash without its sign bit, modulo. */
export function partitionForKey(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions
}
