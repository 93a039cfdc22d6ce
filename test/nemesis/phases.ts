// What is done to a broker, its clients and the network between them, in phases: each draws some of the attacks, or none, and undoes them at its end.
import { writeFileSync } from 'node:fs'
import type { ChaosAttack, ChaosNemesis } from '../../src/bench/chaos/chaos-nemesis.ts'
import type { TcpProxy } from './tcp-proxy.ts'

export interface Victims {
  /** Of the broker that runs now. */
  readonly pid: () => number
  /** Read by the broker's clock (jump-clock.mjs). */
  readonly clockFile: string
  /** The ways of all clients that live. */
  readonly proxies: ReadonlySet<TcpProxy>
}

export interface PhaseLengths {
  readonly phaseMsMin: number
  readonly phaseMsMax: number
  readonly stopMsMax: number
}

const HOUR_MS = 3_600_000
/** One phase in so many has no faults. */
const CALM_RARITY = 4

type Attack = (attack: ChaosAttack, victims: Victims, untilMs: number) => Promise<void>

const kills: Attack = async (attack, _, untilMs) => {
  await repeat(attack, untilMs, 2_500, async () => {
    await attack.killBroker()
  })
}

/** The process stands still: nothing is lost, and everybody waits. It may last beyond its phase. */
const stops =
  ({ stopMsMax }: PhaseLengths): Attack =>
  async (attack, { pid }) => {
    const stopMs = 500 + attack.random.integer(stopMsMax)
    attack.note('broker stopped')
    const stopped = pid()
    signal(stopped, 'SIGSTOP')
    await attack.clock.sleep(stopMs)
    signal(stopped, 'SIGCONT')
  }

const delays: Attack = async (attack, { proxies }, untilMs) => {
  const chosen = some(attack, proxies)
  attack.note('network delayed')
  const delayMs = 5 + attack.random.integer(400)
  for (const proxy of chosen) proxy.trouble = { kind: 'delay', delayMs }
  await sleepUntil(attack, untilMs)
  for (const proxy of chosen) proxy.trouble = { kind: 'none' }
}

const resets: Attack = async (attack, { proxies }, untilMs) => {
  await repeat(attack, untilMs, 1_500, async () => {
    attack.note('connections reset')
    for (const proxy of some(attack, proxies)) proxy.reset()
  })
}

const clockJumps: Attack = async (attack, { clockFile, pid }, untilMs) => {
  const jumpMs = (attack.random.integer(2) === 0 ? -1 : 1) * (1 + attack.random.integer(HOUR_MS))
  attack.note(jumpMs < 0 ? 'clock set back' : 'clock set forward')
  const jump = (ms: number): void => {
    writeFileSync(clockFile, `${ms}`)
    signal(pid(), 'SIGUSR2')
  }
  jump(jumpMs)
  await sleepUntil(attack, untilMs)
  jump(0)
}

const crashes: Attack = async (attack, _, untilMs) => {
  await repeat(attack, untilMs, 1_500, async () => {
    attack.note('client crashed')
    attack.crashClient()
  })
}

/** Clients come and go faster than the groups settle. */
const storm: Attack = async (attack, _, untilMs) => {
  attack.note('storm of rebalances')
  await repeat(attack, untilMs, 300, async () => {
    attack.crashClient()
  })
}

/** Those of the broker's process exclude one another: a stopped one is not killed. */
function attacksOf(lengths: PhaseLengths): { process: Attack[]; others: Attack[] } {
  return {
    process: [kills, stops(lengths), clockJumps],
    others: [troubled('partition'), troubled('half-open'), delays, resets, crashes, storm],
  }
}

/** Phases until the end of the attack. */
export function phases(victims: Victims, lengths: PhaseLengths): ChaosNemesis {
  const attacks = attacksOf(lengths)
  return async (attack) => {
    const { clock, random, endMs, signal: over, failed } = attack
    while (clock.monotonicMs() < endMs && !over.aborted) {
      const span = lengths.phaseMsMax - lengths.phaseMsMin
      const phaseMs = lengths.phaseMsMin + random.integer(span)
      const untilMs = Math.min(endMs, clock.monotonicMs() + phaseMs)
      const isCalm = random.integer(CALM_RARITY) === 0
      const onProcess = random.integer(3) > 0 ? attacks.process[random.integer(3)] : undefined
      const besides = attacks.others.filter(() => random.integer(4) === 0)
      const chosen = isCalm ? [] : [...besides, ...(onProcess === undefined ? [] : [onProcess])]
      attack.note(chosen.length === 0 ? 'calm phase' : 'phase')
      const all = Promise.all(chosen.map((one) => one(attack, victims, untilMs)))
      await Promise.race([all, failed])
      await Promise.race([sleepUntil(attack, untilMs), failed])
    }
  }
}

function troubled(kind: 'partition' | 'half-open'): Attack {
  return async (attack, { proxies }, untilMs) => {
    const chosen = some(attack, proxies)
    attack.note(kind)
    for (const proxy of chosen) proxy.trouble = { kind }
    await sleepUntil(attack, untilMs)
    for (const proxy of chosen) {
      proxy.trouble = { kind: 'none' }
      // What waited passes now, or the connection was given up meanwhile.
      if (attack.random.integer(2) === 0) proxy.reset()
    }
  }
}

/** About half of them; at times all. */
function some({ random }: ChaosAttack, proxies: ReadonlySet<TcpProxy>): TcpProxy[] {
  if (random.integer(3) === 0) return [...proxies]
  return [...proxies].filter(() => random.integer(2) === 0)
}

async function repeat(
  attack: ChaosAttack,
  untilMs: number,
  everyMsMax: number,
  action: () => Promise<void>,
): Promise<void> {
  while (attack.clock.monotonicMs() < untilMs && !attack.signal.aborted) {
    await attack.clock.sleep(20 + attack.random.integer(everyMsMax))
    await action()
  }
}

async function sleepUntil({ clock }: ChaosAttack, untilMs: number): Promise<void> {
  await clock.sleep(Math.max(0, untilMs - clock.monotonicMs()))
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It is just being started again.
  }
}
