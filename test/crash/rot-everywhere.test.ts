// Damage to any file of a whole broker's folder between two starts: logs, indexes, checkpoints, epochs, snapshots of producers, what is known of topics,
// the journal of groups, format, lock and marks. Whatever is different afterwards is told (refused with a code, or logged as a warning), nothing is given
// out that was never stored, and no log file is removed or cut without a copy (invariants R1 to R3).
import { expect, it } from 'vitest'
import { Broker } from '../../src/broker/broker.ts'
import { isVarveError, VarveError } from '../../src/domain/error.ts'
import { type Log, SILENT_LOG } from '../../src/platform/log.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { decodeBatch } from '../../src/record/decode-batch.ts'
import { eachBatch } from '../../src/record/stored-batch.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { batchOf } from '../support/batches.ts'
import { commitOne } from '../support/group-broker.ts'
import { createTopic, fetchOne } from '../support/open-broker.ts'
import { seeded } from '../support/seed.ts'

const BATCHES = 24
const PARTITIONS = [
  ['orders', 0],
  ['orders', 1],
  ['bills', 0],
] as const
const KINDS = ['flip', 'zero', 'garbage', 'truncate', 'copy', 'swap', 'extend', 'remove'] as const
const GROUPS = ['audit', 'billing']

const counts = {
  cases: 0,
  harmless: 0,
  refusedStarts: 0,
  told: 0,
  undetected: 0,
  wrong: 0,
  gone: 0,
}
const byFile = new Map<string, number>()

type Files = ReadonlyMap<string, Buffer>

interface Running {
  readonly broker: Broker
  readonly engine: FileStorageEngine
  readonly clock: VirtualClock
}

/** Counts what a broker warns of. */
class Ear {
  heard: string[] = []
  readonly log: Log = {
    ...SILENT_LOG,
    warn: (event, fields) => void this.heard.push(`${event} ${JSON.stringify(fields)}`),
    error: (event, fields) => void this.heard.push(`${event} ${JSON.stringify(fields)}`),
    with: () => this.log,
  }
}

async function open(fileSystem: SimFileSystem, log: Log): Promise<Running> {
  const clock = new VirtualClock()
  const random = new SeededRandom('rot')
  const engine = await FileStorageEngine.open({
    fileSystem,
    clock,
    random,
    log,
    directory: '/data',
  })
  try {
    const options = { engine, clock, random, log, storageName: 'file', version: 'test' } as const
    return { engine, clock, broker: await Broker.open(options) }
  } catch (error) {
    await engine.close()
    throw error
  }
}

async function close({ broker, engine }: Running): Promise<void> {
  await broker.close()
  await engine.close()
}

function valueOf(topic: string, partition: number, offset: number): string {
  return `${topic}/${partition}/${offset}`.padEnd(90, '.')
}

