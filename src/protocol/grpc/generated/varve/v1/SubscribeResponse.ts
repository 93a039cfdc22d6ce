// Original file: proto/varve/v1/log.proto

import type { SubscribeReady as _varve_v1_SubscribeReady, SubscribeReady__Output as _varve_v1_SubscribeReady__Output } from '../../varve/v1/SubscribeReady.ts';
import type { SubscribeBatch as _varve_v1_SubscribeBatch, SubscribeBatch__Output as _varve_v1_SubscribeBatch__Output } from '../../varve/v1/SubscribeBatch.ts';
import type { SubscribePosition as _varve_v1_SubscribePosition, SubscribePosition__Output as _varve_v1_SubscribePosition__Output } from '../../varve/v1/SubscribePosition.ts';
import type { SubscribeCaughtUp as _varve_v1_SubscribeCaughtUp, SubscribeCaughtUp__Output as _varve_v1_SubscribeCaughtUp__Output } from '../../varve/v1/SubscribeCaughtUp.ts';
import type { SubscribeFellBehind as _varve_v1_SubscribeFellBehind, SubscribeFellBehind__Output as _varve_v1_SubscribeFellBehind__Output } from '../../varve/v1/SubscribeFellBehind.ts';
import type { SubscribeReachedEnd as _varve_v1_SubscribeReachedEnd, SubscribeReachedEnd__Output as _varve_v1_SubscribeReachedEnd__Output } from '../../varve/v1/SubscribeReachedEnd.ts';
import type { SubscribeHeartbeat as _varve_v1_SubscribeHeartbeat, SubscribeHeartbeat__Output as _varve_v1_SubscribeHeartbeat__Output } from '../../varve/v1/SubscribeHeartbeat.ts';
import type { SubscribePartitionError as _varve_v1_SubscribePartitionError, SubscribePartitionError__Output as _varve_v1_SubscribePartitionError__Output } from '../../varve/v1/SubscribePartitionError.ts';

export interface SubscribeResponse {
  'ready'?: (_varve_v1_SubscribeReady | null);
  'batch'?: (_varve_v1_SubscribeBatch | null);
  'position'?: (_varve_v1_SubscribePosition | null);
  'caughtUp'?: (_varve_v1_SubscribeCaughtUp | null);
  'fellBehind'?: (_varve_v1_SubscribeFellBehind | null);
  'reachedEnd'?: (_varve_v1_SubscribeReachedEnd | null);
  'heartbeat'?: (_varve_v1_SubscribeHeartbeat | null);
  'partitionError'?: (_varve_v1_SubscribePartitionError | null);
  'message'?: "ready"|"batch"|"position"|"caughtUp"|"fellBehind"|"reachedEnd"|"heartbeat"|"partitionError";
}

export interface SubscribeResponse__Output {
  'ready'?: (_varve_v1_SubscribeReady__Output | null);
  'batch'?: (_varve_v1_SubscribeBatch__Output | null);
  'position'?: (_varve_v1_SubscribePosition__Output | null);
  'caughtUp'?: (_varve_v1_SubscribeCaughtUp__Output | null);
  'fellBehind'?: (_varve_v1_SubscribeFellBehind__Output | null);
  'reachedEnd'?: (_varve_v1_SubscribeReachedEnd__Output | null);
  'heartbeat'?: (_varve_v1_SubscribeHeartbeat__Output | null);
  'partitionError'?: (_varve_v1_SubscribePartitionError__Output | null);
  'message'?: "ready"|"batch"|"position"|"caughtUp"|"fellBehind"|"reachedEnd"|"heartbeat"|"partitionError";
}
