// The wire as the client sees it: unary calls, the producing stream, subscriptions, replay sessions, the sessions of group members, the
// stream of a verification, and health, all with the generated message types. gRPC is one transport; a broker in the same process is another.
//
// Every failure is a VarveError. A transport connects by itself when it is used, and says BROKER_UNAVAILABLE when that
// does not succeed within its connect timeout. It repeats nothing: who repeats what is decided above it.
import type { VarveError } from '../domain/error.ts'
import type {
  AddPartitionsRequest,
  AddPartitionsResponseOutput,
  CommitOffsetsRequest,
  CommitOffsetsResponseOutput,
  CreateTopicRequest,
  CreateTopicResponseOutput,
  DeleteGroupRequest,
  DeleteGroupResponseOutput,
  DeleteGroupSnapshotRequest,
  DeleteGroupSnapshotResponseOutput,
  DeleteRecordsRequest,
  DeleteRecordsResponseOutput,
  DeleteTopicRequest,
  DeleteTopicResponseOutput,
  DescribeClusterRequest,
  DescribeClusterResponseOutput,
  DescribeGroupRequest,
  DescribeGroupResponseOutput,
  DescribeStorageRequest,
  DescribeStorageResponseOutput,
  DescribeTopicRequest,
  DescribeTopicResponseOutput,
  ExplainGroupRequest,
  ExplainGroupResponseOutput,
  FetchOffsetsRequest,
  FetchOffsetsResponseOutput,
  FetchRequest,
  FetchResponseOutput,
  ForkGroupRequest,
  ForkGroupResponseOutput,
  InitProducerIdRequest,
  InitProducerIdResponseOutput,
  ListCommitHistoryRequest,
  ListCommitHistoryResponseOutput,
  ListGroupsRequest,
  ListGroupsResponseOutput,
  ListOffsetsRequest,
  ListOffsetsResponseOutput,
  ListTopicsRequest,
  ListTopicsResponseOutput,
  ProduceRequest,
  ProduceResponseOutput,
  ProduceStreamAckOutput,
  ProduceStreamBatch,
  ProduceStreamInit,
  ReplayInit,
  ReplayReadyOutput,
  ReplayRequest,
  ReplayResponseOutput,
  ResetOffsetsRequest,
  ResetOffsetsResponseOutput,
  RestoreGroupRequest,
  RestoreGroupResponseOutput,
  SessionRequest,
  SessionResponseOutput,
  SnapshotGroupRequest,
  SnapshotGroupResponseOutput,
  SubscribeInit,
  SubscribeReadyOutput,
  SubscribeRequest,
  SubscribeResponseOutput,
  UpdateTopicSettingsRequest,
  UpdateTopicSettingsResponseOutput,
  VerifyRequest,
  VerifyResponseOutput,
  WaitForCommitRequest,
  WaitForCommitResponseOutput,
} from '../protocol/grpc/messages.ts'

/** The unary calls by name, with what goes out and what comes back. */
export interface UnaryCalls {
  produce: { request: ProduceRequest; response: ProduceResponseOutput }
  fetch: { request: FetchRequest; response: FetchResponseOutput }
  listOffsets: { request: ListOffsetsRequest; response: ListOffsetsResponseOutput }
  initProducerId: { request: InitProducerIdRequest; response: InitProducerIdResponseOutput }
  createTopic: { request: CreateTopicRequest; response: CreateTopicResponseOutput }
  deleteTopic: { request: DeleteTopicRequest; response: DeleteTopicResponseOutput }
  describeTopic: { request: DescribeTopicRequest; response: DescribeTopicResponseOutput }
  listTopics: { request: ListTopicsRequest; response: ListTopicsResponseOutput }
  updateTopicSettings: {
    request: UpdateTopicSettingsRequest
    response: UpdateTopicSettingsResponseOutput
  }
  addPartitions: { request: AddPartitionsRequest; response: AddPartitionsResponseOutput }
  deleteRecords: { request: DeleteRecordsRequest; response: DeleteRecordsResponseOutput }
  describeCluster: { request: DescribeClusterRequest; response: DescribeClusterResponseOutput }
  describeStorage: { request: DescribeStorageRequest; response: DescribeStorageResponseOutput }
  commitOffsets: { request: CommitOffsetsRequest; response: CommitOffsetsResponseOutput }
  fetchOffsets: { request: FetchOffsetsRequest; response: FetchOffsetsResponseOutput }
  resetOffsets: { request: ResetOffsetsRequest; response: ResetOffsetsResponseOutput }
  listGroups: { request: ListGroupsRequest; response: ListGroupsResponseOutput }
  describeGroup: { request: DescribeGroupRequest; response: DescribeGroupResponseOutput }
  deleteGroup: { request: DeleteGroupRequest; response: DeleteGroupResponseOutput }
  explainGroup: { request: ExplainGroupRequest; response: ExplainGroupResponseOutput }
  waitForCommit: { request: WaitForCommitRequest; response: WaitForCommitResponseOutput }
  listCommitHistory: {
    request: ListCommitHistoryRequest
    response: ListCommitHistoryResponseOutput
  }
  snapshotGroup: { request: SnapshotGroupRequest; response: SnapshotGroupResponseOutput }
  restoreGroup: { request: RestoreGroupRequest; response: RestoreGroupResponseOutput }
  deleteGroupSnapshot: {
    request: DeleteGroupSnapshotRequest
    response: DeleteGroupSnapshotResponseOutput
  }
  forkGroup: { request: ForkGroupRequest; response: ForkGroupResponseOutput }
}

export type UnaryMethod = keyof UnaryCalls

