// The coordinator of a group under random commands that can be shrunk: members that join, speak, lose answers, let go late, commit, leave and
// die; a coordinator that dies within a decision and is made again from what was stored; topics that grow, clocks that jump, resets. The
// oracle looks at every event (G1 to G5, G7, G8); in the end the group must settle within its timeouts (G6).
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { conditionOf } from '../../src/coordinator/group-condition.ts'
import {
  type PartitionKey,
  partitionKey,
  partitionOf,
  topicIdOf,
} from '../../src/coordinator/partition-key.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimulatedMember } from '../simulation/group-member.ts'
import { GroupOracle, wantedPartitions } from '../simulation/group-oracle.ts'
import { GroupHost } from '../support/group-host.ts'
import { seeded } from '../support/seed.ts'

const GROUP = 'group'
const SESSION_MS = 6_000
const REBALANCE_MS = 4_000
const HEARTBEATS_MS = 5_000
const CI_MS = 6_000
const COMMANDS_MAX = 60
const counts = { sequences: 0, commands: 0, events: 0, crashes: 0, settleMsMax: 0 }
const memberCounts = { joins: 0, heartbeats: 0, lostAnswers: 0, fenced: 0, refusedCommits: 0 }

/** A group, its members and who watches them. */
class World {
  readonly host = new GroupHost()
  readonly oracle = new GroupOracle()
  readonly members: SimulatedMember[] = []
  readonly random: SeededRandom

  constructor(seed: number) {
    this.random = new SeededRandom(seed)
    const { host, oracle } = this
    host.onStored = (state, events) => {
      counts.events += events.length
      oracle.check(state, events)
    }
    for (const name of ['a', 'b']) host.topics.create(name, 2)
  }

  member(index: number): SimulatedMember | undefined {
    return this.members[index % Math.max(1, this.members.length)]
  }

  keys(): PartitionKey[] {
    const { topics } = this.host
    return ['a', 'b'].flatMap((name) => {
      const topic = topics.byName(name)
      if (topic === undefined) return []
      return Array.from({ length: topic.partitions }, (_, partition) =>
        partitionKey(topic.id, partition),
      )
    })
  }

  speakAll(isPunctual: boolean): void {
    for (const member of this.members) {
      if (!member.isRunning) continue
      member.isPunctual = isPunctual
      member.process()
      member.letGo()
      if (member.nextHeartbeatMs <= this.host.monotonicMs) member.speak(false)
    }
  }
}

type Action =
  | { readonly kind: 'start'; readonly topics: readonly string[]; readonly isNamed: boolean }
  | { readonly kind: 'speak'; readonly member: number; readonly isLost: boolean }
  | { readonly kind: 'commit'; readonly member: number; readonly mayRewind: boolean }
  | { readonly kind: 'sleep'; readonly member: number; readonly ms: number }
  | { readonly kind: 'leave' | 'die'; readonly member: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'crash'; readonly member: number; readonly permille: number }
  | { readonly kind: 'produce' | 'grow' | 'reset'; readonly seed: number }
  | { readonly kind: 'set-clock'; readonly hours: number }

class GroupCommand implements fc.Command<object, World> {
  readonly #action: Action

  constructor(action: Action) {
    this.#action = action
  }

  check(): boolean {
    return true
  }

  run(_model: object, world: World): void {
    counts.commands++
    const action = this.#action
    const { host, members, random } = world
    const member = 'member' in action ? world.member(action.member) : undefined
    switch (action.kind) {
      case 'start':
        if (members.length < 6) start(world, action.topics, action.isNamed)
        return
      case 'speak':
        if (member?.isRunning !== true) return
        member.process()
        member.letGo()
        member.speak(action.isLost)
        return
      case 'commit':
        if (member !== undefined && member.hands.size > 0) {
          member.send(member.commitOf([...member.hands.keys()], action.mayRewind))
        }
        return
      case 'sleep':
        if (member !== undefined) member.pausedUntilMs = host.monotonicMs + action.ms
        return
      case 'leave':
        if (member?.isRunning === true) member.leave(false)
        return
      case 'die':
        if (member === undefined) return
        member.isGone = true
        member.hands.clear()
        return
      case 'pass':
        host.advance(action.ms)
        return
      case 'crash':
        crash(world, member, action.permille)
        return
      case 'produce':
        for (const key of world.keys()) {
          world.oracle.ends.set(key, (world.oracle.ends.get(key) ?? 0) + random.integer(4))
        }
        return
      case 'grow':
        grow(world, action.seed)
        return
      case 'reset':
        reset(world, action.seed)
        return
      case 'set-clock':
        host.wallMs += action.hours * 3_600_000
        return
    }
  }

