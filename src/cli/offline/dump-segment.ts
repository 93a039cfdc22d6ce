// Prints the batches of a segment file, one after another, in bounded memory however large the file is. Bytes that are no batch are
// said with their place and reason, and it goes on where the next good batch begins.
import { isVarveError } from '../../domain/error.ts'
import type { FileHandle } from '../../platform/file-system.ts'
import { BATCH_HEADER_BYTES, type BatchHeader, readBatchHeader } from '../../record/batch-header.ts'
import { type DecodedRecord, decodeBatch } from '../../record/decode-batch.ts'
import { BatchCursor } from '../../storage/file/batch-cursor.ts'
import { findGoodBatch } from '../../storage/file/find-good-batch.ts'
import { bytesFields } from '../record-json.ts'
import { problemOf } from './deep-check.ts'
import type { DumpOutput } from './dump-output.ts'
import { momentText, printable, SHOWN_BYTES_MAX } from './printable.ts'

export interface SegmentDumpOptions {
  readonly file: string
  /** The base offset in its name; undefined when the name has none. */
  readonly baseOffset: number | undefined
  /** Each record too. */
  readonly withRecords: boolean
  /** All fields, all bytes, and a look at the records of each batch. */
  readonly isDeep: boolean
}

/** Prints the first `size` bytes of the file. */
export async function dumpSegment(
  handle: FileHandle,
  size: number,
  output: DumpOutput,
  options: SegmentDumpOptions,
): Promise<void> {
  const dump = new SegmentDump(handle, size, output, options)
  await dump.run()
}

class SegmentDump {
  readonly #handle: FileHandle
  readonly #size: number
  readonly #output: DumpOutput
  readonly #options: SegmentDumpOptions
  #expected: number | undefined
  #batches = 0
  #records = 0
  #badBytes = 0

  constructor(handle: FileHandle, size: number, output: DumpOutput, options: SegmentDumpOptions) {
    this.#handle = handle
    this.#size = size
    this.#output = output
    this.#options = options
    this.#expected = options.baseOffset
  }

  async run(): Promise<void> {
    let cursor = new BatchCursor(this.#handle, this.#size, 'whole')
    let position = 0
    while (position < this.#size && !this.#output.isGone) {
      const found = await cursor.at(position)
      if (found.kind === 'end') break
      if (found.kind === 'batch') {
        const { totalBytes } = found.header
        const bytes = await cursor.bytesAt(position, totalBytes)
        await this.#batch(bytes.subarray(0, totalBytes), position)
        position += totalBytes
      } else {
        const next = await this.#findNext(cursor, position)
        await this.#bad(cursor, position, next, found.reason)
        position = next
        cursor = new BatchCursor(this.#handle, this.#size, 'whole')
      }
    }
    this.#end(position)
  }

  /** Where it goes on behind bad bytes; the end of the file when nowhere. */
  async #findNext(cursor: BatchCursor, position: number): Promise<number> {
    const expected = this.#expected ?? 0
    const found = await findGoodBatch(this.#handle, position, this.#size, expected)
    if (found !== undefined) return found.position
    // Behind a batch whose checksum alone is wrong the next one follows at once, whatever its offset.
    const bytes = await cursor.bytesAt(position, BATCH_HEADER_BYTES)
    const header = bytes.length >= BATCH_HEADER_BYTES ? headerOf(bytes) : undefined
    const behind = position + Math.max(0, header?.totalBytes ?? 0)
    if (header === undefined || behind <= position || behind >= this.#size) return this.#size
    const following = await new BatchCursor(this.#handle, this.#size, 'whole').at(behind)
    return following.kind === 'batch' ? behind : this.#size
  }

  async #batch(batch: Buffer, position: number): Promise<void> {
    const { isDeep, withRecords, file } = this.#options
    const header = readBatchHeader(batch)
    const problems: string[] = []
    if (this.#expected !== undefined && header.baseOffset !== this.#expected) {
      const kind = header.baseOffset > this.#expected ? 'a gap' : 'not in order'
      problems.push(`${kind}: offset ${this.#expected} would follow`)
    }
    const malformed = isDeep || withRecords ? problemOf(batch, header) : undefined
    if (malformed !== undefined) problems.push(malformed)
    // Kafka's log cleaner leaves gaps that are as they should be; batches that go back are not.
    if (malformed !== undefined || header.baseOffset < (this.#expected ?? 0)) {
      this.#output.problems++
    }
    this.#expected = header.lastOffset + 1
    this.#batches++
    this.#records += header.recordCount
    this.#output.line(
      () => ({
        file,
        ...batchFields(header, position),
        crcOk: true,
        ...(problems.length > 0 ? { problems } : {}),
      }),
      () =>
        batchText(header, position, 'ok', isDeep) + problems.map((text) => ` !! ${text}`).join(''),
    )
    if (withRecords) await this.#recordsOf(batch)
    await this.#output.drain()
  }

  async #recordsOf(batch: Buffer): Promise<void> {
    const { isDeep, file } = this.#options
    try {
      for (const record of decodeBatch(batch)) {
        this.#output.line(
          () => ({ file, type: 'record', ...recordFields(record) }),
          () => recordText(record, isDeep ? Infinity : SHOWN_BYTES_MAX),
        )
        await this.#output.drain()
      }
    } catch (error) {
      // Said with the batch.
      if (!isVarveError(error)) throw error
    }
  }

  async #bad(cursor: BatchCursor, position: number, next: number, reason: string): Promise<void> {
    this.#output.problems++
    this.#badBytes += next - position
    const bytes = await cursor.bytesAt(position, BATCH_HEADER_BYTES)
    const header = bytes.length >= BATCH_HEADER_BYTES ? headerOf(bytes) : undefined
    const isLast = next === this.#size
    this.#output.line(
      () => ({
        file: this.#options.file,
        type: 'bad',
        position,
        endPosition: next,
        isTrailing: isLast,
        reason,
        ...(header === undefined ? {} : { header: batchFields(header, position) }),
      }),
      () => {
        const where = isLast ? 'to the end of the file' : `to ${next}`
        const seen =
          header === undefined || !this.#options.isDeep
            ? ''
            : `\n   as a header: ${batchText(header, position, 'not right', true)}`
        return `!! bad bytes from ${position} ${where} (${next - position} bytes): ${reason}${seen}`
      },
    )
    await this.#output.drain()
  }

  #end(position: number): void {
    const counts = {
      batches: this.#batches,
      records: this.#records,
      bytes: position,
      badBytes: this.#badBytes,
      nextOffset: this.#expected ?? null,
    }
    this.#output.line(
      () => ({ file: this.#options.file, type: 'segment', ...counts }),
      () => {
        const bad = counts.badBytes > 0 ? `, ${counts.badBytes} bad bytes` : ''
        return `${counts.batches} batches, ${counts.records} records, ${counts.bytes} bytes${bad}; next offset ${counts.nextOffset ?? '?'}`
      },
    )
  }
}

