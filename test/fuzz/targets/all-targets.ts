// Everything that is fuzzed.
import type { FuzzTarget } from '../engine/fuzz-target.ts'
import { BATCH_TARGETS } from './batch-targets.ts'
import { CODEC_TARGETS } from './codec-targets.ts'
import { FILE_TARGETS } from './file-targets.ts'
import { indexes } from './index-target.ts'
import { journal } from './journal-target.ts'
import { lockFile } from './lock-target.ts'
import { requests } from './request-target.ts'
import { SETTINGS_TARGETS } from './settings-targets.ts'
import { TEXT_TARGETS } from './text-targets.ts'
import { varint } from './varint-target.ts'
import { words } from './word-target.ts'

/** The module that runs in the thread of the fuzzer. */
export const WORKER_ENTRY = 'test/fuzz/engine/fuzz-worker.ts'

export const ALL_TARGETS: readonly FuzzTarget[] = [
  varint,
  ...BATCH_TARGETS,
  ...CODEC_TARGETS,
  ...FILE_TARGETS,
  indexes,
  journal,
  lockFile,
  requests,
  ...TEXT_TARGETS,
  ...SETTINGS_TARGETS,
  words,
]

const DECODERS = new Set(ALL_TARGETS.flatMap(({ decoders }) => decoders))

/** Whether the branches of a module (from the root of the repository) are counted. */
export function isDecoder(file: string): boolean {
  return DECODERS.has(file)
}
