// Randomness from the operating system: for ids and jitter in production.
import { randomBytes, randomInt } from 'node:crypto'
import type { Random } from './random.ts'

export class NodeRandom implements Random {
  integer(bound: number): number {
    return randomInt(bound)
  }

  bytes(length: number): Uint8Array {
    return randomBytes(length)
  }
}
