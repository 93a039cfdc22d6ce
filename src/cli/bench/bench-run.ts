// One run of `varve bench`: brokers, workloads, report.
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, tmpdir, totalmem } from 'node:os'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { BenchEnvironment, BenchReport } from '../../bench/figures.ts'
import { type BenchProgress, runBench } from '../../bench/run-bench.ts'
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
import { OwnBroker, RunningBroker } from './open-brokers.ts'
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
  const directory = resolve(options.dir ?? tmpdir())
  mkdirSync(directory, { recursive: true })
  const address = hasBroker(run) ? brokerAddress(command, io) : undefined
  refuseForAnothersBroker(options, address)
  const signals = new StopSignals()
  const peers: BenchSystem[] = []
  try {
    if (options.peers !== undefined && options.peers !== false) {
      peers.push(...(await openPeers(run, directory)))
    }
    const report = await runBench({
      workloads,
      openSystem: (way) => openSystem(run, way, address, directory),
      peers,
      ceilings: options.ceilings === true ? (services.extras?.ceilings(directory) ?? []) : [],
      environment: environmentOf(services, address, directory),
      plan: text,
      command: shownCommand(process.argv.slice(2)),
      clock,
      random: new NodeRandom(),
      signal: signals.signal,
      onProgress: progressOf(run),
    })
    await tell(run, report)
  } finally {
    for (const peer of peers) await peer.close()
    signals.release()
  }
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
function shownCommand(argv: readonly string[]): string {
  const quoted = argv.map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  )
  return ['varve', ...quoted].join(' ')
}

function workloadFile(workloads: readonly Workload[]): string {
  const byName = Object.fromEntries(workloads.map(({ name, ...fields }) => [name, fields]))
  return JSON.stringify(byName, undefined, 2)
}

function progressOf({ options, io, clock }: BenchCommandRun): (progress: BenchProgress) => void {
  if (options.quiet === true || !io.messagesOnTerminal) return () => undefined
  let lastMs = 0
  return ({ step, steps, workload, system, repetition, phase, records }) => {
    const nowMs = clock.monotonicMs()
    if (nowMs - lastMs < 100) return
    lastMs = nowMs
    const text = `${step}/${steps} ${workload} on ${system}, ${repetition}: ${phase} ${records}`
    io.messages.write(`\r\u001b[2K${text}`)
  }
}

async function tell({ options, command, io }: BenchCommandRun, report: BenchReport): Promise<void> {
  const json = JSON.stringify(report, undefined, 2)
  if (options.out !== undefined) writeFileSync(options.out, `${json}\n`)
  if (wantsJson(command)) io.print(JSON.stringify(report))
  else io.print(json)
  if (report.results.some(({ verdict }) => !verdict.valid)) io.exitCode = EXIT.failed
  await io.flush()
}
