// Groups from a seed, on virtual time: members join, leave, die, sleep longer than their session, come back, let go late and
// commit late; answers get lost; topics appear, grow and vanish; the wall clock jumps; offsets are reset; and the coordinator
// dies between any two events and is rebuilt from those that were stored. After every event that is stored the oracle looks
// at the state; when it gets quiet, the group must settle within its timeouts, with every partition in somebody's hands.
import { expect, it } from 'vitest'
import { ASSIGNOR_NAMES } from '../../src/coordinator/assignors/assignor-name.ts'
import { replay } from '../../src/coordinator/evolve.ts'
import type { BoundsOf, CommitCommand } from '../../src/coordinator/group-command.ts'
import { conditionOf, membersToCall } from '../../src/coordinator/group-condition.ts'
import {
  type PartitionKey,
  partitionKey,
  partitionOf,
  topicIdOf,
} from '../../src/coordinator/partition-key.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { GroupHost } from '../support/group-host.ts'
import { seeded } from '../support/seed.ts'
import { SimulatedMember } from './group-member.ts'
import { GroupOracle, wantedPartitions } from './group-oracle.ts'

const GROUP = 'group'
const STEPS = 150
const SESSION_MS = 6_000
const REBALANCE_MS = 4_000
/** Some heartbeats: what is told takes one to be heard, and one to be answered. */
const HEARTBEATS_MS = 5_000
const { seed, runs } = seeded('GROUP_SIMULATION', 60)
const counts = {
  ...{ steps: 0, events: 0, commits: 0, crashes: 0, resets: 0, settleMsMax: 0 },
  members: {
    joins: 0,
    heartbeats: 0,
    lostAnswers: 0,
    fenced: 0,
    refusedCommits: 0,
  },
}

class GroupRun {
  readonly host = new GroupHost()
  readonly oracle = new GroupOracle()
  readonly members: SimulatedMember[] = []
  readonly random: SeededRandom
  readonly #assignor: string | undefined
  readonly #isAlike: boolean
  readonly #late: CommitCommand[] = []
  #made = 0

  constructor(seedText: string) {
    this.random = new SeededRandom(seedText)
    const { host, oracle, random } = this
    host.onStored = (state, events) => {
      counts.events += events.length
      oracle.check(state, events)
    }
    host.backlogOf = (topic, partition) => oracle.ends.get(partitionKey(topic.id, partition)) ?? 0
    const assignor = random.integer(ASSIGNOR_NAMES.length + 1)
    this.#assignor = ASSIGNOR_NAMES[assignor]
    this.#isAlike = random.integer(2) === 0
    for (const name of ['a', 'b', 'c']) host.topics.create(name, 1 + random.integer(6))
    for (let member = 2 + random.integer(5); member > 0; member--) this.#start()
  }

  /** Everything may happen. */
  disturb(): void {
    const { host, random } = this
    host.advance(random.integer(1_500))
    this.#produce()
    const what = random.integer(30)
    const [member] = this.#some((candidate) => candidate.isRunning)
    if (what === 0 && this.members.length < 9) this.#start()
    else if (what === 1) member?.leave(false)
    else if (what === 2) this.#restart(member)
    else if (what === 3 && member) member.pausedUntilMs = host.monotonicMs + random.integer(15_000)
    else if (what === 4 && member) this.#kill(member)
    else if (what === 5) this.#changeTopics()
    else if (what === 6) this.#crash(member)
    else if (what === 7) this.#reset()
    else if (what === 8) host.wallMs += (random.integer(3) - 1) * 3_600_000
    else if (what === 9 && member) this.#wishAnew(member)
    else if (what === 10 && member) member.send(member.commitOf([...member.hands.keys()], true))
    this.#work(() => random.integer(6) === 0)
  }

  /** Nothing happens any more but what members do by themselves; how long until all is well. */
  settle(): number {
    const { host } = this
    this.#late.length = 0
    const begin = host.monotonicMs
    for (const member of this.members) {
      member.pausedUntilMs = 0
      member.isPunctual = true
      // From here on everyone lets go in time.
      for (const hand of member.hands.values()) if (hand.letGoMs !== undefined) hand.letGoMs = begin
    }
    const atMost = begin + SESSION_MS + REBALANCE_MS + HEARTBEATS_MS
    while (!this.#isSettled()) {
      const state = host.state && conditionOf(host.state)
      expect(host.monotonicMs, `still ${state}`).toBeLessThan(atMost)
      host.advance(100)
      this.#work(() => false)
    }
    return host.monotonicMs - begin
  }

