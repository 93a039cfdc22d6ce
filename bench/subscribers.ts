// What subscribers that never read cost a broker: resident memory for each, and how much they slow down those that read.
// Rounds without and with them alternate, so that whatever else the machine does meets both.
//   npm run bench:subscribers [-- --unread 1000 --healthy 50 --mib 16 --rounds 3]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrokerProcess, startBrokerProcess } from './lib/broker-process.ts'
import { environmentLine, median } from './lib/environment.ts'
import { fillTopic } from './lib/fill-topic.ts'
import { HealthyReaders } from './lib/healthy-readers.ts'
import { toldOptions } from './lib/told-options.ts'
import { openUnreadSubscribers } from './lib/unread-subscribers.ts'

const PARTITIONS = 8
const TOPIC = 'bench-0'
/** The most that a message of a subscription may have. */
const MESSAGE_BYTES = 128 * 1024
/** Batches of 112 KiB, which fill a message: about as large as producers make them unless told. */
const RECORDS_PER_BATCH = 7

const values = toldOptions({
  unread: { type: 'string', default: '1000' },
  healthy: { type: 'string', default: '50' },
  mib: { type: 'string', default: '16' },
  rounds: { type: 'string', default: '3' },
})
const unread = Number(values.unread)
const healthy = Number(values.healthy)
const rounds = Number(values.rounds)
const directory = mkdtempSync(join(tmpdir(), 'varve-bench-'))

interface Round {
  readonly readMs: number
  readonly tailMs: number
  readonly tailSlowMs: number
  /** Processor time of the broker for the whole round, which other programs on the machine disturb least. */
  readonly cpuMs: number
}

/** Everything that may be sent was sent. Those that do not read are cut after a minute: long before. */
async function atRest(broker: BrokerProcess): Promise<void> {
  for (let second = 0; second < 20; second++) {
    const before = broker.cpuTicks()
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    if (broker.cpuTicks() - before < 5) return
  }
}

function report(name: string, figure: string): void {
  console.log(`${name.padEnd(62)} ${figure}`)
}

function show(name: string, of: (round: Round) => number, alone: Round[], beside: Round[]): void {
  const [without, with_] = [median(alone.map(of)), median(beside.map(of))]
  const change = ((with_ / without - 1) * 100).toFixed(0)
  report(
    `${name}, median of ${rounds}`,
    `${without.toFixed(1)} ms alone, ${with_.toFixed(1)} ms beside ${unread} (${change} %)`,
  )
}

try {
  console.log(environmentLine())
  const broker = await startBrokerProcess(join(directory, 'data'))
  const readers = await HealthyReaders.open(broker.address, TOPIC, PARTITIONS, healthy)
  const bytes = await fillTopic(
    broker.address,
    Number(values.mib) * 2 ** 20,
    PARTITIONS,
    PARTITIONS,
    RECORDS_PER_BATCH,
  )
  const measure = async (): Promise<Round> => {
    const before = broker.cpuTicks()
    const readMs = await readers.readAll()
    const tail = await readers.followTail()
    return { readMs, ...tail, cpuMs: (broker.cpuTicks() - before) * 10 }
  }
  // Once for nothing: code is compiled, buffers and connections are there.
  await measure()
  const alone: Round[] = []
  const beside: Round[] = []
  const each: number[] = []
  for (let round = 0; round < rounds; round++) {
    alone.push(await measure())
    const before = broker.residentMib()
    const stuck = await openUnreadSubscribers({
      broker: broker.address,
      topic: TOPIC,
      partitions: PARTITIONS,
      subscribers: unread,
      messageBytes: MESSAGE_BYTES,
    })
    await atRest(broker)
    each.push(((broker.residentMib() - before) * 1024) / unread)
    beside.push(await measure())
    await stuck.close()
  }
  const volume = `${(bytes / 2 ** 20).toFixed(0)} MiB`
  report(
    `resident memory for each of ${unread} that never read`,
    `median ${median(each).toFixed(0)} KiB (${each.map((kib) => kib.toFixed(0)).join(', ')})`,
  )
  show(`${healthy} subscribers read ${volume} each`, ({ readMs }) => readMs, alone, beside)
  show('from send to the reader, median', ({ tailMs }) => tailMs, alone, beside)
  show('from send to the reader, 99th of 100', ({ tailSlowMs }) => tailSlowMs, alone, beside)
  show('processor time of the broker', ({ cpuMs }) => cpuMs, alone, beside)
  await readers.close()
  await broker.stop()
} finally {
  rmSync(directory, { recursive: true, force: true })
}
