// Verify finds nothing wrong in what a broker leaves: after any life, ended in order or by a kill.
import { afterAll, describe, expect, it } from 'vitest'
import { isWrong } from '../../../src/cli/offline/finding.ts'
import { openOfflineStorage } from '../../../src/cli/offline/offline-storage.ts'
import { verifyDataDirectory } from '../../../src/cli/offline/verification.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { topicKey } from '../../../src/storage/topic-record.ts'
import { Expectations, openEngine, Workload } from '../../crash/workload.ts'
import { at } from '../../support/batches.ts'
import { seeded } from '../../support/seed.ts'
import {
  spawnVarve,
  startBroker,
  stopBroker,
  temporaryFolder,
  varve,
  varveOk,
} from '../cli/varve-process.ts'
import { IDENTITY, type StoredFiles } from '../storage/stored-files.ts'
import { leave, noteCodes, storedTopic, verify, wrongCodes } from './offline-files.ts'

const SETTINGS = [
  {},
  { durability: 'written' },
  { 'retention.bytes': '2500', 'file.delete.delay.ms': '10' },
  { 'message.timestamp.type': 'LogAppendTime', 'segment.ms': '60' },
] as const

/** What a crash may leave besides. */
const EXPECTED_NOTES: ReadonlySet<string> = new Set(['LEFTOVER', 'QUARANTINED', 'TORN_TAIL'])

async function live(files: StoredFiles, random: SeededRandom): Promise<number> {
  const log = await files.start()
  let number = log.bounds().end
  // In some lives nothing is written: what recovery left is then what the stop leaves.
  const steps = random.integer(3) === 0 ? 0 : 5 + random.integer(40)
  for (let step = 0; step < steps; step++) {
    const kind = random.integer(20)
    if (kind === 0) {
      const { start, readableEnd } = log.bounds()
      await log.deleteBefore(at(start + random.integer(readableEnd - start + 1)))
    } else if (kind === 1) {
      await files.clock.advance('20ms')
      await log.maintain()
    } else {
      const durability = random.integer(3) === 0 ? 'synced' : 'written'
      await log.append({ batch: files.batch(number++), durability })
    }
  }
  return log.bounds().end
}

describe('In a data directory that nothing happened to', () => {
  it('verify finds nothing wrong, after many lives', { timeout: 120_000 }, async () => {
    const { seed, runs } = seeded('HEALTHY', 40)
    let [lives, kills, notes] = [0, 0, 0]
    for (let run = 0; run < runs; run++) {
      const random = new SeededRandom(`${seed}/${run}`)
      const files = await storedTopic(0, 'closed', SETTINGS[random.integer(SETTINGS.length)])
      for (let life = 0; life < 4; life++) {
        const end = await live(files, random)
        const how = random.integer(2) === 0 ? 'closed' : 'killed'
        if (how === 'killed') kills++
        await leave(files, how)
        lives++
        const found = await verify(files)
        const where = `seed ${seed}, run ${run}, life ${life}, ${how}: ${JSON.stringify(found.findings)}`
        expect(wrongCodes(found), where).toEqual([])
        for (const code of noteCodes(found)) expect(EXPECTED_NOTES, where).toContain(code)
        notes += found.findings.length
        expect(found.partitions[0], where).toMatchObject({ endOffset: end, state: 'good' })
      }
    }
    console.log(`healthy: seed ${seed}, ${lives} lives, ${kills} kills, ${notes} notes`)
  })

  it('verify finds nothing wrong after power cuts at any moment', {
    timeout: 120_000,
  }, async () => {
    const { seed, runs } = seeded('CUTS', 6)
    let moments = 0
    for (let run = 0; run < runs; run++) {
      const random = new SeededRandom(`${seed}/${run}`)
      const machine = new SimFileSystem({ scheduling: new SeededRandom(`${seed}/${run}/disk`) })
      const clock = new VirtualClock()
      const cut: SimFileSystem[] = []
      machine.operations.inject((operation) => {
        if (operation.change !== undefined && random.integer(5) === 0) {
          cut.push(machine.afterPowerCut(random))
        }
        return undefined
      })
      const engine = await openEngine(machine, clock)
      await new Workload(engine, clock, random, new Expectations()).run(24)
      await engine.close()
      for (const disk of cut) {
        // Before its first file a folder is no data directory yet.
        if (!disk.files().some((path) => path === '/data/format')) continue
        moments++
        const storage = openOfflineStorage(disk, clock)
        const found = await verifyDataDirectory(storage, '/data', { isDeep: true })
        await storage.close()
        // These partitions belong to no topic.
        const wrong = found.findings.filter((one) => isWrong(one) && !one.code.startsWith('TOPIC_'))
        expect(wrong, `seed ${seed}, run ${run}, moment ${moments}`).toEqual([])
      }
    }
    console.log(`cuts: seed ${seed}, ${moments} moments`)
  })

  it('topics in the middle of a change are told as such', async () => {
    const files = await storedTopic(3, 'closed')
    const engine = await files.open()
    const key = topicKey(IDENTITY.topicId)
    const stored = await engine.metadata.get(key)
    const record = JSON.parse(stored?.value ?? '') as Record<string, unknown>
    const growing = JSON.stringify({ ...record, partitions: 3, creatingFrom: 1 })
    await engine.metadata.compareAndSet(key, 1, growing)
    await files.stop()
    const found = await verify(files)
    expect(wrongCodes(found)).toEqual([])
    expect(noteCodes(found)).toEqual(['TOPIC_UNFINISHED'])
  })
})

