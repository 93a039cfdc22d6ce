// Every state that a fixed scenario can be in when the power fails: at every change of the disk, with every subset of what is not synced
// and with torn writes. A broker starts on each, is judged, and comes to the same when it starts again or was cut off before. In CI a part
// of the states, drawn from a seed. For longer: CRASH_STATES_STRIDE=1 tries them all, 100 every hundredth from a place that the seed says.
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import type { SimOperation } from '../../src/platform/sim-operations.ts'
import { seeded } from '../support/seed.ts'
import { copyOf, findAndJudge, noPromises, type Promises, playScenario } from './crash-scenario.ts'
import { choicesOf, fingerprintOf } from './crash-states.ts'
import { fail } from './log-model.ts'

const CI_MS = 7_000
/** So many are drawn in CI; as many of them are tried as there is time for. */
const CI_STATES = 1_500
/** However slow the machine is. */
const TRIED_MIN = 12

const counts = {
  ...{ operations: 0, moments: 0, states: 0, tried: 0, same: 0, starts: 0, cutStarts: 0 },
  lastChange: 0,
}
const { seed } = seeded('CRASH_STATES', 1)
const random = new SeededRandom(seed)
const givenStride = Number(process.env['CRASH_STATES_STRIDE'] ?? 0)
const limitMs = Number(process.env['CRASH_STATES_MS'] ?? (givenStride > 0 ? Infinity : CI_MS))

interface State {
  readonly machine: SimFileSystem
  readonly promises: Promises
  readonly where: string
}

/** Starts on a state, and again, and again after a start that was cut off. */
async function tryState({ machine, promises }: State): Promise<void> {
  const untouched = machine.afterPowerCut(random, 'kept')
  const first = await findAndJudge(machine, promises)
  const { text } = first
  const isClosed = random.integer(2) === 0
  if (isClosed) await first.close()
  const next = isClosed ? machine.afterKill() : machine.crash(random, 'lost')
  const again = await findAndJudge(next, promises)
  if (again.text !== text) fail(`R5: a second start finds\n${again.text}\ninstead of\n${text}`)
  const { operations } = untouched
  operations.stopAtChange(1 + random.integer(60), random.integer(2) === 0 ? 'before' : 'during')
  await findAndJudge(untouched, promises).catch((error: unknown) => {
    if (!operations.isStopped) throw error
  })
  const last = await findAndJudge(untouched.crash(random), promises)
  if (last.text !== text) {
    fail(`R5: after a start that was cut off\n${last.text}\ninstead of\n${text}`)
  }
  counts.starts += 3
  counts.cutStarts++
  counts.tried++
}

async function tryAndTell(state: State): Promise<void> {
  const { stackTraceLimit } = Error
  // Errors of the simulated disk are made by the thousand: where they come from is of no interest.
  Error.stackTraceLimit = 0
  try {
    await tryState(state)
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error)
    throw new Error(`seed ${seed}, ${state.where}: ${what}`, { cause: error })
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

/** The wanted states of one moment of the scenario, each of them once. */
class States {
  readonly #seen = new Set<string>()
  readonly #stride: number
  #left: number

  constructor(stride: number) {
    this.#stride = stride
    this.#left = random.integer(stride)
  }

  *of(
    machine: SimFileSystem,
    promises: Promises,
    { change, kind, path }: SimOperation,
  ): Generator<State> {
    const isWanted = (): boolean => {
      if (this.#left-- > 0) return false
      this.#left = this.#stride - 1
      return true
    }
    let known: Promises | undefined
    for (const choice of choicesOf(machine.pendingChanges(), isWanted)) {
      const state = machine.afterChosenPowerCut(choice)
      known ??= copyOf(promises)
      const { topics, committedMin, committedMax } = known
      const promised = JSON.stringify([[...topics], committedMin, committedMax])
      const text = `${fingerprintOf(state)} ${promised}`
      const fingerprint = createHash('sha1').update(text).digest('base64').slice(0, 12)
      if (this.#seen.has(fingerprint)) {
        counts.same++
        continue
      }
      this.#seen.add(fingerprint)
      const survivors = [...choice.survivors].join(',')
      const tear = choice.tear === undefined ? '' : `, torn ${JSON.stringify(choice.tear)}`
      const where = `change ${change} (${kind} ${path}), survivors ${survivors}${tear}`
      yield { machine: state, promises: known, where }
    }
  }
}

async function countStates(): Promise<void> {
  const machine = new SimFileSystem()
  machine.operations.inject(({ change }) => {
    if (change === undefined) return undefined
    const count = (): boolean => {
      counts.states++
      return false
    }
    expect([...choicesOf(machine.pendingChanges(), count)]).toEqual([])
    return undefined
  })
  counts.operations = await playScenario(machine, noPromises())
  counts.moments = machine.operations.changeCount
}

/** As many states as CI has time for, in any order. */
async function tryDrawn(endsAt: number): Promise<void> {
  const states = new States(Math.ceil(counts.states / CI_STATES))
  const drawn: State[] = []
  const machine = new SimFileSystem()
  const promises = noPromises()
  machine.operations.inject((operation) => {
    if (operation.change !== undefined) drawn.push(...states.of(machine, promises, operation))
    return undefined
  })
  await playScenario(machine, promises)
  while (drawn.length > 0 && (performance.now() < endsAt || counts.tried < TRIED_MIN)) {
    const [one] = drawn.splice(random.integer(drawn.length), 1)
    if (one !== undefined) await tryAndTell(one)
  }
}

/** One state of so many, moment by moment: the scenario waits meanwhile. */
async function tryInOrder(stride: number, endsAt: number): Promise<void> {
  const states = new States(stride)
  const machine = new SimFileSystem()
  const promises = noPromises()
  const tryMoment = async (operation: SimOperation): Promise<void> => {
    if (performance.now() > endsAt) return
    counts.lastChange = operation.change ?? 0
    for (const state of states.of(machine, promises, operation)) {
      await tryAndTell(state)
      if (performance.now() > endsAt) return
    }
  }
  machine.operations.inject((operation) => {
    if (operation.change === undefined) return undefined
    return { kind: 'wait', until: tryMoment(operation) }
  })
  await playScenario(machine, promises)
}

it('finds everything that was promised in every state of a fixed scenario', {
  timeout: 36_000_000,
}, async () => {
  await countStates()
  const endsAt = performance.now() + limitMs
  if (givenStride > 0) await tryInOrder(givenStride, endsAt)
  else await tryDrawn(endsAt)
  console.log(`crash states: ${JSON.stringify({ seed, stride: givenStride, ...counts })}`)
  expect(counts.operations).toBeGreaterThanOrEqual(40)
  expect(counts.tried).toBeGreaterThanOrEqual(givenStride > 0 ? 1 : TRIED_MIN)
})
