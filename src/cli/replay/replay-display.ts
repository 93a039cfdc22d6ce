// Where progress is shown: on a terminal one line that is drawn over, elsewhere a line now and then. It never touches standard output.
// Invariant: what is said in between stands on a line of its own.
import type { Cancel, Clock } from '../../platform/clock.ts'
import type { CommandIo } from '../command-io.ts'

const REDRAW_MS = 200
/** For logs. */
const LINE_MS = 10_000
const ERASE_LINE = '\r\u001b[2K'
const COLUMNS_UNLESS_TOLD = 120

export type DisplayMode = 'redrawn' | 'lines' | 'none'

export class ReplayDisplay {
  readonly #io: CommandIo
  readonly #clock: Clock
  readonly #mode: DisplayMode
  readonly #text: () => string
  #stopTimer: Cancel | undefined
  #isRunning = false
  #isDrawn = false

  /** @param text the line; asked for only when it is shown */
  constructor(io: CommandIo, clock: Clock, mode: DisplayMode, text: () => string) {
    this.#io = io
    this.#clock = clock
    this.#mode = mode
    this.#text = text
  }

  start(): void {
    this.#isRunning = this.#mode !== 'none'
    this.#wait()
  }

  /** Shows what is true now, where that draws over what was. */
  refresh(): void {
    if (!this.#isRunning || this.#mode !== 'redrawn') return
    // What is wider than the terminal could not be drawn over. Some terminals say that they have 0 columns.
    const { columns = 0 } = this.#io.messages as { readonly columns?: number }
    const text = this.#text().slice(0, (columns > 0 ? columns : COLUMNS_UNLESS_TOLD) - 1)
    this.#isDrawn = true
    this.#io.messages.write(`${ERASE_LINE}${text}`)
  }

  /** Takes the line away: something else is about to be written to the terminal. */
  clear(): void {
    if (this.#isDrawn) this.#io.messages.write(ERASE_LINE)
    this.#isDrawn = false
  }

  /** Says something in between. */
  say(text: string): void {
    this.clear()
    this.#io.say(text)
    this.refresh()
  }

  /** Takes the line away for good; safe to call twice. */
  stop(): void {
    this.#isRunning = false
    this.#stopTimer?.()
    this.clear()
  }

  #wait(): void {
    if (!this.#isRunning) return
    const waitMs = this.#mode === 'redrawn' ? REDRAW_MS : LINE_MS
    this.#stopTimer = this.#clock.after(waitMs, () => {
      if (this.#mode === 'redrawn') this.refresh()
      else this.#io.say(this.#text())
      this.#wait()
    })
  }
}
