import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBatchHeader } from '../../../src/record/batch-header.ts'
import { decompressLz4 } from '../../../src/record/codec-lz4.ts'
import { batchTimestamps, decodeBatch } from '../../../src/record/decode-batch.ts'
import { encodeBatch, type RecordInput } from '../../../src/record/encode-batch.ts'
import { lz4BlockCodecs } from '../../../src/record/lz4-block.ts'
import { inspectStoredBatch } from '../../../src/record/stored-batch.ts'
import { validateBatch } from '../../../src/record/validate-batch.ts'

interface ExpectedRecord {
  readonly offset: number
  readonly timestampMs: number
  readonly key: string | null
  readonly value: string | null
  readonly headers: readonly { readonly key: string; readonly value: string | null }[]
}

interface Expected {
  readonly codec: string
  readonly records: readonly ExpectedRecord[]
}

const FOLDER = import.meta.dirname
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.bin'))
  .map((name) => name.slice(0, -'.bin'.length))
const LONG_BYTES = 300

const batchOf = (name: string): Buffer => readFileSync(join(FOLDER, `${name}.bin`))
const expectedOf = (name: string): Expected =>
  JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Expected

function text(bytes: Buffer | null): string | null {
  if (bytes === null || bytes.length <= LONG_BYTES) return bytes?.toString('base64') ?? null
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

describe('frozen record batches', () => {
  it('are all here', () => {
    expect(NAMES).toHaveLength(19)
  })

  it.each(NAMES)('%s reads as the records that were written', (name) => {
    const expected = expectedOf(name)
    const batch = batchOf(name)
    expect(readBatchHeader(batch).codec).toBe(expected.codec)
    const records = Array.from(decodeBatch(batch), (record) => ({
      offset: record.offset,
      timestampMs: record.timestampMs,
      key: text(record.key),
      value: text(record.value),
      headers: record.headers.map(({ key, value }) => ({ key, value: text(value) })),
    }))
    expect(records).toEqual(expected.records)
    expect(Array.from(batchTimestamps(batch))).toEqual(
      expected.records.map(({ offset, timestampMs }) => ({ offset, timestampMs })),
    )
  })

  it.each(NAMES)('%s is accepted at the door and recognised in storage', (name) => {
    const batch = batchOf(name)
    const header = validateBatch(batch, {
      validation: 'full',
      maxBytes: batch.length,
      timestampType: 'CreateTime',
      nowMs: readBatchHeader(batch).maxTimestampMs,
      beforeMaxMs: 2 * 86_400_000,
      afterMaxMs: 0,
    })
    expect(inspectStoredBatch(batch, 0, batch.length)).toEqual({ kind: 'valid', header })
  })

  it.each(NAMES.filter((name) => name.includes('lz4')))(
    '%s is the same with every source of lz4 blocks',
    (name) => {
      const frame = batchOf(name).subarray(61)
      const portable = decompressLz4(frame, 2 ** 24, 'portable')
      for (const codec of lz4BlockCodecs()) {
        expect(decompressLz4(frame, 2 ** 24, codec).equals(portable)).toBe(true)
      }
    },
  )

  it('are what the encoder makes of the same records today, where nothing is compressed', () => {
    const batch = batchOf('varve-none')
    const records: RecordInput[] = Array.from(decodeBatch(batch))
    expect(encodeBatch(records).equals(batch)).toBe(true)
    // kafka-python leaves the same bytes but for the leader epoch (outside the CRC).
    expect(batchOf('kafka-python-none').subarray(16).equals(batch.subarray(16))).toBe(true)
  })
})
