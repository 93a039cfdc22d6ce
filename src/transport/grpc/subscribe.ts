// LogService.Subscribe as a call of grpc-js.
import type { handleBidiStreamingCall } from '@grpc/grpc-js'
import type { SubscribeResponse } from '../../protocol/grpc/messages.ts'
import { logService } from '../../protocol/grpc/services.ts'
import type { ServiceContext } from '../service-context.ts'
import { SubscribeSession } from '../subscribe-session.ts'
import { messageTaken } from './connection-guard.ts'
import { messageStreamOf } from './message-stream.ts'
import { openCallScope } from './open-call-scope.ts'
import { decoderOf } from './unary-method.ts'

/** The handler of LogService.Subscribe. */
export function subscribe(
  context: ServiceContext,
): handleBidiStreamingCall<Buffer, SubscribeResponse> {
  const decode = decoderOf(logService.Subscribe)
  return (call) => {
    const scope = openCallScope(call, context, 'stream')
    const stream = messageStreamOf(context, call, scope.signal)
    const session = new SubscribeSession(context, stream, scope)
    call.on('data', (bytes: Buffer) => {
      const onDone = messageTaken(call)
      try {
        session.take(decode(bytes))
      } catch (error) {
        session.end(error)
      }
      onDone()
    })
    call.on('end', () => {
      session.finish()
    })
  }
}
