// Groups as the broker hosts them, from a seed: members over sessions, on virtual time and a simulated disk. The broker is killed, loses
// power or is stopped between any two steps; the disk is slow or full for a while; streams break, members die, sleep through their
// session, leave, and commit late. In the end the group must settle, and the history that is stored must be one in which every
// invariant held at every event: what was acknowledged is in it, and nobody committed who did not hold the partition.
import { expect, it } from 'vitest'
import { Broker } from '../../src/broker/broker.ts'
import type { AssignedPartition } from '../../src/broker/groups/group-membership.ts'
import { LogGroupJournal } from '../../src/broker/groups/log-group-journal.ts'
import { evolve } from '../../src/coordinator/evolve.ts'
import type { GroupEvent } from '../../src/coordinator/group-event.ts'
import type { GroupState } from '../../src/coordinator/group-state.ts'
import { type PartitionKey, partitionKey } from '../../src/coordinator/partition-key.ts'
import { isVarveError } from '../../src/domain/error.ts'
import { LIMITS } from '../../src/domain/limits.ts'
import type { TopicId } from '../../src/domain/topic.ts'
import { parseTopicSettings } from '../../src/domain/topic-settings.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { nextTurn } from '../../src/platform/next-turn.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { batchOf } from '../support/batches.ts'
import { seeded } from '../support/seed.ts'
import { GroupOracle } from './group-oracle.ts'
import { type AcknowledgedCommit, HostedMember, type MemberWorld } from './hosted-member.ts'

const STEPS = 120
const SESSION_MS = 6_000
/** Session, rebalance and some heartbeats. */
const SETTLE_MS = SESSION_MS + 4_000 + 8_000
const TOPICS = ['a', 'b']
const { seed, runs } = seeded('GROUP_HOST_SIMULATION', 3)
const counts = {
  ...{ steps: 0, events: 0, commits: 0, refused: 0, kills: 0, powerCuts: 0, stops: 0 },
  ...{ fullDisks: 0, slowOperations: 0, settleMsMax: 0 },
}

class HostedRun implements MemberWorld {
  readonly random: SeededRandom
  readonly clock = new VirtualClock()
  readonly members: HostedMember[] = []
  life = 0
  broker: Broker | undefined
  #fileSystem: SimFileSystem
  #engine: FileStorageEngine | undefined
  readonly #acknowledged: AcknowledgedCommit[] = []
  readonly #processed: { key: PartitionKey; start: number; end: number }[] = []
  readonly #ends = new Map<string, number>()
  readonly #slow = new WeakSet<SimFileSystem>()
  #isCalm = false

  constructor(seedText: string) {
    this.random = new SeededRandom(seedText)
    this.#fileSystem = new SimFileSystem({ clock: this.clock })
  }

  get nowMs(): number {
    return this.clock.monotonicMs()
  }

  endOf({ topic, partition }: AssignedPartition): number {
    return this.#ends.get(`${topic}/${partition}`) ?? 0
  }

  processed(key: PartitionKey, start: number, end: number): void {
    this.#processed.push({ key, start, end })
  }

  acknowledged(commit: AcknowledgedCommit): void {
    this.#acknowledged.push(commit)
  }

  refused(): void {
    counts.refused++
  }

  async begin(): Promise<void> {
    await this.#start()
    for (const name of TOPICS) {
      const partitions = 1 + this.random.integer(5)
      const { topics, producer } = this.#live
      await this.clock.until(topics.createTopic({ name, partitions, settings: {} }))
      for (let partition = 0; partition < partitions; partition++) {
        const batch = batchOf({ values: new Array<string>(60).fill('x') })
        await this.clock.until(producer.append({ topic: name, partition, batch }))
        this.#ends.set(`${name}/${partition}`, 60)
      }
    }
    for (let member = 2 + this.random.integer(4); member > 0; member--) this.#join()
  }

