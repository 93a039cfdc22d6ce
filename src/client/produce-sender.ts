// Carries batches of many partitions over one producing stream: gathers what is ready into messages, keeps as many of them
// under way as the broker takes, matches the answers, and makes a new stream when one breaks. What an answer or a break
// means for a batch is decided by the accumulator.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { Cancel } from '../platform/clock.ts'
import type { Trace } from '../platform/trace-point.ts'
import type { ProducerBatchTrace } from '../platform/trace-table.ts'
import type {
  DurabilityName,
  ProduceEntry,
  ProduceResultOutput,
  ProduceStreamAckOutput,
} from '../protocol/grpc/messages.ts'
import { backoffMs } from './backoff.ts'
import type { ClientContext } from './client-context.ts'
import { beginAttempt } from './client-traces.ts'
import type { WarningListeners } from './client-warning.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'
import type { PartitionQueue } from './partition-queue.ts'
import type { ProduceStream } from './transport.ts'
import { partError } from './wire-values.ts'

export interface SenderEvents {
  /** The next batch of the queue as it is to be sent; undefined when there is nothing to send after all. */
  encodeNext(queue: PartitionQueue): EncodedBatch | undefined
  /** A batch of the queue was sent: the next may be ready, or wait for more records. */
  sent(queue: PartitionQueue): void
  /** The broker answered the batch, which is not under way any more; those sent behind it still are. In the order in which they were sent. */
  answered(sent: SentBatch, result: ProduceResultOutput): void
  /**
   * The stream broke before the answer: the batch may be stored or not, and is not under way any more; those sent behind it still are.
   * In the order in which they were sent.
   */
  broken(sent: SentBatch, error: VarveError): void
  /** No stream can be had; what is not yet sent stays ready. */
  unreachable(error: VarveError): void
}

export interface EncodedBatch {
  readonly batch: OutgoingBatch
  readonly bytes: Buffer
}

export interface SentBatch {
  readonly queue: PartitionQueue
  readonly batch: OutgoingBatch
  /** While somebody looks on. */
  readonly trace: Trace<ProducerBatchTrace> | undefined
}

interface Message {
  readonly correlationId: number
  readonly sent: readonly SentBatch[]
}

/** Messages are filled up to this size; one larger batch goes alone. */
const MESSAGE_BYTES = 1024 * 1024

export class ProduceSender {
  private readonly context: ClientContext
  private readonly durability: DurabilityName
  private readonly warnings: WarningListeners
  private readonly events: SenderEvents
  private readonly ready = new Set<PartitionQueue>()
  private readonly stopping = new AbortController()
  private inFlight: Message[] = []
  private stream: ProduceStream | undefined
  /** Told by the stream: it takes no more at the moment. */
  private isBlocked = false
  private isConnecting = false
  private isPumpPlanned = false
  private failedConnects = 0
  private stopBackoff: Cancel | undefined
  private lastCorrelationId = 0

  constructor(options: {
    context: ClientContext
    durability: DurabilityName
    warnings: WarningListeners
    events: SenderEvents
  }) {
    this.context = options.context
    this.durability = options.durability
    this.warnings = options.warnings
    this.events = options.events
  }

  /** The next batch of the queue may be sent. */
  offer(queue: PartitionQueue): void {
    this.ready.add(queue)
    if (this.isPumpPlanned) return
    this.isPumpPlanned = true
    queueMicrotask(() => {
      this.isPumpPlanned = false
      this.pump()
    })
  }

  /** Ends the stream; nothing is sent any more. Batches under way are told as broken when `isAbrupt`. */
  stop(isAbrupt: boolean): void {
    this.stopBackoff?.()
    this.stopBackoff = undefined
    this.ready.clear()
    this.stopping.abort()
    if (isAbrupt) this.stream?.cancel()
    else this.stream?.finish()
    this.stream = undefined
    const error = new VarveError('CLOSED', 'the producer was closed before the answer')
    for (const { sent } of this.inFlight) for (const { trace } of sent) trace?.fail(error)
    this.inFlight = []
  }

  private pump(): void {
    if (this.ready.size === 0 || this.stopping.signal.aborted) return
    const { stream } = this
    if (stream === undefined) {
      this.connect()
      return
    }
    while (this.ready.size > 0 && !this.isBlocked && this.inFlight.length < stream.inFlightMax) {
      this.sendMessage(stream)
    }
  }

