// What must hold of a group after every step (G1 to G5 of the invariants), told from the events that were stored and from
// what the members did, by means of its own: nothing of the coordinator is asked but what its state says.
import type { GroupEvent } from '../../src/coordinator/group-event.ts'
import type { GroupState } from '../../src/coordinator/group-state.ts'
import { type PartitionKey, partitionKey, topicIdOf } from '../../src/coordinator/partition-key.ts'

interface Grant {
  readonly memberId: string
  readonly epoch: number
}

export class GroupOracle {
  /** To whom each partition was given last, and at which epoch. */
  readonly #grants = new Map<PartitionKey, Grant>()
  readonly #committed = new Map<PartitionKey, number>()
  /** Below it every record was processed by somebody, or left out by a reset. */
  readonly #covered = new Map<PartitionKey, number>()
  /** Where each partition ends. */
  readonly ends = new Map<PartitionKey, number>()
  /** Set for the next commit that may go back. */
  mayRewind = false
  commits = 0

  /** Somebody processed records from `start` to before `end`. Nothing may be left out between. */
  processed(key: PartitionKey, start: number, end: number): void {
    const covered = this.#covered.get(key) ?? 0
    must(start <= covered, `no gap in ${key}`)
    if (end > covered) this.#covered.set(key, end)
  }

  /** Looks at what was just stored, then at the state as a whole. */
  check(state: GroupState | undefined, events: readonly GroupEvent[]): void {
    for (const event of events) this.#see(event)
    if (state === undefined) return
    checkOwners(state)
    checkTarget(state)
    for (const [key, { offset }] of state.offsets) {
      must(offset === this.#committed.get(key), `${key} stands where it was committed`)
    }
  }

  #see(event: GroupEvent): void {
    switch (event.kind) {
      case 'member-current':
        for (const [key, epoch] of event.assigned) this.#grant(key, event.memberId, epoch)
        return
      case 'member-replaced':
        for (const [key, { memberId, epoch }] of this.#grants) {
          if (memberId === event.memberId) {
            this.#grants.set(key, { memberId: event.successorId, epoch })
          }
        }
        return
      case 'offsets-committed':
        for (const { topicId, partition, offset, memberId, memberEpoch } of event.offsets) {
          this.#commit(partitionKey(topicId, partition), offset, { memberId, epoch: memberEpoch })
        }
        return
      case 'offsets-reset':
        for (const { topicId, partition, before, after } of event.changes) {
          const key = partitionKey(topicId, partition)
          const isKnown = before?.offset === this.#committed.get(key)
          must(isKnown, `the reset of ${key} knows what was before`)
          if (after === undefined) this.#committed.delete(key)
          else this.#committed.set(key, after.offset)
          // Who had it may not undo the reset with a commit: it must be given anew.
          this.#grants.delete(key)
          this.#covered.set(key, Math.max(after?.offset ?? 0, this.#covered.get(key) ?? 0))
        }
        return
      case 'offsets-removed':
        for (const { topicId, partition } of event.offsets) {
          this.#committed.delete(partitionKey(topicId, partition))
        }
        return
      case 'group-deleted':
        this.#grants.clear()
        this.#committed.clear()
        return
      case 'group-created':
        for (const { topicId, partition, offset } of event.fork?.offsets ?? []) {
          this.#committed.set(partitionKey(topicId, partition), offset)
        }
        return
      case 'snapshot-taken':
      case 'snapshot-removed':
      case 'group-epoch':
      case 'member-wishes':
      case 'member-removed':
      case 'target-member':
      case 'target-epoch':
        return
    }
  }

  /** A partition changes hands, or is given back, only under a later epoch. */
  #grant(key: PartitionKey, memberId: string, epoch: number): void {
    const before = this.#grants.get(key)
    if (before !== undefined && before.memberId !== memberId) {
      must(epoch > before.epoch, `${key} goes to another under a later epoch`)
    }
    this.#grants.set(key, { memberId, epoch })
  }

  #commit(key: PartitionKey, offset: number, by: Grant): void {
    this.commits++
    if (by.memberId !== '') {
      const grant = this.#grants.get(key)
      must(by.memberId === grant?.memberId, `${key} is committed by its owner`)
      must(by.epoch >= (grant?.epoch ?? Number.NaN), `${key} is committed under its epoch`)
    }
    must(offset <= (this.ends.get(key) ?? 0), `${key} is not committed beyond its end`)
    must(offset <= (this.#covered.get(key) ?? 0), `${key} skips no records`)
    if (!this.mayRewind) {
      must(offset >= (this.#committed.get(key) ?? 0), `${key} does not go back`)
    }
    this.#committed.set(key, offset)
  }
}

/** Plain and quick: it is asked millions of times. */
function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`does not hold: ${what}`)
}

/** At most one member has a partition, and the state knows which. */
function checkOwners(state: GroupState): void {
  const owners = new Map<PartitionKey, string>()
  for (const { id, assigned, pendingRevocation, epoch } of state.members.values()) {
    for (const key of [...assigned.keys(), ...pendingRevocation.keys()]) {
      if (owners.has(key)) throw new Error(`${key} is held by ${owners.get(key)} and ${id}`)
      owners.set(key, id)
    }
    must(epoch <= state.assignmentEpoch, `${id} is not ahead of the assignment`)
  }
  must(owners.size === state.owners.size, 'owners are those of the members')
  for (const [key, id] of owners) must(state.owners.get(key) === id, `${key} is held by ${id}`)
  for (const [instanceId, memberId] of state.instances) {
    must(state.members.get(memberId)?.wishes.instanceId === instanceId, `${instanceId} is there`)
  }
  must(state.assignmentEpoch <= state.epoch, 'the assignment is not ahead of the group')
}

/** An assignment that is due to nobody is complete: each partition to one subscriber. */
function checkTarget(state: GroupState): void {
  if (state.epoch !== state.assignmentEpoch) return
  const given = new Set<PartitionKey>()
  for (const [memberId, partitions] of state.target) {
    const topics = state.members.get(memberId)?.wishes.topics ?? []
    const ids = new Set(topics.map((name) => state.topics.get(name)?.id))
    for (const key of partitions) {
      if (given.has(key)) throw new Error(`${key} is to go to two members`)
      given.add(key)
      must(ids.has(topicIdOf(key)), `${memberId} wants ${key}`)
    }
  }
  const wanted = wantedPartitions(state)
  must(wanted.length === given.size, 'as much is assigned as is wanted')
  for (const key of wanted) must(given.has(key), `${key} is assigned`)
}

/** The partitions of all topics that somebody subscribes to. */
export function wantedPartitions(state: GroupState): PartitionKey[] {
  const wanted = new Set([...state.members.values()].flatMap(({ wishes }) => wishes.topics))
  return [...state.topics.values()]
    .filter(({ name }) => wanted.has(name))
    .flatMap(({ id, partitions }) =>
      Array.from({ length: partitions }, (_, partition) => partitionKey(id, partition)),
    )
}
