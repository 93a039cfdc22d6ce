// Waits for what other processes, sockets or timers bring about.

/** Resolves when the condition holds, looking every few milliseconds. @throws when it never does */
export async function until(holds: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 2_000; attempt++) {
    if (holds()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`what was waited for never came: ${String(holds)}`)
}
