import { describe, expect, it } from 'vitest'
import type { FileHandle } from '../../../src/platform/file-system.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../src/platform/sim-file-system.ts'
import { systemCodeOf } from '../../support/refusal.ts'
import { seeded } from '../../support/seed.ts'

const random = new SeededRandom('fixed')

async function machine(): Promise<SimFileSystem> {
  const fileSystem = new SimFileSystem()
  await fileSystem.makeDirectory('/data')
  await fileSystem.syncDirectory('/')
  return fileSystem
}

async function write(file: FileHandle, text: string, position = 0): Promise<number> {
  return file.write([Buffer.from(text)], position)
}

/** What is found in a file over many power cuts at this moment; undefined where the file is not there. */
function outcomes(fileSystem: SimFileSystem, path: string, cuts = 300): Set<string | undefined> {
  const seen = new Set<string | undefined>()
  const draw = new SeededRandom('cuts')
  for (let index = 0; index < cuts; index++) {
    const after = fileSystem.afterPowerCut(draw)
    seen.add(after.files().includes(path) ? after.contents(path).toString() : undefined)
  }
  return seen
}

describe('after a power cut', () => {
  it('what was synced, name and contents, is there', async () => {
    const fileSystem = await machine()
    const file = await fileSystem.open('/data/file', 'create')
    await write(file, 'synced')
    await file.syncData()
    await fileSystem.syncDirectory('/data')
    expect(outcomes(fileSystem, '/data/file')).toEqual(new Set(['synced']))
  })

  it('contents that were synced are lost with a name that was not', async () => {
    const fileSystem = await machine()
    const file = await fileSystem.open('/data/file', 'create')
    await write(file, 'synced')
    await file.syncData()
    expect(outcomes(fileSystem, '/data/file')).toEqual(new Set([undefined, 'synced']))
  })

  it('a name that was synced may lead to an empty file, or one of zeros', async () => {
    const fileSystem = await machine()
    const file = await fileSystem.open('/data/file', 'create')
    await fileSystem.syncDirectory('/data')
    await write(file, 'abc')
    const found = outcomes(fileSystem, '/data/file')
    expect(found).toContain('')
    expect(found).toContain('abc')
    expect(found).toContain('\0\0\0')
    expect(found.size).toBe(3)
  })

  it('a write is torn between sectors, and writes are lost in any order', async () => {
    const fileSystem = await machine()
    const file = await fileSystem.open('/data/file', 'create')
    await write(file, 'a'.repeat(8192))
    await file.syncData()
    await fileSystem.syncDirectory('/data')
    await write(file, 'b'.repeat(4096), 0)
    await write(file, 'c'.repeat(4096), 4096)
    const shapes = new Set<string>()
    for (const text of outcomes(fileSystem, '/data/file', 600)) {
      expect(text?.length).toBe(8192)
      const sectors = (text ?? '').match(/.{512}/gs) ?? []
      for (const sector of sectors) expect(sector).toBe(sector[0]?.repeat(512))
      shapes.add(sectors.map((sector) => sector[0]).join(''))
    }
    expect(shapes).toContain('a'.repeat(16))
    expect(shapes).toContain('b'.repeat(8) + 'c'.repeat(8))
    expect(shapes).toContain('a'.repeat(8) + 'c'.repeat(8))
    expect(shapes.size).toBeGreaterThan(10)
  })

  it('a file never holds what was cut off before it grew again', async () => {
    const fileSystem = await machine()
    const file = await fileSystem.open('/data/file', 'create')
    await write(file, 'secret'.repeat(2000))
    await file.syncData()
    await fileSystem.syncDirectory('/data')
    await file.truncate(3)
    await write(file, 'x', 9_000)
    for (const text of outcomes(fileSystem, '/data/file', 500)) {
      if (text?.length === 12_000) continue // Nothing of it happened.
      expect((text ?? '').slice(3, 9_000)).toMatch(/^\0*$/)
    }
  })

  it('a synced cut stays, also when what was cut had not been synced', async () => {
    const fileSystem = await machine()
    const file = await fileSystem.open('/data/file', 'create')
    await fileSystem.syncDirectory('/data')
    await write(file, 'abcdef')
    await file.truncate(2)
    await file.syncData()
    expect(outcomes(fileSystem, '/data/file')).toEqual(new Set(['ab']))
  })

  it('a rename that was not synced has happened or has not, as a whole', async () => {
    const fileSystem = await machine()
    for (const [name, text] of [
      ['file', 'old'],
      ['file.tmp', 'new'],
    ] as const) {
      const file = await fileSystem.open(`/data/${name}`, 'create')
      await write(file, text)
      await file.syncData()
    }
    await fileSystem.syncDirectory('/data')
    await fileSystem.rename('/data/file.tmp', '/data/file')
    expect(outcomes(fileSystem, '/data/file')).toEqual(new Set(['old', 'new']))
    const draw = new SeededRandom(1)
    for (let index = 0; index < 100; index++) {
      const after = fileSystem.afterPowerCut(draw)
      const isRenamed = after.contents('/data/file').toString() === 'new'
      expect(after.files().includes('/data/file.tmp')).toBe(!isRenamed)
    }
    await fileSystem.syncDirectory('/data')
    expect(outcomes(fileSystem, '/data/file')).toEqual(new Set(['new']))
  })

  it('a move between directories leaves the file in one of them', async () => {
    const fileSystem = await machine()
    await fileSystem.makeDirectory('/data/a')
    await fileSystem.makeDirectory('/data/b')
    await fileSystem.syncDirectory('/data')
    const file = await fileSystem.open('/data/a/file', 'create')
    await fileSystem.syncDirectory('/data/a')
    await write(file, 'x')
    await file.syncData()
    await fileSystem.rename('/data/a/file', '/data/b/file')
    const places = new Set<string>()
    const draw = new SeededRandom(2)
    for (let index = 0; index < 100; index++) {
      places.add(fileSystem.afterPowerCut(draw).files().join(' '))
    }
    expect(places).toEqual(new Set(['/data/a/file', '/data/b/file']))
    await fileSystem.syncDirectory('/data/b')
    expect(fileSystem.crash(draw).files()).toEqual(['/data/b/file'])
  })

  it('a removal that was not synced may not have happened', async () => {
    const fileSystem = await machine()
    const file = await fileSystem.open('/data/file', 'create')
    await write(file, 'x')
    await file.syncData()
    await fileSystem.syncDirectory('/data')
    await fileSystem.removeFile('/data/file')
    expect(outcomes(fileSystem, '/data/file')).toEqual(new Set([undefined, 'x']))
    await fileSystem.syncDirectory('/data')
    expect(outcomes(fileSystem, '/data/file')).toEqual(new Set([undefined]))
  })

  it('a removed tree may be there in parts', async () => {
    const fileSystem = await machine()
    await fileSystem.makeDirectory('/data/tree')
    await fileSystem.syncDirectory('/data')
    for (const name of ['a', 'b'])
      await (await fileSystem.open(`/data/tree/${name}`, 'create')).close()
    await fileSystem.syncDirectory('/data/tree')
    await fileSystem.removeTree('/data/tree')
    const found = new Set<string>()
    for (let index = 0; index < 300; index++) {
      found.add(fileSystem.afterPowerCut(random).files().join(' '))
    }
    expect(found).toEqual(
      new Set(['', '/data/tree/a', '/data/tree/b', '/data/tree/a /data/tree/b']),
    )
  })

  it('the kinds of survival do what they are called', async () => {
    const fileSystem = await machine()
    const file = await fileSystem.open('/data/file', 'create')
    await write(file, 'abc')
    expect(fileSystem.afterPowerCut(random, 'lost').files()).toEqual([])
    expect(fileSystem.afterPowerCut(random, 'kept').contents('/data/file').toString()).toBe('abc')
  })

  it('everything of the old machine is dead, and the new one is free', async () => {
    const fileSystem = await machine()
    await fileSystem.lock('/data/lock')
    const file = await fileSystem.open('/data/file', 'create')
    const after = fileSystem.crash(random, 'kept')
    expect(await systemCodeOf(write(file, 'x'))).toBe('ECRASHED')
    expect(await systemCodeOf(file.close())).toBe('ECRASHED')
    expect(await systemCodeOf(fileSystem.list('/data'))).toBe('ECRASHED')
    await (await after.lock('/data/lock')).release()
    expect(after.openFileCount).toBe(0)
  })

  it('states of one machine do not touch each other', async () => {
    const fileSystem = await machine()
    const file = await fileSystem.open('/data/file', 'create')
    await write(file, 'original')
    const [one, two] = [
      fileSystem.afterPowerCut(random, 'kept'),
      fileSystem.afterPowerCut(random, 'kept'),
    ]
    await write(await one.open('/data/file', 'write'), 'ONE')
    await two.removeFile('/data/file')
    expect(one.contents('/data/file').toString()).toBe('ONEginal')
    expect(fileSystem.contents('/data/file').toString()).toBe('original')
  })
})

