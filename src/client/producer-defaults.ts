// Defaults of a producer that commands tell of as well.

/** Of a batch, before compression. */
export const DEFAULT_BATCH_BYTES = 128 * 1024
export const DEFAULT_LINGER_MS = 5
