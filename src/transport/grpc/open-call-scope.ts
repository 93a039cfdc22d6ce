// The scope of a call that came through grpc-js: its deadline, its peer and its cancellation; and its place in the metrics.
import { LIMITS } from '../../domain/limits.ts'
import { CallScope } from '../call-scope.ts'
import type { ServiceContext } from '../service-context.ts'

/** What grpc-js knows about a call, whatever its kind. */
interface TransportCall {
  getDeadline(): Date | number
  getPeer(): string
  /** Of a method that is served: calls of others never get here. */
  getPath(): string
  on(event: 'cancelled', listener: () => void): unknown
}

/**
 * Watches a call from now on. A call that is answered at once has LIMITS.deadlineMsDefault when its client sets no
 * deadline, and never more than LIMITS.deadlineMsMax; a stream may go on for as long as its client says, or for ever.
 */
export function openCallScope(
  call: TransportCall,
  context: Pick<ServiceContext, 'clock' | 'metrics'>,
  kind: 'unary' | 'stream',
): CallScope {
  const { clock, metrics } = context
  const deadline = Number(call.getDeadline())
  const askedMs = deadline === Infinity ? Infinity : deadline - clock.wallMs()
  const limitMs = kind === 'stream' ? askedMs : unaryLimitMs(askedMs)
  const scope = new CallScope({ peer: call.getPeer(), clock, limitMs })
  const path = call.getPath()
  const ended = metrics.began(path.slice(path.lastIndexOf('/') + 1))
  // grpc-js emits it once, at the end of every call, early or not.
  call.on('cancelled', () => {
    ended()
    scope.cancel()
  })
  return scope
}

function unaryLimitMs(askedMs: number): number {
  return askedMs === Infinity ? LIMITS.deadlineMsDefault : Math.min(askedMs, LIMITS.deadlineMsMax)
}
