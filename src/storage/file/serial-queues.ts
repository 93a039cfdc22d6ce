// Turns by key: what has the same key runs one after the other, in the order in which it came; a key at rest costs nothing.
import { SerialQueue } from './serial-queue.ts'

export class SerialQueues {
  private readonly queues = new Map<string, SerialQueue>()

  async do<T>(key: string, action: () => Promise<T>): Promise<T> {
    const queue = this.queues.get(key) ?? new SerialQueue()
    this.queues.set(key, queue)
    try {
      return await queue.do(action)
    } finally {
      if (queue.isIdle && this.queues.get(key) === queue) this.queues.delete(key)
    }
  }

  /** Resolves when nothing runs and nothing waits, under any key. */
  async idle(): Promise<void> {
    for (const [key, queue] of this.queues) {
      // A turn may wait for one of another key, so new ones may come while this runs over them.
      await queue.do(() => Promise.resolve())
      if (queue.isIdle) this.queues.delete(key)
    }
  }
}
