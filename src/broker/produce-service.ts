// Appends record batches: finds the partition, resolves what the acknowledgement shall promise, checks the batch at the
// door and hands it to the log. Invariants: nothing is acknowledged before the log says so; a batch passes without a look
// at its records beyond that one check; bytes that wait for a log are bounded over all partitions.
import { type Durability, isAtLeast } from '../domain/durability.ts'
import { type ErrorCode, isVarveError, VarveError } from '../domain/error.ts'
import { LIMITS, type Limits } from '../domain/limits.ts'
import type { Offset } from '../domain/offset.ts'
import { checkNotInternal } from '../domain/topic.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { TRACE_POINTS } from '../platform/trace-table.ts'
import { type BatchHeader, stampLogAppendTime } from '../record/batch-header.ts'
import { encodeBatch, type RecordInput } from '../record/encode-batch.ts'
import { validateBatch } from '../record/validate-batch.ts'
import type { AppendRequest, PartitionLog, StorageEngine } from '../storage/engine.ts'
import type { BrokerMetrics } from './broker-metrics.ts'
import type { LiveTopic, PartitionSlot } from './live-topic.ts'
import { goneTopic, writableLog } from './open-log.ts'
import type { RequestGate } from './request-gate.ts'
import { spreadRecords } from './spread-records.ts'
import type { TopicCatalog } from './topic-catalog.ts'

export interface ProduceRequest {
  readonly topic: string
  readonly partition: number
  /** One record batch. Borrowed until the promise settles; header fields may be overwritten in place. */
  readonly batch: Buffer
  /** Absent: the topic's own setting. */
  readonly durability?: Durability
  /** Append only if the first record gets this offset. */
  readonly expectedOffset?: Offset
}

export interface ProduceRecordsRequest {
  readonly topic: string
  /** -1: the broker chooses, by key as Kafka does, in turn without one. */
  readonly partition: number
  readonly records: readonly RecordInput[]
  readonly durability?: Durability
  /** Not with partition -1. */
  readonly expectedOffset?: Offset
}

export interface ProduceOutcome {
  readonly partition: number
  /** Undefined with durability none. */
  readonly baseOffset: Offset | undefined
  readonly recordCount: number
  /** What was really reached. */
  readonly durability: Durability
  /** The batch was stored before. */
  readonly duplicate: boolean
  /** The time that the records were given, in a topic with LogAppendTime. */
  readonly logAppendTimeMs?: number
  /** The first offset that the partition keeps. */
  readonly startOffset: Offset
}

interface SpreadPart {
  readonly partition: number
  /** Indexes of the request's records that went here, in order. */
  readonly records: readonly number[]
  /** One of the two is set. */
  readonly outcome?: ProduceOutcome
  readonly error?: VarveError
}

export interface SpreadOutcome {
  readonly parts: readonly SpreadPart[]
}

/** What the service works with. */
export interface ProduceServiceParts {
  readonly catalog: TopicCatalog
  readonly gate: RequestGate
  readonly clock: Clock
  readonly log: Log
  readonly engine: Pick<StorageEngine, 'abilities'>
  readonly metrics: BrokerMetrics
  readonly limits: Limits
}

/** A batch that passed the door. */
interface AdmittedBatch {
  readonly slot: PartitionSlot
  readonly log: PartitionLog
  readonly batch: Buffer
  readonly header: BatchHeader
  readonly durability: Durability
  readonly expectedOffset: Offset | undefined
  readonly logAppendTimeMs: number | undefined
  readonly startOffset: Offset
}

export class ProduceService {
  readonly #parts: ProduceServiceParts
  #inFlightBytes = 0
  #unansweredFailures = 0

  constructor(parts: ProduceServiceParts) {
    this.#parts = parts
  }

  /** Bytes of batches that wait for a log. At most LIMITS.appendQueueBytesMax. */
  get inFlightBytes(): number {
    return this.#inFlightBytes
  }

  /** Appends with durability none that failed after they had been answered. */
  get unansweredFailures(): number {
    return this.#unansweredFailures
  }

  /**
   * Appends one batch.
   * @param signal before the append is accepted it stops it; after that only the waiting: the batch is appended and the
   *   caller gets CANCELLED, effect unknown.
   * @throws VarveError INVALID_TOPIC_NAME · INTERNAL_TOPIC · UNKNOWN_TOPIC · UNKNOWN_PARTITION · DURABILITY_NOT_ALLOWED · UNSUPPORTED · what
   *   validateBatch and PartitionLog.append throw · QUEUE_FULL · NOT_READY · CANCELLED
   */
  async append(request: ProduceRequest, signal?: AbortSignal): Promise<ProduceOutcome> {
    const { gate, catalog } = this.#parts
    gate.check()
    throwIfAborted(signal)
    checkNotInternal(request.topic)
    const slot = catalog.slot(request.topic, request.partition)
    return this.#appendTo(slot, request, signal)
  }

