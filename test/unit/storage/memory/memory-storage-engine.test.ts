import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../../../src/platform/virtual-clock.ts'
import { MemoryStorageEngine } from '../../../../src/storage/memory/memory-storage-engine.ts'
import {
  append,
  at,
  batchOfSize,
  identityOf,
  readBatches,
  settingsOf,
} from '../../../support/batches.ts'
import { refusalOf } from '../../../support/refusal.ts'

function engineOf(memoryEngineBytesMax: number): MemoryStorageEngine {
  return new MemoryStorageEngine({ clock: new VirtualClock(), limits: { memoryEngineBytesMax } })
}

describe('the memory engine', () => {
  it('never says that anything is synced', async () => {
    const engine = engineOf(10_000)
    const log = await engine.createPartition(identityOf(1), settingsOf({ durability: 'synced' }))
    expect((await append(log, batchOfSize(100), 'synced')).durability).toBe('written')
    expect(log.bounds()).toMatchObject({ readableEnd: 1, end: 1 })
  })

  it('is full at its limit over all partitions, keeps what it has, and goes on when there is room', async () => {
    const engine = engineOf(5_000)
    const settings = settingsOf({ 'segment.bytes': '1024' })
    const one = await engine.createPartition(identityOf(1), settings)
    const two = await engine.createPartition(identityOf(2), settings)
    const batch = batchOfSize(1_000)
    let stored = 0
    while (stored < 100) {
      const log = stored % 2 === 0 ? one : two
      try {
        await append(log, Buffer.from(batch))
      } catch (error) {
        expect(error).toMatchObject({ code: 'DISK_FULL', effect: 'none' })
        break
      }
      stored++
    }
    expect(stored).toBe(Math.floor(5_000 / batch.length))
    expect((await readBatches(one)).length + (await readBatches(two)).length).toBe(stored)

    await one.deleteBefore(at(1))
    await append(two, Buffer.from(batch))
    expect((await refusalOf(append(two, Buffer.from(batch)))).code).toBe('DISK_FULL')
    await engine.deletePartition(identityOf(1))
    await append(two, Buffer.from(batch))
  })

  it('gives copies: what a reader does to them does not touch the log', async () => {
    const engine = engineOf(10_000)
    const log = await engine.createPartition(identityOf(1), settingsOf())
    await append(log, batchOfSize(300))
    const before = Buffer.concat(await readBatches(log))
    for (const batch of await readBatches(log)) batch.fill(0)
    expect(Buffer.concat(await readBatches(log)).equals(before)).toBe(true)
  })
})