  #work(isLost: () => boolean): void {
    const { host, random } = this
    if (random.integer(2) === 0 && host.state !== undefined) {
      const called = new Set(membersToCall(host.state))
      for (const member of this.members) if (called.has(member.id)) member.nextHeartbeatMs = 0
    }
    for (const member of this.members) {
      if (!member.isRunning) continue
      member.process()
      member.letGo()
      if (random.integer(3) === 0 && member.hands.size > 0) this.#commit(member)
      if (member.nextHeartbeatMs <= host.monotonicMs) member.speak(isLost())
    }
    if (random.integer(3) === 0) {
      const commit = this.#late.shift()
      if (commit !== undefined) this.members[0]?.send(commit)
    }
  }

  #commit(member: SimulatedMember): void {
    const commit = member.commitOf([...member.hands.keys()])
    if (this.random.integer(4) === 0) this.#late.push(commit)
    else member.send(commit)
  }

  #start(instanceId?: string): void {
    const { host, oracle, random } = this
    const id = `member-${this.#made++}`
    const named = random.integer(3) === 0 ? `instance-${random.integer(4)}` : undefined
    this.members.push(
      new SimulatedMember(
        id,
        {
          ...{ groupId: GROUP, instanceId: instanceId ?? named, assignor: this.#assignor },
          sessionTimeoutMs: SESSION_MS - random.integer(3_000),
          rebalanceTimeoutMs: REBALANCE_MS - random.integer(2_000),
        },
        this.#topics(),
        { host, oracle, random, counts: counts.members },
      ),
    )
  }

  #topics(): string[] {
    if (this.#isAlike) return ['a', 'b']
    return ['a', 'b', 'c'].filter(() => this.random.integer(3) > 0)
  }

  #kill(member: SimulatedMember): void {
    member.isGone = true
    member.hands.clear()
  }

  /** A process ends and another takes its place, as the same instance if it is one. */
  #restart(member: SimulatedMember | undefined): void {
    if (member === undefined) return
    const { instanceId } = member.plan
    if (this.random.integer(2) === 0) member.leave(instanceId !== undefined)
    else this.#kill(member)
    this.#start(instanceId)
  }

  #wishAnew(member: SimulatedMember): void {
    member.topics = this.#topics()
    member.weight = 1 + this.random.integer(4)
  }

  #changeTopics(): void {
    const { host, random } = this
    const name = ['a', 'b', 'c'][random.integer(3)] ?? 'a'
    const topic = host.topics.byName(name)
    if (topic === undefined) host.topics.create(name, 1 + random.integer(6))
    else if (random.integer(2) === 0) host.topics.grow(name, topic.partitions + random.integer(3))
    else host.topics.delete(name)
    if (host.state === undefined) return
    host.run({ kind: 'topics-changed' })
    if (random.integer(2) === 0) host.run({ kind: 'assign' })
  }

  /** The coordinator dies in the midst of a decision, or between two. */
  #crash(member: SimulatedMember | undefined): void {
    counts.crashes++
    const { host, random } = this
    expect(replay(host.journal)).toEqual(host.state)
    const stored = (events: number): number => random.integer(events + 1)
    if (member === undefined || random.integer(4) === 0) {
      host.restart()
    } else if (member.epoch === 0) {
      const { id: memberId, topics, weight, plan } = member
      host.runAndCrash({ kind: 'join', memberId, topics, weight, clientId: 'x', ...plan }, stored)
    } else if (random.integer(3) === 0) {
      const { instanceId } = member.plan
      host.runAndCrash({ kind: 'leave', memberId: member.id, instanceId }, stored)
    } else {
      const wishes = { topics: this.#topics() }
      const { id: memberId, epoch: memberEpoch } = member
      host.runAndCrash(
        { kind: 'heartbeat', memberId, memberEpoch, owned: [...member.hands.keys()], wishes },
        stored,
      )
    }
  }

  /** Offsets are set elsewhere, taken back, kept or restored, whoever is there. */
  #reset(): void {
    const { host, random } = this
    const { state } = host
    if (state === undefined) return
    const what = random.integer(5)
    const [name = ''] = [...state.snapshots.keys()].slice(-1)
    const forced = { reason: 'a test', isForced: true, boundsOf: this.#boundsOf } as const
    if (what === 0) {
      const decision = host.run({ kind: 'undo', ...forced })
      const isKnown = decision.refusal?.code ?? 'NOTHING_TO_UNDO'
      expect(isKnown).toBe('NOTHING_TO_UNDO')
      if (decision.refusal !== undefined) return
    } else if (what === 1) {
      const snapshot = `snapshot ${state.snapshots.size}`
      host.reply({ kind: 'snapshot', name: snapshot })
      return
    } else if (what === 2 && name !== '') host.reply({ kind: 'restore', name, ...forced })
    else if (!this.#resetSome()) return
    counts.resets++
  }

  #resetSome(): boolean {
    const { host, oracle, random } = this
    const keys = this.#partitions().filter(() => random.integer(3) === 0)
    if (keys.length === 0) return false
    const decision = host.run({
      kind: 'reset',
      items: keys.map((key) => ({
        ...{ topicId: topicIdOf(key), partition: partitionOf(key) },
        ...{ startOffset: 0, endOffset: oracle.ends.get(key) ?? 0 },
        ...({ to: 'shift', by: random.integer(9) - 6 } as const),
      })),
      reason: 'a test',
      isForced: true,
    })
    expect(decision.refusal).toBeUndefined()
    return true
  }

  readonly #boundsOf: BoundsOf = (topicId, partition) => ({
    startOffset: 0,
    endOffset: this.oracle.ends.get(partitionKey(topicId, partition)) ?? 0,
  })

  #produce(): void {
    for (const key of this.#partitions()) {
      this.oracle.ends.set(key, (this.oracle.ends.get(key) ?? 0) + this.random.integer(4))
    }
  }

  #partitions(): PartitionKey[] {
    return this.host.topics
      .all()
      .flatMap(({ id, partitions }) =>
        Array.from({ length: partitions }, (_, partition) => partitionKey(id, partition)),
      )
  }

  #some(isWanted: (member: SimulatedMember) => boolean): SimulatedMember[] {
    const candidates = this.members.filter(isWanted)
    return candidates.slice(this.random.integer(Math.max(1, candidates.length)))
  }

  /** All live members know where they stand, and what they have in their hands is everything, once. */
  #isSettled(): boolean {
    const { state } = this.host
    const live = this.members.filter(({ isGone }) => !isGone)
    if (state === undefined) return live.length === 0
    if (state.members.size === 0) return live.length === 0
    if (conditionOf(state) !== 'stable') return false
    const ids = new Set(live.map(({ id }) => id))
    if ([...state.members.keys()].some((id) => !ids.has(id))) return false
    const inHands = live.flatMap(({ hands }) => [...hands.keys()])
    const wanted = wantedPartitions(state)
    return (
      inHands.length === wanted.length &&
      new Set([...inHands, ...wanted]).size === wanted.length &&
      live.every((member) => this.#isUpToDate(member))
    )
  }

  /** One that may not join because another live one is its instance waits for as long as that one lives. */
  #isUpToDate(member: SimulatedMember): boolean {
    const { instanceId } = member.plan
    const holder = instanceId === undefined ? undefined : this.host.group.instances.get(instanceId)
    if (holder !== undefined && holder !== member.id) return member.epoch === 0
    const known = this.host.group.members.get(member.id)
    return known !== undefined && known.epoch === member.epoch
  }
}

