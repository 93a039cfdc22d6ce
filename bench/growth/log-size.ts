// A short log and a long one: writing at the end, reading the end, finding a place.
import { connect } from '../../src/client/index.ts'
import { alternate, type BrokerAtWork, type GrowthRun } from './growth.ts'
import { MB, readAll, writeBatches } from './load.ts'
import { fetchAtRandom } from './random-fetch.ts'

const DIMENSION = 'log size'
const BATCH_BYTES = 100_000
const SMALL_MB = 1
const TURN_MB = 32
/** A short log lies in memory, where nothing must be found: places are looked for in one beyond that, too. */
const BEYOND_MEMORY_MB = 16

export interface LogScale {
  readonly megabytes: number
}

export async function measureLogSize(run: GrowthRun, { megabytes }: LogScale): Promise<void> {
  const broker = await run.broker()
  let restarted: BrokerAtWork | undefined
  const client = connect({ broker: broker.process.address })
  try {
    const settings = { durability: 'written' }
    const topics = { short: 'short-log', middle: 'middle-log', long: 'long-log' }
    for (const name of Object.values(topics)) {
      await client.admin().createTopic({ name, partitions: 1, settings })
    }
    const producer = client.producer()
    const write = (topic: string, size: number) =>
      writeBatches(producer, {
        places: [{ topic, partition: 0 }],
        bytes: size * MB,
        batchBytes: BATCH_BYTES,
      })
    const [short, long] = [
      { at: `${SMALL_MB} MB`, broker },
      { at: `${megabytes} MB`, broker },
    ]
    await write(topics.short, SMALL_MB)
    await write(topics.middle, BEYOND_MEMORY_MB)
    const rate = await write(topics.long, megabytes)
    run.note(`${megabytes} MB written at ${rate.toFixed(1)} MB/s`)

    // Before the logs grow by what is written below.
    for (const unit of ['ms', 'readCalls'] as const) {
      const turn = async (topic: string, size: number) =>
        (await fetchAtRandom(broker.process, topic, size * 1_000))[unit]
      await alternate(
        run,
        {
          ...{ dimension: DIMENSION, work: 'fetch at a random old offset' },
          unit: unit === 'ms' ? 'ms' : 'read calls',
        },
        {
          ...{ at: `${BEYOND_MEMORY_MB} MB`, broker },
          turn: () => turn(topics.middle, BEYOND_MEMORY_MB),
        },
        { ...long, turn: () => turn(topics.long, megabytes) },
      )
    }
    const ends = { short: SMALL_MB * 1_000, long: Math.round(megabytes * 1_000) }
    await alternate(
      run,
      { dimension: DIMENSION, work: 'write at the end', unit: 'MB/s' },
      { ...short, turn: () => write(topics.short, TURN_MB) },
      { ...long, turn: () => write(topics.long, TURN_MB) },
    )
    const readEnd = (topic: string, offset: number) =>
      readAll([client], 1, { assign: [{ topic, partition: 0, offset }] })
    await alternate(
      run,
      { dimension: DIMENSION, work: 'read the end', unit: 'MB/s' },
      { ...short, turn: () => readEnd(topics.short, ends.short) },
      { ...long, turn: () => readEnd(topics.long, ends.long) },
    )
    run.note(`log of ${megabytes} MB: ${Math.round(broker.process.residentMib())} MiB resident`)
    await producer.close()
    await client.close()
    const { process } = (restarted = await broker.restart())
    run.note(`start with ${megabytes} MB: ${Math.round(process.readyMs)} ms`)
  } finally {
    await client.close()
    await (restarted ?? broker).close()
  }
}
