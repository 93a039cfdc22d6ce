// One run of `varve bench`: brokers, workloads, report.
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { availableParallelism, cpus, loadavg, release, tmpdir, totalmem } from 'node:os'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import type { BenchEnvironment, BenchReport } from '../../bench/figures.ts'
import { compareReports } from '../../bench/report/compare-reports.ts'
import { comparisonText } from '../../bench/report/comparison-text.ts'
import { htmlReport } from '../../bench/report/html-report.ts'
import { parseReport } from '../../bench/report/parse-report.ts'
import { failedItsCheck } from '../../bench/report/report-parts.ts'
import { terminalReport } from '../../bench/report/terminal-report.ts'
import { runBench } from '../../bench/run-bench.ts'
import type { BenchSystem } from '../../bench/system.ts'
import { VarveSystem } from '../../bench/varve-system.ts'
import type { Workload, WorkloadWay } from '../../bench/workload.ts'
import type { Clock } from '../../platform/clock.ts'
import { NodeRandom } from '../../platform/node-random.ts'
import type { CommandIo } from '../command-io.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { brokerAddress, wantsJson } from '../global-options.ts'
import type { BenchServices } from '../services.ts'
import { StopSignals } from '../stop-signals.ts'
import type { BenchCommandOptions } from './bench-options.ts'
import { planOf } from './bench-plan.ts'
import { refuseWhatHasNoEffect } from './bench-refusals.ts'
import { runChaosCommand } from './chaos-command.ts'
import { OwnBroker, RunningBroker } from './open-brokers.ts'
import { ProgressTeller } from './progress-teller.ts'
import { SpawnedBroker } from './spawned-broker.ts'

interface BenchCommandRun {
  readonly options: BenchCommandOptions
  readonly command: Command
  readonly io: CommandIo
  readonly services: BenchServices
  readonly clock: Clock
}

/** @throws UsageError · VarveError BROKER_UNAVAILABLE */
export async function runBenchCommand(run: BenchCommandRun): Promise<void> {
  const { options, command, io, services, clock } = run
  refuseWhatHasNoEffect(options)
  if (options.chaos === true) {
    await runChaosOf(run)
    return
  }
  const { workloads, text } = planOf({
    ...(options.preset === undefined ? {} : { preset: options.preset }),
    ...(options.file === undefined ? {} : { file: options.file }),
    only: options.only ?? [],
    with: options.with ?? [],
  })
  if (options.list === true) {
    io.print(workloadFile(workloads))
    return
  }
  // Before an hour of measuring, not after it.
  const before = options.compare === undefined ? undefined : reportOf(options.compare)
  const directory = directoryOf(options)
  const address = hasBroker(run) ? brokerAddress(command, io) : undefined
  refuseForAnothersBroker(options, address)
  refuseUnwritable(options)
  const signals = new StopSignals()
  const teller = new ProgressTeller(io, clock, workloads, options.quiet !== true)
  const peers: BenchSystem[] = []
  try {
    if (options.peers !== undefined && options.peers !== false) {
      peers.push(...(await openPeers(run, directory)))
    }
    const report = await unlessStopped(signals.signal, () =>
      runBench({
        workloads,
        openSystem: (way) => openSystem(run, way, address, directory),
        peers,
        ceilings: options.ceilings === true ? (services.extras?.ceilings(directory) ?? []) : [],
        environment: environmentOf(services, address, directory),
        plan: text,
        command: shownCommand(services.extras !== undefined, process.argv.slice(2)),
        clock,
        random: new NodeRandom(),
        signal: signals.signal,
        onProgress: teller.update,
      }),
    )
    teller.clear()
    if (report !== undefined && report.results.length > 0) await tell(run, report, before)
    else io.say('varve: stopped before a workload had ended: there are no figures')
  } finally {
    teller.clear()
    for (const peer of peers) await peer.close()
    signals.release()
    io.exitCode = signals.exitCode ?? io.exitCode
  }
}

async function runChaosOf(run: BenchCommandRun): Promise<void> {
  const { options, command, io } = run
  refuseForAnothersBroker(options, hasBroker(run) ? brokerAddress(command, io) : undefined)
  const signals = new StopSignals()
  try {
    const directory = directoryOf(options)
    const { signal } = signals
    const isDone = await unlessStopped(signal, async () => {
      await runChaosCommand({ ...run, directory, json: wantsJson(command), signal })
      return true
    })
    if (isDone === undefined) io.say('varve: stopped before the history was judged')
  } finally {
    signals.release()
    io.exitCode = signals.exitCode ?? io.exitCode
  }
}

/** What the work gives; undefined when it ended with an error because it was stopped. */
async function unlessStopped<T>(
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  }
}

