// One thing at a time: everything that changes a partition runs here, so that there is nothing to lock. Tasks go before the next
// round of appends, rounds go on as long as there is something to append. What rounds leave under way (a sync) has ended before a task
// begins.

export class DiskLoop {
  /** One round of appends; must not throw. @returns whether there is more to do at once. */
  private readonly round: () => Promise<boolean>
  /** Resolves when nothing is under way that earlier rounds have begun; must not throw. */
  private readonly settled: () => Promise<void>
  private tasks: (() => Promise<void>)[] = []
  private running: Promise<void> | undefined
  /** Something came since the last look. */
  private isWanted = false

  constructor(round: () => Promise<boolean>, settled: () => Promise<void>) {
    this.round = round
    this.settled = settled
  }

  /** There is something to append. */
  kick(): void {
    this.isWanted = true
    this.running ??= this.run()
  }

  /** Runs `task` when nothing else runs. */
  do<T>(task: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.tasks.push(() => task().then(resolve, reject))
      this.kick()
    })
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    do {
      await this.running
      await this.settled()
    } while (this.running !== undefined)
  }

  private async run(): Promise<void> {
    // Appends that come in the same turn go together.
    await Promise.resolve()
    try {
      while (this.isWanted) {
        this.isWanted = false
        const task = this.tasks.shift()
        if (task !== undefined) {
          await this.settled()
          await task()
        }
        const hasMore = await this.round()
        this.isWanted ||= hasMore || this.tasks.length > 0
      }
    } finally {
      this.running = undefined
    }
  }
}
