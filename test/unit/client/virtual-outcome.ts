// Outcomes of promises that depend on virtual time.
import { VarveError } from '../../../src/client/index.ts'
import type { VirtualClock } from '../../../src/platform/virtual-clock.ts'

/** The promise's outcome once the virtual time has passed. */
export async function after<Value>(
  clock: VirtualClock,
  ms: number,
  promise: Promise<Value>,
): Promise<Value> {
  const settled = promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  await clock.advance(ms)
  const outcome = await Promise.race([
    settled,
    new Promise<'open'>((resolve) =>
      setImmediate(() => {
        resolve('open')
      }),
    ),
  ])
  if (outcome === 'open') throw new Error(`still open after ${ms} ms`)
  if ('error' in outcome) throw outcome.error
  return outcome.value
}

/** The code with which the promise rejects, or `no error`. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof VarveError ? error.code : String(error)),
  )
}
