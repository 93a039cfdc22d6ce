// What is done to a system under chaos. The one that is always at hand kills the broker; tests bring worse ones.
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'

export interface ChaosAttack {
  readonly clock: Clock
  /** Decides what is done and when; seeded. */
  readonly random: Random
  /** Of the clock's monotonic time: nothing new begins after it, and what was done is undone by then or a little later. */
  readonly endMs: number
  /** No more attacks. */
  readonly signal: AbortSignal
  /** Rejects when a client failed for good, and never resolves. */
  readonly failed: Promise<never>
  /** Into the history, and counted. */
  readonly note: (what: string) => void
  /** kill -9, and a new start on the same files. */
  readonly killBroker: () => Promise<void>
  /** One client, drawn at random, is gone from one moment to the next. */
  readonly crashClient: () => void
}

/** Attacks until the end; when it resolves nothing is broken any more. */
export type ChaosNemesis = (attack: ChaosAttack) => Promise<void>

const WAIT_MS_MIN = 20
const WAIT_MS_MAX = 5_000

/** Kills the broker again and again, mostly within a second or two, sometimes right after it came up, sometimes long after. */
export const killAgainAndAgain: ChaosNemesis = async (attack) => {
  const { clock, random, endMs, signal, failed } = attack
  while (clock.monotonicMs() < endMs && !signal.aborted) {
    const drawnMs = WAIT_MS_MIN + WAIT_MS_MAX * (random.integer(1_000) / 1_000) ** 2
    await Promise.race([clock.sleep(Math.min(drawnMs, endMs - clock.monotonicMs())), failed])
    await attack.killBroker()
    if (random.integer(4) === 0) attack.crashClient()
  }
}