/** A folder with everything in it, after a stop in order or a kill. */
async function stored(ending: 'stop' | 'kill'): Promise<Files> {
  const disk = new SimFileSystem()
  const running = await open(disk, SILENT_LOG)
  const { broker } = running
  await createTopic(broker, 'orders', 2, { 'segment.bytes': '2048', 'index.interval.bytes': '300' })
  await createTopic(broker, 'bills', 1, { 'retention.ms': '-1' })
  for (let index = 0; index < BATCHES; index++) {
    for (const [topic, partition] of PARTITIONS) {
      const values = [2 * index, 2 * index + 1].map((at) => valueOf(topic, partition, at))
      const producer = { id: 1 + partition, sequence: 2 * index }
      await broker.producer.append({ topic, partition, batch: batchOf({ values, producer }) })
    }
    if (index % 4 !== 3) continue
    for (const group of GROUPS) {
      await commitOne(broker, group, { topic: 'orders', partition: 1, offset: index })
    }
  }
  if (ending === 'stop') await close(running)
  const left = ending === 'stop' ? disk : disk.afterKill()
  const files = new Map(left.files().map((path) => [path, left.contents(path)]))
  if (ending === 'kill') await close(running)
  return files
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

/** Damages one file, or swaps two of them. @returns what it did, and to which kind of file */
function damage(disk: SimFileSystem, random: SeededRandom): { what: string; path: string } {
  const paths = disk.files()
  const path = paths[random.integer(paths.length)] ?? ''
  const bytes = disk.contents(path)
  const size = bytes.length
  const start = size === 0 ? 0 : random.integer(size)
  const length = 1 + random.integer(Math.max(1, Math.min(size - start, 600)))
  const kind = KINDS[random.integer(KINDS.length)] ?? 'flip'
  const what = `${kind} of ${path} at ${start}, ${length} bytes`
  if (kind === 'remove') {
    void disk.removeFile(path)
    return { what, path }
  }
  if (kind === 'swap') {
    // Nothing in Kafka's format says which partition a log is of: what it holds in the place of another is told where offsets are missing
    // or doubled, and is a log like any other from there on.
    const isForeign = (one: string): boolean =>
      one.endsWith('.log') && path.endsWith('.log') && folderOf(one) !== folderOf(path)
    const others = paths.filter((one) => !isForeign(one))
    const other = others[random.integer(others.length)] ?? path
    disk.putFile(path, disk.contents(other))
    disk.putFile(other, bytes)
    return { what: `swap of ${path} and ${other}`, path }
  }
  if (kind === 'extend') {
    const more = random.integer(2) === 0 ? Buffer.alloc(length) : Buffer.from(random.bytes(length))
    disk.putFile(path, Buffer.concat([bytes, more]))
    return { what, path }
  }
  if (kind === 'flip' && size > 0) bytes[start] = (bytes[start] ?? 0) ^ (1 << random.integer(8))
  if (kind === 'zero') bytes.fill(0, start, Math.min(size, start + length))
  if (kind === 'garbage')
    Buffer.from(random.bytes(Math.min(length, size - start))).copy(bytes, start)
  if (kind === 'copy') bytes.copy(bytes, start, 0, length)
  disk.putFile(path, kind === 'truncate' ? bytes.subarray(0, start) : bytes)
  return { what, path }
}

/** What differs from what was stored; what is wrong is counted. */
async function differences({ broker }: Running, signals: string[]): Promise<string[]> {
  const found: string[] = []
  for (const [topic, partition] of PARTITIONS) {
    let offset = 0
    while (offset < 2 * BATCHES) {
      let next = offset
      try {
        const outcome = await fetchOne(broker, topic, partition, offset)
        if (outcome.error !== undefined) throw outcome.error
        for (const chunk of outcome.chunks) {
          for (const batch of eachBatch(chunk)) {
            for (const record of decodeBatch(batch)) {
              const value = record.value?.toString()
              if (value !== valueOf(topic, partition, record.offset)) {
                counts.wrong++
                found.push(`${topic}/${partition} at ${record.offset}: ${value}`)
              }
              next = record.offset + 1
            }
          }
        }
      } catch (error) {
        if (!isVarveError(error)) throw error
        signals.push(`${topic}/${partition} at ${offset}: ${error.code}`)
        const { nextGood } = error.details
        next = typeof nextGood === 'number' && nextGood > offset ? nextGood : 2 * BATCHES
      }
      if (next === offset) {
        found.push(`${topic}/${partition} ends at ${offset}`)
        break
      }
      offset = next
    }
  }
  for (const group of GROUPS) {
    try {
      const offsets = await broker.groups.fetchOffsets(group)
      const committed = offsets.map(({ offset }) => offset).join()
      if (committed !== `${BATCHES - 1}`) found.push(`${group} has committed ${committed}`)
    } catch (error) {
      if (!(error instanceof VarveError)) throw error
      signals.push(`${group}: ${error.code}`)
    }
  }
  return found
}

/** Every log that was there is there, as it was or longer; or what was cut off has a copy. */
function missingLogs(before: Files, disk: SimFileSystem): string[] {
  const after = new Set(disk.files())
  const quarantine = [...after].filter((path) => path.includes('/quarantine/'))
  return [...before.keys()].filter((path) => {
    if (!path.endsWith('.log')) return false
    if (!after.has(path)) return true
    const isShorter = disk.contents(path).length < (before.get(path)?.length ?? 0)
    const folder = path.slice(0, path.lastIndexOf('/'))
    return isShorter && !quarantine.some((copy) => copy.startsWith(folder))
  })
}

async function oneCase(files: Files, random: SeededRandom): Promise<void> {
  const disk = new SimFileSystem()
  for (const [path, bytes] of files) {
    for (let end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', end + 1)) {
      const folder = path.slice(0, end)
      if ((await disk.status(folder)) === undefined) await disk.makeDirectory(folder)
    }
    disk.putFile(path, Buffer.from(bytes))
  }
  const { what, path } = damage(disk, random)
  const damaged = new Map(disk.files().map((one) => [one, disk.contents(one)]))
  counts.cases++
  const kind = path.replace(/.*\//, '').replace(/^\d{20}/, '*')
  byFile.set(kind, (byFile.get(kind) ?? 0) + 1)
  const ear = new Ear()
  let running: Running
  try {
    running = await open(disk, ear.log)
  } catch (error) {
    if (!isVarveError(error)) throw new Error(what, { cause: error })
    counts.refusedStarts++
    expect(missingLogs(damaged, disk), what).toEqual([])
    return
  }
  const signals: string[] = []
  let found: string[]
  try {
    found = await differences(running, signals)
  } catch (error) {
    throw new Error(what, { cause: error })
  }
  await close(running)
  const isTold = signals.length + ear.heard.length > 0
  if (found.length > 0 && !isTold) {
    counts.undetected++
    throw new Error(`${what}: not told: ${found.join('; ')}`)
  }
  if (isTold) counts.told++
  else counts.harmless++
  const gone = missingLogs(damaged, disk)
  counts.gone += gone.length
  expect(gone, `${what}: ${[...signals, ...ear.heard].join('; ')}`).toEqual([])
  expect(counts.wrong, `${what}: ${found.join('; ')}`).toBe(0)
}

it('tells of all damage to any file, gives out nothing wrong and deletes no data', {
  timeout: 3_600_000,
}, async () => {
  const { seed, runs } = seeded('ROT_EVERYWHERE', 250)
  const isLong = process.env['ROT_EVERYWHERE_RUNS'] !== undefined
  const endsAt = isLong ? Number.POSITIVE_INFINITY : performance.now() + 10_000
  const templates = { stop: await stored('stop'), kill: await stored('kill') }
  for (let run = 0; run < runs && performance.now() < endsAt; run++) {
    const random = new SeededRandom(`${seed}/${run}`)
    const files = random.integer(2) === 0 ? templates.stop : templates.kill
    try {
      await oneCase(files, random)
    } catch (error) {
      throw new Error(`ROT_EVERYWHERE_SEED=${seed}, run ${run}`, { cause: error })
    }
  }
  const kinds = [...byFile].map(([kind, count]) => `${kind} ${count}`).join(', ')
  console.log(`rot everywhere: seed ${seed}: ${kinds}`)
  console.log(`rot everywhere: seed ${seed}, ${JSON.stringify(counts)}`)
})
