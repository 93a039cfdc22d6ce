// A subscription without a wire: the session of a broker, and a client of it that reads or does not, as the test says.
import type { Broker } from '../../src/broker/broker.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import type {
  SubscribeInitOutput,
  SubscribeRequestOutput,
  SubscribeResponse,
} from '../../src/protocol/grpc/messages.ts'
import { decodeBatch } from '../../src/record/decode-batch.ts'
import { eachBatch } from '../../src/record/stored-batch.ts'
import { ServiceContext } from '../../src/transport/service-context.ts'
import { SubscribeSession } from '../../src/transport/subscribe-session.ts'
import { ReadingStream } from './reading-stream.ts'

export function contextOf(broker: Broker, clock: Clock): ServiceContext {
  return new ServiceContext({ broker, clock, random: new SeededRandom(1), log: SILENT_LOG })
}

/** A partition to add, from the earliest offset unless told. */
export function adding(topic: string, partition = 0, rest: object = {}): object {
  return { topic, partition, seekEpoch: 0, start: 'offset', offset: 0, paused: false, ...rest }
}

export class Subscriber extends ReadingStream<SubscribeResponse> {
  readonly session: SubscribeSession

  constructor(context: ServiceContext, peer = 'test') {
    super(context.clock, peer)
    this.session = new SubscribeSession(context, this, this.scope)
  }

  init(init: Partial<SubscribeInitOutput> = {}): this {
    return this.say({
      init: {
        form: 'RECORD_FORM_BATCHES',
        creditBytes: 1_000_000,
        maxBytes: 0,
        heartbeatIntervalMs: 0,
        ...init,
      },
    })
  }

  add(...partitions: object[]): this {
    return this.say({ add: { partitions } } as never)
  }

  say(message: SubscribeRequestOutput): this {
    this.session.take(message)
    return this
  }

  /** What came, in few words. */
  get told(): string[] {
    return this.messages.map(wordsOf)
  }

  get values(): string[] {
    return this.messages.flatMap(valuesOf)
  }

  override pause(): void {
    throw new Error('a session of a subscription never stops listening')
  }
}

function wordsOf(message: SubscribeResponse): string {
  const { ready, batch, position, caughtUp, fellBehind, reachedEnd, partitionError } = message
  if (ready) return 'ready'
  if (batch) {
    const values = valuesOf(message)
    return `batch ${batch.topic}/${batch.partition} ${values.join(',')} -> ${String(batch.nextOffset)}`
  }
  if (position) return `position ${position.topic}/${position.partition} ${String(position.offset)}`
  if (caughtUp)
    return `caught up ${caughtUp.topic}/${caughtUp.partition} ${String(caughtUp.offset)}`
  if (fellBehind)
    return `fell behind ${fellBehind.topic}/${fellBehind.partition} ${fellBehind.reason}`
  if (reachedEnd) {
    return `reached end ${reachedEnd.topic}/${reachedEnd.partition} ${String(reachedEnd.offset)}`
  }
  if (partitionError) {
    const { topic, partition, error } = partitionError
    return `error ${topic}/${partition} ${error?.message}`
  }
  return 'heartbeat'
}

function valuesOf({ batch }: SubscribeResponse): string[] {
  const { batches, records } = batch?.records ?? {}
  if (records) return (records.records ?? []).map(({ value }) => String(value))
  if (!(batches instanceof Buffer)) return []
  return [...eachBatch(batches)].flatMap((stored) =>
    [...decodeBatch(stored)].map(({ value }) => String(value)),
  )
}
