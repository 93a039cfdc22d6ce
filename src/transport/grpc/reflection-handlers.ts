// Server reflection: a client without any .proto file asks what there is. One question is answered at a time, no faster
// than the client reads.
import {
  type handleBidiStreamingCall,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import type { VarveError } from '../../domain/error.ts'
import type { ReflectionRequestOutput, ReflectionResponse } from '../../protocol/grpc/messages.ts'
import {
  describedServices,
  fileByName,
  fileBySymbol,
  isMessage,
} from '../../protocol/grpc/proto-files.ts'
import type { reflectionService } from '../../protocol/grpc/services.ts'
import type { ServiceContext } from '../service-context.ts'
import { messageTaken } from './connection-guard.ts'
import { writeMessage } from './message-stream.ts'
import { openCallScope } from './open-call-scope.ts'
import { serverErrorOf } from './server-error.ts'
import { decoderOf } from './unary-method.ts'

type ReflectionMethod = (typeof reflectionService)['ServerReflectionInfo']

/** The method of one version of the service; the versions differ in their name only. */
export function reflectionHandlers(
  context: ServiceContext,
  method: ReflectionMethod,
): UntypedServiceImplementation {
  const decode = decoderOf(method)
  const info: handleBidiStreamingCall<Buffer, ReflectionResponse> = (call) => {
    const scope = openCallScope(call, context, 'stream')
    const { stopping } = context
    let isOver = false
    const end = (error?: unknown): void => {
      if (isOver) return
      isOver = true
      scope.end()
      stopping.removeEventListener('abort', onStopping)
      if (error === undefined) call.end()
      else call.emit('error', serverErrorOf(context, error))
    }
    const onStopping = (): void => {
      end(stopping.reason)
    }
    stopping.addEventListener('abort', onStopping, { once: true })
    scope.signal.addEventListener('abort', () => {
      const { reason } = scope.signal as { reason: VarveError }
      if (reason.code === 'CANCELLED') stopping.removeEventListener('abort', onStopping)
      else end(reason)
    })
    call.on('data', (bytes: Buffer) => {
      call.pause()
      const onDone = messageTaken(call)
      const respond = async (): Promise<void> => {
        await writeMessage(call, answer(decode(bytes)), scope.signal)
        onDone()
        call.resume()
      }
      respond().catch(end)
    })
    call.on('end', () => {
      end()
    })
  }
  return { ServerReflectionInfo: info }
}

function answer(question: ReflectionRequestOutput): ReflectionResponse {
  return { validHost: question.host, originalRequest: question, ...contentFor(question) }
}

function contentFor(question: ReflectionRequestOutput): ReflectionResponse {
  switch (question.messageRequest) {
    case 'listServices':
      return { listServicesResponse: { service: describedServices.map((name) => ({ name })) } }
    case 'fileByFilename':
      return files(fileByName(question.fileByFilename ?? ''))
    case 'fileContainingSymbol':
      return files(fileBySymbol(question.fileContainingSymbol ?? ''))
    case 'allExtensionNumbersOfType': {
      const baseTypeName = question.allExtensionNumbersOfType ?? ''
      return isMessage(baseTypeName)
        ? { allExtensionNumbersResponse: { baseTypeName, extensionNumber: [] } }
        : files(undefined)
    }
    case 'fileContainingExtension':
      return files(undefined)
    case undefined:
      break
  }
  // None of the questions: one that only newer servers know, perhaps.
  return failure(status.UNIMPLEMENTED, 'there is no such question')
}

function files(fileDescriptorProto: Buffer[] | undefined): ReflectionResponse {
  if (fileDescriptorProto === undefined)
    return failure(status.NOT_FOUND, 'there is nothing of this name')
  return { fileDescriptorResponse: { fileDescriptorProto } }
}

function failure(errorCode: status, errorMessage: string): ReflectionResponse {
  return { errorResponse: { errorCode, errorMessage } }
}
