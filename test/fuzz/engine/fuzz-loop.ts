// The fuzzer: takes a known input, changes it, runs it, and keeps it when it reached something new. What goes wrong is made as small as
// it can be and reported once for each kind: something thrown that is no coded refusal, something that must hold and does not, a run
// of more than 100 ms, more memory than an input may cost.
import { getHeapStatistics } from 'node:v8'
import type { AllocationMeter } from './allocation-meter.ts'
import { BranchMap } from './branch-map.ts'
import { FuzzRandom } from './fuzz-random.ts'
import type { FuzzTarget } from './fuzz-target.ts'
import { Mutator } from './mutator.ts'

/** Bound of the catalogue for one input. */
const RUN_MS_MAX = 100
/** What the heap may grow by in one run, beside garbage: far above what any decoder needs. */
const HEAP_BYTES_MAX = 64 * 1024 * 1024
const HEAP_LOOK_RUNS = 4096
const FINDINGS_MAX = 8
const DEFAULT_BYTES_MAX = 4096

export interface FuzzLimits {
  readonly seed: string
  readonly runsMax: number
  readonly secondsMax: number
  /** Whether the fewest inputs are looked for that reach all of it. */
  readonly findsFewest: boolean
}

export interface FoundFailure {
  readonly error: string
  /** In base64. */
  readonly input: string
}

export interface FuzzResult {
  readonly runs: number
  readonly seconds: number
  readonly failures: readonly FoundFailure[]
  /** Indexes of branches that nothing reached. */
  readonly missing: readonly number[]
  /** Inputs that, with the target's own, reach all branches that were reached, in base64. */
  readonly corpus: readonly string[]
}

/** Told before each run, so that somebody else can see what a run that never ends was given. */
export type Witness = (input: Buffer) => void

export class FuzzLoop {
  readonly #target: FuzzTarget
  readonly #limits: FuzzLimits
  readonly #random: FuzzRandom
  readonly #map: BranchMap
  readonly #meter: AllocationMeter
  readonly #witness: Witness
  readonly #inputs: Buffer[] = []
  readonly #failures = new Map<string, FoundFailure>()
  #runs = 0

  constructor(
    target: FuzzTarget,
    limits: FuzzLimits,
    parts: { readonly map: BranchMap; readonly meter: AllocationMeter; readonly witness: Witness },
  ) {
    this.#target = target
    this.#limits = limits
    this.#random = new FuzzRandom(`${limits.seed} ${target.name}`)
    this.#map = parts.map
    this.#meter = parts.meter
    this.#witness = parts.witness
  }

