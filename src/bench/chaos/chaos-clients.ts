// Producers and consumers of a chaos run, and what each did, written into the history. Invariant: nothing is left out: a record that was sent, an
// answer and a batch that was handed out are in the history before anything else happens with them.
import type { Varve } from '../../client/index.ts'
import { isVarveError } from '../../domain/error.ts'
import type { HistoryBuilder } from '../../history-check/history-builder.ts'
import { outcomeOfError } from '../../history-check/outcome.ts'
import { encodeValue, readValue, valueNumber } from '../../history-check/record-value.ts'
import type { Clock } from '../../platform/clock.ts'

interface ChaosTopic {
  readonly name: string
  readonly partitions: number
  /** Tells its values from those of other runs. */
  readonly run: number
  /** The history's number of each partition. */
  readonly keys: readonly number[]
}

/** Everything that its parts share. */
export interface ChaosStage {
  readonly clock: Clock
  readonly history: HistoryBuilder
  readonly topic: ChaosTopic
  readonly connect: () => Varve
}

export interface SendCounts {
  sent: number
  acknowledged: number
  refused: number
  open: number
}

/** Sends by a schedule until the signal, then waits for every answer. */
export async function produceUntil(
  stage: ChaosStage,
  options: {
    index: number
    recordsPerSecond: number
    recordBytes: number
    signal: AbortSignal
    giveUp: AbortSignal
  },
): Promise<SendCounts> {
  const { clock, history, topic } = stage
  const { index, recordsPerSecond, recordBytes, signal } = options
  const process = history.process(`producer ${index}`)
  const counts: SendCounts = { sent: 0, acknowledged: 0, refused: 0, open: 0 }
  const client = stage.connect()
  const producer = client.producer({ durability: 'synced' })
  try {
    const startMs = clock.monotonicMs()
    while (!signal.aborted) {
      const due = Math.floor(((clock.monotonicMs() - startMs) * recordsPerSecond) / 1000)
      while (counts.sent < due) {
        const counter = counts.sent
        const partition = (index + Math.floor(counter / 20)) % topic.partitions
        const key = topic.keys[partition] ?? 0
        const value = encodeValue({ run: topic.run, key, producer: index, counter }, recordBytes)
        const send = history.sendBegan(process, key, [valueNumber(index, counter)], now(clock))
        counts.sent++
        const isTaken = producer.trySend({ topic: topic.name, partition, value }, (result) => {
          if (result instanceof Error) {
            const outcome = outcomeOfError(result)
            counts[outcome === 'fail' ? 'refused' : 'open']++
            history.sendFailed(send, outcome, now(clock))
            return
          }
          counts.acknowledged++
          history.sendAcknowledged(send, {
            at: now(clock),
            baseOffset: result.offset ?? -1,
            durability: result.durability,
          })
        })
        if (isTaken) continue
        // Nothing left this process.
        counts.refused++
        history.sendFailed(send, 'fail', now(clock))
        await producer.ready()
      }
      await clock.sleep(2)
    }
    await Promise.race([producer.flush(), aborted(options.giveUp)])
    return counts
  } finally {
    await producer.close({ timeoutMs: 5_000 })
    await client.close()
  }
}

/** Reads the whole topic from its start; goes on until `close`, or until its end where that was asked for. */
export class ChaosReader {
  /** Resolves when it has ended; rejects when reading failed. */
  readonly ended: Promise<void>
  /** Rejects when reading failed, and else never comes to an end. */
  readonly failed: Promise<never>
  readonly #client: Varve
  readonly #consumer: ReturnType<Varve['consumer']>
  /** By partition: the offset that comes next. */
  readonly #places: number[]
  #records = 0

  constructor(stage: ChaosStage, name: string, isFinal: boolean) {
    const { history, topic } = stage
    this.#client = stage.connect()
    this.#consumer = this.#client.consumer({
      topics: topic.name,
      from: 'earliest',
      ...(isFinal ? { until: 'end' as const } : {}),
    })
    this.#places = Array.from({ length: topic.partitions }, () => 0)
    const process = history.process(name)
    if (isFinal) history.finalReader(process)
    for (const key of topic.keys) history.positioned(process, key, 0, now(stage.clock))
    this.ended = this.#run(stage, process)
    // Told where it is awaited.
    this.ended.catch(() => undefined)
    this.failed = this.ended.then(() => new Promise<never>(() => undefined))
    this.failed.catch(() => undefined)
  }

  get records(): number {
    return this.#records
  }

  async close(): Promise<void> {
    await this.#consumer.close()
    await this.#client.close()
  }

  async #run({ clock, history, topic }: ChaosStage, process: number): Promise<void> {
    let poll = history.pollBegan(process, now(clock))
    try {
      for await (const { partition, records } of this.#consumer.batches()) {
        const key = topic.keys[partition] ?? 0
        // Stretches without gaps, as the history takes them.
        let values: number[] = []
        let first = records[0]?.offset ?? 0
        for (const { offset, value } of records) {
          if (offset !== first + values.length) {
            history.pollRead(poll, key, first, values)
            values = []
            first = offset
          }
          values.push(value === null ? NaN : readValue(value, topic.run, key))
        }
        history.pollRead(poll, key, first, values)
        history.pollEnded(poll, 'ok', now(clock))
        this.#records += records.length
        this.#places[partition] = first + values.length
        poll = history.pollBegan(process, now(clock))
      }
      history.pollEnded(poll, 'ok', now(clock))
    } catch (error) {
      const isClosed = isVarveError(error, 'CLOSED')
      history.pollEnded(poll, 'info', now(clock))
      if (!isClosed) throw error
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve()
        },
        { once: true },
      )
  })
}

/** Times of a history: only their order counts. */
export function now(clock: Clock): number {
  return clock.monotonicMs()
}
