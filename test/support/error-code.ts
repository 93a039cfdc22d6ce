import { isVarveError } from '../../src/domain/error.ts'

/** The code with which an action is refused; undefined when it is not. Anything but a VarveError goes on up. */
export function codeOf(action: () => unknown): string | undefined {
  try {
    action()
    return undefined
  } catch (error) {
    if (isVarveError(error)) return error.code
    throw error
  }
}
