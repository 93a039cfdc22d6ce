// Laws of resets, undos, snapshots, restores and forks over random histories, against a model that knows nothing but maps
// from partitions to places: what is committed afterwards, what a dry run tells and does not do, what an undo goes back to,
// and that a replay of the events comes to the same group.
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { replay } from '../../src/coordinator/evolve.ts'
import type {
  BoundsOf,
  CommittedPlace,
  GroupCommand,
  ResetItem,
  ResetReply,
  ResetTo,
} from '../../src/coordinator/group-command.ts'
import type { CommittedOffset } from '../../src/coordinator/group-state.ts'
import {
  type PartitionKey,
  partitionKey,
  partitionOf,
  topicIdOf,
} from '../../src/coordinator/partition-key.ts'
import type { Offset } from '../../src/domain/offset.ts'
import { GroupHost } from '../support/group-host.ts'
import { seeded } from '../support/seed.ts'

const { seed, runs } = seeded('GROUP_RESETS', 150)
const counts = { steps: 0, resets: 0, undos: 0, restores: 0, forks: 0, refused: 0 }
const NAMES = ['one', 'two', 'three']
const PARTITIONS = 3

afterAll(() => {
  const { steps, resets, undos, restores, forks, refused } = counts
  console.log(
    `GROUP_RESETS_SEED=${seed}: ${runs} runs, ${steps} steps, ${resets} resets, ${undos} undos, ${restores} restores, ${forks} forks, ${refused} refused`,
  )
})

type Places = ReadonlyMap<PartitionKey, CommittedPlace>

const place = (offset: number): CommittedPlace => ({
  ...{ offset: offset as Offset, leaderEpoch: -1, metadata: '' },
})

/** The group as the model sees it. */
interface Model {
  places: Map<PartitionKey, CommittedPlace>
  undo: Places | undefined
  readonly snapshots: Map<string, Places>
  /** What was committed after each step. */
  readonly past: Places[]
  readonly bounds: Map<PartitionKey, { start: number; end: number }>
}

interface Step {
  readonly what:
    | 'commit'
    | 'reset'
    | 'undo'
    | 'snapshot'
    | 'restore'
    | 'remove'
    | 'fork'
    | 'delete-topic'
    | 'move-start'
  /** Which partitions, one bit each. */
  readonly where: number
  readonly to: ResetTo['to']
  readonly number: number
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    ...(['commit', 'commit', 'commit', 'reset', 'reset', 'undo', 'undo', 'snapshot'] as const),
    ...(['restore', 'remove', 'fork', 'move-start', 'delete-topic'] as const),
  ),
  where: fc.integer({ min: 1, max: 63 }),
  to: fc.constantFrom('earliest', 'latest', 'offset', 'shift', 'committed', 'nothing'),
  number: fc.nat(100),
})

class Run {
  readonly host = new GroupHost()
  readonly model: Model = {
    ...{ places: new Map(), undo: undefined, snapshots: new Map(), past: [], bounds: new Map() },
  }
  #snapshots = 0

  constructor() {
    for (const name of ['a', 'b']) this.#create(name)
    this.#commit(63, 0)
  }

  take({ what, where, to, number }: Step): void {
    counts.steps++
    this.host.wallMs += number
    if (what === 'commit') this.#commit(where, number)
    else if (what === 'reset') this.#reset(where, to, number)
    else if (what === 'undo') this.#undo()
    else if (what === 'snapshot') this.#snapshot(number)
    else if (what === 'restore') this.#restore(number)
    else if (what === 'remove') this.#remove(number)
    else if (what === 'fork') this.#fork(number)
    else if (what === 'delete-topic') this.#deleteTopic(number)
    else this.#moveStart(where, number)
    expect(placesOf(this.host.group.offsets.values())).toEqual(this.model.places)
    expect(replay(this.host.journal)).toEqual(this.host.state)
    this.model.past.push(new Map(this.model.places))
  }

