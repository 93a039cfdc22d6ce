// Who this storage is: a UUID made at its first start, and how often it was started. Kept in the metadata store under
// `cluster`.
import type { Log } from '../platform/log.ts'
import type { Random } from '../platform/random.ts'
import type { MetadataStore } from '../storage/metadata-store.ts'

export interface ClusterIdentity {
  readonly id: string
  /** 1 at the first start, one more at each. */
  readonly starts: number
}

const CLUSTER_KEY = 'cluster'
const UUID_PATTERN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Reads the identity and counts this start; stored when it resolves. A damaged identity is made anew: nothing depends on
 * it but the eyes of people.
 * @throws what the metadata store throws.
 */
export async function countStart(
  metadata: MetadataStore,
  random: Random,
  log: Log,
): Promise<ClusterIdentity> {
  const entry = (await metadata.list(CLUSTER_KEY)).find(({ key }) => key === CLUSTER_KEY)
  const stored = entry === undefined || entry.damaged ? undefined : decodeIdentity(entry.value)
  if (entry !== undefined && stored === undefined) log.error('cluster_identity_damaged')
  const identity = { id: stored?.id ?? newUuid(random), starts: (stored?.starts ?? 0) + 1 }
  const version = entry === undefined || entry.damaged ? 0 : entry.version
  await metadata.compareAndSet(CLUSTER_KEY, version, JSON.stringify(identity), {
    overDamaged: true,
  })
  return identity
}

function decodeIdentity(text: string): ClusterIdentity | undefined {
  try {
    const value = JSON.parse(text) as Partial<ClusterIdentity> | null
    const { id, starts } = value ?? {}
    if (typeof id !== 'string' || !UUID_PATTERN.test(id)) return undefined
    if (starts === undefined || !Number.isSafeInteger(starts) || starts < 1) return undefined
    return { id, starts }
  } catch {
    return undefined
  }
}

/** A random UUID (RFC 9562, version 4). */
function newUuid(random: Random): string {
  const bytes = Buffer.from(random.bytes(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
