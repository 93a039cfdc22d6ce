// Prints the entries of an index file, and with `verify` what is wrong with each against the log beside it. Kafka allocates its
// indexes ahead and fills them with zeros: from the first entry of zeros on (but for entry 0) there is nothing.
import type { FileHandle } from '../../platform/file-system.ts'
import { BatchCursor } from '../../storage/file/batch-cursor.ts'
import { readOffsetEntry, readTimeEntry } from '../../storage/file/index-entries.ts'
import { OFFSET_INDEX_ENTRY_BYTES, TIME_INDEX_ENTRY_BYTES } from '../../storage/roll-rule.ts'
import type { DumpOutput } from './dump-output.ts'
import { type IndexProblem, OffsetIndexCheck, TimeIndexCheck } from './index-check.ts'
import { momentText } from './printable.ts'

export interface IndexDumpOptions {
  readonly file: string
  readonly kind: 'index' | 'timeindex'
  readonly baseOffset: number
}

/** The log that an index belongs to. */
export interface LogBeside {
  readonly handle: FileHandle
  readonly size: number
}

/** @param log given when entries are to be held against it. */
export async function dumpIndex(
  bytes: Buffer,
  log: LogBeside | undefined,
  output: DumpOutput,
  options: IndexDumpOptions,
): Promise<void> {
  const entryBytes = options.kind === 'index' ? OFFSET_INDEX_ENTRY_BYTES : TIME_INDEX_ENTRY_BYTES
  const used = withoutZeros(bytes, entryBytes)
  const problems = log === undefined ? [] : await findProblems(used, log, options)
  const byEntry = new Map<number | undefined, IndexProblem>()
  for (const problem of problems)
    if (!byEntry.has(problem.entry)) byEntry.set(problem.entry, problem)
  const { file } = options
  for (let at = 0; at + entryBytes <= used.length && !output.isGone; at += entryBytes) {
    const problem = byEntry.get(at / entryBytes)?.message
    dumpEntry(used, at, problem, output, options)
    await output.drain()
  }
  output.problems += problems.length
  const count = Math.floor(used.length / entryBytes)
  const whole = byEntry.get(undefined)?.message
  const rest = used.length % entryBytes
  if (rest > 0 && log === undefined) output.problems++
  const zeros = bytes.length - used.length
  output.line(
    () => ({
      file,
      type: options.kind,
      entries: count,
      zeroBytes: zeros,
      restBytes: rest,
      ...(whole === undefined ? {} : { problem: whole }),
    }),
    () => {
      const notes = [`${count} entries`]
      if (zeros > 0) notes.push(`${zeros} bytes of zeros behind them, allocated ahead`)
      if (rest > 0) notes.push(`!! ${rest} bytes are no whole entry`)
      if (whole !== undefined) notes.push(`!! ${whole}`)
      if (log !== undefined && problems.length === 0) notes.push('all of them fit the log')
      return notes.join('; ')
    },
  )
}

function dumpEntry(
  bytes: Buffer,
  at: number,
  problem: string | undefined,
  output: DumpOutput,
  { file, kind, baseOffset }: IndexDumpOptions,
): void {
  const wrong = problem === undefined ? '' : ` !! ${problem}`
  const fields = problem === undefined ? {} : { problem }
  if (kind === 'index') {
    const { offset, position } = readOffsetEntry(bytes, at, baseOffset)
    output.line(
      () => ({ file, type: 'entry', offset, position, ...fields }),
      () => `offset: ${offset} position: ${position}${wrong}`,
    )
    return
  }
  const { timestampMs, offset } = readTimeEntry(bytes, at, baseOffset)
  output.line(
    () => ({ file, type: 'entry', timestamp: timestampMs, offset, ...fields }),
    () => `timestamp: ${timestampMs} (${momentText(timestampMs)}) offset: ${offset}${wrong}`,
  )
}

/** What is in use of an index: up to the first entry of zeros that is not the first entry. */
function withoutZeros(bytes: Buffer, entryBytes: number): Buffer {
  for (let at = entryBytes; at + entryBytes <= bytes.length; at += entryBytes) {
    if (bytes.subarray(at, at + entryBytes).every((byte) => byte === 0))
      return bytes.subarray(0, at)
  }
  return bytes
}

async function findProblems(
  bytes: Buffer,
  { handle, size }: LogBeside,
  { kind, baseOffset }: IndexDumpOptions,
): Promise<readonly IndexProblem[]> {
  const offsets = kind === 'index' ? new OffsetIndexCheck(bytes, baseOffset) : undefined
  const times = kind === 'timeindex' ? new TimeIndexCheck(bytes, baseOffset) : undefined
  const cursor = new BatchCursor(handle, size, 'header')
  let position = 0
  while (position < size) {
    const found = await cursor.at(position)
    if (found.kind !== 'batch') break
    offsets?.visit(found.header, position)
    times?.visit(found.header)
    position += found.header.totalBytes
  }
  offsets?.finish()
  // Whether the segment is still written to cannot be told from here.
  times?.finish(false)
  return offsets?.problems ?? times?.problems ?? []
}
