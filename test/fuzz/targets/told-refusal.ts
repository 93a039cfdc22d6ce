// What the targets of text that people and programs hand over have in common: what is wrong with it is told as an error that a person can
// act on, never as an exception from within.
import { InputError, UsageError } from '../../../src/cli/exit-code.ts'
import { isVarveError } from '../../../src/domain/error.ts'
import { mustHold } from '../engine/fuzz-target.ts'

export const allocatedBytesMax = (bytes: number): number => 2 * 1024 * 1024 + 64 * bytes
export const NOW_MS = 1_700_000_000_000

/** The value, or undefined where it is refused as something that somebody wrote. */
export function unlessRefused<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (isVarveError(error) || error instanceof InputError || error instanceof UsageError) {
      mustHold(error.message.length > 0, 'a refusal says what is wrong')
      return undefined
    }
    throw error
  }
}

export const JSON_WORDS = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  'null',
  'true',
  '-1',
  '1e999',
  '-0',
  '"__proto__":{}',
  '"\\ud800"',
  '\\u0000',
  '//x\n',
  '/*',
  '*/',
]
