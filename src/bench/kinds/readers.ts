// Consumers of a workload's topic that run side by side, and what becomes of them. Invariant: a consumer that fails fails the workload; none is
// forgotten.
import type { BenchConsumer, BenchSystem, ConsumerRequest, ReceivedRecord } from '../system.ts'

export class Readers {
  readonly #consumers: BenchConsumer[] = []
  readonly #running: Promise<void>[] = []

  /** Opens one; nothing is read yet. */
  async open(system: BenchSystem, request: ConsumerRequest): Promise<void> {
    this.#consumers.push(await system.openConsumer(request))
  }

  /** All of them begin to read. */
  start(
    onRecords: (consumer: number, partition: number, records: readonly ReceivedRecord[]) => void,
  ): void {
    for (const [index, consumer] of this.#consumers.entries()) {
      const running = consumer.run((partition, records) => {
        onRecords(index, partition, records)
      })
      // Told where it is awaited.
      running.catch(() => undefined)
      this.#running.push(running)
    }
  }

  /** Resolves when all would miss nothing that is appended from now on. */
  async ready(): Promise<void> {
    await Promise.all(this.#consumers.map((consumer) => consumer.ready()))
  }

  /** Resolves when all have come to their end; rejects with the first failure. */
  async ended(): Promise<void> {
    await Promise.all(this.#running)
  }

  async close(): Promise<void> {
    await Promise.all(this.#consumers.map((consumer) => consumer.close()))
  }
}
