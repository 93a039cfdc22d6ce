// A world: clients, a network, the real broker over the real file engine, and a machine that forgets, all under one scheduler on virtual
// time. It carries out a plan, heals, reads everything once more, and judges what its clients were told. Invariant: whatever happens is
// decided by the plan and its seeds; the first thing that is wrong is kept as the violation.
import type { Broker } from '../../../src/broker/broker.ts'
import { isVarveError } from '../../../src/domain/error.ts'
import { checkHistory } from '../../../src/history-check/check-history.ts'
import { describeResult } from '../../../src/history-check/describe-result.ts'
import { HistoryBuilder } from '../../../src/history-check/history-builder.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { StorageEngine } from '../../../src/storage/engine.ts'
import { Scheduler } from './scheduler.ts'
import { ConnectionLost, SimConnection, SimNetwork } from './sim-network.ts'
import { type MachineCounts, type MachineWorld, WorldMachine } from './world-machine.ts'
import { GROUP, WorldMember } from './world-member.ts'
import { PLAIN_PRODUCER, PRODUCERS, READERS, type WorldPlan, type WorldStep } from './world-plan.ts'
import { WorldProducer } from './world-producer.ts'
import { WorldReader } from './world-reader.ts'
import type { LivingTopic, WorldStage } from './world-stage.ts'
import { WorldTopics } from './world-topics.ts'

/** Turns that anything may take to come to its end. */
const TURNS_MAX = 20_000
/** Time that everything may take to become well again. */
const HEAL_MS_MAX = 120_000
const MEMBERS_MAX = 4
const GROUP_TOPIC = 'synced'
/** The latest events that a result tells. */
const TRACE_EVENTS = 60

export interface WorldOptions {
  /** Puts something between broker and engine: a defect that must be found. */
  readonly wrapEngine?: (engine: StorageEngine) => StorageEngine
}

export interface WorldCounts extends MachineCounts {
  events: number
  acknowledged: number
  virtualMs: number
}

export interface WorldResult {
  readonly violation: string | undefined
  readonly traceHash: string
  /** The latest events of the trace. */
  readonly trace: readonly string[]
  readonly counts: WorldCounts
}

export class SimWorld implements WorldStage, MachineWorld {
  readonly clock = new VirtualClock()
  readonly history = new HistoryBuilder()
  readonly scheduler = new Scheduler()
  readonly network: SimNetwork
  readonly producerExpirationMs = 86_400_000
  random: SeededRandom
  readonly #plan: WorldPlan
  readonly #machine: WorldMachine
  readonly #topics: WorldTopics
  readonly #admin: SimConnection
  readonly #producers: readonly WorldProducer[]
  readonly #readers: readonly WorldReader[]
  readonly #members: WorldMember[] = []
  #membersMade = 0
  #acknowledged = 0
  #time = 0
  #violation: string | undefined

