// The scope of a call that came through grpc-js: its deadline, its peer and its cancellation.
import type { Clock } from '../../platform/clock.ts'
import { CallScope } from '../call-scope.ts'

/** What grpc-js knows about a call, whatever its kind. */
interface TransportCall {
  getDeadline(): Date | number
  getPeer(): string
  on(event: 'cancelled', listener: () => void): unknown
}

/**
 * Watches a call from now on.
 * @param deadlineMsDefault how long a call may take whose client set no deadline; Infinity: for ever
 */
export function openCallScope(
  call: TransportCall,
  clock: Clock,
  deadlineMsDefault: number,
): CallScope {
  const deadline = Number(call.getDeadline())
  const limitMs = deadline === Infinity ? deadlineMsDefault : deadline - clock.wallMs()
  const scope = new CallScope({ peer: call.getPeer(), clock, limitMs })
  // grpc-js emits it at the end of every call, early or not.
  call.on('cancelled', () => {
    scope.cancel()
  })
  return scope
}
