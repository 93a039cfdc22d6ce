// A bidirectional call of grpc-js that begins with an init and its answer. Invariant: it is opened or it fails, once; after
// it was opened its end is told, once; nothing is told after that.
import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js'
import { VarveError } from '../domain/error.ts'
import type { Clock } from '../platform/clock.ts'
import type { CallOptions } from './transport.ts'

export interface DuplexOptions<Request, Response, Ready> {
  readonly call: ClientDuplexStream<Request, Response>
  readonly init: Request
  readonly clock: Clock
  /** How long the answer to the init may take, and what breaks the opening off; neither ends an open call. */
  readonly options: CallOptions
  /** What the first answer says; undefined when it is no answer to the init. */
  readonly readyOf: (response: Response) => Ready | undefined
  /** Everything after the first answer. */
  readonly onMessage: (response: Response) => void
  /** After a write said that no more should be sent: there is room again. */
  readonly onDrain: () => void
  /** The end of an open call. */
  readonly onEnd: (error: VarveError | undefined) => void
  /** The call is over, opened or not. */
  readonly onOver: () => void
  readonly asVarveError: (error: ServiceError) => VarveError
  /** What it means that the call ended in order before it was open. */
  readonly endedEarly: () => VarveError
}

/** Sends the init and waits for its answer. @throws VarveError what broke the opening off */
export function openDuplex<Request, Response, Ready>(
  duplex: DuplexOptions<Request, Response, Ready>,
): Promise<Ready> {
  const { call, clock, options } = duplex
  return new Promise((resolve, reject) => {
    let isReady = false
    let hasEnded = false
    const end = (error: VarveError | undefined): void => {
      if (hasEnded) return
      hasEnded = true
      stopWaiting()
      duplex.onOver()
      if (isReady) duplex.onEnd(error)
      else reject(error ?? duplex.endedEarly())
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
    call.on('data', (response: Response) => {
      if (hasEnded) return
      if (isReady) {
        duplex.onMessage(response)
        return
      }
      const ready = duplex.readyOf(response)
      if (ready === undefined) return
      isReady = true
      stopWaiting()
      resolve(ready)
    })
    call.on('drain', () => {
      if (isReady && !hasEnded) duplex.onDrain()
    })
    call.on('error', (error: ServiceError) => {
      end(duplex.asVarveError(error))
    })
    call.on('end', () => {
      end(undefined)
    })
    if (options.signal?.aborted === true) {
      onAbort()
      return
    }
    options.signal?.addEventListener('abort', onAbort)
    call.write(duplex.init)
  })
}

/** The error of a call whose signal aborted. */
export function cancelled(signal: AbortSignal | undefined): VarveError {
  return new VarveError('CANCELLED', 'the call was cancelled', { cause: signal?.reason })
}