  constructor(plan: WorldPlan, options: WorldOptions = {}) {
    this.#plan = plan
    this.random = new SeededRandom(`${plan.seed}/begin`)
    this.network = new SimNetwork(this.scheduler, this.clock)
    this.network.onBug = (error) => {
      this.onBug(error)
    }
    this.#machine = new WorldMachine(this, plan, options.wrapEngine)
    this.#admin = new SimConnection(this.network)
    this.#topics = new WorldTopics(this, plan.topics, this.#admin)
    this.#topics.onRetired = (topic) => {
      for (const producer of this.#producers) producer.forget(topic)
    }
    this.#producers = Array.from(
      { length: PRODUCERS },
      (_, number) => new WorldProducer(this, number, number === PLAIN_PRODUCER),
    )
    this.#readers = Array.from({ length: READERS }, (_, number) => {
      const reader = new WorldReader(this, `reader ${number}`)
      for (const topic of this.#topics.all) reader.follow(topic, [])
      return reader
    })
  }

  /** Carries out the plan and judges it. */
  async run(): Promise<WorldResult> {
    try {
      this.#machine.start()
      await this.#until(() => !this.#machine.isStarting)
      await this.#settle(TURNS_MAX)
      for (const [index, step] of this.#plan.steps.entries()) {
        if (this.#violation !== undefined) break
        this.scheduler.note(`step ${index} ${step.kind}`)
        this.random = new SeededRandom(step.seed)
        await this.#do(step)
        for (let turn = 0; turn < step.turns; turn++) if (!(await this.#turn())) break
      }
      for (const part of [() => this.#heal(), () => this.#readAll()]) {
        if (this.#violation === undefined) await part()
      }
      if (this.#violation === undefined) this.#judge()
    } catch (error) {
      this.onBug(error)
    }
    this.#machine.end()
    return {
      violation: this.#violation,
      traceHash: this.scheduler.traceHash,
      trace: this.scheduler.latest(TRACE_EVENTS),
      counts: {
        ...this.#machine.counts,
        ...{ events: this.scheduler.events, acknowledged: this.#acknowledged },
        virtualMs: this.clock.monotonicMs(),
      },
    }
  }

  now(): number {
    return ++this.#time
  }

  topic(name: string): LivingTopic {
    return this.#topics.topic(name)
  }

  mayHaveLost(key: number): boolean {
    return this.#topics.mayHaveLost(key)
  }

  acknowledged(key: number, endOffset: number, isSynced: boolean): void {
    this.#acknowledged++
    this.#topics.acknowledged(key, endOffset, isSynced)
  }

  violation(text: string): void {
    this.#violation ??= text
    this.scheduler.note(`violation: ${text}`)
  }

  onStarted(broker: Broker): void {
    this.#adopt(broker, true)
    this.network.broker = broker
    for (const { name, state } of this.#topics.all) {
      if (state !== 'gone') this.#watch(this.#topics.create(name))
    }
  }

  onEnd(): void {
    this.network.breakAll()
    this.#topics.ended(this.#machine.quietMs)
    for (const member of this.#members) member.lost()
  }

  onPowerCut(): void {
    this.#topics.powerFailed()
  }

  onBug(error: unknown): void {
    // What a process says that has been ended is nothing to anybody.
    if (this.#machine.isStopped) return
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.violation(`nobody expects: ${text}`)
  }

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
        this.#join()
        return
      case 'work':
        for (const one of this.#members) if (one !== member) one.work(this.random, false)
        member?.work(this.random, step.commits)
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
        this.#watch(this.#topics.deleteRecords(step.topic, step.partition, step.permille))
        return
      case 'delete-topic':
        this.#watch(this.#topics.delete(step.topic))
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
        await this.#machine.crash(step.how, step.moment, () => this.#turn())
        return
      case 'stop':
        await this.#machine.stop((isSo) => this.#until(isSo))
        return
      case 'fault':
        this.#machine.addFault(step)
        return
      case 'fill-disk':
        this.#machine.setSpace(step.bytes)
        return
      case 'free-disk':
        this.#machine.setSpace(Infinity)
        return
    }
  }

  #join(): void {
    if (this.#members.filter(({ isGone }) => !isGone).length >= MEMBERS_MAX) return
    const { sessionTimeoutMs } = this.#plan
    const topic = this.topic(GROUP_TOPIC)
    this.#members.push(new WorldMember(this, this.#membersMade++, topic, sessionTimeoutMs))
  }

  #connectionOf(client: string): SimConnection | undefined {
    const [kind, number = '0'] = client.split(' ')
    if (kind === 'producer') return this.#producers[Number(number)]?.connection
    return this.#members[Number(number) % this.#members.length]?.connection
  }

  #createAgain(name: string): void {
    const topic = this.topic(name)
    if (topic.state !== 'gone' || topic.callsUnderWay > 0) return
    const next = this.#topics.begin(name)
    for (const reader of this.#readers) reader.follow(next, [])
    if (this.network.broker !== undefined) this.#watch(this.#topics.create(name))
  }

  async #pass(ms: number, isDiskStill: boolean): Promise<void> {
    // Long times in larger steps, but never so that members have no time to say that they live.
    const stepMs = Math.max(200, Math.min(this.#plan.sessionTimeoutMs / 6, ms / 40))
    for (let left = ms; left > 0 && this.#violation === undefined; left -= stepMs) {
      await this.clock.advance(Math.min(left, stepMs))
      if (isDiskStill) continue
      for (const one of this.#members) one.work(this.random, this.random.integer(3) === 0)
      await this.#settle(200)
    }
  }

  async #heal(): Promise<void> {
    this.random = new SeededRandom(`${this.#plan.seed}/heal`)
    this.#machine.forgetFaults()
    this.network.answersToLose = 0
    await this.#until(() => !this.#machine.isStarting)
    // What a failed disk has fenced is mended by a start.
    if (this.#machine.hadFaults) {
      await this.#machine.crash('kill', 'now', () => this.#turn())
      await this.#until(() => !this.#machine.isStarting)
    }
    const startMs = this.clock.monotonicMs()
    for (const member of this.#members) {
      member.sleepsUntilMs = 0
      member.isPunctual = true
    }
    for (;;) {
      for (const one of this.#members) one.work(this.random, true)
      await this.#settle(TURNS_MAX)
      if (this.#violation !== undefined) return
      if (this.#producers.every(({ isDone }) => isDone) && this.#isGroupSettled()) return
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
    return held.length === this.topic(GROUP_TOPIC).keys.length && new Set(held).size === held.length
  }

  /** Fresh readers read everything that is left. */
  async #readAll(): Promise<void> {
    await this.#until(() => this.#readers.every(({ isBusy }) => !isBusy))
    const broker = this.network.broker
    if (broker === undefined) throw new Error('there is no broker after all is well')
    for (const name of ['final a', 'final b']) await this.#readFinally(broker, name)
    if (this.#violation !== undefined) return
    this.#watch(this.#askCommitted())
    await this.#settle(TURNS_MAX)
    const isTrimmed = this.#plan.steps.some(({ kind }) => kind === 'delete-records')
    if (!isTrimmed) this.#topics.checkRetention(broker)
    await this.#machine.stop((isSo) => this.#until(isSo))
    await this.#until(() => !this.#machine.isStarting)
  }

  async #readFinally(broker: Broker, name: string): Promise<void> {
    const reader = new WorldReader(this, name)
    this.history.finalReader(reader.process)
    for (const topic of this.#topics.all) {
      if (topic.state !== 'there') continue
      const { partitions } = broker.topics.describeTopic(topic.name)
      reader.follow(
        topic,
        partitions.map(({ bounds }) => bounds?.start ?? 0),
      )
    }
    while (this.#violation === undefined) {
      const rest = reader.places.filter(({ topic, partition, position }) => {
        const { bounds } = broker.topics.describeTopic(topic.name).partitions[partition] ?? {}
        return position < (bounds?.readableEnd ?? 0)
      })
      if (rest.length === 0) return
      const before = rest.map(({ position }) => position).join()
      this.#watch(reader.poll(1 + this.random.integer(20_000), 0, rest))
      await this.#until(() => !reader.isBusy)
      if (before === rest.map(({ position }) => position).join()) {
        this.violation(`L7: ${name} gets nothing at ${before}`)
      }
    }
  }

  async #askCommitted(): Promise<void> {
    const topic = this.topic(GROUP_TOPIC)
    if (this.#members.length === 0) return
    const invokedAt = this.now()
    const asked = topic.keys.map((_, partition) => ({ topic: topic.name, partition }))
    const found = await this.#admin.call('committed', (broker) =>
      broker.groups.fetchOffsets(GROUP, asked),
    )
    for (const { partition, offset } of found) {
      const key = topic.keys[partition] ?? 0
      this.history.committed({ group: GROUP, key, offset, invokedAt, endedAt: this.now() })
    }
  }

  #judge(): void {
    const history = this.history.build()
    const result = checkHistory(history)
    if (!result.valid) this.violation(describeResult(result, history, 3))
  }

  async #turn(): Promise<boolean> {
    const happened = await this.scheduler.turn(this.random)
    const machine = this.#machine
    // Of a machine that has just been stopped nothing more is learnt.
    const broker = machine.isStopped ? undefined : machine.broker
    if (this.#topics.hasUnseen && broker?.state === 'open') this.#adopt(broker, false)
    machine.notice()
    // A start that failed for its disk is tried again, with space and without faults.
    if (machine.hasFailed) await machine.crash('kill', 'now', () => this.#turn())
    return happened
  }

  #adopt(broker: Broker, isStart: boolean): void {
    const { hadFaults, syncFailed } = this.#machine
    this.#topics.adopt(broker, { hadFaults, syncFailed, isStart })
  }

  /** Turns until nothing waits any more. */
  async #settle(turnsMax: number): Promise<void> {
    for (let turn = 0; turn < turnsMax; turn++) if (!(await this.#turn())) return
    if (turnsMax === TURNS_MAX) this.violation('it never comes to rest')
  }

  /** Turns, and time where nothing else happens, until it is so. */
  async #until(isSo: () => boolean): Promise<void> {
    for (let turn = 0; turn < TURNS_MAX && this.#violation === undefined; turn++) {
      if (isSo()) return
      if (!(await this.#turn())) await this.clock.advance(50)
    }
    if (this.#violation === undefined) this.violation('it takes for ever')
  }

  /** Calls that fail are part of life: what became of them is looked at after the next start. */
  #watch(work: Promise<void> | undefined): void {
    work?.catch((error: unknown) => {
      if (!isVarveError(error) && !(error instanceof ConnectionLost)) this.onBug(error)
    })
  }
}