  /**
   * The oldest of those that are ready fills a message first, with as many batches as may be under way, then the next: what the broker
   * gets together of one partition it writes, and syncs, together. Whoever had a turn stands behind the others.
   */
  private sendMessage(stream: ProduceStream): void {
    const sent: SentBatch[] = []
    const entries: ProduceEntry[] = []
    let messageBytes = 0
    for (const queue of this.ready) {
      if (entries.length >= LIMITS.itemsPerRequestMax || messageBytes >= MESSAGE_BYTES) break
      // Before it is asked: what it answers may offer it again.
      this.ready.delete(queue)
      while (entries.length < LIMITS.itemsPerRequestMax && queue.isReady) {
        const encoded = this.events.encodeNext(queue)
        if (encoded === undefined) break
        const { batch, bytes } = encoded
        if (entries.length > 0 && messageBytes + bytes.length > MESSAGE_BYTES) {
          messageBytes = MESSAGE_BYTES
          this.ready.add(queue)
          break
        }
        queue.sent(batch)
        sent.push({ queue, batch, trace: beginAttempt(queue, batch, bytes.length) })
        messageBytes += bytes.length
        entries.push({
          topic: queue.topic,
          partition: queue.partition,
          records: { batches: bytes },
        })
      }
    }
    if (entries.length === 0) return
    const correlationId = ++this.lastCorrelationId
    this.inFlight.push({ correlationId, sent })
    this.isBlocked = !stream.send({ correlationId, entries })
    for (const { queue } of sent) this.events.sent(queue)
  }

  private connect(): void {
    if (this.isConnecting || this.stopBackoff !== undefined) return
    this.isConnecting = true
    let opened: ProduceStream | undefined
    let ended: { readonly error: VarveError | undefined } | undefined
    const events = {
      onAck: (ack: ProduceStreamAckOutput) => {
        this.acknowledge(ack)
      },
      onDrain: () => {
        this.isBlocked = false
        this.pump()
      },
      onEnd: (error: VarveError | undefined) => {
        ended = { error }
        if (opened === undefined) return
        // A stream that was stopped or replaced has nothing under way that is still ours.
        if (opened === this.stream) this.lose(error)
      },
    }
    this.context.transport
      .openProduceStream({ durability: this.durability }, events, {
        timeoutMs: this.context.requestTimeoutMs,
        signal: this.stopping.signal,
      })
      .then(
        (stream) => {
          opened = stream
          this.isConnecting = false
          if (this.stopping.signal.aborted) {
            stream.cancel()
            return
          }
          if (ended !== undefined) {
            // It was ready and over in the same turn.
            this.lose(ended.error)
            return
          }
          this.stream = stream
          this.isBlocked = false
          this.failedConnects = 0
          this.pump()
        },
        (error: unknown) => {
          this.isConnecting = false
          if (this.stopping.signal.aborted) return
          this.reconnectLater(asVarveError(error))
        },
      )
  }

  private acknowledge(ack: ProduceStreamAckOutput): void {
    const message = this.inFlight[0]
    if (message === undefined) return
    if (message.correlationId !== ack.correlationId || message.sent.length !== ack.results.length) {
      const { stream } = this
      this.lose(new VarveError('INTERNAL', 'the broker answered a message that was not sent'))
      stream?.cancel()
      return
    }
    this.inFlight.shift()
    message.sent.forEach((sent, index) => {
      // One after the other: what an answer means for a partition waits for those of its batches that were sent behind.
      sent.queue.returned(sent.batch)
      const result = ack.results[index]
      if (result === undefined) return
      if (result.error) sent.trace?.fail(partError(result.error, sent.queue))
      else sent.trace?.succeed(result.baseOffset < 0 ? {} : { baseOffset: result.baseOffset })
      this.events.answered(sent, result)
    })
    this.pump()
  }

  private lose(error: VarveError | undefined): void {
    const { inFlight } = this
    this.inFlight = []
    this.stream = undefined
    const reason =
      error ??
      new VarveError(
        'BROKER_UNAVAILABLE',
        `the broker at ${this.context.transport.address} ended the stream`,
      )
    const broken = inFlight.flatMap(({ sent }) => sent)
    for (const { trace } of broken) trace?.fail(reason)
    for (const sent of broken) {
      sent.queue.returned(sent.batch)
      this.events.broken(sent, reason)
    }
    if (!this.stopping.signal.aborted) this.reconnectLater(reason)
  }

  private reconnectLater(error: VarveError): void {
    this.failedConnects++
    this.warnings.tell({
      kind: 'retrying',
      message: `sending is interrupted and will be tried again: ${error.message}`,
      error,
    })
    this.events.unreachable(error)
    this.stopBackoff ??= this.context.clock.after(
      backoffMs(this.failedConnects, this.context.random),
      () => {
        this.stopBackoff = undefined
        this.pump()
      },
    )
  }
}

function asVarveError(error: unknown): VarveError {
  if (error instanceof VarveError) return error
  throw error
}
