// A client that is there all the time of a chaos run, in one life after the other: when it crashes, or gives up since it found no broker to begin with,
// another one with another name takes its place. Invariant: what a crashed one was still told stays in the history, under its own name.
import { isVarveError } from '../../domain/error.ts'
import type { ProcessId } from '../../history-check/history.ts'
import { type ChaosLink, type ChaosStage, now } from './chaos-stage.ts'

/** One client from its start to its crash, or to its end in order. */
export interface ChaosLife {
  readonly name: string
  readonly process: ProcessId
  readonly link: ChaosLink
  /** Finish what was begun, and end. */
  readonly stop: AbortSignal
  /** End at once. */
  readonly crashed: AbortSignal
  /** Says that the client found the broker: from then on it must outlast every outage. */
  readonly begun: () => void
}

/** Resolves when the life is over, in order or not. @throws what no client may meet */
export type LiveIt = (life: ChaosLife) => Promise<void>

export class ChaosRole {
  /** Resolves when it has stopped in order; rejects when a life failed. */
  readonly ended: Promise<void>
  /** Rejects when a life failed, and else never comes to an end. */
  readonly failed: Promise<never>
  #crash = new AbortController()
  #lives = 0

  constructor(name: string, stage: ChaosStage, stop: AbortSignal, live: LiveIt) {
    this.ended = this.#run(name, stage, stop, live)
    this.ended.catch(() => undefined)
    this.failed = this.ended.then(() => new Promise<never>(() => undefined))
    this.failed.catch(() => undefined)
  }

  get crashes(): number {
    return Math.max(0, this.#lives - 1)
  }

  /** The client is gone from one moment to the next; the next one starts at once. */
  crash(): void {
    this.#crash.abort()
  }

  async #run(name: string, stage: ChaosStage, stop: AbortSignal, live: LiveIt): Promise<void> {
    const { history } = stage
    let isTriedAgain: boolean
    do {
      const crash = new AbortController()
      this.#crash = crash
      const lifeName = this.#lives === 0 ? name : `${name}, life ${this.#lives + 1}`
      this.#lives++
      const link = stage.connect(lifeName)
      const process = history.process(lifeName)
      crash.signal.addEventListener('abort', () => link.cut?.(), { once: true })
      const found = { broker: false }
      let foundNobody = false
      const begun = (): void => {
        found.broker = true
      }
      try {
        await live({ name: lifeName, process, link, stop, crashed: crash.signal, begun })
      } catch (error) {
        foundNobody = !found.broker && isVarveError(error, 'BROKER_UNAVAILABLE')
        if (!foundNobody) throw error
      } finally {
        history.nemesis({ kind: 'stop', process, at: now(stage) })
        await link.client.close({ timeoutMs: crash.signal.aborted ? 0 : 5_000 })
        link.cut?.()
      }
      isTriedAgain = (crash.signal.aborted || foundNobody) && !stop.aborted
    } while (isTriedAgain)
  }
}

/** Resolves when one of the signals is given. */
export function aborted(signals: readonly AbortSignal[]): Promise<void> {
  const any = AbortSignal.any([...signals])
  return new Promise((resolve) => {
    const done = (): void => {
      resolve()
    }
    if (any.aborted) done()
    else any.addEventListener('abort', done, { once: true })
  })
}
