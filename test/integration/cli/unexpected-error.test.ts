// A bug ends the process: an error that nobody expected, thrown or as a promise that nobody looks at, is a line in the log and exit code 1, and the broker
// does not go on in a state that nobody knows.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const MAIN = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url))

it.each([
  ['thrown', "throw new TypeError('not expected')", 'uncaughtException'],
  ['of a promise', "void Promise.reject(new TypeError('not expected'))", 'unhandledRejection'],
])('an error that nobody expected, %s, ends the broker', async (_how, bug, origin) => {
  const directory = await temporaryDirectory()
  const preloaded = join(directory, 'bug.mjs')
  writeFileSync(preloaded, `process.on('SIGUSR2', () => { ${bug} })\n`)
  const start = [
    'start',
    '--json',
    '--listen',
    '127.0.0.1:0',
    '--data-dir',
    join(directory, 'data'),
  ]
  const child = spawn(process.execPath, ['--import', preloaded, MAIN, ...start], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line))
  await once(createInterface({ input: child.stdout }), 'line')
  const ended = once(child, 'close')
  child.kill('SIGUSR2')
  expect(await ended).toEqual([1, null])
  const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(told.filter(({ event }) => event === 'unexpected_error')).toMatchObject([
    { level: 50, origin, error: { message: 'not expected' } },
  ])
})
