// `varve bench`: what a broker does on this machine, and whether everything it acknowledged is there.
import { type Command, Option } from 'commander'
import { PRESET_NAMES } from '../../bench/presets.ts'
import { WORKLOAD_KINDS } from '../../bench/workload.ts'
import type { Clock } from '../../platform/clock.ts'
import type { CommandIo } from '../command-io.ts'
import { integerOption } from '../option-values.ts'
import type { BenchServices } from '../services.ts'
import type { BenchCommandOptions } from './bench-options.ts'

/** Adds `bench` to the program. */
export function registerBench(
  program: Command,
  io: CommandIo,
  services: BenchServices,
  clock: Clock,
): void {
  const several = (text: string, before: readonly string[] = []): readonly string[] => [
    ...before,
    text,
  ]
  const command = program
    .command('bench')
    .summary('measure a broker, and prove that nothing was lost')
    .description(
      'Measures workloads and checks every record: numbered, checksummed, read back. A workload whose records are not all accounted ' +
        'for has no figures. Without --broker (or VARVE_BROKER) it starts a broker of its own, in a process and a folder that end with it.',
    )
    .addOption(
      new Option('--preset <name>', 'workloads that come with it (default: quick)').choices(
        PRESET_NAMES,
      ),
    )
    .option('--file <file>', 'workloads of your own: JSON, comments allowed')
    .option('--only <part>', 'only workloads with this in their names; may be repeated', several)
    .option('--with <field=value>', 'for every workload, e.g. seconds=20; may be repeated', several)
    .option('--list', 'print the workloads as a file for --file, and measure nothing')
    .option(
      '--dir <folder>',
      'where own brokers keep their data (default: the system’s for temporary files)',
    )
    .option('--set <key=value>', 'a setting of the own broker, as varve start takes it', several)
    .option('--metrics <host:port>', 'with --broker: where it serves its metrics')
    .option('--out <file>', 'write the report as JSON')
    .option('--html <file>', 'write the report as a page with plots')
    .option(
      '--compare <file>',
      'hold it against an earlier report; exit code 1 when something became slower',
    )
    .option('--chaos', 'kill the own broker again and again under load, and check the history')
    .option(
      '--chaos-seconds <n>',
      'with --chaos: for how long (default: 60)',
      integerOption('--chaos-seconds', 1),
    )
    .option('--chaos-seed <seed>', 'with --chaos: the same kills once more')
    .option('-q, --quiet', 'no progress')
    .addHelpText(
      'after',
      `
Kinds of workloads: ${WORKLOAD_KINDS.join(', ')}. docs/BENCHMARKS.md explains them, their fields and every figure.

Examples:
  varve bench
  varve bench --preset standard --html report.html --out report.json
  varve bench --only produce --with seconds=20 --with recordBytes=200
  varve bench --broker localhost:7070 --metrics localhost:7071 --only tail
  varve bench --list --preset quick > mine.json
  varve bench --file mine.json
  varve bench --chaos --chaos-seconds 300`,
    )
  if (services.extras !== undefined) {
    command
      .option('--ceilings', 'also what this machine can do at best, and varve’s share of it')
      .option(
        '--peers [names]',
        'the same workloads on other systems that are installed, or on these',
      )
      .option('--kafka <host:port>', 'with --peers: a Kafka that runs there')
  }
  command.action(async (options: BenchCommandOptions, self: Command) => {
    // Loaded when needed: no other command has use for it.
    const { runBenchCommand } = await import('./bench-run.ts')
    await runBenchCommand({ options, command: self, io, services, clock })
  })
}
