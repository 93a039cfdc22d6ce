// Whether the broker takes requests, as health checks ask for it. Every service has the same state, because all stand on
// the same broker.
import type { ServingStatusName } from '../protocol/grpc/messages.ts'
import type { ServiceContext } from './service-context.ts'

/** The empty name is the server as a whole. */
export const HEALTH_SERVICES: readonly string[] = [
  '',
  'varve.v1.AdminService',
  'varve.v1.GroupService',
  'varve.v1.LogService',
  'varve.v1.ReplayService',
]

/** The state of all services now. */
export function healthOf({ broker, stopping }: ServiceContext): ServingStatusName {
  return broker.state === 'open' && !stopping.aborted ? 'SERVING' : 'NOT_SERVING'
}
