// The power fails, or the process is killed, at every change that random lives of a partition make on their disk, under every policy of
// flushing; some of the starts that follow are cut off as well. As many starts as there is time for.
import { expect, it } from 'vitest'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { at } from '../support/batches.ts'
import { seeded } from '../support/seed.ts'
import { AppendLedger } from './append-ledger.ts'
import { liveOnce, type Moment, POLICIES, type Policy, recoverPartition } from './crash-life.ts'
import { fail } from './log-model.ts'

const CI_MS = 8_000
const STEPS = 8
const PHASES = 2
/** Of each phase so many moments are tried in CI, so that each policy gets its share; for longer, all of them. */
const CI_MOMENTS = 120
/** However slow the machine is. */
const RECOVERIES_MIN = 100
const counts = {
  ...{ lives: 0, moments: 0, recoveries: 0, again: 0, cutRecoveries: 0, tornBytes: 0 },
  policies: { synced: 0, written: 0, 'flush.ms': 0, 'flush.messages': 0 },
}

/** A start that is cut off somewhere; then the moment is what it leaves. */
async function cutStart(
  moment: Moment,
  ledger: AppendLedger,
  policy: Policy,
  random: SeededRandom,
): Promise<Moment> {
  const { operations } = moment.machine
  const change = operations.changeCount + 1 + random.integer(25)
  operations.stopAtChange(
    change,
    (['before', 'during', 'after'] as const)[random.integer(3)] ?? 'before',
  )
  let { mark } = moment
  try {
    const recovered = await recoverPartition(moment, ledger, policy)
    // What is found is durable, and shown.
    if (recovered !== undefined) mark = ledger.adopt(recovered.found, mark).mark()
  } catch (error) {
    if (!operations.isStopped) throw error
  }
  counts.cutRecoveries++
  const machine = moment.machine.crash(random)
  return { ...moment, machine, mark: { ...moment.mark, syncedEnd: mark.syncedEnd }, isKill: false }
}

async function tryMoment(
  first: Moment,
  ledger: AppendLedger,
  policy: Policy,
  random: SeededRandom,
): Promise<{ machine: SimFileSystem; ledger: AppendLedger } | undefined> {
  const moment = random.integer(6) === 0 ? await cutStart(first, ledger, policy, random) : first
  const recovered = await recoverPartition(moment, ledger, policy)
  counts.recoveries++
  counts.policies[policy]++
  if (recovered === undefined) return undefined
  const { found, log, tornBytes } = recovered
  counts.tornBytes += tornBytes
  const next = ledger.adopt(found, moment.mark)
  if (random.integer(6) === 0) {
    const { number, batch } = next.next(1, 20)
    const result = await log.append({ batch, durability: 'synced' })
    if (result.baseOffset !== found.end) fail(`L1: appended at ${result.baseOffset}`)
    next.acknowledge(number, result)
    const old = log.endOffsetForEpoch(moment.mark.epoch)
    if (old !== undefined && old.endOffset > at(found.end)) fail('D4: the old epoch did not end')
  }
  if (random.integer(6) === 0) {
    // Once more: what a start has found stays, without one more write and whatever happens then.
    const machine =
      random.integer(2) === 0 ? moment.machine.afterKill() : moment.machine.crash(random)
    const again = { ...moment, machine, mark: next.mark(), isKill: true }
    const twice = await recoverPartition(again, next, policy)
    counts.again++
    counts.recoveries++
    if (twice === undefined || twice.found.start !== found.start) fail('R5: a second start differs')
    if (twice.tornBytes > 0 && next.mark().acknowledged === found.batches.length) {
      fail('R5: a second start cuts again')
    }
    return { machine, ledger: next.adopt(twice.found, next.mark()) }
  }
  return { machine: moment.machine, ledger: next }
}

it('keeps every promise through crashes at every change, under every policy', {
  timeout: 36_000_000,
}, async () => {
  const { seed, runs } = seeded('CRASH_SIM', 1_000_000)
  const isLong = process.env['CRASH_SIM_RUNS'] !== undefined
  const limitMs = Number(process.env['CRASH_SIM_MS'] ?? (isLong ? Infinity : CI_MS))
  const startedMs = performance.now()
  const isOver = (): boolean => performance.now() - startedMs > limitMs
  // Errors of the simulated disk are made by the thousand: where they come from is of no interest.
  const { stackTraceLimit } = Error
  for (let run = 0; run < runs && !isOver(); run++) {
    const name = `${seed}/${run}`
    const random = new SeededRandom(name)
    const policy = POLICIES[run % POLICIES.length] ?? 'synced'
    let machine = new SimFileSystem({ scheduling: new SeededRandom(`${name}/disk`) })
    let ledger = new AppendLedger(policy === 'synced')
    counts.lives++
    for (let phase = 0; phase < PHASES && !isOver(); phase++) {
      Error.stackTraceLimit = 0
      const moments = await liveOnce(machine, ledger, policy, random, STEPS)
      counts.moments += moments.length
      let goOn: Awaited<ReturnType<typeof tryMoment>>
      const leftOut = isLong ? 0 : Math.max(0, moments.length - CI_MOMENTS)
      for (let out = 0; out < leftOut; out++) moments.splice(random.integer(moments.length), 1)
      const goOnAt = random.integer(moments.length)
      for (const [index, moment] of moments.entries()) {
        if (isOver() && counts.recoveries >= RECOVERIES_MIN) break
        try {
          const after = await tryMoment(moment, ledger, policy, random)
          if (index >= goOnAt) goOn ??= after
        } catch (error) {
          Error.stackTraceLimit = stackTraceLimit
          const where = `seed ${seed}, run ${run} (${policy}), phase ${phase}, change ${moment.change}`
          throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, {
            cause: error,
          })
        }
      }
      Error.stackTraceLimit = stackTraceLimit
      if (goOn === undefined) break
      machine = goOn.machine.afterKill()
      ledger = goOn.ledger
    }
  }
  const seconds = (performance.now() - startedMs) / 1_000
  const perMinute = Math.round((counts.recoveries / seconds) * 60)
  console.log(`crash simulator: ${JSON.stringify({ seed, seconds, perMinute, ...counts })}`)
  expect(counts.recoveries).toBeGreaterThanOrEqual(Math.min(RECOVERIES_MIN, runs))
})
