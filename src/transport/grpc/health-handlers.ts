// grpc.health.v1: whether the broker takes requests, for tools and load balancers.
import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import type { VarveError } from '../../domain/error.ts'
import type { HealthCheckResponse, HealthListResponse } from '../../protocol/grpc/messages.ts'
import { healthService } from '../../protocol/grpc/services.ts'
import { HEALTH_SERVICES, healthOf } from '../health.ts'
import type { ServiceContext } from '../service-context.ts'
import { writeMessage } from './message-stream.ts'
import { openCallScope } from './open-call-scope.ts'
import { serverErrorOf } from './server-error.ts'
import { decoderOf, unaryMethod } from './unary-method.ts'

export function healthHandlers(context: ServiceContext): UntypedServiceImplementation {
  return {
    Check: check(context),
    List: unaryMethod(context, healthService.List, (): HealthListResponse => {
      const now = { status: healthOf(context) }
      return { statuses: Object.fromEntries(HEALTH_SERVICES.map((name) => [name, now])) }
    }),
    Watch: watch(context),
  }
}

function check(context: ServiceContext): handleUnaryCall<Buffer, HealthCheckResponse> {
  const decode = decoderOf(healthService.Check)
  return (call, callback) => {
    try {
      const { service } = decode(call.request)
      if (HEALTH_SERVICES.includes(service)) callback(null, { status: healthOf(context) })
      // The health protocol asks for just this status; it is none of the errors of the log.
      else callback({ code: status.NOT_FOUND, details: 'there is no such service' })
    } catch (error) {
      callback(serverErrorOf(context, error))
    }
  }
}

/** Says the state, and when it changes: that is once, when the server stops. Then the stream ends. */
function watch(context: ServiceContext): handleServerStreamingCall<Buffer, HealthCheckResponse> {
  const decode = decoderOf(healthService.Watch)
  return (call) => {
    const scope = openCallScope(call, context, 'stream')
    const { stopping } = context
    const run = async (): Promise<void> => {
      const isKnown = HEALTH_SERVICES.includes(decode(call.request).service)
      const say = async (): Promise<void> => {
        const message = { status: isKnown ? healthOf(context) : 'SERVICE_UNKNOWN' }
        await writeMessage(call, message, scope.signal)
      }
      await say()
      await firstAbort(scope.signal, stopping)
      const { signal } = scope
      // The deadline is told; a client that went away hears nothing.
      if (signal.aborted && (signal.reason as VarveError).code !== 'CANCELLED') throw signal.reason
      if (!signal.aborted && isKnown) await say()
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
          call.emit('error', serverErrorOf(context, error))
        },
      )
  }
}

/** Resolves when one of them has aborted, and leaves nothing on the other. */
async function firstAbort(...signals: readonly AbortSignal[]): Promise<void> {
  if (signals.some((signal) => signal.aborted)) return
  await new Promise<void>((resolve) => {
    const onAbort = (): void => {
      for (const signal of signals) signal.removeEventListener('abort', onAbort)
      resolve()
    }
    for (const signal of signals) signal.addEventListener('abort', onAbort)
  })
}
