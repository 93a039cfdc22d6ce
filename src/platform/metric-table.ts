// Every metric that varve has, by its name: what it counts or measures, and by which labels it is split. docs/METRICS.md is made from
// this file. Names are Prometheus's: units are seconds and bytes, what only grows ends in `_total`. Invariant: the values of a
// label are a fixed, small set, but for `topic`, which LIMITS.metricTopicsMax bounds, and `group`, which LIMITS.metricGroupsMax does.

type MetricKind = 'counter' | 'gauge' | 'histogram'

export interface MetricDefinition {
  readonly kind: MetricKind
  /** One sentence for docs/METRICS.md and for the HELP line. */
  readonly summary: string
  readonly labels: readonly string[]
  /** Upper bounds of the buckets, in rising order; of histograms alone. */
  readonly buckets: readonly number[]
}

const counter = <const L extends readonly string[]>(summary: string, ...labels: L) => ({
  kind: 'counter' as const,
  summary,
  labels,
  buckets: [],
})
const gauge = <const L extends readonly string[]>(summary: string, ...labels: L) => ({
  kind: 'gauge' as const,
  summary,
  labels,
  buckets: [],
})
const histogram = <const L extends readonly string[]>(
  summary: string,
  buckets: readonly number[],
  ...labels: L
) => ({ kind: 'histogram' as const, summary, labels, buckets })

/** From a tenth of a millisecond, which a write to the page cache takes, to what nobody wants to see. */
const SECONDS = [
  0.0001, 0.000_25, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
]
/** From one small record to the largest group. */
const BYTES = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304]
/** From a group of one to one whose members have to be put out first. */
const REBALANCE_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]
const COUNTS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]

