// Buffers for batches that are being filled: one of the full size where full batches are expected, used again when its batch was
// delivered. Without that every batch would grow by copies and leave its buffers to the garbage collector. Invariant: a buffer is in
// the hands of one batch only, and comes back when nobody can be reading it any more.

/** Of the producer's buffer, that many bytes are kept for later: what it gives back at once when a sender waits for room. */
const SPARE_SHARE = 1 / 4
/**
 * A room begins so far into its memory: grpc-js copies the first batch of a message to some 30 bytes into a page, and a copy to 1 to 31 bytes
 * above its source (modulo a page) takes 15 times as long on some processors.
 */
const ROOM_OFFSET_BYTES = 256

export class BatchRooms {
  private readonly spareBytesMax: number
  private spare: Buffer[] = []
  private spareBytes = 0

  /** @param bufferBytes the size of the producer's buffer */
  constructor(bufferBytes: number) {
    this.spareBytesMax = bufferBytes * SPARE_SHARE
  }

  /** @returns a buffer, or how many bytes to begin with when no full batch is expected */
  take(expectedBytes: number, batchBytesMax: number): Buffer | number {
    if (expectedBytes < batchBytesMax / 2) return expectedBytes
    const room = this.spare.pop()
    if (room !== undefined) this.spareBytes -= room.length
    if (room?.length === batchBytesMax) return room
    return Buffer.allocUnsafeSlow(ROOM_OFFSET_BYTES + batchBytesMax).subarray(ROOM_OFFSET_BYTES)
  }

  /** The batch that had it is delivered, and its bytes are with the broker. */
  giveBack(room: Buffer | undefined): void {
    if (room === undefined || this.spareBytes + room.length > this.spareBytesMax) return
    this.spare.push(room)
    this.spareBytes += room.length
  }
}
