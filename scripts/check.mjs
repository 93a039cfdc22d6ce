// `npm run check`: format, types, typed lint, layers, unused code, proto lint and the fast tests, side by side.
// Every step runs even when another fails; the exit code is 1 when any did.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { installIfNeeded, requireNode20, root } from './lib/tools.mjs'

const STEPS = [
  ['format', 'biome', ['ci', '.']],
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  [
    'lint',
    'eslint',
    [
      '--cache',
      '--cache-location',
      'node_modules/.cache/eslint/',
      'src',
      'test',
      'bench',
      'scripts',
      'examples',
    ],
  ],
  ['layers', 'depcruise', ['--config', 'dependency-cruiser.cjs', 'src']],
  ['unused', 'knip', []],
  ['proto', 'buf', ['lint']],
  ['tests', 'vitest', ['run', 'test/unit', 'test/contract', '--no-isolate', '--reporter=dot']],
]
const PARALLEL_STEPS_MAX = 2

function runStep([name, tool, args]) {
  const started = performance.now()
  return new Promise((resolve) => {
    const child = spawn(join(root, 'node_modules', '.bin', tool), args, { cwd: root })
    const output = []
    child.stdout.on('data', (chunk) => output.push(chunk))
    child.stderr.on('data', (chunk) => output.push(chunk))
    child.on('error', (error) => output.push(Buffer.from(String(error))))
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
      if (code !== 0) console.log(Buffer.concat(output).toString())
      resolve(code === 0)
    })
  })
}

requireNode20()
installIfNeeded()
const only = process.argv.slice(2)
const waiting = STEPS.filter(([name]) => only.length === 0 || only.includes(name))
const results = []
async function worker() {
  for (let step = waiting.shift(); step; step = waiting.shift()) results.push(await runStep(step))
}
await Promise.all(Array.from({ length: PARALLEL_STEPS_MAX }, worker))
process.exit(results.every(Boolean) ? 0 : 1)
