// Reads by asking, again and again: one long-poll fetch under way over all partitions that are read, as long as what was
// fetched ahead stays within its budget. Fetches only while somebody reads, so that a consumer which is not read costs nothing.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { Cancel } from '../platform/clock.ts'
import type { FetchResultOutput } from '../protocol/grpc/messages.ts'
import { unexpectedAnswer } from './arrivals.ts'
import type { PartitionCursor } from './partition-cursor.ts'
import type { RecordSource, SourceParts } from './record-source.ts'
import { partError } from './wire-values.ts'

interface Asked {
  readonly cursor: PartitionCursor
  readonly era: number
}

/** With more partitions than one request may name, each request waits only this long, so that all get their turn. */
const WAIT_OF_MANY_MS = 50

export class FetchLoop implements RecordSource {
  private readonly parts: SourceParts
  private fetching: AbortController | undefined
  private isRunning = false
  private stopWake: Cancel | undefined
  /** Where the next request begins among the partitions. */
  private turn = 0

  constructor(parts: SourceParts) {
    this.parts = parts
  }

  start(): void {
    this.isRunning = true
    this.pump()
  }

  stop(): void {
    this.isRunning = false
    this.stopWake?.()
    this.stopWake = undefined
    this.fetching?.abort()
  }

  /** A question under way may miss the change. */
  restart(): void {
    this.fetching?.abort()
    this.pump()
  }

  pump(): void {
    const { context, settings, queue, outage, cursors } = this.parts
    if (!this.isRunning || this.fetching !== undefined || outage.isFinal) return
    const { fetchBytes, prefetchBytes } = settings
    if (queue.aheadBytes > 0 && queue.aheadBytes + fetchBytes > prefetchBytes) return
    const nowMs = context.clock.monotonicMs()
    const wanting = cursors().filter((cursor) => cursor.wantsData)
    if (wanting.length === 0) return
    if (nowMs < outage.notBeforeMs) {
      this.wakeAt(outage.notBeforeMs)
      return
    }
    const due = wanting.filter((cursor) => cursor.notBeforeMs <= nowMs)
    const nextMs = earliest(wanting, nowMs)
    if (due.length === 0) {
      this.wakeAt(nextMs)
      return
    }
    let waitMs = Math.min(settings.maxWaitMs, Math.max(1, nextMs - nowMs))
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
    const { clock } = this.parts.context
    this.stopWake = clock.after(dueMs - clock.monotonicMs(), () => {
      this.stopWake = undefined
      this.pump()
    })
  }

  private async fetch(asked: readonly Asked[], maxWaitMs: number): Promise<void> {
    const { context, settings, outage, onChange } = this.parts
    const { transport, requestTimeoutMs } = context
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
          minBytes: settings.minBytes,
          maxBytes: settings.fetchBytes,
          form: 'RECORD_FORM_BATCHES',
        },
        { timeoutMs: maxWaitMs + requestTimeoutMs, signal: fetching.signal },
      )
      outage.over()
      asked.forEach((question, index) => {
        const result = response.results[index]
        if (result === undefined) throw unexpectedAnswer('an answer with too few results')
        this.receive(question, result)
      })
    } catch (error) {
      if (!(error instanceof VarveError)) {
        // A bug: let it reach the process instead of an endless loop.
        this.fetching = undefined
        throw error
      }
      if (!fetching.signal.aborted) outage.failed(error)
    }
    this.fetching = undefined
    onChange()
    this.pump()
  }

  private receive({ cursor, era }: Asked, result: FetchResultOutput): void {
    if (cursor.era !== era) return
    const { arrivals } = this.parts
    if (result.error) {
      arrivals.error(cursor, partError(result.error, cursor))
      return
    }
    arrivals.records(cursor, result.records?.batches ?? Buffer.alloc(0), result.nextOffset)
    arrivals.readableEnd(cursor, result.readableEndOffset)
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
