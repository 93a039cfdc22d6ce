// What goes to the thread that fuzzes, and what comes back.
import type { FuzzLimits, FuzzResult } from './fuzz-loop.ts'
import type { Branch } from './instrument.ts'

export interface WorkerTask {
  readonly targets: readonly {
    readonly name: string
    /** Inputs of earlier runs, in base64. */
    readonly known: readonly string[]
  }[]
  readonly branches: readonly Branch[]
  readonly counters: Uint32Array
  /** For each target. */
  readonly limits: FuzzLimits
  /** Two 32-bit integers, how many runs began and how long the input is, and then the input. */
  readonly witness: SharedArrayBuffer
}

/** A message for each target, when it is done. */
export interface TargetResult extends FuzzResult {
  readonly name: string
}
