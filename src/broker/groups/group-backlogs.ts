// How old the backlog of each group is, looked at again and again for metrics and for the warning that a group falls behind. Invariants:
// one round of looks is under way at a time; it reads a bounded number of batches in a bounded time and goes on with the next group in
// the next round, so a thousand groups that all lag cost no more than one; the ages of what it did not come to are those of before.
import { isVarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { TopicId } from '../../domain/topic.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import { nextTurn } from '../../platform/next-turn.ts'
import { forEachBounded } from '../for-each-bounded.ts'
import { BacklogWatch } from './backlog-watch.ts'
import { drainMs } from './describe-group.ts'
import type { GroupTraffic, LaggingPartition } from './group-traffic.ts'
import type { OldestRecords } from './oldest-record.ts'
import { measureLag } from './partition-lag.ts'
import type { PartitionLookup } from './partition-lookup.ts'

/** Partitions that are looked at in one go before everything else gets its turn. */
const PARTITIONS_PER_TURN = 2_000
/** The share of the interval that a round may take. */
const ROUND_SHARE = 0.5

/** What a group has not committed of a topic. */
export interface TopicBacklog {
  readonly topic: string
  readonly records: number
  /** Of the oldest of them; undefined when there are none, or none with a timestamp that can be read. */
  readonly oldestTimestampMs: number | undefined
}

export interface GroupBacklogsParts {
  readonly traffic: GroupTraffic
  readonly lookup: PartitionLookup
  readonly oldest: OldestRecords
  readonly clock: Clock
  readonly log: Log
  readonly limits: Limits
}

interface Watched {
  readonly topics: Map<TopicId, TopicBacklog>
  readonly watch: BacklogWatch
}

export class GroupBacklogs {
  readonly #parts: GroupBacklogsParts
  readonly #groups = new Map<string, Watched>()
  /** Where the next round begins to read. */
  #next: string | undefined
  #reads = 0
  #isStopped = false
  #running: Promise<void> | undefined

  constructor(parts: GroupBacklogsParts) {
    this.#parts = parts
  }

  /** By topic, as of the last look. */
  of(groupId: string): Iterable<TopicBacklog> {
    return this.#groups.get(groupId)?.topics.values() ?? []
  }

  /** A round, unless one is under way. */
  look(): Promise<void> {
    this.#running ??= this.#round().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  /** No look begins any more; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#running
  }

  async #round(): Promise<void> {
    const { traffic, clock, limits } = this.#parts
    const groups = [...traffic.groups]
    const present = new Set(groups)
    for (const group of this.#groups.keys()) if (!present.has(group)) this.#groups.delete(group)
    const first = Math.max(0, this.#next === undefined ? 0 : groups.indexOf(this.#next))
    const endMs = clock.monotonicMs() + limits.groupTrafficIntervalMs * ROUND_SHARE
    this.#next = undefined
    this.#reads = 0
    let looked = 0
    for (const groupId of [...groups.slice(first), ...groups.slice(0, first)]) {
      if (this.#isStopped) return
      const mayRead = this.#reads < limits.groupLagReadsPerRoundMax && clock.monotonicMs() <= endMs
      if (!mayRead) this.#next ??= groupId
      looked += await this.#lookAt(groupId, mayRead)
      if (looked < PARTITIONS_PER_TURN) continue
      looked = 0
      await nextTurn()
    }
  }

  /** @returns how many partitions it looked at. */
  async #lookAt(groupId: string, mayRead: boolean): Promise<number> {
    const { traffic, limits } = this.#parts
    let watched = this.#groups.get(groupId)
    if (watched === undefined) {
      const { groupBacklogWarnMs, groupTrafficWindowMs } = limits
      const watch = new BacklogWatch(groupBacklogWarnMs, groupTrafficWindowMs)
      watched = { topics: new Map(), watch }
      this.#groups.set(groupId, watched)
    }
    const rates = traffic.sampledRates(groupId)
    const ids = new Set(rates.map(({ topicId }) => topicId))
    for (const [topicId, { records }] of watched.topics) {
      if (ids.has(topicId)) continue
      watched.topics.delete(topicId)
      if (records > 0) watched.watch.forget()
    }
    let [looked, isWhole] = [0, true]
    for (const { topicId, topic } of rates) {
      const { records, partitions, total } = traffic.lagging(groupId, topicId)
      looked += total
      const before = watched.topics.get(topicId)?.oldestTimestampMs
      const read = mayRead
        ? await this.#oldest(partitions)
        : { oldestTimestampMs: before, isWhole: false }
      const oldestTimestampMs = records === 0 ? undefined : read.oldestTimestampMs
      watched.topics.set(topicId, { topic, records, oldestTimestampMs })
      isWhole &&= records === 0 || read.isWhole
    }
    // An age that is not known is no reason to speak.
    if (isWhole) this.#tell(groupId, watched)
    return looked
  }

  async #oldest(
    partitions: readonly LaggingPartition[],
  ): Promise<{ oldestTimestampMs: number | undefined; isWhole: boolean }> {
    const { lookup, oldest, limits } = this.#parts
    this.#reads += partitions.length
    let oldestTimestampMs: number | undefined
    let isWhole = true
    await forEachBounded(
      partitions,
      limits.groupLagReadsMax,
      async ({ topicId, partition, committed }) => {
        try {
          const log = lookup.log(topicId, partition)
          const measured = await measureLag(log, committed, {
            withTime: true,
            withBytes: false,
            oldest,
          })
          const found = measured.oldestTimestampMs
          if (found === undefined && !measured.isAtEnd) isWhole = false
          if (found !== undefined) oldestTimestampMs = Math.min(found, oldestTimestampMs ?? found)
        } catch (error) {
          if (!isVarveError(error)) throw error
          isWhole = false
        }
      },
    )
    return { oldestTimestampMs, isWhole }
  }

  #tell(group: string, { topics, watch }: Watched): void {
    const { traffic, clock, log } = this.#parts
    const [nowMs, wallMs] = [clock.monotonicMs(), clock.wallMs()]
    let [backlogRecords, backlogMs] = [0, 0]
    for (const { records, oldestTimestampMs = wallMs } of topics.values()) {
      backlogRecords += records
      backlogMs = Math.max(backlogMs, wallMs - oldestTimestampMs)
    }
    let [producerRate, consumerRate] = [0, 0]
    for (const rate of traffic.sampledRates(group)) {
      producerRate += rate.producerRate
      consumerRate += rate.consumerRate
    }
    const behindSinceMs = watch.behindSinceMs
    const verdict = watch.look({ nowMs, ageMs: backlogMs, difference: producerRate - consumerRate })
    if (verdict === undefined) return
    const fields = { group, backlogMs, backlogRecords, producerRate, consumerRate }
    if (verdict === 'caught-up') {
      log.info('group_caught_up', {
        ...fields,
        durationMs: Math.round(nowMs - (behindSinceMs ?? nowMs)),
      })
      return
    }
    const drain = drainMs(backlogRecords, consumerRate - producerRate)
    log.warn('group_falling_behind', {
      ...fields,
      reason: verdict,
      ...(drain === undefined ? {} : { drainMs: drain }),
    })
  }
}
