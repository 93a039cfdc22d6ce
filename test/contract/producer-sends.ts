// Sending as an idempotent producer does, in few words.
import type { AppendResult, PartitionLog } from '../../src/storage/engine.ts'
import { append, batchOf } from '../support/batches.ts'

export interface Sent {
  readonly id?: number
  readonly epoch?: number
  readonly sequence: number
  readonly records?: number
}

export function produced({ id = 7, epoch = 0, sequence, records = 1 }: Sent): Buffer {
  const values = Array.from({ length: records }, (_, at) => `${id}/${epoch}/${sequence + at}`)
  return batchOf({ values, producer: { id, epoch, sequence } })
}

export function send(log: PartitionLog, sent: Sent): Promise<AppendResult> {
  return append(log, produced(sent), 'synced')
}

export function offsets({ baseOffset, lastOffset, duplicate }: AppendResult): unknown {
  return [baseOffset, lastOffset, duplicate ? 'duplicate' : 'stored']
}
