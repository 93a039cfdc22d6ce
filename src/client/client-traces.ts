// What programs can look on at in producers and consumers (docs/OBSERVABILITY.md), in the words of the client.
import { VarveError } from '../domain/error.ts'
import type { Trace } from '../platform/trace-point.ts'
import {
  type ConsumerBatchTrace,
  type ConsumerHandlerTrace,
  type ProducerAppendTrace,
  type ProducerBatchTrace,
  type ProducerSendTrace,
  TRACE_POINTS,
} from '../platform/trace-table.ts'
import type { ConsumerRecord } from './consumer-types.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'
import type {
  AppendReport,
  AppendRequest,
  DeliveryReport,
  OnDelivery,
  ProducerRecord,
} from './producer-types.ts'

/** @param send must reject, not throw */
export function tracedSend(
  record: ProducerRecord,
  send: () => Promise<DeliveryReport>,
): Promise<DeliveryReport> {
  return TRACE_POINTS.producerSend.run(() => describeSend(record), send, deliveredTo)
}

/** @param take takes the record, whose result it tells `onDelivery`, or returns false */
export function tracedTrySend(
  record: ProducerRecord,
  onDelivery: OnDelivery,
  take: (record: ProducerRecord, onDelivery: OnDelivery) => boolean,
): boolean {
  if (!TRACE_POINTS.producerSend.isWatched) return take(record, onDelivery)
  const trace = TRACE_POINTS.producerSend.begin(() => describeSend(record))
  if (trace === undefined) return take(record, onDelivery)
  const told: OnDelivery = (result) => {
    if (result instanceof VarveError) trace.fail(result)
    else trace.succeed(deliveredTo(result))
    onDelivery(result)
  }
  let isAccepted: boolean
  try {
    isAccepted = trace.enter(() => take(record, told))
  } catch (error) {
    trace.fail(error)
    throw error
  }
  if (!isAccepted) trace.succeed({ isAccepted })
  return isAccepted
}

/** @param append must reject, not throw */
export function tracedAppend(
  { topic, partition, records }: AppendRequest,
  append: () => Promise<AppendReport>,
): Promise<AppendReport> {
  return TRACE_POINTS.producerAppend.run(
    (): ProducerAppendTrace => ({ topic, partition, recordCount: records.length }),
    append,
    ({ baseOffset, durability }) => ({ baseOffset, durability }),
  )
}

/** An attempt begins; undefined when nobody looks on. */
export function beginAttempt(
  where: { readonly topic: string; readonly partition: number },
  batch: OutgoingBatch,
  bytes: number,
): Trace<ProducerBatchTrace> | undefined {
  const trace = TRACE_POINTS.producerBatch.begin(() => ({
    topic: where.topic,
    partition: where.partition,
    recordCount: batch.recordCount,
    bytes,
    attempt: batch.attempts,
  }))
  trace?.enter(() => undefined)
  return trace
}

/** The batch that an application has been handed and has not come back from. */
export class HandOutTrace {
  private trace: Trace<ConsumerBatchTrace> | undefined

  begin(
    where: { readonly topic: string; readonly partition: number },
    recordsOf: () => readonly ConsumerRecord[],
  ): void {
    const { topic, partition } = where
    this.trace = TRACE_POINTS.consumerBatch.begin(() => ({
      topic,
      partition,
      records: recordsOf(),
    }))
    this.trace?.enter(() => undefined)
  }

  /** The application came back, or left for good. Does nothing when it was handed nothing. */
  end(): void {
    const { trace } = this
    this.trace = undefined
    trace?.succeed({})
  }
}

/**
 * One call of a handler.
 * @param call must not reject
 * @param failureOf what the outcome says of a failure; undefined for none
 */
export async function tracedHandler<Outcome>(
  describe: () => ConsumerHandlerTrace,
  call: () => Promise<Outcome>,
  failureOf: (outcome: Outcome) => { readonly error: unknown } | undefined,
): Promise<Outcome> {
  const trace = TRACE_POINTS.consumerHandler.begin(describe)
  if (trace === undefined) return await call()
  const outcome = await trace.enter(call)
  const failure = failureOf(outcome)
  if (failure === undefined) trace.succeed({})
  else trace.fail(failure.error)
  return outcome
}

function describeSend(record: ProducerRecord): ProducerSendTrace {
  // What is no record at all is refused by the send itself.
  const { topic, partition } = { ...record }
  return { topic, partition, record }
}

function deliveredTo({
  partition,
  offset,
  durability,
}: DeliveryReport): Partial<ProducerSendTrace> {
  return { isAccepted: true, partition, offset, durability }
}