describe('after the end of a process', () => {
  it('everything that was written is there, synced or not', async () => {
    const fileSystem = await machine()
    const file = await fileSystem.open('/data/file', 'create')
    await write(file, 'written')
    await fileSystem.lock('/data/lock')
    const after = fileSystem.afterKill()
    expect(after.contents('/data/file').toString()).toBe('written')
    expect(await systemCodeOf(write(file, 'x'))).toBe('ECRASHED')
    await after.lock('/data/lock')
    // It is still only in the page cache.
    expect(outcomes(after, '/data/file')).toContain(undefined)
  })
})

describe('a failed sync', () => {
  it('loses what it should have made durable, while a second one says that all is well', async () => {
    const fileSystem = await machine()
    const file = await fileSystem.open('/data/file', 'create')
    await fileSystem.syncDirectory('/data')
    await write(file, 'a'.repeat(4096))
    await file.syncData()
    await write(file, 'b'.repeat(4096), 4096)
    const stop = fileSystem.operations.inject(({ kind }) =>
      kind === 'sync-data' ? { kind: 'error', code: 'EIO' } : undefined,
    )
    expect(await systemCodeOf(file.syncData())).toBe('EIO')
    stop()
    await file.syncData()
    expect(fileSystem.contents('/data/file').toString()).toBe('a'.repeat(4096) + 'b'.repeat(4096))
    const after = fileSystem.afterPowerCut(random, 'kept').contents('/data/file').toString()
    expect(after.slice(0, 4096)).toBe('a'.repeat(4096))
    expect(after.slice(4096)).toMatch(/^\0*$|^b*$/)
  })

  it('is seen by readers once the page cache is gone', async () => {
    const lost = new Set<string>()
    for (let index = 0; index < 20; index++) {
      const fileSystem = await machine()
      const file = await fileSystem.open('/data/file', 'create')
      await write(file, 'b')
      for (let k = 0; k < index; k++) await file.size()
      fileSystem.operations.inject(({ kind }) =>
        kind === 'sync-data' ? { kind: 'error', code: 'EIO' } : undefined,
      )
      await systemCodeOf(file.syncData())
      fileSystem.dropPageCache()
      lost.add(fileSystem.contents('/data/file').toString())
    }
    expect(lost).toContain('\0')
  })
})

