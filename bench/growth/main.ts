// What it costs to grow: many partitions, many segments, a long log, many consumers, each against the small case in the same run, over
// gRPC, with the broker in a process of its own. Throughput of the large case is to be within 20 % of the small one.
//   npm run bench:growth [-- --only partitions,segments,log,consumers --partitions 10000 --segments 10000 --log-mb 1000 --consumers 200]
// All sizes, and the log of 20 GB (which takes as much disk, in the folder of TMPDIR, while it runs): --log-mb 20000. `--json` prints JSON.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBrokerProcess } from '../lib/broker-process.ts'
import { environmentLine } from '../lib/environment.ts'
import { toldOptions } from '../lib/told-options.ts'
import { measureConsumers } from './consumers.ts'
import { type BrokerAtWork, type Growth, type GrowthRun, growthLine } from './growth.ts'
import { measureLogSize } from './log-size.ts'
import { measurePartitions } from './partitions.ts'
import { measureSegments } from './segments.ts'

const told = toldOptions({
  only: { type: 'string', default: 'partitions,segments,log,consumers' },
  rounds: { type: 'string', default: '3' },
  partitions: { type: 'string', default: '10000' },
  'partitions-mb': { type: 'string', default: '100' },
  'batch-bytes': { type: 'string', default: '10000' },
  segments: { type: 'string', default: '10000' },
  'log-mb': { type: 'string', default: '1000' },
  consumers: { type: 'string', default: '200' },
  'consumers-mb': { type: 'string', default: '10' },
  json: { type: 'boolean', default: false },
})
const only = new Set(told.only.split(','))
const growths: Growth[] = []
const notes: string[] = []
const brokers = new Set<BrokerAtWork>()

function say(line: string): void {
  if (told.json) process.stderr.write(`${line}\n`)
  else console.log(line)
}

async function openBroker(directory: string): Promise<BrokerAtWork> {
  const broker = await startBrokerProcess(join(directory, 'data'))
  const atWork: BrokerAtWork = {
    process: broker,
    restart: async () => {
      await broker.stop()
      brokers.delete(atWork)
      return await openBroker(directory)
    },
    close: async () => {
      brokers.delete(atWork)
      await broker.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
  brokers.add(atWork)
  return atWork
}

const run: GrowthRun = {
  rounds: Number(told.rounds),
  broker: () => openBroker(mkdtempSync(join(tmpdir(), 'varve-bench-growth-'))),
  report: (growth) => {
    growths.push(growth)
    say(growthLine(growth))
  },
  note: (line) => {
    notes.push(line)
    say(`            ${line}`)
  },
}

const environment = environmentLine()
say(environment)
try {
  if (only.has('partitions')) {
    await measurePartitions(run, {
      partitions: Number(told.partitions),
      megabytes: Number(told['partitions-mb']),
      batchBytes: Number(told['batch-bytes']),
    })
  }
  if (only.has('segments')) await measureSegments(run, { segments: Number(told.segments) })
  if (only.has('log')) await measureLogSize(run, { megabytes: Number(told['log-mb']) })
  if (only.has('consumers')) {
    await measureConsumers(run, {
      consumers: Number(told.consumers),
      megabytes: Number(told['consumers-mb']),
    })
  }
} finally {
  for (const broker of [...brokers]) await broker.close()
}
const missed = growths.filter(({ isMet }) => !isMet).length
say(`${growths.length} compared, ${missed} beyond 20 %`)
if (told.json) console.log(JSON.stringify({ environment, growths, notes }, undefined, 2))
