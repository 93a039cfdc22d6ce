// How the client's channels are set, in one place: the ceilings of the benchmark are measured with the same.
import type { ChannelOptions } from '@grpc/grpc-js'
import { LIMITS } from '../domain/limits.ts'

export const GRPC_CHANNEL_OPTIONS: ChannelOptions = {
  // A log is read in large answers: the default window of 64 KiB would make each of them wait several times.
  'grpc-node.flow_control_window': 4 * 1024 * 1024,
  'grpc.max_receive_message_length': LIMITS.clientReceiveBytesMax,
  'grpc.max_send_message_length': LIMITS.requestBytesMax,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1_000,
  'grpc.dns_min_time_between_resolutions_ms': 1_000,
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 10_000,
  // Who repeats a call must know what it does: see the producer and the consumer.
  'grpc.enable_retries': 0,
  // A broker on the loopback or in the same network is never behind the web proxy of the environment.
  'grpc.enable_http_proxy': 0,
  'grpc.use_local_subchannel_pool': 1,
}
