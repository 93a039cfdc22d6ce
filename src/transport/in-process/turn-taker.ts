// Lets the rest of the process have its turn now and then. Calls within a process can follow each other without ever going
// back to the event loop; a program that reads a large log in memory would stop its own timers and sockets for so long.

/** Calls that may follow each other before the event loop gets its turn. */
const CALLS_PER_TURN = 16

export class TurnTaker {
  readonly #nextTurn: () => Promise<void>
  #calls = 0

  /** @param nextTurn resolves in a later turn of the event loop */
  constructor(nextTurn: () => Promise<void>) {
    this.#nextTurn = nextTurn
  }

  /** To be awaited once for each call. */
  async next(): Promise<void> {
    this.#calls++
    if (this.#calls % CALLS_PER_TURN === 0) await this.#nextTurn()
  }
}
