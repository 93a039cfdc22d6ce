// What the fuzzer needs to know of something that reads bytes from outside.
import { type ErrorCode, isVarveError } from '../../../src/domain/error.ts'
import type { FuzzRandom } from './fuzz-random.ts'

export interface FuzzTarget {
  readonly name: string
  /** The modules whose branches guide the fuzzer and are reported, from the root of the repository. */
  readonly decoders: readonly string[]
  /** Proper inputs to begin with. */
  readonly seeds: () => readonly Buffer[]
  /** Pieces that inputs are made of. */
  readonly words?: readonly (string | Buffer)[]
  /** Makes what a change broke fit again (lengths, checksums), so that inputs get past it. May change `bytes`. */
  readonly mend?: (bytes: Buffer, random: FuzzRandom) => Buffer
  /** Inputs are not made longer than this. */
  readonly bytesMax?: number
  /** The most that may be allocated in buffers for an input; LIMITS of the decoder, not of the fuzzer. */
  readonly allocatedBytesMax: (inputBytes: number) => number
  /** Reads one input. Whatever it throws is a finding. */
  readonly run: (bytes: Buffer) => void | Promise<void>
  /** Before the first run. */
  readonly prepare?: () => Promise<void>
  /** After the last one. */
  readonly end?: () => Promise<void>
}

/** Something that must hold and does not. */
class Finding extends Error {
  override readonly name = 'Finding'
}

/** @throws Finding */
export function mustHold(isSo: boolean, what: string): void {
  if (!isSo) throw new Finding(what)
}

/** The value, or undefined where the action is refused with one of the codes that it may be refused with. */
export function unlessRefused<T>(codes: ReadonlySet<ErrorCode>, action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (isVarveError(error) && codes.has(error.code)) return undefined
    throw error
  }
}
