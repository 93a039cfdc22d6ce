// Whether a broker is to be sent work. Pure.
import type { PartitionCensus } from '../../broker/partition-census.ts'

/** One thing that must be so for the broker to be ready. */
export interface ReadinessCheck {
  readonly name: string
  readonly isGood: boolean
  /** How it is, in words. */
  readonly detail: string
}

/** What is known of a broker; undefined while it starts. */
export interface BrokerCondition {
  readonly state: 'open' | 'closing' | 'closed'
  readonly partitions: PartitionCensus
}

/**
 * The checks, always the same ones in the same order. A single partition that is damaged or could not be opened does not make
 * the broker unready: the others would be out of reach as well. It is said nevertheless.
 */
export function checkReadiness(broker: BrokerCondition | undefined): readonly ReadinessCheck[] {
  if (broker === undefined) {
    return [
      { name: 'broker', isGood: false, detail: 'starting' },
      { name: 'partitions', isGood: false, detail: 'not known yet' },
      { name: 'storage', isGood: false, detail: 'not known yet' },
    ]
  }
  const { state, partitions } = broker
  const { total, states } = partitions
  const { healthy, opening } = states
  const unusable = total - healthy - opening
  const trouble = (['read-only', 'missing', 'failed'] as const)
    .filter((name) => states[name] > 0)
    .map((name) => `${states[name]} ${name}`)
    .join(', ')
  return [
    { name: 'broker', isGood: state === 'open', detail: state === 'open' ? 'open' : 'stopping' },
    {
      name: 'partitions',
      isGood: opening === 0,
      detail: opening === 0 ? `${total} opened` : `${opening} of ${total} are being opened`,
    },
    {
      name: 'storage',
      isGood: unusable === 0 || unusable < total - opening,
      detail:
        unusable === 0
          ? 'no partition is in trouble'
          : `${unusable} of ${total} partitions take no records: ${trouble}`,
    },
  ]
}
