import { VarveError } from '../../src/domain/error.ts'
import { systemErrorCode } from '../../src/platform/system-error.ts'

/** The error with which a promise is refused. Fails when it is kept, or breaks with anything but a VarveError. */
export async function refusalOf(promise: Promise<unknown>): Promise<VarveError> {
  let value: unknown
  try {
    value = await promise
  } catch (error) {
    if (error instanceof VarveError) return error
    throw error
  }
  throw new Error(`was expected to be refused, but gave ${JSON.stringify(value)}`)
}

/** The system's code with which a promise fails, as in `ENOENT`. Fails when it is kept. */
export async function systemCodeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    const code = systemErrorCode(error)
    if (code !== undefined) return code
    throw error
  }
  throw new Error('was expected to fail')
}
