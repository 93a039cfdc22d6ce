// Space that is kept for what must go on when the disk is full (invariant D8).
import { afterEach, expect, it } from 'vitest'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import type { PartitionLog } from '../../../src/storage/engine.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { append, batchOf, identityOf, readBatches, settingsOf } from '../../support/batches.ts'
import { refusalOf } from '../../support/refusal.ts'

const KIB = 1024
const CAPACITY = 4096 * KIB
const RESERVE = 128 * KIB
const RESERVE_FILE = '/data/reserve'
const SMALL = batchOf({ values: ['x'.repeat(200)] })
const LARGE = batchOf({ values: ['x'.repeat(40 * KIB)] })

let engine: FileStorageEngine | undefined
afterEach(async () => {
  await engine?.close()
  engine = undefined
})

async function open(
  disk: SimFileSystem,
  clock: VirtualClock,
  reserveBytes = RESERVE,
): Promise<FileStorageEngine> {
  const parts = { fileSystem: disk, clock, random: new SeededRandom(1), log: SILENT_LOG }
  engine = await FileStorageEngine.open({ ...parts, directory: '/data', reserveBytes })
  return engine
}

async function partitions(
  of: FileStorageEngine,
): Promise<{ orders: PartitionLog; offsets: PartitionLog }> {
  const offsets = { ...identityOf(2), topicName: '__offsets' }
  return {
    orders: await of.createPartition(identityOf(1), settingsOf()),
    offsets: await of.createPartition(offsets, settingsOf()),
  }
}

async function fill(log: PartitionLog): Promise<number> {
  for (let count = 0; ; count++) {
    const refused = await append(log, LARGE).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (refused === undefined) continue
    expect(refused).toMatchObject({ code: 'DISK_FULL', effect: 'none' })
    return count
  }
}

it('lets the broker go on with its own topics and with metadata when records find no room', async () => {
  const clock = new VirtualClock()
  const disk = new SimFileSystem({ capacityBytes: CAPACITY })
  const { orders, offsets } = await partitions(await open(disk, clock))
  expect(await fill(orders)).toBeGreaterThan(50)
  expect(disk.contents(RESERVE_FILE)).toHaveLength(0)
  for (let count = 0; count < 100; count++) await append(offsets, SMALL)
  expect(await engine?.metadata.compareAndSet('key', 0, 'value')).toBe(1)
  expect(await readBatches(offsets)).toHaveLength(100)
})

it('refuses other records until there is room for the reserve and as much once more', async () => {
  const clock = new VirtualClock()
  const disk = new SimFileSystem({ capacityBytes: CAPACITY })
  const { orders } = await partitions(await open(disk, clock))
  const stored = await fill(orders)
  expect(await refusalOf(append(orders, SMALL))).toMatchObject({
    code: 'DISK_FULL',
    message: expect.stringContaining(`when ${2 * RESERVE} bytes are free`) as string,
    effect: 'none',
  })
  await clock.advance(5_000)
  expect(await refusalOf(append(orders, SMALL))).toMatchObject({ code: 'DISK_FULL' })
  // With what the reserve itself gave up.
  disk.capacityBytes += RESERVE / 2
  await clock.advance(1_000)
  expect(await refusalOf(append(orders, SMALL))).toMatchObject({ code: 'DISK_FULL' })
  disk.capacityBytes += RESERVE
  await clock.advance(1_000)
  await append(orders, SMALL)
  expect(await readBatches(orders)).toHaveLength(stored + 1)
  expect(disk.contents(RESERVE_FILE)).toHaveLength(RESERVE)
})

it('gives the reserve to a topic of the broker that is the first to find no room', async () => {
  const disk = new SimFileSystem({ capacityBytes: CAPACITY })
  const { offsets } = await partitions(await open(disk, new VirtualClock()))
  disk.capacityBytes = CAPACITY / 4
  const large = batchOf({ values: ['x'.repeat(100 * KIB)] })
  let refusals = 0
  while (disk.contents(RESERVE_FILE).length > 0) {
    // One whose write came to nothing in the middle is told; the next one has room.
    await append(offsets, large).catch(() => refusals++)
  }
  expect(refusals).toBeLessThanOrEqual(1)
  await append(offsets, large)
})

it('is kept where something else than space has run out', async () => {
  const disk = new SimFileSystem({ capacityBytes: CAPACITY })
  const { orders } = await partitions(await open(disk, new VirtualClock()))
  let failures = 1
  disk.operations.inject(({ kind, path }) =>
    kind === 'create' && path.endsWith('.log') && failures-- > 0
      ? { kind: 'error', code: 'ENOSPC' }
      : undefined,
  )
  expect(await refusalOf(append(orders, SMALL))).toMatchObject({ code: 'DISK_FULL' })
  await append(orders, SMALL)
  expect(disk.contents(RESERVE_FILE)).toHaveLength(RESERVE)
})

it('is given away for a quota, of which the file system says nothing', async () => {
  const clock = new VirtualClock()
  const disk = new SimFileSystem({ capacityBytes: CAPACITY })
  const { orders, offsets } = await partitions(await open(disk, clock))
  await append(orders, SMALL)
  let isUsedUp = true
  disk.operations.inject(({ kind, path }) =>
    isUsedUp && kind === 'write' && (path.endsWith('.log') || path === RESERVE_FILE)
      ? { kind: 'error', code: 'EDQUOT' }
      : undefined,
  )
  expect(await refusalOf(append(orders, SMALL))).toMatchObject({ code: 'DISK_FULL' })
  expect(disk.contents(RESERVE_FILE)).toHaveLength(0)
  await clock.advance(20_000)
  expect(await refusalOf(append(orders, SMALL))).toMatchObject({ code: 'DISK_FULL' })
  isUsedUp = false
  await append(offsets, SMALL)
  await clock.advance(20_000)
  await append(orders, SMALL)
  expect(disk.contents(RESERVE_FILE)).toHaveLength(RESERVE)
})

it('is taken again by the next start, from its own file where the disk is full', async () => {
  const clock = new VirtualClock()
  const disk = new SimFileSystem({ capacityBytes: CAPACITY })
  const first = await partitions(await open(disk, clock))
  await append(first.orders, SMALL)
  await engine?.close()
  const used = disk.files().reduce((sum, path) => sum + disk.contents(path).length, 0)
  disk.putFile('/other', Buffer.alloc(CAPACITY - used - 20 * KIB))
  const again = await open(disk, clock)
  const log = await again.openPartition(identityOf(1), settingsOf())
  await append(log, SMALL)
  expect(disk.contents(RESERVE_FILE)).toHaveLength(RESERVE)
})

it('refuses records from the start where there is no room for it', async () => {
  const clock = new VirtualClock()
  const disk = new SimFileSystem({ capacityBytes: CAPACITY })
  await (await open(disk, clock, 0)).close()
  disk.putFile('/other', Buffer.alloc(CAPACITY - 150 * KIB))
  const { orders, offsets } = await partitions(await open(disk, clock))
  expect(await refusalOf(append(orders, SMALL))).toMatchObject({ code: 'DISK_FULL' })
  await append(offsets, SMALL)
})

it.each(['a folder', 'a link'])('is done without where %s has its name', async (kind) => {
  const clock = new VirtualClock()
  const disk = new SimFileSystem({ capacityBytes: CAPACITY })
  await (await open(disk, clock, 0)).close()
  if (kind === 'a folder') await disk.makeDirectory(RESERVE_FILE)
  else disk.putOther(RESERVE_FILE)
  const { orders } = await partitions(await open(disk, clock))
  const stored = await fill(orders)
  expect(await readBatches(orders)).toHaveLength(stored)
})
