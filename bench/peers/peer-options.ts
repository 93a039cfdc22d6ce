// What every peer is opened with, and the notes that all of them share.
import type { NotedSetting } from '../../src/bench/system.ts'
import type { Workload } from '../../src/bench/workload.ts'

export interface PeerOptions {
  /** Made where it is missing; everything of the peer is in it, and it stays behind. */
  readonly dataDirectory: string
  /** What a person who waits may want to know. */
  readonly log?: (line: string) => void
}

/** Where a peer can do no better, or need not. */
export function replication(value: string): NotedSetting {
  return { name: 'replicas', value, equal: true, note: 'one server, as varve' }
}

/** For systems whose clients send and store each record by itself. */
export function batching(workload: Workload, pipelining: string): NotedSetting {
  return {
    name: 'batches',
    value: 'none: each record is a message of its own',
    equal: false,
    note: `${pipelining}; varve sends batches of ${workload.batchBytes} bytes, linger ${workload.lingerMs} ms`,
  }
}

/** For systems that do not compress, or whose client does not. Nothing is noted where none is asked for. */
export function noCompression(workload: Workload): readonly NotedSetting[] {
  if (workload.compression === 'none') return []
  return [
    {
      name: 'compression',
      value: 'none',
      equal: false,
      note: `not offered; varve compresses with ${workload.compression}`,
    },
  ]
}
