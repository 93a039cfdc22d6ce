// Randomness by injection, so that one seed replays a run.

export interface Random {
  /** An integer from 0 to `bound` - 1; `bound` at most 2^32. */
  integer(bound: number): number
  /** `length` random bytes. */
  bytes(length: number): Uint8Array
}