/** Before an hour of measuring, not after it. @throws UsageError */
function refuseUnwritable({ out, html }: BenchCommandOptions): void {
  for (const [name, path] of [
    ['--out', out],
    ['--html', html],
  ] as const) {
    if (path === undefined) continue
    try {
      accessSync(existsSync(path) ? path : dirname(resolve(path)), constants.W_OK)
      if (existsSync(path) && statSync(path).isDirectory()) throw new Error('it is a folder')
    } catch (error) {
      throw new UsageError(`${name} ${path} cannot be written: ${(error as Error).message}`)
    }
  }
}

function directoryOf({ dir }: BenchCommandOptions): string {
  const directory = resolve(dir ?? tmpdir())
  mkdirSync(directory, { recursive: true })
  return directory
}

function hasBroker({ command, io }: BenchCommandRun): boolean {
  const { broker } = command.optsWithGlobals<{ broker?: string }>()
  return broker !== undefined || (io.env['VARVE_BROKER'] ?? '') !== ''
}

function refuseForAnothersBroker(
  { set, metrics, chaos }: BenchCommandOptions,
  address: string | undefined,
): void {
  if (address === undefined) {
    if (metrics !== undefined) throw new UsageError('--metrics goes with --broker')
    return
  }
  if (set !== undefined)
    throw new UsageError('--set is for the broker that the bench starts itself')
  if (chaos === true) {
    throw new UsageError(
      '--chaos kills its broker: it takes only one that it started, so leave --broker out',
    )
  }
}

async function openSystem(
  { options, services, clock }: BenchCommandRun,
  way: WorkloadWay,
  address: string | undefined,
  directory: string,
): Promise<BenchSystem> {
  const { version } = services
  if (way !== 'grpc') {
    const parent = way === 'in-process' ? directory : undefined
    return new VarveSystem(await OwnBroker.open(services, parent, version))
  }
  if (address !== undefined) {
    return new VarveSystem(await RunningBroker.connect(address, options.metrics))
  }
  return new VarveSystem(
    await SpawnedBroker.start({
      command: services.brokerCommand,
      directory,
      settings: options.set ?? [],
      version,
      clock,
    }),
  )
}

async function openPeers(
  { options, services, io }: BenchCommandRun,
  dataDirectory: string,
): Promise<readonly BenchSystem[]> {
  if (services.extras === undefined) return []
  return await services.extras.openPeers({
    dataDirectory,
    names: typeof options.peers === 'string' ? options.peers.split(',') : undefined,
    kafka: options.kafka,
    say: (line) => {
      io.say(line)
    },
  })
}

function environmentOf(
  services: BenchServices,
  address: string | undefined,
  dataDirectory: string,
): BenchEnvironment {
  const commit = services.extras?.commit
  return {
    node: process.version,
    platform: `${process.platform} ${release()}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    varve: services.version,
    ...(commit === undefined ? {} : { commit }),
    loadAverage: loadavg(),
    dataDirectory,
    broker: address ?? 'spawned',
  }
}

/** As it can be typed again; arguments with anything special in quotes. */
function shownCommand(isOfSources: boolean, argv: readonly string[]): string {
  const quoted = argv.map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  )
  return [isOfSources ? 'npm run bench --' : 'varve', ...quoted].join(' ')
}

function workloadFile(workloads: readonly Workload[]): string {
  const byName = Object.fromEntries(workloads.map(({ name, ...fields }) => [name, fields]))
  return JSON.stringify(byName, undefined, 2)
}

async function tell(
  { options, command, io }: BenchCommandRun,
  report: BenchReport,
  before: BenchReport | undefined,
): Promise<void> {
  const comparison = before === undefined ? undefined : compareReports(before, report)
  const json = wantsJson(command)
  const result = comparison === undefined ? report : { ...report, comparison }
  io.printResult(json, result, () => terminalReport(report))
  if (comparison !== undefined && !json) io.print(`\n${comparisonText(comparison)}`)
  if (hasFailed(report) || comparison?.regressed === true) io.exitCode = EXIT.failed
  await io.flush()
  // Last: a disk that is full by now takes no more than the file.
  if (options.out !== undefined) {
    writeFileSync(options.out, `${JSON.stringify(report, undefined, 2)}\n`)
  }
  if (options.html !== undefined) writeFileSync(options.html, htmlReport(report))
}

/** A check that failed, or varve's own figures that are missing. What a peer cannot do fails nothing. */
function hasFailed({ results }: BenchReport): boolean {
  return results.some(
    (result) =>
      failedItsCheck(result) || (result.failure !== undefined && result.system === 'varve'),
  )
}

/** @throws UsageError when the file is no report */
function reportOf(path: string): BenchReport {
  try {
    return parseReport(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new UsageError(`--compare ${path}: ${(error as Error).message}`)
  }
}
