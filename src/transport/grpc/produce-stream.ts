// LogService.ProduceStream as a call of grpc-js.
import type { handleBidiStreamingCall } from '@grpc/grpc-js'
import type { ProduceStreamResponse } from '../../protocol/grpc/messages.ts'
import { logService } from '../../protocol/grpc/services.ts'
import { ProduceSession } from '../produce-session.ts'
import type { ServiceContext } from '../service-context.ts'
import { messageTaken } from './connection-guard.ts'
import { messageStreamOf } from './message-stream.ts'
import { openCallScope } from './open-call-scope.ts'
import { decoderOf } from './unary-method.ts'

/** The handler of LogService.ProduceStream. */
export function produceStream(
  context: ServiceContext,
): handleBidiStreamingCall<Buffer, ProduceStreamResponse> {
  const decode = decoderOf(logService.ProduceStream)
  return (call) => {
    const scope = openCallScope(call, context, 'stream')
    const stream = messageStreamOf(context, call, scope.signal)
    const session = new ProduceSession(context, stream, scope)
    call.on('data', (bytes: Buffer) => {
      const onDone = messageTaken(call)
      try {
        session.take(decode(bytes), onDone)
      } catch (error) {
        session.end(error)
      }
    })
    call.on('end', () => {
      session.end()
    })
  }
}
