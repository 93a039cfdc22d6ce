// grpc.health.v1: whether the broker takes requests, for tools and load balancers. Every service has the same state,
// because all stand on the same broker.
import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import type {
  HealthCheckResponse,
  HealthListResponse,
  ServingStatusName,
} from '../../protocol/grpc/messages.ts'
import { healthService } from '../../protocol/grpc/services.ts'
import { CallScope } from './call-scope.ts'
import { writeMessage } from './message-writer.ts'
import type { ServiceContext } from './service-context.ts'
import { decoderOf, unaryMethod } from './unary-method.ts'

/** The empty name is the server as a whole. */
const SERVICES: readonly string[] = ['', 'varve.v1.AdminService', 'varve.v1.LogService']

export function healthHandlers(context: ServiceContext): UntypedServiceImplementation {
  return {
    Check: check(context),
    List: unaryMethod(context, healthService.List, (): HealthListResponse => {
      const now = { status: stateOf(context) }
      return { statuses: Object.fromEntries(SERVICES.map((name) => [name, now])) }
    }),
    Watch: watch(context),
  }
}

function stateOf({ broker, stopping }: ServiceContext): ServingStatusName {
  return broker.state === 'open' && !stopping.aborted ? 'SERVING' : 'NOT_SERVING'
}

function check(context: ServiceContext): handleUnaryCall<Buffer, HealthCheckResponse> {
  const decode = decoderOf(healthService.Check)
  return (call, callback) => {
    try {
      const { service } = decode(call.request)
      if (SERVICES.includes(service)) callback(null, { status: stateOf(context) })
      // The health protocol asks for just this status; it is none of the errors of the log.
      else callback({ code: status.NOT_FOUND, details: 'there is no such service' })
    } catch (error) {
      callback(context.serverErrorOf(error))
    }
  }
}

/** Says the state, and when it changes: that is once, when the server stops. Then the stream ends. */
function watch(context: ServiceContext): handleServerStreamingCall<Buffer, HealthCheckResponse> {
  const decode = decoderOf(healthService.Watch)
  return (call) => {
    const scope = new CallScope(call, context.clock, Infinity)
    const { stopping } = context
    const run = async (): Promise<void> => {
      const isKnown = SERVICES.includes(decode(call.request).service)
      const say = async (): Promise<void> => {
        const message = { status: isKnown ? stateOf(context) : 'SERVICE_UNKNOWN' }
        await writeMessage(call, message, scope.signal)
      }
      await say()
      await aborted(AbortSignal.any([scope.signal, stopping]))
      if (stopping.aborted && !scope.signal.aborted && isKnown) await say()
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
          call.emit('error', context.serverErrorOf(error))
        },
      )
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve()
      },
      { once: true },
    )
  })
}