  /** Everything may happen. */
  async disturb(): Promise<void> {
    counts.steps++
    const { random, members } = this
    const member = members[random.integer(members.length)]
    const what = random.integer(24)
    if ((what === 0 || what >= 21) && members.filter(({ isGone }) => !isGone).length < 7)
      this.#join()
    else if (what === 1) void member?.leave()
    else if (what === 2) member?.kill()
    else if (what === 3 && member) member.pausedUntilMs = this.nowMs + random.integer(12_000)
    else if (what === 4) member?.cut()
    else if (what === 5) await this.#crash()
    else if (what === 6) await this.#stop()
    else if (what === 7) this.#fillDisk()
    else if (what === 8) this.#fileSystem.capacityBytes = Infinity
    if (this.broker === undefined && random.integer(3) > 0) await this.#start()
    await this.#pass(random.integer(1_200))
  }

  /** Nothing happens any more but what members do by themselves. @returns how long it took until all is well */
  async settle(): Promise<number> {
    this.#isCalm = true
    this.#fileSystem.capacityBytes = Infinity
    if (this.broker === undefined) await this.#start()
    if (this.members.every(({ isGone }) => isGone)) this.#join()
    for (const member of this.members) {
      member.pausedUntilMs = 0
      member.isPunctual = true
      for (const hand of member.hands.values()) if (hand.letGoMs !== undefined) hand.letGoMs = 0
    }
    const begin = this.nowMs
    while (!(await this.#isSettled())) {
      expect(this.nowMs - begin, 'the group settles').toBeLessThan(SETTLE_MS)
      await this.#pass(200)
    }
    return this.nowMs - begin
  }

  /** Holds the whole history against the rules, event by event. */
  async check(): Promise<void> {
    const events = await this.clock.until(this.#history())
    counts.events += events.length
    const oracle = new GroupOracle()
    for (const [place, end] of this.#ends) oracle.ends.set(await this.#keyOf(place), end)
    for (const { key, start, end } of this.#processed) oracle.processed(key, start, end)
    let state: GroupState | undefined
    const stored = new Set<string>()
    for (const event of events) {
      state = evolve(state, event)
      oracle.check(state, [event])
      if (event.kind !== 'offsets-committed') continue
      for (const { topicId, partition, offset, memberId } of event.offsets) {
        stored.add(`${memberId} ${partitionKey(topicId, partition)} ${offset}`)
      }
    }
    for (const { memberId, key, offset } of this.#acknowledged) {
      const isStored = stored.has(`${memberId} ${key} ${offset}`)
      expect(isStored, `offset ${offset} of ${key} by ${memberId} was acknowledged`).toBe(true)
    }
    counts.commits += this.#acknowledged.length
  }

  get #live(): Broker {
    if (this.broker === undefined) throw new Error('there is no broker now')
    return this.broker
  }

  #join(): void {
    const topics = this.random.integer(3) === 0 ? ['a'] : TOPICS
    this.members.push(new HostedMember(this, topics, SESSION_MS - this.random.integer(3_000)))
  }

  /** Time passes; members work; the disk and the broker get their turns. */
  async #pass(ms: number): Promise<void> {
    for (const member of this.members) member.work()
    for (let turn = this.random.integer(6); turn > 0; turn--) await nextTurn()
    await this.clock.advance(ms)
    for (let turn = this.random.integer(30); turn > 0; turn--) await nextTurn()
  }

  async #start(): Promise<void> {
    const { clock, random } = this
    // A full disk keeps the broker from starting.
    this.#fileSystem.capacityBytes = Infinity
    const options = { clock, random: new SeededRandom(random.integer(2 ** 31)), log: SILENT_LOG }
    this.#slowDown(this.#fileSystem)
    const engine = await clock.until(
      FileStorageEngine.open({
        ...options,
        fileSystem: this.#fileSystem,
        directory: '/data',
      }),
    )
    this.#engine = engine
    this.life++
    this.broker = await clock.until(
      Broker.open({
        ...options,
        engine,
        storageName: 'file',
        version: 'test',
        limits: { groupCheckpointIntervalBytes: 8_192 },
      }),
    )
  }