  /**
   * Appends records that the broker encodes, uncompressed: one batch for each partition. With partition -1 the parts
   * succeed and fail each on its own; else this throws as `append` does.
   * @throws VarveError EMPTY_BATCH · TOO_MANY_ITEMS · INVALID_ARGUMENT · INVALID_TIMESTAMP · as `append`
   */
  async appendRecords(
    request: ProduceRecordsRequest,
    signal?: AbortSignal,
  ): Promise<SpreadOutcome> {
    const { gate, catalog } = this.#parts
    gate.check()
    throwIfAborted(signal)
    checkNotInternal(request.topic)
    const { records } = request
    checkRecordCount(records.length)
    const options = pickOptions(request)
    if (request.partition !== -1) {
      const slot = catalog.slot(request.topic, request.partition)
      const batch = encodeBatch(records)
      const outcome = await this.#appendTo(slot, { batch, ...options }, signal)
      return { parts: [{ partition: slot.number, records: [...records.keys()], outcome }] }
    }
    if (request.expectedOffset !== undefined) {
      throw new VarveError('INVALID_ARGUMENT', 'an expected offset needs a partition')
    }
    const topic = catalog.topic(request.topic)
    this.#resolveDurability(topic, request.durability)
    const shares = spreadRecords(records, topic.partitions.length, () => takeTurn(topic))
    const parts = shares.map(async ({ partition, indexes }): Promise<SpreadPart> => {
      const share = { partition, records: indexes }
      try {
        const batch = encodeBatch(indexes.map((index) => records[index] as RecordInput))
        const slot = catalog.slot(request.topic, partition)
        return { ...share, outcome: await this.#appendTo(slot, { batch, ...options }, signal) }
      } catch (error) {
        if (isVarveError(error)) return { ...share, error }
        throw error
      }
    })
    return { parts: await Promise.all(parts) }
  }

  #appendTo(
    slot: PartitionSlot,
    request: Pick<ProduceRequest, 'batch' | 'durability' | 'expectedOffset'>,
    signal: AbortSignal | undefined,
  ): Promise<ProduceOutcome> {
    return TRACE_POINTS.brokerProduce.run(
      () => ({
        topic: slot.topic.name,
        partition: slot.number,
        bytes: request.batch.length,
      }),
      () => this.#admitAndAppend(slot, request, signal),
      ({ recordCount, baseOffset, durability, duplicate }) => ({
        recordCount,
        baseOffset,
        durability,
        duplicate,
      }),
    )
  }

