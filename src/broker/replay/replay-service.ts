// Opens replay sessions and keeps count of them. Invariants: how many there are, in all and of one connection, is bounded; when the
// broker closes each of them ends.
import { VarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import type { BrokerMetrics } from '../broker-metrics.ts'
import type { RequestGate } from '../request-gate.ts'
import type { TopicCatalog } from '../topic-catalog.ts'
import { Replay } from './replay.ts'
import type { ReplayCounts } from './replay-counts.ts'
import { type CommittedOffsets, findEndMs, findPlaces } from './replay-places.ts'
import type { ReplayOptions } from './replay-words.ts'

interface ReplayServiceParts {
  readonly catalog: TopicCatalog
  readonly gate: RequestGate
  readonly clock: Clock
  readonly random: Random
  readonly limits: Limits
  readonly metrics: BrokerMetrics
  readonly committed: CommittedOffsets
}

export class ReplayService {
  /** To be shown. */
  readonly counts: ReplayCounts = { open: 0, partitions: 0, opened: 0, refused: 0, slow: 0 }
  readonly #parts: ReplayServiceParts
  readonly #open = new Set<Replay>()
  readonly #openByPeer = new Map<string, number>()

  constructor(parts: ReplayServiceParts) {
    this.#parts = parts
  }

  /**
   * A session whose places are found; it is the caller's to end.
   * @throws VarveError TOO_MANY_REPLAYS · NOT_READY · what findPlaces throws
   */
  async open(options: ReplayOptions): Promise<Replay> {
    const { gate, clock, random, limits, metrics, catalog, committed } = this.#parts
    const leave = this.#enter(options.peer)
    try {
      return await gate.run(async () => {
        const partitionsMax = limits.replayPlacesMax
        const partitions = await findPlaces({ catalog, committed, partitionsMax }, options)
        const isTimed = options.pace.kind === 'speed' && !options.isFollowing
        const replay: Replay = new Replay({
          ...{ catalog, gate, clock, metrics, options, partitions },
          sessionId: options.sessionId || Buffer.from(random.bytes(9)).toString('base64url'),
          lateMs: limits.replayLateMs,
          endMs: isTimed ? await findEndMs(partitions) : undefined,
          onEnd: () => {
            this.#open.delete(replay)
            this.counts.partitions -= partitions.length
            leave()
          },
        })
        this.#open.add(replay)
        this.counts.opened++
        this.counts.partitions += partitions.length
        // Closing may have begun while places were looked for.
        if (gate.isClosing) replay.end(new VarveError('NOT_READY', 'the broker is stopping'))
        return replay
      })
    } catch (error) {
      leave()
      throw error
    }
  }

  /** Ends all of them: the broker closes. */
  close(): void {
    for (const replay of [...this.#open]) {
      replay.end(new VarveError('NOT_READY', 'the broker is stopping'))
    }
  }

  /** @returns gives the room back; safe to call twice */
  #enter(peer: string): () => void {
    this.#parts.gate.check()
    const { replaysMax, replaysPerConnectionMax } = this.#parts.limits
    const ofPeer = this.#openByPeer.get(peer) ?? 0
    if (this.counts.open >= replaysMax) throw this.#refusal('replays are open', replaysMax)
    if (ofPeer >= replaysPerConnectionMax) {
      throw this.#refusal('replays are open on this connection', replaysPerConnectionMax)
    }
    this.counts.open++
    this.#openByPeer.set(peer, ofPeer + 1)
    let hasLeft = false
    return () => {
      if (hasLeft) return
      hasLeft = true
      this.counts.open--
      const left = (this.#openByPeer.get(peer) ?? 1) - 1
      if (left === 0) this.#openByPeer.delete(peer)
      else this.#openByPeer.set(peer, left)
    }
  }

  #refusal(what: string, max: number): VarveError {
    this.counts.refused++
    return new VarveError('TOO_MANY_REPLAYS', `${max} ${what}, as many as there may be`, {
      details: { max },
    })
  }
}