  /** @param known inputs of earlier runs: those that once failed are among them */
  async run(known: readonly Buffer[]): Promise<FuzzResult> {
    const start = performance.now()
    // What was reached when the modules were loaded.
    this.#map.take()
    const first = [Buffer.alloc(0), ...this.#target.seeds(), ...known]
    for (const input of first) {
      this.#inputs.push(input)
      await this.#try(input)
    }
    const isUp = (): boolean => performance.now() - start > this.#limits.secondsMax * 1000
    const mutator = this.#mutator()
    while (this.#runs < this.#limits.runsMax && this.#failures.size < FINDINGS_MAX) {
      if ((this.#runs & 0xff) === 0 && isUp()) break
      const input = this.#mended(mutator.mutate(this.#parent()))
      if (await this.#try(input)) this.#inputs.push(input)
    }
    return {
      runs: this.#runs,
      seconds: (performance.now() - start) / 1000,
      failures: [...this.#failures.values()],
      missing: this.#map.missing,
      corpus: this.#limits.findsFewest ? await this.#fewestInputs() : [],
    }
  }

  #mutator(): Mutator {
    const { words = [], bytesMax = DEFAULT_BYTES_MAX } = this.#target
    return new Mutator({
      random: this.#random,
      words: words.map((word) => Buffer.from(word as string)),
      bytesMax,
      other: () => this.#random.pick(this.#inputs),
    })
  }

  /** Any input, the newest more often. */
  #parent(): Buffer {
    const inputs = this.#inputs
    if (!this.#random.oneIn(3)) return this.#random.pick(inputs)
    return inputs[inputs.length - 1 - this.#random.below(Math.min(16, inputs.length))] as Buffer
  }

  #mended(input: Buffer): Buffer {
    const { mend } = this.#target
    return mend === undefined || this.#random.oneIn(4) ? input : mend(input, this.#random)
  }

  /** @returns whether the input reached something new */
  async #try(input: Buffer): Promise<boolean> {
    this.#runs++
    this.#map.clear()
    const problem = await this.#problemOf(input)
    if (problem !== undefined) await this.#report(input, problem)
    return this.#map.take() > 0
  }

  async #problemOf(input: Buffer): Promise<string | undefined> {
    const { run, allocatedBytesMax } = this.#target
    this.#witness(input)
    const looksAtHeap = this.#runs % HEAP_LOOK_RUNS === 0
    const heapBefore = looksAtHeap ? getHeapStatistics().used_heap_size : 0
    this.#meter.bytes = 0
    const start = performance.now()
    try {
      const pending = run(input)
      if (pending !== undefined) await pending
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`
    }
    const took = performance.now() - start
    if (took > RUN_MS_MAX) return await this.#slowness(input, took)
    const allowed = allocatedBytesMax(input.length)
    if (this.#meter.bytes > allowed) {
      return `allocation: more than ${allowed} bytes of buffers for ${input.length} bytes`
    }
    if (looksAtHeap && getHeapStatistics().used_heap_size - heapBefore > HEAP_BYTES_MAX) {
      return `heap: more than ${HEAP_BYTES_MAX} bytes for ${input.length} bytes`
    }
    return undefined
  }

  /** The machine may have been busy: only what is slow each time is. */
  async #slowness(input: Buffer, first: number): Promise<string | undefined> {
    let least = first
    for (let again = 0; again < 5; again++) {
      const start = performance.now()
      await this.#target.run(input)
      least = Math.min(least, performance.now() - start)
    }
    return least > RUN_MS_MAX ? `slow: more than ${RUN_MS_MAX} ms` : undefined
  }

  async #report(input: Buffer, problem: string): Promise<void> {
    const kind = kindOf(problem)
    if (this.#failures.has(kind)) return
    const smallest = await this.#smallest(input, kind)
    this.#failures.set(kind, { error: problem, input: smallest.toString('base64') })
  }

  /** Takes pieces away, half of it, a quarter, down to single bytes, as long as it fails in the same way. */
  async #smallest(input: Buffer, kind: string): Promise<Buffer> {
    let smallest = input
    for (let size = input.length >>> 1; size >= 1; size >>>= 1) {
      for (let at = 0; at < smallest.length; ) {
        const candidate = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + size)])
        const problem = await this.#problemOf(candidate)
        if (problem !== undefined && kindOf(problem) === kind) smallest = candidate
        else at += size
      }
    }
    return smallest
  }

  /** Shortest first, each that reaches a branch which neither those before it nor the target's own do. */
  async #fewestInputs(): Promise<string[]> {
    const map = new BranchMap(this.#map.counters, this.#map.indexes)
    const kept: string[] = []
    const given = this.#target.seeds()
    const own = new Set(given.map((input) => input.toString('base64')))
    for (const input of [...given, ...[...this.#inputs].sort((a, b) => a.length - b.length)]) {
      map.clear()
      await this.#problemOf(input)
      const text = input.toString('base64')
      if (map.take() === 2 && !own.has(text)) kept.push(text)
    }
    return kept
  }
}

/** What went wrong without the numbers that differ from input to input. */
function kindOf(problem: string): string {
  return problem.replaceAll(/[0-9]+/g, '#').slice(0, 60)
}
