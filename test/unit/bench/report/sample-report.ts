// Reports as a run writes them, for tests of how they are shown and compared. The same every time.
import type {
  BenchReport,
  CeilingFigures,
  Percentiles,
  RunFigures,
  SideFigures,
  TimelinePoint,
  Verdict,
  WorkloadResult,
} from '../../../../src/bench/figures.ts'
import type { NotedSetting } from '../../../../src/bench/system.ts'
import { checkWorkload, type Workload } from '../../../../src/bench/workload.ts'

/** A wobble between -1 and 1 that looks random and is not. */
function wobble(seed: number): number {
  const value = Math.sin(seed * 12.9898) * 43_758.5453
  return (value - Math.floor(value)) * 2 - 1
}

function percentiles(p50: number, count = 100_000): Percentiles {
  return { count, p50, p90: p50 * 2.1, p99: p50 * 4.4, p999: p50 * 11.3, max: p50 * 24.7 }
}

function side(perGigabyte: number, recordBytes: number, bytes: number): SideFigures {
  return {
    cpuSeconds: (perGigabyte * bytes) / 1e9,
    cpuSecondsPerMillionRecords: (perGigabyte * recordBytes) / 1e3,
    cpuSecondsPerGigabyte: perGigabyte,
    residentBytes: 143_000_000,
    eventLoopDelayMs: { p50: 1.1, p99: 4.6, max: 21.4 },
  }
}

function sampleRun(options: {
  readonly recordsPerSecond: number
  readonly recordBytes: number
  readonly seed: number
  readonly p50?: number
  readonly endToEnd?: boolean
  readonly inProcess?: boolean
  readonly seconds?: number
}): RunFigures {
  const { recordBytes, seed, p50 = 3.2, endToEnd = false, inProcess = false, seconds = 5 } = options
  const recordsPerSecond = options.recordsPerSecond * (1 + wobble(seed) * 0.05)
  const [records, bytes] = [
    Math.round(recordsPerSecond * seconds),
    Math.round(recordsPerSecond * seconds * recordBytes),
  ]
  const timeline = Array.from({ length: seconds * 10 }, (_, index): TimelinePoint => {
    const dip = index === 23 + (seed % 7) ? 0.35 : 1
    const rate = recordsPerSecond * dip * (1 + wobble(seed * 1000 + index) * 0.12)
    return {
      atSeconds: (index + 1) / 10,
      recordsPerSecond: rate,
      bytesPerSecond: rate * recordBytes,
      latencyMaxMs: (p50 * (3 + wobble(seed * 77 + index) * 2)) / dip,
    }
  })
  return {
    seconds,
    records,
    bytes,
    recordsPerSecond,
    bytesPerSecond: recordsPerSecond * recordBytes,
    ackLatencyMs: percentiles(p50 * (1 + wobble(seed + 3) * 0.2), records),
    ...(endToEnd
      ? {
          endToEndLatencyMs: percentiles(p50 * 1.7 * (1 + wobble(seed + 5) * 0.2), records),
          scheduleDelayMs: percentiles(0.08, records),
        }
      : {}),
    client: { ...side(4.1, recordBytes, bytes), heapBytesPerRecord: 12.4 },
    ...(inProcess
      ? {}
      : {
          server: { ...side(6.9, recordBytes, bytes), writes: 4_211, syncs: 1_290, reads: 0 },
        }),
    timeline,
  }
}

export function goodVerdict(records: number): Verdict {
  return {
    checked: true,
    valid: true,
    acknowledged: records,
    readBack: records,
    lost: 0,
    doubled: 0,
    reordered: 0,
    altered: 0,
    unexpected: 0,
    misplaced: 0,
    unknown: 0,
    findings: [],
  }
}

