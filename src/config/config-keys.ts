// Everything that can be configured of a broker, in one table. To add a setting, add one entry: the loader, `varve config`,
// the environment variable, the error messages and docs/CONFIG.md (`npm run generate`) follow from it. Names are those that
// files and `--set` use; a flag of its own is a matter of the command line (src/cli/config-options.ts).
import { LIMITS, type LimitName } from '../domain/limits.ts'
import { DEFAULT_ADDRESS, DEFAULT_METRICS_ADDRESS } from '../domain/network-address.ts'
import { TOPIC_SETTINGS, type TopicSettingName } from '../domain/topic-settings.ts'
import { LOG_LEVELS } from '../platform/pino-log.ts'
import {
  addressKey,
  bytesKey,
  type ConfigKey,
  choiceKey,
  countKey,
  durationKey,
  optionalAddressKey,
  textKey,
  topicSettingKey,
} from './config-key.ts'

/** What a broker keeps its records in. */
const STORAGE_NAMES = ['file', 'memory'] as const

/** The settings that are neither limits nor topic settings. */
export const SERVER_KEYS = {
  dataDir: textKey('a path', {
    default: './data',
    summary:
      'The folder of all files, made when it is not there. A relative path starts at the folder in which the broker is started. Not touched with storage memory.',
  }),
  listen: addressKey({
    default: DEFAULT_ADDRESS,
    summary: 'Where clients connect; port 0 takes a free one.',
  }),
  storage: choiceKey(STORAGE_NAMES, {
    default: 'file',
    summary: 'What records are kept in; memory forgets everything at the end.',
  }),
  'metrics.listen': optionalAddressKey({
    default: DEFAULT_METRICS_ADDRESS,
    summary:
      'Where /metrics, /livez and /readyz are served over HTTP; off serves them nowhere. When the default address is taken the broker starts without; one that was asked for must be free.',
  }),
  logLevel: choiceKey(LOG_LEVELS, {
    default: 'info',
    summary: 'The least severe events that the log holds.',
  }),
} as const

interface LimitBounds {
  readonly min: number
  readonly max: number
}

const KIB = 1024
const MIB = 1024 * KIB
const GIB = 1024 * MIB
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/**
 * The limits that an operator may change, as `limits.NAME`, and how far. Left out are those that formats, clients or the
 * protocol count on. A batch of the largest size must always fit where batches wait.
 */