describe('faults', () => {
  it('fill the disk: a write is short, then refused, and goes on when there is room', async () => {
    const fileSystem = new SimFileSystem({ capacityBytes: 10 })
    const file = await fileSystem.open('/file', 'create')
    expect(await write(file, '0123456')).toBe(7)
    expect(await write(file, '789abc', 7)).toBe(3)
    expect(await systemCodeOf(write(file, 'abc', 10))).toBe('ENOSPC')
    expect(await write(file, 'over')).toBe(4)
    await file.truncate(4)
    expect(fileSystem.bytesUsed).toBe(4)
    expect(await write(file, '45', 4)).toBe(2)
    expect(fileSystem.contents('/file').toString()).toBe('over45')
  })

  it('free the space of removed files once nobody has them open', async () => {
    const fileSystem = new SimFileSystem({ capacityBytes: 10 })
    const file = await fileSystem.open('/file', 'create')
    await write(file, '0123456789')
    await fileSystem.removeFile('/file')
    expect(fileSystem.bytesUsed).toBe(10)
    await file.close()
    expect(fileSystem.bytesUsed).toBe(0)
  })

  it('make any operation fail, be short or wait', async () => {
    const fileSystem = await machine()
    const file = await fileSystem.open('/data/file', 'create')
    const endShort = fileSystem.operations.inject(({ kind }) =>
      kind === 'write' ? { kind: 'short', bytes: 2 } : undefined,
    )
    expect(await write(file, 'abcdef')).toBe(2)
    endShort()
    const endError = fileSystem.operations.inject(({ kind, path }) =>
      kind === 'list' && path === '/data' ? { kind: 'error', code: 'EACCES' } : undefined,
    )
    expect(await systemCodeOf(fileSystem.list('/data'))).toBe('EACCES')
    endError()
    let go: () => void = () => undefined
    const until = new Promise<void>((resolve) => {
      go = resolve
    })
    fileSystem.operations.inject(({ kind }) =>
      kind === 'write' ? { kind: 'wait', until } : undefined,
    )
    const waiting = write(file, 'late', 0)
    expect(await file.size()).toBe(2)
    go()
    await waiting
    expect(await file.size()).toBe(4)
  })

  it('limit descriptors', async () => {
    const fileSystem = new SimFileSystem({ openFilesMax: 1 })
    const file = await fileSystem.open('/a', 'create')
    expect(await systemCodeOf(fileSystem.open('/b', 'create'))).toBe('EMFILE')
    await file.close()
    await fileSystem.open('/b', 'create')
  })

  it('stop the machine before, during or after any change, by its number', async () => {
    const work = async (fileSystem: SimFileSystem): Promise<void> => {
      const file = await fileSystem.open('/data/file', 'create')
      await write(file, 'abc')
      await file.syncData()
      await fileSystem.rename('/data/file', '/data/done')
      await fileSystem.syncDirectory('/data')
    }
    const whole = await machine()
    const first = whole.operations.changeCount
    await work(whole)
    const changes = whole.operations.changeCount - first
    expect(changes).toBe(5)

    const states: string[] = []
    for (let change = 1; change <= changes; change++) {
      for (const moment of ['before', 'during', 'after'] as const) {
        const fileSystem = await machine()
        fileSystem.operations.stopAtChange(first + change, moment)
        expect(await systemCodeOf(work(fileSystem))).toBe('ECRASHED')
        expect(fileSystem.operations.isStopped).toBe(true)
        const after = fileSystem.afterPowerCut(random, 'kept')
        states.push(
          after
            .files()
            .map((path) => `${path}:${after.contents(path).length}`)
            .join(),
        )
      }
    }
    expect(states.slice(0, 3)).toEqual(['', '', '/data/file:0'])
    expect(states[3]).toBe('/data/file:0')
    expect(states[5]).toBe('/data/file:3')
    expect(states.at(-1)).toBe('/data/done:3')
  })

  it('keep a list of the latest changes', async () => {
    const fileSystem = await machine()
    const file = await fileSystem.open('/data/file', 'create')
    await write(file, 'abc')
    const kinds = fileSystem.operations.recentChanges.map(({ kind, bytes }) => `${kind} ${bytes}`)
    expect(kinds).toEqual(['make-directory 0', 'sync-directory 0', 'create 0', 'write 3'])
  })
})

