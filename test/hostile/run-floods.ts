// Attacks a broker in every way that there is, one after the other, and prints what each cost; then a line of JSON with counts, and what was not as it
// should be. Ends with 1 when something was not.
//   npx tsx test/hostile/run-floods.ts [--seconds 10] [--total-seconds 0] [--seed N] [--only TEXT] [--skip 0] [--take 1000]
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { LIMITS } from '../../src/domain/limits.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { lineOf, type TrialFigures, tryAttack } from './attack-trial.ts'
import { Attacker } from './attacker.ts'
import { allAttacks } from './attacks/all-attacks.ts'

// What was started ends with this.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const { values } = parseArgs({
  options: {
    /** Of each attack. */
    seconds: { type: 'string', default: '10' },
    /** After which no further attack begins; 0: all of them, once. */
    'total-seconds': { type: 'string', default: '0' },
    /** Of the order of the attacks, where there is no time for all of them. */
    seed: { type: 'string', default: `${randomInt(2 ** 31)}` },
    only: { type: 'string', default: '' },
    skip: { type: 'string', default: '0' },
    take: { type: 'string', default: '1000' },
  },
})
const MIB = 1024 * 1024
/** The goals are 64 MiB and 5 s on a machine of its own. */
const GROWTH_MIB_MAX = 128
/** Calls that are held open cost what their limit says: so many of one address, 20 KiB each at most. */
const HELD_CALLS_MIB_MAX = (LIMITS.callsPerAddressMax * 20) / 1024
const HOLDS_CALLS: ReadonlySet<string> = new Set(['calls that never say anything'])
const GONE_MS_MAX = 30_000
const totalSeconds = Number(values['total-seconds'])
const endsAt = totalSeconds === 0 ? Infinity : performance.now() + totalSeconds * 1_000
const skip = Number(values.skip)
const seed = Number(values.seed)

const chosen = allAttacks
  .filter(({ name }) => name.includes(values.only))
  .slice(skip, skip + Number(values.take))
if (endsAt < Infinity) shuffle(chosen, new SeededRandom(seed))

const directory = mkdtempSync(join(tmpdir(), 'varve-hostile-'))
const attacker = await Attacker.start()
const trials: TrialFigures[] = []
try {
  while (trials.length < chosen.length && performance.now() < endsAt) {
    const attack = chosen[trials.length]?.name ?? ''
    const trial = await tryAttack({
      attacker,
      dataDir: join(directory, `${trials.length}`),
      attack,
      baseSeconds: 2,
      seconds: Number(values.seconds),
    })
    trials.push(trial)
    console.log(lineOf(trial))
  }
} finally {
  await attacker.stop()
  rmSync(directory, { recursive: true, force: true })
}
const growthMibMax = (attack: string): number =>
  HOLDS_CALLS.has(attack) ? HELD_CALLS_MIB_MAX : GROWTH_MIB_MAX
const most = (of: (trial: TrialFigures) => number): number =>
  Math.round(Math.max(...trials.map(of)))
const bad = trials.filter(
  (trial) =>
    !trial.isRunning ||
    trial.connectionsLeft > 0 ||
    trial.residentMost - trial.residentBefore > growthMibMax(trial.attack) * MIB ||
    trial.goneMs > GONE_MS_MAX ||
    trial.unexpectedLines.length > 0 ||
    trial.base.failed + trial.during.failed + trial.after.failed > 0,
)
console.log(
  JSON.stringify({
    attacks: trials.length,
    seed,
    seconds: Number(values.seconds),
    sentMib: Math.round(trials.reduce((sum, { tally }) => sum + tally.bytesSent, 0) / MIB),
    connections: trials.reduce((sum, { tally }) => sum + tally.connectionsOpened, 0),
    residentGrowthMibMost: most((trial) => (trial.residentMost - trial.residentBefore) / MIB),
    lagMsMost: most(({ lagMs }) => lagMs),
    p99TimesBaseMost: most(({ base, during }) => during.p99Ms / base.p99Ms),
    goneMsMost: most(({ goneMs }) => goneMs),
    bad: bad.map(({ attack }) => attack),
  }),
)
process.exitCode = bad.length === 0 ? 0 : 1

function shuffle(list: unknown[], random: SeededRandom): void {
  for (let index = list.length - 1; index > 0; index--) {
    const other = random.integer(index + 1)
    ;[list[index], list[other]] = [list[other], list[index]]
  }
}
