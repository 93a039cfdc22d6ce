// What a broker costs when nothing happens, and how soon it is there: time to ready on an empty folder and with many
// partitions after a clean stop, resident memory at rest, heap for a partition at rest.
//   npm run bench:at-rest [-- --partitions 1000 --gib 10 --runs 5]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../src/client/index.ts'
import { startBrokerProcess } from './lib/broker-process.ts'
import { environmentLine, median } from './lib/environment.ts'
import { fillTopic } from './lib/fill-topic.ts'
import { heapPerPartitionBytes } from './lib/partition-heap.ts'
import { toldOptions } from './lib/told-options.ts'

const PARTITIONS_PER_TOPIC = 100

const values = toldOptions({
  partitions: { type: 'string', default: '1000' },
  gib: { type: 'string', default: '10' },
  runs: { type: 'string', default: '5' },
  'rest-ms': { type: 'string', default: '5000' },
})
const partitions = Number(values.partitions)
const runs = Number(values.runs)
const directory = mkdtempSync(join(tmpdir(), 'varve-bench-'))

function report(name: string, figure: string): void {
  console.log(`${name.padEnd(58)} ${figure}`)
}

function milliseconds(samples: readonly number[]): string {
  const [least, most] = [Math.min(...samples), Math.max(...samples)]
  return `median ${median(samples).toFixed(0)} ms (${least.toFixed(0)} to ${most.toFixed(0)}, ${samples.length} runs)`
}

const pause = (delayMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, delayMs))

try {
  console.log(environmentLine())

  const empty: number[] = []
  for (let run = 0; run < runs; run++) {
    const broker = await startBrokerProcess(join(directory, `empty-${run}`))
    empty.push(broker.readyMs)
    await broker.stop()
  }
  report('ready on an empty folder', milliseconds(empty))

  const full = join(directory, 'full')
  const filling = await startBrokerProcess(full)
  const client = connect({ broker: filling.address })
  for (let topic = 0; topic * PARTITIONS_PER_TOPIC < partitions; topic++) {
    await client.admin().createTopic({
      name: `bench-${topic}`,
      partitions: Math.min(PARTITIONS_PER_TOPIC, partitions - topic * PARTITIONS_PER_TOPIC),
      settings: { durability: 'written' },
    })
  }
  await client.close()
  await pause(Number(values['rest-ms']))
  report(
    `resident at rest, ${partitions} new partitions`,
    `${filling.residentMib().toFixed(0)} MiB`,
  )
  const bytes = await fillTopic(
    filling.address,
    Number(values.gib) * 2 ** 30,
    partitions,
    PARTITIONS_PER_TOPIC,
  )
  report('filled with', `${(bytes / 2 ** 30).toFixed(2)} GiB`)
  report('clean stop after filling', `${(await filling.stop()).toFixed(0)} ms`)

  const after: number[] = []
  const resident: number[] = []
  const stops: number[] = []
  for (let run = 0; run < runs; run++) {
    const broker = await startBrokerProcess(full)
    after.push(broker.readyMs)
    await pause(Number(values['rest-ms']))
    resident.push(broker.residentMib())
    stops.push(await broker.stop())
  }
  const size = `${partitions} partitions and ${(bytes / 2 ** 30).toFixed(1)} GiB`
  report(`ready with ${size} after a clean stop`, milliseconds(after))
  report(`clean stop with ${size}, nothing written`, milliseconds(stops))
  report(`resident at rest with ${size}`, `median ${median(resident).toFixed(0)} MiB`)

  const heap = heapPerPartitionBytes(full)
  report('heap for a partition at rest (engine and broker)', `${heap.toFixed(0)} bytes`)
} finally {
  rmSync(directory, { recursive: true, force: true })
}
