// A bidirectional call of grpc-js. Invariants: one that begins with an init and its answer is opened or it fails, once; the end
// of an open one is told, once; nothing is told after that.
import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js'
import { VarveError } from '../domain/error.ts'
import type { Clock } from '../platform/clock.ts'
import type { CallOptions } from './transport.ts'

export interface DuplexOptions<Request, Response> {
  readonly call: ClientDuplexStream<Request, Response>
  /** Everything that comes while the call is open. */
  readonly onMessage: (response: Response) => void
  /** After a write said that no more should be sent: there is room again. */
  readonly onDrain: () => void
  /** The end of an open call. */
  readonly onEnd: (error: VarveError | undefined) => void
  /** The call is over, opened or not. */
  readonly onOver: () => void
  readonly asVarveError: (error: ServiceError) => VarveError
}

/** Of a call that begins with an init and its answer, which is no message any more. */
export interface DuplexOpening<Request, Response, Ready> extends DuplexOptions<Request, Response> {
  readonly init: NoInfer<Request>
  readonly clock: Clock
  /** How long the answer to the init may take, and what breaks the opening off; neither ends an open call. */
  readonly options: CallOptions
  /** What the first answer says; undefined when it is no answer to the init. */
  readonly readyOf: (response: Response) => Ready | undefined
  /** What it means that the call ended in order before it was open. */
  readonly endedEarly: () => VarveError
}

/** An open call. */
export interface Duplex<Request> {
  /** Does nothing once the call has ended. @returns false when no more should be sent before `onDrain` */
  readonly send: (message: Request) => boolean
  /** Nothing more will be sent. */
  readonly finish: () => void
  /** Ends it at once. */
  readonly cancel: () => void
}

export interface OpenedDuplex<Request, Ready> extends Duplex<Request> {
  /** What the answer to the init said. */
  readonly ready: Ready
}

/** Sends the init and waits for its answer. @throws VarveError what broke the opening off */
export function openDuplex<Request, Response, Ready>(
  opening: DuplexOpening<Request, Response, Ready>,
): Promise<OpenedDuplex<Request, Ready>> {
  const { call, clock, options } = opening
  return new Promise((resolve, reject) => {
    let isReady = false
    let hasEnded = false
    const end = (error: VarveError | undefined): void => {
      if (hasEnded) return
      hasEnded = true
      stopWaiting()
      opening.onOver()
      if (isReady) opening.onEnd(error)
      else reject(error ?? opening.endedEarly())
    }
    const onAbort = (): void => {
      end(cancelled(options.signal))
      call.cancel()
    }
    const stopTimer = clock.after(options.timeoutMs, () => {
      end(new VarveError('REQUEST_TIMEOUT', 'the broker did not answer the start of a stream'))
      call.cancel()
    })
    const stopWaiting = (): void => {
      stopTimer()
      options.signal?.removeEventListener('abort', onAbort)
    }
    const duplex = joinDuplex({
      ...opening,
      onMessage: (response) => {
        if (hasEnded) return
        if (isReady) {
          opening.onMessage(response)
          return
        }
        const ready = opening.readyOf(response)
        if (ready === undefined) return
        isReady = true
        stopWaiting()
        resolve({ ready, ...duplex })
      },
      onDrain: () => {
        if (isReady && !hasEnded) opening.onDrain()
      },
      onEnd: end,
      onOver: () => undefined,
    })
    if (options.signal?.aborted === true) {
      onAbort()
      return
    }
    options.signal?.addEventListener('abort', onAbort)
    duplex.send(opening.init)
  })
}

/** A call that is open from its beginning. */
export function joinDuplex<Request, Response>(
  options: DuplexOptions<Request, Response>,
): Duplex<Request> {
  const { call } = options
  let hasEnded = false
  const end = (error: VarveError | undefined): void => {
    if (hasEnded) return
    hasEnded = true
    options.onOver()
    options.onEnd(error)
  }
  call.on('data', (response: Response) => {
    if (!hasEnded) options.onMessage(response)
  })
  call.on('drain', () => {
    if (!hasEnded) options.onDrain()
  })
  call.on('error', (error: ServiceError) => {
    end(options.asVarveError(error))
  })
  call.on('end', () => {
    end(undefined)
  })
  return {
    send: (message) => !call.writable || call.write(message),
    finish: () => {
      call.end()
    },
    cancel: () => {
      call.cancel()
    },
  }
}

/** The error of a call whose signal aborted. */
export function cancelled(signal: AbortSignal | undefined): VarveError {
  return new VarveError('CANCELLED', 'the call was cancelled', { cause: signal?.reason })
}
