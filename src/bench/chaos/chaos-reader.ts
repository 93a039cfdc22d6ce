// Consumers of a chaos run, alone and in groups, and what each was given, written into the history. Invariant: a batch is in the history before
// anything else happens with it.
import type { Consumer, ConsumerBatch, GroupConsumer } from '../../client/index.ts'
import { isVarveError } from '../../domain/error.ts'
import type { ProcessId } from '../../history-check/history.ts'
import { readValue } from '../../history-check/record-value.ts'
import { aborted, type ChaosLife } from './chaos-role.ts'
import { type ChaosStage, now } from './chaos-stage.ts'

/** How far a reader has come: records, and by partition the offset that comes next. */
export interface ReaderPlace {
  records: number
  readonly next: number[]
}

/** Reads the whole topic from its start; until it is stopped or, as the last ones do, until the end. */
export async function liveAsReader(
  stage: ChaosStage,
  { process, link, stop, crashed, begun }: ChaosLife,
  place: ReaderPlace,
  isFinal = false,
): Promise<void> {
  const { history, topic } = stage
  const end = isFinal ? { until: 'end' as const } : {}
  const consumer = link.client.consumer({ topics: topic.name, from: 'earliest', ...end })
  void aborted([stop, crashed]).then(() => consumer.close())
  if (isFinal) history.finalReader(process)
  place.next.fill(0)
  const start = topic.hasRetention ? undefined : 0
  for (const key of topic.keys) history.positioned(process, key, start, now(stage))
  await readBatches(stage, process, consumer, ({ partition, nextOffset, records }) => {
    begun()
    place.records += records.length
    place.next[partition] = nextOffset
  })
}

/** Every batch is one poll. */
export async function readBatches(
  stage: ChaosStage,
  process: ProcessId,
  consumer: Consumer | GroupConsumer,
  onBatch: (batch: ConsumerBatch) => void,
): Promise<void> {
  const { history } = stage
  let poll = history.pollBegan(process, now(stage))
  try {
    for await (const batch of consumer.batches()) {
      takeDown(stage, poll, batch)
      history.pollEnded(poll, 'ok', now(stage))
      onBatch(batch)
      poll = history.pollBegan(process, now(stage))
    }
    history.pollEnded(poll, 'ok', now(stage))
  } catch (error) {
    history.pollEnded(poll, 'info', now(stage))
    if (!isVarveError(error, 'CLOSED')) throw error
  }
}

/** Stretches without gaps, as the history takes them. */
function takeDown(
  { history, topic }: ChaosStage,
  poll: number,
  { partition, records }: ConsumerBatch,
): void {
  const key = topic.keys[partition] ?? 0
  let values: number[] = []
  let first = records[0]?.offset ?? 0
  for (const { offset, value } of records) {
    if (offset !== first + values.length) {
      history.pollRead(poll, key, first, values)
      values = []
      first = offset
    }
    values.push(value === null ? Number.NaN : readValue(value, topic.run, key))
  }
  history.pollRead(poll, key, first, values)
}