export interface CallOptions {
  /** How long the answer may take, from the moment the connection is there. */
  readonly timeoutMs: number
  /** Ends the call with CANCELLED. */
  readonly signal?: AbortSignal
}

/** What a producing stream reports. `onEnd` comes exactly once and last. */
export interface ProduceStreamEvents {
  onAck(ack: ProduceStreamAckOutput): void
  /** After `send` said false: there is room again. */
  onDrain(): void
  /** With the error that broke the stream, or with none after `finish`. */
  onEnd(error: VarveError | undefined): void
}

/** An open producing stream whose init was answered. */
export interface ProduceStream {
  /** How many batches may wait for their answer. */
  readonly inFlightMax: number
  /**
   * Sends one message. The bytes of its batches are borrowed until the answer; base offset and leader epoch may change.
   * @returns false when no more should be sent before `onDrain`.
   */
  send(batch: ProduceStreamBatch): boolean
  /** Nothing more will be sent; what was is still answered. */
  finish(): void
  /** Ends it at once. */
  cancel(): void
}

/** What a subscription reports. `onEnd` comes exactly once and last. */
export interface SubscriptionEvents {
  /** Everything after the first answer, in order. Bytes are given. */
  onMessage(message: SubscribeResponseOutput): void
  /** With the error that broke the stream, or with none when the broker ended it in order. */
  onEnd(error: VarveError | undefined): void
}

/** An open subscription whose init was answered. What it receives is bounded by the credit that was given. */
export interface SubscriptionStream {
  readonly ready: SubscribeReadyOutput
  /** Anything but an init. Does nothing once the stream has ended. */
  send(message: SubscribeRequest): void
  /** Nothing more will be sent; the broker ends the stream when nothing more can come. */
  finish(): void
  /** Ends it at once. */
  cancel(): void
}

/** What a replay session reports. `onEnd` comes exactly once and last. */
export interface ReplayEvents {
  /** Everything after the first answer, in order. Bytes are given. */
  onMessage(message: ReplayResponseOutput): void
  /** With the error that broke the stream, or with none when the broker ended it in order: behind the summary, or after `finish`. */
  onEnd(error: VarveError | undefined): void
}

/** An open replay session whose init was answered. What it receives is bounded by the credit that was given. */
export interface ReplayStream {
  readonly ready: ReplayReadyOutput
  /** Anything but an init. Does nothing once the stream has ended. */
  send(message: ReplayRequest): void
  /** Nothing more will be sent; the session plays on to its end. */
  finish(): void
  /** Ends it at once. */
  cancel(): void
}

/** What the session of a group member reports. `onEnd` comes exactly once and last. */
export interface GroupSessionEvents {
  onMessage(message: SessionResponseOutput): void
  /** With the error that ended or broke the stream, or with none when the broker ended it in order. */
  onEnd(error: VarveError | undefined): void
}

/** An open session of a group member, before its first message. */
export interface GroupSessionStream {
  /** First a join or resume; then one at a time, each after the answer to the one before. Does nothing once the stream has ended. */
  send(message: SessionRequest): void
  /** Nothing more will be sent; the broker ends the stream. That is no leave: the member stays one until its session ends. */
  finish(): void
  /** Ends it at once; no leave either. */
  cancel(): void
}

/** What the broker says of itself to a health check. */
export type Health = 'serving' | 'not-serving' | 'unknown'

export interface ClientTransport {
  /** Where the broker is, for messages to people. */
  readonly address: string

  /**
   * Resolves when there is a connection.
   * @throws VarveError BROKER_UNAVAILABLE after the connect timeout · CLOSED · CANCELLED
   */
  connected(signal?: AbortSignal): Promise<void>

  call<Method extends UnaryMethod>(
    method: Method,
    request: UnaryCalls[Method]['request'],
    options: CallOptions,
  ): Promise<UnaryCalls[Method]['response']>

  /** Opens a producing stream; resolves when the broker is ready for the first batch. */
  openProduceStream(
    init: ProduceStreamInit,
    events: ProduceStreamEvents,
    options: CallOptions,
  ): Promise<ProduceStream>

  /**
   * Opens a subscription; resolves when the broker is ready for commands.
   * @throws VarveError UNSUPPORTED when the broker does not know subscriptions · TOO_MANY_SUBSCRIPTIONS ...
   */
  openSubscription(
    init: SubscribeInit,
    events: SubscriptionEvents,
    options: CallOptions,
  ): Promise<SubscriptionStream>

  /**
   * Opens a replay session; resolves when its places are found and it plays.
   * @throws VarveError UNSUPPORTED when the broker does not know replay sessions · UNKNOWN_TOPIC · INVALID_ARGUMENT ...
   */
  openReplay(init: ReplayInit, events: ReplayEvents, options: CallOptions): Promise<ReplayStream>

  /**
   * Opens the session of a group member; resolves when messages may be sent.
   * @param options.signal breaks the opening off; it does not end the open stream
   * @throws VarveError BROKER_UNAVAILABLE · NOT_READY · CLOSED · CANCELLED. That the broker does not know groups (UNSUPPORTED) comes with
   *   the end of the stream.
   */
  openGroupSession(
    events: GroupSessionEvents,
    options: Pick<CallOptions, 'signal'>,
  ): Promise<GroupSessionStream>

  /** The messages of a verification as they come; leaving the loop cancels it. */
  verify(request: VerifyRequest, signal?: AbortSignal): AsyncIterable<VerifyResponseOutput>

  /** The health of one service by its full name, or of the broker with an empty one. */
  checkHealth(service: string, options: CallOptions): Promise<Health>

  /** Cancels what is under way and lets go of the connection. Safe to call twice. */
  close(): void
}