export function sampleResult(options: {
  readonly system?: string
  readonly version?: string
  readonly workload: Workload
  readonly recordsPerSecond: number
  readonly p50?: number
  readonly seed?: number
  readonly shares?: WorkloadResult['shares']
  readonly settings?: readonly NotedSetting[]
}): WorkloadResult {
  const { system = 'varve', version = '0.4.0', workload, seed = 1 } = options
  const runs = Array.from({ length: workload.repetitions }, (_, index) =>
    sampleRun({
      recordsPerSecond: options.recordsPerSecond,
      recordBytes: workload.recordBytes,
      seed: seed * 10 + index,
      endToEnd: workload.kind === 'tail' || workload.kind === 'produce-consume',
      inProcess: workload.way !== 'grpc',
      ...(options.p50 === undefined ? {} : { p50: options.p50 }),
    }),
  )
  const sorted = [...runs].sort((a, b) => a.recordsPerSecond - b.recordsPerSecond)
  const median = sorted[Math.floor(sorted.length / 2)]
  const [least, most] = [sorted[0], sorted.at(-1)]
  if (median === undefined || least === undefined || most === undefined) throw new Error('no run')
  return {
    system,
    version,
    workload,
    settings: options.settings ?? [],
    verdict: goodVerdict(runs.reduce((sum, run) => sum + run.records, 0)),
    runs,
    median,
    spread: (most.recordsPerSecond - least.recordsPerSecond) / median.recordsPerSecond,
    shares: options.shares ?? [],
  }
}

/** Without figures, because records were lost. */
export function failedResult(
  workload: Workload,
  system = 'varve',
  version = '0.4.0',
): WorkloadResult {
  return {
    system,
    version,
    workload,
    settings: [],
    failure: '3 records were lost, 1 was doubled',
    verdict: {
      ...goodVerdict(1_204_117),
      valid: false,
      readBack: 1_204_115,
      lost: 3,
      doubled: 1,
      findings: [
        'lost: record 4,711 of producer 0, acknowledged at offset 4,702 of partition 2',
        'lost: record 4,712 of producer 0, acknowledged at offset 4,703 of partition 2',
        'lost: record 4,713 of producer 0, acknowledged at offset 4,704 of partition 2',
        'doubled: record 9,002 of producer 0, at offsets 8,997 and 8,998 of partition 4',
      ],
    },
    runs: [],
    shares: [],
  }
}

export function workload(given: Readonly<Record<string, unknown>>): Workload {
  return checkWorkload({ repetitions: 3, seconds: 5, ...given })
}

const CEILINGS: readonly CeilingFigures[] = [
  ceiling('gRPC stream to the server', 168e6, 131_072, 3.1, 4.2),
  ceiling('gRPC stream to the client', 812e6, 131_072, 0.9, 1.1),
  ceiling('write + fdatasync', 263e6, 131_072, 0.6),
]

function ceiling(
  name: string,
  rate: number,
  messageBytes: number,
  clientCpu: number,
  serverCpu?: number,
): CeilingFigures {
  return {
    name,
    bytesPerSecond: [rate * 0.97, rate, rate * 1.04],
    medianBytesPerSecond: rate,
    messageBytes,
    clientCpuSecondsPerGigabyte: clientCpu,
    ...(serverCpu === undefined ? {} : { serverCpuSecondsPerGigabyte: serverCpu }),
  }
}

const NATS_SETTINGS: readonly NotedSetting[] = [
  { name: 'batches', value: 'one message each', equal: false, note: 'its client has no batches' },
  {
    name: 'fsync',
    value: 'every write',
    equal: true,
  },
]
const REDIS_SETTINGS: readonly NotedSetting[] = [
  { name: 'appendfsync', value: 'always', equal: true },
  {
    name: 'storage',
    value: 'all in memory',
    equal: false,
    note: 'the log is read at the start alone',
  },
]

