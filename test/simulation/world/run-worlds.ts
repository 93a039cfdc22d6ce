// Runs simulated worlds from a seed. A world that fails is run again as a smaller one, as long as it fails, and told with everything that
// it takes to see it again: the seed, the commit, what is left of its plan, and the latest events of its trace.
import { execFileSync } from 'node:child_process'
import { type ShrinkBudget, shrinkList, simplifyItems } from './shrink.ts'
import { SimWorld, type WorldCounts, type WorldOptions, type WorldResult } from './sim-world.ts'
import { describeStep, planWorld, type WorldPlan, type WorldStep } from './world-plan.ts'

/** About as many steps as a plan has unless told. */
const WORLD_STEPS = 60
const SHRINK_RUNS_MAX = 400
/** Of what crashes leave, for each attempt. */
const DRAWS = 7
/** By the draw. */
const TURNS_BEFORE_CRASH = [undefined, undefined, 15, 30, 60, 100, 100]
const TRACE_LINES = 40

interface RunWorldsOptions extends WorldOptions {
  readonly seed: string | number
  readonly runs: number
  /** The number of the first one, to repeat one of many. */
  readonly firstRun?: number
  readonly steps?: number
  /** False: fails with the plan as it is. */
  readonly shrinks?: boolean
  /** Ends the runs: asked before each. */
  readonly isOver?: () => boolean
}

type WorldTotals = WorldCounts & { worlds: number }

/** A world in which a promise was broken. */
export class WorldFailure extends Error {
  readonly plan: WorldPlan
  readonly result: WorldResult

  constructor(name: string, plan: WorldPlan, result: WorldResult, wholeSteps: number) {
    super(
      [
        `world ${name} at ${commitName()}: ${result.violation ?? ''}`,
        `${plan.steps.length} of ${wholeSteps} steps, trace ${result.traceHash}:`,
        ...plan.steps.map((step, index) => `  ${index}. ${describeStep(step)}`),
        'the plan:',
        `  ${JSON.stringify(plan)}`,
        'the latest events:',
        ...result.trace.slice(-TRACE_LINES).map((line) => `  ${line}`),
      ].join('\n'),
    )
    this.name = 'WorldFailure'
    this.plan = plan
    this.result = result
  }
}

/** @throws WorldFailure of the first world that fails */
export async function runWorlds(options: RunWorldsOptions): Promise<WorldTotals> {
  const { seed, runs, firstRun = 0, steps = WORLD_STEPS, shrinks = true, isOver } = options
  const totals: Partial<Record<keyof WorldTotals, number>> = { worlds: 0 }
  for (let run = firstRun; run < firstRun + runs && isOver?.() !== true; run++) {
    const plan = planWorld(`${seed}/${run}`, steps)
    const result = await new SimWorld(plan, options).run()
    totals.worlds = (totals.worlds ?? 0) + 1
    for (const [name, count] of Object.entries(result.counts) as [keyof WorldCounts, number][]) {
      totals[name] = (totals[name] ?? 0) + count
    }
    if (result.violation === undefined) continue
    const smaller = shrinks ? await shrinkWorld(plan, options) : plan
    const again = await new SimWorld(smaller, options).run()
    throw new WorldFailure(`${seed}/${run}`, smaller, again, plan.steps.length)
  }
  return totals as WorldTotals
}

/** A smaller plan that fails too: fewer steps, and of those that are left the simplest. */
async function shrinkWorld(
  plan: WorldPlan,
  options: WorldOptions,
  budget: ShrinkBudget = { runs: SHRINK_RUNS_MAX },
): Promise<WorldPlan> {
  const failing = async (
    steps: readonly WorldStep[],
  ): Promise<readonly WorldStep[] | undefined> => {
    // What a crash leaves is drawn: where another draw fails too, fewer steps will do.
    for (let draw = 0; draw < DRAWS; draw++) {
      const drawn = draw === 0 ? steps : redrawn(steps, draw)
      const result = await new SimWorld({ ...plan, steps: drawn }, options).run()
      if (result.violation !== undefined) return drawn
      if (!steps.some(({ kind }) => kind === 'crash')) return undefined
    }
    return undefined
  }
  const few = await shrinkList(plan.steps, failing, budget)
  const simple = await simplifyItems(few, simplerSteps, failing, budget)
  return { ...plan, steps: await shrinkList(simple, failing, budget) }
}

/** With crashes that leave something else, and some time for what goes before them to come to an end. */
function redrawn(steps: readonly WorldStep[], draw: number): readonly WorldStep[] {
  return steps.map((step, index) => {
    if (step.kind === 'crash') return { ...step, seed: draw }
    const isBefore = steps[index + 1]?.kind === 'crash'
    return isBefore ? { ...step, turns: TURNS_BEFORE_CRASH[draw] ?? step.turns } : step
  })
}

function simplerSteps(step: WorldStep): readonly WorldStep[] {
  const attempts: WorldStep[] = []
  if (step.turns > 0) attempts.push({ ...step, turns: 0 })
  if (step.kind === 'send' && (step.records > 1 || step.bytes > 24)) {
    attempts.push({ ...step, records: 1, bytes: 24, turns: 0 }, { ...step, records: 1, bytes: 24 })
  }
  if (step.kind === 'crash' && step.moment === 'during')
    attempts.unshift({ ...step, moment: 'now' })
  if (step.kind === 'fault' && step.skip > 0) attempts.unshift({ ...step, skip: 0 })
  return attempts
}

function commitName(): string {
  try {
    const words = ['rev-parse', '--short', 'HEAD']
    return execFileSync('git', words, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return 'an unknown commit'
  }
}
