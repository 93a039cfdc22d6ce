// The methods of AdminService about the broker, its storage and its records, as calls of grpc-js.
import type { handleServerStreamingCall, UntypedServiceImplementation } from '@grpc/grpc-js'
import type { VerifyResponse } from '../../protocol/grpc/messages.ts'
import { adminService } from '../../protocol/grpc/services.ts'
import type { ServiceContext } from '../service-context.ts'
import { storageAnswers, verify } from '../storage-answers.ts'
import { writeMessage } from './message-stream.ts'
import { openCallScope } from './open-call-scope.ts'
import { serverErrorOf } from './server-error.ts'
import { decoderOf, unaryMethods } from './unary-method.ts'

export function storageHandlers(context: ServiceContext): UntypedServiceImplementation {
  return {
    ...unaryMethods(context, adminService, storageAnswers),
    Verify: verifyStream(context),
  }
}

function verifyStream(context: ServiceContext): handleServerStreamingCall<Buffer, VerifyResponse> {
  const decode = decoderOf(adminService.Verify)
  return (call) => {
    const scope = openCallScope(call, context, 'stream')
    const signal = AbortSignal.any([scope.signal, context.stopping])
    const run = async (): Promise<void> => {
      for await (const progress of verify(context, decode(call.request), signal)) {
        await writeMessage(call, progress, signal)
      }
    }
    run()
      .finally(() => {
        scope.end()
      })
      .then(
        () => {
          call.end()
        },
        (error: unknown) => {
          const reason: unknown = signal.aborted ? signal.reason : error
          call.emit('error', serverErrorOf(context, reason))
        },
      )
  }
}
