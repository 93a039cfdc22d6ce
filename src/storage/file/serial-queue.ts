// Runs actions one after the other, in the order in which they came.

export class SerialQueue {
  private last: Promise<unknown> = Promise.resolve()

  private waiting = 0

  do<T>(action: () => Promise<T>): Promise<T> {
    this.waiting++
    const result = this.last.then(action).finally(() => {
      this.waiting--
    })
    this.last = result.catch(() => undefined)
    return result
  }

  /** Nothing runs and nothing waits. */
  get isIdle(): boolean {
    return this.waiting === 0
  }
}
