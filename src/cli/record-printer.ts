// Puts records on standard output: gathered into big writes while many come, and never held back for long when few do.
import type { Cancel, Clock } from '../platform/clock.ts'
import type { CommandIo } from './command-io.ts'
import { OutputBuffer } from './output-buffer.ts'
import type { RecordFormat } from './record-format.ts'
import type { ReadRecord } from './record-json.ts'

/** The longest that a printed record waits for others. */
const HOLD_BACK_MS = 20

export class RecordPrinter {
  readonly #io: CommandIo
  readonly #clock: Clock
  readonly #format: RecordFormat
  readonly #buffer = new OutputBuffer()
  #stopTimer: Cancel | undefined

  constructor(io: CommandIo, clock: Clock, format: RecordFormat) {
    this.#io = io
    this.#clock = clock
    this.#format = format
  }

  /** Takes the record; its bytes are free again when it returns. Resolves when there is room for more. */
  print(record: ReadRecord): Promise<void> | undefined {
    this.#format(record, this.#buffer)
    if (this.#buffer.isFull) return this.flush()
    this.#stopTimer ??= this.#clock.after(HOLD_BACK_MS, () => {
      void this.flush()
    })
    return undefined
  }

  /** Writes all that waits. */
  async flush(): Promise<void> {
    this.#stopTimer?.()
    this.#stopTimer = undefined
    await this.#io.write(this.#buffer.take())
  }
}
