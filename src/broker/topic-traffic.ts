// What went into and out of each topic since the start. Invariant: at most LIMITS.metricTopicsMax topics have numbers of their own;
// the others share one set under a name that no topic can have, so that sums stay right and the number of series bounded.
import { LIMITS } from '../domain/limits.ts'
import type { LiveTopic } from './live-topic.ts'

/** The `topic` of those that have no numbers of their own. Names that begin with "__" belong to the broker. */
const OTHER_TOPICS = '__other'

export interface Traffic {
  recordsIn: number
  bytesIn: number
  recordsOut: number
  bytesOut: number
}

export class TopicTraffic {
  readonly #topicsMax: number
  /** Kept while the topic lives. */
  readonly #own = new Map<LiveTopic, Traffic>()
  /** A topic that came too late for numbers of its own stays here: what was counted once must not move. */
  readonly #others = new WeakSet<LiveTopic>()
  readonly #shared = noTraffic()

  constructor(topicsMax: number = LIMITS.metricTopicsMax) {
    this.#topicsMax = topicsMax
  }

  /** Where the traffic of a topic is to be added. */
  of(topic: LiveTopic): Traffic {
    const own = this.#own.get(topic)
    if (own !== undefined) return own
    if (this.#others.has(topic)) return this.#shared
    if (this.#own.size >= this.#topicsMax) this.#forgetDeleted()
    if (this.#own.size >= this.#topicsMax) {
      this.#others.add(topic)
      return this.#shared
    }
    const traffic = noTraffic()
    this.#own.set(topic, traffic)
    return traffic
  }

  /** Everything that was counted, by name of topic; deleted topics are left out. */
  entries(): ReadonlyMap<string, Readonly<Traffic>> {
    this.#forgetDeleted()
    const entries = new Map<string, Traffic>()
    for (const [topic, traffic] of this.#own) entries.set(topic.name, traffic)
    const { recordsIn, recordsOut } = this.#shared
    if (recordsIn + recordsOut > 0) entries.set(OTHER_TOPICS, this.#shared)
    return entries
  }

  #forgetDeleted(): void {
    for (const topic of this.#own.keys()) if (topic.state === 'deleted') this.#own.delete(topic)
  }
}

function noTraffic(): Traffic {
  return { recordsIn: 0, bytesIn: 0, recordsOut: 0, bytesOut: 0 }
}