function headerOf(bytes: Buffer): BatchHeader | undefined {
  try {
    return readBatchHeader(bytes)
  } catch (error) {
    if (isVarveError(error)) return undefined
    throw error
  }
}

function batchFields(header: BatchHeader, position: number): Record<string, unknown> {
  return { type: 'batch', position, ...header }
}

function batchText(header: BatchHeader, position: number, crc: string, isDeep: boolean): string {
  const { timestampType, maxTimestampMs } = header
  const text = [
    `position: ${position}`,
    `baseOffset: ${header.baseOffset}`,
    `lastOffset: ${header.lastOffset}`,
    `count: ${header.recordCount}`,
    `leaderEpoch: ${header.leaderEpoch}`,
    `codec: ${header.codec}`,
    `size: ${header.totalBytes}`,
    `${timestampType}: ${maxTimestampMs} (${momentText(maxTimestampMs)})`,
    `producerId: ${header.producerId}`,
    `producerEpoch: ${header.producerEpoch}`,
    `baseSequence: ${header.baseSequence}`,
    `crc: ${header.crc} (${crc})`,
  ]
  if (isDeep) {
    text.push(
      `magic: ${header.magic}`,
      `attributes: 0x${header.attributes.toString(16).padStart(4, '0')}`,
      `lastOffsetDelta: ${header.lastOffsetDelta}`,
      `baseTimestamp: ${header.baseTimestampMs} (${momentText(header.baseTimestampMs)})`,
      `isTransactional: ${String(header.isTransactional)}`,
      `isControl: ${String(header.isControl)}`,
    )
  }
  return text.join(' ')
}

function recordFields(record: DecodedRecord): Record<string, unknown> {
  return {
    offset: record.offset,
    timestamp: record.timestampMs,
    ...bytesFields('key', record.key),
    ...bytesFields('value', record.value),
    headers: record.headers.map(({ key, value }) => ({ key, ...bytesFields('value', value) })),
  }
}

function recordText(record: DecodedRecord, bytesMax: number): string {
  const bytes = (value: Buffer | null): string =>
    value === null ? 'null' : printable(value, bytesMax)
  const headers = record.headers.map(
    ({ key, value }) => `${printable(Buffer.from(key), bytesMax)}=${bytes(value)}`,
  )
  const { offset, timestampMs, key, value } = record
  const parts = [
    `| offset: ${offset}`,
    `timestamp: ${timestampMs} (${momentText(timestampMs)})`,
    `key: ${bytes(key)}`,
    `value: ${bytes(value)}`,
  ]
  if (headers.length > 0) parts.push(`headers: ${headers.join(' ')}`)
  return parts.join(' ')
}
