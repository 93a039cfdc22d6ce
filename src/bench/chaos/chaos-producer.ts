// Producers of a chaos run: they send by a schedule, and take down what they were told. Invariant: a record is in the history before it leaves, and
// an answer before anything else happens.
import type { Producer } from '../../client/index.ts'
import { outcomeOfError } from '../../history-check/outcome.ts'
import { encodeValue, valueNumber } from '../../history-check/record-value.ts'
import type { Random } from '../../platform/random.ts'
import { aborted, type ChaosLife } from './chaos-role.ts'
import { type ChaosStage, now } from './chaos-stage.ts'

export interface SendCounts {
  sent: number
  acknowledged: number
  refused: number
  open: number
}

export interface ChaosProducerOptions {
  readonly index: number
  readonly recordsPerSecond: number
  readonly recordBytes: number
  /** Whole batches, one at a time, each tried once; else records that the client puts together and sends until they are in. */
  readonly inBatches: boolean
  readonly random: Random
  /** Counted over all its lives. */
  readonly counts: SendCounts
  /** Waiting for answers is over. */
  readonly giveUp: AbortSignal
}

const BATCH_RECORDS_MAX = 50

/** Sends until it is stopped, then waits for every answer. */
export async function liveAsProducer(
  stage: ChaosStage,
  life: ChaosLife,
  options: ChaosProducerOptions,
): Promise<void> {
  const { clock } = stage
  const { recordsPerSecond, counts, inBatches, giveUp } = options
  const { link, stop, crashed } = life
  const producer = link.client.producer({ durability: 'synced' })
  // Whoever finds no broker is told so record by record.
  life.begun()
  const isOver = (): boolean => stop.aborted || crashed.aborted || giveUp.aborted
  const ended = aborted([crashed, giveUp])
  const sentBefore = counts.sent
  const startMs = clock.monotonicMs()
  while (!isOver()) {
    const elapsedMs = clock.monotonicMs() - startMs
    const due = sentBefore + Math.floor((elapsedMs * recordsPerSecond) / 1000)
    while (counts.sent < due && !isOver()) {
      if (inBatches) await Promise.race([sendBatch(stage, life, producer, options), ended])
      else if (!sendOne(stage, life, producer, options)) await producer.ready().catch(ignore)
    }
    await clock.sleep(2)
  }
  // Its answers come when it is closed.
  if (!crashed.aborted) await Promise.race([producer.flush().catch(ignore), ended])
}

/** @returns false when there was no room: nothing left this process */
function sendOne(
  stage: ChaosStage,
  { process }: ChaosLife,
  producer: Producer,
  { index, recordBytes, counts }: ChaosProducerOptions,
): boolean {
  const { history, topic } = stage
  const counter = counts.sent
  const partition = (index + Math.floor(counter / 20)) % topic.partitions
  const key = topic.keys[partition] ?? 0
  const value = encodeValue({ run: topic.run, key, producer: index, counter }, recordBytes)
  const send = history.sendBegan(process, key, [valueNumber(index, counter)], now(stage))
  counts.sent++
  const isTaken = producer.trySend({ topic: topic.name, partition, value }, (result) => {
    if (result instanceof Error) {
      failed(stage, send, result, 1, counts)
      return
    }
    counts.acknowledged++
    history.sendAcknowledged(send, {
      at: now(stage),
      baseOffset: result.offset ?? -1,
      durability: result.durability,
    })
  })
  if (isTaken) return true
  counts.refused++
  history.sendFailed(send, 'fail', now(stage))
  return false
}

async function sendBatch(
  stage: ChaosStage,
  { process }: ChaosLife,
  producer: Producer,
  { index, recordBytes, counts, random }: ChaosProducerOptions,
): Promise<void> {
  const { history, topic } = stage
  const partition = random.integer(topic.partitions)
  const key = topic.keys[partition] ?? 0
  const count = 1 + random.integer(BATCH_RECORDS_MAX)
  const counters = Array.from({ length: count }, (_, at) => counts.sent + at)
  const records = counters.map((counter) => ({
    value: encodeValue({ run: topic.run, key, producer: index, counter }, recordBytes),
  }))
  const values = counters.map((counter) => valueNumber(index, counter))
  const send = history.sendBegan(process, key, values, now(stage))
  counts.sent += count
  try {
    const { baseOffset = -1, durability } = await producer.append({
      ...{ topic: topic.name, partition, records },
    })
    counts.acknowledged += count
    history.sendAcknowledged(send, { at: now(stage), baseOffset, durability })
  } catch (error) {
    failed(stage, send, error, count, counts)
  }
}

function failed(
  stage: ChaosStage,
  send: number,
  error: unknown,
  records: number,
  counts: SendCounts,
): void {
  const outcome = outcomeOfError(error)
  counts[outcome === 'fail' ? 'refused' : 'open'] += records
  stage.history.sendFailed(send, outcome, now(stage))
}

// What became of each record its own answer says.
function ignore(): void {}
