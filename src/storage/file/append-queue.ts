// The appends of one partition that wait for the disk: bounded in bytes, first in first out.
import { VarveError } from '../../domain/error.ts'
import type { AppendRequest, AppendResult } from '../engine.ts'
import type { ByteBudget } from './byte-budget.ts'

export interface WaitingAppend {
  readonly request: AppendRequest
  readonly resolve: (result: AppendResult) => void
  readonly reject: (error: VarveError) => void
}

export class AppendQueue {
  private readonly bytesMax: number
  private readonly shared: ByteBudget
  private waiting: WaitingAppend[] = []
  private bytes = 0

  /** @param bytesMax of this partition; `shared` bounds all of them together. */
  constructor(bytesMax: number, shared: ByteBudget) {
    this.bytesMax = bytesMax
    this.shared = shared
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0
  }

  /** In the order in which they came. */
  get entries(): readonly WaitingAppend[] {
    return this.waiting
  }

  /** @throws VarveError QUEUE_FULL */
  push(append: WaitingAppend): void {
    const size = append.request.batch.length
    if (this.bytes + size > this.bytesMax) {
      throw new VarveError('QUEUE_FULL', 'too many bytes wait to be written to this partition')
    }
    if (!this.shared.take(size)) {
      throw new VarveError('QUEUE_FULL', 'too many bytes wait to be written to this broker')
    }
    this.bytes += size
    this.waiting.push(append)
  }

  /** Takes the first `count` out. Their bytes count until {@link release}. */
  take(count: number): WaitingAppend[] {
    return this.waiting.splice(0, count)
  }

  /** Gives back the room of an append that was answered. */
  release({ request }: WaitingAppend): void {
    const { length } = request.batch
    this.bytes -= length
    this.shared.give(length)
  }

  /** Refuses all that wait. */
  rejectAll(error: VarveError): void {
    for (const append of this.take(this.waiting.length)) {
      this.release(append)
      append.reject(error)
    }
  }
}
