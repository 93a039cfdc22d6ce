// Reads by subscribing: one stream over all partitions that are read, on which the broker sends what there is as credit
// allows. Credit comes back when the application has finished with a batch, so the client never holds more than its budget
// and one message. A stream that breaks, or on which even the heartbeats stay away, is replaced by another one that goes on
// where it stopped. Open only while somebody reads, so that a consumer which is not read costs nothing.
import { isVarveError, VarveError } from '../domain/error.ts'
import type { Cancel } from '../platform/clock.ts'
import type {
  SubscribeBatchOutput,
  SubscribePartitionErrorOutput,
  SubscribeResponseOutput,
} from '../protocol/grpc/messages.ts'
import type { PartitionCursor } from './partition-cursor.ts'
import type { RecordSource, SourceParts } from './record-source.ts'
import { StreamPatience } from './stream-patience.ts'
import { SubscribedPlaces } from './subscribed-places.ts'
import type { SubscriptionStream } from './transport.ts'
import { partError } from './wire-values.ts'

const NO_BYTES = Buffer.alloc(0)

/** One attempt at a stream, from its opening to its end. */
interface Line {
  readonly abort: AbortController
  stream: SubscriptionStream | undefined
  /** The stream ended; with the error if there was one. */
  ended: { readonly error: VarveError | undefined } | undefined
}

export class SubscribeLoop implements RecordSource {
  private readonly parts: SourceParts
  private readonly onUnavailable: (error: VarveError) => void
  private readonly places = new SubscribedPlaces()
  private readonly patience = new StreamPatience()
  private line: Line | undefined
  /** What the broker may still send; below 0 after a batch that was larger. */
  private creditBytes = 0
  private missedHeartbeats = 0
  private isRunning = false
  private stopWake: Cancel | undefined
  private stopWatch: Cancel | undefined

  /** @param onUnavailable called when the broker cannot serve this consumer by a subscription */
  constructor(parts: SourceParts, onUnavailable: (error: VarveError) => void) {
    this.parts = parts
    this.onUnavailable = onUnavailable
  }

  start(): void {
    this.isRunning = true
    this.pump()
  }

  stop(): void {
    this.isRunning = false
    this.stopWake?.()
    this.hangUp()
  }

  restart(): void {
    this.parts.queue.dropVoid()
    this.tell()
    this.pump()
  }

  pump(): void {
    const { context, outage, cursors } = this.parts
    if (!this.isRunning || outage.isFinal) return
    const room = this.room()
    if (this.line !== undefined) {
      const { stream } = this.line
      if (stream === undefined || room < this.worthwhileBytes) return
      this.creditBytes += room
      stream.send({ credit: { bytes: room } })
      return
    }
    if (room < this.worthwhileBytes || !cursors().some((cursor) => cursor.wantsData)) return
    if (context.clock.monotonicMs() < outage.notBeforeMs) this.wakeAt(outage.notBeforeMs)
    else void this.open()
  }

  /** How much credit may be given: what is under way, waits or is in the hands of the application is within the budget. */
  private room(): number {
    const { settings, queue } = this.parts
    return Math.max(1, settings.prefetchBytes) - queue.heldBytes - this.creditBytes
  }

  /** Credit is given in few messages. */
  private get worthwhileBytes(): number {
    return Math.max(1, Math.floor(this.parts.settings.prefetchBytes / 4))
  }

  private async open(): Promise<void> {
    const { context, settings } = this.parts
    const line: Line = { abort: new AbortController(), stream: undefined, ended: undefined }
    this.line = line
    this.creditBytes = this.room()
    try {
      const stream = await context.transport.openSubscription(
        {
          form: 'RECORD_FORM_BATCHES',
          creditBytes: this.creditBytes,
          maxBytes: settings.fetchBytes,
        },
        {
          onMessage: (message) => {
            if (this.line === line) this.receive(message)
          },
          onEnd: (error) => {
            line.ended = { error }
            if (line.stream !== undefined) this.ended(line)
          },
        },
        { timeoutMs: context.requestTimeoutMs, signal: line.abort.signal },
      )
      line.stream = stream
      if (this.line !== line) stream.cancel()
      else if (line.ended !== undefined) this.ended(line)
      else this.begin(stream)
    } catch (error) {
      if (this.line !== line) return
      this.hangUp()
      if (!isVarveError(error)) throw error
      this.failed(error)
    }
  }

  private begin(stream: SubscriptionStream): void {
    this.places.clear()
    this.watch(stream.ready.heartbeatIntervalMs)
    this.tell()
    this.pump()
  }

  /** Tells the broker what changed of what is to be read. */
  private tell(): void {
    const stream = this.line?.stream
    if (stream === undefined) return
    const { context, cursors } = this.parts
    const all = cursors()
    if (all.length > stream.ready.partitionsMax) {
      const { partitionsMax } = stream.ready
      const message = `${all.length} partitions are read, and a subscription has at most ${partitionsMax}`
      this.giveUp(new VarveError('TOO_MANY_ITEMS', message))
      return
    }
    const nowMs = context.clock.monotonicMs()
    for (const command of this.places.commands(all, nowMs)) stream.send(command)
    const nextMs = all.reduce(
      (earliest, { notBeforeMs, wantsData }) =>
        wantsData && notBeforeMs > nowMs ? Math.min(earliest, notBeforeMs) : earliest,
      Infinity,
    )
    if (nextMs !== Infinity) this.wakeAt(nextMs)
  }

