// The built broker on a real small disk that is filled and emptied again and again, or has no room for another file: what was refused never appears, what
// was acknowledged stays, reads go on, and writes go on by themselves as soon as there is room (invariant D8). Where no file system may be mounted, the
// engine on the simulated disk goes through the same.
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { connect, isVarveError, type Varve } from '../../src/client/index.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { type BrokerProcess, startBroker, stopBroker } from '../integration/cli/varve-process.ts'
import { batchOf, identityOf, readBatches, settingsOf } from '../support/batches.ts'
import { seeded } from '../support/seed.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { SmallDisk } from './small-disk.ts'

const TOPIC = 'orders'
/** The specification says 1 s; a busy machine gets more. */
const RESUME_MS_MAX = 5_000
const GROUP = 'billing'
const counts = {
  cycles: 0,
  commits: 0,
  refused: 0,
  acknowledged: 0,
  kills: 0,
  resumeMsMax: 0,
  fullStarts: 0,
}

let disk: SmallDisk | undefined
let broker: BrokerProcess | undefined
let client: Varve | undefined
afterEach(async () => {
  await client?.close({ timeoutMs: 1_000 })
  if (broker !== undefined) await stopBroker(broker)
  disk?.unmount()
  ;[client, broker, disk] = [undefined, undefined, undefined]
})

it('refuses what has no room, keeps what was acknowledged, and goes on when there is room', {
  timeout: 3_600_000,
}, async () => {
  const { seed, runs } = seeded('FULL_DISK', 12)
  const random = new SeededRandom(seed)
  disk = SmallDisk.mount(join(await temporaryDirectory(), 'disk'), { mebibytes: 24, files: 200 })
  if (disk === undefined) {
    await onSimulatedDisk(random, runs)
    return
  }
  const data = join(disk.path, 'data')
  broker = await startBroker(['--data-dir', data])
  client = connect({ broker: broker.address })
  const settings = { 'segment.bytes': '262144', 'retention.bytes': '2097152' }
  await client.admin().createTopic({ name: TOPIC, settings })
  const expected = new Map<number, string>()
  for (let run = 0; run < runs; run++) {
    await cycle(client, disk, random, expected)
    if (random.integer(4) === 0) broker = await restart(broker, data, random, disk)
    await expectStored(client, expected)
  }
  console.log(`full disk: seed ${seed}, ${JSON.stringify(counts)}`)
  expect(counts.refused).toBeGreaterThan(0)
})

/** Something is stored, the disk fills up, something is refused, there is room, something is stored. */
async function cycle(
  from: Varve,
  small: SmallDisk,
  random: SeededRandom,
  expected: Map<number, string>,
): Promise<void> {
  counts.cycles++
  const producer = from.producer({ deliveryTimeoutMs: 2_000, lingerMs: 0 })
  const sendOne = async (): Promise<boolean> => {
    const value = `${counts.cycles} `.padEnd(100 + random.integer(30_000), 'x')
    try {
      const { baseOffset } = await producer.append({
        topic: TOPIC,
        partition: 0,
        records: [{ value }],
      })
      expected.set(baseOffset ?? -1, value)
      counts.acknowledged++
      return true
    } catch (error) {
      // Without room nothing happens; that is what the answer must say.
      expect(error).toMatchObject({ code: 'DISK_FULL', effect: 'none' })
      counts.refused++
      return false
    }
  }
  for (let count = 0; count < 6; count++) expect(await sendOne()).toBe(true)
  const isOfSpace = random.integer(4) > 0
  if (isOfSpace) small.fill()
  else small.useAllFiles()
  // Some may fit into what the last segment had.
  const refused = counts.refused
  for (let count = 0; count < 12; count++) await sendOne()
  // What groups commit has room that was kept for it.
  if (isOfSpace && counts.refused > refused) await commit(from, expected)
  await expectStored(from, expected)
  small.free()
  const sinceMs = performance.now()
  while (!(await sendOne())) {
    expect(performance.now() - sinceMs).toBeLessThan(RESUME_MS_MAX)
  }
  counts.resumeMsMax = Math.max(counts.resumeMsMax, Math.round(performance.now() - sinceMs))
  await producer.close()
}

async function commit(from: Varve, expected: ReadonlyMap<number, string>): Promise<void> {
  const offset = Math.max(...expected.keys())
  await from.admin().commitGroupOffsets(GROUP, [{ topic: TOPIC, partition: 0, offset }])
  const [committed] = await from.admin().groupOffsets(GROUP)
  expect(committed).toMatchObject({ offset })
  counts.commits++
}

/** Killed with room or without; without it may refuse to start, and says so. */
async function restart(
  running: BrokerProcess,
  data: string,
  random: SeededRandom,
  small: SmallDisk,
): Promise<BrokerProcess> {
  running.child.kill('SIGKILL')
  await running.ended
  counts.kills++
  const args = ['--data-dir', data]
  const where = { listen: running.address }
  if (random.integer(2) === 0) {
    small.fill()
    try {
      const started = await startBroker(args, where)
      counts.fullStarts++
      small.free()
      return started
    } catch (error) {
      expect(String(error)).toMatch(/no space|DISK_FULL|ENOSPC|full/i)
      small.free()
    }
  }
  return await startBroker(args, where)
}

/** All that was acknowledged and not deleted since, and nothing else. */
async function expectStored(from: Varve, expected: ReadonlyMap<number, string>): Promise<void> {
  const offsets: number[] = []
  for (let attempt = 0; ; attempt++) {
    try {
      const consumer = from.consumer({ topics: TOPIC, from: 'earliest', until: 'end' })
      for await (const { offset, value } of consumer) {
        offsets.push(offset)
        if (value?.toString() !== expected.get(offset)) {
          throw new Error(`${offset} has ${value?.toString().slice(0, 20)}`)
        }
      }
      break
    } catch (error) {
      if (!isVarveError(error) || error.kind !== 'transient' || attempt > 50) throw error
      offsets.length = 0
    }
  }
  const all = [...expected.keys()].sort((a, b) => a - b)
  // Retention takes from the front.
  expect(offsets).toEqual(all.slice(all.length - offsets.length))
}

async function onSimulatedDisk(random: SeededRandom, runs: number): Promise<void> {
  const machine = new SimFileSystem()
  const clock = new VirtualClock()
  const context = { fileSystem: machine, clock, random, log: SILENT_LOG, directory: '/data' }
  const engine = await FileStorageEngine.open(context)
  const log = await engine.createPartition(identityOf(1), settingsOf({ 'segment.bytes': '16384' }))
  let stored = 0
  for (let run = 0; run < runs; run++) {
    counts.cycles++
    const appended = async (): Promise<boolean> => {
      const batch = batchOf({ values: ['x'.repeat(1 + random.integer(4_000))] })
      return await log.append({ batch, durability: 'synced' }).then(
        () => ++stored > 0,
        (error: unknown) => {
          expect(error).toMatchObject({ code: 'DISK_FULL' })
          counts.refused++
          return false
        },
      )
    }
    expect(await appended()).toBe(true)
    const end = machine.operations.inject(({ kind }) =>
      kind === 'write' || kind === 'create' ? { kind: 'error', code: 'ENOSPC' } : undefined,
    )
    expect(await appended()).toBe(false)
    end()
    expect(await appended()).toBe(true)
    expect((await readBatches(log)).length).toBe(stored)
  }
  await engine.close()
  console.log(`full disk (simulated: nothing may be mounted here): ${JSON.stringify(counts)}`)
}
