// A small versioned key-value store for what is not log data: topics and their settings, the broker's epoch. It commits
// beside the log of the same engine. A damaged value is reported, never treated as absent (invariant R3).
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'

/** A value with its version: 1 when created, one more at each change. Text, JSON by habit, at most 1 MiB. */
export interface MetadataValue {
  readonly value: string
  readonly version: number
}

export type MetadataEntry =
  | {
      readonly key: string
      readonly damaged: false
      readonly value: string
      readonly version: number
    }
  | { readonly key: string; readonly damaged: true }

/** Keys match `[A-Za-z0-9_-]{1,100}` in up to four parts with "/" between them. */
export interface MetadataStore {
  /** @throws VarveError CORRUPT_LOG when the stored value is damaged. */
  get(key: string): Promise<MetadataValue | undefined>
  /**
   * Stores `value` when the key is at `expectedVersion` (0: must not exist). Durable when it resolves.
   * @param options.overDamaged replaces a damaged value, with `expectedVersion` 0.
   * @returns the new version, or undefined when the key is at another version; then nothing changed.
   */
  compareAndSet(
    key: string,
    expectedVersion: number,
    value: string,
    options?: { readonly overDamaged?: boolean },
  ): Promise<number | undefined>
  /** Removes the key when it is at `expectedVersion`. Durable when it resolves. @returns whether it did. */
  delete(key: string, expectedVersion: number): Promise<boolean>
  /** All entries whose key begins with `prefix`, sorted by key. */
  list(prefix: string): Promise<MetadataEntry[]>
}

const KEY_PATTERN = /^[A-Za-z0-9_-]{1,100}(?:\/[A-Za-z0-9_-]{1,100}){0,3}$/

/**
 * Every store checks its keys with this one rule, so that a key is good on all of them.
 * @throws VarveError INVALID_ARGUMENT
 */
export function checkMetadataKey(key: string): void {
  if (KEY_PATTERN.test(key)) return
  throw new VarveError(
    'INVALID_ARGUMENT',
    `${JSON.stringify(key.slice(0, 100))} is no metadata key: one to four parts of A-Z a-z 0-9 _ - with "/" between them`,
  )
}

/** @throws VarveError INVALID_ARGUMENT when the value is larger than 1 MiB in UTF-8. */
export function checkMetadataValue(value: string): void {
  const bytes = Buffer.byteLength(value)
  if (bytes <= LIMITS.metadataValueBytesMax) return
  throw new VarveError(
    'INVALID_ARGUMENT',
    `a metadata value has at most ${LIMITS.metadataValueBytesMax} bytes, not ${bytes}`,
  )
}
