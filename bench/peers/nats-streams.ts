// How topics and partitions are called in NATS, and how its Node client is connected. Invariant: equal names for equal partitions.
import { connect, type NatsConnection } from '@nats-io/transport-node'

/** Above any stall that is not a failure: a full window before a disk that is slow to sync. */
export const ANSWER_TIMEOUT_MS = 60_000

export function connectNats(port: number): Promise<NatsConnection> {
  return connect({ servers: `127.0.0.1:${port}`, reconnect: false, timeout: ANSWER_TIMEOUT_MS })
}

/** A name of a stream may hold no dots. */
export function streamOf(topic: string, partition: number): string {
  return `${topic.replace(/[^A-Za-z0-9_-]/g, '_')}-${partition}`
}

export function subjectOf(topic: string, partition: number): string {
  return `bench.${streamOf(topic, partition)}`
}
