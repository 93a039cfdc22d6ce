// ProduceStream: an init, then batches that are appended as they come and acknowledged in their order. Invariants: no
// more than LIMITS.produceStreamInFlightMax batches wait for their acknowledgement, the stream is read no further beyond
// that or while the client does not read its acknowledgements; what was accepted is answered, also when the stream then
// ends with an error or the server stops.
import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js'
import { VarveError } from '../../domain/error.ts'
import { LIMITS } from '../../domain/limits.ts'
import type {
  DurabilityName,
  ProduceResult,
  ProduceStreamRequestOutput,
  ProduceStreamResponse,
} from '../../protocol/grpc/messages.ts'
import { logService } from '../../protocol/grpc/services.ts'
import { CallScope } from './call-scope.ts'
import { writeMessage } from './message-writer.ts'
import { produceEntries } from './produce-entries.ts'
import type { ServiceContext } from './service-context.ts'
import { decoderOf } from './unary-method.ts'

type ProduceCall = ServerDuplexStream<Buffer, ProduceStreamResponse>

/** The handler of LogService.ProduceStream. */
export function produceStream(
  context: ServiceContext,
): handleBidiStreamingCall<Buffer, ProduceStreamResponse> {
  const decode = decoderOf(logService.ProduceStream)
  return (call) => {
    new ProduceStream(context, call, decode).start()
  }
}

class ProduceStream {
  readonly #context: ServiceContext
  readonly #call: ProduceCall
  readonly #decode: (bytes: Buffer) => ProduceStreamRequestOutput
  readonly #scope: CallScope
  #durability: DurabilityName | undefined
  /** Batches whose acknowledgement was not written yet. */
  #inFlight = 0
  /** Settles when all that was to be written so far is written. */
  #written: Promise<void> = Promise.resolve()
  #isEnding = false

  constructor(
    context: ServiceContext,
    call: ProduceCall,
    decode: (bytes: Buffer) => ProduceStreamRequestOutput,
  ) {
    this.#context = context
    this.#call = call
    this.#decode = decode
    this.#scope = new CallScope(call, context.clock, Infinity)
  }

  start(): void {
    const { stopping } = this.#context
    stopping.addEventListener('abort', this.#onStopping, { once: true })
    this.#scope.signal.addEventListener('abort', this.#release, { once: true })
    this.#call.on('data', (bytes: Buffer) => {
      this.#take(bytes)
    })
    this.#call.on('end', () => {
      this.#end(undefined)
    })
    if (stopping.aborted) this.#onStopping()
  }

  readonly #onStopping = (): void => {
    this.#end(this.#context.stopping.reason)
  }

  readonly #release = (): void => {
    this.#scope.end()
    this.#context.stopping.removeEventListener('abort', this.#onStopping)
  }

  #take(bytes: Buffer): void {
    if (this.#isEnding) return
    try {
      this.#accept(this.#decode(bytes))
    } catch (error) {
      this.#end(error)
    }
  }

  /** @throws VarveError when the message has no place here */
  #accept({ init, batch }: ProduceStreamRequestOutput): void {
    if (this.#durability === undefined) {
      if (!init) {
        throw new VarveError('MISSING_FIELD', 'the first message of the stream must be an init', {
          details: { field: 'init' },
        })
      }
      this.#durability = init.durability
      this.#write(Promise.resolve({ ready: { inFlightMax: LIMITS.produceStreamInFlightMax } }))
      return
    }
    if (init) {
      throw new VarveError('MALFORMED_REQUEST', 'the stream had its init already', {
        details: { field: 'init' },
      })
    }
    // A kind of message that only newer brokers know is passed over, as the protocol promises.
    if (!batch) return
    this.#inFlight += 1
    if (this.#inFlight >= LIMITS.produceStreamInFlightMax) this.#call.pause()
    const { correlationId, entries } = batch
    const results = produceEntries(this.#context, entries, this.#durability, this.#scope.signal)
    this.#write(
      results.then((done: ProduceResult[]) => ({ ack: { correlationId, results: done } })),
      () => {
        this.#inFlight -= 1
        if (!this.#isEnding) this.#call.resume()
      },
    )
  }

  /** Puts a message behind all that come before it. */
  #write(message: Promise<ProduceStreamResponse>, onWritten?: () => void): void {
    const before = this.#written
    this.#written = before.then(async () => {
      await writeMessage(this.#call, await message, this.#scope.signal)
      onWritten?.()
    })
    // A stream whose client is gone has nobody to tell.
    this.#written.catch(() => undefined)
  }

  /** Reads no further; ends the stream when everything accepted is answered, with the error if there is one. */
  #end(error: unknown): void {
    if (this.#isEnding) return
    this.#isEnding = true
    // What still comes is dropped, so that the stream can end.
    this.#call.resume()
    this.#written.then(
      () => {
        this.#release()
        if (error === undefined) this.#call.end()
        else this.#call.emit('error', this.#context.serverErrorOf(error))
      },
      () => {
        this.#release()
      },
    )
  }
}
