// Runs the command of one round in a process group of its own, which ends with it.
import { spawn } from 'node:child_process'
import { root } from '../tools.mjs'

const OUTPUT_CHARACTERS_MAX = 4_000_000

const running = new Set()

/** Ends what is running. */
export function endRounds() {
  for (const child of running) endGroup(child)
}

function endGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

/**
 * @param work as a step's `round` gives it
 * @param timeoutMs after which it has failed
 * @returns { code, output, seconds, isTimeout }
 */
export function runRound(work, timeoutMs) {
  const started = performance.now()
  return new Promise((resolve) => {
    const child = spawn(work.command === 'node' ? process.execPath : work.command, work.args, {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...textual(work.environment) },
    })
    running.add(child)
    let output = ''
    let isTimeout = false
    const take = (chunk) => {
      output = (output + chunk.toString()).slice(-OUTPUT_CHARACTERS_MAX)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    const timer = setTimeout(() => {
      isTimeout = true
      endGroup(child)
    }, timeoutMs)
    const end = (code) => {
      clearTimeout(timer)
      running.delete(child)
      if (child.pid !== undefined) endGroup(child)
      resolve({ code, output, isTimeout, seconds: (performance.now() - started) / 1000 })
    }
    child.on('error', (error) => {
      output += String(error)
      end(1)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}

function textual(environment) {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, `${value}`]))
}

/** The command as it is typed to repeat the round. */
export function commandText({ command, args, environment }) {
  const settings = Object.entries(environment).map(([name, value]) => `${name}=${value} `)
  const program = command.startsWith('node_modules/.bin/')
    ? `npx ${command.slice('node_modules/.bin/'.length)}`
    : command
  return `${settings.join('')}${program} ${args.join(' ')}`
}
