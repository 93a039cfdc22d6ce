// The lock file of a data directory, whatever somebody left in its place: who holds it is told, or that it is no lock of ours.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isVarveError } from '../../../src/domain/error.ts'
import { directoryLockHolder } from '../../../src/platform/node-directory-lock.ts'
import { type FuzzTarget, mustHold } from '../engine/fuzz-target.ts'

const TOKEN = '0123456789abcdef01234567'
let directory = ''

export const lockFile: FuzzTarget = {
  name: 'lock-file',
  // The rest of the module takes the lock, and reads nothing from outside.
  decoders: [],
  prepare: async () => {
    directory = mkdtempSync(join(tmpdir(), 'varve-fuzz-lock-'))
  },
  end: async () => {
    rmSync(directory, { recursive: true, force: true })
  },
  seeds: () =>
    [
      { pid: process.pid, started: '', token: TOKEN },
      { pid: 2 ** 31 - 1, started: 'x 1', token: TOKEN },
      { pid: 2 ** 31, started: '', token: TOKEN },
      { pid: -1, started: '', token: '../../etc' },
    ].map((holder) => Buffer.from(JSON.stringify(holder))),
  words: ['"pid":', '"started":"', '"token":"', '1e999', 'null', '{}', '../', '\\u0000'],
  bytesMax: 200,
  allocatedBytesMax: (bytes) => 256 * 1024 + 16 * bytes,
  run: async (bytes) => {
    const path = join(directory, 'lock')
    writeFileSync(path, bytes)
    try {
      const pid = await directoryLockHolder(path)
      mustHold(
        pid === undefined || (Number.isInteger(pid) && pid > 0 && pid < 2 ** 31),
        'a holder is a process',
      )
    } catch (error) {
      if (!isVarveError(error, 'DATA_DIR_UNUSABLE')) throw error
    }
  },
}
