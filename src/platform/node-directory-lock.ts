// One process at a time in a data directory (invariant R8). The lock is a file that names its holder by process id and by
// when that process started, so that a reused id is not taken for the holder. Node has no flock; this is what can be
// built from link(2), which makes a complete file appear under a name or fails when the name is taken.
//
//   lock                   the root: who holds the lock, with a token that no other lock ever had
//   lock.after-TOKEN       made by whoever found the holder with TOKEN dead; that process holds the lock from then on
//
// Only one process can make the successor of a token. Having made it, it looks at the root again: when that is no longer
// the one it started from, somebody else came first and tidied up, and it starts anew. Otherwise it puts itself in the
// root's place, and only then removes the successors. So at every moment the chain from the root leads to one holder.
// Known limit: processes that do not see each other (containers that share a volume) cannot tell dead from alive.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { dirname } from 'node:path'
import { VarveError } from '../domain/error.ts'
import type { DirectoryLock } from './file-system.ts'
import { isSystemError } from './system-error.ts'

interface LockHolder {
  readonly pid: number
  /** When the process started, as text to compare; empty where the system does not tell. */
  readonly started: string
  readonly token: string
}

const ATTEMPTS_MAX = 100
/** Of a pid_t; the system cannot even be asked about more. */
const PID_MAX = 2 ** 31 - 1

/**
 * Takes the lock file at `path` for this process.
 * @throws VarveError DATA_DIR_LOCKED (details `directory`, `pid`) when a live process holds it, this one included, and
 *   DATA_DIR_UNUSABLE when the lock file is not one of ours.
 */
export async function takeDirectoryLock(path: string): Promise<DirectoryLock> {
  const own: LockHolder = {
    pid: process.pid,
    started: (await processStart(process.pid)) ?? '',
    token: randomBytes(12).toString('hex'),
  }
  const ownPath = `${path}.new-${own.token}`
  const file = await fs.open(ownPath, 'wx', 0o600)
  try {
    try {
      await file.writeFile(`${JSON.stringify(own)}\n`)
      // A power cut must not leave the name with nothing behind it.
      await file.datasync()
    } finally {
      await file.close()
    }
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      if (await tryToTake(path, ownPath, own)) {
        return { release: () => release(path, own) }
      }
    }
    throw new VarveError(
      'DATA_DIR_LOCKED',
      `too many processes want the data directory ${dirname(path)} at once`,
      { details: { directory: dirname(path) } },
    )
  } finally {
    await fs.rm(ownPath, { force: true })
  }
}

/**
 * The process that holds the lock file at `path` now; undefined when none does. Changes nothing, so it may have changed the moment after.
 * @throws VarveError DATA_DIR_UNUSABLE when the lock file is not one of ours.
 */
export async function directoryLockHolder(path: string): Promise<number | undefined> {
  let holder = await readHolder(path)
  for (let next = holder; next !== undefined; ) {
    holder = next
    next = await readHolder(successorPath(path, next))
  }
  return holder !== undefined && (await isRunning(holder)) ? holder.pid : undefined
}

/** @returns false when the state changed under way. */
async function tryToTake(path: string, ownPath: string, own: LockHolder): Promise<boolean> {
  if (await linked(ownPath, path)) {
    await syncDirectory(dirname(path))
    return true
  }
  const root = await readHolder(path)
  if (root === undefined) return false

  const chain: string[] = []
  let holder = root
  for (;;) {
    const next = successorPath(path, holder)
    const successor = await readHolder(next)
    if (successor === undefined) break
    chain.push(next)
    holder = successor
  }
  if (await isRunning(holder)) {
    throw new VarveError(
      'DATA_DIR_LOCKED',
      holder.pid === process.pid
        ? `the data directory ${dirname(path)} is open already in this process`
        : `the data directory ${dirname(path)} is in use by process ${holder.pid}`,
      { details: { directory: dirname(path), pid: holder.pid } },
    )
  }
  const claim = successorPath(path, holder)
  if (!(await linked(ownPath, claim))) return false
  let isHeld = false
  try {
    const rootNow = await readHolder(path)
    if (rootNow?.token !== root.token) return false
    await fs.rename(ownPath, path)
    isHeld = true
    await syncDirectory(dirname(path))
  } finally {
    if (!isHeld) await fs.rm(claim, { force: true })
  }
  for (const name of [...chain, claim]) await fs.rm(name, { force: true })
  await removeLeftovers(path, own)
  return true
}

