// What an answer to a unary call is, whatever transport carries it: a function of the decoded request within the life of
// the call. The tables of them are typed by the services, so a request or response of another method does not compile.
import type { CallScope } from './call-scope.ts'
import type { ServiceContext } from './service-context.ts'

/** @throws VarveError when the call fails as a whole; anything else is a bug */
export type UnaryAnswer<Request, Response> = (
  context: ServiceContext,
  request: Request,
  scope: CallScope,
) => Promise<Response> | Response

/** The answers to the methods of a service by their names. */
export type UnaryAnswers<Service> = {
  readonly [Name in keyof Service]: Service[Name] extends {
    readonly requestDeserialize: (bytes: Buffer) => infer Request
    readonly responseSerialize: (response: infer Response) => Buffer
  }
    ? UnaryAnswer<Request, Response>
    : never
}
