// `npm run bench`: the command `varve bench` with what the package comes without: ceilings of the machine, and other systems.
//   npm run bench -- --preset quick
//   npm run bench -- --preset standard --ceilings --peers --html report.html
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { runCli } from '../src/cli/program.ts'
import { NodeClock } from '../src/platform/node-clock.ts'
import { PinoLog } from '../src/platform/pino-log.ts'
import { benchServices } from '../src/server/bench-services.ts'
import { openPeers } from './peers/open-peers.ts'

process.exitCode = await runCli(['bench', ...process.argv.slice(2)], {
  startServer: () =>
    Promise.reject(new Error('the bench starts brokers in processes of their own')),
  createLog: (level) => PinoLog.open({ level }),
  clock: new NodeClock({ keepsProcessAlive: true }),
  bench: benchServices(join(import.meta.dirname, '..', 'dist', 'server', 'main.js'), {
    commit: commit(),
    ceilings: () => [],
    openPeers,
  }),
})

function commit(): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}
