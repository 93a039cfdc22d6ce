// Buffers for batches that are being filled: one of the full size where full batches are expected, used again when its batch was
// delivered. Without that every batch would grow by copies and leave its buffers to the garbage collector. Invariant: a buffer is in
// the hands of one batch only, and comes back when nobody can be reading it any more.

/** Buffers that are kept for later: at the usual size 4 MiB. */
const SPARE_ROOMS_MAX = 32

export class BatchRooms {
  private spare: Buffer[] = []

  /** @returns a buffer, or how many bytes to begin with when no full batch is expected */
  take(expectedBytes: number, batchBytesMax: number): Buffer | number {
    if (expectedBytes < batchBytesMax / 2) return expectedBytes
    const room = this.spare.pop()
    return room?.length === batchBytesMax ? room : Buffer.allocUnsafeSlow(batchBytesMax)
  }

  /** The batch that had it is delivered, and its bytes are with the broker. */
  giveBack(room: Buffer | undefined): void {
    if (room !== undefined && this.spare.length < SPARE_ROOMS_MAX) this.spare.push(room)
  }
}
