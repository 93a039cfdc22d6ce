import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { encodeSnapshot } from '../../../src/storage/file/producer-snapshot.ts'
import { snapshotFileName } from '../../../src/storage/file/segment-file-name.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'
import { runHere } from '../cli/in-process.ts'
import { type RealFiles, realFiles } from './real-files.ts'

type Line = Readonly<Record<string, unknown>>

async function dump(
  ...args: readonly string[]
): Promise<{ code: number; lines: string[]; said: string }> {
  const { code, output, messages } = await runHere(['dump', ...args], '')
  return { code, lines: output.split('\n').slice(0, -1), said: messages }
}

async function dumpJson(...args: readonly string[]): Promise<{ code: number; lines: Line[] }> {
  const { code, lines } = await dump('--json', ...args)
  return { code, lines: lines.map((line) => JSON.parse(line) as Line) }
}

function file(files: RealFiles, name: string): string {
  return `${files.folder}/${name}`
}

const FIRST = '00000000000000000000'
const golden = (name: string): string =>
  new URL(`../../golden/record-batches/${name}.bin`, import.meta.url).pathname

describe('varve dump', () => {
  it('prints one line a batch, and what the segment amounts to', async () => {
    const files = await realFiles(5)
    const { code, lines } = await dump(file(files, `${FIRST}.log`))
    expect(code).toBe(0)
    expect(lines).toHaveLength(6)
    expect(lines[1]).toMatch(
      /^position: \d+ baseOffset: 2 lastOffset: 3 count: 2 leaderEpoch: 0 codec: gzip size: \d+ CreateTime: 1767225600001 \(2026-01-01T00:00:00\.001Z\) producerId: -1 .*crc: \d+ \(ok\)$/,
    )
    expect(lines[5]).toMatch(/^5 batches, 10 records, \d+ bytes; next offset 10$/)
  })

  it('prints records with their bytes escaped, and in JSON without loss', async () => {
    const files = await realFiles(1)
    const path = file(files, `${FIRST}.log`)
    const { lines } = await dump('--records', path)
    expect(lines[1]).toBe(
      '| offset: 0 timestamp: 1767225600000 (2026-01-01T00:00:00.000Z) key: "key 0" value: "0 \\"quoted\\"\\n"',
    )
    expect(lines[2]).toContain('key: null value: "\\xff\\xfe\\x00\\x00" headers: "h"=null')
    const { lines: objects } = await dumpJson('--records', path)
    expect(objects.map(({ type }) => type)).toEqual(['batch', 'record', 'record', 'segment'])
    expect(objects[0]).toMatchObject({
      position: 0,
      baseOffset: 0,
      lastOffset: 1,
      crcOk: true,
      file: path,
    })
    expect(objects[1]).toMatchObject({
      offset: 0,
      key: 'key 0',
      value: '0 "quoted"\n',
      headers: [],
    })
    expect(objects[2]).toMatchObject({
      key: null,
      valueBase64: '//4AAA==',
      headers: [{ key: 'h', value: null }],
    })
  })

  it('shortens long values unless --deep is given', async () => {
    const { lines: short } = await dump('--records', golden('varve-none'))
    const { lines: long } = await dump('--records', '--deep', golden('varve-none'))
    expect(Math.max(...short.map((line) => line.length))).toBeLessThan(
      Math.max(...long.map((line) => line.length)),
    )
    expect(short.join('\n')).toMatch(/\.\.\. \(\d+ bytes more\)/)
    expect(long.join('\n')).not.toMatch(/bytes more\)/)
  })

  it.each(
    ['kafka-python', 'librdkafka', 'varve'].flatMap((writer) =>
      ['none', 'gzip', 'snappy', 'lz4', 'zstd'].map(
        (codec) => [`${writer}-${codec}`, codec] as const,
      ),
    ),
  )('reads batches of other writers as they are: %s', async (name, codec) => {
    const { code, lines } = await dumpJson('--records', '--deep', golden(name))
    expect(code).toBe(0)
    expect(lines[0]).toMatchObject({ type: 'batch', codec, crcOk: true })
    const batch = lines[0] as { recordCount: number }
    expect(lines.filter(({ type }) => type === 'record')).toHaveLength(batch.recordCount)
  })

  it('says which bytes are bad, why, and goes on behind them', async () => {
    const files = await realFiles(5)
    const path = file(files, `${FIRST}.log`)
    const { lines: before } = await dumpJson(path)
    const second = before[1] as { position: number; totalBytes: number }
    const bytes = await readFile(path)
    bytes[second.position + 70] = (bytes[second.position + 70] ?? 0) ^ 4
    await writeFile(path, Buffer.concat([bytes, Buffer.from('trailing garbage')]))
    const { code, lines } = await dumpJson(path)
    expect(code).toBe(1)
    expect(lines.map(({ type }) => type)).toEqual([
      'batch',
      'bad',
      'batch',
      'batch',
      'batch',
      'bad',
      'segment',
    ])
    expect(lines[1]).toMatchObject({
      position: second.position,
      endPosition: second.position + second.totalBytes,
      isTrailing: false,
      reason: 'its CRC-32C does not match its bytes',
      header: { baseOffset: 2, lastOffset: 3 },
    })
    expect(lines[5]).toMatchObject({ position: bytes.length, isTrailing: true })
    expect(lines[6]).toMatchObject({ batches: 4, badBytes: second.totalBytes + 16, nextOffset: 10 })
    const text = await dump('--deep', path)
    expect(text.lines.join('\n')).toContain('!! bad bytes from')
    expect(text.lines.join('\n')).toContain('as a header: position:')
    expect(await readFile(path)).toEqual(Buffer.concat([bytes, Buffer.from('trailing garbage')]))
  })

  it('prints indexes, and holds them against the log beside them', async () => {
    const files = await realFiles(40)
    const index = file(files, `${FIRST}.index`)
    const { code, lines } = await dump('--verify', index)
    expect(code).toBe(0)
    expect(lines[0]).toMatch(/^offset: \d+ position: \d+$/)
    expect(lines.at(-1)).toMatch(/^\d+ entries; all of them fit the log$/)
    const times = await dump('--verify', file(files, `${FIRST}.timeindex`))
    expect(times.code).toBe(0)
    expect(times.lines[0]).toMatch(/^timestamp: 17672256000\d\d \(2026-01-01T.*\) offset: \d+$/)

    const bytes = await readFile(index)
    bytes.writeUInt32BE(bytes.readUInt32BE(12) + 1, 12)
    await writeFile(index, bytes)
    const wrong = await dumpJson('--verify', index)
    expect(wrong.code).toBe(1)
    expect(wrong.lines[0]).not.toHaveProperty('problem')
    expect(wrong.lines[1]?.['problem']).toMatch(/^no batch begins at/)
    expect((await dump(index)).code).toBe(0)
  })

  it('passes over the zeros that Kafka allocates ahead', async () => {
    const files = await realFiles(40)
    const index = file(files, `${FIRST}.index`)
    const before = await dumpJson('--verify', index)
    await writeFile(index, Buffer.concat([await readFile(index), Buffer.alloc(80)]))
    const after = await dumpJson('--verify', index)
    expect(after.code).toBe(0)
    expect(after.lines.at(-1)).toMatchObject({ zeroBytes: 80 })
    expect(after.lines.slice(0, -1)).toEqual(before.lines.slice(0, -1))
  })

  it('prints the small files, and says when they are damaged', async () => {
    const files = await realFiles(3)
    const names = ['checkpoint', 'leader-epoch-checkpoint', 'synced-end', 'partition.metadata']
    const { code, lines } = await dumpJson(...names.map((name) => file(files, name)))
    expect(code).toBe(0)
    expect(lines.map(({ type }) => type)).toEqual([
      'checkpoint',
      'epochs',
      'synced-end',
      'partition.metadata',
    ])
    expect(lines[0]?.['value']).toMatchObject({
      recoveryPoint: { offset: 6 },
      clean: true,
      logStart: 0,
    })
    expect(lines[1]?.['value']).toEqual([{ epoch: 0, startOffset: 0 }])
    const bytes = await readFile(file(files, 'checkpoint'))
    bytes[25] = 0
    await writeFile(file(files, 'checkpoint'), bytes)
    const damaged = await dump(file(files, 'checkpoint'))
    expect(damaged).toMatchObject({ code: 1, lines: ['!! its checksum is wrong'] })
  })

  it('prints snapshots of producers, and says when they are damaged', async () => {
    const directory = await temporaryDirectory()
    const path = `${directory}/${snapshotFileName(100)}`
    const kept = { firstSequence: 2 ** 31 - 1, lastSequence: 1, lastOffset: 42, timestampMs: 1e12 }
    const { bytes } = encodeSnapshot([{ producerId: 7, producerEpoch: 3, batches: [kept] }])
    await writeFile(path, bytes)
    expect(await dump(path)).toMatchObject({
      code: 0,
      lines: [
        'producer: 7 epoch: 3 sequence: 2147483647..1 lastOffset: 42 timestamp: 1000000000000 (2001-09-09T01:46:40.000Z)',
        '1 producers, as known at offset 100',
      ],
    })
    const { lines } = await dumpJson(path)
    expect(lines[0]).toMatchObject({ type: 'producer', producerId: 7, lastOffset: 42 })
    expect(lines[1]).toMatchObject({ type: 'snapshot', offset: 100, producers: 1 })
    bytes[30] = 0xff
    await writeFile(path, bytes)
    expect(await dump(path)).toMatchObject({ code: 1, lines: ['!! its checksum is wrong'] })
  })

  it('prints what was moved to quarantine', async () => {
    const files = await realFiles(3)
    const copy = `${files.path}/00000000000000000000.0.damaged`
    await copyFile(file(files, `${FIRST}.log`), copy)
    expect((await dump(copy)).lines).toHaveLength(4)
  })

  it('tells apart what is asked wrongly from what is not there', async () => {
    const files = await realFiles(1)
    expect(await dump(`${files.folder}/nothing.log`)).toMatchObject({ code: 1 })
    expect((await dump(`${files.folder}/nothing.log`)).said).toContain('there is no file')
    expect((await dump(`${files.folder}/nothing`)).said).toContain('there is no file')
    expect((await dump('README.md')).code).toBe(2)
    await copyFile(file(files, 'checkpoint'), `${files.folder}/constructor`)
    expect((await dump(`${files.folder}/constructor`)).code).toBe(2)
    expect((await dump()).code).toBe(2)
    expect((await dump('--broker', 'localhost:1', file(files, 'checkpoint'))).code).toBe(2)
    expect(await readdir(files.folder)).toContain(`${FIRST}.log`)
  })
})
