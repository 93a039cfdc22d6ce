// Runs actions of one key one after the other, in the order of the calls; different keys do not wait for each other.
// Invariant: a key costs nothing once its last action has ended.

export class TurnQueue {
  readonly #tails = new Map<string, Promise<unknown>>()

  /** @returns what `action` returns; a failed action does not stop the ones behind it. */
  async run<T>(key: string, action: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key)
    const turn = before === undefined ? action() : before.then(action, action)
    this.#tails.set(key, turn)
    try {
      return await turn
    } finally {
      if (this.#tails.get(key) === turn) this.#tails.delete(key)
    }
  }
}
