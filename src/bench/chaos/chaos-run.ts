// Kills the broker at random moments while producers and consumers go on, and judges the history of all that they saw. Invariant: the seed decides
// every kill; the verdict is about everything that was ever sent, read back by fresh clients after the last restart.
import { type CheckResult, checkHistory } from '../../history-check/check-history.ts'
import { describeResult } from '../../history-check/describe-result.ts'
import { HistoryBuilder } from '../../history-check/history-builder.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import type { VarveBroker } from '../varve-system.ts'
import {
  ChaosReader,
  type ChaosStage,
  now,
  produceUntil,
  type SendCounts,
} from './chaos-clients.ts'

export interface ChaosOptions {
  readonly broker: VarveBroker
  readonly clock: Clock
  /** Decides the kills; seeded. */
  readonly random: Random
  readonly seconds: number
  readonly producers: number
  readonly consumers: number
  readonly partitions: number
  readonly recordBytes: number
  /** Of all producers together. */
  readonly recordsPerSecond: number
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
}

export interface ChaosReport {
  readonly kills: number
  readonly sends: SendCounts
  /** By the consumers that read along, together. */
  readonly readAlong: number
  readonly readAtEnd: number
  /** From each kill until the broker was there again, in milliseconds, the longest. */
  readonly longestStartMs: number
  readonly valid: boolean
  /** How often each class of anomaly was found; docs/BENCHMARKS.md names them. */
  readonly anomalies: CheckResult['counts']
  readonly text: string
  readonly checkedInMs: number
}

const FINAL_READERS = 2
const CATCH_UP_MS = 60_000

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { broker, clock, random, partitions } = options
  const history = new HistoryBuilder()
  const run = random.integer(2 ** 32)
  const name = `chaos-${run.toString(36)}`
  const stage: ChaosStage = {
    clock,
    history,
    connect: () => broker.connect(),
    topic: {
      name,
      partitions,
      run,
      keys: Array.from({ length: partitions }, (_, partition) =>
        history.key(`${name}/${partition}`, { durability: 'synced' }),
      ),
    },
  }
  const admin = broker.connect()
  await admin.admin().createTopic({ name, partitions, settings: { durability: 'synced' } })
  await admin.close()
  const giveUp = new AbortController()
  const readers = Array.from(
    { length: options.consumers },
    (_, index) => new ChaosReader(stage, `consumer ${index}`, false),
  )
  const stop = new AbortController()
  const producing = Promise.all(
    Array.from({ length: options.producers }, (_, index) =>
      produceUntil(stage, {
        index,
        recordsPerSecond: options.recordsPerSecond / options.producers,
        recordBytes: options.recordBytes,
        signal: AbortSignal.any([stop.signal, options.signal]),
        giveUp: giveUp.signal,
      }),
    ),
  )
  // Told where it is awaited.
  producing.catch(() => undefined)
  try {
    const kills = await killAgainAndAgain(options, stage, producing)
    stop.abort()
    const sends = (await producing).reduce(addCounts)
    history.nemesis({ kind: 'heal', at: now(clock) })
    await caughtUp(options, readers, sends.acknowledged)
    for (const reader of readers) await reader.close()
    // What is read at the end is read from what a new start found.
    await broker.restart?.('kill')
    const readAtEnd = await readFinally(stage, options)
    options.signal.throwIfAborted()
    return judge({ history, clock, kills, sends, readers, readAtEnd })
  } finally {
    // A broker that did not come up again must not keep those who wait for it.
    stop.abort()
    giveUp.abort()
    await producing.catch(() => undefined)
    for (const reader of readers) await reader.close()
  }
}

async function killAgainAndAgain(
  { broker, clock, random, seconds, signal, onProgress }: ChaosOptions,
  { history }: ChaosStage,
  producing: Promise<unknown>,
): Promise<{ count: number; longestStartMs: number }> {
  const endMs = clock.monotonicMs() + seconds * 1000
  let count = 0
  let longestStartMs = 0
  while (clock.monotonicMs() < endMs && !signal.aborted) {
    // Mostly within a second or two, sometimes right after it came up, sometimes long after.
    const waitMs = Math.min(
      20 + 5_000 * (random.integer(1_000) / 1_000) ** 2,
      endMs - clock.monotonicMs(),
    )
    // A producer that fails ends it.
    await Promise.race([clock.sleep(waitMs), producing])
    history.nemesis({ kind: 'note', text: 'kill -9', at: now(clock) })
    const { startMs = 0 } = (await broker.restart?.('kill')) ?? {}
    count++
    longestStartMs = Math.max(longestStartMs, startMs)
    onProgress(
      `${count} kills, ${Math.max(0, Math.round((endMs - clock.monotonicMs()) / 1000))} s left`,
    )
  }
  return { count, longestStartMs }
}

/** Waits until those that read along have at least as much as was acknowledged. */
async function caughtUp(
  { clock, signal, onProgress }: ChaosOptions,
  readers: readonly ChaosReader[],
  acknowledged: number,
): Promise<void> {
  onProgress('the consumers catch up')
  const endMs = clock.monotonicMs() + CATCH_UP_MS
  const isBehind = (): boolean => readers.some(({ records }) => records < acknowledged)
  while (isBehind() && !signal.aborted) {
    if (clock.monotonicMs() > endMs) {
      const counts = readers.map(({ records }) => records).join(', ')
      throw new Error(
        `consumers got ${counts} of ${acknowledged} acknowledged records, and no more within ${CATCH_UP_MS / 1000} s`,
      )
    }
    // A reader that has failed says why.
    await Promise.race([clock.sleep(20), ...readers.map(({ failed }) => failed)])
  }
}

async function readFinally(stage: ChaosStage, { onProgress }: ChaosOptions): Promise<number> {
  let records = 0
  for (let index = 0; index < FINAL_READERS; index++) {
    onProgress(`fresh client ${index + 1} reads everything`)
    const reader = new ChaosReader(stage, `final reader ${index}`, true)
    try {
      await reader.ended
    } finally {
      await reader.close()
    }
    records = Math.max(records, reader.records)
  }
  return records
}

function judge(all: {
  history: HistoryBuilder
  clock: Clock
  kills: { count: number; longestStartMs: number }
  sends: SendCounts
  readers: readonly ChaosReader[]
  readAtEnd: number
}): ChaosReport {
  const { clock, kills, sends, readers, readAtEnd } = all
  const history = all.history.build()
  const beganMs = clock.monotonicMs()
  const result = checkHistory(history)
  return {
    kills: kills.count,
    longestStartMs: kills.longestStartMs,
    sends,
    readAlong: readers.reduce((sum, { records }) => sum + records, 0),
    readAtEnd,
    valid: result.valid,
    anomalies: result.counts,
    text: describeResult(result, history, 5),
    checkedInMs: clock.monotonicMs() - beganMs,
  }
}

function addCounts(one: SendCounts, other: SendCounts): SendCounts {
  return {
    sent: one.sent + other.sent,
    acknowledged: one.acknowledged + other.acknowledged,
    refused: one.refused + other.refused,
    open: one.open + other.open,
  }
}
