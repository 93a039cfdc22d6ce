// One way for every method with a stream in both directions: each message is checked, decoded and given to the session that serves
// the stream, within the life of the call.
import type { handleBidiStreamingCall } from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { CallScope } from '../call-scope.ts'
import type { MessageSession, MessageStream } from '../message-stream.ts'
import type { ServiceContext } from '../service-context.ts'
import { messageTaken } from './connection-guard.ts'
import { messageStreamOf } from './message-stream.ts'
import { openCallScope } from './open-call-scope.ts'
import { decoderOf } from './unary-method.ts'

/** A handler for `Server.addService`, to be registered with raw bytes as requests. */
export function streamMethod<
  In,
  RequestOutput extends object,
  Out extends object,
  ResponseOutput extends object,
>(
  context: ServiceContext,
  method: MethodDefinition<In, Out, RequestOutput, ResponseOutput>,
  serve: (stream: MessageStream<Out>, scope: CallScope) => MessageSession<RequestOutput>,
): handleBidiStreamingCall<Buffer, Out> {
  const decode = decoderOf(method)
  return (call) => {
    const scope = openCallScope(call, context, 'stream')
    const stream = messageStreamOf(context, call, scope.signal)
    const session = serve(stream, scope)
    call.on('data', (bytes: Buffer) => {
      const onDone = messageTaken(call)
      try {
        session.take(decode(bytes), onDone)
      } catch (error) {
        onDone()
        session.end(error)
      }
    })
    call.on('end', () => {
      session.finish()
    })
  }
}
