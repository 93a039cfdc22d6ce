// A consumer in a group that is read by a loop of its own, and everything that came of it.
import type {
  ClientWarning,
  ConsumerRecord,
  GroupConsumer,
  GroupConsumerOptions,
  TopicPartition,
  Varve,
} from '../../src/client/index.ts'

export class GroupReading {
  readonly consumer: GroupConsumer
  readonly records: ConsumerRecord[] = []
  readonly warnings: ClientWarning[] = []
  /** Why it did not go on. */
  readonly stuck: string[] = []
  /** What the rebalance callbacks said, in order, as in `+orders/0`, `-orders/0` and `!orders/0` for lost. */
  readonly moves: string[] = []
  /** Ends with the loop. */
  readonly done: Promise<void>
  /** The loop waits for it with every record in hand. */
  gate: Promise<void> | undefined

  /** Members of group `g` reading topic `orders` unless told otherwise. */
  constructor(client: Varve, options: Partial<GroupConsumerOptions> = {}) {
    const { onPartitionsAssigned, onPartitionsRevoked, onPartitionsLost, ...rest } = options
    this.consumer = client.consumer().subscribe({
      group: 'g',
      topics: 'orders',
      ...rest,
      onPartitionsAssigned: async (partitions) => {
        this.note('+', partitions)
        await onPartitionsAssigned?.(partitions)
      },
      onPartitionsRevoked: async (partitions) => {
        await onPartitionsRevoked?.(partitions)
        this.note('-', partitions)
      },
      onPartitionsLost: async (partitions) => {
        this.note('!', partitions)
        await onPartitionsLost?.(partitions)
      },
    })
    this.consumer.on('warning', (warning) => this.warnings.push(warning))
    this.consumer.on('stuck', ({ reason }) => this.stuck.push(reason))
    this.done = this.read()
    this.done.catch(() => undefined)
  }

  /** Sorted, as in `orders/0`. */
  get held(): string[] {
    return this.consumer.assignment().map(nameOf)
  }

  get warningKinds(): string[] {
    return this.warnings.map(({ kind }) => kind)
  }

  /** Of the records of one partition, in the order in which they came. */
  offsetsOf(partition: number): number[] {
    return this.records
      .filter((record) => record.partition === partition)
      .map(({ offset }) => offset)
  }

  private async read(): Promise<void> {
    for await (const record of this.consumer) {
      this.records.push(record)
      await this.gate
    }
  }

  private note(sign: string, partitions: readonly TopicPartition[]): void {
    this.moves.push(...partitions.map((where) => `${sign}${nameOf(where)}`).sort())
  }
}

/** From `from` up to but not including `end`. */
export function range(from: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - from) }, (_, index) => from + index)
}

/** A promise that is kept when `open` is called. */
export function closedGate(): { readonly shut: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined
  const shut = new Promise<void>((resolve) => {
    open = resolve
  })
  return { shut, open }
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`
}
