#!/usr/bin/env node
// The program `varve`: the command line, given the server that its `start` runs. Invariant: an error that nobody expected
// ends the process with a word in the log; a process in an unknown state does not go on.
import { fileURLToPath } from 'node:url'
import { EXIT } from '../cli/exit-code.ts'
import { runCli } from '../cli/program.ts'
import { keepHeapHeadroom } from '../platform/heap-headroom.ts'
import { NodeClock } from '../platform/node-clock.ts'
import { type LogLevel, PinoLog } from '../platform/pino-log.ts'
import { benchServices } from './bench-services.ts'

// Files of a broker are for its own user alone.
process.umask(0o077)

// For brokers and for commands that produce and consume.
keepHeapHeadroom(new NodeClock())

const log = PinoLog.open({ level: 'error' })
process.on('uncaughtException', (error, origin) => {
  log.error('unexpected_error', { origin, error })
  process.exit(EXIT.failed)
})

process.exitCode = await runCli(process.argv.slice(2), {
  // Loaded by the command that needs it: a client's command need not wait for a broker's code.
  startServer: async (options) => (await import('./start-server.ts')).startServer(options),
  createLog: (level: LogLevel) => PinoLog.open({ level }),
  bench: benchServices(fileURLToPath(import.meta.url)),
  // A command that waits before it tries again has nothing but a timer that keeps it running.
  clock: new NodeClock({ keepsProcessAlive: true }),
})
