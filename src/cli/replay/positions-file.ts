// Where a replay stands, in a file.
import { accessSync, constants, statSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { ReplayPositions } from '../../client/index.ts'
import { InputError } from '../exit-code.ts'
import { writeWhole } from './whole-file.ts'

/** A replay of the most partitions has a tenth of it; what is larger is some other file. */
const FILE_BYTES_MAX = 16 * 1024 * 1024

/** The positions of a file. Whether they can be gone on from is for the client to say. @throws InputError */
export async function readPositions(path: string): Promise<ReplayPositions> {
  let text: string
  try {
    const { size } = await stat(path)
    if (size > FILE_BYTES_MAX) throw new InputError(`${path} is too large for a file of positions`)
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw error instanceof InputError ? error : cannot(path, 'be read', error)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw noPositions(path)
  }
  const places = (value as { readonly places?: unknown } | null)?.places
  if (!Array.isArray(places)) throw noPositions(path)
  return value as ReplayPositions
}

/** Says now what would be found out only at the end. @throws InputError */
export function refuseUnwritable(path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK)
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return
  } catch (error) {
    throw cannot(path, 'be written', error)
  }
  throw new InputError(`${path} is a directory: give a file`)
}

/** @throws InputError */
export async function writePositions(path: string, positions: ReplayPositions): Promise<void> {
  try {
    await writeWhole(path, `${JSON.stringify(positions)}\n`)
  } catch (error) {
    throw cannot(path, 'be written', error)
  }
}

function noPositions(path: string): InputError {
  return new InputError(
    `${path} holds no positions of a replay: --save-positions writes such files`,
  )
}

function cannot(path: string, what: string, error: unknown): InputError {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'ENOENT') return new InputError(`${path} cannot ${what}: there is no such file`)
  const reason = error instanceof Error ? error.message : String(error)
  return new InputError(`${path} cannot ${what}: ${reason}`)
}
