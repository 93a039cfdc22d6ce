// Counts the bytes of buffers that a run asks for, by standing in the way of those who make them. Objects are not counted: the heap is
// looked at now and then instead.

const METHODS = ['alloc', 'allocUnsafe', 'allocUnsafeSlow'] as const

export class AllocationMeter {
  /** Since it was set to 0. */
  bytes = 0

  /** For the life of this thread. */
  install(): void {
    for (const method of METHODS) {
      const original = Buffer[method].bind(Buffer) as (size: number, ...rest: unknown[]) => Buffer
      const counting = (size: number, ...rest: unknown[]): Buffer => {
        this.bytes += size
        return original(size, ...rest)
      }
      Object.defineProperty(Buffer, method, { value: counting })
    }
  }
}
