// What a replay costs and how exact it is: `max` beside a plain subscription, a merge as partitions grow, the error against the schedule in
// real time, and a live group beside ten replays. Sides alternate, so that whatever else the machine does meets both.
//   npm run bench:replay [-- --records 400000 --rounds 5 --seconds 60 --only speed,merge,precision,group]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type ReplayOptions, type Varve } from '../src/client/index.ts'
import { startBrokerProcess } from './lib/broker-process.ts'
import { environmentLine, median } from './lib/environment.ts'
import { toldOptions } from './lib/told-options.ts'

const VALUE_BYTES = 100
const PARTITIONS = 8
const MERGES = [1, 10, 100, 1_000]
const REPLAYS_BESIDE = 10
const MEAN_GAP_MS = 20

const told = toldOptions({
  records: { type: 'string', default: '400000' },
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '60' },
  only: { type: 'string', default: 'speed,merge,precision,group' },
})
const records = Number(told.records)
const rounds = Number(told.rounds)
const seconds = Number(told.seconds)
const only = new Set(told.only.split(','))
const directory = mkdtempSync(join(tmpdir(), 'varve-bench-'))
const startMs = Date.UTC(2026, 0, 1)

function report(name: string, figure: string): void {
  console.log(`${name.padEnd(62)} ${figure}`)
}

/** Batches of so many records, over the partitions in turn; the time goes on by a millisecond a record. */
async function fill(
  client: Varve,
  topic: string,
  partitions: number,
  perBatch: number,
): Promise<void> {
  await client.admin().createTopic({ name: topic, partitions, settings: { durability: 'written' } })
  const producer = client.producer()
  const value = Buffer.alloc(VALUE_BYTES, 'v')
  let next = 0
  const writer = async (): Promise<void> => {
    while (next * perBatch < records) {
      const batch = next++
      await producer.append({
        topic,
        partition: batch % partitions,
        records: Array.from({ length: perBatch }, (_, index) => ({
          key: `${index}`,
          value,
          timestampMs: startMs + batch * perBatch + index,
        })),
      })
    }
  }
  await Promise.all(Array.from({ length: 16 }, writer))
  await producer.close()
}

/** @returns milliseconds for all of them */
async function timed(read: () => Promise<number>): Promise<number> {
  const beganMs = performance.now()
  const count = await read()
  const ms = performance.now() - beganMs
  if (count < records) throw new Error(`${count} of ${records} records came`)
  return ms
}

async function counted(
  parts: AsyncIterable<unknown>,
  sizeOf: (part: never) => number,
): Promise<number> {
  let count = 0
  for await (const part of parts) count += sizeOf(part as never)
  return count
}

const one = (): number => 1
const many = ({ records: list }: { records: readonly unknown[] }): number => list.length

function perSecond(ms: number): string {
  return `${Math.round(records / ms)}k records/s`
}

async function speed(client: Varve): Promise<void> {
  await fill(client, 'speed', PARTITIONS, 500)
  const consumer = () => client.consumer({ topics: 'speed', until: 'end' })
  const replay = (options: Partial<ReplayOptions> = {}) =>
    client.replay({ topics: 'speed', ...options })
  const sides = {
    'subscription, records': () => counted(consumer(), one),
    'replay at max, records': () => counted(replay(), one),
    'subscription, batches': () => counted(consumer().batches(), many),
    'replay at max, batches': () => counted(replay().batches(), many),
    'replay merged, records': () => counted(replay({ order: 'merged' }), one),
    'replay with a filter that keeps all, records': () =>
      counted(replay({ filters: [{ key: { present: true } }] }), one),
  }
  const times = new Map<string, number[]>()
  for (let round = -1; round < rounds; round++) {
    for (const [name, read] of Object.entries(sides)) {
      const ms = await timed(read)
      // The first round warms up.
      if (round >= 0) times.set(name, [...(times.get(name) ?? []), ms])
    }
  }
  const of = (name: string): number => median(times.get(name) ?? [])
  for (const name of Object.keys(sides)) report(name, perSecond(of(name)))
  for (const form of ['records', 'batches']) {
    const [plain = [], played = []] = [`subscription, ${form}`, `replay at max, ${form}`].map(
      (name) => times.get(name),
    )
    const ratios = plain.map((ms, round) => ms / (played[round] ?? Infinity))
    report(
      `speed at max against a subscription, ${form}, median of ratios`,
      median(ratios).toFixed(2),
    )
  }
}