  private receive(message: SubscribeResponseOutput): void {
    const { outage, onChange } = this.parts
    this.missedHeartbeats = 0
    outage.over()
    try {
      this.take(message)
    } catch (error) {
      if (!isVarveError(error)) throw error
      this.hangUp()
      outage.fail(error)
    }
    onChange()
  }

  /** @throws VarveError INTERNAL when the message makes no sense */
  private take({
    batch,
    position,
    caughtUp,
    fellBehind,
    reachedEnd,
    partitionError,
  }: SubscribeResponseOutput): void {
    if (batch) this.takeBatch(batch)
    else if (position) {
      this.takeReadableEnd(this.places.cursorOf(position), position.readableEndOffset)
    } else if (caughtUp) this.takeCaughtUp(caughtUp)
    else if (fellBehind) {
      this.takeReadableEnd(this.places.cursorOf(fellBehind), fellBehind.readableEndOffset)
    } else if (reachedEnd) this.takeEnd(reachedEnd)
    else if (partitionError) this.takeError(partitionError)
    // What remains is a heartbeat, or a kind of message that only newer brokers know.
  }

  private takeBatch(batch: SubscribeBatchOutput): void {
    this.creditBytes -= batch.creditBytes
    const cursor = this.places.cursorOf(batch)
    if (cursor !== undefined) {
      this.patience.cameOf(cursor)
      this.parts.arrivals.records(cursor, bytesOf(batch), batch.nextOffset)
      this.takeReadableEnd(cursor, batch.readableEndOffset)
    }
    // What is void takes no room.
    else this.pump()
  }

  private takeCaughtUp(caughtUp: NonNullable<SubscribeResponseOutput['caughtUp']>): void {
    const cursor = this.places.cursorOf(caughtUp)
    if (cursor === undefined) return
    this.patience.cameOf(cursor)
    this.takeReadableEnd(cursor, caughtUp.offset)
  }

  private takeReadableEnd(cursor: PartitionCursor | undefined, end: number): void {
    if (cursor === undefined) return
    // The broker reads on to where the end was, unless it is told.
    if (this.parts.arrivals.readableEnd(cursor, end)) this.tell()
  }

  /** Offsets before the end may be missing: then nothing else says that it was reached. */
  private takeEnd(reachedEnd: NonNullable<SubscribeResponseOutput['reachedEnd']>): void {
    const cursor = this.places.cursorOf(reachedEnd)
    if (cursor === undefined) return
    this.patience.cameOf(cursor)
    if (reachedEnd.offset <= cursor.fetchOffset) return
    this.parts.arrivals.records(cursor, NO_BYTES, reachedEnd.offset)
  }

  private takeError(partitionError: SubscribePartitionErrorOutput): void {
    const cursor: PartitionCursor | undefined = this.places.cursorOf(partitionError)
    if (cursor === undefined || !partitionError.error) return
    this.patience.cameOf(cursor)
    this.places.halted(cursor)
    this.parts.arrivals.error(cursor, partError(partitionError.error, cursor))
    // It may be asked for again after a while.
    this.tell()
  }

  private ended(line: Line): void {
    if (this.line !== line) return
    this.hangUp()
    this.failed(
      line.ended?.error ??
        new VarveError('BROKER_UNAVAILABLE', 'the broker ended the subscription'),
    )
  }

  private failed(error: VarveError): void {
    const { outage, onChange } = this.parts
    if (error.code === 'UNSUPPORTED' || error.code === 'TOO_MANY_SUBSCRIPTIONS') {
      this.giveUp(error)
      return
    }
    outage.failed(error)
    onChange()
    this.pump()
  }

  private giveUp(error: VarveError): void {
    this.hangUp()
    this.onUnavailable(error)
  }

  /** The stream is over, or is to be. */
  private hangUp(): void {
    const { line } = this
    this.line = undefined
    this.creditBytes = 0
    this.stopWatch?.()
    line?.stream?.cancel()
    line?.abort.abort()
  }

  /** A stream on which nothing comes is lost, whatever the connection says. */
  private watch(intervalMs: number): void {
    this.missedHeartbeats = 0
    const look = (): void => {
      this.missedHeartbeats++
      if (this.missedHeartbeats > this.patience.missedMax) {
        this.hangUp()
        this.patience.gaveUp(this.parts.cursors().filter(({ wantsData }) => wantsData))
        this.failed(new VarveError('BROKER_UNAVAILABLE', 'nothing came on the subscription'))
        return
      }
      this.stopWatch = this.parts.context.clock.after(intervalMs, look)
    }
    this.stopWatch = this.parts.context.clock.after(intervalMs, look)
  }

  private wakeAt(dueMs: number): void {
    const { clock } = this.parts.context
    this.stopWake?.()
    this.stopWake = clock.after(dueMs - clock.monotonicMs(), () => {
      this.tell()
      this.pump()
    })
  }
}

function bytesOf({ records }: SubscribeBatchOutput): Buffer {
  return records?.batches ?? NO_BYTES
}