const CONFIGURABLE_LIMITS = {
  topicsMax: { min: 1, max: 100_000 },
  partitionsPerTopicMax: { min: 1, max: 10_000 },
  partitionsMax: { min: 1, max: 200_000 },
  connectionsMax: { min: 1, max: 1_000_000 },
  connectionsPerAddressMax: { min: 1, max: 1_000_000 },
  handshakeMsMax: { min: 100, max: 10 * MINUTE_MS },
  connectionAgeMsMax: { min: 10_000, max: 7 * 24 * HOUR_MS },
  connectionAgeGraceMs: { min: 0, max: 24 * HOUR_MS },
  sessionMemoryBytesMax: { min: 16 * MIB, max: 16 * GIB },
  receiveWindowBytesPerCall: { min: 64 * KIB, max: 16 * MIB },
  receiveWindowBytesPerConnection: { min: 64 * KIB, max: 64 * MIB },
  streamsPerConnectionMax: { min: 1, max: 10_000 },
  requestBytesInFlightMax: { min: LIMITS.requestBytesMax, max: 64 * GIB },
  requestBytesPerAddressMax: { min: LIMITS.requestBytesMax, max: 64 * GIB },
  requestBytesPerConnectionMax: { min: 64 * KIB, max: 64 * GIB },
  callsMax: { min: 10, max: 10_000_000 },
  callsPerAddressMax: { min: 10, max: 10_000_000 },
  requestReceiveMsMax: { min: 100, max: HOUR_MS },
  smallFramesPerSecondMax: { min: 100, max: 1_000_000 },
  emptyBytesPerSecondMax: { min: 16 * KIB, max: 16 * GIB },
  abortedCallsBurstMax: { min: 10, max: 900 },
  cutConnectionsBurstMax: { min: 1, max: 1_000_000 },
  cutConnectionsPerSecondMax: { min: 1, max: 1_000_000 },
  connectionIdleMsMax: { min: 1_000, max: 24 * HOUR_MS },
  keepaliveIntervalMs: { min: 1_000, max: HOUR_MS },
  keepaliveTimeoutMs: { min: 1_000, max: 10 * MINUTE_MS },
  shutdownGraceMs: { min: 0, max: HOUR_MS },
  unreadAnswerBytesMax: { min: 16 * MIB, max: 64 * GIB },
  unreadAnswerBytesPerConnectionMax: { min: 1 * MIB, max: 64 * GIB },
  waitingFetchesMax: { min: 1, max: 1_000_000 },
  waitingFetchPartitionsMax: { min: 1, max: 10_000_000 },
  subscriptionsMax: { min: 1, max: 1_000_000 },
  subscriptionsPerConnectionMax: { min: 1, max: 10_000 },
  subscriptionPartitionsTotalMax: { min: 1, max: 10_000_000 },
  subscriptionUnreadMsMax: { min: 1_000, max: HOUR_MS },
  subscriptionUnreadBytesMax: { min: 16 * MIB, max: 64 * GIB },
  replaysMax: { min: 1, max: 1_000_000 },
  replaysPerConnectionMax: { min: 1, max: 10_000 },
  replayUnreadMsMax: { min: 1_000, max: HOUR_MS },
  groupsMax: { min: 1, max: 1_000_000 },
  groupMembersMax: { min: 1, max: 10_000 },
  groupCommandsWaitingMax: { min: 100, max: 1_000_000 },
  sessionTimeoutMsMin: { min: 100, max: HOUR_MS },
  sessionTimeoutMsDefault: { min: 100, max: 24 * HOUR_MS },
  sessionTimeoutMsMax: { min: 1_000, max: 24 * HOUR_MS },
  rebalanceTimeoutMsDefault: { min: 1_000, max: 24 * HOUR_MS },
  rebalanceTimeoutMsMax: { min: 1_000, max: 24 * HOUR_MS },
  groupHeartbeatIntervalMsMax: { min: 50, max: HOUR_MS },
  groupOffsetsRetentionMs: { min: 1_000, max: 10 * 365 * 24 * HOUR_MS },
  groupExpiryIntervalMs: { min: 1_000, max: 24 * HOUR_MS },
  waitingForCommitsMax: { min: 1, max: 1_000_000 },
  groupSessionsMax: { min: 1, max: 1_000_000 },
  groupSessionsPerConnectionMax: { min: 1, max: 10_000 },
  snapshotsPerGroupMax: { min: 0, max: 10_000 },
  snapshotOffsetsPerGroupMax: { min: 0, max: 10_000_000 },
  groupHistoryReadsMax: { min: 1, max: 1_000 },
  appendQueueBytesPerPartitionMax: { min: LIMITS.batchBytesMax, max: 1 * GIB },
  appendQueueBytesMax: { min: LIMITS.batchBytesMax, max: 64 * GIB },
  producersMax: { min: 1, max: 10_000_000 },
  groupHandlerStalledMs: { min: 1_000, max: 24 * HOUR_MS },
  groupNotCommittingMs: { min: 1_000, max: 24 * HOUR_MS },
  groupBacklogWarnMs: { min: 1_000, max: 365 * 24 * HOUR_MS },
  groupTrafficIntervalMs: { min: 100, max: HOUR_MS },
  groupCheckpointIntervalBytes: { min: 64 * KIB, max: 16 * GIB },
  groupHistoryRetentionMs: { min: 0, max: 10 * 365 * 24 * HOUR_MS },
  groupHistoryBytesMax: { min: 0, max: 1024 * GIB },
  recoveryGraceMs: { min: 0, max: HOUR_MS },
  partitionOpeningsMax: { min: 1, max: 256 },
  maintenanceIntervalMs: { min: 100, max: HOUR_MS },
  verificationsMax: { min: 1, max: 64 },
  metricGroupsMax: { min: 0, max: 10_000 },
  metricGroupTopicsMax: { min: 0, max: 100_000 },
  memoryEngineBytesMax: { min: 1 * MIB, max: 1024 * GIB },
  openFilesMax: { min: 16, max: 1_000_000 },
  tailBytesMax: { min: 0, max: 64 * GIB },
  tailBytesPerPartitionMax: { min: 0, max: 64 * GIB },
  readBlockBytesMax: { min: 64 * KIB, max: 16 * MIB },
  readCacheBytesMax: { min: 0, max: 64 * GIB },
  readAheadBytesMax: { min: 0, max: 16 * GIB },
  indexCacheBytesMax: { min: 64 * KIB, max: 16 * GIB },
  quarantineBytesPerPartitionMax: { min: 0, max: 64 * GIB },
  checkpointIntervalBytes: { min: 1 * MIB, max: 16 * GIB },
  diskReserveBytes: { min: 0, max: 64 * GIB },
} as const satisfies Partial<Record<LimitName, LimitBounds>>

