// A producer of a simulated world, plain or idempotent, with everything that it does in the history. A plain one sends a batch once. An
// idempotent one sends again what has no answer, at most five batches at a time of each partition, until it is told where they are.

import type { ProduceOutcome } from '../../../src/broker/produce-service.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { outcomeOfError } from '../../../src/history-check/outcome.ts'
import { encodeValue, valueNumber } from '../../../src/history-check/record-value.ts'
import { encodeBatch } from '../../../src/record/encode-batch.ts'
import { ConnectionLost, SimConnection } from './sim-network.ts'
import { type LivingTopic, RUN, type WorldStage } from './world-stage.ts'

const RETRY_MS = 120

const PASSING = new Set([
  ...['NOT_READY', 'QUEUE_FULL', 'DISK_FULL', 'PARTITION_READ_ONLY', 'STORAGE_FAILED'],
])

interface SendRequest {
  readonly topic: string
  readonly partition: number
  readonly records: number
  readonly bytes: number
  readonly isSynced: boolean
}

interface Sent {
  /** In the history. */
  readonly send: number
  readonly request: SendRequest
  readonly values: readonly Buffer[]
  /** Of its first record, while it belongs to the identity of its lane. */
  readonly sequence: number
  /** Among the batches of its lane. */
  readonly number: number
  readonly timestampMs: number
}

/** What an idempotent producer has to do with one partition. */
interface Lane {
  readonly topic: LivingTopic
  readonly key: number
  identity: { readonly producerId: number; readonly producerEpoch: number } | undefined
  nextSequence: number
  made: number
  /** Without an answer yet, oldest first. */
  open: Sent[]
  isFlying: boolean
  lastOkMs: number
}

export class WorldProducer {
  readonly connection: SimConnection
  readonly #stage: WorldStage
  readonly #number: number
  readonly #isPlain: boolean
  readonly #process: number
  readonly #lanes = new Map<number, Lane>()
  #counter = 0
  #flying = 0

  constructor(stage: WorldStage, number: number, isPlain: boolean) {
    this.#stage = stage
    this.#number = number
    this.#isPlain = isPlain
    this.#process = stage.history.process(`producer ${number}`)
    this.connection = new SimConnection(stage.network)
  }

  /** True when it waits for nothing. */
  get isDone(): boolean {
    return this.#flying === 0 && [...this.#lanes.values()].every(({ open }) => open.length === 0)
  }