describe('over random work', () => {
  it('a power cut never changes what was synced, and everything else is old, new or zero', async () => {
    const { seed, runs } = seeded('SIM_FILE_SYSTEM', 150)
    let cuts = 0
    for (let run = 0; run < runs; run++) {
      const draw = new SeededRandom(`${seed}-${run}`)
      const fileSystem = await machine()
      const file = await fileSystem.open('/data/file', 'create')
      await fileSystem.syncDirectory('/data')
      // Append-only, as logs are: each byte is written once, and is never zero.
      let synced = 0
      let size = 0
      const bytes: number[] = []
      for (let step = 0; step < 30; step++) {
        if (draw.integer(5) === 0) {
          await file.syncData()
          synced = size
        } else {
          const part = Buffer.alloc(1 + draw.integer(3_000), 1 + draw.integer(255))
          await file.write([part], size)
          bytes.push(...part)
          size += part.length
        }
        const found = fileSystem.afterPowerCut(draw).contents('/data/file')
        cuts++
        expect(found.length).toBeGreaterThanOrEqual(synced)
        expect(found.length).toBeLessThanOrEqual(size)
        let differs = 0
        for (const [at, byte] of found.entries()) {
          if (byte !== bytes[at] && (at < synced || byte !== 0)) differs++
        }
        expect(differs).toBe(0)
      }
    }
    console.log(`simulated file system: ${runs} runs, ${cuts} power cuts, seed ${seed}`)
  })
})

