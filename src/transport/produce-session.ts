// ProduceStream: an init, then batches that are appended as they come and acknowledged in their order. Invariants: no
// more than LIMITS.produceStreamInFlightMax batches wait for their acknowledgement, the stream is read no further beyond
// that or while the client does not read its acknowledgements; what was accepted is answered, also when the stream then
// ends with an error or the server stops.
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type {
  DurabilityName,
  ProduceResult,
  ProduceStreamRequestOutput,
  ProduceStreamResponse,
} from '../protocol/grpc/messages.ts'
import type { CallScope } from './call-scope.ts'
import type { MessageSession, MessageStream } from './message-stream.ts'
import { produceEntries } from './produce-entries.ts'
import type { ServiceContext } from './service-context.ts'

export class ProduceSession implements MessageSession<ProduceStreamRequestOutput> {
  readonly #context: ServiceContext
  readonly #stream: MessageStream<ProduceStreamResponse>
  readonly #scope: CallScope
  #durability: DurabilityName | undefined
  /** Batches whose acknowledgement was not written yet. */
  #inFlight = 0
  /** Settles when all that was to be written so far is written. */
  #written: Promise<void> = Promise.resolve()
  #isEnding = false

  /** Serves the stream from now on; ends the scope with it. */
  constructor(
    context: ServiceContext,
    stream: MessageStream<ProduceStreamResponse>,
    scope: CallScope,
  ) {
    this.#context = context
    this.#stream = stream
    this.#scope = scope
    const { stopping } = context
    stopping.addEventListener('abort', this.#onStopping, { once: true })
    scope.signal.addEventListener('abort', this.#onAbort, { once: true })
    if (stopping.aborted) this.#onStopping()
  }

  /**
   * Takes the next message; one that has no place here ends the stream with its error.
   * @param onDone called when the message is answered, and its bytes are not needed any more; not when the call ends first
   */
  take(message: ProduceStreamRequestOutput, onDone: () => void = () => undefined): void {
    if (this.#isEnding) {
      onDone()
      return
    }
    try {
      this.#accept(message, onDone)
    } catch (error) {
      this.end(error)
    }
  }

  /** The client has nothing more to say: the stream ends when everything accepted is answered. */
  finish(): void {
    this.end()
  }

  /** Reads no further; ends the stream when everything accepted is answered, with the error if there is one. */
  end(error?: unknown): void {
    if (this.#isEnding) return
    this.#isEnding = true
    // What still comes is dropped, so that the stream can end.
    this.#stream.resume()
    this.#written.then(
      () => {
        if (this.#scope.signal.aborted) return
        this.#release()
        this.#stream.end(error)
      },
      // The call is over already.
      () => undefined,
    )
  }

  readonly #onStopping = (): void => {
    this.end(this.#context.stopping.reason)
  }

  /** The deadline passed, and the client is told; or it is gone and hears nothing. What was accepted is appended. */
  readonly #onAbort = (): void => {
    const { reason } = this.#scope.signal as { reason: VarveError }
    this.#isEnding = true
    this.#release()
    this.#stream.resume()
    if (reason.code !== 'CANCELLED') this.#stream.end(reason)
  }

  #release(): void {
    this.#scope.end()
    this.#context.stopping.removeEventListener('abort', this.#onStopping)
    this.#scope.signal.removeEventListener('abort', this.#onAbort)
  }

  /** @throws VarveError when the message has no place here */
  #accept({ init, batch }: ProduceStreamRequestOutput, onDone: () => void): void {
    if (this.#durability === undefined) {
      if (!init) {
        throw new VarveError('MISSING_FIELD', 'the first message of the stream must be an init', {
          details: { field: 'init' },
        })
      }
      this.#durability = init.durability
      this.#write(
        Promise.resolve({ ready: { inFlightMax: LIMITS.produceStreamInFlightMax } }),
        onDone,
      )
      return
    }
    if (init) {
      throw new VarveError('MALFORMED_REQUEST', 'the stream had its init already', {
        details: { field: 'init' },
      })
    }
    // A kind of message that only newer brokers know is passed over, as the protocol promises.
    if (!batch) {
      onDone()
      return
    }
    this.#inFlight += 1
    if (this.#inFlight >= LIMITS.produceStreamInFlightMax) this.#stream.pause()
    const { correlationId, entries } = batch
    const results = produceEntries(this.#context, entries, this.#durability, this.#scope.signal)
    this.#write(
      results.then((done: ProduceResult[]) => ({ ack: { correlationId, results: done } })),
      () => {
        onDone()
        this.#inFlight -= 1
        if (!this.#isEnding) this.#stream.resume()
      },
    )
  }

  /** Puts a message behind all that come before it. */
  #write(message: Promise<ProduceStreamResponse>, onWritten: () => void): void {
    const before = this.#written
    this.#written = before.then(async () => {
      await this.#stream.write(await message)
      onWritten()
    })
    // A stream whose client is gone has nobody to tell.
    this.#written.catch(() => undefined)
  }
}
