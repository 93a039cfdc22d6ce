// Keeps the reader supplied: one long-poll fetch under way over all partitions that are read, as long as what was fetched
// ahead stays within its budget. Fetches only while somebody reads, so that a consumer which is not read costs nothing.
// Rides out a broker that is away; whatever needs a decision about positions is put into the queue, in its order.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { admitOffset, type Offset } from '../domain/offset.ts'
import type { Cancel } from '../platform/clock.ts'
import type { FetchResultOutput } from '../protocol/grpc/messages.ts'
import { batchLeaderEpoch } from '../record/batch-header.ts'
import { eachBatch } from '../record/stored-batch.ts'
import { backoffMs } from './backoff.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import type { ConsumerSettings } from './consumer-settings.ts'
import type { PartitionCursor } from './partition-cursor.ts'
import { mayPass } from './retry.ts'
import { partError } from './wire-values.ts'

/** What a fetch brought for one partition: whole batches, or an error that ends what came before. */
export interface Fetched {
  readonly cursor: PartitionCursor
  readonly era: number
  /** Batches that were not read yet; may be empty where offsets are missing. */
  bytes: Buffer
  /** Where the partition goes on after them. */
  readonly nextOffset: Offset
  readonly error: VarveError | undefined
}

interface Asked {
  readonly cursor: PartitionCursor
  readonly era: number
}

/** With more partitions than one request may name, each request waits only this long, so that all get their turn. */
const WAIT_OF_MANY_MS = 50

export class FetchLoop {
  cursors: readonly PartitionCursor[] = []
  private readonly context: ClientContext
  private readonly settings: ConsumerSettings
  private readonly warnings: WarningListeners
  private readonly onChange: () => void
  private queue: Fetched[] = []
  private bufferedBytes = 0
  private failure: VarveError | undefined
  private fetching: AbortController | undefined
  private isRunning = false
  private notBeforeMs = -Infinity
  private failures = 0
  private outageSinceMs: number | undefined
  private stopWake: Cancel | undefined
  /** Where the next request begins among the partitions. */
  private turn = 0

  /** @param options.onChange called when something may be there to read */
  constructor(options: {
    context: ClientContext
    settings: ConsumerSettings
    warnings: WarningListeners
    onChange: () => void
  }) {
    this.context = options.context
    this.settings = options.settings
    this.warnings = options.warnings
    this.onChange = options.onChange
  }

  start(): void {
    this.isRunning = true
    this.pump()
  }

  /** Ends what is under way; what was fetched stays. */
  stop(): void {
    this.isRunning = false
    this.stopWake?.()
    this.stopWake = undefined
    this.fetching?.abort()
  }

  /** The partitions or their positions changed: a question under way may miss them. */
  restart(): void {
    this.fetching?.abort()
    this.pump()
  }

  /** Lets go of all that was fetched. */
  clear(): void {
    this.queue = []
    this.bufferedBytes = 0
    this.failure = undefined
  }

  /** The next thing to read, which stays until `next`; what became void meanwhile is passed over. */
  peek(): Fetched | undefined {
    for (;;) {
      const first = this.queue[0]
      if (first === undefined || first.era === first.cursor.era) return first
      this.next()
    }
  }

  /** The first thing was read wholly. */
  next(): void {
    const first = this.queue.shift()
    this.bufferedBytes -= first?.bytes.length ?? 0
    this.pump()
  }

  /** The first `bytes` of the first thing were read. */
  consume(first: Fetched, bytes: number): void {
    first.bytes = first.bytes.subarray(bytes)
    this.bufferedBytes -= bytes
  }

  /** What ended the fetching as a whole, once. */
  takeFailure(): VarveError | undefined {
    const { failure } = this
    this.failure = undefined
    return failure
  }

  fail(error: VarveError): void {
    this.failure ??= error
    this.onChange()
  }

  pump(): void {
    if (!this.isRunning || this.fetching !== undefined || this.failure !== undefined) return
    const { fetchBytes, prefetchBytes } = this.settings
    if (this.bufferedBytes > 0 && this.bufferedBytes + fetchBytes > prefetchBytes) return
    const nowMs = this.context.clock.monotonicMs()
    const wanting = this.cursors.filter((cursor) => cursor.wantsData)
    if (wanting.length === 0) return
    if (nowMs < this.notBeforeMs) {
      this.wakeAt(this.notBeforeMs)
      return
    }
    const due = wanting.filter((cursor) => cursor.notBeforeMs <= nowMs)
    const nextMs = earliest(wanting, nowMs)
    if (due.length === 0) {
      this.wakeAt(nextMs)
      return
    }
    let waitMs = Math.min(this.settings.maxWaitMs, Math.max(1, nextMs - nowMs))
    if (due.length > LIMITS.itemsPerRequestMax) waitMs = Math.min(waitMs, WAIT_OF_MANY_MS)
    void this.fetch(this.inTurn(due), Math.floor(waitMs))
  }

