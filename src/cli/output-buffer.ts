// Collects the bytes of many records and hands them on in big pieces: a call to the system a record would be slow.

const PIECE_BYTES = 256 * 1024

export class OutputBuffer {
  #piece = Buffer.allocUnsafe(PIECE_BYTES)
  #used = 0
  readonly #full: Buffer[] = []

  /** Bytes that wait to be taken. */
  get bytes(): number {
    return this.#full.reduce((sum, piece) => sum + piece.length, this.#used)
  }

  /** True when a piece is full: time to take. */
  get isFull(): boolean {
    return this.#full.length > 0
  }

  /** Copies the bytes: they are the caller's again when it returns. */
  add(bytes: Uint8Array): void {
    if (bytes.length > this.#piece.length - this.#used) this.#makeRoom(bytes.length)
    this.#piece.set(bytes, this.#used)
    this.#used += bytes.length
  }

  addByte(byte: number): void {
    if (this.#used === this.#piece.length) this.#makeRoom(1)
    this.#piece[this.#used++] = byte
  }

  addText(text: string): void {
    const bytesMax = text.length * 3
    if (bytesMax > this.#piece.length - this.#used) this.#makeRoom(bytesMax)
    this.#used += this.#piece.write(text, this.#used)
  }

  /** All that was collected, for the taker to keep. */
  take(): readonly Buffer[] {
    const taken = this.#full.splice(0)
    if (this.#used > 0) {
      taken.push(this.#piece.subarray(0, this.#used))
      // What remains of the piece is still ours to fill.
      this.#piece = this.#piece.subarray(this.#used)
      this.#used = 0
    }
    return taken
  }

  #makeRoom(bytes: number): void {
    if (this.#used > 0) this.#full.push(this.#piece.subarray(0, this.#used))
    this.#piece = Buffer.allocUnsafe(Math.max(PIECE_BYTES, bytes))
    this.#used = 0
  }
}
