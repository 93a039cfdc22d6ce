// Who an idempotent producer is towards its broker: an id and an epoch, asked for when the first batch is about to be sent and
// raised when a partition must begin its numbering anew. All partitions share them; each goes over to a new one when it has
// to, because a broker remembers producers by partition.
import { VarveError } from '../domain/error.ts'
import { backoffMs } from './backoff.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import { judgeProduceFailure } from './produce-rule.ts'
import { wireInteger } from './wire-values.ts'

/** Compared by reference: every answer of the broker is one. */
export interface ProducerIdentity {
  readonly producerId: number
  readonly producerEpoch: number
}

export interface ProducerIdentitiesOptions {
  readonly context: ClientContext
  readonly warnings: WarningListeners
  /** Whether anybody still waits for an answer. */
  readonly isWanted: () => boolean
  /** An attempt failed; it is tried again. */
  readonly onRetry: (error: VarveError) => void
}

export class ProducerIdentities {
  private readonly options: ProducerIdentitiesOptions
  private readonly stopping = new AbortController()
  private current: ProducerIdentity | undefined
  private asking: Promise<ProducerIdentity> | undefined

  constructor(options: ProducerIdentitiesOptions) {
    this.options = options
  }

  /** One that is known already and that a partition which wrote as `used` may go over to. */
  known(used: ProducerIdentity | undefined): ProducerIdentity | undefined {
    return this.current === used ? undefined : this.current
  }

  /**
   * One that a partition which wrote as `used` may go over to: asked for once, however many partitions wait, and again after
   * failures that may pass as long as one is wanted.
   * @throws VarveError UNSUPPORTED by a broker without idempotent producers · CANCELLED by `stop` · what the last attempt threw
   */
  next(used: ProducerIdentity | undefined): Promise<ProducerIdentity> {
    const known = this.known(used)
    if (known !== undefined) return Promise.resolve(known)
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined
    })
    return this.asking
  }

  stop(): void {
    this.stopping.abort()
  }

  private async ask(): Promise<ProducerIdentity> {
    const { context, isWanted, onRetry, warnings } = this.options
    const { signal } = this.stopping
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await context.transport.call(
          'initProducerId',
          { ...this.current },
          {
            timeoutMs: context.requestTimeoutMs,
            signal,
          },
        )
        this.current = {
          producerId: wireInteger(answer.producerId, 'producer_id'),
          producerEpoch: answer.producerEpoch,
        }
        return this.current
      } catch (error) {
        if (!(error instanceof VarveError)) throw error
        if (signal.aborted || !isWanted() || !mayPass(error)) throw this.explained(error)
        warnings.tell({
          kind: 'retrying',
          message: `the producer has no id yet and asks again: ${error.message}`,
          error,
        })
        onRetry(error)
        await this.pause(attempt)
      }
    }
  }

  private async pause(attempt: number): Promise<void> {
    const { clock, random } = this.options.context
    try {
      await clock.sleep(backoffMs(attempt, random), this.stopping.signal)
    } catch (error) {
      throw new VarveError('CANCELLED', 'the producer was closed', { cause: error })
    }
  }

  private explained(error: VarveError): VarveError {
    if (error.code !== 'UNSUPPORTED') return error
    return new VarveError(
      'UNSUPPORTED',
      `the broker at ${this.options.context.transport.address} knows no idempotent producers: use a newer broker, or a producer with idempotence: false`,
      { details: error.details, cause: error },
    )
  }
}

/** Asking twice does no harm, so what may pass is repeated whether it had an effect or not. */
function mayPass(error: VarveError): boolean {
  return judgeProduceFailure(error, { recordCount: 1, retryUnknown: true }) === 'retry'
}
