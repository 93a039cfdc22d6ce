// A pause of a command that a signal cuts short.
import type { Clock } from '../platform/clock.ts'

/** Resolves after the time, or as soon as `stop` aborts. */
export async function waitUnlessStopped(
  clock: Clock,
  waitMs: number,
  stop: AbortSignal,
): Promise<void> {
  if (stop.aborted) return
  await new Promise<void>((resolve) => {
    const done = (): void => {
      cancel()
      stop.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(waitMs, done)
    stop.addEventListener('abort', done)
  })
}