  /** The process is killed, or the power goes: whatever was under way. */
  async #crash(): Promise<void> {
    const { broker } = this
    if (broker === undefined) return
    this.broker = undefined
    this.life++
    if (this.random.integer(2) === 0) {
      counts.kills++
      this.#fileSystem = this.#fileSystem.afterKill()
    } else {
      counts.powerCuts++
      this.#fileSystem = this.#fileSystem.crash(this.random)
    }
    // Its timers end; whatever it still tries fails.
    void broker.close().catch(() => undefined)
    await nextTurn()
  }

  async #stop(): Promise<void> {
    const { broker } = this
    if (broker === undefined) return
    counts.stops++
    this.broker = undefined
    await this.clock.until(broker.close())
    this.life++
    await this.clock.until(this.#engine?.close() ?? Promise.resolve())
  }

  /** Now and then a write or sync takes long. */
  #slowDown(fileSystem: SimFileSystem): void {
    if (this.#slow.has(fileSystem)) return
    this.#slow.add(fileSystem)
    fileSystem.operations.inject(({ kind }) => {
      const isOne = kind === 'write' || kind === 'sync-data'
      if (this.#isCalm || !isOne || this.random.integer(60) > 0) return undefined
      counts.slowOperations++
      return { kind: 'wait', until: this.clock.sleep(this.random.integer(3_000)) }
    })
  }

  #fillDisk(): void {
    counts.fullDisks++
    this.#fileSystem.capacityBytes = this.#fileSystem.bytesUsed + this.random.integer(2_000)
  }

  async #isSettled(): Promise<boolean> {
    if (!this.members.every((member) => member.isSettled)) return false
    const describing = this.#live.groups
      .describe('g', { withLagTime: false })
      .catch((error: unknown) => {
        if (isVarveError(error)) return { summary: undefined, members: [] }
        throw error
      })
    const { summary, members } = await this.clock.until(describing)
    if (summary?.condition !== 'stable') return false
    const live = this.members.filter(({ isGone }) => !isGone)
    if (members.length !== live.length) return false
    const held = live.flatMap(({ hands }) => [...hands.keys()]).sort()
    const given = members.flatMap(({ assigned }) =>
      assigned.map(({ topicId = '', partition }) => partitionKey(topicId as TopicId, partition)),
    )
    expect(new Set(held).size, 'nobody holds what another holds').toBe(held.length)
    return JSON.stringify(held) === JSON.stringify(given.sort())
  }

  async #keyOf(place: string): Promise<PartitionKey> {
    const [name = '', partition] = place.split('/')
    const { id } = this.#live.topics.describeTopic(name)
    return await Promise.resolve(partitionKey(id as TopicId, Number(partition)))
  }

  /** All events of the group, oldest first, as somebody finds them who opens the journal. */
  async #history(): Promise<GroupEvent[]> {
    const engine = this.#engine
    if (engine === undefined) throw new Error('nothing was started')
    const identity = (await engine.partitions()).find(({ topicName }) => topicName === '__groups')
    if (identity === undefined) return []
    const log = await engine.openPartition(identity, parseTopicSettings({}))
    const journal = new LogGroupJournal({
      place: { find: () => log, open: () => Promise.reject(new Error('nothing is written')) },
      ...{ metadata: engine.metadata, clock: this.clock, log: SILENT_LOG, limits: LIMITS },
      onCheckpointDue: () => undefined,
    })
    await journal.load()
    const events: GroupEvent[] = []
    for await (const { event } of journal.history('g')) events.push(event)
    return events.reverse()
  }
}

it('keep their promises whatever happens to the broker, the disk and the members', async () => {
  for (let run = 0; run < runs; run++) {
    const name = `${seed}-${run}`
    try {
      const hosted = new HostedRun(name)
      await hosted.begin()
      for (let step = 0; step < STEPS; step++) await hosted.disturb()
      counts.settleMsMax = Math.max(counts.settleMsMax, await hosted.settle())
      await hosted.check()
      await hosted.clock.until(hosted.broker?.close() ?? Promise.resolve())
    } catch (error) {
      throw new Error(`run ${name} failed`, { cause: error })
    }
  }
  console.log('hosted groups:', JSON.stringify({ seed, runs, ...counts }))
  expect(counts.commits).toBeGreaterThan(0)
}, 120_000)
