import { describe, expect, it } from 'vitest'
import type { PartitionCensus } from '../../../src/broker/partition-census.ts'
import { checkReadiness } from '../../../src/transport/http/readiness.ts'

function censusOf(states: Partial<PartitionCensus['states']>): PartitionCensus {
  const all = { healthy: 0, 'read-only': 0, opening: 0, missing: 0, failed: 0, ...states }
  return { states: all, bytes: 0, total: Object.values(all).reduce((sum, count) => sum + count, 0) }
}

function failing(condition: Parameters<typeof checkReadiness>[0]): string[] {
  return checkReadiness(condition)
    .filter(({ isGood }) => !isGood)
    .map(({ name, detail }) => `${name}: ${detail}`)
}

describe('a broker is ready', () => {
  it('not while it starts', () => {
    expect(failing(undefined)).toContain('broker: starting')
  })

  it('when it has no partition at all, or only good ones', () => {
    expect(failing({ state: 'open', partitions: censusOf({}) })).toEqual([])
    expect(failing({ state: 'open', partitions: censusOf({ healthy: 3 }) })).toEqual([])
  })

  it.each(['closing', 'closed'] as const)('not when it is %s', (state) => {
    const partitions = censusOf({ healthy: 1 })
    expect(failing({ state, partitions })).toEqual(['broker: stopping'])
  })

  it('not while a partition is being opened', () => {
    const partitions = censusOf({ healthy: 7, opening: 1 })
    expect(failing({ state: 'open', partitions })).toEqual(['partitions: 1 of 8 are being opened'])
  })

  it('with some partitions in trouble, but not when no partition takes records', () => {
    const some = censusOf({ healthy: 1, 'read-only': 2, missing: 1 })
    expect(failing({ state: 'open', partitions: some })).toEqual([])
    const detail = checkReadiness({ state: 'open', partitions: some })[2]?.detail
    expect(detail).toBe('3 of 4 partitions take no records: 2 read-only, 1 missing')
    const all = censusOf({ 'read-only': 2, failed: 1 })
    expect(failing({ state: 'open', partitions: all })).toEqual([
      'storage: 3 of 3 partitions take no records: 2 read-only, 1 failed',
    ])
  })
})
