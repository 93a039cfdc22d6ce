// Everything a command reads from and writes to, in one place, so that results and messages never mix: results go to
// `output` (standard output), everything said to people goes to `messages` (standard error).
import type { Readable, Writable } from 'node:stream'
import { isatty } from 'node:tty'
import { EXIT, type ExitCode } from './exit-code.ts'

export interface CommandIoStreams {
  readonly input: Readable
  readonly output: Writable
  readonly messages: Writable
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether `messages` is a terminal, where a line may be drawn over. */
  readonly messagesOnTerminal: boolean
  readonly outputOnTerminal: boolean
}

/** The streams of one run of the command line and the exit code that it will have. */
export class CommandIo {
  readonly input: Readable
  readonly output: Writable
  readonly messages: Writable
  readonly env: Readonly<Record<string, string | undefined>>
  readonly messagesOnTerminal: boolean
  readonly outputOnTerminal: boolean
  /** Set by a command that ends otherwise than well without throwing. */
  exitCode: ExitCode = EXIT.ok
  readonly #outputGone = new AbortController()

  constructor(streams: CommandIoStreams) {
    this.input = streams.input
    this.output = streams.output
    this.messages = streams.messages
    this.env = streams.env
    this.messagesOnTerminal = streams.messagesOnTerminal
    this.outputOnTerminal = streams.outputOnTerminal
    // A reader such as `head` may leave early: that is its right and no error of ours.
    this.output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        this.say(`varve: cannot write to standard output: ${error.message}`)
        this.exitCode = EXIT.failed
      }
      this.#outputGone.abort()
    })
    this.messages.on('error', () => undefined)
  }

  /** Aborts when nobody reads standard output any more. */
  get outputGone(): AbortSignal {
    return this.#outputGone.signal
  }

  /** Writes a line (or several) of result to standard output. */
  print(text: string): void {
    if (!this.outputGone.aborted) this.output.write(`${text}\n`)
  }

  /** Prints a result as one line of JSON or as text for people. */
  printResult(json: boolean, value: unknown, text: () => string): void {
    this.print(json ? JSON.stringify(value) : text())
  }

  /** Writes a line for people to standard error. */
  say(text: string): void {
    this.messages.write(`${text}\n`)
  }

  /** Writes pieces of result to standard output, at once and together; resolves when the stream wants more. */
  async write(pieces: readonly Uint8Array[]): Promise<void> {
    if (this.outputGone.aborted) return
    let wantsMore = true
    for (const piece of pieces) wantsMore = this.output.write(piece)
    if (wantsMore) return
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.output.off('drain', done).off('close', done).off('error', done)
        resolve()
      }
      this.output.on('drain', done).on('close', done).on('error', done)
    })
  }

  /** Resolves when all that was printed has left this process, or nobody wants it. */
  async flush(): Promise<void> {
    if (this.outputGone.aborted || this.output.writableLength === 0) return
    await new Promise<void>((resolve) => {
      this.output.once('error', () => {
        resolve()
      })
      this.output.write('', () => {
        resolve()
      })
    })
  }
}

/** The streams of this process. */
export function processIo(): CommandIo {
  return new CommandIo({
    input: process.stdin,
    output: process.stdout,
    messages: process.stderr,
    env: process.env,
    messagesOnTerminal: isatty(process.stderr.fd),
    outputOnTerminal: isatty(process.stdout.fd),
  })
}
