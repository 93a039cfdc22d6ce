// `varve start`: one broker in this process until a signal ends it.
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Config } from '../config/load-config.ts'
import { openFilesFor } from '../config/open-files.ts'
import type { Limits } from '../domain/limits.ts'
import { descriptorLimit } from '../platform/descriptor-limit.ts'
import type { CommandIo } from './command-io.ts'
import { addConfigOptions, configOf } from './config-options.ts'
import { wantsJson } from './global-options.ts'
import type { CliServices, StartServerOptions } from './services.ts'
import { StopSignals } from './stop-signals.ts'

/** Adds `start` to the program. */
export function registerStart(program: Command, io: CommandIo, services: CliServices): void {
  addConfigOptions(
    program
      .command('start')
      .summary('run a broker')
      .description(
        'Runs a broker until SIGINT or SIGTERM. Prints one line with its address on standard output as soon as ' +
          'clients may connect; its log goes to standard error, one JSON object a line.',
      ),
  )
    .addHelpText(
      'after',
      `
Examples:
  varve start
  varve start --data-dir /var/lib/varve --listen 0.0.0.0:7070
  varve start --config /etc/varve.json --set limits.openFilesMax=256
  varve start --storage memory --listen 127.0.0.1:0 --json`,
    )
    .action(async (_: unknown, command: Command) => {
      const json = wantsJson(command)
      const config = configOf(command, io)
      const { storage, listen, logLevel } = config.values
      const dataDir = resolve(config.values.dataDir)
      const log = services.createLog(logLevel)
      log.info('configuration_read', { settings: changedSettings(config) })
      const monitoring = monitoringOf(config)
      const signals = new StopSignals()
      try {
        const server = await services.startServer({
          dataDir,
          host: listen.host,
          port: listen.port,
          storage,
          log,
          limits: limitsOf(config),
          topicDefaults: config.topicDefaults,
          ...(monitoring && { monitoring }),
        })
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
function monitoringOf({ values, settings }: Config): StartServerOptions['monitoring'] {
  const address = values['metrics.listen']
  const { source } = settings.find(({ key }) => key === 'metrics.listen') ?? {}
  return address === 'off' ? undefined : { ...address, isRequired: source !== 'default' }
}

/** The limits in force: as many files are kept open as this process has descriptors for, unless someone said how many. */
function limitsOf({ limits, settings }: Config): Limits {
  const { source } = settings.find(({ key }) => key === 'limits.openFilesMax') ?? {}
  if (source !== 'default') return limits
  return { ...limits, openFilesMax: openFilesFor(descriptorLimit()) }
}

/** What differs from the defaults, and where it comes from. */
function changedSettings({ settings }: Config): object {
  const changed = settings.filter(({ source }) => source !== 'default')
  return Object.fromEntries(changed.map(({ key, text, from }) => [key, { value: text, from }]))
}
