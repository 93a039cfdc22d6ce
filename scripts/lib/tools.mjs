// Shared by the scripts that must run before anything is installed: plain JavaScript, no packages.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Ends the process with a clear message when this Node is older than the engines field allows. */
export function requireNode20() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 20) return
  console.error(`varve needs Node 20 or newer; this is Node ${process.versions.node}.`)
  process.exit(1)
}

/** Runs a command in the repository and ends this process with its exit code when it fails. */
export function runProgram(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (result.error) throw result.error
  if (result.signal) process.kill(process.pid, result.signal)
  if (result.status !== 0) process.exit(result.status ?? 1)
}

/** Runs a program of an installed package without a shell. */
export function runTool(name, args, options) {
  runProgram(join(root, 'node_modules', '.bin', name), args, options)
}

const lockDigest = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.versions.modules)
    .digest('hex')

/** Installs the locked packages (and leaves the lock file as it is) unless exactly these are installed already for this Node. */
export function installIfNeeded() {
  const stamp = join(root, 'node_modules', '.varve-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockDigest()) return
  console.error('Installing packages (npm install) ...')
  // Not `npm ci`: it insists on lock entries for the native packages of every other platform too.
  runProgram('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  writeFileSync(stamp, lockDigest())
}

function newestChange(path) {
  const status = statSync(path)
  if (!status.isDirectory()) return status.mtimeMs
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestChange(join(path, name))),
    status.mtimeMs,
  )
}

/** Bundles src to dist unless dist is newer than everything it is made of. */
export async function buildIfNeeded({ force = false } = {}) {
  const stamp = join(root, 'dist', '.built')
  const sources = ['src', 'scripts/lib', 'tsconfig.json', 'package.json']
  const newest = Math.max(...sources.map((name) => newestChange(join(root, name))))
  if (!force && existsSync(stamp) && statSync(stamp).mtimeMs >= newest) return
  console.error('Building ...')
  // Loaded now: its package is there only since the install.
  const { bundle } = await import('./bundle.mjs')
  await bundle()
  writeFileSync(stamp, '')
}
