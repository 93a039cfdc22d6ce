// Every event that varve logs, by its name: at which levels, with which fields, and what it means for whoever runs it. docs/LOGS.md is
// made from this file, and a test holds it against the calls in the source. Names stay: people search and alert by them.
import type { Log } from './log.ts'

type LogLevelName = Exclude<keyof Log, 'with'>

export interface LogEventDefinition {
  readonly levels: readonly LogLevelName[]
  /** Those that tell most; others may come. */
  readonly fields: readonly string[]
  /** One or two sentences for docs/LOGS.md. */
  readonly summary: string
}

const event = (
  levels: readonly LogLevelName[],
  fields: readonly string[],
  summary: string,
): LogEventDefinition => ({ levels, fields, summary })

const PARTITION = ['topic', 'topicId', 'partition'] as const

export const LOG_EVENTS = {
  // The process
  configuration_read: event(
    ['info'],
    ['settings'],
    'The settings that differ from their defaults, each with its value and where that comes from; secrets are left out.',
  ),
  server_started: event(
    ['info'],
    ['address', 'monitoringAddress', 'storage', 'durationMs'],
    'Clients may connect.',
  ),
  server_stopping: event(['info'], [], 'A stop in order has begun.'),
  server_stopped: event(['info'], [], 'All that was accepted is finished; the process may end.'),
  unexpected_error: event(
    ['error'],
    ['origin', 'error'],
    'A bug: the process ends, as its state is not known any more. Report it with this line.',
  ),
  request_failed_unexpectedly: event(
    ['error'],
    ['id', 'error'],
    'A bug: one call was answered with `INTERNAL` and this id. Report it with this line.',
  ),

  // Consumer groups
  group_checkpoint_written: event(
    ['info'],
    ['groups', 'bytes', 'durationMs'],
    'The states of all groups were stored behind their events: a start reads from there, and older history may go.',
  ),
  group_checkpoint_hint_lost: event(
    ['warn'],
    ['error'],
    'Where the last checkpoint of groups lies could not be read or noted; a start reads more of the journal.',
  ),
  group_history_not_deleted: event(
    ['warn'],
    ['error'],
    'What is older than the history of groups could not be deleted; it is tried again after the next checkpoint.',
  ),
  group_topic_updated: event(
    ['info'],
    ['topic', 'topicId'],
    'The topic of groups was given the settings that the broker has for it now.',
  ),

  // A start
  tail_not_renewed: event(
    ['warn'],
    ['path', 'reason'],
    'A start after a kill found no room to write the end of a log anew, and synced it as it is. Only where a sync had failed before the kill, and left no note, does that not make it durable.',
  ),

  // The reserve on the disk
  disk_reserve_taken: event(
    ['info'],
    ['bytes'],
    'The space that is kept for committed offsets and metadata is there (again): records of all topics are taken.',
  ),
  disk_reserve_given: event(
    ['warn'],
    ['bytes'],
    'The disk is full: the reserve was given away. Records are refused with DISK_FULL until there is room for it again and as much once more; committed offsets are taken.',
  ),
  disk_reserve_missing: event(
    ['warn'],
    ['bytes', 'freeBytes'],
    'There is no room for the reserve: records are refused with DISK_FULL until there is room for it and as much once more.',
  ),
  disk_reserve_failed: event(
    ['warn'],
    ['reason'],
    'The reserve could not be made, or given away, for another reason than space: the broker runs without one.',
  ),

  // Ports
  descriptors_scarce: event(
    ['info'],
    ['descriptors', 'openFilesMax', 'connectionsMax'],
    'The process may open fewer descriptors than the limits ask for: these are in force, so that connections cannot take those of the log.',
  ),
  monitoring_not_served: event(
    ['warn'],
    ['address', 'reason'],
    'The default address of metrics and health is taken; the broker runs without them.',
  ),
  monitoring_connection_failed: event(
    ['warn'],
    ['reason'],
    'A connection to the monitoring port could not be accepted; out of descriptors, say.',
  ),
  monitoring_failed: event(
    ['error'],
    ['path', 'error'],
    'A bug: a page of the monitoring port could not be made, or not all of it.',
  ),
  connection_refused: event(
    ['warn'],
    ['reason', 'peer', 'unsaid', 'total'],
    'A connection was turned away before HTTP/2 began: `too-many-connections`, `too-many-from-address`, `cut-too-often` (an address whose connections are cut again and again), `handshake-timeout` or `not-http2`. One line for each reason in ten seconds; `unsaid`: those since the last.',
  ),
  connection_cut: event(
    ['warn'],
    ['reason', 'peer', 'unsaid', 'total'],
    'A connection was closed because it made work and nothing else: `small-frames`, `empty-bytes` or `aborted-calls`; or because it broke the protocol: `protocol-error`.',
  ),
  call_refused: event(
    ['warn'],
    ['reason', 'peer', 'unsaid', 'total'],
    'A call was refused with QUEUE_FULL because as many are under way as there may be: on the broker (`too-many-calls`) or from one address (`too-many-calls-from-address`). One line for each reason in ten seconds.',
  ),
  accept_failed: event(
    ['warn'],
    ['error'],
    'The listening socket of the broker reported an error; it goes on listening.',
  ),
  grpc_library_message: event(['debug'], ['message'], 'What the gRPC library says by itself.'),

  // The data directory
  storage_opened: event(
    ['info'],
    ['clean', 'epoch'],
    'The data directory is taken; `clean`: the stop before was in order.',
  ),
  storage_closed: event(
    ['info'],
    ['clean', 'failedPartitions'],
    'The data directory is free again; `clean`: the next start reads no logs.',
  ),
  format_file_damaged: event(
    ['error'],
    ['reason'],
    'The file that tells the format was damaged and is written anew.',
  ),
  clean_shutdown_mark_damaged: event(
    ['warn'],
    [],
    'The mark of a clean stop cannot be read: this start recovers as after a crash.',
  ),
  epoch_file_lost: event(
    ['error'],
    ['rebuiltAs'],
    "The broker's epoch was lost and found again in the logs.",
  ),
  clean_shutdown_not_marked: event(
    ['error'],
    ['reason'],
    'The mark of a clean stop could not be written: the next start recovers.',
  ),
  lock_not_released: event(['error'], ['reason'], 'The lock stays; a start takes it over.'),
  close_failed: event(
    ['warn', 'error'],
    ['reason'],
    'A file could not be closed in order. The next start does not trust it.',
  ),
  removal_failed: event(
    ['warn'],
    ['reason'],
    'A file that is not needed any more could not be removed; it is tried again.',
  ),
  cluster_identity_damaged: event(
    ['error'],
    [],
    'The id of the broker was damaged and is made anew; nothing else depends on it.',
  ),
  producer_ids_damaged: event(
    ['error'],
    [],
    'The record of producer ids was damaged; it goes on with ids that nobody has.',
  ),

  // The start
  partitions_opened: event(
    ['info', 'error'],
    [
      'partitions',
      'clean',
      'recovered',
      'degraded',
      'missing',
      'failed',
      'tornBytes',
      'durationMs',
    ],
    'All partitions were opened, or could not be: how many with which outcome. An error when any is degraded, missing or failed.',
  ),
  partition_opened: event(
    ['debug', 'warn', 'error'],
    ['topicName', 'partition', 'outcome', 'tornBytes', 'damaged', 'anomalies'],
    'One partition; `warn` when anything was found and mended, `error` when records are damaged. See OPERATIONS.md.',
  ),
  partition_not_opened: event(
    ['error'],
    [...PARTITION, 'trouble', 'error'],
    'The data of a partition is missing, or opening it failed; the latter is tried again.',
  ),
  creation_resumed: event(['info'], ['topic', 'topicId'], 'A creation that was cut off goes on.'),
  deletion_resumed: event(['info'], ['topic', 'topicId'], 'A deletion that was cut off goes on.'),
  topic_creation_not_finished: event(
    ['error'],
    ['topic', 'topicId', 'error'],
    'A creation that was cut off could not be finished; the topic is discarded: nobody was told of it.',
  ),
  topic_anomaly: event(
    ['error'],
    ['topicId', 'what'],
    'Stored metadata and stored partitions do not fit together; what is there is kept and served as well as it can be.',
  ),

  // Topics
  partitions_not_removed: event(
    ['error'],
    ['topic', 'error'],
    'Partitions of an addition that failed could not be taken back.',
  ),
  topic_not_removed: event(
    ['error'],
    ['topic', 'topicId', 'error'],
    'A deleted topic is not yet gone from storage; it is tried again.',
  ),
  deletion_in_doubt: event(
    ['error'],
    ['topic', 'topicId', 'error'],
    'It is not known whether a deletion was stored. The topic is read-only until it is deleted again or its settings are updated.',
  ),
  topic_not_saved: event(
    ['warn'],
    ['topic', 'error'],
    'The end of an addition of partitions could not be stored; the next start tries again.',
  ),
  topic_name_unreadable: event(
    ['warn'],
    ['topicId', 'reason'],
    'The name of a topic beside its data cannot be read; that in the metadata counts.',
  ),

  // Partitions at work
  partition_fenced: event(
    ['error'],
    [...PARTITION, 'reason', 'error'],
    'A write or sync failed: the partition writes no more until a restart. Look at the disk.',
  ),
  fence_not_recorded: event(
    ['error'],
    [...PARTITION, 'error'],
    'A partition is fenced and that could not be written beside it.',
  ),
  damage_found: event(
    ['error'],
    [...PARTITION, 'what'],
    'Stored bytes are damaged: the partition is read-only, reads of these offsets fail. See OPERATIONS.md.',
  ),
  index_rebuilt: event(
    ['warn'],
    [...PARTITION, 'segment', 'reason'],
    'An index was wrong and is made anew from its log; no record is lost.',
  ),
  index_lost: event(
    ['error'],
    [...PARTITION, 'segment', 'reason'],
    'An index was wrong and could not be made anew; reads of the segment are slow.',
  ),
  checkpoint_postponed: event(
    ['warn'],
    [...PARTITION, 'reason'],
    'There was no room for a checkpoint or index; it is written later.',
  ),
  synced_end_not_renewed: event(
    ['warn'],
    ['reason'],
    'The hint how far a log is synced could not be written; a start can tell less well damage from a torn tail.',
  ),
  maintenance_failed: event(
    ['error'],
    [...PARTITION, 'error'],
    'Retention or another duty of time failed for a partition; it is tried again.',
  ),
  groups_loaded: event(
    ['info'],
    ['groups', 'durationMs'],
    'The consumer groups were read from storage; their members have a whole session to come back in.',
  ),
  groups_not_loaded: event(
    ['error'],
    ['error'],
    'The stored consumer groups cannot be read: everything about groups is refused with this error, the rest of the broker works.',
  ),
  group_member_joined: event(
    ['info'],
    ['group', 'memberId', 'clientId', 'unsaid'],
    'A member is new in a consumer group. `unsaid`: lines about the group that were left out since the last one.',
  ),
  group_member_left: event(
    ['info'],
    ['group', 'memberId', 'clientId', 'reason', 'unsaid'],
    'A member went by itself: `left`, or `rejoined` when a newer one took its place.',
  ),
  group_member_put_out: event(
    ['warn'],
    ['group', 'memberId', 'clientId', 'reason', 'unsaid'],
    'A member was put out: `session-expired` (no heartbeat in time), `rebalance-expired` (it did not give up its partitions in time) or `offsets-reset` (a forced reset). It must join again.',
  ),
  group_rebalanced: event(
    ['info'],
    ['group', 'epoch', 'members', 'partitions', 'durationMs', 'unsaid'],
    'Every member of a group has what it shall have. `durationMs`: since the first change.',
  ),
  group_offsets_reset: event(
    ['info'],
    ['group', 'resetEpoch', 'partitions', 'membersPutOut', 'reason'],
    'Committed offsets of a group were set elsewhere: a reset, an undo or the restore of a snapshot. `reason` is in the words of whoever asked for it.',
  ),
  group_forked: event(
    ['info'],
    ['group', 'newGroup', 'partitions'],
    'A new group was made that stands where another one stands, or stood.',
  ),
  group_falling_behind: event(
    ['warn'],
    ['group', 'reason', 'backlogMs', 'backlogRecords', 'producerRate', 'consumerRate', 'drainMs'],
    'The oldest record that a group has not committed is older than `groupBacklogWarnMs` in six looks in a row (`late`; half a minute), or at least a fifth of it and the backlog has grown for a minute (`growing`). Told once until it has caught up; `varve group explain` says why.',
  ),
  group_caught_up: event(
    ['info'],
    ['group', 'backlogMs', 'backlogRecords', 'producerRate', 'consumerRate', 'durationMs'],
    'A group that had fallen behind has at most a tenth of `groupBacklogWarnMs` before it again. Not told when it gave up the topic, or the topic is gone.',
  ),
  group_look_failed: event(
    ['error'],
    ['error'],
    'A bug: how far groups are behind could not be looked at for metrics and warnings. Report it with this line.',
  ),
  group_checkpoint_failed: event(
    ['warn'],
    ['error'],
    'The states of all groups could not be stored anew: nothing is lost, and a start reads more. It is tried again.',
  ),
  group_upkeep_failed: event(
    ['warn'],
    ['group', 'duty', 'error'],
    'A consumer group could not be told of changed topics, or not be rid of what is too old; it is tried again.',
  ),
  group_round_failed: event(
    ['error'],
    ['group', 'error'],
    'What members or programs asked of a consumer group could not be stored: they were told, and nothing of it happened.',
  ),
  unanswered_append_failed: event(
    ['warn'],
    ['topic', 'partition', 'code'],
    'Records that were sent with durability `none` were not stored: their producer does not know.',
  ),
} as const satisfies Record<string, LogEventDefinition>