it('a group keeps its promises through everything that happens, and settles when it is quiet', () => {
  for (let run = 0; run < runs; run++) {
    const group = new GroupRun(`${seed}-${run}`)
    try {
      for (let part = 0; part < 2; part++) {
        for (let step = 0; step < STEPS / 2; step++) group.disturb()
        counts.steps += STEPS / 2
        counts.settleMsMax = Math.max(counts.settleMsMax, group.settle())
        for (const member of group.members) member.isPunctual = false
      }
      expect(replay(group.host.journal)).toEqual(group.host.state)
    } catch (error) {
      throw new Error(`GROUP_SIMULATION_SEED=${seed}, run ${run}`, { cause: error })
    }
    counts.commits += group.oracle.commits
  }
  const { joins, heartbeats, lostAnswers, fenced, refusedCommits } = counts.members
  console.log(
    `GROUP_SIMULATION_SEED=${seed}: ${runs} groups, ${counts.steps} steps, ${counts.events} events, ${joins} joins, ${heartbeats} heartbeats (${lostAnswers} answers lost), ${fenced} fenced, ${counts.commits} offsets committed, ${refusedCommits} commits refused, ${counts.resets} resets, ${counts.crashes} crashes; settled after at most ${counts.settleMsMax} ms`,
  )
  for (const count of [lostAnswers, fenced, refusedCommits, counts.crashes, counts.commits]) {
    expect(count).toBeGreaterThan(0)
  }
})
