// One batch on its way to one partition: records are added while it is open, then it is encoded once and sent, perhaps
// several times, until each of its deliveries was told its result exactly once. Every attempt sends the same bytes, unless
// the batch gets another number because it is certain that it was not stored under the first.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { CodecName } from '../record/codec.ts'
import { decodeBatch } from '../record/decode-batch.ts'
import { BatchBuilder, withProducer } from '../record/encode-batch.ts'
import type { OutgoingRecord } from './outgoing-record.ts'
import { type BatchSequence, producerFields } from './partition-sequence.ts'
import type { DeliveryReport, OnDelivery } from './producer-types.ts'

export interface OutgoingBatchOptions {
  readonly codec: CodecName
  /** Monotonic moments in milliseconds. */
  readonly lingerDueMs: number
  readonly deliveryDueMs: number
  /** Of the flush barrier; the same for all its records. */
  readonly generation: number
}

/** A record and what becomes of it. */
export interface BatchedRecord extends OutgoingRecord {
  /** Taken from the send buffer. */
  readonly bufferBytes: number
  readonly onDelivery: OnDelivery
}

export class OutgoingBatch {
  readonly options: OutgoingBatchOptions
  /** How often it was handed to a stream. */
  attempts = 0
  /** Why the last attempt failed. */
  lastError: VarveError | undefined
  /** An attempt after which the batch may be stored: whatever is said later, it was not without effect. */
  unknownError: VarveError | undefined
  /** It may be stored under its present number, as far as the answers say. */
  mayBeStored = false
  /** Handed to a stream and not answered yet. */
  isInFlight = false
  /** Its number, of an idempotent producer; from the first time it is about to be sent. */
  sequence: BatchSequence | undefined
  /** Need not wait for more records. */
  isDue = false
  /** Taken from the send buffer for its records. */
  bufferBytes = 0
  private builder: BatchBuilder | undefined
  private encoded: Buffer | undefined
  private encodedSequence: BatchSequence | undefined
  private onDelivery: OnDelivery[] = []
  private readonly timestampsMs: number[] = []
  private isClosed = false
  /** What the batch was given to write to. */
  private room: Buffer | undefined
  private isDelivered = false

  /** @param room see BatchBuilder; a buffer may be asked back with `takeSpareRoom` */
  constructor(options: OutgoingBatchOptions, room?: Buffer | number) {
    this.options = options
    this.builder = new BatchBuilder({ codec: options.codec }, room)
    if (typeof room === 'object') this.room = room
  }

  /** Takes records; not any more once it was closed. */
  get isOpen(): boolean {
    return this.builder !== undefined && !this.isClosed
  }

  get recordCount(): number {
    return this.timestampsMs.length
  }

  /** Every delivery was told its result. */
  get isSettled(): boolean {
    return this.onDelivery.length === 0
  }

  /** Whether another record of at most `bytes` fits below `batchBytesMax`; the first always does. */
  hasRoom(bytes: number, batchBytesMax: number): boolean {
    if (this.builder === undefined || this.isClosed) return false
    if (this.recordCount === 0) return true
    return (
      this.builder.bytes + bytes <= batchBytesMax && this.recordCount < LIMITS.recordsPerEntryMax
    )
  }

  /** So far, before compression; 0 when it was encoded. */
  get bytes(): number {
    return this.builder?.bytes ?? 0
  }

  append(accepted: BatchedRecord): void {
    if (this.builder === undefined) throw new Error('the batch was encoded already')
    this.builder.append(accepted)
    this.bufferBytes += accepted.bufferBytes
    this.timestampsMs.push(accepted.timestampMs)
    this.onDelivery.push(accepted.onDelivery)
  }

  close(): void {
    this.isClosed = true
  }

  /** What failed leaves open whether the batch is stored. */
  becameUnclear(error: VarveError): void {
    this.unknownError ??= error
    this.mayBeStored = true
  }

  /** The encoded batch, made at the first call and again when it has another number. @throws VarveError UNSUPPORTED_CODEC */
  encode(): Buffer {
    const { sequence } = this
    const producer = sequence === undefined ? {} : producerFields(sequence)
    if (this.encoded === undefined) {
      if (this.builder === undefined) throw new Error('the batch has no records')
      this.isClosed = true
      this.encoded = this.builder.build(producer)
      this.builder = undefined
    } else if (sequence !== this.encodedSequence) {
      // A copy: the bytes of an earlier attempt may still be lent to a transport.
      this.encoded = withProducer(this.encoded, producer)
    }
    this.encodedSequence = sequence
    return this.encoded
  }

  /** Two batches of half the records each, in order, which take over the deliveries and numbers; for one of several records. */
  split(): [OutgoingBatch, OutgoingBatch] {
    const records = [...decodeBatch(this.encode())]
    const middle = Math.ceil(records.length / 2)
    const halves: [OutgoingBatch, OutgoingBatch] = [
      new OutgoingBatch(this.options),
      new OutgoingBatch(this.options),
    ]
    records.forEach((record, index) => {
      const half = halves[index < middle ? 0 : 1]
      const onDelivery = this.onDelivery[index]
      if (onDelivery === undefined) throw new Error('a batch that is split has all its deliveries')
      half.append({ ...record, bufferBytes: 0, onDelivery })
    })
    halves[0].bufferBytes = Math.floor((this.bufferBytes * middle) / records.length)
    halves[1].bufferBytes = this.bufferBytes - halves[0].bufferBytes
    for (const half of halves) {
      half.close()
      half.isDue = true
      half.attempts = this.attempts
      half.unknownError = this.unknownError
      half.mayBeStored = this.mayBeStored
    }
    const { sequence } = this
    if (sequence !== undefined) {
      halves[0].sequence = sequence
      halves[1].sequence = { ...sequence, ordinal: sequence.ordinal + middle }
    }
    this.onDelivery = []
    return halves
  }

  /** Tells each delivery its report. @param reportOf gets the index of the record and its timestamp */
  deliver(reportOf: (index: number, timestampMs: number) => DeliveryReport): void {
    this.isDelivered = true
    this.settle((index) => reportOf(index, this.timestampsMs[index] ?? 0))
  }

  /**
   * The buffer that the batch was given, when nobody reads it any more: the broker has answered the only attempt, so all bytes are
   * with it; a broken stream might still hold those of an earlier one. Once.
   */
  takeSpareRoom(): Buffer | undefined {
    const { room } = this
    this.room = undefined
    return this.isDelivered && this.attempts === 1 ? room : undefined
  }

  /** Tells each delivery the failure; when an earlier attempt may have stored the batch, as one of unknown effect. */
  fail(error: VarveError): void {
    const { unknownError } = this
    const told =
      unknownError === undefined || error.effect === 'unknown'
        ? error
        : new VarveError(
            unknownError.code,
            `${unknownError.message}; it was sent again, which failed too: ${error.message}`,
            { details: { ...unknownError.details, failedAgain: error.code }, cause: error },
          )
    this.settle(() => told)
  }

  private settle(resultOf: (index: number) => DeliveryReport | VarveError): void {
    const { onDelivery } = this
    this.onDelivery = []
    this.encoded = undefined
    this.builder = undefined
    this.isClosed = true
    for (let index = 0; index < onDelivery.length; index++) {
      try {
        onDelivery[index]?.(resultOf(index))
      } catch (error) {
        // A bug of the caller's: it must reach the process, but not cost the other records their results.
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
