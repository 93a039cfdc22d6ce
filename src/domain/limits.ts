// Every bound of the system by its name; nothing grows past one silently. docs/LIMITS.md is made from this file
// (`npx tsx scripts/docs.ts`): the comment above a limit is what users read there, on one line.

const KIB = 1024
const MIB = 1024 * KIB

export const LIMITS = {
  // Topics
  /** Each costs memory and a folder. */
  topicsMax: 10_000,
  /** Each costs memory and files; more would not be read any faster. */
  partitionsPerTopicMax: 1_000,
  /** Of all topics together: each open one costs some KiB of memory. */
  partitionsMax: 20_000,

  // Batches
  /** The largest max.message.bytes that a topic may ask for. */
  batchBytesMax: 8 * MIB,
  /** The records of a compressed batch, unpacked: what a check or a read may hold at a time. */
  decompressedBatchBytesMax: 16 * MIB,
  /** Unpacked bytes for each compressed one: beyond it a batch is taken for an attack. */
  decompressionRatioMax: 1_000,
  /** Outputs up to this size are admitted whatever their ratio: a few equal records compress very well. */
  decompressionRatioFreeBytes: 64 * KIB,
  /** Blocks that a batch is compressed in: more than in 1 KiB pieces of the largest batch only cost time. */
  compressedBlocksMax: 16 * 1024,
  /** Records of one batch: a look at each of them must not hold up everything else. */
  recordsPerBatchMax: 500_000,

  // Requests
  /** The largest message that is received: one batch of the largest size and what goes around it. */
  requestBytesMax: 8 * MIB + 64 * KIB,
  /** Requests of all connections, from when they come in until they are answered; more are refused with QUEUE_FULL. */
  requestBytesInFlightMax: 512 * MIB,
  /** Of them those of one address, as connectionsPerAddressMax counts addresses: nobody alone can take the room of all; more are refused with QUEUE_FULL. */
  requestBytesPerAddressMax: 256 * MIB,
  /** Of them those of one connection; the broker reads no further meanwhile. */
  requestBytesPerConnectionMax: 16 * MIB,
  /** Entries, partitions or questions in one request. */
  itemsPerRequestMax: 1_000,
  /** Records of one entry that the broker encodes itself. */
  recordsPerEntryMax: 100_000,
  /** Room for fields of a newer client; they are passed over. */
  unknownFieldBytesMax: 64 * KIB,
  /** Items of all repeated fields of a request together, records and headers among them. */
  requestItemsMax: 250_000,
  /** Messages within messages. */
  messageNestingMax: 32,
  /** The longest time that a unary call may ask for; more counts as this. Streams last as long as their clients say. */
  deadlineMsMax: 300_000,
  /** The deadline of a call that sets none. */
  deadlineMsDefault: 30_000,

  // Connections
  /** Connections at a time; further ones are closed at once. Fewer where the process may open fewer descriptors (`descriptors_scarce` in the log). */
  connectionsMax: 10_000,
  /** Of them those from one address: an IPv4 address, or an IPv6 network of 64 bits. */
  connectionsPerAddressMax: 2_000,
  /** How long a new connection may take to begin HTTP/2. */
  handshakeMsMax: 5_000,
  /** A connection this old takes no new calls and is closed when its calls are over; a tenth more or less. */
  connectionAgeMsMax: 3_600_000,
  /** How long the calls of a connection that is too old may go on. */
  connectionAgeGraceMs: 300_000,
  /** All headers of a call, names and values, each with 32 bytes on top as HTTP/2 counts them; a call with more is reset. */
  headerBytesMax: 64 * KIB,
  /** Headers and unread answers that HTTP/2 holds for one connection; beyond it new calls are turned away. */
  sessionMemoryBytesMax: 96 * MIB,
  /** What a client may send on one call before it is read: more lets uploads flow, and is what each call that is not read may hold. */
  receiveWindowBytesPerCall: 512 * KIB,
  /** What a client may send on one connection before HTTP/2 has taken it in; what calls hold unread is bounded by their own windows. */
  receiveWindowBytesPerConnection: 4 * MIB,
  /** Calls under way on one connection: room for as many subscriptions and sessions of members as it may have, and for others. */
  streamsPerConnectionMax: 200,
  /** Calls under way on all connections, streams included; more are refused with QUEUE_FULL. Each costs some 10 to 20 KiB. */
  callsMax: 50_000,
  /** Of them those from one address; fewer than there may be subscriptions or long polls, so that nobody alone can have all of those either. */
  callsPerAddressMax: 8_000,
  /** How long a request, or a message of a stream that has begun, may take to come in whole. */
  requestReceiveMsMax: 30_000,
  /** How long a call that is answered may take to end from the client's side before it is broken off. */
  answeredCallMsMax: 5_000,
  /** Frames without substance on a connection in a second (pings, settings, data below 64 bytes that completes no message); beyond it the connection is cut. */
  smallFramesPerSecondMax: 2_000,
  /** Bytes on a connection in a second beside those of calls, data and small frames (windows that grow, padding, frames that nobody knows), and a little for what it is sent; beyond it the connection is cut. */
  emptyBytesPerSecondMax: 256 * KIB,
  /** Calls that a connection may break off one after the other; beyond it the connection is cut. */
  abortedCallsBurstMax: 900,
  /** As many more in each second. */
  abortedCallsPerSecondMax: 30,
  /** Connections of one address that may be cut one after the other; beyond it the address gets no new ones. */
  cutConnectionsBurstMax: 50,
  /** As many more in each second. */
  cutConnectionsPerSecondMax: 2,
  /** A connection without calls is closed after it. */
  connectionIdleMsMax: 300_000,
  /** How often a silent connection is asked for a sign of life. */
  keepaliveIntervalMs: 30_000,
  /** How long the sign of life may take before the connection is closed. */
  keepaliveTimeoutMs: 10_000,
  /** Connections that are turned away or cut are logged one by one only so often, for each reason. */
  refusalLogIntervalMs: 10_000,
  /** How long a stopping server waits for calls under way before it breaks them off. */
  shutdownGraceMs: 10_000,

  // Fetch
  /** The budget of a fetch that asks for none. */
  fetchBytesDefault: 1 * MIB,
  /** A response stays below gRPC's default receive limit of 4 MiB unless one batch alone is larger. */
  fetchBytesMax: 4 * MIB - 64 * KIB,
  /** The longest wait of a long poll; more counts as this. */
  fetchWaitMsMax: 60_000,
  /** A long poll answers this long before its deadline. */
  fetchDeadlineMarginMs: 100,
  /** Answers of fetches that clients have not read yet; more are refused with QUEUE_FULL. */
  unreadAnswerBytesMax: 512 * MIB,
  /** Of them those of one connection; one answer is always sent. */
  unreadAnswerBytesPerConnectionMax: 64 * MIB,
  /** Long polls that wait at a time; more are refused with QUEUE_FULL. */
  waitingFetchesMax: 10_000,
  /** Over all waiting fetches: each costs a subscription. */
  waitingFetchPartitionsMax: 200_000,

  // Subscriptions
  /** Streams of Subscribe that are open at a time; more are refused with TOO_MANY_SUBSCRIPTIONS. */
  subscriptionsMax: 10_000,
  /** Of them those of one connection: they must leave it room for other calls. */
  subscriptionsPerConnectionMax: 64,
  /** Partitions that one subscription may have. */
  subscriptionPartitionsMax: 1_000,
  /** Over all subscriptions; more are refused with TOO_MANY_SUBSCRIPTIONS. */
  subscriptionPartitionsTotalMax: 200_000,
  /** The budget of one message of records that asks for none, and what those that ask for more begin with. The next is read when it was sent. */
  subscriptionMessageBytesDefault: 128 * KIB,
  /** The largest budget of one message: messages grow towards it while their client reads quickly and gives credit. */
  subscriptionMessageBytesMax: 1024 * KIB,
  /** Messages of all subscriptions on their way that are larger than the default: while they are so many, others stay small. */
  subscriptionLargeBytesMax: 32 * MIB,
  /** Messages of all subscriptions and replay sessions that wait for their clients: above it the one that waits longest is ended. */
  subscriptionUnreadBytesMax: 256 * MIB,
  /** How long a client may leave its subscription unread before it is ended with SLOW_CONSUMER. */
  subscriptionUnreadMsMax: 60_000,
  /** How long the end of a subscription may take to be read before the stream is broken off. */
  subscriptionEndMsMax: 5_000,
  /** How long the first message of a subscription may take. */
  subscriptionInitMsMax: 10_000,
  /** The interval of heartbeats that a subscription gets without asking. */
  subscriptionHeartbeatMsDefault: 5_000,
  /** The shortest interval of heartbeats; less counts as this. */
  subscriptionHeartbeatMsMin: 1_000,
  /** The longest interval of heartbeats; more counts as this. */
  subscriptionHeartbeatMsMax: 60_000,

  // Replay sessions
  /** Streams of Replay that are open at a time; more are refused with TOO_MANY_REPLAYS. */
  replaysMax: 1_000,
  /** Of them those of one connection: they must leave it room for other calls. */
  replaysPerConnectionMax: 100,
  /** Partitions of one session, and sources that it may name them by. */
  replayPlacesMax: 10_000,
  /** Filters of one session. */
  replayFiltersMax: 100,
  /** Byte strings that one filter compares with. */
  replayFilterValuesMax: 1_000,
  /** What all filters of one session compare with, header names included: it is kept as long as the session. */
  replayFilterBytesMax: 256 * KIB,
  /** The name of a session, in characters. */
  replaySessionIdCharsMax: 100,
  /** The budget of one message of records that asks for none. */
  replayMessageBytesDefault: 128 * KIB,
  /** The largest budget of one message. The next is read when it was sent, so that no more waits for a slow client. */
  replayMessageBytesMax: 192 * KIB,
  /** How often a session that does not ask is told its progress. */
  replayProgressMsDefault: 1_000,
  /** The shortest interval of progress; less counts as this. */
  replayProgressMsMin: 50,
  /** The longest interval of progress; more counts as this. */
  replayProgressMsMax: 60_000,
  /** How late what is due may leave before the schedule is delayed by it, or the client is told that it fell behind. */
  replayLateMs: 200,
  /** How long a client may leave its session unread before it is ended with SLOW_CONSUMER. */
  replayUnreadMsMax: 60_000,
  /** How long the end of a session may take to be read before the stream is broken off. */
  replayEndMsMax: 5_000,
  /** How long the first message of a session may take. */
  replayInitMsMax: 10_000,
  /** Commands that may wait while the places of a session are looked for; with more the session is ended. */
  replayCommandsWaitingMax: 100,

  // Appends
  /** Batches that wait for one partition; more are refused with QUEUE_FULL. */
  appendQueueBytesPerPartitionMax: 16 * MIB,
  /** Batches that wait for all partitions together; more are refused with QUEUE_FULL. */
  appendQueueBytesMax: 256 * MIB,
  /** Appends that are written and synced together; a larger batch goes alone. */
  appendGroupBytesMax: 2 * MIB,
  /** Batches of one stream that wait for their answer; the broker reads no further meanwhile. */
  produceStreamInFlightMax: 64,

  // Idempotent producers
  /** Producers that a partition remembers; when one more writes, the one that wrote longest ago is forgotten. */
  producersPerPartitionMax: 10_000,
  /** Producers that all partitions remember together: some 0.3 to 0.7 KiB each. Above it the one that wrote longest ago, in any of them, is forgotten. */
  producersMax: 100_000,
  /** Batches of a producer that are known again when they are repeated: as many as it may have under way. */
  producerBatchesKept: 5,
  /** A producer that has not written to a partition for so long is forgotten there (producer.id.expiration.ms). */
  producerExpirationMs: 86_400_000,
  /** The last epoch of a producer id; a producer that asks for a further one gets a fresh id. */
  producerEpochMax: 32_766,
  /** Producer ids that are reserved at a time; a restart leaves out those of its block that were not given out. */
  producerIdBlock: 1_000,

  // Consumer groups
  /** Groups that there may be at a time, those without members included; each is kept in memory. */
  groupsMax: 10_000,
  /** Sessions of members, of all groups; more are refused with TOO_MANY_SESSIONS. */
  groupSessionsMax: 20_000,
  /** Requests that wait for one group; more are refused with QUEUE_FULL. */
  groupCommandsWaitingMax: 10_000,
  /** Members of one group. */
  groupMembersMax: 1_000,
  /** Group, member, instance and client ids, in UTF-8. */
  groupNameBytesMax: 255,
  /** Topics that a member may subscribe to. */
  groupTopicsPerMemberMax: 1_000,
  /** The shortest session: without a heartbeat for so long a member is put out. */
  sessionTimeoutMsMin: 1_000,
  /** The session of a member that asks for none. */
  sessionTimeoutMsDefault: 45_000,
  /** The longest session; so long a dead member may keep its partitions from the others. */
  sessionTimeoutMsMax: 1_800_000,
  /** The least time that a member may ask for to give up partitions. */
  rebalanceTimeoutMsMin: 1_000,
  /** The time of a member that asks for none. */
  rebalanceTimeoutMsDefault: 60_000,
  /** The most; so long a member may keep its partitions from their next owners. */
  rebalanceTimeoutMsMax: 1_800_000,
  /** Members are asked for a heartbeat this often, or three times a session where that is shorter. */
  groupHeartbeatIntervalMsMax: 5_000,
  /** The largest weight that a member may declare. */
  memberWeightMax: 1_000,
  /** Offsets of one commit. */
  commitEntriesMax: 10_000,
  /** The metadata of one committed offset, in UTF-8. */
  commitMetadataBytesMax: 4 * KIB,
  /** The metadata of all offsets in one answer, in characters: what is more is left out, and said to be, so that no answer is too large to be received. */
  answerMetadataCharactersMax: 1_000_000,
  /** The reason that a reset is given for the history, in UTF-8. */
  resetReasonBytesMax: 1 * KIB,
  /** Named snapshots of one group. */
  snapshotsPerGroupMax: 100,
  /** The committed offsets in all snapshots of one group together: each costs some 200 bytes of memory. */
  snapshotOffsetsPerGroupMax: 200_000,
  /** Entries on one page of a group's history. */
  groupHistoryPageMax: 1_000,
  /** Partitions in the entries of one page together; an entry that has more is alone on its page. */
  groupHistoryPageChangesMax: 10_000,
  /** Requests that read the history of groups (pages, moments) at a time; more are refused with QUEUE_FULL. */
  groupHistoryReadsMax: 8,
  /** What a group without members has committed is forgotten after this time, and what a live one has for topics that nobody subscribes to (offsets.retention.minutes). */
  groupOffsetsRetentionMs: 7 * 86_400_000,
  /** How often it is looked for what is to be forgotten. */
  groupExpiryIntervalMs: 600_000,
  /** Calls that wait for commits at a time; more are refused with QUEUE_FULL. */
  waitingForCommitsMax: 10_000,
  /** Positions that one of them may wait for. */
  commitWaitPositionsMax: 1_000,
  /** How long WaitForCommit waits when it is not told. */
  commitWaitMsDefault: 30_000,
  /** The longest wait for a commit; more counts as this. */
  commitWaitMsMax: 60_000,
  /** Members of a group that are none any more and that are still told of, to say why. */
  groupDepartedMembersMax: 100,
  /** For so long they are told of. */
  groupDepartedMs: 3_600_000,
  /** Partitions in one request about a group: what a member has and how it gets on, what is asked for or reset. */
  groupPartitionsPerRequestMax: 20_000,
  /** What a member says of a partition for people, in characters; the rest is cut off. */
  progressTextCharactersMax: 200,
  /** Entries of a page of history that asks for no number. */
  groupHistoryPageDefault: 100,
  /** Sessions of one connection: as many as there may be subscriptions, which have their own. */
  groupSessionsPerConnectionMax: 64,
  /** How long the first message of a session may take. */
  groupSessionStartMsMax: 10_000,
  /** Messages of a session that may wait for the one that is answered; with more the session is ended. */
  groupSessionMessagesWaitingMax: 8,
  /** How long the end of a session may take to be read before the stream is broken off. */
  groupSessionEndMsMax: 5_000,
  /** A handler that has had a record for so long counts as stalled, and an owner that stands still for so long as stuck. */
  groupHandlerStalledMs: 30_000,
  /** An owner that has records before it and has committed nothing for so long is told of. */
  groupNotCommittingMs: 30_000,
  /** Batches that are read at a time to learn how old the oldest records are that groups have not committed. */
  groupLagReadsMax: 8,
  /** Partitions whose age is looked at in one round for metrics and warnings; the next round goes on behind them. */
  groupLagReadsPerRoundMax: 1_000,
  /** A group whose oldest record that is not committed is this old is warned of; one whose backlog grows steadily at a fifth of it. */
  groupBacklogWarnMs: 300_000,
  /** Lines that the log gets about one group in the interval; further ones are counted in the next. */
  groupLogLinesMax: 20,
  /** The interval. */
  groupLogIntervalMs: 10_000,
  /** Timestamps of such records that are kept, each some 200 bytes. */
  groupLagCacheMax: 20_000,
  /** Rates of groups are those of so long a time. */
  groupTrafficWindowMs: 60_000,
  /** How often the topics of groups are looked at for it. */
  groupTrafficIntervalMs: 5_000,
  /** Events of groups that wait to be stored; more are refused with QUEUE_FULL. */
  groupJournalQueueBytesMax: 64 * MIB,
  /** One batch of the journal of groups, unpacked; what is larger is spread over several. */
  groupJournalBatchBytesMax: 768 * KIB,
  /** Bytes of events after which the states of all groups are stored anew at the earliest. */
  groupCheckpointIntervalBytes: 4 * MIB,
  /** How long commits, resets and everything else that happened to groups stays visible at least. */
  groupHistoryRetentionMs: 604_800_000,
  /** The bytes of that history, above which the oldest goes earlier. What groups stand at is never part of that. */
  groupHistoryBytesMax: 256 * MIB,

  // The broker at work
  /** How long a start waits for slow recoveries before it serves what is open. */
  recoveryGraceMs: 5_000,
  /** Partitions that are opened at a time. */
  partitionOpeningsMax: 16,
  /** Every partition gets its maintenance (retention, removal of deleted files) once in this time. */
  maintenanceIntervalMs: 30_000,
  /** Verify calls that run at a time. */
  verificationsMax: 2,

  // Metrics
  /** Topics whose traffic is counted each by itself; that of later ones is counted together, as `__other`. */
  metricTopicsMax: 200,
  /** Groups that have metrics each by itself, those that came first; the others share theirs, as `__other`. */
  metricGroupsMax: 100,
  /** Pairs of a group and a topic that have metrics, over all groups. */
  metricGroupTopicsMax: 500,
  /** Connections to the port of metrics and health at a time; more are closed at once. */
  monitoringConnectionsMax: 64,
  /** The headers of a request there. */
  monitoringHeaderBytesMax: 8 * KIB,
  /** How long a request there, and its answer, may take. */
  monitoringRequestMsMax: 10_000,

  // The client
  /** The largest answer that the client takes: a full response and one batch of the largest size above it. */
  clientReceiveBytesMax: 16 * MIB,
  /** Handlers of a group consumer that run at a time. */
  consumerHandlersMax: 10_000,
  /** How far a group consumer may work ahead of the oldest record of a partition that is not finished, in records. */
  consumerAheadMax: 1_000_000,

  // Storage
  /** All batches of a memory engine together, unless it is told otherwise. */
  memoryEngineBytesMax: 512 * MIB,
  /** One value of the metadata store. */
  metadataValueBytesMax: 1 * MIB,

  // Files
  /** Files kept open at a time, so that thousands of partitions work with 1,024 descriptors. Unless it is set, `varve start` keeps as many as half of the descriptors that the process may have, or three quarters where `connectionsMax` leaves so many, up to 65,536. */
  openFilesMax: 512,
  /** The newest batches of all partitions, kept for readers that are up to date. */
  tailBytesMax: 64 * MIB,
  /** The share of one partition in them. */
  tailBytesPerPartitionMax: 4 * MIB,
  /** What is read of a file at a time for who reads on; one batch may be larger. */
  readBlockBytesMax: 1 * MIB,
  /** What was read of files lately, over all partitions, kept for other readers of the same place. */
  readCacheBytesMax: 64 * MIB,
  /** Of it what is read ahead of its reader, half of it at most: without room for that, each reader waits for what it reads. */
  readAheadBytesMax: 16 * MIB,
  /** Index entries of older segments kept in memory. */
  indexCacheBytesMax: 32 * MIB,
  /** Copies of torn tails that are kept for people to look at. */
  quarantineBytesPerPartitionMax: 64 * MIB,
  /** Synced bytes of a segment after which the recovery point is moved up. */
  checkpointIntervalBytes: 64 * MIB,

  /** Space on the disk that is kept, as a file, so that offsets of groups can be committed and metadata changed when the disk is full; of a small file system a sixteenth at most. 0: none. While less than twice as much is free beside the data, records are refused. */
  diskReserveBytes: 16 * MIB,

  // Configuration
  /** The largest configuration file that is read. */
  configFileBytesMax: 1 * MIB,
} as const

/** The name of a limit. */
export type LimitName = keyof typeof LIMITS

/** A value for each limit: LIMITS, or what an operator configured instead (src/config/config-keys.ts says which may differ). */
export type Limits = Readonly<Record<LimitName, number>>
