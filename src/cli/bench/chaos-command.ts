// `varve bench --chaos`: a broker that is killed again and again, and what its clients saw.
import { type ChaosReport, runChaos } from '../../bench/chaos/chaos-run.ts'
import type { Clock } from '../../platform/clock.ts'
import { SeededRandom } from '../../platform/seeded-random.ts'
import { formatCount, formatDuration } from '../../text/quantities.ts'
import type { CommandIo } from '../command-io.ts'
import { EXIT } from '../exit-code.ts'
import type { BenchServices } from '../services.ts'
import type { BenchCommandOptions } from './bench-options.ts'
import { SpawnedBroker } from './spawned-broker.ts'
import { writeHistory } from './write-history.ts'

const SECONDS_DEFAULT = 60
const PRODUCERS = 4
const CONSUMERS = 3
const GROUPS = 2
const MEMBERS = 3
/** Short, so that what a crash leaves behind is over within a run. */
const SESSION_TIMEOUT_MS = 3_000
const REBALANCE_TIMEOUT_MS = 3_000
const PARTITIONS = 4
const RECORD_BYTES = 200
const RECORDS_PER_SECOND = 4_000

export async function runChaosCommand(run: {
  options: BenchCommandOptions
  io: CommandIo
  services: BenchServices
  clock: Clock
  directory: string
  json: boolean
  signal: AbortSignal
}): Promise<void> {
  const { options, io, services, clock, directory, json, signal } = run
  const seed = options.chaosSeed ?? clock.wallMs().toString(36)
  const broker = await SpawnedBroker.start({
    command: services.brokerCommand,
    directory,
    settings: options.set ?? [],
    version: services.version,
    clock,
  })
  try {
    const report = await runChaos({
      broker,
      clock,
      random: new SeededRandom(seed),
      seconds: options.chaosSeconds ?? SECONDS_DEFAULT,
      producers: PRODUCERS,
      consumers: CONSUMERS,
      groups: GROUPS,
      members: MEMBERS,
      sessionTimeoutMs: SESSION_TIMEOUT_MS,
      rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS,
      partitions: PARTITIONS,
      recordBytes: RECORD_BYTES,
      recordsPerSecond: RECORDS_PER_SECOND,
      signal,
      onProgress: (text) => {
        if (options.quiet !== true && io.messagesOnTerminal) io.messages.write(`\r\u001b[2K${text}`)
      },
    })
    if (options.quiet !== true && io.messagesOnTerminal) io.messages.write('\r\u001b[2K')
    const { evidence, ...figures } = report
    const files = report.valid ? [] : writeHistory(evidence, `varve-chaos-${seed}`)
    io.printResult(json, { seed, ...figures, files }, () =>
      [chaosText(report, seed), ...files.map((file) => `Written: ${file}`)].join('\n'),
    )
    if (!report.valid) io.exitCode = EXIT.failed
  } finally {
    await broker.close()
  }
}

function chaosText(report: ChaosReport, seed: string): string {
  const { kills, sends, readAlong, readAtEnd, longestStartMs, checkedInMs, text } = report
  const { groups, clientCrashes } = report
  return [
    `${formatCount(kills)} kills (kill -9, seed ${seed}), ${formatCount(clientCrashes)} crashes of clients; the longest start took ${formatDuration(longestStartMs)}.`,
    `${formatCount(sends.sent)} records sent by ${PRODUCERS} producers: ${formatCount(sends.acknowledged)} acknowledged as synced, ` +
      `${formatCount(sends.refused)} refused, ${formatCount(sends.open)} with an open end.`,
    `${CONSUMERS} consumers that read along got ${formatCount(readAlong)}; fresh ones after the last start ${formatCount(readAtEnd)}.`,
    `${GROUPS} groups of ${MEMBERS} were handed out ${formatCount(groups.handedOut)} and committed ${formatCount(groups.commits)} times; ` +
      `partitions came to a member ${formatCount(groups.assigned)} times.`,
    `${text} (checked in ${formatDuration(checkedInMs)})`,
  ].join('\n')
}
