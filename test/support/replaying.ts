// Replays of a test broker in few words: what was given, and when.
import type { Broker } from '../../src/broker/broker.ts'
import { RecordFilter } from '../../src/broker/replay/record-filter.ts'
import type { Replay } from '../../src/broker/replay/replay.ts'
import type {
  ReplayEvent,
  ReplayOptions,
  ReplaySource,
  ReplaySummary,
} from '../../src/broker/replay/replay-words.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { decodeBatch } from '../../src/record/decode-batch.ts'
import { eachBatch } from '../../src/record/stored-batch.ts'
import { batchOf } from './batches.ts'

export function sourceOf(topic: string, more: Partial<ReplaySource> = {}): ReplaySource {
  return { topic, partition: undefined, start: 'earliest', end: undefined, ...more }
}

export function replayOptions(more: Partial<ReplayOptions> = {}): ReplayOptions {
  return {
    peer: 'test',
    sessionId: '',
    sources: [sourceOf('events')],
    order: 'merged',
    pace: { kind: 'max' },
    latePolicy: 'delay',
    troublePolicy: 'stop',
    filter: new RecordFilter([]),
    mayGiveBatches: false,
    creditBytes: 1e9,
    creditRecords: Infinity,
    messageBytes: 128 * 1024,
    progressIntervalMs: 1e9,
    isFollowing: false,
    isPaused: false,
    playheadMs: undefined,
    ...more,
  }
}

/** Appends one batch with a record at each of these times. */
export async function record(
  broker: Broker,
  topic: string,
  partition: number,
  timestampMs: readonly number[],
  valueBytes = 0,
): Promise<void> {
  const values = timestampMs.map((time) => `${partition}@${time}`.padEnd(valueBytes, '.'))
  await broker.producer.append({ topic, partition, batch: batchOf({ values, timestampMs }) })
}

export interface Given {
  readonly place: string
  readonly offset: number
  readonly timestampMs: number
  readonly value: string
  /** When it was given, on the broker's clock. */
  readonly atMs: number
}

/** Reads a replay for as long as it gives something, beside the test. */
export class Listener {
  readonly given: Given[] = []
  readonly events: ReplayEvent[] = []
  summary: ReplaySummary | undefined
  readonly ended: Promise<unknown>
  private readonly replay: Replay
  private readonly clock: Clock
  private readonly onEvent: (event: ReplayEvent) => Promise<void> | void

  constructor(
    replay: Replay,
    clock: Clock,
    onEvent: (event: ReplayEvent) => Promise<void> | void = () => undefined,
  ) {
    this.replay = replay
    this.clock = clock
    this.onEvent = onEvent
    this.ended = this.listen().catch((error: unknown) => error)
  }

  get values(): string[] {
    return this.given.map(({ value }) => value)
  }

  kinds(): string[] {
    return this.events.map(({ kind }) => kind)
  }

  private async listen(): Promise<void> {
    for (;;) {
      const event = await this.replay.next()
      if (event === undefined) return
      if (event.kind === 'records') this.take(event)
      else this.events.push(event)
      await this.onEvent(event)
      if (event.kind === 'summary') {
        this.summary = event.summary
        return
      }
    }
  }

  private take(event: ReplayEvent & { readonly kind: 'records' }): void {
    const atMs = this.clock.monotonicMs()
    for (const run of event.runs) {
      const records =
        'records' in run.content
          ? run.content.records
          : run.content.batches.flatMap((batches) =>
              [...eachBatch(batches)].flatMap((batch) => [...decodeBatch(batch)]),
            )
      for (const { offset, timestampMs, value } of records) {
        if (offset < run.offset || offset >= run.nextOffset) continue
        const place = `${run.topic}/${run.partition}`
        this.given.push({ place, offset, timestampMs, value: String(value), atMs })
      }
    }
  }
}