  send(request: SendRequest): void {
    const { history } = this.#stage
    const topic = this.#stage.topic(request.topic)
    const key = topic.keys[request.partition]
    if (topic.state !== 'there' || key === undefined) return
    const lane = this.#lane(topic, key)
    // The broker knows again only the latest batches.
    const oldest = lane.open[0]?.number ?? lane.made
    if (!this.#isPlain && lane.made - oldest >= LIMITS.producerBatchesKept) return
    const numbers: number[] = []
    const values: Buffer[] = []
    for (let record = 0; record < request.records; record++) {
      const counter = this.#counter++
      numbers.push(valueNumber(this.#number, counter))
      values.push(encodeValue({ run: RUN, key, producer: this.#number, counter }, request.bytes))
    }
    const send = history.sendBegan(this.#process, key, numbers, this.#stage.now())
    const timestampMs = this.#stage.clock.wallMs()
    const number = lane.made++
    const sent = { send, request, values, sequence: lane.nextSequence, number, timestampMs }
    if (this.#isPlain) {
      void this.#sendOnce(sent, lane)
      return
    }
    lane.nextSequence += request.records
    lane.open.push(sent)
    void this.#fly(lane)
  }

  /** The topic is gone: nobody will ever say what became of what is open. */
  forget(topic: LivingTopic): void {
    for (const lane of this.#lanes.values()) {
      if (lane.topic !== topic) continue
      for (const { send } of lane.open.splice(0)) this.#fail(send, 'info')
    }
  }

  async #sendOnce(sent: Sent, lane: Lane): Promise<void> {
    this.#flying++
    try {
      this.#acknowledge(sent, lane, await this.#append(sent, lane, undefined))
    } catch (error) {
      if (error instanceof ConnectionLost) this.#fail(sent.send, error.wasSent ? 'info' : 'fail')
      else if (error instanceof VarveError) {
        this.#fail(sent.send, outcomeOfError(error))
        if (!isPassing(error, lane)) this.#unexpected(error)
      } else throw error
    } finally {
      this.#flying--
    }
  }

  /** Sends everything that is open, in order; what then is still open is tried again later. */
  async #fly(lane: Lane): Promise<void> {
    if (lane.isFlying || lane.open.length === 0) return
    lane.isFlying = true
    this.#flying++
    try {
      if (lane.identity === undefined) await this.#identify(lane)
      const sending = lane.open.map((sent) => this.#trySend(sent, lane))
      const results = await Promise.all(sending)
      this.#afterRefusal(results[0], lane)
    } catch (error) {
      if (!(error instanceof ConnectionLost) && !(error instanceof VarveError)) throw error
    } finally {
      lane.isFlying = false
      this.#flying--
    }
    if (lane.open.length === 0) return
    this.#stage.clock.after(RETRY_MS, () => void this.#fly(lane))
  }

  /** @returns why it is still open; undefined when it is not */
  async #trySend(sent: Sent, lane: Lane): Promise<VarveError | ConnectionLost | undefined> {
    try {
      const outcome = await this.#append(sent, lane, lane.identity)
      if (!lane.open.includes(sent)) return undefined
      lane.open.splice(lane.open.indexOf(sent), 1)
      lane.lastOkMs = this.#stage.clock.monotonicMs()
      this.#acknowledge(sent, lane, outcome)
      return undefined
    } catch (error) {
      if (error instanceof ConnectionLost) return error
      if (!(error instanceof VarveError)) throw error
      if (!isPassing(error, lane) && error.code !== 'OUT_OF_ORDER_SEQUENCE') this.#unexpected(error)
      return error
    }
  }

  /** @param error of the oldest open batch: before it nothing is missing but what the broker lost */
  #afterRefusal(error: VarveError | ConnectionLost | undefined, lane: Lane): void {
    if (!(error instanceof VarveError) || error.code !== 'OUT_OF_ORDER_SEQUENCE') return
    const { clock, producerExpirationMs } = this.#stage
    const isForgotten = clock.monotonicMs() - lane.lastOkMs >= producerExpirationMs / 2
    if (!this.#stage.mayHaveLost(lane.key) && !isForgotten && lane.topic.state === 'there') {
      this.#stage.violation(`L5: the next batch of producer ${this.#number}: ${error.message}`)
    }
    // As another producer: of what is open nobody knows.
    for (const { send } of lane.open.splice(0)) this.#fail(send, 'info')
    lane.identity = undefined
    lane.nextSequence = 0
  }

  async #identify(lane: Lane): Promise<void> {
    const label = `p${this.#number} init`
    lane.identity = await this.connection.call(label, (broker) => broker.initProducerId())
  }

  async #append(sent: Sent, lane: Lane, identity: Lane['identity']): Promise<ProduceOutcome> {
    const { topic, partition, isSynced, records } = sent.request
    const { timestampMs, values } = sent
    const batch = encodeBatch(
      values.map((value) => ({ value, timestampMs })),
      identity && { ...identity, baseSequence: sent.sequence },
    )
    const label = `p${this.#number} ${topic}/${partition} ${sent.send}:${records}`
    lane.topic.callsUnderWay++
    try {
      return await this.connection.call(label, (broker) =>
        broker.producer.append({
          ...{ topic, partition, batch },
          ...(isSynced ? { durability: 'synced' } : {}),
        }),
      )
    } finally {
      lane.topic.callsUnderWay--
    }
  }

  #acknowledge(sent: Sent, lane: Lane, outcome: ProduceOutcome): void {
    const { history } = this.#stage
    const { baseOffset, durability, recordCount } = outcome
    if (baseOffset === undefined || recordCount !== sent.values.length) {
      this.#stage.violation(`an acknowledgement of ${recordCount} records at ${baseOffset}`)
      return
    }
    const wanted = sent.request.isSynced || lane.topic.durability === 'synced'
    if (wanted && durability !== 'synced') this.#stage.violation(`D1: stored as ${durability}`)
    history.sendAcknowledged(sent.send, { at: this.#stage.now(), baseOffset, durability })
    this.#stage.acknowledged(lane.key, baseOffset + recordCount, durability === 'synced')
  }

  #fail(send: number, outcome: 'fail' | 'info'): void {
    this.#stage.history.sendFailed(send, outcome, this.#stage.now())
  }

  #unexpected(error: VarveError): void {
    this.#stage.violation(`producer ${this.#number} was refused: ${error.code} ${error.message}`)
  }

  #lane(topic: LivingTopic, key: number): Lane {
    const known = this.#lanes.get(key)
    if (known !== undefined) return known
    const lane: Lane = {
      ...{ topic, key, identity: undefined, nextSequence: 0, made: 0, open: [], isFlying: false },
      lastOkMs: this.#stage.clock.monotonicMs(),
    }
    this.#lanes.set(key, lane)
    return lane
  }
}

/** What any producer meets in a world of crashes and bad disks, and of a topic that is not there yet or no more. */
function isPassing({ code }: VarveError, { topic }: Lane): boolean {
  return PASSING.has(code) || topic.state !== 'there' || (!topic.isMade && code === 'UNKNOWN_TOPIC')
}
