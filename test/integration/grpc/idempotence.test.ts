// Idempotent producers over the wire: rows 62 and 63 of the bad-input table, and what the answers say.
import { type Client, status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import type { ProduceResultOutput } from '../../../src/protocol/grpc/messages.ts'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { batchOf } from '../../support/batches.ts'
import { call, type GrpcBroker, reasonOf, serveBroker } from '../../support/grpc-broker.ts'
import { createTopic } from '../../support/open-broker.ts'

let inMemory: GrpcBroker
let onFiles: GrpcBroker

beforeAll(async () => {
  inMemory = await serveBroker()
  const clock = new NodeClock({ keepsProcessAlive: false })
  const engine = await FileStorageEngine.open({
    fileSystem: new SimFileSystem({ clock }),
    clock,
    random: new SeededRandom(1),
    log: SILENT_LOG,
    directory: '/data',
  })
  onFiles = await serveBroker({ engine })
})

afterAll(async () => {
  await inMemory.close()
  await onFiles.close()
})

async function produce(
  client: Client,
  topic: string,
  producer: { id: number; epoch?: number; sequence: number },
  records = 1,
): Promise<ProduceResultOutput> {
  const values = Array.from({ length: records }, (_, at) => `v${producer.sequence + at}`)
  const batches = batchOf({ values, producer, timestampMs: Date.now() })
  const entries = [{ topic, partition: 0, records: { batches } }]
  const { results } = await call(client, logService.Produce, { entries })
  const [result] = results
  if (result === undefined) throw new Error('no result')
  return result
}

describe.each(['memory', 'files'])('a broker with its data in %s', (storage) => {
  const served = (): GrpcBroker => (storage === 'memory' ? inMemory : onFiles)

  it('row 63: answers a duplicate with the first offsets and says that it is one', async () => {
    const { client, broker } = served()
    await createTopic(broker, 'duplicates')
    const { producerId: id } = await call(client, logService.InitProducerId, {})
    const first = await produce(client, 'duplicates', { id, sequence: 0 }, 3)
    expect(first).toMatchObject({ baseOffset: 0, recordCount: 3, duplicate: false, error: null })
    await produce(client, 'duplicates', { id, sequence: 3 })
    const again = await produce(client, 'duplicates', { id, sequence: 0 }, 3)
    expect(again).toMatchObject({ baseOffset: 0, recordCount: 3, duplicate: true, error: null })
    expect(again.durability).toBe(first.durability)
    expect(broker.describeStorage('duplicates')[0]?.bounds?.end).toBe(4)
  })

  it('row 63: refuses a gap and says which sequence is expected', async () => {
    const { client, broker } = served()
    await createTopic(broker, 'gaps')
    const { producerId: id } = await call(client, logService.InitProducerId, {})
    await produce(client, 'gaps', { id, sequence: 0 }, 2)
    const { error } = await produce(client, 'gaps', { id, sequence: 5 })
    expect(error?.code).toBe(status.FAILED_PRECONDITION)
    expect(reasonOf(error)).toMatchObject({
      reason: 'OUT_OF_ORDER_SEQUENCE',
      details: { expectedSequence: '2', sequence: '5', cause: 'gap', producerId: String(id) },
    })
    expect(await produce(client, 'gaps', { id, sequence: 2 })).toMatchObject({ baseOffset: 2 })
  })

  it('row 63: refuses an old epoch', async () => {
    const { client, broker } = served()
    await createTopic(broker, 'epochs')
    const old = await call(client, logService.InitProducerId, {})
    await produce(client, 'epochs', { id: old.producerId, sequence: 0 })
    const next = await call(client, logService.InitProducerId, old)
    const producer = { id: next.producerId, epoch: next.producerEpoch, sequence: 0 }
    expect(await produce(client, 'epochs', producer)).toMatchObject({ baseOffset: 1 })
    const { error } = await produce(client, 'epochs', { id: old.producerId, sequence: 1 })
    expect(error?.code).toBe(status.FAILED_PRECONDITION)
    expect(reasonOf(error)).toMatchObject({ reason: 'PRODUCER_FENCED' })
  })

  it('gives a duplicate the time that its records were given in the log', async () => {
    const { client, broker } = served()
    await createTopic(broker, 'times', 1, { 'message.timestamp.type': 'LogAppendTime' })
    const { producerId: id } = await call(client, logService.InitProducerId, {})
    const first = await produce(client, 'times', { id, sequence: 0 })
    await new Promise((resolve) => setTimeout(resolve, 5))
    const again = await produce(client, 'times', { id, sequence: 0 })
    expect(again.duplicate).toBe(true)
    expect(again.logAppendTimeMs).toBe(first.logAppendTimeMs)
  })
})
