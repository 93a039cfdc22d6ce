// Where replayed records go.
import type { ReplayedRecord } from '../../client/index.ts'
import type { CommandIo } from '../command-io.ts'
import type { RecordPrinter } from '../record-printer.ts'

export interface ReplaySink {
  /** Takes them; resolves when there is room for more. */
  take(records: readonly ReplayedRecord[]): Promise<void>
  /** Resolves when all that was taken is where it should be. @returns whether it is */
  settle(): Promise<boolean>
}

/** Prints them on standard output. */
export class PrintingSink implements ReplaySink {
  readonly #printer: RecordPrinter
  readonly #io: CommandIo

  constructor(printer: RecordPrinter, io: CommandIo) {
    this.#printer = printer
    this.#io = io
  }

  async take(records: readonly ReplayedRecord[]): Promise<void> {
    for (const record of records) {
      const full = this.#printer.print(record)
      if (full !== undefined) await full
    }
  }

  async settle(): Promise<boolean> {
    await this.#printer.flush()
    await this.#io.flush()
    return !this.#io.outputGone.aborted
  }
}