/** Pairs of which the first may not be set above the second. */
export const ORDERED_LIMITS: readonly (readonly [ConfigurableLimit, ConfigurableLimit])[] = [
  ['partitionsPerTopicMax', 'partitionsMax'],
  ['connectionsPerAddressMax', 'connectionsMax'],
  ['unreadAnswerBytesPerConnectionMax', 'unreadAnswerBytesMax'],
  ['requestBytesPerConnectionMax', 'requestBytesInFlightMax'],
  ['subscriptionsPerConnectionMax', 'subscriptionsMax'],
  ['replaysPerConnectionMax', 'replaysMax'],
  ['groupSessionsPerConnectionMax', 'groupSessionsMax'],
  ['sessionTimeoutMsMin', 'sessionTimeoutMsDefault'],
  ['sessionTimeoutMsDefault', 'sessionTimeoutMsMax'],
  ['rebalanceTimeoutMsDefault', 'rebalanceTimeoutMsMax'],
  ['appendQueueBytesPerPartitionMax', 'appendQueueBytesMax'],
  ['tailBytesPerPartitionMax', 'tailBytesMax'],
]

type ConfigurableLimit = keyof typeof CONFIGURABLE_LIMITS

/** What goes before the name of a limit. */
export const LIMIT_PREFIX = 'limits.'
/** What goes before the name of a topic setting that new topics get. */
export const TOPIC_PREFIX = 'topic.defaults.'

/** Every setting by its name, in the order of the documentation. */
export const CONFIG_KEYS: ReadonlyMap<string, ConfigKey<unknown>> = new Map(allKeys())

/** Variables that begin as ours do and are for other uses: the broker that a client's command talks to, and the file. */
export const OTHER_VARIABLES = { broker: 'VARVE_BROKER', configFile: 'VARVE_CONFIG' } as const

/** The environment variable of a setting: `limits.openFilesMax` is `VARVE_LIMITS_OPEN_FILES_MAX`. */
export function variableOf(key: string): string {
  const words = key.replace(/([a-z])([A-Z])/g, '$1_$2').replaceAll('.', '_')
  return `VARVE_${words.toUpperCase()}`
}

function* allKeys(): Generator<[string, ConfigKey<unknown>]> {
  for (const [name, key] of Object.entries(SERVER_KEYS)) yield [name, key]
  for (const [name, bounds] of Object.entries(CONFIGURABLE_LIMITS)) {
    yield [LIMIT_PREFIX + name, limitKey(name as ConfigurableLimit, bounds)]
  }
  for (const name of Object.keys(TOPIC_SETTINGS) as TopicSettingName[]) {
    yield [TOPIC_PREFIX + name, topicSettingKey(name)]
  }
}

function limitKey(name: ConfigurableLimit, bounds: LimitBounds): ConfigKey<number> {
  const about = { default: String(LIMITS[name]) }
  if (name.includes('Bytes')) return bytesKey(bounds, about)
  return /Ms(Max|Default)?$/.test(name) ? durationKey(bounds, about) : countKey(bounds, about)
}
