// The program's own words in a rebalance: its callbacks, one after the other. Invariants: they are called in the order in which
// things happened, and tell that something goes only where they told that it came, once; one that does not come to its end holds the
// group up for the rebalance timeout and no longer, and is told of; what one throws ends the consumer, since partitions would be read
// or given up without the program knowing.
import { VarveError } from '../domain/error.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import type { TopicPartition } from './consumer-types.ts'
import type { GroupConsumerSettings } from './group-consumer-settings.ts'
import type { HeldPartition } from './held-partition.ts'

type CallbackName = 'onPartitionsAssigned' | 'onPartitionsRevoked' | 'onPartitionsLost'

export class GroupCallbacks {
  private readonly context: ClientContext
  private readonly settings: GroupConsumerSettings
  private readonly warnings: WarningListeners
  private readonly onThrown: (error: unknown) => void
  private last: Promise<void> = Promise.resolve()

  /** @param options.onThrown called with what a callback threw */
  constructor(options: {
    context: ClientContext
    settings: GroupConsumerSettings
    warnings: WarningListeners
    onThrown: (error: unknown) => void
  }) {
    this.context = options.context
    this.settings = options.settings
    this.warnings = options.warnings
    this.onThrown = options.onThrown
  }

  /** Resolves when the callback came to its end, whichever, or had its time. Never rejects. */
  call(name: CallbackName, partitions: readonly HeldPartition[], timeoutMs: number): Promise<void> {
    const before = this.last
    // What is lost is lost: it does not wait for a callback that still hopes to finish something.
    const mine = name === 'onPartitionsLost' ? Promise.resolve() : before
    const called = mine.then(() => this.callNow(name, partitions, timeoutMs))
    this.last = called
    return called
  }

  private async callNow(
    name: CallbackName,
    partitions: readonly HeldPartition[],
    timeoutMs: number,
  ): Promise<void> {
    const due = duePartitions(name, partitions)
    const callback = this.settings[name] as
      | ((partitions: readonly TopicPartition[]) => Promise<void> | void)
      | undefined
    if (callback === undefined || due.length === 0) return
    const told = due.map((held) =>
      name === 'onPartitionsAssigned'
        ? held.assignment
        : { topic: held.topic, partition: held.partition },
    )
    const run = async (): Promise<void> => {
      try {
        await callback(told)
      } catch (error) {
        this.onThrown(error)
      }
    }
    if (await within(this.context, run(), timeoutMs)) return
    this.warnings.tell({
      kind: 'callback-overdue',
      message: `${name} has not come to its end within ${timeoutMs} ms; the group goes on without it`,
    })
  }
}

/** A call may have waited for those before it: what was lost meanwhile neither comes nor is given up. */
function duePartitions(
  name: CallbackName,
  partitions: readonly HeldPartition[],
): readonly HeldPartition[] {
  if (name === 'onPartitionsLost') return partitions.filter(({ isTold }) => isTold)
  const present = partitions.filter(({ isGone }) => !isGone)
  for (const held of present) held.isTold = true
  return present
}

/** Waits for the promise, but not for longer. @returns whether it has resolved. @throws what it rejects with in time */
export async function within(
  context: ClientContext,
  promise: Promise<unknown>,
  timeoutMs: number,
): Promise<boolean> {
  let stopTimer: () => void = () => undefined
  const timer = new Promise<boolean>((resolve) => {
    stopTimer = context.clock.after(timeoutMs, () => {
      resolve(false)
    })
  })
  try {
    return await Promise.race([promise.then(() => true), timer])
  } finally {
    stopTimer()
  }
}

/** The error of a loop that a callback has ended. */
export function callbackError(error: unknown): unknown {
  if (error instanceof Error) return error
  return new VarveError('INVALID_ARGUMENT', 'a rebalance callback threw', { cause: error })
}