function successorPath(path: string, holder: LockHolder): string {
  return `${path}.after-${holder.token}`
}

async function release(path: string, own: LockHolder): Promise<void> {
  const holder = await readHolder(path)
  if (holder?.token === own.token) await fs.rm(path, { force: true })
}

/** Files of processes that died while they were taking the lock. */
async function removeLeftovers(path: string, own: LockHolder): Promise<void> {
  const directory = dirname(path)
  const prefix = path.slice(directory.length + 1)
  for (const name of await fs.readdir(directory)) {
    if (!name.startsWith(`${prefix}.new-`) || name.endsWith(own.token)) continue
    const file = `${directory}/${name}`
    const holder = await readHolder(file).catch(() => undefined)
    if (holder !== undefined && !(await isRunning(holder))) await fs.rm(file, { force: true })
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await fs.link(from, to)
    return true
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false
    throw error
  }
}

async function readHolder(path: string): Promise<LockHolder | undefined> {
  let text: string
  try {
    const status = await fs.lstat(path)
    if (!status.isFile() || status.size > 4096) throw notALock(path)
    text = await fs.readFile(path, 'utf8')
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined
    throw error
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw notALock(path)
  }
  if (!isHolder(value)) throw notALock(path)
  return value
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== 'object' || value === null) return false
  const { pid, started, token } = value as Record<string, unknown>
  return (
    Number.isSafeInteger(pid) &&
    (pid as number) > 0 &&
    (pid as number) <= PID_MAX &&
    typeof started === 'string' &&
    typeof token === 'string' &&
    /^[0-9a-f]{24}$/.test(token)
  )
}

function notALock(path: string): VarveError {
  return new VarveError(
    'DATA_DIR_UNUSABLE',
    `the lock file ${path} was not written by varve; remove it when nothing uses the directory`,
    { details: { directory: dirname(path) } },
  )
}

async function isRunning(holder: LockHolder): Promise<boolean> {
  if (!hasProcess(holder.pid)) return false
  const started = await processStart(holder.pid)
  if (started === undefined) return false
  return started === '' || holder.started === '' || started === holder.started
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, as another user.
    return !isSystemError(error, 'ESRCH')
  }
}

/** When a process started; undefined when there is none (or only its remains); empty when that cannot be told. */
function processStart(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? processStartFromProc(pid) : processStartFromPs(pid)
}

async function processStartFromProc(pid: number): Promise<string | undefined> {
  let stat: string
  try {
    stat = await fs.readFile(`/proc/${pid}/stat`, 'latin1')
  } catch {
    // Gone in this moment, or hidden from this user.
    return hasProcess(pid) ? '' : undefined
  }
  // pid (name) state ppid ...: the name may hold anything, so fields are counted after its last parenthesis.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state] = fields
  if (state === 'Z' || state === 'X') return undefined
  // Field 22 of proc(5): clock ticks since the machine started, which is why the start of the machine goes with it.
  const boot = await fs.readFile('/proc/sys/kernel/random/boot_id', 'latin1').catch(() => '')
  return `${boot.trim()} ${fields[19] ?? ''}`
}

function processStartFromPs(pid: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'lstart=', '-p', String(pid)], (error, output) => {
      const started = output.trim()
      if (started !== '') resolve(started)
      // ps answers 1 when there is no such process; any other failure says nothing.
      else resolve(error === null || error.code === 1 ? undefined : '')
    })
  })
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await fs.open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
