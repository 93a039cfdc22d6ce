// One partition against many: batches of the same size to all of them, records one by one with keys, and reading all.
import { connect, type Varve } from '../../src/client/index.ts'
import { alternate, type BrokerAtWork, type GrowthRun } from './growth.ts'
import { type Load, MB, readAll, sendRecords, writeBatches } from './load.ts'

const PARTITIONS_PER_TOPIC = 1_000
const DIMENSION = 'partitions'

export interface PartitionsScale {
  readonly partitions: number
  readonly megabytes: number
  readonly batchBytes: number
}

export async function measurePartitions(run: GrowthRun, scale: PartitionsScale): Promise<void> {
  const few = await run.broker()
  let many = await run.broker()
  try {
    for (const durability of ['written', 'synced'] as const) {
      const small = await makeTopics(few, durability, 1)
      const madeAt = performance.now()
      const large = await makeTopics(many, durability, scale.partitions)
      run.note(
        `making ${scale.partitions} partitions: ${Math.round(performance.now() - madeAt)} ms, ${sizes(many)}`,
      )
      try {
        await compareWork(run, scale, durability, small, large)
      } finally {
        await small.client.close()
        await large.client.close()
      }
    }
    run.note(`with all partitions written to: ${sizes(many)}`)
    many = await many.restart()
    run.note(
      `start with ${2 * scale.partitions} partitions: ${Math.round(many.process.readyMs)} ms, ${sizes(many)}`,
    )
  } finally {
    await few.close()
    await many.close()
  }
}

interface Topics {
  readonly broker: BrokerAtWork
  readonly client: Varve
  readonly names: readonly string[]
  readonly places: Load['places']
}

async function makeTopics(
  broker: BrokerAtWork,
  durability: string,
  partitions: number,
): Promise<Topics> {
  const client = connect({ broker: broker.process.address })
  const names: string[] = []
  const places: { topic: string; partition: number }[] = []
  for (let made = 0; made < partitions; made += PARTITIONS_PER_TOPIC) {
    const name = `${durability}-${names.length}`
    const count = Math.min(PARTITIONS_PER_TOPIC, partitions - made)
    await client.admin().createTopic({ name, partitions: count, settings: { durability } })
    names.push(name)
    for (let partition = 0; partition < count; partition++) places.push({ topic: name, partition })
  }
  return { broker, client, names, places }
}

async function compareWork(
  run: GrowthRun,
  { partitions, megabytes, batchBytes }: PartitionsScale,
  durability: string,
  small: Topics,
  large: Topics,
): Promise<void> {
  const about = { dimension: DIMENSION, unit: 'MB/s' } as const
  const bytes = megabytes * MB
  const batches = `batches of ${batchBytes / 1_000} kB`
  const producers = [small, large].map(({ client }) => client.producer())
  const [one, other] = producers
  if (one === undefined || other === undefined) return
  const label = (count: number): string => `${count} partition${count === 1 ? '' : 's'}`
  const compare = (work: string, turn: (topics: Topics, isSmall: boolean) => Promise<number>) =>
    alternate(
      run,
      { ...about, work: `${work}, ${durability}` },
      { at: label(1), broker: small.broker, turn: () => turn(small, true) },
      { at: label(partitions), broker: large.broker, turn: () => turn(large, false) },
    )
  try {
    await compare(`write ${batches} to all`, ({ places }, isSmall) =>
      writeBatches(isSmall ? one : other, { places, bytes, batchBytes }),
    )
    await compare(`write ${batches} to one of them`, ({ places }, isSmall) =>
      writeBatches(isSmall ? one : other, { places: places.slice(0, 1), bytes, batchBytes }),
    )
    await compare('send records with keys', ({ names }, isSmall) =>
      sendRecords(isSmall ? one : other, names, bytes / 2),
    )
    await compare('read all', ({ client, names }) => readAll([client], 1, { topics: names }))
  } finally {
    await Promise.all(producers.map((producer) => producer.close()))
  }
}

function sizes({ process }: BrokerAtWork): string {
  return `${Math.round(process.residentMib())} MiB resident, ${process.openDescriptors()} descriptors`
}
