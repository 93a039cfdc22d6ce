// The partitions of whole topics for a consumer that reads all of them: found at the start, and looked for again from time
// to time, because topics grow. A topic that was deleted, or made anew under its name, is an error: its offsets mean
// nothing any more.
import { VarveError } from '../domain/error.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import type { TopicPartition } from './consumer-types.ts'
import { type KnownTopic, TopicCache } from './topic-cache.ts'

/** Asked for at the same time; the broker takes a limited number of calls on one connection. */
const TOPICS_AT_ONCE = 32

export class TopicWatch {
  private readonly context: ClientContext
  private readonly topics: readonly string[]
  private readonly maxAgeMs: number
  private readonly signal: AbortSignal
  private readonly cache: TopicCache
  private readonly known = new Map<string, KnownTopic>()
  private dueMs = Infinity
  private isAsking = false
  private isStopped = false

  constructor(options: {
    context: ClientContext
    warnings: WarningListeners
    topics: readonly string[]
    maxAgeMs: number
    signal: AbortSignal
  }) {
    this.context = options.context
    this.topics = options.topics
    this.maxAgeMs = options.maxAgeMs
    this.signal = options.signal
    this.cache = new TopicCache(options.context, options.warnings)
  }

  /** It is time to look for new partitions. */
  get isDue(): boolean {
    return this.dueInMs <= 0
  }

  /** In how many milliseconds it will be; Infinity while it is not known. */
  get dueInMs(): number {
    if (this.isStopped || this.isAsking) return Infinity
    return this.dueMs - this.context.clock.monotonicMs()
  }

  /**
   * Finds the partitions that were not known before, at first all, and hands them to `take`. They count as known when that
   * has succeeded; until then the next look finds them again. After a failure it is time to look again when the topics
   * are as old as they may get. Nothing is handed out when the watch was stopped meanwhile.
   * @throws VarveError UNKNOWN_TOPIC also when a topic is not the same any more · BROKER_UNAVAILABLE ... · what `take` throws
   */
  async refresh(take: (added: readonly TopicPartition[]) => Promise<void>): Promise<void> {
    this.isAsking = true
    try {
      const added: TopicPartition[] = []
      const seen: KnownTopic[] = []
      for (let start = 0; start < this.topics.length; start += TOPICS_AT_ONCE) {
        const names = this.topics.slice(start, start + TOPICS_AT_ONCE)
        const found = await Promise.all(
          names.map((name) => this.cache.ask(name, this.context.requestTimeoutMs, this.signal)),
        )
        added.push(...found.flatMap((topic) => this.compare(topic)))
        seen.push(...found)
      }
      if (this.isStopped) return
      if (added.length > 0) await take(added)
      for (const topic of seen) this.known.set(topic.name, topic)
    } finally {
      this.isAsking = false
      this.dueMs = this.context.clock.monotonicMs() + this.maxAgeMs
    }
  }

  get hasStopped(): boolean {
    return this.isStopped
  }

  /** The topics are not read any more. */
  stop(): void {
    this.isStopped = true
  }

  private compare(topic: KnownTopic): TopicPartition[] {
    const before = this.known.get(topic.name)
    if (before !== undefined && before.id !== topic.id) {
      throw new VarveError('UNKNOWN_TOPIC', `${topic.name} was deleted and made anew`, {
        details: { topic: topic.name },
      })
    }
    const added: TopicPartition[] = []
    for (let partition = before?.partitions ?? 0; partition < topic.partitions; partition++) {
      added.push({ topic: topic.name, partition })
    }
    return added
  }
}
