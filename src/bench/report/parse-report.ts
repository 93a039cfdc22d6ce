// Reads the JSON of a bench run. Invariant: what is returned has every field with the type that a report of this schema has, so that nothing that
// shows or compares it meets anything else, whoever wrote the file.
import { VarveError } from '../../domain/error.ts'
import type { BenchReport } from '../figures.ts'
import { checkWorkload } from '../workload.ts'

/** Takes a value apart, or throws where it is not what it should be. */
type Reader = (value: unknown, path: string) => unknown

/**
 * @throws VarveError INVALID_ARGUMENT that says what is wrong and where
 */
export function parseReport(text: string): BenchReport {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new VarveError('INVALID_ARGUMENT', 'not the JSON of a bench report', { cause })
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value && value.schema
  if (schema !== SCHEMA) {
    const given = typeof schema === 'string' ? `of schema '${schema.slice(0, 80)}'` : 'without one'
    throw new VarveError(
      'INVALID_ARGUMENT',
      `not a bench report that can be read here: it should be of schema '${SCHEMA}', and is ${given}`,
    )
  }
  return report(value, 'report') as BenchReport
}

const SCHEMA: BenchReport['schema'] = 'varve-bench/1'

const text: Reader = (value, path) => {
  if (typeof value !== 'string') throw wrong(path, 'text')
  return value
}

const flag: Reader = (value, path) => {
  if (typeof value !== 'boolean') throw wrong(path, 'true or false')
  return value
}

/** JSON has no word for what is not a number or has no end; it writes null, and such a figure is shown as none. */
const number: Reader = (value, path) => {
  if (value === null) return NaN
  if (typeof value !== 'number') throw wrong(path, 'a number')
  return value
}

const optional =
  (reader: Reader): Reader =>
  (value, path) =>
    value === undefined ? undefined : reader(value, path)

const list =
  (reader: Reader): Reader =>
  (value, path) => {
    if (!Array.isArray(value)) throw wrong(path, 'a list')
    return value.map((item, index) => reader(item, `${path}[${index}]`))
  }

/** Fields that are not named are left away: a later version may write more of them. */
const fields =
  (readers: Readonly<Record<string, Reader>>): Reader =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw wrong(path, 'an object')
    }
    const given = value as Readonly<Record<string, unknown>>
    const read = Object.entries(readers).flatMap(([name, reader]) => {
      const field = reader(Object.hasOwn(given, name) ? given[name] : undefined, `${path}.${name}`)
      return field === undefined ? [] : [[name, field] as const]
    })
    return Object.fromEntries(read)
  }

const workload: Reader = (value, path) => {
  if (typeof value !== 'object' || value === null) throw wrong(path, 'an object')
  return checkWorkload(value as Readonly<Record<string, unknown>>)
}

const percentiles = fields({
  count: number,
  p50: number,
  p90: number,
  p99: number,
  p999: number,
  max: number,
})

const side = fields({
  cpuSeconds: number,
  cpuSecondsPerMillionRecords: number,
  cpuSecondsPerGigabyte: number,
  residentBytes: number,
  eventLoopDelayMs: optional(fields({ p50: number, p99: number, max: number })),
  heapBytesPerRecord: optional(number),
  writes: optional(number),
  syncs: optional(number),
  reads: optional(number),
})

const run = fields({
  seconds: number,
  records: number,
  bytes: number,
  recordsPerSecond: number,
  bytesPerSecond: number,
  ackLatencyMs: optional(percentiles),
  endToEndLatencyMs: optional(percentiles),
  scheduleDelayMs: optional(percentiles),
  restart: optional(fields({ downMs: number, startMs: number, firstRecordMs: number })),
  client: side,
  server: optional(side),
  timeline: list(
    fields({
      atSeconds: number,
      recordsPerSecond: number,
      bytesPerSecond: number,
      latencyMaxMs: optional(number),
    }),
  ),
})

const result = fields({
  system: text,
  version: text,
  workload,
  settings: list(fields({ name: text, value: text, equal: flag, note: optional(text) })),
  failure: optional(text),
  verdict: fields({
    checked: flag,
    valid: flag,
    acknowledged: number,
    readBack: number,
    lost: number,
    doubled: number,
    reordered: number,
    altered: number,
    unexpected: number,
    misplaced: number,
    unknown: number,
    findings: list(text),
  }),
  runs: list(run),
  median: optional(run),
  spread: optional(number),
  shares: list(fields({ ceiling: text, share: number })),
})

const report = fields({
  schema: text,
  startedAt: text,
  tookSeconds: number,
  plan: text,
  command: text,
  environment: fields({
    node: text,
    platform: text,
    cpu: text,
    cores: number,
    memoryBytes: number,
    varve: text,
    commit: optional(text),
    loadAverage: list(number),
    dataDirectory: optional(text),
    broker: text,
  }),
  ceilings: list(
    fields({
      name: text,
      bytesPerSecond: list(number),
      medianBytesPerSecond: number,
      messageBytes: optional(number),
      clientCpuSecondsPerGigabyte: optional(number),
      serverCpuSecondsPerGigabyte: optional(number),
    }),
  ),
  results: list(result),
  goals: list(fields({ name: text, wanted: text, measured: text, met: flag })),
})

function wrong(path: string, wanted: string): VarveError {
  return new VarveError('INVALID_ARGUMENT', `not a whole bench report: ${path} should be ${wanted}`)
}
