// Attacks a broker while producers, consumers and groups go on, and judges the history of all that they saw. Invariant: the seed decides every attack;
// the verdict is about everything that was ever sent, read back by fresh clients after the last restart.
import { type CheckResult, checkHistory } from '../../history-check/check-history.ts'
import { describeResult } from '../../history-check/describe-result.ts'
import type { History } from '../../history-check/history.ts'
import { HistoryBuilder } from '../../history-check/history-builder.ts'
import { historyLines } from '../../history-check/history-events.ts'
import { type HistoryMetrics, historyMetrics } from '../../history-check/history-metrics.ts'
import { historyPage } from '../../history-check/history-page.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import type { VarveBroker } from '../varve-system.ts'
import { ChaosCast } from './chaos-cast.ts'
import type { MemberCounts } from './chaos-member.ts'
import { type ChaosNemesis, killAgainAndAgain } from './chaos-nemesis.ts'
import type { SendCounts } from './chaos-producer.ts'
import { liveAsReader, type ReaderPlace } from './chaos-reader.ts'
import { type ChaosLink, type ChaosStage, now } from './chaos-stage.ts'
import { watch } from './chaos-watch.ts'

export interface ChaosOptions {
  readonly broker: VarveBroker
  readonly clock: Clock
  /** Decides the attacks; seeded. */
  readonly random: Random
  readonly seconds: number
  readonly producers: number
  readonly consumers: number
  /** Groups of so many members each. */
  readonly groups: number
  readonly members: number
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
  readonly partitions: number
  readonly recordBytes: number
  /** Of all producers together. */
  readonly recordsPerSecond: number
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
  /** Of the topic, besides its durability; with retention, what it drops is missing rightly. */
  readonly topicSettings?: Readonly<Record<string, string>>
  readonly hasRetention?: boolean
  /** Kills the broker, unless told. */
  readonly nemesis?: ChaosNemesis
  /** The way of each client; straight to the broker, unless told. */
  readonly connect?: (name: string) => ChaosLink
}

export interface ChaosReport {
  readonly kills: number
  /** What else was done, and how often. */
  readonly attacks: Readonly<Record<string, number>>
  readonly clientCrashes: number
  readonly sends: SendCounts
  /** By the consumers that read along, together. */
  readonly readAlong: number
  readonly groups: MemberCounts
  readonly readAtEnd: number
  /** From each kill until the broker was there again, in milliseconds, the longest. */
  readonly longestStartMs: number
  /** From the end of the attacks until everybody had everything. */
  readonly longestCatchUpMs: number
  readonly valid: boolean
  /** How often each class of anomaly was found; docs/BENCHMARKS.md names them. */
  readonly anomalies: CheckResult['counts']
  /** Times in milliseconds. */
  readonly metrics: HistoryMetrics
  readonly text: string
  readonly checkedInMs: number
  readonly evidence: ChaosEvidence
}

/** What shows what was found; lines and page are made when they are asked for. */
export interface ChaosEvidence {
  readonly history: History
  /** The whole history, as lines of JSON. */
  readonly lines: () => Iterable<string>
  /** A page that draws what is around each finding. */
  readonly page: () => string
}