  private inTurn(due: readonly PartitionCursor[]): Asked[] {
    if (due.length <= LIMITS.itemsPerRequestMax) {
      return due.map((cursor) => ({ cursor, era: cursor.era }))
    }
    const asked: Asked[] = []
    for (let index = 0; index < LIMITS.itemsPerRequestMax; index++) {
      const cursor = due[(this.turn + index) % due.length]
      if (cursor !== undefined) asked.push({ cursor, era: cursor.era })
    }
    this.turn = (this.turn + asked.length) % due.length
    return asked
  }

  private wakeAt(dueMs: number): void {
    this.stopWake?.()
    this.stopWake = this.context.clock.after(dueMs - this.context.clock.monotonicMs(), () => {
      this.stopWake = undefined
      this.pump()
    })
  }

  private async fetch(asked: readonly Asked[], maxWaitMs: number): Promise<void> {
    const { transport, requestTimeoutMs } = this.context
    const fetching = new AbortController()
    this.fetching = fetching
    try {
      const response = await transport.call(
        'fetch',
        {
          partitions: asked.map(({ cursor }) => ({
            topic: cursor.topic,
            partition: cursor.partition,
            offset: cursor.fetchOffset,
            ...(cursor.leaderEpoch === undefined ? {} : { leaderEpoch: cursor.leaderEpoch }),
          })),
          maxWaitMs,
          minBytes: this.settings.minBytes,
          maxBytes: this.settings.fetchBytes,
          form: 'RECORD_FORM_BATCHES',
        },
        { timeoutMs: maxWaitMs + requestTimeoutMs, signal: fetching.signal },
      )
      this.failures = 0
      this.outageSinceMs = undefined
      asked.forEach((question, index) => {
        const result = response.results[index]
        if (result === undefined) throw unexpected('an answer with too few results')
        this.receive(question, result)
      })
    } catch (error) {
      if (!(error instanceof VarveError)) {
        // A bug: let it reach the process instead of an endless loop.
        this.fetching = undefined
        throw error
      }
      if (!fetching.signal.aborted) this.handleFailure(error)
    }
    this.fetching = undefined
    this.onChange()
    this.pump()
  }

  private receive({ cursor, era }: Asked, result: FetchResultOutput): void {
    if (cursor.era !== era) return
    if (result.error) {
      this.receiveError(cursor, partError(result.error, cursor))
      return
    }
    cursor.failures = 0
    cursor.readableEndOffset = result.readableEndOffset
    const bytes = result.records?.batches ?? Buffer.alloc(0)
    const nextOffset = admitOffset(result.nextOffset, 'next_offset')
    if (
      nextOffset < cursor.fetchOffset ||
      (bytes.length > 0 && nextOffset === cursor.fetchOffset)
    ) {
      throw unexpected(`next_offset ${nextOffset} to a fetch from ${cursor.fetchOffset}`)
    }
    if (nextOffset === cursor.fetchOffset) return
    cursor.leaderEpoch = lastLeaderEpoch(bytes) ?? cursor.leaderEpoch
    cursor.fetchOffset = nextOffset
    this.push({ cursor, era, bytes, nextOffset, error: undefined })
  }

  private receiveError(cursor: PartitionCursor, error: VarveError): void {
    if (mayPass(error)) {
      cursor.failures++
      const waitMs = backoffMs(cursor.failures, this.context.random)
      cursor.notBeforeMs = this.context.clock.monotonicMs() + waitMs
      this.warnings.tell({
        kind: 'retrying',
        message: `reading ${cursor.topic}/${cursor.partition} will be tried again: ${error.message}`,
        topic: cursor.topic,
        partition: cursor.partition,
        error,
      })
      return
    }
    cursor.isHeld = true
    this.push({
      cursor,
      era: cursor.era,
      bytes: Buffer.alloc(0),
      nextOffset: cursor.fetchOffset,
      error,
    })
  }

  private push(fetched: Fetched): void {
    this.queue.push(fetched)
    this.bufferedBytes += fetched.bytes.length
  }

  private handleFailure(error: VarveError): void {
    const nowMs = this.context.clock.monotonicMs()
    this.outageSinceMs ??= nowMs
    if (!mayPass(error) || nowMs - this.outageSinceMs >= this.settings.outageMaxMs) {
      this.failure = error
      return
    }
    this.failures++
    this.notBeforeMs = nowMs + backoffMs(this.failures, this.context.random)
    this.warnings.tell({
      kind: 'retrying',
      message: `reading is interrupted and will be tried again: ${error.message}`,
      error,
    })
  }
}

/** When the first partition that must wait may be asked for again; Infinity when none waits. */
function earliest(cursors: readonly PartitionCursor[], nowMs: number): number {
  let earliestMs = Infinity
  for (const { notBeforeMs } of cursors) {
    if (notBeforeMs > nowMs && notBeforeMs < earliestMs) earliestMs = notBeforeMs
  }
  return earliestMs
}

/** The epoch of the last batch; undefined when there is none or the bytes do not hang together, which the reader will find. */
function lastLeaderEpoch(bytes: Buffer): number | undefined {
  let epoch: number | undefined
  try {
    for (const batch of eachBatch(bytes)) epoch = batchLeaderEpoch(batch, 0)
  } catch (error) {
    if (!(error instanceof VarveError)) throw error
    return undefined
  }
  return epoch
}

function unexpected(what: string): VarveError {
  return new VarveError('INTERNAL', `the broker answered with ${what}`)
}