  get #keys(): PartitionKey[] {
    return [...this.model.bounds.keys()]
  }

  #create(name: string): void {
    const { id } = this.host.topics.create(name, PARTITIONS)
    for (let partition = 0; partition < PARTITIONS; partition++) {
      this.model.bounds.set(partitionKey(id, partition), { start: 0, end: 100 })
    }
  }

  #chosen(where: number): PartitionKey[] {
    return this.#keys.filter((_, index) => (where & (1 << index)) !== 0)
  }

  #bounds(key: PartitionKey): { startOffset: number; endOffset: number } {
    const bounds = this.model.bounds.get(key)
    if (bounds === undefined) throw new Error('asked for the bounds of a partition that is gone')
    return { startOffset: bounds.start, endOffset: bounds.end }
  }

  readonly #boundsOf: BoundsOf = (topicId, partition) =>
    this.#bounds(partitionKey(topicId, partition))

  #held(committed: CommittedPlace, key: PartitionKey): CommittedPlace {
    const { startOffset, endOffset } = this.#bounds(key)
    if (committed.offset < startOffset) return place(startOffset)
    return committed.offset > endOffset ? place(endOffset) : committed
  }

  #commit(where: number, offset: number): void {
    const items = this.#chosen(where).map((key) => ({
      ...{ topicId: topicIdOf(key), partition: partitionOf(key), offset, endOffset: 100 },
      ...{ leaderEpoch: offset % 5, metadata: `at ${offset}` },
    }))
    this.host.reply({ kind: 'commit', groupId: 'g', items, allowRewind: true })
    for (const { topicId, partition, leaderEpoch, metadata } of items) {
      const committed = { offset: offset as Offset, leaderEpoch, metadata }
      this.model.places.set(partitionKey(topicId, partition), committed)
    }
  }

  #reset(where: number, to: ResetTo['to'], number: number): void {
    const items: ResetItem[] = []
    const places = new Map(this.model.places)
    for (const key of this.#chosen(where)) {
      const before = places.get(key)?.offset
      const bounds = this.#bounds(key)
      const [asked, goal] = this.#goal(key, { to, number, before })
      items.push({ topicId: topicIdOf(key), partition: partitionOf(key), ...bounds, ...asked })
      if (goal === undefined) places.delete(key)
      else places.set(key, goal)
    }
    const undo = new Map(this.model.places)
    for (const key of undo.keys()) if (!this.#chosen(where).includes(key)) undo.delete(key)
    this.#carryOut({ kind: 'reset', items, reason: 'a test' }, places)
    this.model.undo = undo
    this.#undoKeys = new Set(this.#chosen(where))
    counts.resets++
  }

  /** Those that the last reset changed. */
  #undoKeys = new Set<PartitionKey>()

  #goal(
    key: PartitionKey,
    { to, number, before }: Pick<Step, 'to' | 'number'> & { before: number | undefined },
  ): [ResetTo, CommittedPlace | undefined] {
    const { startOffset, endOffset } = this.#bounds(key)
    const offset = Math.min(endOffset, startOffset + number)
    switch (to) {
      case 'earliest':
        return [{ to }, place(startOffset)]
      case 'latest':
        return [{ to }, place(endOffset)]
      case 'offset':
        return [{ to, offset }, place(offset)]
      case 'shift': {
        const sum = (before ?? startOffset) + number - 50
        const shifted = Math.min(endOffset, Math.max(startOffset, sum))
        return [{ to, by: number - 50 }, place(shifted)]
      }
      case 'committed': {
        const committed = { offset: number as Offset, leaderEpoch: 7, metadata: 'exact' }
        return [{ to, committed }, this.#held(committed, key)]
      }
      case 'nothing':
        return [{ to }, undefined]
    }
  }

  #undo(): void {
    const { undo } = this.model
    const command = { kind: 'undo', reason: '', boundsOf: this.#boundsOf } as const
    const keys = [...this.#undoKeys].filter((key) => this.model.bounds.has(key))
    if (undo === undefined || keys.length === 0) {
      expect(this.host.refusal(command)).toBe('NOTHING_TO_UNDO')
      counts.refused++
      return
    }
    this.#carryOut(command, this.#goTo(undo, keys))
    this.model.undo = undefined
    counts.undos++
  }

  /** What is committed when each of the partitions goes to where it was. */
  #goTo(goal: Places, keys: readonly PartitionKey[]): Map<PartitionKey, CommittedPlace> {
    const places = new Map(this.model.places)
    for (const key of keys) {
      const before = goal.get(key)
      if (before === undefined) places.delete(key)
      else places.set(key, this.#held(before, key))
    }
    return places
  }

  #snapshot(number: number): void {
    const name = `s${++this.#snapshots}`
    const past = number % 2 === 0 ? undefined : this.#past(number)
    const { snapshot } = this.host.reply({
      ...({ kind: 'snapshot', name } as const),
      ...(past === undefined ? {} : { past: { asOfMs: 1, offsets: offsetsOf(past) } }),
    })
    expect(this.host.refusal({ kind: 'snapshot', name })).toBe('SNAPSHOT_EXISTS')
    expect(placesOf(snapshot.offsets)).toEqual(past ?? this.model.places)
    this.model.snapshots.set(name, past ?? new Map(this.model.places))
  }

  #restore(number: number): void {
    const [name, goal] = this.#anySnapshot(number)
    const command = { kind: 'restore', name, reason: '', boundsOf: this.#boundsOf } as const
    if (goal === undefined) {
      expect(this.host.refusal(command)).toBe('SNAPSHOT_NOT_FOUND')
      counts.refused++
      return
    }
    const known = new Set([...this.model.places.keys(), ...goal.keys()])
    const keys = [...known].filter((key) => this.model.bounds.has(key))
    const undo = new Map(this.model.places)
    this.#carryOut(command, this.#goTo(goal, keys))
    if (keys.length > 0) {
      this.model.undo = undo
      this.#undoKeys = new Set(keys)
    }
    counts.restores++
  }

  #remove(number: number): void {
    const [name, snapshot] = this.#anySnapshot(number)
    const command = { kind: 'remove-snapshot', name } as const
    if (snapshot === undefined) expect(this.host.refusal(command)).toBe('SNAPSHOT_NOT_FOUND')
    else this.host.reply(command)
    this.model.snapshots.delete(name)
    expect([...this.host.group.snapshots.keys()]).toEqual([...this.model.snapshots.keys()])
  }

  #anySnapshot(number: number): readonly [string, Places | undefined] {
    const all = [...this.model.snapshots]
    return all[number % Math.max(1, all.length)] ?? [NAMES[number % 3] ?? '', undefined]
  }

  #past(number: number): Places {
    const { past } = this.model
    return past[number % Math.max(1, past.length)] ?? new Map()
  }

  /** The new group is another one: it lives in a host of its own, with the same topics. */
  #fork(number: number): void {
    const goal = this.#past(number)
    const other = new GroupHost()
    for (const { id, name } of this.host.topics.all()) other.topics.adopt(id, name, PARTITIONS)
    const origin = { groupId: 'g', asOfMs: 1, offsets: offsetsOf(goal) }
    const fork = { kind: 'fork', groupId: 'h', origin, boundsOf: this.#boundsOf } as const
    const plan = other.reply({ ...fork, isDryRun: true })
    expect(other.state).toBeUndefined()
    expect(other.reply(fork)).toEqual(plan)
    const expected = new Map<PartitionKey, CommittedPlace>()
    for (const [key, committed] of goal) {
      if (this.model.bounds.has(key)) expected.set(key, this.#held(committed, key))
    }
    expect(placesOf(other.group.offsets.values())).toEqual(expected)
    expect(placesOf(plan.offsets)).toEqual(expected)
    expect(other.refusal(fork)).toBe('GROUP_EXISTS')
    expect(replay(other.journal)).toEqual(other.state)
    counts.forks++
  }

  #deleteTopic(number: number): void {
    if (number > 30) return
    const name = number % 2 === 0 ? 'a' : 'b'
    const id = this.host.topics.byName(name)?.id
    this.host.topics.delete(name)
    for (const key of this.#keys) {
      if (topicIdOf(key) !== id) continue
      this.model.bounds.delete(key)
      this.model.places.delete(key)
    }
    this.host.reply({ kind: 'topics-changed' })
    this.#create(name)
  }

  #moveStart(where: number, number: number): void {
    for (const key of this.#chosen(where)) {
      const bounds = this.model.bounds.get(key)
      if (bounds !== undefined) bounds.start = Math.max(bounds.start, number)
    }
  }

  /** First only the plan, which changes nothing; then really. */
  #carryOut(
    command: Extract<GroupCommand, { kind: 'reset' | 'undo' | 'restore' }>,
    places: Map<PartitionKey, CommittedPlace>,
  ): void {
    const { host, model } = this
    const stored = host.journal.length
    const plan = host.reply({ ...command, isDryRun: true })
    expect(host.journal).toHaveLength(stored)
    const reply: ResetReply = host.reply(command)
    expect(reply).toEqual({ ...plan, isApplied: reply.changes.length > 0 })
    for (const { topicId, partition, before, after } of reply.changes) {
      const key = partitionKey(topicId, partition)
      expect(before && bare(before)).toEqual(model.places.get(key))
      expect(after && bare(after)).toEqual(places.get(key))
    }
    model.places = places
  }
}

const bare = ({ offset, leaderEpoch, metadata }: CommittedPlace): CommittedPlace => ({
  ...{ offset, leaderEpoch, metadata },
})

function placesOf(offsets: Iterable<CommittedOffset>): Places {
  const places = new Map<PartitionKey, CommittedPlace>()
  for (const offset of offsets) {
    places.set(partitionKey(offset.topicId, offset.partition), bare(offset))
  }
  return places
}

function offsetsOf(places: Places): CommittedOffset[] {
  return [...places].map(([key, committed]) => ({
    ...{ topicId: topicIdOf(key), topicName: 't', partition: partitionOf(key), ...committed },
    ...{ timeMs: 1, memberId: '', memberEpoch: -1 },
  }))
}

describe('what is committed', () => {
  it('after any resets, undos, restores and forks is what a model of maps says', () => {
    const steps = fc.array(step, { minLength: 1, maxLength: 40, size: 'max' })
    fc.assert(
      fc.property(steps, (taken) => {
        const run = new Run()
        for (const each of taken) run.take(each)
      }),
      { seed, numRuns: runs },
    )
  })
})
