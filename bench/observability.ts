// What it costs to be looked at: producing without metrics, with metrics, and with a subscriber on every channel as well, in turn.
//   npm run bench:observability [-- --records 100000 --small 10000 --rounds 7]
import { tracingChannel } from 'node:diagnostics_channel'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { connect, type ProducerOptions } from '../src/client/index.ts'
import { SILENT_LOG } from '../src/platform/log.ts'
import { MetricRegistry } from '../src/platform/metric-registry.ts'
import { TracePoint } from '../src/platform/trace-point.ts'
import { TRACE_POINTS } from '../src/platform/trace-table.ts'
import { type RunningServer, startServer } from '../src/server/start-server.ts'
import { environmentLine, median } from './lib/environment.ts'
import { toldOptions } from './lib/told-options.ts'

const values = toldOptions({
  records: { type: 'string', default: '100000' },
  small: { type: 'string', default: '10000' },
  rounds: { type: 'string', default: '7' },
})
const rounds = Number(values.rounds)
const WARM_UP_ROUNDS = 3
const VALUE = Buffer.alloc(100, 'v')
const WAYS = ['alone', 'metrics', 'metrics and subscribers'] as const
type Way = (typeof WAYS)[number]

const ignore = (): void => undefined
const SUBSCRIBERS = {
  start: ignore,
  end: ignore,
  asyncStart: ignore,
  asyncEnd: ignore,
  error: ignore,
}

/** @returns milliseconds of processor time, client and broker together: unlike the clock it hardly depends on what runs beside */
async function produce(
  server: RunningServer,
  topic: string,
  records: number,
  options: ProducerOptions,
): Promise<number> {
  const client = connect({ broker: server.address })
  const producer = client.producer({ durability: 'written', ...options })
  await producer.send({ topic, value: VALUE })
  const started = process.cpuUsage()
  for (let sent = 0; sent < records; ) {
    if (producer.trySend({ topic, value: VALUE }, ignore)) sent++
    else await producer.ready()
  }
  await producer.flush()
  const { user, system } = process.cpuUsage(started)
  await client.close()
  return (user + system) / 1e3
}

async function produceIn(
  way: Way,
  servers: Readonly<Record<'plain' | 'measured', RunningServer>>,
  records: number,
  options: ProducerOptions,
): Promise<number> {
  const isTraced = way === 'metrics and subscribers'
  const channels = Object.values(TRACE_POINTS).map(({ name }) => tracingChannel(name))
  if (isTraced) for (const channel of channels) channel.subscribe(SUBSCRIBERS)
  try {
    const server = way === 'alone' ? servers.plain : servers.measured
    return await produce(server, 'bench', records, options)
  } finally {
    if (isTraced) for (const channel of channels) channel.unsubscribe(SUBSCRIBERS)
  }
}

/** All ways in turn, round for round, so that what the machine does beside falls on all of them. */
async function compare(
  title: string,
  servers: Readonly<Record<'plain' | 'measured', RunningServer>>,
  records: number,
  options: ProducerOptions,
): Promise<void> {
  const samples: Record<Way, number[]> = { alone: [], metrics: [], 'metrics and subscribers': [] }
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const way of WAYS) {
      const tookMs = await produceIn(way, servers, records, options)
      if (round >= 0) samples[way].push(tookMs)
    }
  }
  console.log(`\n${title}, ${rounds} rounds, processor time`)
  const base = median(samples.alone)
  for (const way of WAYS) {
    const all = samples[way]
    const middle = median(all)
    const change = way === 'alone' ? '' : ` (${(((middle - base) / base) * 100).toFixed(1)} %)`
    const range = `${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)}`
    console.log(`  ${way.padEnd(26)} median ${middle.toFixed(0)} ms, ${range}${change}`)
  }
}

/** Nanoseconds of one call, the best of some runs: what the machine does beside can only add. */
function nanoseconds(call: () => void): string {
  const calls = 1_000_000
  let best = Infinity
  for (let run = 0; run < 7; run++) {
    const startedMs = performance.now()
    for (let count = 0; count < calls; count++) call()
    best = Math.min(best, ((performance.now() - startedMs) * 1e6) / calls)
  }
  return `${best.toFixed(1)} ns`
}

const directory = mkdtempSync(join(tmpdir(), 'varve-bench-'))
const start = (name: string, isMeasured: boolean): Promise<RunningServer> =>
  startServer({
    dataDir: join(directory, name),
    host: '127.0.0.1',
    port: 0,
    storage: 'file',
    log: SILENT_LOG,
    ...(isMeasured ? { monitoring: { host: '127.0.0.1', port: 0, isRequired: true } } : {}),
  })
try {
  console.log(environmentLine())
  const registry = new MetricRegistry()
  const counter = registry.counter('varve_duplicate_batches_total')
  const histogram = registry.histogram('varve_fetch_seconds')
  const point = new TracePoint<{ error?: unknown; n: number }>('varve:bench')
  const done = Promise.resolve()
  const describe = (): { n: number } => ({ n: 1 })
  const work = (): Promise<void> => done
  const nothing = (): object => ({})
  let value = 0
  console.log(
    `counter.add                        ${nanoseconds(() => {
      counter.add()
    })}`,
  )
  console.log(
    `histogram.observe                  ${nanoseconds(() => {
      histogram.observe(++value % 7)
    })}`,
  )
  console.log(
    `an operation without subscribers   ${nanoseconds(() => void point.run(describe, work, nothing))}`,
  )

  const servers = { plain: await start('plain', false), measured: await start('measured', true) }
  for (const { address } of Object.values(servers)) {
    const client = connect({ broker: address })
    await client.admin().createTopic({ name: 'bench', settings: { durability: 'written' } })
    await client.close()
  }
  const [records, small] = [Number(values.records), Number(values.small)]
  await compare(`${records} records of 100 bytes`, servers, records, {})
  await compare(`${small} records, each a batch of its own`, servers, small, { batchBytes: 1 })
  await Promise.all(Object.values(servers).map((server) => server.close()))
} finally {
  rmSync(directory, { recursive: true, force: true })
}
