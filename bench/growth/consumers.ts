// One consumer against many: what all of them together get out of a topic in the page cache, and what the broker does for it.
import { connect } from '../../src/client/index.ts'
import { alternate, type GrowthRun } from './growth.ts'
import { MB, readAll, writeBatches } from './load.ts'

const DIMENSION = 'consumers'
const BATCH_BYTES = 100_000
const PARTITIONS = 6
const CONSUMERS_PER_CONNECTION = 20
/** Turns of the one consumer, one after the other, so that there is something to measure. */
const TURNS_OF_ONE = 20

export interface ConsumersScale {
  readonly consumers: number
  /** Of the topic; each consumer reads all of it. */
  readonly megabytes: number
}

export async function measureConsumers(run: GrowthRun, scale: ConsumersScale): Promise<void> {
  const { consumers, megabytes } = scale
  const broker = await run.broker()
  const clients = Array.from({ length: Math.ceil(consumers / CONSUMERS_PER_CONNECTION) }, () =>
    connect({ broker: broker.process.address }),
  )
  try {
    const [client] = clients
    if (client === undefined) return
    const topic = 'shared'
    await client
      .admin()
      .createTopic({ name: topic, partitions: PARTITIONS, settings: { durability: 'written' } })
    const producer = client.producer()
    const places = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic, partition }))
    await writeBatches(producer, { places, bytes: megabytes * MB, batchBytes: BATCH_BYTES })
    await producer.close()
    const read = async (count: number, times: number): Promise<number> => {
      const rates: number[] = []
      for (let time = 0; time < times; time++) {
        rates.push(await readAll(clients, count, { topics: [topic] }))
      }
      return times / rates.reduce((sum, rate) => sum + 1 / rate, 0)
    }
    await alternate(
      run,
      { dimension: DIMENSION, work: 'read a topic, all together', unit: 'MB/s' },
      { at: '1 consumer', broker, turn: () => read(1, TURNS_OF_ONE) },
      {
        ...{ at: `${consumers} consumers`, broker, times: consumers / TURNS_OF_ONE },
        turn: () => read(consumers, 1),
      },
    )
    run.note(`${consumers} consumers: ${Math.round(broker.process.residentMib())} MiB resident`)
  } finally {
    await Promise.all(clients.map((client) => client.close()))
    await broker.close()
  }
}
