// What dump prints: lines for people or JSON for programs, collected into big pieces and written with backpressure.
import type { CommandIo } from '../command-io.ts'
import { OutputBuffer } from '../output-buffer.ts'

export class DumpOutput {
  readonly isJson: boolean
  /** Something is not as it should be. */
  problems = 0
  readonly #io: CommandIo
  readonly #buffer = new OutputBuffer()

  constructor(io: CommandIo, isJson: boolean) {
    this.#io = io
    this.isJson = isJson
  }

  /** Nobody reads any more. */
  get isGone(): boolean {
    return this.#io.outputGone.aborted
  }

  /** One line, in the form that is wanted. */
  line(value: () => unknown, text: () => string): void {
    this.#buffer.addText(`${this.isJson ? JSON.stringify(value()) : text()}\n`)
  }

  /** A line that only people get. */
  note(text: string): void {
    if (!this.isJson) this.#buffer.addText(`${text}\n`)
  }

  /** Lets full pieces go; to be awaited every few lines. */
  async drain(): Promise<void> {
    if (this.#buffer.isFull) await this.#io.write(this.#buffer.take())
  }

  async flush(): Promise<void> {
    await this.#io.write(this.#buffer.take())
  }
}
