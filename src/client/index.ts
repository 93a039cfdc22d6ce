// The client library: all that a program which imports varve sees.

export type { Durability } from '../domain/durability.ts'
export {
  ERRORS,
  type ErrorCode,
  type ErrorDetails,
  type ErrorKind,
  isVarveError,
  VarveError,
} from '../domain/error.ts'
export type { Offset } from '../domain/offset.ts'
export type {
  BrokerFetchTrace,
  BrokerProduceTrace,
  ConsumerBatchTrace,
  ConsumerHandlerTrace,
  ConsumerStuckEvent,
  ProducerAppendTrace,
  ProducerBatchTrace,
  ProducerSendTrace,
  StorageAppendTrace,
  StorageReadTrace,
  StorageSyncTrace,
  StorageWriteTrace,
} from '../platform/trace-table.ts'
export type { CodecName } from '../record/codec.ts'
export { Admin } from './admin.ts'
export type * from './admin-types.ts'
export type { ClientWarning, ClientWarningKind, WarningListener } from './client-warning.ts'
export { Consumer } from './consumer.ts'
export type * from './consumer-types.ts'
export type { StuckListener } from './consumer-watch.ts'
export { GroupConsumer } from './group-consumer.ts'
export type * from './group-consumer-types.ts'
export type { GroupConsumerStatistics, PartitionStatistics } from './group-statistics.ts'
export type * from './group-types.ts'
export type * from './processing-types.ts'
export { Producer } from './producer.ts'
export type * from './producer-types.ts'
export type { StuckEvent, StuckReason } from './progress-watch.ts'
export type { ProcessingCounts } from './record-processing.ts'
export { Replay } from './replay.ts'
export { ReplayInto } from './replay-into.ts'
export type {
  ReplayIntoOptions,
  ReplayIntoPartition,
  ReplayIntoStore,
  ReplayIntoSummary,
} from './replay-into-types.ts'
export type * from './replay-types.ts'
export { type TraceContext, traceContextOf } from './trace-context.ts'
export type { Propagation, PropagationOption } from './trace-propagation.ts'
export type {
  CallOptions,
  ClientTransport,
  GroupSessionEvents,
  GroupSessionStream,
  Health,
  ProduceStream,
  ProduceStreamEvents,
  ReplayEvents,
  ReplayStream,
  SubscriptionEvents,
  SubscriptionStream,
  UnaryCalls,
  UnaryMethod,
} from './transport.ts'
export { type ConnectOptions, connect, DEFAULT_BROKER, Varve } from './varve.ts'
