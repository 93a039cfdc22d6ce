// `npm run bench`: the command `varve bench` with what the package comes without: ceilings of the machine, and other systems.
//   npm run bench -- --preset quick
//   npm run bench -- --preset standard --ceilings --peers --html report.html
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Ceiling as BenchCeiling } from '../src/bench/run-bench.ts'
import { runCli } from '../src/cli/program.ts'
import { setHeapHeadroom } from '../src/platform/heap-headroom.ts'
import { NodeClock } from '../src/platform/node-clock.ts'
import { PinoLog } from '../src/platform/pino-log.ts'
import { benchServices } from '../src/server/bench-services.ts'
import { CEILINGS } from './ceilings/all-ceilings.ts'
import type { Ceiling } from './ceilings/ceiling.ts'
import { openPeers } from './peers/open-peers.ts'

const MESSAGE_BYTES = 128 * 1024
const FILE_PIECE_BYTES = 2 ** 20
const CEILING_BYTES = 512 * 2 ** 20
const CEILING_SECONDS = 1

// As the program varve itself does.
setHeapHeadroom()
process.exitCode = await runCli(['bench', ...process.argv.slice(2)], {
  startServer: () =>
    Promise.reject(new Error('the bench starts brokers in processes of their own')),
  createLog: (level) => PinoLog.open({ level }),
  clock: new NodeClock({ keepsProcessAlive: true }),
  bench: benchServices(join(import.meta.dirname, '..', 'dist', 'server', 'main.js'), {
    commit: commit(),
    ceilings: (directory) => CEILINGS.map((ceiling) => measuredIn(ceiling, directory)),
    openPeers,
  }),
})

/** With messages as large as varve's own largest, and files in pieces as large as pay, long enough to be at speed. */
function measuredIn(ceiling: Ceiling, directory: string): BenchCeiling {
  const messageBytes = ceiling.name.startsWith('write') ? FILE_PIECE_BYTES : MESSAGE_BYTES
  return {
    name: ceiling.name,
    messageBytes,
    run: () =>
      ceiling.run({
        bytes: CEILING_BYTES,
        seconds: CEILING_SECONDS,
        messageBytes,
        directory,
      }),
  }
}

function commit(): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}
