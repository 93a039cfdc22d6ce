// A pause in long work, so that everything else gets its turn.

/** Resolves in a later turn of the event loop, after input and output that is due. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