describe('a power cut of which it is said what survives', () => {
  /** A synced file of 4 KiB, then two writes and a name that are not. */
  async function written(): Promise<{ machine: SimFileSystem; pending: [number, number][] }> {
    const machine = new SimFileSystem()
    await machine.makeDirectory('/d')
    await machine.syncDirectory('/')
    const file = await machine.open('/d/f', 'create')
    await file.write([Buffer.alloc(4096, 'a')], 0)
    await file.syncData()
    await machine.syncDirectory('/d')
    await file.write([Buffer.alloc(2048, 'b')], 1024)
    await file.write([Buffer.alloc(4096, 'c')], 4096)
    await machine.open('/d/g', 'create')
    return { machine, pending: [...machine.pendingChanges()] }
  }

  it('lists what is not synced, in order, with the sectors of the pages that were written', async () => {
    const { pending } = await written()
    expect(pending.map(([, sectors]) => sectors)).toEqual([8, 8, 0])
  })

  it('has exactly the changes that were chosen', async () => {
    const { machine, pending } = await written()
    const [first = 0, second = 0, name = 0] = pending.map(([sequence]) => sequence)
    const only = (...survivors: number[]): SimFileSystem =>
      machine.afterChosenPowerCut({ kind: 'chosen', survivors: new Set(survivors) })
    expect(only().contents('/d/f').equals(Buffer.alloc(4096, 'a'))).toBe(true)
    expect(only(first).contents('/d/f').subarray(1024, 3072).equals(Buffer.alloc(2048, 'b'))).toBe(
      true,
    )
    const later = only(second).contents('/d/f')
    expect(later.length).toBe(8192)
    expect(later.subarray(0, 4096).equals(Buffer.alloc(4096, 'a'))).toBe(true)
    expect(only(first, second).files()).toEqual(['/d/f'])
    expect(only(name).files()).toEqual(['/d/f', '/d/g'])
  })

  it.each([
    { sectors: 0, hasNewSize: true, size: 8192, kept: 0 },
    { sectors: 3, hasNewSize: true, size: 8192, kept: 1536 },
    { sectors: 3, hasNewSize: false, size: 4096 + 1536, kept: 1536 },
  ])('tears a write after $sectors sectors, new size: $hasNewSize', async (tear) => {
    const { machine, pending } = await written()
    const sequence = pending[1]?.[0] ?? 0
    const after = machine.afterChosenPowerCut({
      ...{ kind: 'chosen', survivors: new Set([sequence]) },
      tear: { sequence, sectors: tear.sectors, hasNewSize: tear.hasNewSize },
    })
    const bytes = after.contents('/d/f')
    expect(bytes.length).toBe(tear.size)
    const expected = Buffer.concat([Buffer.alloc(4096, 'a'), Buffer.alloc(tear.kept, 'c')])
    expect(bytes.subarray(0, expected.length).equals(expected)).toBe(true)
    expect(bytes.subarray(expected.length).every((byte) => byte === 0)).toBe(true)
  })
})
