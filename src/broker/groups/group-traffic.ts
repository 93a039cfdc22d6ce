// How fast records come to the topics of groups and how fast the groups commit them. What is produced is the growth of the readable ends,
// looked at once for each topic however many groups read it; what is consumed is counted as commits are stored. Invariants: a look costs
// one question for each partition of those topics and a few numbers for each topic of a group, not their product; resets, rewinds and a
// first commit (nobody knows where its reader began) are no consumption.
import type { TopicsView } from '../../coordinator/decision.ts'
import type { GroupEvent } from '../../coordinator/group-event.ts'
import type { CommittedOffset, GroupState, GroupTopic } from '../../coordinator/group-state.ts'
import { isVarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { TopicId } from '../../domain/topic.ts'
import type { Clock } from '../../platform/clock.ts'
import type { LogBounds } from '../../storage/engine.ts'
import type { GroupObserver } from './group-observer.ts'
import { backlogRecords } from './partition-lag.ts'
import { type Rate, RateWindow } from './rate-window.ts'

/** What traffic is measured at. */
interface TrafficSource {
  readonly topics: Pick<TopicsView, 'byId'>
  /** @throws VarveError when the partition cannot be asked */
  bounds(topicId: TopicId, partition: number): LogBounds
}

export interface GroupTrafficParts {
  readonly source: TrafficSource
  readonly clock: Clock
  readonly limits: Pick<
    Limits,
    'groupTrafficWindowMs' | 'groupNotCommittingMs' | 'groupHandlerStalledMs'
  >
}

/** Records a second, in one topic of a group. */
export interface TopicRates {
  readonly topicId: TopicId
  readonly topic: string
  readonly producerRate: number
  readonly consumerRate: number
  /** The shorter one of the two that the rates are measured over. */
  readonly windowMs: number
}

/** A partition with records that are not committed. */
export interface LaggingPartition {
  readonly topicId: TopicId
  readonly partition: number
  readonly committed: number | undefined
}

/** What a group has not committed of a topic. */
export interface Lagging {
  readonly records: number
  /** Those that have some of them. */
  readonly partitions: readonly LaggingPartition[]
  /** Partitions of the topic. */
  readonly total: number
}

/** A topic that some group reads, as it was looked at last. */
interface ReadTopic {
  name: string
  /** By partition; undefined for one that could not be asked so far. */
  readonly bounds: (LogBounds | undefined)[]
  produced: number
  /** Of the monotonic clock. */
  lookedMs: number
  readonly window: RateWindow
  /** Where its partitions ended at former looks, the oldest first. */
  readonly past: PastEnds[]
}

interface PastEnds {
  readonly atMs: number
  readonly ends: readonly (number | undefined)[]
}

/** A topic of a group. */
class TopicFlow {
  readonly topicId: TopicId
  topic: string
  isSubscribed = false
  /** By partition. */
  committed: (number | undefined)[] = []
  consumed = 0
  readonly window: RateWindow

  constructor(topicId: TopicId, topic: string, window: RateWindow) {
    this.topicId = topicId
    this.topic = topic
    this.window = window
  }
}

type GroupFlows = Map<TopicId, TopicFlow>

export class GroupTraffic implements GroupObserver {
  readonly #parts: GroupTrafficParts
  readonly #groups = new Map<string, GroupFlows>()
  /** Those that groups read. */
  readonly #topics = new Map<TopicId, ReadTopic>()

  constructor(parts: GroupTrafficParts) {
    this.#parts = parts
  }

  /** The groups that there are, the one that came first in front. */
  get groups(): Iterable<string> {
    return this.#groups.keys()
  }

  /** True while there are no groups. */
  get isEmpty(): boolean {
    return this.#groups.size === 0
  }

  loaded({ groupId, topics, offsets }: GroupState): void {
    this.#place(groupId, [...offsets.values()])
    this.#subscribe(groupId, [...topics.values()])
  }

  stored(groupId: string, events: readonly GroupEvent[], state: GroupState | undefined): void {
    if (state === undefined) {
      this.#groups.delete(groupId)
      return
    }
    // A group without members keeps the topics of its last ones: what waits there waits for it.
    const keepsTopics = state.members.size === 0
    for (const event of events) {
      if (event.kind !== 'group-epoch') this.#follow(groupId, event)
      else if (!keepsTopics) this.#subscribe(groupId, event.topics)
    }
  }

  /** Looks at all topics and keeps what it sees: to be called at even intervals. */
  sample(): void {
    const nowMs = this.#parts.clock.monotonicMs()
    const read = new Set<TopicId>()
    for (const flows of this.#groups.values()) {
      for (const flow of flows.values()) {
        read.add(flow.topicId)
        flow.window.add(nowMs, flow.consumed)
      }
    }
    for (const topicId of this.#topics.keys()) if (!read.has(topicId)) this.#topics.delete(topicId)
    for (const topicId of read) {
      const topic = this.#look(topicId)
      if (topic === undefined) continue
      topic.window.add(nowMs, topic.produced)
      this.#keepEnds(topic, nowMs)
    }
  }

  /** Where a partition ended so long ago, or somewhat longer; undefined when that is not known. */
  endBefore(topicId: TopicId, partition: number, ageMs: number): number | undefined {
    const atMs = this.#parts.clock.monotonicMs() - ageMs
    const past = this.#topics.get(topicId)?.past.findLast((looked) => looked.atMs <= atMs)
    return past?.ends[partition]
  }

  /** The rates of each topic of a group up to now, without those that do not exist any more. */
  rates(groupId: string): TopicRates[] {
    const rates: TopicRates[] = []
    for (const flow of this.#groups.get(groupId)?.values() ?? []) {
      const topic = this.#look(flow.topicId)
      if (topic !== undefined) rates.push(this.#ratesOf(flow, topic))
    }
    return rates
  }

  /** As `rates`, as of the last look: for many groups at once. */
  sampledRates(groupId: string): TopicRates[] {
    const rates: TopicRates[] = []
    for (const flow of this.#groups.get(groupId)?.values() ?? []) {
      const topic = this.#topics.get(flow.topicId)
      if (topic !== undefined) rates.push(this.#ratesOf(flow, topic))
    }
    return rates
  }

  /** The names of the topics that members of a group subscribe to, or the last ones did as long as this process knows. */
  subscribed(groupId: string): string[] {
    const flows = [...(this.#groups.get(groupId)?.values() ?? [])]
    return flows.filter(({ isSubscribed }) => isSubscribed).map(({ topic }) => topic)
  }

  /** What a group has not committed of a topic, as of the last look. */
  lagging(groupId: string, topicId: TopicId): Lagging {
    const flow = this.#groups.get(groupId)?.get(topicId)
    const bounds = this.#topics.get(topicId)?.bounds ?? []
    const partitions: LaggingPartition[] = []
    let records = 0
    for (const [partition, each] of bounds.entries()) {
      if (each === undefined) continue
      const committed = flow?.committed[partition]
      const backlog = backlogRecords(each, committed)
      if (backlog > 0) partitions.push({ topicId, partition, committed })
      records += backlog
    }
    return { records, partitions, total: bounds.length }
  }

  #keepEnds({ past, bounds }: ReadTopic, nowMs: number): void {
    past.push({ atMs: nowMs, ends: bounds.map((each) => each?.readableEnd) })
    const { groupNotCommittingMs, groupHandlerStalledMs } = this.#parts.limits
    const fromMs = nowMs - Math.max(groupNotCommittingMs, groupHandlerStalledMs)
    while ((past[1]?.atMs ?? Infinity) <= fromMs) past.shift()
  }

  #ratesOf(flow: TopicFlow, topic: ReadTopic): TopicRates {
    const nowMs = this.#parts.clock.monotonicMs()
    const produced: Rate = topic.window.rate(topic.lookedMs, topic.produced)
    const consumed: Rate = flow.window.rate(nowMs, flow.consumed)
    return {
      topicId: flow.topicId,
      topic: topic.name,
      producerRate: produced.perSecond,
      consumerRate: consumed.perSecond,
      windowMs: Math.min(produced.windowMs, consumed.windowMs),
    }
  }

  /** Brings what is known of a topic up to date. Undefined: it does not exist. */
  #look(topicId: TopicId): ReadTopic | undefined {
    const { source, clock, limits } = this.#parts
    const found = source.topics.byId(topicId)
    if (found === undefined) {
      this.#topics.delete(topicId)
      return undefined
    }
    const known = this.#topics.get(topicId)
    const topic = known ?? {
      name: found.name,
      bounds: [],
      produced: 0,
      lookedMs: 0,
      window: new RateWindow(limits.groupTrafficWindowMs, clock.monotonicMs(), 0),
      past: [],
    }
    topic.lookedMs = clock.monotonicMs()
    const before = topic.bounds.length
    for (let partition = 0; partition < found.partitions; partition++) {
      const bounds = this.#bounds(topicId, partition)
      const last = topic.bounds[partition]
      // A partition that was added since the last look began at 0.
      const lastEnd =
        last?.readableEnd ?? (known !== undefined && partition >= before ? 0 : undefined)
      topic.bounds[partition] = bounds ?? last
      if (bounds === undefined || lastEnd === undefined) continue
      topic.produced += Math.max(0, bounds.readableEnd - lastEnd)
    }
    this.#topics.set(topicId, topic)
    return topic
  }

  #bounds(topicId: TopicId, partition: number): LogBounds | undefined {
    try {
      return this.#parts.source.bounds(topicId, partition)
    } catch (error) {
      if (isVarveError(error)) return undefined
      throw error
    }
  }

  #follow(groupId: string, event: GroupEvent): void {
    if (event.kind === 'offsets-committed') {
      this.#count(groupId, event)
      this.#place(groupId, event.offsets)
    } else if (event.kind === 'group-created') {
      this.#place(groupId, event.fork?.offsets ?? [])
    } else if (event.kind === 'offsets-reset') {
      for (const { topicId, topicName, partition, after } of event.changes) {
        this.#flow(groupId, topicId, topicName).committed[partition] = after?.offset
      }
      this.#forgetUnused(groupId)
    } else if (event.kind === 'offsets-removed') {
      for (const { topicId, topicName, partition } of event.offsets) {
        this.#flow(groupId, topicId, topicName).committed[partition] = undefined
      }
      this.#forgetUnused(groupId)
    }
  }

  #count(
    groupId: string,
    { offsets, before }: Extract<GroupEvent, { kind: 'offsets-committed' }>,
  ): void {
    for (const [index, { topicId, topicName, partition, offset }] of offsets.entries()) {
      const from = before[index] ?? null
      if (from === null) continue
      // What retention took away before it was read was not consumed.
      const start = this.#topics.get(topicId)?.bounds[partition]?.start ?? 0
      const growth = offset - Math.max(from, start)
      this.#flow(groupId, topicId, topicName).consumed += Math.max(0, growth)
    }
  }

  #place(groupId: string, offsets: readonly CommittedOffset[]): void {
    for (const { topicId, topicName, partition, offset } of offsets) {
      this.#flow(groupId, topicId, topicName).committed[partition] = offset
    }
  }

  #subscribe(groupId: string, topics: readonly GroupTopic[]): void {
    for (const flow of this.#flows(groupId).values()) flow.isSubscribed = false
    for (const { id, name } of topics) this.#flow(groupId, id, name).isSubscribed = true
    this.#forgetUnused(groupId)
  }

  #forgetUnused(groupId: string): void {
    const flows = this.#flows(groupId)
    for (const [topicId, { isSubscribed, committed }] of flows) {
      const isUsed = isSubscribed || committed.some((offset) => offset !== undefined)
      if (!isUsed) flows.delete(topicId)
    }
  }

  #flows(groupId: string): GroupFlows {
    let flows = this.#groups.get(groupId)
    if (flows === undefined) {
      flows = new Map()
      this.#groups.set(groupId, flows)
    }
    return flows
  }

  #flow(groupId: string, topicId: TopicId, topic: string): TopicFlow {
    const flows = this.#flows(groupId)
    let flow = flows.get(topicId)
    if (flow === undefined) {
      const { clock, limits } = this.#parts
      const window = new RateWindow(limits.groupTrafficWindowMs, clock.monotonicMs(), 0)
      flow = new TopicFlow(topicId, topic, window)
      flows.set(topicId, flow)
      // Its rate counts from now on.
      if (!this.#topics.has(topicId)) this.#look(topicId)
    }
    return flow
  }
}
