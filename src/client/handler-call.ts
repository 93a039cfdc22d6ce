// One call of a program's handler: decoded, timed, and with a signal that ends with the call. Invariant: it settles at the latest
// when the time is up or nobody waits for it any more, whatever the handler does; what a handler does after that concerns nobody.
import { VarveError } from '../domain/error.ts'
import type { Clock } from '../platform/clock.ts'
import type { ConsumerBatch, ConsumerRecord } from './consumer-types.ts'
import type { ProcessingSettings } from './processing-settings.ts'
import type { HandlerContext, HandlerFailureKind } from './processing-types.ts'

/** Undefined: it went well. `abandoned`: nobody waited for its end. */
export type CallOutcome =
  | { readonly kind: HandlerFailureKind; readonly error: unknown }
  | 'abandoned'
  | undefined

/** A record, or a batch where the program takes batches. */
export type WorkContent = ConsumerRecord | ConsumerBatch

/** Never rejects. @param call.abandon what abandons the call is there while it runs */
export function callHandler(
  settings: ProcessingSettings,
  clock: Clock,
  content: WorkContent,
  call: {
    readonly signal: AbortSignal
    readonly attempt: number
    readonly abandon: Set<() => void>
  },
): Promise<CallOutcome> {
  return new Promise((resolve) => {
    const timed = beginTime(settings, clock, call.signal, (error) => {
      end({ kind: 'timeout', error })
    })
    const abandon = (): void => {
      end('abandoned')
    }
    const end = (outcome: CallOutcome): void => {
      timed.stop()
      call.abandon.delete(abandon)
      resolve(outcome)
    }
    call.abandon.add(abandon)
    void perform(settings, content, { signal: timed.signal, attempt: call.attempt }).then(end)
  })
}

/** The signal of one call, which is aborted too when its time is up; and the timer for that, where there is one. */
function beginTime(
  settings: ProcessingSettings,
  clock: Clock,
  signal: AbortSignal,
  onTimeout: (error: VarveError) => void,
): { readonly signal: AbortSignal; stop(): void } {
  const { handlerTimeoutMs } = settings
  if (handlerTimeoutMs === Infinity) return { signal, stop: () => undefined }
  const ending = new AbortController()
  const onAbort = (): void => {
    ending.abort(signal.reason)
  }
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  const stopTimer = clock.after(handlerTimeoutMs, () => {
    const error = new VarveError(
      'REQUEST_TIMEOUT',
      `the handler did not end within ${handlerTimeoutMs} ms`,
    )
    onTimeout(error)
    ending.abort(error)
  })
  return {
    signal: ending.signal,
    stop: () => {
      stopTimer()
      signal.removeEventListener('abort', onAbort)
    },
  }
}

/** Never rejects. */
async function perform(
  settings: ProcessingSettings,
  content: WorkContent,
  context: HandlerContext,
): Promise<Exclude<CallOutcome, 'abandoned'>> {
  let kind: HandlerFailureKind = 'handler'
  try {
    if ('records' in content) {
      await settings.batchHandler?.(content, context)
      return undefined
    }
    const { decodeKey, decodeValue } = settings
    kind = 'decode'
    const key = decodeKey === undefined ? content.key : await decodeKey(content.key, content)
    const value =
      decodeValue === undefined ? content.value : await decodeValue(content.value, content)
    kind = 'handler'
    const isPlain = decodeKey === undefined && decodeValue === undefined
    await settings.handler?.(isPlain ? content : { ...content, key, value }, context)
    return undefined
  } catch (error) {
    return { kind, error }
  }
}
