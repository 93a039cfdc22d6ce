// How the server and its HTTP/2 sessions are set, in one place: the ceilings of the benchmark are measured with the same.
import type { Http2Server } from 'node:http2'
import type { ServerOptions } from '@grpc/grpc-js'
import type { Limits } from '../../domain/limits.ts'

const MIB = 1024 * 1024
/** Clients that can send larger frames than the 16 KiB of the protocol's default may: each is an event here. */
const FRAME_BYTES_MAX = 256 * 1024

export function grpcServerOptions(limits: Limits): ServerOptions {
  return {
    'grpc.max_receive_message_length': limits.requestBytesMax,
    'grpc.max_concurrent_streams': limits.streamsPerConnectionMax,
    'grpc.max_connection_idle_ms': limits.connectionIdleMsMax,
    'grpc.max_connection_age_ms': limits.connectionAgeMsMax,
    'grpc.max_connection_age_grace_ms': limits.connectionAgeGraceMs,
    'grpc.keepalive_time_ms': limits.keepaliveIntervalMs,
    'grpc.keepalive_timeout_ms': limits.keepaliveTimeoutMs,
    'grpc-node.max_session_memory': limits.sessionMemoryBytesMax / MIB,
    // Its bookkeeping of every connection and call is for nobody.
    'grpc.enable_channelz': 0,
  }
}

/**
 * What clients may send before they are read, in frames of which size and with how large headers: the library has no options for these.
 * The bound of headers holds from the moment on at which the client has acknowledged it.
 */
export function setReceiveBounds(http2: Http2Server, limits: Limits): void {
  http2.updateSettings({
    initialWindowSize: limits.receiveWindowBytesPerCall,
    maxFrameSize: FRAME_BYTES_MAX,
    maxHeaderListSize: limits.headerBytesMax,
  })
  http2.on('session', (session) => {
    session.setLocalWindowSize(limits.receiveWindowBytesPerConnection)
  })
}
