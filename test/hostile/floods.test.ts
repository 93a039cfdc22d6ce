// A sample of the attacks, each on a broker of its own with honest clients beside it; `npx tsx test/hostile/run-floods.ts` runs all of them, and for
// as long as one likes. Counts and sizes are judged; times only where they are far from what they are.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { lineOf, tryAttack } from './attack-trial.ts'
import { Attacker } from './attacker.ts'

const MIB = 1024 * 1024
const SECONDS = Number(process.env['FLOOD_SECONDS'] ?? 1.5)

let attacker: Attacker

beforeAll(async () => {
  attacker = await Attacker.start()
})

afterAll(async () => {
  await attacker.stop()
})

interface Expected {
  /** Whether connections are cut for it. */
  readonly isCut: boolean
}

const sample: readonly (readonly [attack: string, expected: Expected])[] = [
  ['calls that are reset at once', { isCut: true }],
  ['priorities that depend on each other in a ring', { isCut: true }],
  ['data of one byte, on as many calls as there may be', { isCut: true }],
  ['headers that unpack to a thousand times their size', { isCut: false }],
  ['connections that stay after they broke the protocol', { isCut: true }],
]

describe('honest clients go on, and memory is bounded, beside', () => {
  it.each(sample)('%s', async (attack, { isCut }) => {
    const trial = await tryAttack({
      attacker,
      dataDir: await temporaryDirectory(),
      attack,
      baseSeconds: 0.5,
      seconds: SECONDS,
    })
    console.log(lineOf(trial))
    expect(trial.isRunning).toBe(true)
    expect(trial.unexpectedLines).toEqual([])
    expect(trial.base.failed + trial.during.failed + trial.after.failed).toBe(0)
    expect(trial.during.requests).toBeGreaterThan(0)
    expect(trial.after.requests).toBeGreaterThan(0)
    expect(trial.connectionsLeft).toBe(0)
    // The goal is 5 s on a machine of its own.
    expect(trial.goneMs).toBeLessThan(30_000)
    // The attacker may be told of its end only when it looks.
    if (isCut) expect(trial.tally.connectionsCut + trial.tally.goAways).toBeGreaterThan(0)
    expect(trial.residentMost - trial.residentBefore).toBeLessThan(128 * MIB)
    // The goal is a quarter of a second on a machine of its own.
    expect(trial.lagMs).toBeLessThan(3_000)
  })
})