  async #admitAndAppend(
    slot: PartitionSlot,
    request: Pick<ProduceRequest, 'batch' | 'durability' | 'expectedOffset'>,
    signal: AbortSignal | undefined,
  ): Promise<ProduceOutcome> {
    const admitted = this.#admit(slot, request)
    const appended = this.#run(admitted)
    if (admitted.durability === 'none') {
      void appended.catch((error: unknown) => {
        this.#unansweredFailures++
        const { topic, number: partition } = slot
        const code: ErrorCode = isVarveError(error) ? error.code : 'INTERNAL'
        this.#parts.log.warn('unanswered_append_failed', { topic: topic.name, partition, code })
        // A bug: nobody waits for it, so it ends the process as an unhandled rejection.
        if (!isVarveError(error)) throw error
      })
      return outcomeOf(admitted, undefined)
    }
    return signal === undefined ? appended : untilAborted(appended, signal)
  }

  /** All checks, and the room for the batch. Nothing was changed when it throws. */
  #admit(
    slot: PartitionSlot,
    request: Pick<ProduceRequest, 'batch' | 'durability' | 'expectedOffset'>,
  ): AdmittedBatch {
    const { topic } = slot
    const { settings } = topic
    const durability = this.#resolveDurability(topic, request.durability)
    const log = writableLog(slot)
    const startOffset = startOf(slot, log)
    const nowMs = Math.max(0, Math.floor(this.#parts.clock.wallMs()))
    const header = validateBatch(request.batch, {
      validation: settings.recordValidation,
      maxBytes: settings.maxMessageBytes,
      timestampType: settings.messageTimestampType,
      nowMs,
      beforeMaxMs: settings.messageTimestampBeforeMaxMs,
      afterMaxMs: settings.messageTimestampAfterMaxMs,
    })
    const limitBytes = this.#parts.limits.appendQueueBytesMax
    if (this.#inFlightBytes + request.batch.length > limitBytes) {
      throw new VarveError('QUEUE_FULL', 'too many bytes wait to be appended', {
        details: { limitBytes },
      })
    }
    // An append that is answered at once outlives the caller's loan of the bytes.
    const batch = durability === 'none' ? Buffer.from(request.batch) : request.batch
    const isStamped = settings.messageTimestampType === 'LogAppendTime'
    if (isStamped) stampLogAppendTime(batch, nowMs)
    const { expectedOffset } = request
    const logAppendTimeMs = isStamped ? nowMs : undefined
    return { slot, log, batch, header, durability, expectedOffset, logAppendTimeMs, startOffset }
  }

  /** Gives the batch to its log. Runs up to the log's queue before it returns, so that calls keep their order. */
  async #run(admitted: AdmittedBatch): Promise<ProduceOutcome> {
    const { slot, log, batch, durability, expectedOffset } = admitted
    const { gate, clock, metrics } = this.#parts
    gate.enter()
    this.#inFlightBytes += batch.length
    const request: AppendRequest = {
      batch,
      durability: durability === 'none' ? 'written' : durability,
      ...(expectedOffset === undefined ? {} : { expectedOffset }),
    }
    const startedMs = clock.monotonicMs()
    try {
      const result = await log.append(request)
      metrics.produceSeconds[durability].observe((clock.monotonicMs() - startedMs) / 1e3)
      if (result.duplicate) metrics.duplicates.add()
      else {
        const traffic = metrics.traffic.of(slot.topic)
        traffic.recordsIn += admitted.header.recordCount
        traffic.bytesIn += batch.length
      }
      return outcomeOf(admitted, result)
    } catch (error) {
      throw goneTopic(slot.topic, error)
    } finally {
      this.#inFlightBytes -= batch.length
      gate.leave()
    }
  }

  /**
   * What the acknowledgement shall promise. A topic whose own durability is beyond its storage (one in memory) is served
   * with what the storage can, and the answer says so; who asks for more by name is refused.
   * @throws VarveError DURABILITY_NOT_ALLOWED · UNSUPPORTED
   */
  #resolveDurability(topic: LiveTopic, asked: Durability | undefined): Durability {
    const { durabilityMax } = this.#parts.engine.abilities
    if (asked === undefined) {
      const { durability } = topic.settings
      return isAtLeast(durabilityMax, durability) ? durability : durabilityMax
    }
    if (!isAtLeast(asked, topic.settings.minDurability)) {
      throw new VarveError(
        'DURABILITY_NOT_ALLOWED',
        `topic ${topic.name} takes no durability below ${topic.settings.minDurability}, not ${asked}`,
        { details: { minDurability: topic.settings.minDurability } },
      )
    }
    if (!isAtLeast(durabilityMax, asked)) {
      throw new VarveError(
        'UNSUPPORTED',
        `this broker's storage promises ${durabilityMax} at most, not ${asked}`,
        { details: { durabilityMax } },
      )
    }
    return asked
  }
}

function outcomeOf(
  admitted: AdmittedBatch,
  result: Awaited<ReturnType<PartitionLog['append']>> | undefined,
): ProduceOutcome {
  const { slot, header, startOffset } = admitted
  // A duplicate was given its time when it was stored; the one of now is not in the log.
  const logAppendTimeMs =
    admitted.logAppendTimeMs && (result?.firstAppendMs ?? admitted.logAppendTimeMs)
  return {
    partition: slot.number,
    baseOffset: result?.baseOffset,
    recordCount: header.recordCount,
    durability: result?.durability ?? 'none',
    duplicate: result?.duplicate ?? false,
    startOffset,
    ...(logAppendTimeMs === undefined ? {} : { logAppendTimeMs }),
  }
}

function startOf(slot: PartitionSlot, log: PartitionLog): Offset {
  try {
    return log.bounds().start
  } catch (error) {
    throw goneTopic(slot.topic, error)
  }
}

function pickOptions(
  request: ProduceRecordsRequest,
): Pick<ProduceRequest, 'durability' | 'expectedOffset'> {
  const { durability, expectedOffset } = request
  return {
    ...(durability === undefined ? {} : { durability }),
    ...(expectedOffset === undefined ? {} : { expectedOffset }),
  }
}

function checkRecordCount(count: number): void {
  if (count === 0) throw new VarveError('EMPTY_BATCH', 'there are no records')
  if (count <= LIMITS.recordsPerEntryMax) return
  throw new VarveError(
    'TOO_MANY_ITEMS',
    `an entry holds at most ${LIMITS.recordsPerEntryMax} records, not ${count}`,
  )
}

/** The partition for the next records without a key: in turn, those that cannot be written passed over while others can. */
function takeTurn(topic: LiveTopic): number {
  const { partitions } = topic
  for (let tries = 0; tries < partitions.length; tries++) {
    const turn = topic.nextTurn % partitions.length
    topic.nextTurn = turn + 1
    if (partitions[turn]?.log !== undefined) return turn
  }
  return topic.nextTurn % partitions.length
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw cancelled()
}

function cancelled(): VarveError {
  return new VarveError('CANCELLED', 'the produce was cancelled')
}

/** The outcome, or CANCELLED when the signal aborts first. The work goes on either way. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      reject(cancelled())
    }
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort)
  }
}