export function sampleReport(results: readonly WorkloadResult[] = sampleResults()): BenchReport {
  return {
    schema: 'varve-bench/1',
    startedAt: '2026-03-04T05:06:07.000Z',
    tookSeconds: 241.7,
    plan: 'standard, with peers',
    command: 'varve bench --preset standard --peers --html report.html',
    environment: {
      node: 'v20.19.5',
      platform: 'linux 6.1.0 x64',
      cpu: 'AMD EPYC 7B13',
      cores: 2,
      memoryBytes: 8_339_804_160,
      varve: '0.4.0',
      commit: '14910c8a5be1d9c03b7a9e2f4d6c8b0a1f3e5d7c',
      loadAverage: [0.42, 0.5, 0.61],
      dataDirectory: '/var/tmp/varve-bench-8h2k',
      broker: 'spawned by the bench',
    },
    ceilings: CEILINGS,
    results,
    goals: [
      {
        name: 'produce 1 KiB, one producer',
        wanted: 'at least 70 % of the lower ceiling',
        measured: '74 %',
        met: true,
      },
      {
        name: 'consume from memory',
        wanted: 'at least 80 % of the gRPC stream',
        measured: '61 %',
        met: false,
      },
    ],
  }
}

export function sampleResults(): WorkloadResult[] {
  const produce = workload({ name: 'produce 1 KiB', kind: 'produce' })
  const small = workload({
    name: 'produce 100 B',
    kind: 'produce',
    recordBytes: 100,
    content: 'text',
  })
  const consume = workload({ name: 'consume 1 KiB', kind: 'consume' })
  const tail = workload({
    name: 'tail 5,000 a second',
    kind: 'tail',
    recordsPerSecond: 5_000,
    durability: 'written',
  })
  const memory = workload({
    name: 'in memory 100 B',
    kind: 'produce',
    way: 'in-memory',
    recordBytes: 100,
  })
  const restart = workload({ name: 'restart after a kill', kind: 'restart', ending: 'kill' })
  const nats = { system: 'nats-jetstream', version: '2.10.29', settings: NATS_SETTINGS }
  const redis = { system: 'redis-streams', version: '7.0.15', settings: REDIS_SETTINGS }
  const toServer = (share: number): WorkloadResult['shares'] => [
    { ceiling: 'gRPC stream to the server', share },
    { ceiling: 'write + fdatasync', share: (share * 168) / 263 },
  ]
  const restarted = sampleResult({ workload: restart, recordsPerSecond: 45_000, seed: 9 })
  return [
    sampleResult({ workload: produce, recordsPerSecond: 121_000, shares: toServer(0.74) }),
    sampleResult({ ...nats, workload: produce, recordsPerSecond: 41_000, p50: 8.8, seed: 2 }),
    sampleResult({ ...redis, workload: produce, recordsPerSecond: 63_000, p50: 1.9, seed: 3 }),
    sampleResult({ workload: small, recordsPerSecond: 810_000, shares: toServer(0.48), seed: 4 }),
    sampleResult({ ...nats, workload: small, recordsPerSecond: 92_000, p50: 12, seed: 5 }),
    sampleResult({
      workload: consume,
      recordsPerSecond: 483_000,
      seed: 6,
      shares: [{ ceiling: 'gRPC stream to the client', share: 0.61 }],
    }),
    sampleResult({ workload: tail, recordsPerSecond: 5_000, p50: 0.62, seed: 7 }),
    sampleResult({ ...nats, workload: tail, recordsPerSecond: 5_000, p50: 0.91, seed: 8 }),
    sampleResult({ workload: memory, recordsPerSecond: 2_300_000, p50: 0.4, seed: 10 }),
    {
      ...restarted,
      ...(restarted.median === undefined
        ? {}
        : {
            median: {
              ...restarted.median,
              restart: { downMs: 412, startMs: 388, firstRecordMs: 431 },
            },
          }),
    },
    {
      ...failedResult(restart, 'redis-streams', '7.0.15'),
      failure: 'it cannot be killed and started again',
      verdict: { ...goodVerdict(0), checked: false, valid: false },
    },
  ]
}
