// Prints the small files of a data directory: those that are text as they are, with a word on whether they are whole.

import { decodeAcceptedLosses } from '../../storage/file/accepted-losses.ts'
import { decodeCheckedText } from '../../storage/file/checked-text.ts'
import { decodeCheckpoint } from '../../storage/file/checkpoint.ts'
import { CLEAN_FILE, EPOCH_FILE, FORMAT_FILE } from '../../storage/file/data-directory.ts'
import { EpochHistory } from '../../storage/file/epoch-history.ts'
import {
  ACCEPTED_LOSSES_FILE,
  CHECKPOINT_FILE,
  EPOCHS_FILE,
  METADATA_FILE,
  SYNCED_END_FILE,
} from '../../storage/file/partition-directory.ts'
import { decodeSyncedEnd } from '../../storage/file/synced-end.ts'
import type { DumpOutput } from './dump-output.ts'

/** What a file says, or why it cannot be used. */
type Meaning = { readonly type: string; readonly value: unknown } | { readonly problem: string }

/** Whether files of this name can be printed. */
export function isSmallFile(name: string): boolean {
  return READERS.has(name) || name.endsWith('.json')
}

export function dumpSmallFile(bytes: Buffer, name: string, file: string, output: DumpOutput): void {
  const read = READERS.get(name) ?? (name.endsWith('.json') ? readMetadata : undefined)
  const meaning = read?.(bytes) ?? { problem: 'it is of no known kind' }
  if ('problem' in meaning) {
    output.problems++
    output.line(
      () => ({ file, type: 'damaged', problem: meaning.problem }),
      () => `!! ${meaning.problem}`,
    )
    return
  }
  output.line(
    () => ({ file, type: meaning.type, value: meaning.value }),
    () => JSON.stringify(meaning.value, null, 2),
  )
}

const READERS: ReadonlyMap<string, (bytes: Buffer) => Meaning> = new Map([
  [
    ACCEPTED_LOSSES_FILE,
    (bytes: Buffer) => meaningOf('accepted-losses', decodeAcceptedLosses(bytes)),
  ],
  [CHECKPOINT_FILE, (bytes) => meaningOf('checkpoint', decodeCheckpoint(bytes))],
  [CLEAN_FILE, (bytes) => checked(bytes, CLEAN_FILE)],
  [EPOCH_FILE, (bytes) => checked(bytes, EPOCH_FILE)],
  [
    EPOCHS_FILE,
    (bytes) => {
      const history = EpochHistory.parse(bytes.toString('latin1'))
      return meaningOf('epochs', typeof history === 'string' ? history : history.entries)
    },
  ],
  [FORMAT_FILE, (bytes) => checked(bytes, FORMAT_FILE)],
  [METADATA_FILE, (bytes) => ({ type: METADATA_FILE, value: bytes.toString('utf8').trimEnd() })],
  [
    SYNCED_END_FILE,
    (bytes) => meaningOf('synced-end', decodeSyncedEnd(bytes) ?? 'neither of its slots is whole'),
  ],
])

function readMetadata(bytes: Buffer): Meaning {
  return checked(bytes, 'metadata')
}

function checked(bytes: Buffer, kind: string): Meaning {
  const text = decodeCheckedText(bytes, kind, 1)
  if (text.kind === 'damaged') return { problem: text.reason }
  if (text.kind === 'version') return { problem: `its version ${text.version} is unknown` }
  return { type: kind, value: text.body.trimEnd() }
}

function meaningOf(type: string, read: object | string): Meaning {
  return typeof read === 'string' ? { problem: read } : { type, value: read }
}
