import { describe, expect, it } from 'vitest'
import { replay } from '../../../src/coordinator/evolve.ts'
import type { JoinCommand, JoinResult } from '../../../src/coordinator/group-command.ts'
import { conditionOf } from '../../../src/coordinator/group-condition.ts'
import type { GroupEvent } from '../../../src/coordinator/group-event.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { GroupOracle } from '../../simulation/group-oracle.ts'
import { GroupHost } from '../../support/group-host.ts'
import { seeded } from '../../support/seed.ts'

function join(memberId: string, changes: Partial<JoinCommand> = {}): JoinCommand {
  return {
    ...{ kind: 'join', groupId: 'g', memberId, clientId: 'c', topics: ['t'] },
    ...{ sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 5_000 },
    ...changes,
  }
}

function joinAll(host: GroupHost, joins: readonly JoinCommand[]): readonly JoinResult[] {
  return host.reply({ kind: 'joins', groupId: 'g', joins }).results
}

function withTopic(partitions: number): GroupHost {
  const host = new GroupHost()
  host.topics.create('t', partitions)
  return host
}

const kindsOf = (events: readonly GroupEvent[]): string[] => events.map(({ kind }) => kind)

describe('joins that are decided together', () => {
  it('cost one epoch and one assignment, and everybody gets a share at once', () => {
    const host = withTopic(6)
    const results = joinAll(host, [join('m1'), join('m2'), join('m3')])
    expect(results.map(({ reply }) => reply?.assigned?.length)).toEqual([2, 2, 2])
    expect(results.map(({ reply }) => reply?.memberEpoch)).toEqual([1, 1, 1])
    expect(kindsOf(host.journal).filter((kind) => kind === 'target-epoch')).toEqual([
      'target-epoch',
    ])
    expect(conditionOf(host.group)).toBe('stable')
    expect([...host.deadlines.keys()]).toEqual(['m1', 'm2', 'm3'])
  })

  it('are refused each by itself', () => {
    const host = withTopic(2)
    host.limits = { ...LIMITS, groupMembersMax: 2 }
    const results = joinAll(host, [
      join('m1', { assignor: 'none' }),
      join('m2'),
      join('m3', { sessionTimeoutMs: 1 }),
      join('m4'),
      join('m5'),
    ])
    expect(results.map(({ refusal }) => refusal?.code)).toEqual([
      'UNSUPPORTED_ASSIGNOR',
      undefined,
      'INVALID_SESSION_TIMEOUT',
      undefined,
      'GROUP_FULL',
    ])
    expect([...host.group.members.keys()]).toEqual(['m2', 'm4'])
    const stored = host.journal.length
    joinAll(host, [join('m6'), join('m7')])
    expect(host.journal.length).toBe(stored)
  })

  it('that are all refused make no group', () => {
    const host = withTopic(2)
    joinAll(host, [join('m1', { assignor: 'none' }), join('\n')])
    expect(host.state).toBeUndefined()
  })

  it('may bring static members back while others are new', () => {
    const host = withTopic(4)
    joinAll(host, [join('m1', { instanceId: 'i' }), join('m2')])
    const before = host.group.members.get('m1')?.assigned
    host.reply({ kind: 'leave', memberId: 'm1', instanceId: 'i', isComingBack: true })
    const results = joinAll(host, [
      join('m3', { instanceId: 'i' }),
      join('m4', { instanceId: 'j' }),
      join('m2'),
    ])
    expect(results.map(({ refusal }) => refusal)).toEqual([undefined, undefined, undefined])
    expect(host.group.members.has('m1')).toBe(false)
    for (const key of host.group.members.get('m3')?.assigned.keys() ?? []) {
      expect(before?.has(key)).toBe(true)
    }
    expect(host.deadlines.has('m1')).toBe(false)
    expect(replay(host.journal)).toEqual(host.state)
  })

  const { seed, runs } = seeded('GROUP_JOINS', 100)

  it(`leave a group that goes on from any first part of their events, seed ${seed}`, () => {
    for (let run = 0; run < runs; run++) {
      const random = new SeededRandom(`${seed}-${run}`)
      const host = withTopic(1 + random.integer(8))
      host.topics.create('u', 1 + random.integer(4))
      const oracle = new GroupOracle()
      host.onStored = (state, events) => {
        oracle.check(state, events)
      }
      let made = 0
      const some = (): JoinCommand[] => {
        const free = ['i', 'j', undefined, undefined, undefined, undefined]
        return Array.from({ length: 1 + random.integer(5) }, () => {
          const [instanceId] = free.splice(random.integer(free.length), 1)
          const topics = ['t', 'u'].filter(() => random.integer(3) > 0)
          return join(`m${made++}`, { topics, instanceId })
        })
      }
      for (let step = 0; step < 6; step++) {
        const [first] = host.state?.members.values() ?? []
        if (first !== undefined && random.integer(3) === 0) {
          const { instanceId } = first.wishes
          const isComingBack = instanceId !== undefined
          host.run({ kind: 'leave', memberId: first.id, instanceId, isComingBack })
        }
        const command = { kind: 'joins', groupId: 'g', joins: some() } as const
        if (random.integer(2) === 0) host.run(command)
        else host.runAndCrash(command, (events) => random.integer(events + 1))
        expect(replay(host.journal)).toEqual(host.state)
        if (host.state === undefined) continue
        host.run({ kind: 'assign' })
        expect(host.group.epoch).toBe(host.group.assignmentEpoch)
      }
    }
  })
})