describe('After kill -9 of a broker during a produce', () => {
  let remove: (() => Promise<void>) | undefined
  afterAll(async () => {
    await remove?.()
  })

  it('verify finds nothing wrong, and every acknowledged record in its place', {
    timeout: 120_000,
  }, async () => {
    const folder = await temporaryFolder()
    remove = folder.remove
    const data = `${folder.path}/data`
    const lines = Buffer.from(
      Array.from({ length: 40_000 }, (_, line) => `line ${line}\n`).join(''),
    )
    let acknowledged = 0
    for (let round = 0; round < 3; round++) {
      const broker = await startBroker(['--data-dir', data])
      const options = { broker: broker.address }
      if (round === 0) {
        const config = ['--config', 'segment.bytes=65536', '--config', 'index.interval.bytes=1024']
        await varveOk(['topic', 'create', 'book', ...config], options)
      }
      const producer = spawnVarve(
        ['produce', 'book', '--json', '--batch-bytes', '2000', '--linger-ms', '0'],
        options,
      )
      let said = ''
      producer.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
      producer.stdin.on('error', () => undefined)
      producer.stdin.write(lines)
      // The kill comes in the middle of the work: when some of it is there.
      for (;;) {
        const { output } = await varveOk(['offsets', 'book', '--json'], options)
        const { partitions } = JSON.parse(output) as { partitions: { latest: number }[] }
        const latest = partitions[0]?.latest ?? 0
        if (latest > acknowledged + 1000) {
          acknowledged = latest
          break
        }
      }
      broker.child.kill('SIGKILL')
      await broker.ended
      producer.kill('SIGKILL')
      await new Promise((resolve) => producer.on('close', resolve))
      const verified = await varve(['verify', '--deep', '--json', data])
      expect(verified.code, verified.output + said).toBe(0)
      const results = verified.output.split('\n').slice(0, -1)
      const partition = results
        .map((line) => JSON.parse(line) as { partition?: { endOffset: number; records: number } })
        .find((line) => line.partition !== undefined)?.partition
      // Readers saw them, so they were synced.
      expect(partition?.endOffset).toBeGreaterThanOrEqual(acknowledged)
      acknowledged = partition?.endOffset ?? 0
    }
    const broker = await startBroker(['--data-dir', data])
    const refused = await varve(['verify', data])
    expect(refused.code).toBe(1)
    expect(refused.messages).toContain('stop it first')
    expect(await stopBroker(broker)).toBe(0)
    const { output } = await varveOk(['verify', data])
    expect(output).toContain('nothing is wrong')
    expect(output).toContain('stopped cleanly')
  })
})
