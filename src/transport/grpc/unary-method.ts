// One way from bytes to bytes for every unary method: check, decode, call, encode, within the life of the call.
import type { handleUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import { wireCheckOf } from '../../protocol/grpc/wire-check.ts'
import type { CallScope } from '../call-scope.ts'
import type { ServiceContext } from '../service-context.ts'
import type { UnaryAnswer, UnaryAnswers } from '../unary-answers.ts'
import { openCallScope } from './open-call-scope.ts'
import { serverErrorOf } from './server-error.ts'

/** Decodes the bytes of one request. @throws VarveError when they are not a proper request. */
export type RequestDecoder<RequestOutput> = (bytes: Buffer) => RequestOutput

/** The checked decoder for the requests of a method. */
export function decoderOf<In, RequestOutput extends object, Out, ResponseOutput extends object>(
  method: MethodDefinition<In, Out, RequestOutput, ResponseOutput>,
): RequestDecoder<RequestOutput> {
  // Requests are declared beside their service: "/varve.v1.LogService/Fetch" takes a "varve.v1.FetchRequest".
  const packageName = method.path.slice(1, method.path.lastIndexOf('.'))
  const { name } = method.requestType.type as { readonly name: string }
  const check = wireCheckOf(`${packageName}.${name}`)
  return (bytes) => {
    check(bytes)
    return method.requestDeserialize(bytes)
  }
}

/** A handler for `Server.addService`, to be registered with raw bytes as requests. */
export function unaryMethod<In, RequestOutput extends object, Out, ResponseOutput extends object>(
  context: ServiceContext,
  method: MethodDefinition<In, Out, RequestOutput, ResponseOutput>,
  answer: (request: RequestOutput, scope: CallScope) => Promise<Out> | Out,
): handleUnaryCall<Buffer, Out> {
  const decode = decoderOf(method)
  return (call, callback) => {
    const scope = openCallScope(call, context, 'unary')
    const work = async (): Promise<Out> => answer(decode(call.request), scope)
    scope
      .race(work())
      .finally(() => {
        scope.end()
      })
      .then(
        (response) => {
          callback(null, response)
        },
        (error: unknown) => {
          callback(serverErrorOf(context, error))
        },
      )
  }
}

/** Handlers for those methods of a service that there are answers for. */
export function unaryMethods<Service extends object>(
  context: ServiceContext,
  service: Service,
  answers: Partial<UnaryAnswers<Service>>,
): UntypedServiceImplementation {
  // The types of the tables pair each answer with its method.
  const pairs = Object.entries(answers) as [string, UnaryAnswer<object, object>][]
  const methods = service as Readonly<Record<string, MethodDefinition<object, object>>>
  return Object.fromEntries(
    pairs.map(([name, answer]) => {
      const method = methods[name]
      if (method === undefined) throw new RangeError(`there is no method ${name}`)
      return [
        name,
        unaryMethod(context, method, (request, scope) => answer(context, request, scope)),
      ]
    }),
  )
}
