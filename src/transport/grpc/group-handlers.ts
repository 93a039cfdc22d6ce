// The methods of GroupService as calls of grpc-js.
import type { UntypedServiceImplementation } from '@grpc/grpc-js'
import { groupService } from '../../protocol/grpc/services.ts'
import { groupAnswers } from '../group-answers.ts'
import type { ServiceContext } from '../service-context.ts'
import { SessionCarrier } from '../session-carrier.ts'
import { StreamCounts } from './stream-counts.ts'
import { streamMethod } from './stream-method.ts'
import { unaryMethods } from './unary-method.ts'

export function groupHandlers(context: ServiceContext): UntypedServiceImplementation {
  const counts = new StreamCounts({
    streamsPerConnectionMax: context.limits.groupSessionsPerConnectionMax,
    code: 'TOO_MANY_SESSIONS',
    what: 'sessions of members',
  })
  return {
    ...unaryMethods(context, groupService, groupAnswers),
    Session: streamMethod(context, groupService.Session, (stream, scope) => {
      const session = new SessionCarrier(context, stream, scope)
      try {
        scope.signal.addEventListener('abort', counts.add(scope.peer), { once: true })
      } catch (error) {
        session.end(error)
      }
      return session
    }),
  }
}
