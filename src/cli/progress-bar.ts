// One line on a terminal that tells how far long work is. On anything but a terminal it stays silent.
import type { Clock } from '../platform/clock.ts'
import { barText } from '../text/bar-text.ts'
import type { CommandIo } from './command-io.ts'

/** Work that ends sooner gets no bar. */
const QUIET_MS = 500
const REDRAW_MS = 100
const ERASE_LINE = '\r\u001b[2K'

export class ProgressBar {
  readonly #io: CommandIo
  readonly #clock: Clock
  readonly #enabled: boolean
  readonly #startedMs: number
  #lastDrawnMs: number
  #drawn = false

  constructor(io: CommandIo, clock: Clock, options: { readonly enabled: boolean }) {
    this.#io = io
    this.#clock = clock
    this.#enabled = options.enabled && io.messagesOnTerminal
    this.#startedMs = clock.monotonicMs()
    this.#lastDrawnMs = this.#startedMs + QUIET_MS - REDRAW_MS
  }

  /**
   * Draws anew when it is time to.
   * @param done of `total`, in any unit; a total of undefined or 0 is not known and gives no bar, only the text
   * @param text asked for only when it is drawn
   */
  update(done: number, total: number | undefined, text: () => string): void {
    if (!this.#enabled) return
    const nowMs = this.#clock.monotonicMs()
    if (nowMs - this.#lastDrawnMs < REDRAW_MS) return
    this.#lastDrawnMs = nowMs
    this.#drawn = true
    this.#io.messages.write(
      `${ERASE_LINE}${barText(done, total, nowMs - this.#startedMs)}${text()}`,
    )
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#drawn) this.#io.messages.write(ERASE_LINE)
    this.#drawn = false
  }
}
