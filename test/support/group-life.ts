// Random lives of groups, decided by the coordinator itself, and what a journal must know of them: the units of events in the
// order in which they were given to it, each with the moment of its storing.

import { groupStateShape } from '../../src/broker/groups/group-state-shape.ts'
import { replay } from '../../src/coordinator/evolve.ts'
import type { GroupCommand } from '../../src/coordinator/group-command.ts'
import type { GroupEvent } from '../../src/coordinator/group-event.ts'
import type { GroupState } from '../../src/coordinator/group-state.ts'
import type { SeededRandom } from '../../src/platform/seeded-random.ts'
import { GroupHost } from './group-host.ts'

const BOUNDS = { startOffset: 0, endOffset: 1_000_000 }

export class GroupLife {
  readonly groupId: string
  readonly #random: SeededRandom
  readonly #host = new GroupHost()
  #made = 0

  constructor(groupId: string, random: SeededRandom) {
    this.groupId = groupId
    this.#random = random
    this.#host.topics.create('orders', 4)
    this.#host.topics.create('payments', 2)
  }

  /** What happens next: the events of one decision. */
  next(wallMs: number): readonly GroupEvent[] {
    this.#host.wallMs = wallMs
    this.#host.monotonicMs += 10
    for (;;) {
      const before = this.#host.journal.length
      this.#host.run(this.#command())
      const events = this.#host.journal.slice(before)
      if (events.length > 0) return events
    }
  }

  #command(): GroupCommand {
    const { groupId } = this
    const random = this.#random
    const { state, topics } = this.#host
    const members = [...(state?.members.values() ?? [])]
    const member = members[random.integer(Math.max(1, members.length))]
    const dice = random.integer(100)
    if (dice < 15) {
      const number = ++this.#made
      return {
        ...{ kind: 'join', groupId, memberId: `member-${number}`, clientId: 'test' },
        topics: random.integer(2) === 0 ? ['orders'] : ['orders', 'payments'],
        ...(random.integer(3) === 0 ? { instanceId: `instance-${random.integer(3)}` } : {}),
        ...{ sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 10_000 },
      }
    }
    if (dice < 40 && member !== undefined) {
      const { id: memberId, epoch: memberEpoch, assigned, wishes } = member
      const { instanceId } = wishes
      return { kind: 'heartbeat', memberId, instanceId, memberEpoch, owned: [...assigned.keys()] }
    }
    if (dice < 46 && member !== undefined) {
      const { instanceId } = member.wishes
      const isComingBack = random.integer(2) === 0
      return { kind: 'leave', memberId: member.id, instanceId, isComingBack }
    }
    if (dice < 50 && member !== undefined) {
      return { kind: 'session-expired', memberId: member.id }
    }
    if (dice < 54) {
      topics.grow('orders', 4 + random.integer(6))
      return { kind: 'topics-changed' }
    }
    if (dice < 58) return { kind: 'snapshot', name: `snapshot-${random.integer(4)}` }
    if (dice < 60) return { kind: 'remove-snapshot', name: `snapshot-${random.integer(4)}` }
    if (dice < 66) {
      const items = topics.all().map(({ id: topicId }) => ({
        ...{ to: 'offset' as const, offset: random.integer(1_000), topicId, partition: 0 },
        ...BOUNDS,
      }))
      return { kind: 'reset', items, reason: 'because', isForced: true }
    }
    if (dice < 68) return { kind: 'undo', reason: '', isForced: true, boundsOf: () => BOUNDS }
    if (dice < 70) return { kind: 'delete' }
    const items = topics.all().map(({ id: topicId, partitions }) => ({
      ...{ topicId, partition: random.integer(partitions), offset: random.integer(1_000_000) },
      ...{ endOffset: BOUNDS.endOffset, metadata: 'm'.repeat(random.integer(60)) },
    }))
    const owner = random.integer(2) === 0 ? undefined : member
    return {
      ...{ kind: 'commit', groupId, items, allowRewind: true },
      ...(owner && {
        ...{ memberId: owner.id, memberEpoch: owner.epoch },
        instanceId: owner.wishes.instanceId,
      }),
    }
  }
}

interface Unit {
  readonly groupId: string
  readonly events: readonly GroupEvent[]
  readonly timeMs: number
}

/** What was given to a journal, in its order. */
export class JournalModel {
  readonly units: Unit[] = []

  /** @param groupId empty for what is no event but has a time, as a checkpoint. */
  add(groupId: string, events: readonly GroupEvent[], timeMs: number): void {
    this.units.push({ groupId, events, timeMs })
  }

  /** The group after the first so many units. */
  state(groupId: string, units = this.units.length): GroupState | undefined {
    const mine = this.units.slice(0, units).filter((unit) => unit.groupId === groupId)
    return replay(mine.flatMap(({ events }) => events))
  }

  /** All groups after the first so many units, as one text. */
  groups(units = this.units.length): string {
    const ids = new Set(this.units.slice(0, units).map(({ groupId }) => groupId))
    const states: GroupState[] = []
    for (const groupId of ids) {
      const state = groupId === '' ? undefined : this.state(groupId, units)
      if (state !== undefined) states.push(state)
    }
    return statesText(states)
  }

  /** How many units were stored at the last moment at which the clock showed `timeMs` or less. */
  unitsAt(timeMs: number): number {
    return 1 + this.units.findLastIndex((unit) => unit.timeMs <= timeMs)
  }

  /** The events of a group, oldest first. */
  events(groupId: string): { readonly event: GroupEvent; readonly timeMs: number }[] {
    const mine = this.units.filter((unit) => unit.groupId === groupId)
    return mine.flatMap(({ events, timeMs }) => events.map((event) => ({ event, timeMs })))
  }
}

/** Groups as one text, to the last detail and to the order within them. */
export function statesText(states: readonly GroupState[]): string {
  const sorted = [...states].sort((a, b) => (a.groupId < b.groupId ? -1 : 1))
  return JSON.stringify(sorted.map((state) => groupStateShape.write(state)))
}