export const METRICS = {
  // Records in and out
  varve_records_in_total: counter(
    'Records that were appended, duplicates not among them.',
    'topic',
  ),
  varve_bytes_in_total: counter(
    'Bytes of batches that were appended, as they are stored.',
    'topic',
  ),
  varve_records_out_total: counter(
    'Records that were handed to readers, from the offset on that each asked for.',
    'topic',
  ),
  varve_bytes_out_total: counter('Bytes of batches that were handed to readers.', 'topic'),
  varve_produce_seconds: histogram(
    'From the acceptance of a batch to its acknowledgement; failures are not in it.',
    SECONDS,
    'durability',
  ),
  varve_duplicate_batches_total: counter(
    'Batches of idempotent producers that were stored already, and acknowledged with their first offsets.',
  ),
  varve_unanswered_failures_total: counter(
    'Appends with durability none that failed after they had been answered.',
  ),
  varve_fetch_seconds: histogram(
    'Reading for one fetch, the time that it waited for records not included.',
    SECONDS,
  ),
  varve_fetch_wait_seconds: histogram(
    'How long fetches waited for records (long polls); those that did not wait are not in it.',
    SECONDS,
  ),

  // What waits and what is under way
  varve_append_in_flight_bytes: gauge(
    'Batches that wait for their acknowledgement; more than LIMITS.appendQueueBytesMax are refused.',
  ),
  varve_waiting_fetches: gauge('Fetches that wait for records now.'),
  varve_watched_partitions: gauge('Partitions that the waiting fetches wait for, counted by each.'),
  varve_subscriptions: gauge('Subscriptions that are open.'),
  varve_subscribed_partitions: gauge('Partitions that they read, counted by each.'),
  varve_subscriptions_opened_total: counter('Subscriptions that were opened.'),
  varve_subscriptions_refused_total: counter(
    'Subscriptions, and partitions of them, that were refused because there were as many as there may be.',
  ),
  varve_subscriptions_cut_total: counter(
    'Subscriptions that were ended because their clients did not read.',
  ),
  varve_replays: gauge('Replay sessions that are open.'),
  varve_replayed_partitions: gauge('Partitions that they play, together.'),
  varve_replays_opened_total: counter('Replay sessions that were opened.'),
  varve_replays_refused_total: counter(
    'Replay sessions that were refused because there were as many as there may be.',
  ),
  varve_replays_cut_total: counter(
    'Replay sessions that were ended because their clients did not read.',
  ),

  // Connections
  varve_connections: gauge('Connections to the gRPC port that are open.'),
  varve_connections_refused_total: counter(
    'Connections that were turned away or cut, and calls that were refused for their number, by the reason that the log gives (`connection_refused`, `connection_cut`, `call_refused`).',
    'reason',
  ),
  varve_open_calls: gauge(
    'Calls and streams on all connections, those that have sent nothing yet included; more than LIMITS.callsMax are refused.',
  ),
  varve_request_bytes: gauge('Requests that came in, or are coming in, and are not answered yet.'),

  // Calls
  varve_calls: gauge('Calls and streams that are under way, by method.', 'method'),
  varve_call_seconds: histogram(
    'How long calls and streams took, by method; a fetch counts with the time that it waited.',
    SECONDS,
    'method',
  ),
  varve_refusals_total: counter(
    'Calls, and parts of answers, that carried an error code; see ERRORS.md.',
    'code',
  ),
  varve_unread_answer_bytes: gauge('Answers that their clients have not read yet.'),
  varve_unread_subscription_bytes: gauge(
    'Messages of subscriptions and replays that their clients have not read yet.',
  ),

  // Topics and partitions
  varve_producer_ids_total: counter('Ids that were given to idempotent producers.'),
  varve_topics: gauge('Topics that are served.'),
  varve_partitions: gauge(
    'Partitions of served topics: `healthy`, `read-only` (fenced after a failed disk operation, or damaged), `opening`, `missing` (no data) or `failed` (could not be opened).',
    'state',
  ),
  varve_stored_bytes: gauge('Bytes of stored batches, over all open partitions.'),

  // What opening partitions found
  varve_recovery_partitions_total: counter(
    'Partitions that were opened at the start, by outcome.',
    'outcome',
  ),
  varve_recovery_segments_scanned_total: counter('Segments that were read again at the start.'),
  varve_recovery_bytes_scanned_total: counter('Bytes of logs that were read again at the start.'),
  varve_recovery_torn_bytes_total: counter(
    'Bytes of interrupted writes that the start cut off, after a copy was kept.',
  ),
  varve_recovery_indexes_rebuilt_total: counter('Indexes that the start made anew.'),
  varve_recovery_anomalies_total: counter('Things that the start found and mended or reported.'),
  varve_recovery_seconds: gauge('How long opening all partitions took; 0 while it goes on.'),

  // Consumer groups
  varve_groups: gauge(
    'Groups: `empty` (no members), `assigning`, `reconciling` (members come to what they shall have) or `stable`.',
    'condition',
  ),
  varve_group_members: gauge('Members of a group.', 'group'),
  varve_group_unsettled_seconds: gauge(
    'For how long a group has been assigning or reconciling; 0 when it is settled.',
    'group',
  ),
  varve_group_lag_records: gauge(
    'Records that a group has not committed, as of the last look some seconds ago.',
    'group',
    'topic',
  ),
  varve_group_lag_seconds: gauge(
    'The age of the oldest record that a group has not committed, by its own timestamp, as of the last look; 0 at the end, missing when it cannot be read.',
    'group',
    'topic',
  ),
  varve_group_producer_rate: gauge(
    'Records a second that were produced to a topic of a group, over about the last minute.',
    'group',
    'topic',
  ),
  varve_group_consumer_rate: gauge(
    'Records a second that a group committed, over about the last minute.',
    'group',
    'topic',
  ),
  varve_group_rate_difference: gauge(
    'The sum of the producer rates minus the sum of the consumer rates of a group: above 0 its backlog grows.',
    'group',
  ),
  varve_group_commits_total: counter('Offsets that were committed, each partition counted.'),
  varve_group_commits_refused_total: counter(
    'Commits, and partitions of commits, that were refused, by error code.',
    'code',
  ),
  varve_group_rebalances_total: counter('How often groups needed another assignment.'),
  varve_group_rebalance_seconds: histogram(
    'From the first change until every member had what it shall have.',
    REBALANCE_SECONDS,
  ),
  varve_group_departures_total: counter(
    'Members that are none any more: `left`, `rejoined` (replaced by a newer one), `session-expired`, `rebalance-expired` (did not give up partitions in time) or `offsets-reset`.',
    'reason',
  ),
  varve_group_journal_batches_total: counter(
    'Batches of events that were appended to the journal of groups, each with all that waited.',
  ),
  varve_group_journal_bytes_total: counter(
    'Their bytes, checkpoints included; the journal itself is topic `__groups`.',
  ),
  varve_group_checkpoints_total: counter('Checkpoints of the journal that were written.'),
  varve_group_sessions: gauge('Streams of members that are open.'),
  varve_group_commit_waits: gauge('Calls that wait for commits (WaitForCommit).'),

  // The file engine
  varve_storage_write_seconds: histogram('Writing one group of batches to its log.', SECONDS),
  varve_storage_sync_seconds: histogram('One fdatasync of a log.', SECONDS),
  varve_storage_read_seconds: histogram('One read of a partition from its files.', SECONDS),
  varve_storage_reads_total: counter(
    'Reads of partitions: from the newest batches in memory (`tail`), from what was read of files before and is kept (`block`), or from files (`file`).',
    'source',
  ),
  varve_storage_blocks_read_total: counter(
    'Blocks that were read from logs, asked for or ahead of their readers: what readers cost the disk.',
  ),
  varve_storage_block_bytes_read_total: counter('The bytes of these blocks.'),
  varve_storage_group_batches: histogram(
    'Batches that were written, and synced, together (group commit).',
    COUNTS,
  ),
  varve_storage_group_bytes: histogram('Bytes that were written together.', BYTES),
  varve_storage_failures_total: counter(
    'Disk operations of a log that failed: `write`, `sync`, `no-space`, `no-descriptors`, `record` (checkpoint, index, log start).',
    'operation',
  ),
  varve_storage_segments_created_total: counter('Segments that were begun.'),
  varve_storage_segments_deleted_total: counter(
    'Segments that retention or DeleteRecords took out of logs.',
  ),
  varve_storage_deleted_bytes_total: counter('Bytes of these segments.'),
  varve_storage_checkpoints_total: counter('Checkpoints that were written.'),
  varve_storage_append_queue_bytes: gauge('Batches that wait for their log to be written.'),
  varve_storage_producers: gauge(
    'Idempotent producers that are remembered, counted in each partition that they wrote to.',
  ),
  varve_storage_producers_forgotten_total: counter(
    'Of them, those that were forgotten: `surplus`, to make room for others; `expired`, as they had not written for long.',
    'reason',
  ),
  varve_storage_open_files: gauge('Files of partitions that are open.'),
  varve_storage_open_files_limit: gauge('How many of them may be open at a time.'),
  varve_storage_reserve_bytes: gauge(
    'Space on the disk that is kept for committed offsets of groups and for metadata; 0 while it is given away because the disk is full.',
  ),
  varve_storage_segments: gauge('Segments of all open partitions.'),
  varve_storage_tail_bytes: gauge('The newest batches of all partitions that are kept in memory.'),
  varve_storage_read_cache_bytes: gauge(
    'What was read of files and is kept in memory for other readers of the same place.',
  ),
  varve_storage_read_ahead_bytes: gauge('What of that is, or is being, read ahead of its reader.'),
  varve_storage_index_cache_bytes: gauge(
    'Index entries of older segments that are kept in memory.',
  ),

  // The process
  varve_build_info: gauge('Always 1; the labels say what runs.', 'version', 'node'),
  varve_event_loop_delay_seconds: gauge(
    'How late the event loop ran timers since the last scrape: `0.5`, `0.99` and `1`, the largest.',
    'quantile',
  ),
  varve_event_loop_active_seconds_total: counter('Time that the event loop spent working.'),
  process_cpu_seconds_total: counter('CPU time of the process, user and system.'),
  process_resident_memory_bytes: gauge(
    'Resident memory of the process; missing when no descriptor is left to ask with.',
  ),
  process_start_time_seconds: gauge('When the process started, in seconds since 1970.'),
  process_open_fds: gauge(
    'File descriptors that are open; on Linux alone, and missing when none is left.',
  ),
  varve_heap_used_bytes: gauge('What JavaScript objects take.'),
  varve_external_memory_bytes: gauge('Buffers and other memory outside of the JavaScript heap.'),
} as const satisfies Record<string, MetricDefinition>

/** A name of the one metric table. */
export type MetricName = keyof typeof METRICS

type NamesOfKind<K extends MetricKind> = {
  [N in MetricName]: (typeof METRICS)[N]['kind'] extends K ? N : never
}[MetricName]

export type CounterName = NamesOfKind<'counter'>
export type HistogramName = NamesOfKind<'histogram'>
/** Metrics that have one number a series. */
export type NumberName = NamesOfKind<'counter' | 'gauge'>

/** The labels of a metric as arguments: none, or one object with exactly its labels. */
export type LabelArguments<N extends MetricName> = (typeof METRICS)[N]['labels'] extends readonly []
  ? []
  : [labels: Readonly<Record<(typeof METRICS)[N]['labels'][number], string>>]
