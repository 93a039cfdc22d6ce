// A world: clients, a network, the real broker over the real file engine, and a machine that forgets, all under one scheduler on virtual
// time. It carries out a plan, heals, reads everything once more, and judges what its clients were told. Invariant: whatever happens is
// decided by the plan and its seeds; the first thing that is wrong is kept as the violation.
import { Broker } from '../../../src/broker/broker.ts'
import { isVarveError } from '../../../src/domain/error.ts'
import { admitOffset } from '../../../src/domain/offset.ts'
import { checkHistory } from '../../../src/history-check/check-history.ts'
import { describeResult } from '../../../src/history-check/describe-result.ts'
import { HistoryBuilder } from '../../../src/history-check/history-builder.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { nextTurn } from '../../../src/platform/next-turn.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import type { SimFault, SimOperation } from '../../../src/platform/sim-operations.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { StorageEngine } from '../../../src/storage/engine.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { LifeClock } from './life-clock.ts'
import { Scheduler } from './scheduler.ts'
import { SimConnection, SimNetwork } from './sim-network.ts'
import { GROUP, WorldMember } from './world-member.ts'
import { PLAIN_PRODUCER, PRODUCERS, READERS, type WorldPlan, type WorldStep } from './world-plan.ts'
import { WorldProducer } from './world-producer.ts'
import { WorldReader } from './world-reader.ts'
import type { LivingTopic, WorldStage } from './world-stage.ts'

/** Turns that anything may take to come to its end. */
const TURNS_MAX = 20_000
/** Time that everything may take to become well again. */
const HEAL_MS_MAX = 120_000
const MEMBERS_MAX = 4
const SCHEDULED_READS: ReadonlySet<string> = new Set(['read', 'open', 'list', 'status', 'size'])

export interface WorldOptions {
  /** Puts something between broker and engine: a defect that must be found. */
  readonly wrapEngine?: (engine: StorageEngine) => StorageEngine
}

export interface WorldResult {
  readonly violation: string | undefined
  readonly traceHash: string
  /** The latest events of the trace. */
  readonly trace: readonly string[]
  readonly counts: WorldCounts
}

export interface WorldCounts {
  events: number
  diskOperations: number
  starts: number
  kills: number
  powerCuts: number
  stops: number
  faults: number
  acknowledged: number
  virtualMs: number
}

interface Fault {
  readonly step: Extract<WorldStep, { kind: 'fault' }>
  left: number
}

interface Life {
  readonly clock: LifeClock
  readonly machine: SimFileSystem
  engine: StorageEngine | undefined
  broker: Broker | undefined
  /** The start; then the stop, if there is one. */
  work: Promise<void>
  isStarting: boolean
  /** Something of its disk failed: nothing is held against what it says of itself. */
  hadFaults: boolean
}

/** What is known of a partition beside the history. */
interface KeyFacts {
  readonly topic: LivingTopic
  readonly partition: number
  /** Acknowledged ends by time, for what must have been synced by then. */
  acknowledged: { readonly ms: number; readonly end: number }[]
  syncedEnd: number
  /** Something of it was lost, and may have been. */
  hasLost: boolean
  /** A start that found it has not been seen since the last end of a process. */
  isUnseen: boolean
  /** The power failed since it was seen last. */
  wasCut: boolean
  /** When the disk last had nothing to do in the life in which it was seen last. */
  quietMs: number
}

