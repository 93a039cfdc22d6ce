// `varve start`: one broker in this process until a signal ends it.
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import {
  DEFAULT_ADDRESS,
  DEFAULT_METRICS_ADDRESS,
  parseNetworkAddress,
} from '../config/network-address.ts'
import { LOG_LEVELS, type LogLevel } from '../platform/pino-log.ts'
import type { CommandIo } from './command-io.ts'
import { wantsJson } from './global-options.ts'
import { usage } from './option-values.ts'
import {
  type CliServices,
  STORAGE_NAMES,
  type StartServerOptions,
  type StorageName,
} from './services.ts'
import { StopSignals } from './stop-signals.ts'

interface StartOptions {
  readonly dataDir: string
  readonly listen: string
  readonly storage: StorageName
  readonly logLevel: LogLevel
  readonly metricsListen: string
}

/** Adds `start` to the program. */
export function registerStart(program: Command, io: CommandIo, services: CliServices): void {
  program
    .command('start')
    .summary('run a broker')
    .description(
      'Runs a broker until SIGINT or SIGTERM. Prints one line with its address on standard output as soon as ' +
        'clients may connect; its log goes to standard error, one JSON object a line.',
    )
    .option('--data-dir <dir>', 'where its files are', './data')
    .option(
      '--listen <host:port>',
      'where clients connect; port 0 takes a free one',
      DEFAULT_ADDRESS,
    )
    .addOption(
      new Option('--storage <kind>', 'memory forgets everything at the end')
        .choices(STORAGE_NAMES)
        .default('file'),
    )
    .addOption(
      new Option('--log-level <level>', 'how much it says').choices(LOG_LEVELS).default('info'),
    )
    .option(
      '--metrics-listen <host:port>',
      'where /metrics, /livez and /readyz are served over HTTP; "off" for nowhere',
      DEFAULT_METRICS_ADDRESS,
    )
    .addHelpText(
      'after',
      `
Examples:
  varve start
  varve start --data-dir /var/lib/varve --listen 0.0.0.0:7070
  varve start --storage memory --listen 127.0.0.1:0 --json`,
    )
    .action(async (options: StartOptions, command: Command) => {
      const json = wantsJson(command)
      const { host, port } = usage(() => parseNetworkAddress(options.listen))
      const monitoring = monitoringOf(options, command)
      const dataDir = resolve(options.dataDir)
      const signals = new StopSignals()
      try {
        const server = await services.startServer({
          dataDir,
          host,
          port,
          storage: options.storage,
          log: services.createLog(options.logLevel),
          ...(monitoring && { monitoring }),
        })
        const { storage } = options
        const { address, monitoringAddress } = server
        const kept = storage === 'file' ? { dataDir } : {}
        if (signals.signal.aborted) {
          await server.close()
          return
        }
        io.printResult(
          json,
          { event: 'ready', address, monitoringAddress, storage, ...kept, pid: process.pid },
          () =>
            `varve is ready on ${address} ` +
            (storage === 'file' ? `(data in ${dataDir})` : '(in memory: nothing is kept)'),
        )
        await signals.received()
        await server.close()
      } finally {
        signals.release()
      }
    })
}

/** Where metrics are served. An address that nobody asked for may be taken: two brokers on one machine both start. */
function monitoringOf(
  { metricsListen }: StartOptions,
  command: Command,
): StartServerOptions['monitoring'] {
  if (metricsListen === 'off') return undefined
  const isRequired = command.getOptionValueSource('metricsListen') !== 'default'
  return { ...usage(() => parseNetworkAddress(metricsListen)), isRequired }
}
