// A bound on bytes that several users share.

export class ByteBudget {
  private readonly bytesMax: number
  private used = 0

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax
  }

  /** Bytes that are taken now. */
  get bytes(): number {
    return this.used
  }

  /** Takes `bytes` if they fit; all or nothing. */
  take(bytes: number): boolean {
    if (this.used + bytes > this.bytesMax) return false
    this.used += bytes
    return true
  }

  give(bytes: number): void {
    this.used -= bytes
  }
}