export class SimWorld implements WorldStage {
  readonly clock = new VirtualClock()
  readonly history = new HistoryBuilder()
  readonly network: SimNetwork
  readonly producerExpirationMs = 86_400_000
  readonly #plan: WorldPlan
  readonly #options: WorldOptions
  readonly #scheduler = new Scheduler()
  readonly #counts: WorldCounts = {
    ...{ events: 0, diskOperations: 0, starts: 0, kills: 0, powerCuts: 0, stops: 0 },
    ...{ faults: 0, acknowledged: 0, virtualMs: 0 },
  }
  readonly #topics = new Map<string, LivingTopic>()
  readonly #keys = new Map<number, KeyFacts>()
  readonly #producers: WorldProducer[]
  readonly #readers: WorldReader[]
  readonly #members: WorldMember[] = []
  readonly #admin: SimConnection
  #membersMade = 0
  #time = 0
  #random: SeededRandom
  #machine: SimFileSystem
  #life: Life | undefined
  #faults: Fault[] = []
  #stopsDuring = false
  /** When the disk last had nothing to do. */
  #diskIdleMs = 0
  #diskWaits = 0
  #syncFailed = false
  #hasUnseen = false
  #violation: string | undefined

  constructor(plan: WorldPlan, options: WorldOptions = {}) {
    this.#plan = plan
    this.#options = options
    this.#random = new SeededRandom(`${plan.seed}/begin`)
    this.network = new SimNetwork(this.#scheduler, this.clock)
    this.network.onBug = (error) => {
      this.#bug(error)
    }
    this.#machine = new SimFileSystem({ clock: this.clock })
    this.#schedule(this.#machine)
    this.#admin = new SimConnection(this.network)
    for (const { name } of plan.topics) this.#begin(name)
    this.#producers = Array.from(
      { length: PRODUCERS },
      (_, number) => new WorldProducer(this, number, number === PLAIN_PRODUCER),
    )
    this.#readers = Array.from({ length: READERS }, (_, number) => {
      const reader = new WorldReader(this, `reader ${number}`)
      for (const topic of this.#topics.values()) reader.follow(topic, [])
      return reader
    })
  }

  /** Carries out the plan and judges it. */
  async run(): Promise<WorldResult> {
    try {
      this.#start()
      await this.#until(() => this.#life?.isStarting === false)
      await this.#settle(0)
      for (const [index, step] of this.#plan.steps.entries()) {
        if (this.#violation !== undefined) break
        this.#scheduler.note(`step ${index} ${step.kind}`)
        this.#random = new SeededRandom(step.seed)
        await this.#do(step)
        for (let turn = 0; turn < step.turns; turn++) {
          if (!(await this.#turn())) break
        }
      }
      if (this.#violation === undefined) await this.#heal()
      if (this.#violation === undefined) await this.#readAll()
      if (this.#violation === undefined) this.#judge()
    } catch (error) {
      this.#bug(error)
    }
    this.#life?.clock.end()
    this.#counts.events = this.#scheduler.events
    this.#counts.virtualMs = this.clock.monotonicMs()
    return {
      violation: this.#violation,
      traceHash: this.#scheduler.traceHash,
      trace: this.#scheduler.latest(60),
      counts: { ...this.#counts },
    }
  }

  // WorldStage

  now(): number {
    return ++this.#time
  }

  topic(name: string): LivingTopic {
    const topic = this.#topics.get(name)
    if (topic === undefined) throw new Error(`there is no topic ${name} in the plan`)
    return topic
  }

  mayHaveLost(key: number): boolean {
    return this.#keys.get(key)?.hasLost === true
  }

  acknowledged(key: number, endOffset: number, isSynced: boolean): void {
    this.#counts.acknowledged++
    const facts = this.#keys.get(key)
    if (facts === undefined) return
    if (isSynced) facts.syncedEnd = Math.max(facts.syncedEnd, endOffset)
    else facts.acknowledged.push({ ms: this.clock.monotonicMs(), end: endOffset })
  }

  violation(text: string): void {
    this.#violation ??= text
    this.#scheduler.note(`violation: ${text}`)
  }

  // Steps

  async #do(step: WorldStep): Promise<void> {
    const member = 'member' in step ? this.#members[step.member % this.#members.length] : undefined
    switch (step.kind) {
      case 'send':
        this.#producers[step.producer]?.send(step)
        return
      case 'poll':
        this.#watch(this.#readers[step.reader]?.poll(step.maxBytes, step.waitMs))
        return
      case 'join':
        if (this.#members.filter(({ isGone }) => !isGone).length < MEMBERS_MAX) this.#join()
        return
      case 'work':
        for (const one of this.#members) if (one !== member) one.work(this.#random, false)
        member?.work(this.#random, step.commits)
        return
      case 'leave':
      case 'die':
        member?.leave(step.kind === 'die')
        return
      case 'cut':
        member?.cut()
        return
      case 'sleep':
        if (member !== undefined) member.sleepsUntilMs = this.clock.monotonicMs() + step.ms
        return
      case 'hold':
        this.#connectionOf(step.client)?.hold(step.ms)
        return
      case 'lose':
        this.network.answersToLose += step.answers
        return
      case 'delete-records':
        this.#watch(this.#deleteRecords(step.topic, step.partition, step.permille))
        return
      case 'delete-topic':
        this.#watch(this.#deleteTopic(step.topic))
        return
      case 'create-topic':
        this.#createAgain(step.topic)
        return
      case 'pass':
        await this.#pass(step.ms, step.isDiskStill)
        return
      case 'set-clock':
        this.clock.setWallMs(this.clock.wallMs() + step.byMs)
        return
      case 'crash':
        await this.#crash(step.how, step.moment)
        return
      case 'stop':
        await this.#stop()
        return
      case 'fault':
        this.#faults.push({ step, left: step.skip })
        return
      case 'fill-disk':
        this.#machine.capacityBytes = this.#machine.bytesUsed + step.bytes
        if (this.#life !== undefined) this.#life.hadFaults = true
        return
      case 'free-disk':
        this.#machine.capacityBytes = Infinity
        return
    }
  }

  #join(): void {
    this.#members.push(new WorldMember(this, this.#membersMade++, this.topic('synced')))
  }

  #connectionOf(client: string): SimConnection | undefined {
    const [kind, number = '0'] = client.split(' ')
    if (kind === 'producer') return this.#producers[Number(number)]?.connection
    return this.#members[Number(number) % this.#members.length]?.connection
  }

  async #deleteRecords(name: string, partition: number, permille: number): Promise<void> {
    const topic = this.topic(name)
    if (topic.state !== 'there') return
    topic.callsUnderWay++
    try {
      await this.#admin.call(`delete records of ${name}`, async (broker) => {
        const { bounds } = broker.topics.describeTopic(name).partitions[partition] ?? {}
        if (bounds === undefined) return
        const { start, readableEnd } = bounds
        const offset = start + Math.floor(((readableEnd - start) * permille) / 1_000)
        await broker.topics.deleteRecords({
          topic: name,
          partition,
          beforeOffset: admitOffset(offset),
        })
      })
    } finally {
      topic.callsUnderWay--
    }
  }

  async #deleteTopic(name: string): Promise<void> {
    const topic = this.topic(name)
    if (topic.state !== 'there' || topic.callsUnderWay > 0) return
    topic.state = 'unsure'
    await this.#admin.call(`delete ${name}`, (broker) => broker.topics.deleteTopic(name))
    this.#retire(topic)
  }

  #createAgain(name: string): void {
    const topic = this.topic(name)
    if (topic.state !== 'gone' || topic.callsUnderWay > 0) return
    const next = this.#begin(name)
    for (const reader of this.#readers) reader.follow(next, [])
    if (this.network.broker !== undefined) this.#watch(this.#create(name))
  }

  async #pass(ms: number, isDiskStill: boolean): Promise<void> {
    let left = ms
    while (left > 0) {
      const step = Math.min(left, ms > 5_000 ? 1_000 : 100 + this.#random.integer(200))
      await this.clock.advance(step)
      left -= step
      if (isDiskStill) continue
      for (const one of this.#members) one.work(this.#random, this.#random.integer(3) === 0)
      await this.#settle(200)
    }
  }

  // The machine and the broker

  #schedule(machine: SimFileSystem): void {
    machine.operations.inject(({ kind, path }) => {
      this.#counts.diskOperations++
      if (SCHEDULED_READS.has(kind) && !this.#plan.areReadsScheduled) {
        this.#scheduler.note(`${kind} ${path}`)
        return undefined
      }
      const until = new Promise<void>((resolve) => {
        this.#diskWaits++
        this.#scheduler.wait(machine, `disk ${kind} ${path}`, () => {
          this.#diskWaits--
          resolve()
        })
      })
      return { kind: 'wait', until }
    })
    machine.operations.inject((operation) => this.#fault(operation))
  }

  #fault(operation: SimOperation): SimFault | undefined {
    if (operation.change === undefined) return undefined
    if (this.#stopsDuring && this.#life?.isStarting === false) {
      this.#stopsDuring = false
      return { kind: 'stop', moment: 'during' }
    }
    const index = this.#faults.findIndex(({ step }) => step.operation === operation.kind)
    const fault = this.#faults[index]
    if (fault === undefined || fault.left-- > 0) return undefined
    this.#faults.splice(index, 1)
    this.#counts.faults++
    if (this.#life !== undefined) this.#life.hadFaults = true
    const { what } = fault.step
    this.#scheduler.note(`fault ${what}`)
    if (what === 'short') return { kind: 'short', bytes: 1 + this.#random.integer(operation.bytes) }
    if (what === 'EIO') this.#syncFailed = true
    return { kind: 'error', code: what }
  }

  #start(): void {
    const machine = this.#machine
    const clock = new LifeClock(this.clock)
    this.#counts.starts++
    const life: Life = {
      ...{ clock, machine, engine: undefined, broker: undefined, work: Promise.resolve() },
      ...{ isStarting: true, hadFaults: machine.capacityBytes < Infinity },
    }
    this.#life = life
    life.work = this.#open(life).catch((error: unknown) => {
      if (this.#life !== life || machine.operations.isStopped) return
      life.isStarting = false
      if (isVarveError(error) && life.hadFaults) this.#scheduler.note(`no start: ${error.code}`)
      else this.#bug(error)
    })
  }

  async #open(life: Life): Promise<void> {
    const { clock, machine } = life
    const { seed, limits } = this.#plan
    const random = new SeededRandom(`${seed}/life ${this.#counts.starts}`)
    const options = { clock, random, log: SILENT_LOG, limits }
    const file = await FileStorageEngine.open({
      ...{ ...options, fileSystem: machine, directory: '/data' },
    })
    life.engine = file
    const engine = this.#options.wrapEngine?.(file) ?? file
    const broker = await Broker.open({ ...options, engine, storageName: 'file', version: 'test' })
    if (this.#life !== life) return
    life.broker = broker
    this.#adopt(life, broker)
    life.isStarting = false
    this.network.broker = broker
    this.#scheduler.note('started')
    for (const [name, { state }] of this.#topics) {
      if (state !== 'gone') this.#watch(this.#create(name))
    }
  }

  /** Holds what the start found against what must be there, and takes note of what may be lost. */
  #adopt(life: Life, broker: Broker): void {
    for (const [name, topic] of this.#topics) {
      if (topic.state === 'gone') continue
      const isThere = isKnown(broker, name)
      const isOld = topic.keys.some((key) => (this.#keys.get(key)?.syncedEnd ?? -1) >= 0)
      if (!isThere && topic.state === 'unsure') this.#retire(topic)
      else if (!isThere && isOld && !life.hadFaults) this.violation(`D5: topic ${name} is gone`)
      else if (isThere) topic.state = 'there'
      if (!isThere) continue
      for (const { partition, condition, bounds, reason } of broker.topics.describeTopic(name)
        .partitions) {
        const key = topic.keys[partition]
        const facts = key === undefined ? undefined : this.#keys.get(key)
        if (facts?.isUnseen !== true) continue
        if (condition === 'read-only' && !life.hadFaults) {
          this.violation(`R1: ${name}/${partition} is ${condition}: ${reason}`)
        }
        if (key === undefined || condition !== 'healthy' || bounds === undefined) continue
        this.#compareEnd(key, facts, bounds.end)
        facts.isUnseen = false
        facts.wasCut = false
      }
    }
    this.#hasUnseen = [...this.#keys.values()].some(
      ({ isUnseen, topic }) => isUnseen && topic.state === 'there',
    )
  }

  #compareEnd(key: number, facts: KeyFacts, end: number): void {
    const { topic, partition, syncedEnd, acknowledged } = facts
    const place = `${topic.name}/${partition}`
    if (end < syncedEnd) this.violation(`D1: ${place} ends at ${end}, synced to ${syncedEnd}`)
    const lost = acknowledged.filter(({ end: acknowledgedEnd }) => acknowledgedEnd > end)
    facts.acknowledged = []
    if (topic.durability !== 'written' || !(facts.wasCut || this.#syncFailed)) {
      if (lost.length > 0) this.violation(`D2: ${place} ends at ${end}, written to ${lost[0]?.end}`)
      return
    }
    facts.hasLost = true
    this.history.nemesis({ kind: 'loss', key, fromOffset: end, at: this.now() })
    const flushMs = this.#flushMsOf(topic.name)
    const mustBe = facts.quietMs - flushMs
    const early = lost.find(({ ms }) => ms <= mustBe)
    if (early !== undefined && !this.#syncFailed) {
      this.violation(
        `D2: ${place} lost ${early.end - 1}, written ${flushMs} ms before a quiet disk`,
      )
    }
  }

  #flushMsOf(name: string): number {
    const text = this.#plan.topics.find((topic) => topic.name === name)?.settings['flush.ms']
    return text === undefined ? Infinity : Number(text)
  }

  async #crash(how: 'kill' | 'power-cut', moment: 'now' | 'during'): Promise<void> {
    const life = this.#life
    if (life === undefined) return
    if (moment === 'during') {
      this.#stopsDuring = true
      for (let turn = 0; turn < 60 && !life.machine.operations.isStopped; turn++) {
        if (!(await this.#turn())) break
      }
      this.#stopsDuring = false
    }
    this.#endLife(life)
    this.#counts[how === 'kill' ? 'kills' : 'powerCuts']++
    const random = this.#random
    this.#machine = how === 'kill' ? life.machine.afterKill() : life.machine.crash(random)
    for (const facts of this.#keys.values()) facts.wasCut ||= how === 'power-cut'
    this.#machine.capacityBytes = Infinity
    this.#scheduler.note(`crash ${how}`)
    await this.#next()
  }

  async #next(): Promise<void> {
    // What the old process still has to do fails.
    await nextTurn()
    this.#schedule(this.#machine)
    this.#faults = []
    this.#start()
  }

  #endLife(life: Life): void {
    this.#life = undefined
    life.clock.end()
    this.network.breakAll()
    this.#scheduler.forget(life.machine)
    this.#diskWaits = 0
    for (const facts of this.#keys.values()) {
      if (!facts.isUnseen) facts.quietMs = this.#diskIdleMs
      facts.isUnseen = true
    }
    for (const member of this.#members) member.lost()
  }

  /** Stops the broker in order; what it is told meanwhile is refused. */
  async #stop(): Promise<void> {
    const life = this.#life
    const broker = life?.broker
    if (life === undefined || broker === undefined) return
    this.#counts.stops++
    let isDone = false
    const closing = (async () => {
      await broker.close()
      await life.engine?.close()
    })()
    closing.then(
      () => {
        isDone = true
      },
      (error: unknown) => {
        isDone = true
        this.#bug(error)
      },
    )
    await this.#until(() => isDone)
    const { hadFaults } = life
    this.#endLife(life)
    this.#machine = life.machine.afterKill()
    this.#machine.capacityBytes = Infinity
    this.#scheduler.note(`stopped${hadFaults ? ' after faults' : ''}`)
    await this.#next()
  }

  // Topics

  #begin(name: string): LivingTopic {
    const plan = this.#plan.topics.find((topic) => topic.name === name)
    const durability =
      plan?.settings.durability === 'written' ? ('written' as const) : ('synced' as const)
    const hasRetention = plan?.settings['retention.bytes'] !== undefined
    const keys: number[] = []
    const topic: LivingTopic = { name, keys, durability, state: 'there', callsUnderWay: 0 }
    for (let partition = 0; partition < (plan?.partitions ?? 0); partition++) {
      const generation = this.#keys.size
      const settings = { durability, hasRetention }
      const key = this.history.key(`${name}/${partition} (${generation})`, settings)
      keys.push(key)
      this.#keys.set(key, {
        ...{ topic, partition, acknowledged: [], syncedEnd: -1, hasLost: false },
        ...{ isUnseen: false, wasCut: false, quietMs: 0 },
      })
    }
    this.#topics.set(name, topic)
    return topic
  }

  async #create(name: string): Promise<void> {
    const topic = this.topic(name)
    const plan = this.#plan.topics.find((one) => one.name === name)
    if (plan === undefined) return
    const { partitions, settings } = plan
    try {
      await this.#admin.call(`create ${name}`, (broker) =>
        broker.topics.createTopic({ name, partitions, settings }),
      )
    } catch (error) {
      if (!isVarveError(error, 'TOPIC_EXISTS')) throw error
    }
    // From here on it must be there.
    for (const key of topic.keys) {
      const facts = this.#keys.get(key)
      if (facts !== undefined && topic.state === 'there')
        facts.syncedEnd = Math.max(facts.syncedEnd, 0)
    }
  }

  #retire(topic: LivingTopic): void {
    topic.state = 'gone'
    for (const key of topic.keys) {
      const at = this.now()
      this.history.nemesis({ kind: 'log-start', key, offset: Number.MAX_SAFE_INTEGER, at })
    }
    for (const producer of this.#producers) producer.forget(topic)
  }

  // The end

  async #heal(): Promise<void> {
    this.#random = new SeededRandom(`${this.#plan.seed}/heal`)
    this.#faults = []
    this.network.answersToLose = 0
    this.#machine.capacityBytes = Infinity
    const life = this.#life
    // What a failed disk has fenced is mended by a start.
    await this.#until(() => this.#life?.isStarting === false)
    if (life === undefined || life.hadFaults || life.broker === undefined) {
      if (this.#life !== undefined) await this.#crash('kill', 'now')
      else this.#start()
      await this.#until(() => this.#life?.isStarting === false)
    }
    const startMs = this.clock.monotonicMs()
    for (const member of this.#members) {
      member.sleepsUntilMs = 0
      member.isPunctual = true
    }
    for (;;) {
      for (const one of this.#members) one.work(this.#random, true)
      await this.#settle(TURNS_MAX)
      if (this.#violation !== undefined) return
      if (this.#producers.every(({ isDone }) => isDone) && this.#isGroupSettled()) break
      if (this.clock.monotonicMs() - startMs > HEAL_MS_MAX) {
        const who = this.#producers.findIndex(({ isDone }) => !isDone)
        this.violation(`not well again: ${who < 0 ? 'the group' : `producer ${who}`} waits still`)
        return
      }
      await this.clock.advance(200)
    }
  }

  #isGroupSettled(): boolean {
    const live = this.#members.filter(({ isGone }) => !isGone)
    if (live.length === 0) return true
    if (!live.every(({ isSettled }) => isSettled)) return false
    const held = live.flatMap((member) => member.held)
    return held.length === this.topic('synced').keys.length && new Set(held).size === held.length
  }

  /** Fresh readers read everything that is left. */
  async #readAll(): Promise<void> {
    await this.#until(() => this.#readers.every(({ isBusy }) => !isBusy))
    const broker = this.network.broker
    if (broker === undefined) throw new Error('there is no broker after all is well')
    for (const name of ['final a', 'final b']) {
      const reader = new WorldReader(this, name)
      this.history.finalReader(reader.process)
      for (const topic of this.#topics.values()) {
        if (topic.state !== 'there') continue
        const { partitions } = broker.topics.describeTopic(topic.name)
        reader.follow(
          topic,
          partitions.map(({ bounds }) => bounds?.start ?? 0),
        )
      }
      for (;;) {
        const rest = reader.places.filter(({ topic, partition, position }) => {
          const { bounds } = broker.topics.describeTopic(topic.name).partitions[partition] ?? {}
          return position < (bounds?.readableEnd ?? 0)
        })
        if (rest.length === 0) break
        const before = rest.map(({ position }) => position).join()
        const polling = reader.poll(1 + this.#random.integer(20_000), 0, rest)
        this.#watch(polling)
        await this.#until(() => !reader.isBusy)
        if (this.#violation !== undefined) return
        if (before === rest.map(({ position }) => position).join()) {
          this.violation(`L7: ${name} gets nothing at ${before}`)
          return
        }
      }
    }
    await this.#askCommitted()
    this.#checkRetention(broker)
    await this.#stop()
  }

  async #askCommitted(): Promise<void> {
    const topic = this.topic('synced')
    if (topic.state !== 'there' || this.#members.length === 0) return
    const invokedAt = this.now()
    const asked = topic.keys.map((_, partition) => ({ topic: topic.name, partition }))
    const asking = this.#admin.call('committed', async (broker) => {
      const found = await broker.groups.fetchOffsets(GROUP, asked)
      const endedAt = this.now()
      for (const { partition, offset } of found) {
        const key = topic.keys[partition] ?? 0
        this.history.committed({ group: GROUP, key, offset, invokedAt, endedAt })
      }
    })
    this.#watch(asking)
    await this.#settle(TURNS_MAX)
  }

  /** L8: what is deleted for its size leaves at least that much. */
  #checkRetention(broker: Broker): void {
    const topic = this.topic('short')
    if (topic.state !== 'there' || this.#plan.steps.some(({ kind }) => kind === 'delete-records')) {
      return
    }
    const kept = Number(
      this.#plan.topics.find(({ name }) => name === 'short')?.settings['retention.bytes'],
    )
    for (const { bounds, bytes } of broker.topics.describeTopic('short').partitions) {
      if ((bounds?.start ?? 0) > 0 && bytes < kept)
        this.violation(`L8: only ${bytes} bytes are left`)
    }
  }

  #judge(): void {
    const history = this.history.build()
    const result = checkHistory(history)
    if (!result.valid) this.violation(describeResult(result, history, 3))
  }

  // Turns

  async #turn(): Promise<boolean> {
    const happened = await this.#scheduler.turn(this.#random)
    const life = this.#life
    if (this.#hasUnseen && life?.broker?.state === 'open') this.#adopt(life, life.broker)
    if (this.#diskWaits === 0) this.#diskIdleMs = this.clock.monotonicMs()
    if (this.#life?.isStarting === false && this.#life.broker === undefined) {
      // A start that failed for its disk is tried again, with space and without faults.
      await this.#crash('kill', 'now')
    }
    return happened
  }

  /** Turns until nothing waits any more. @param turnsMax 0: as many as it takes */
  async #settle(turnsMax: number): Promise<void> {
    for (let turn = 0; turn < (turnsMax || TURNS_MAX); turn++) {
      if (!(await this.#turn())) return
    }
    if (turnsMax === 0 || turnsMax === TURNS_MAX) this.violation('it never comes to rest')
  }

  /** Turns, and time where nothing else happens, until it is so. */
  async #until(isSo: () => boolean): Promise<void> {
    for (let turn = 0; turn < TURNS_MAX && this.#violation === undefined; turn++) {
      if (isSo()) return
      if (!(await this.#turn())) {
        await this.clock.advance(50)
      }
    }
    if (this.#violation === undefined) this.violation('it takes for ever')
  }

  #watch(work: Promise<void> | undefined): void {
    work?.catch((error: unknown) => {
      // Calls that fail are part of life; what they change is looked at after the next start.
      if (!isVarveError(error) && !isLost(error)) this.#bug(error)
    })
  }

  #bug(error: unknown): void {
    if (this.#life?.machine.operations.isStopped === true) return
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.violation(`nobody expects: ${text}`)
  }
}

function isLost(error: unknown): boolean {
  return error instanceof Error && error.constructor.name === 'ConnectionLost'
}

function isKnown(broker: Broker, name: string): boolean {
  try {
    broker.topics.describeTopic(name)
    return true
  } catch (error) {
    if (isVarveError(error, 'UNKNOWN_TOPIC')) return false
    throw error
  }
}