async function merge(client: Varve, cpuTicks: () => number): Promise<void> {
  for (const partitions of MERGES) {
    await fill(client, `merge-${partitions}`, partitions, 50)
  }
  const wall = new Map<number, number[]>()
  const cpu = new Map<number, number[]>()
  for (let round = 0; round < rounds; round++) {
    for (const partitions of MERGES) {
      const before = cpuTicks()
      const topics = `merge-${partitions}`
      const ms = await timed(() => counted(client.replay({ topics, order: 'merged' }), one))
      wall.set(partitions, [...(wall.get(partitions) ?? []), ms])
      cpu.set(partitions, [...(cpu.get(partitions) ?? []), (cpuTicks() - before) * 10])
    }
  }
  for (const partitions of MERGES) {
    const us = (list: number[] = []): string => ((median(list) * 1_000) / records).toFixed(2)
    report(
      `merge over ${partitions} partitions, batches of 50`,
      `${us(wall.get(partitions))} us a record, of them ${us(cpu.get(partitions))} us of the broker's processor`,
    )
  }
}

async function precision(client: Varve): Promise<void> {
  await client.admin().createTopic({ name: 'timed', partitions: 4 })
  const producer = client.producer()
  const count = (seconds * 1_000) / MEAN_GAP_MS
  let timeMs = startMs
  for (let index = 0; index < count; index++) {
    void producer.send({ topic: 'timed', key: `${index}`, value: 'v', timestampMs: timeMs })
    timeMs += 1 + ((index * 7_919) % (2 * MEAN_GAP_MS - 1))
  }
  await producer.close()
  const errors: number[] = []
  let beganMs: number | undefined
  for await (const { timestampMs } of client.replay({ topics: 'timed', speed: 1 })) {
    beganMs ??= performance.now()
    errors.push(performance.now() - beganMs - (timestampMs - startMs))
  }
  // The first record of a session takes longest on its way: what counts is how they stand to each other.
  const middle = median(errors)
  const sorted = errors.map((error) => Math.abs(error - middle)).sort((a, b) => a - b)
  const at = (share: number): string =>
    (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2)
  report(
    `distance from the schedule at 1x, ${count} records in ${seconds} s`,
    `median ${at(0.5)} ms, 99th percentile ${at(0.99)} ms, largest ${at(1)} ms`,
  )
  const tenth = Math.max(1, Math.floor(errors.length / 10))
  const drift = median(errors.slice(-tenth)) - median(errors.slice(0, tenth))
  report('drift, median of the last tenth against the first', `${drift.toFixed(2)} ms`)
}

async function group(client: Varve): Promise<void> {
  await fill(client, 'live', PARTITIONS, 500)
  const play = async (): Promise<number> => {
    const consumer = client.consumer().subscribe({
      ...{ group: `live-${Math.round(performance.now() * 1_000)}`, topics: 'live' },
      ...({ from: 'earliest', maxRecords: records } as const),
    })
    const count = await counted(consumer, one)
    await consumer.close()
    return count
  }
  const alone: number[] = []
  const beside: number[] = []
  for (let round = 0; round < rounds; round++) {
    alone.push(await timed(play))
    const replays = Array.from({ length: REPLAYS_BESIDE }, () =>
      client.replay({ topics: 'live', rate: { recordsPerSecond: 5_000 } }),
    )
    const playing = replays.map((replay) => counted(replay, one).catch(() => 0))
    beside.push(await timed(play))
    await Promise.all(replays.map((replay) => replay.close()))
    await Promise.all(playing)
  }
  report('a group alone', perSecond(median(alone)))
  report(`a group beside ${REPLAYS_BESIDE} replays of 5,000 records/s`, perSecond(median(beside)))
}

try {
  console.log(environmentLine())
  const broker = await startBrokerProcess(join(directory, 'data'))
  const client = connect({ broker: broker.address })
  try {
    if (only.has('speed')) await speed(client)
    if (only.has('merge')) await merge(client, () => broker.cpuTicks())
    if (only.has('group')) await group(client)
    if (only.has('precision')) await precision(client)
  } finally {
    await client.close()
    await broker.stop()
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
