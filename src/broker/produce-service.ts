import type { Durability } from '../domain/durability.ts'
import { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { RecordInput } from '../record/encode-batch.ts'

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

export interface SpreadPart {
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

export class ProduceService {
  async append(_request: ProduceRequest, _signal?: AbortSignal): Promise<ProduceOutcome> {
    throw new VarveError('NOT_READY', 'not yet')
  }
  async appendRecords(
    _request: ProduceRecordsRequest,
    _signal?: AbortSignal,
  ): Promise<SpreadOutcome> {
    throw new VarveError('NOT_READY', 'not yet')
  }
}
