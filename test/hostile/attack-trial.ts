// One attack on a fresh broker, with honest clients beside it: what it cost in memory and time, and whether everything was as before when it was
// over.
import { setTimeout as pause } from 'node:timers/promises'
import type { Attacker } from './attacker.ts'
import type { AttackTally } from './attacks/attack.ts'
import { HonestClients, type HonestFigures } from './honest-clients.ts'
import { WatchedServer } from './watched-server.ts'

const MIB = 1024 * 1024
const SAMPLE_MS = 50
const SCRAPE_MS = 1_000
/** How long is waited for the attacker's connections to be gone. */
const AFTERWARDS_MS = 60_000

interface TrialOptions {
  readonly attacker: Attacker
  readonly dataDir: string
  readonly attack: string
  /** How long the honest are measured alone, and how long the attack goes on. */
  readonly baseSeconds: number
  readonly seconds: number
  readonly serverArgs?: readonly string[]
}

export interface TrialFigures {
  readonly attack: string
  readonly tally: AttackTally
  readonly base: HonestFigures
  readonly during: HonestFigures
  readonly after: HonestFigures
  readonly residentBefore: number
  readonly residentMost: number
  readonly residentAfter: number
  readonly lagBaseMs: number
  readonly lagMs: number
  /** From the end of the attack until its last connection was gone. */
  readonly goneMs: number
  /** Connections that the broker had beside those of the honest when it was given up. */
  readonly connectionsLeft: number
  readonly isRunning: boolean
  /** Lines of the log at error and above, and such that do not belong. */
  readonly unexpectedLines: readonly string[]
}

export async function tryAttack(options: TrialOptions): Promise<TrialFigures> {
  const { attacker, dataDir, attack, baseSeconds, seconds, serverArgs = [] } = options
  const server = await WatchedServer.start({ dataDir, args: serverArgs })
  try {
    const honest = await HonestClients.start(server.address)
    // Once for nothing: code is compiled, connections are there.
    await pause(500)
    honest.take()
    await server.takeLagMs()
    await pause(baseSeconds * 1_000)
    const base = honest.take()
    const lagBaseMs = await server.takeLagMs()
    const residentBefore = server.residentBytes
    let residentMost = residentBefore
    let isOver = false
    const watching = watch()
    const tally = await attacker.attack({ attack, address: server.address, seconds })
    const endedAt = performance.now()
    const during = honest.take()
    isOver = true
    await watching
    const lagMs = await server.takeLagMs()
    let connectionsLeft = (await server.connections()) - honest.connections
    while (connectionsLeft > 0 && performance.now() - endedAt < AFTERWARDS_MS) {
      await pause(SAMPLE_MS)
      connectionsLeft = (await server.connections()) - honest.connections
    }
    const goneMs = performance.now() - endedAt
    honest.take()
    await pause(baseSeconds * 1_000)
    const after = honest.take()
    const residentAfter = server.residentBytes
    const { isRunning } = server
    await honest.stop()
    return {
      attack,
      tally,
      base,
      during,
      after,
      residentBefore,
      residentMost,
      residentAfter,
      lagBaseMs,
      lagMs,
      goneMs,
      connectionsLeft,
      isRunning,
      unexpectedLines: server.lines.filter(isUnexpected),
    }

    async function watch(): Promise<void> {
      let scrapedAt = performance.now()
      while (!isOver) {
        residentMost = Math.max(residentMost, server.residentBytes)
        if (performance.now() - scrapedAt >= SCRAPE_MS) {
          await server.metrics()
          scrapedAt = performance.now()
        }
        await pause(SAMPLE_MS)
      }
    }
  } finally {
    await server.stop()
  }
}

/** What the broker says of an attack are warnings, by these names. */
const EXPECTED = ['connection_refused', 'connection_cut', 'call_refused']

export function isUnexpected(line: string): boolean {
  try {
    const { level, event } = JSON.parse(line) as { level?: unknown; event?: string }
    if (level === 'info' || level === 30) return false
    return event === undefined || !EXPECTED.includes(event)
  } catch {
    return true
  }
}

/** One line of what was measured. */
export function lineOf(trial: TrialFigures): string {
  const { tally, base, during, after } = trial
  const mib = (bytes: number): string => (bytes / MIB).toFixed(0)
  return [
    trial.attack,
    `sent ${mib(tally.bytesSent)} MiB on ${tally.connectionsOpened} connections (${tally.connectionsCut} cut, ${tally.goAways} goodbyes)`,
    `resident +${mib(trial.residentMost - trial.residentBefore)} MiB (after +${mib(trial.residentAfter - trial.residentBefore)})`,
    `event loop ${trial.lagMs.toFixed(0)} ms late at most (${trial.lagBaseMs.toFixed(0)})`,
    `p99 ${base.p99Ms.toFixed(1)} / ${during.p99Ms.toFixed(1)} / ${after.p99Ms.toFixed(1)} ms, worst ${during.worstMs.toFixed(0)}, ${during.requests} requests, ${base.failed + during.failed + after.failed} failed`,
    `gone after ${trial.goneMs.toFixed(0)} ms, ${trial.connectionsLeft} left`,
    ...(trial.isRunning ? [] : ['THE BROKER ENDED']),
    ...trial.unexpectedLines.slice(0, 3),
  ].join(' · ')
}
