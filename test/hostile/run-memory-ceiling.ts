// A broker with 512 MiB of memory and not a byte more: producers, consumers, such that do not read, and attackers of all kinds, one after the other
// and two at a time. Ends with 1 when the broker ended, needed more memory, had an error that nobody expected, refused an honest request or gave
// out other bytes than were stored. Its last line is JSON.
//   npx tsx test/hostile/run-memory-ceiling.ts [--seconds 1200] [--mib 512] [--seed N]
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { connect } from '../../src/client/index.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { type Child, startChild } from '../support/child.ts'
import { isUnexpected } from './attack-trial.ts'
import { Attacker } from './attacker.ts'
import { allAttacks } from './attacks/all-attacks.ts'
import { HonestClients } from './honest-clients.ts'
import { MemoryGroup } from './memory-group.ts'
import type { SlowOptions } from './slow-consumers-child.ts'
import { WatchedServer } from './watched-server.ts'

// What was started ends with this.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '1200' },
    mib: { type: 'string', default: '512' },
    seed: { type: 'string', default: `${randomInt(2 ** 31)}` },
  },
})
const MIB = 1024 * 1024
const seconds = Number(values.seconds)
const ceilingBytes = Number(values.mib) * MIB
const seed = Number(values.seed)
const random = new SeededRandom(seed)
const TOPIC = 'mixed'
const PARTITIONS = 8
const VALUE = Buffer.alloc(4 * 1024, 'v')
const BATCH = Array.from({ length: 50 }, () => ({ value: VALUE }))
const ATTACK_SECONDS = 10
/** What docs/OPERATIONS.md says of a process that must stay within 512 MiB. */
const SMALL = [
  'requestBytesInFlightMax=64MiB',
  'requestBytesPerAddressMax=64MiB',
  'unreadAnswerBytesMax=32MiB',
  'unreadAnswerBytesPerConnectionMax=16MiB',
  'subscriptionUnreadBytesMax=48MiB',
  'appendQueueBytesMax=32MiB',
  'tailBytesMax=16MiB',
  'readCacheBytesMax=16MiB',
  'readAheadBytesMax=4MiB',
  'callsMax=5000',
  'callsPerAddressMax=5000',
  'connectionsMax=2000',
]

const directory = mkdtempSync(join(tmpdir(), 'varve-ceiling-'))
const group = MemoryGroup.make(ceilingBytes)
const server = await WatchedServer.start({
  dataDir: join(directory, 'data'),
  prefix: group?.prefix ?? [],
  nodeArgs: ['--max-old-space-size=256'],
  args: SMALL.flatMap((setting) => ['--set', `limits.${setting}`]),
})
const endsAt = performance.now() + seconds * 1_000
const counts = { produced: 0, refused: 0, consumed: 0, wrong: 0, attacks: 0, slowConsumers: 0 }
const isOver = (): boolean => performance.now() >= endsAt || !server.isRunning
let residentMost = 0

async function produce(): Promise<void> {
  const client = connect({ broker: server.address })
  const producer = client.producer({ deliveryTimeoutMs: 20_000 })
  for (let round = 0; !isOver(); round++) {
    try {
      await producer.append({ topic: TOPIC, partition: round % PARTITIONS, records: BATCH })
      counts.produced += BATCH.length
    } catch {
      counts.refused += 1
    }
    await pause(5)
  }
  await client.close({ timeoutMs: 1_000 })
}

/** Reads what there is again and again: from files as well as from memory. */
async function consume(): Promise<void> {
  const client = connect({ broker: server.address })
  while (!isOver()) {
    try {
      for await (const batch of client.consumer({ topics: TOPIC, until: 'end' }).batches()) {
        counts.consumed += batch.records.length
        counts.wrong += batch.records.filter(({ value }) => value?.equals(VALUE) !== true).length
        if (isOver()) break
      }
    } catch {
      counts.refused += 1
    }
    await pause(100)
  }
  await client.close({ timeoutMs: 1_000 })
}

/** Attacks at random, each for some seconds. */
async function attack(): Promise<void> {
  const attacker = await Attacker.start()
  while (!isOver()) {
    const { name } = allAttacks[random.integer(allAttacks.length)] ?? { name: '' }
    const left = Math.ceil((endsAt - performance.now()) / 1_000)
    await attacker.attack({
      attack: name,
      address: server.address,
      seconds: Math.max(1, Math.min(ATTACK_SECONDS, left)),
    })
    counts.attacks += 1
  }
  await attacker.stop()
}

/** A hundred that do not read and a hundred that read a kilobyte a second, who leave after a while, and others come. */
async function consumeSlowly(): Promise<void> {
  const options: SlowOptions = {
    address: server.address,
    topic: TOPIC,
    partitions: PARTITIONS,
    never: 100,
    slow: 100,
  }
  while (!isOver()) {
    const child: Child = startChild(new URL('slow-consumers-child.ts', import.meta.url), [
      JSON.stringify(options),
    ])
    await Promise.race([child.line(), pause(10_000)])
    counts.slowConsumers += options.never + options.slow
    for (let second = 0; second < 90 && !isOver(); second++) await pause(1_000)
    await child.kill()
  }
}

async function watch(): Promise<void> {
  while (!isOver()) {
    residentMost = Math.max(residentMost, server.residentBytes)
    await pause(100)
  }
}

try {
  const admin = connect({ broker: server.address })
  await admin.admin().createTopic({
    name: TOPIC,
    partitions: PARTITIONS,
    settings: {
      'retention.bytes': `${64 * MIB}`,
      'segment.bytes': `${8 * MIB}`,
      durability: 'written',
    },
  })
  await admin.close()
  const honest = await HonestClients.start(server.address)
  await Promise.all([
    produce(),
    produce(),
    consume(),
    consume(),
    attack(),
    attack(),
    consumeSlowly(),
    watch(),
  ])
  const { requests, failed, p99Ms } = honest.take()
  const hadEnded = !server.isRunning
  await honest.stop()
  const unexpected = server.lines.filter(isUnexpected)
  const exitCode = await server.stop()
  const report = {
    seed,
    seconds,
    ceiling: group === undefined ? 'watched' : 'cgroup',
    ceilingMib: ceilingBytes / MIB,
    residentMostMib: Math.round(residentMost / MIB),
    groupMostMib: group?.bytesMost === undefined ? undefined : Math.round(group.bytesMost / MIB),
    oomKills: group?.oomKills ?? 0,
    ended: hadEnded,
    exitCode,
    ...counts,
    honest: { requests, failed, p99Ms: Math.round(p99Ms) },
    unexpected: unexpected.length,
  }
  for (const line of unexpected.slice(0, 10)) console.log(line)
  console.log(JSON.stringify(report))
  const isWell =
    !hadEnded &&
    exitCode === 0 &&
    report.oomKills === 0 &&
    residentMost <= ceilingBytes &&
    counts.consumed > 0 &&
    counts.wrong === 0 &&
    unexpected.length === 0 &&
    failed === 0
  process.exitCode = isWell ? 0 : 1
} finally {
  await server.kill()
  group?.remove()
  rmSync(directory, { recursive: true, force: true })
}
