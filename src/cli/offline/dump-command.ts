// `varve dump FILE...`: prints what files of a partition hold, without a broker. Writes nothing.
import { basename, dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import type { FileHandle, FileSystem } from '../../platform/file-system.ts'
import { NodeFileSystem } from '../../platform/node-file-system.ts'
import { isSystemError } from '../../platform/system-error.ts'
import { readFully } from '../../storage/file/file-access.ts'
import {
  parseSegmentFileName,
  parseSnapshotFileName,
  segmentFileName,
} from '../../storage/file/segment-file-name.ts'
import type { CommandIo } from '../command-io.ts'
import { EXIT, InputError, UsageError } from '../exit-code.ts'
import { wantsJson } from '../global-options.ts'
import { dumpIndex } from './dump-index.ts'
import { DumpOutput } from './dump-output.ts'
import { dumpSegment } from './dump-segment.ts'
import { dumpSmallFile, isSmallFile } from './dump-small-file.ts'
import { dumpSnapshot } from './dump-snapshot.ts'

interface DumpOptions {
  readonly records?: true
  readonly deep?: true
  readonly verify?: true
}

/** Larger files of a bounded kind are none of ours. */
const INDEX_BYTES_MAX = 65 * 1024 * 1024
const SMALL_FILE_BYTES_MAX = 16 * 1024 * 1024

/** Adds `dump` to the program. */
export function registerDump(program: Command, io: CommandIo): void {
  program
    .command('dump <file...>')
    .summary('print what a segment or index file holds')
    .description(
      "Prints segments (.log), indexes (.index, .timeindex), snapshots of producers (.snapshot) and the small files of a partition; Kafka's own segments, " +
        'indexes and snapshots of producers too. Reads them as they are and writes nothing. Exit code 1: something in them is damaged.',
    )
    .option('--records', 'each record too, not only the batches')
    .option(
      '--deep',
      'all fields of each batch, keys and values in full, and a check of the records',
    )
    .option('--verify', 'hold each entry of an index against the .log beside it')
    .addHelpText(
      'after',
      `
Examples:
  varve dump data/topics/*/0/00000000000000000000.log
  varve dump --records --json 00000000000000000000.log
  varve dump --verify 00000000000000000000.index 00000000000000000000.timeindex
  varve dump data/topics/*/0/checkpoint`,
    )
    .action(async (files: readonly string[], options: DumpOptions, command: Command) => {
      const output = new DumpOutput(io, wantsJson(command))
      const fileSystem = new NodeFileSystem()
      try {
        for (const file of files) {
          if (output.isGone) break
          if (files.length > 1) output.note(`== ${file}`)
          await dumpFile(fileSystem, file, output, options)
        }
      } finally {
        await output.flush()
      }
      if (output.problems > 0) io.exitCode = EXIT.failed
    })
}

async function dumpFile(
  fileSystem: FileSystem,
  file: string,
  output: DumpOutput,
  options: DumpOptions,
): Promise<void> {
  const path = resolve(file)
  if ((await fileSystem.status(path)) === undefined) {
    throw new InputError(`there is no file ${file}`)
  }
  const kind = kindOf(basename(path))
  await withFile(fileSystem, file, path, async (handle) => {
    const size = await handle.size()
    if (kind.type === 'log') {
      await dumpSegment(handle, size, output, {
        file,
        baseOffset: kind.baseOffset,
        withRecords: options.records === true,
        isDeep: options.deep === true,
      })
      return
    }
    const bytesMax = kind.type === 'small' ? SMALL_FILE_BYTES_MAX : INDEX_BYTES_MAX
    if (size > bytesMax)
      throw new InputError(`${file} has ${size} bytes, more than such a file can have`)
    const bytes = Buffer.alloc(size)
    const count = await readFully(handle, bytes, 0, size, 0)
    const read = bytes.subarray(0, count)
    if (kind.type === 'small') {
      dumpSmallFile(read, basename(path), file, output)
      return
    }
    if (kind.type === 'snapshot') {
      dumpSnapshot(read, kind.offset, file, output)
      return
    }
    const { type, baseOffset } = kind
    const index = { file, kind: type, baseOffset }
    if (options.verify !== true) await dumpIndex(read, undefined, output, index)
    else {
      const log = `${dirname(path)}/${segmentFileName(baseOffset, 'log')}`
      await withFile(fileSystem, log, log, async (beside) => {
        await dumpIndex(read, { handle: beside, size: await beside.size() }, output, index)
      })
    }
  })
}

type FileKind =
  | { readonly type: 'log'; readonly baseOffset: number | undefined }
  | { readonly type: 'index' | 'timeindex'; readonly baseOffset: number }
  | { readonly type: 'snapshot'; readonly offset: number }
  | { readonly type: 'small' }

/** By its name. @throws UsageError when the name says nothing. */
function kindOf(name: string): FileKind {
  // What maintenance, recovery and repair have put behind a name changes nothing of what is inside.
  const plain = name.replace(/\.(?:deleted|tmp|swap|cleaned|moved)$/, '')
  const segment = parseSegmentFileName(plain)
  if (segment?.kind === 'log') return { type: 'log', baseOffset: segment.baseOffset }
  if (segment !== undefined) return { type: segment.kind, baseOffset: segment.baseOffset }
  const snapshot = parseSnapshotFileName(plain)
  if (snapshot !== undefined) return { type: 'snapshot', offset: snapshot }
  if (isSmallFile(plain)) return { type: 'small' }
  if (/\.(?:log|torn|damaged|bin)$/.test(plain)) return { type: 'log', baseOffset: undefined }
  throw new UsageError(
    `${name}: dump knows segments (.log), their indexes (20 digits and .index or .timeindex), snapshots of producers (.snapshot), and the small files of a partition by their names`,
  )
}

async function withFile(
  fileSystem: FileSystem,
  shown: string,
  path: string,
  action: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  let handle: FileHandle
  try {
    handle = await fileSystem.open(path, 'read')
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) throw new InputError(`there is no file ${shown}`)
    throw error
  }
  try {
    await action(handle)
  } finally {
    await handle.close()
  }
}
