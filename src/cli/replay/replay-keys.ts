// Single keys while a replay plays. Invariant: the terminal is raw between `start` and `stop` and at no other time; when the process is
// ended in between, Node.js gives the terminal back.
import type { Readable } from 'node:stream'

/** A standard input that is a terminal. */
interface TerminalInput extends Readable {
  readonly isTTY: true
  setRawMode(isRaw: boolean): unknown
}

export interface KeyActions {
  pauseOrResume(): void
  step(): void
  faster(): void
  slower(): void
  /** As recorded. */
  playAsRecorded(): void
  /** As fast as possible. */
  playAtMax(): void
  help(): void
  quit(): void
  /** Ctrl-C: a raw terminal makes no signal of it. */
  interrupt(): void
}

export const KEYS_HELP =
  'keys: space pause or go on, s or right arrow one record, + and - twice or half as fast, 1 as recorded, m as fast as possible, q quit'

const CTRL_C = '\u0003'
const CTRL_D = '\u0004'

const KEYS: Readonly<Record<string, keyof KeyActions>> = {
  ' ': 'pauseOrResume',
  s: 'step',
  '\u001b[C': 'step',
  '\u001bOC': 'step',
  '+': 'faster',
  // The same key without shift.
  '=': 'faster',
  '-': 'slower',
  '1': 'playAsRecorded',
  m: 'playAtMax',
  '?': 'help',
  q: 'quit',
  [CTRL_D]: 'quit',
  [CTRL_C]: 'interrupt',
}

/** Keys that come together: an escape sequence is one of them. */
const ONE_KEY = /\u001b(?:\[[0-9;]*[A-Za-z~]|O[A-Za-z])|[^]/gu

export class ReplayKeys {
  readonly #input: Readable
  readonly #actions: KeyActions
  #terminal: TerminalInput | undefined

  constructor(input: Readable, actions: KeyActions) {
    this.#input = input
    this.#actions = actions
  }

  /** Listens from now on, if the input is a terminal. @returns whether it is */
  start(): boolean {
    const input = this.#input
    if (!isTerminal(input)) return false
    this.#terminal = input
    input.setRawMode(true)
    input.on('data', this.#onData).on('error', ignore)
    return true
  }

  /** Gives the terminal back; safe to call twice. */
  stop(): void {
    const terminal = this.#terminal
    if (terminal === undefined) return
    this.#terminal = undefined
    terminal.off('data', this.#onData)
    terminal.setRawMode(false)
    // What is read keeps a process alive.
    terminal.pause()
  }

  readonly #onData = (chunk: Buffer | string): void => {
    for (const [key] of String(chunk).matchAll(ONE_KEY)) {
      // A key before may have ended it.
      if (this.#terminal === undefined) return
      const name = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
      if (name !== undefined) this.#actions[name]()
    }
  }
}

export function isTerminal(input: Readable): input is TerminalInput {
  const terminal = input as Partial<TerminalInput>
  return terminal.isTTY === true && typeof terminal.setRawMode === 'function'
}

/** A terminal that went away sends no keys; the signal that comes with that ends the command. */
function ignore(): void {
  return undefined
}