const FINAL_READERS = 2
const CATCH_UP_MS = 90_000

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { broker, clock, random, partitions } = options
  const history = new HistoryBuilder()
  const { hasRetention = false, topicSettings = {} } = options
  const run = random.integer(2 ** 32)
  const name = `chaos-${run.toString(36)}`
  const stage: ChaosStage = {
    ...{ clock, history },
    connect: options.connect ?? (() => ({ client: broker.connect() })),
    topic: {
      ...{ name, partitions, run, hasRetention },
      keys: Array.from({ length: partitions }, (_, partition) =>
        history.key(`${name}/${partition}`, { durability: 'synced', hasRetention }),
      ),
    },
  }
  const admin = broker.connect()
  const settings = { ...topicSettings, durability: 'synced' }
  await admin.admin().createTopic({ name, partitions, settings })
  const cast = new ChaosCast(stage, options)
  const watching = new AbortController()
  const watched = watch(stage, cast.groups, watching.signal)
  watched.catch(() => undefined)
  const kills = new Kills(options, stage)
  try {
    const attacks = await attackAll(options, stage, cast, kills)
    await cast.stopProducing()
    history.nemesis({ kind: 'heal', at: now(stage) })
    const healedMs = clock.monotonicMs()
    options.onProgress('the consumers catch up')
    await cast.caughtUp(admin.admin(), CATCH_UP_MS)
    const longestCatchUpMs = clock.monotonicMs() - healedMs
    await cast.stop()
    // What is read at the end is read from what a new start found.
    await kills.killBroker()
    const readAtEnd = await readFinally(stage, options)
    watching.abort()
    await watched
    options.signal.throwIfAborted()
    const { sends, readAlong, memberCounts, crashes } = cast
    return {
      ...{ kills: kills.count, longestStartMs: kills.longestStartMs, longestCatchUpMs },
      ...{ attacks, clientCrashes: crashes, sends, readAlong, groups: memberCounts, readAtEnd },
      ...judge(stage),
    }
  } finally {
    // A broker that did not come up again must not keep those who wait for it.
    watching.abort()
    await cast.end()
    await admin.close({ timeoutMs: 1_000 })
  }
}

class Kills {
  count = 0
  longestStartMs = 0
  readonly #options: ChaosOptions
  readonly #stage: ChaosStage

  constructor(options: ChaosOptions, stage: ChaosStage) {
    this.#options = options
    this.#stage = stage
  }

  async killBroker(): Promise<void> {
    const { history } = this.#stage
    history.nemesis({ kind: 'note', text: 'kill -9', at: now(this.#stage) })
    const { startMs = 0 } = (await this.#options.broker.restart?.('kill')) ?? {}
    history.nemesis({ kind: 'note', text: 'the broker is there again', at: now(this.#stage) })
    this.count++
    this.longestStartMs = Math.max(this.longestStartMs, startMs)
  }
}

async function attackAll(
  { clock, random, seconds, signal, nemesis = killAgainAndAgain, onProgress }: ChaosOptions,
  stage: ChaosStage,
  cast: ChaosCast,
  kills: Kills,
): Promise<Record<string, number>> {
  const attacks: Record<string, number> = {}
  const endMs = clock.monotonicMs() + seconds * 1000
  const tell = (): void => {
    const left = Math.max(0, Math.round((endMs - clock.monotonicMs()) / 1000))
    onProgress(`${kills.count} kills, ${left} s left`)
  }
  await nemesis({
    ...{ clock, random, endMs, signal, failed: cast.failed },
    note: (what) => {
      attacks[what] = (attacks[what] ?? 0) + 1
      stage.history.nemesis({ kind: 'note', text: what, at: now(stage) })
      tell()
    },
    killBroker: async () => {
      await kills.killBroker()
      tell()
    },
    crashClient: () => {
      cast.crashOne(random)
    },
  })
  return attacks
}

/** Fresh clients, one after the other. */
async function readFinally(stage: ChaosStage, { onProgress }: ChaosOptions): Promise<number> {
  let records = 0
  for (let index = 0; index < FINAL_READERS; index++) {
    onProgress(`fresh client ${index + 1} reads everything`)
    const name = `final reader ${index}`
    const link = stage.connect(name)
    const never = new AbortController().signal
    const signals = { stop: never, crashed: never }
    const process = stage.history.process(name)
    const life = { name, process, link, ...signals, begun: () => undefined }
    const place: ReaderPlace = { records: 0, next: [] }
    try {
      await liveAsReader(stage, life, place, true)
    } finally {
      await link.client.close()
      link.cut?.()
    }
    records = Math.max(records, place.records)
  }
  return records
}

function judge({
  clock,
  history: builder,
}: ChaosStage): Pick<
  ChaosReport,
  'valid' | 'anomalies' | 'metrics' | 'text' | 'checkedInMs' | 'evidence'
> {
  const history = builder.build()
  const beganMs = clock.monotonicMs()
  const result = checkHistory(history)
  return {
    valid: result.valid,
    anomalies: result.counts,
    metrics: historyMetrics(history),
    text: describeResult(result, history, 5),
    checkedInMs: clock.monotonicMs() - beganMs,
    evidence: {
      history,
      lines: () => historyLines(history),
      page: () => historyPage(history, result),
    },
  }
}
