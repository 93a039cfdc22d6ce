// Every bound of the system by its name. docs/LIMITS.md lists them with their reasons; nothing grows past one silently.

const KIB = 1024
const MIB = 1024 * KIB

export const LIMITS = {
  // Topics
  topicsMax: 10_000,
  partitionsPerTopicMax: 1_000,
  partitionsMax: 20_000,

  // Batches
  /** The largest max.message.bytes that a topic may ask for. */
  batchBytesMax: 8 * MIB,
  decompressedBatchBytesMax: 16 * MIB,
  decompressionRatioMax: 1_000,
  /** Outputs up to this size are admitted whatever their ratio: a few equal records compress very well. */
  decompressionRatioFreeBytes: 64 * KIB,

  // Requests
  requestBytesMax: 8 * MIB + 64 * KIB,
  itemsPerRequestMax: 1_000,
  recordsPerEntryMax: 100_000,
  unknownFieldBytesMax: 64 * KIB,
  /** Items of all repeated fields of a request together, records and headers among them. */
  requestItemsMax: 250_000,
  messageNestingMax: 32,
  deadlineMsMax: 300_000,
  deadlineMsDefault: 30_000,

  // Connections
  streamsPerConnectionMax: 100,
  connectionIdleMsMax: 300_000,
  keepaliveIntervalMs: 30_000,
  keepaliveTimeoutMs: 10_000,
  /** How long a stopping server waits for calls under way before it breaks them off. */
  shutdownGraceMs: 10_000,

  // Fetch
  fetchBytesDefault: 1 * MIB,
  /** A response stays below gRPC's default receive limit of 4 MiB unless one batch alone is larger. */
  fetchBytesMax: 4 * MIB - 64 * KIB,
  fetchWaitMsMax: 60_000,
  /** A long poll answers this long before its deadline. */
  fetchDeadlineMarginMs: 100,
  waitingFetchesMax: 10_000,
  /** Over all waiting fetches: each costs a subscription. */
  waitingFetchPartitionsMax: 200_000,

  // Appends
  appendQueueBytesPerPartitionMax: 16 * MIB,
  appendQueueBytesMax: 256 * MIB,
  /** Appends that are written and synced together; a larger batch goes alone. */
  appendGroupBytesMax: 2 * MIB,
  produceStreamInFlightMax: 64,

  // The broker at work
  /** How long a start waits for slow recoveries before it serves what is open. */
  recoveryGraceMs: 5_000,
  /** Partitions that are opened at a time. */
  partitionOpeningsMax: 16,
  /** Every partition gets its maintenance (retention, removal of deleted files) once in this time. */
  maintenanceIntervalMs: 30_000,
  /** Verify calls that run at a time. */
  verificationsMax: 2,

  // The client
  /** The largest answer that the client takes: a full response and one batch of the largest size above it. */
  clientReceiveBytesMax: 16 * MIB,

  // Storage
  /** All batches of a memory engine together, unless it is told otherwise. */
  memoryEngineBytesMax: 512 * MIB,
  metadataValueBytesMax: 1 * MIB,

  // Files
  openFilesMax: 512,
  tailBytesMax: 64 * MIB,
  tailBytesPerPartitionMax: 4 * MIB,
  indexCacheBytesMax: 32 * MIB,
  quarantineBytesPerPartitionMax: 64 * MIB,
  /** Synced bytes of a segment after which the recovery point is moved up. */
  checkpointIntervalBytes: 64 * MIB,
} as const
