// The same log in one segment and in many: writing it, reading it, finding a place in it, starting with it.
import { connect } from '../../src/client/index.ts'
import { alternate, type BrokerAtWork, type GrowthRun } from './growth.ts'
import { readAll, writeBatches } from './load.ts'
import { fetchAtRandom } from './random-fetch.ts'

const DIMENSION = 'segments'
const BATCH_BYTES = 8_000
/** Smaller than two batches: each becomes a segment. */
const SEGMENT_BYTES = 8_192

export interface SegmentsScale {
  readonly segments: number
}

export async function measureSegments(run: GrowthRun, { segments }: SegmentsScale): Promise<void> {
  const bytes = segments * BATCH_BYTES
  const broker = await run.broker()
  let restarted: BrokerAtWork | undefined
  const client = connect({ broker: broker.process.address })
  try {
    const topics = { one: 'one-segment', many: 'many-segments' }
    for (const [name, segmentBytes] of [
      [topics.one, 2 ** 30],
      [topics.many, SEGMENT_BYTES],
    ] as const) {
      await client.admin().createTopic({
        ...{ name, partitions: 1 },
        settings: { durability: 'written', 'segment.bytes': segmentBytes },
      })
    }
    const producer = client.producer()
    const write = (topic: string, count: number) =>
      writeBatches(producer, {
        places: [{ topic, partition: 0 }],
        bytes: count,
        batchBytes: BATCH_BYTES,
      })
    const [one, many] = [
      { at: '1 segment', broker },
      { at: `${segments} segments`, broker },
    ]
    const about = { dimension: DIMENSION, unit: 'MB/s' } as const
    // Once: the second time there would be twice as many.
    await alternate(
      { ...run, rounds: 1 },
      { ...about, work: 'write them' },
      { ...one, turn: () => write(topics.one, bytes) },
      { ...many, turn: () => write(topics.many, bytes) },
    )
    run.note(`${segments} segments: ${Math.round(broker.process.residentMib())} MiB resident`)
    await client.admin().updateTopicSettings(topics.many, { set: { 'segment.bytes': 2 ** 30 } })
    await alternate(
      run,
      { ...about, work: 'write behind them, no new segment' },
      { ...one, turn: () => write(topics.one, bytes / 4) },
      { ...many, turn: () => write(topics.many, bytes / 4) },
    )
    await alternate(
      run,
      { ...about, work: 'read all' },
      { ...one, turn: () => readAll([client], 1, { topics: [topics.one] }) },
      { ...many, turn: () => readAll([client], 1, { topics: [topics.many] }) },
    )
    const end = segments * (BATCH_BYTES / 1_000)
    const compareFetches = async (work: string, unit: 'ms' | 'readCalls'): Promise<void> => {
      const turn = async (topic: string) => (await fetchAtRandom(broker.process, topic, end))[unit]
      await alternate(
        run,
        { ...about, work, unit: unit === 'ms' ? 'ms' : 'read calls' },
        { ...one, turn: () => turn(topics.one) },
        { ...many, turn: () => turn(topics.many) },
      )
    }
    await compareFetches('fetch at a random old offset', 'ms')
    await compareFetches('fetch at a random old offset', 'readCalls')
    await producer.close()
    await client.close()
    const { process } = (restarted = await broker.restart())
    run.note(`start with ${segments} segments: ${Math.round(process.readyMs)} ms`)
  } finally {
    await client.close()
    await (restarted ?? broker).close()
  }
}
