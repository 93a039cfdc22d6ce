// What a producer must know of its topics: how many partitions, how large a batch may be. Asked for once, again when it is
// old or was shown wrong; a question under way is shared.
import { isVarveError, type VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import { retryRead } from './retry.ts'

export interface KnownTopic {
  readonly name: string
  readonly id: string
  readonly partitions: number
  /** The topic's max.message.bytes. */
  readonly batchBytesMax: number
  readonly askedMs: number
}

const DEFAULT_BATCH_BYTES_MAX = 1_048_588

export class TopicCache {
  private readonly context: ClientContext
  private readonly warnings: WarningListeners
  private readonly topics = new Map<string, KnownTopic>()
  private readonly asking = new Map<string, Promise<KnownTopic>>()

  /** @param warnings told of every attempt that failed and is repeated */
  constructor(context: ClientContext, warnings: WarningListeners) {
    this.context = context
    this.warnings = warnings
  }

  /** What is known, however old. */
  get(name: string): KnownTopic | undefined {
    return this.topics.get(name)
  }

  forget(name: string): void {
    this.topics.delete(name)
  }

  /**
   * Asks the broker.
   * @throws VarveError UNKNOWN_TOPIC (and forgets it) · INVALID_TOPIC_NAME · BROKER_UNAVAILABLE ... after `timeoutMs`
   */
  ask(name: string, timeoutMs: number, signal?: AbortSignal): Promise<KnownTopic> {
    const running = this.asking.get(name)
    if (running !== undefined) return running
    const question = this.describe(name, timeoutMs, signal).finally(() => {
      this.asking.delete(name)
    })
    this.asking.set(name, question)
    return question
  }

  private async describe(
    name: string,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<KnownTopic> {
    const { transport, clock, requestTimeoutMs } = this.context
    const options = { timeoutMs: requestTimeoutMs, ...(signal === undefined ? {} : { signal }) }
    try {
      const onRetry = (error: VarveError): void => {
        const message = `${name} is asked for again: ${error.message}`
        this.warnings.tell({ kind: 'retrying', message, topic: name, error })
      }
      const { topic } = await retryRead(this.context, { timeoutMs, signal, onRetry }, () =>
        transport.call('describeTopic', { name }, options),
      )
      const setting = topic?.settings.find((candidate) => candidate.name === 'max.message.bytes')
      const known: KnownTopic = {
        name,
        id: topic?.id ?? '',
        partitions: topic?.partitions.length ?? 0,
        batchBytesMax: Math.min(
          LIMITS.batchBytesMax,
          Number(setting?.value ?? DEFAULT_BATCH_BYTES_MAX),
        ),
        askedMs: clock.monotonicMs(),
      }
      this.topics.set(name, known)
      return known
    } catch (error) {
      // What is known stays good while the broker is merely away.
      if (isVarveError(error, 'UNKNOWN_TOPIC')) this.topics.delete(name)
      throw error
    }
  }
}