  toString(): string {
    return JSON.stringify(this.#action)
  }
}

function start(world: World, topics: readonly string[], isNamed: boolean): void {
  const { host, oracle, random, members } = world
  const number = members.length
  const plan = {
    ...{ groupId: GROUP, instanceId: isNamed ? `instance-${number % 2}` : undefined },
    ...{ assignor: undefined, sessionTimeoutMs: SESSION_MS, rebalanceTimeoutMs: REBALANCE_MS },
  }
  const parts = { host, oracle, random, counts: memberCounts }
  members.push(new SimulatedMember(`member-${number}`, plan, topics, parts))
}

/** The coordinator dies when a part of what it decided is stored. */
function crash({ host }: World, member: SimulatedMember | undefined, permille: number): void {
  counts.crashes++
  const stored = (events: number): number => Math.floor((events * permille) / 1_000)
  if (member === undefined || member.isGone || member.epoch === 0) {
    host.restart()
    return
  }
  const { id: memberId, epoch: memberEpoch, topics, plan } = member
  const { instanceId } = plan
  host.runAndCrash(
    {
      ...{ kind: 'heartbeat', memberId, memberEpoch, owned: [...member.hands.keys()] },
      wishes: { topics: topics.length > 1 ? ['a'] : ['a', 'b'], weight: member.weight },
      ...(instanceId === undefined ? {} : { instanceId }),
    },
    stored,
  )
}

function grow({ host }: World, seed: number): void {
  const name = seed % 2 === 0 ? 'a' : 'b'
  const topic = host.topics.byName(name)
  if (topic === undefined || topic.partitions >= 6) return
  host.topics.grow(name, topic.partitions + 1)
  if (host.state !== undefined) host.run({ kind: 'topics-changed' })
}

function reset(world: World, seed: number): void {
  const { host, oracle } = world
  const random = new SeededRandom(seed)
  const keys = world.keys().filter(() => random.integer(2) === 0)
  if (host.state === undefined || keys.length === 0) return
  host.run({
    kind: 'reset',
    items: keys.map((key) => ({
      ...{ topicId: topicIdOf(key), partition: partitionOf(key) },
      ...{ startOffset: 0, endOffset: oracle.ends.get(key) ?? 0 },
      ...({ to: 'shift', by: random.integer(9) - 6 } as const),
    })),
    ...{ reason: 'a test', isForced: true },
  })
}

/** Nothing happens any more but what members do by themselves. */
function settle(world: World): void {
  const { host, members } = world
  const beginMs = host.monotonicMs
  for (const member of members) {
    member.pausedUntilMs = 0
    for (const hand of member.hands.values()) if (hand.letGoMs !== undefined) hand.letGoMs = beginMs
  }
  while (!isSettled(world)) {
    const condition = host.state && conditionOf(host.state)
    expect(host.monotonicMs - beginMs, `still ${condition}`).toBeLessThan(
      SESSION_MS + REBALANCE_MS + HEARTBEATS_MS,
    )
    host.advance(100)
    world.speakAll(true)
  }
  counts.settleMsMax = Math.max(counts.settleMsMax, host.monotonicMs - beginMs)
}

/** All live members know where they stand, and what they have in their hands is everything, once. */
function isSettled({ host, members }: World): boolean {
  const { state } = host
  const live = members.filter(({ isGone }) => !isGone)
  if (state === undefined || state.members.size === 0) return live.length === 0
  if (conditionOf(state) !== 'stable') return false
  const ids = new Set(live.map(({ id }) => id))
  if ([...state.members.keys()].some((id) => !ids.has(id))) return false
  const held = live.flatMap(({ hands }) => [...hands.keys()])
  const wanted = wantedPartitions(state)
  const isUpToDate = ({ id, epoch, plan }: SimulatedMember): boolean => {
    // One that may not join because another live one is its instance waits for as long as that one lives.
    const holder = plan.instanceId === undefined ? undefined : state.instances.get(plan.instanceId)
    if (holder !== undefined && holder !== id) return epoch === 0
    return state.members.get(id)?.epoch === epoch
  }
  return (
    held.length === wanted.length &&
    new Set([...held, ...wanted]).size === wanted.length &&
    live.every(isUpToDate)
  )
}

const member = fc.integer({ min: 0, max: 5 })
const seedNumber = fc.integer({ min: 0, max: 2 ** 31 - 1 })
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('start' as const),
      topics: fc.constantFrom(['a'], ['a', 'b'], ['b']),
      isNamed: fc.boolean(),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('speak' as const),
      member,
      isLost: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('commit' as const),
      member,
      mayRewind: fc.integer({ min: 0, max: 7 }).map((dice) => dice === 0),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('sleep' as const),
      member,
      ms: fc.integer({ min: 0, max: 12_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('leave' as const, 'die' as const), member }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.integer({ min: 1, max: 3_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      member,
      permille: fc.integer({ min: 0, max: 1_000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'produce' as const,
        'produce' as const,
        'grow' as const,
        'reset' as const,
      ),
      seed: seedNumber,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('set-clock' as const),
      hours: fc.constantFrom(-1, 1),
    }),
  },
)

it('a group keeps its rules under any commands, and settles in time', {
  timeout: 3_600_000,
}, () => {
  const { seed, runs } = seeded('GROUP_MODEL', 5_000)
  const isLong = process.env['GROUP_MODEL_RUNS'] !== undefined
  const endsAt = isLong ? Infinity : performance.now() + CI_MS
  const property = fc.property(
    fc.commands([action.map((one) => new GroupCommand(one))], {
      maxCommands: COMMANDS_MAX,
      size: 'max',
    }),
    seedNumber,
    (commands, worldSeed) => {
      if (performance.now() > endsAt) return
      const world = new World(worldSeed)
      fc.modelRun(() => ({ model: {}, real: world }), commands)
      settle(world)
      counts.sequences++
    },
  )
  try {
    fc.assert(property, { seed, numRuns: runs })
  } finally {
    console.log(`group model: seed ${seed}, ${JSON.stringify({ ...counts, ...memberCounts })}`)
  }
})
