// What one workload of the bench does, in numbers. Invariant: a `Workload` is whole and checked; whatever runs it has nothing left to guess.
import type { Durability } from '../domain/durability.ts'
import { VarveError } from '../domain/error.ts'
import { CODEC_NAMES, type CodecName } from '../record/codec.ts'
import { NUMBERED_HEADER_BYTES } from './numbered-payload.ts'

/**
 * - `produce`: records in batches, as fast as acknowledgements come, or at a fixed rate.
 * - `consume`: topics that were filled before, from their start; page-cached, or cold.
 * - `tail`: producers at a fixed rate and consumers that follow them: how long from send to hand.
 * - `produce-consume`: both at once, as fast as can be.
 * - `groups`: consumer groups that each read all of it and commit.
 * - `replay`: a replay session as fast as can be.
 * - `single`: one small record (or a batch made by the caller) a call, so many calls under way.
 * - `restart`: the broker is stopped or killed with data on disk; how long until a record comes again.
 */
export const WORKLOAD_KINDS = [
  'produce',
  'consume',
  'tail',
  'produce-consume',
  'groups',
  'replay',
  'single',
  'restart',
] as const

export type WorkloadKind = (typeof WORKLOAD_KINDS)[number]

/** Where the log is, seen from the client: another process over gRPC, or this one. */
export type WorkloadWay = 'grpc' | 'in-process' | 'in-memory'

export interface Workload {
  /** Names it in tables, files and baselines; unlike every other of a run. */
  readonly name: string
  readonly kind: WorkloadKind
  readonly way: WorkloadWay
  /** Bytes of a record's value, at least 24: a number and a checksum are in it. */
  readonly recordBytes: number
  /** `none`, or how many different keys. With keys the client's partitioner chooses. */
  readonly keys: number
  /** Whether values can be compressed (words) or not (noise). */
  readonly content: 'text' | 'random'
  readonly batchBytes: number
  readonly lingerMs: number
  readonly compression: CodecName
  readonly partitions: number
  readonly producers: number
  readonly consumers: number
  /** Consumer groups of `groups`; each has `consumers` members. */
  readonly groups: number
  readonly durability: Durability
  /** Records a second of all producers together, sent by the schedule whatever the answers do (open loop); 0: as fast as can be. */
  readonly recordsPerSecond: number
  /** Calls under way at once, of `single`. */
  readonly callsInFlight: number
  /** Records of one call, of `single`: stored together, with one acknowledgement. */
  readonly recordsPerCall: number
  /** Bytes of values that the topic is filled with before, of `consume`, `groups`, `replay` and `restart`. */
  readonly preloadBytes: number
  /** Reads from disk, not from memory: the page cache is emptied before. */
  readonly cold: boolean
  /** How `restart` ends the broker. */
  readonly ending: 'stop' | 'kill'
  readonly warmupSeconds: number
  readonly seconds: number
  readonly repetitions: number
  /** Whether everything is read back and checked after each repetition. */
  readonly verify: boolean
}

export const WORKLOAD_DEFAULTS: Omit<Workload, 'name' | 'kind'> = {
  way: 'grpc',
  recordBytes: 1024,
  keys: 0,
  content: 'random',
  batchBytes: 128 * 1024,
  lingerMs: 5,
  compression: 'none',
  partitions: 6,
  producers: 1,
  consumers: 1,
  groups: 1,
  durability: 'synced',
  recordsPerSecond: 0,
  callsInFlight: 64,
  recordsPerCall: 1,
  preloadBytes: 256 * 2 ** 20,
  cold: false,
  ending: 'stop',
  warmupSeconds: 1,
  seconds: 5,
  repetitions: 3,
  verify: true,
}

const CHOICES: Readonly<Partial<Record<keyof Workload, readonly string[]>>> = {
  kind: WORKLOAD_KINDS,
  way: ['grpc', 'in-process', 'in-memory'],
  content: ['text', 'random'],
  compression: CODEC_NAMES,
  durability: ['none', 'written', 'synced'],
  ending: ['stop', 'kill'],
}

/** Least and largest value of every number, both included. */
const RANGES: Readonly<Partial<Record<keyof Workload, readonly [number, number]>>> = {
  recordBytes: [NUMBERED_HEADER_BYTES, 900_000],
  keys: [0, 10_000_000],
  batchBytes: [1, 16 * 2 ** 20],
  lingerMs: [0, 60_000],
  partitions: [1, 10_000],
  producers: [1, 1_000],
  consumers: [1, 1_000],
  groups: [1, 1_000],
  recordsPerSecond: [0, 10_000_000],
  callsInFlight: [1, 10_000],
  recordsPerCall: [1, 10_000],
  preloadBytes: [1, 2 ** 40],
  warmupSeconds: [0, 3_600],
  seconds: [0.1, 86_400],
  repetitions: [1, 1_000],
}

/** May be fractions; every other number is whole. */
const FRACTIONS: readonly (keyof Workload)[] = ['warmupSeconds', 'seconds', 'lingerMs']

/**
 * Fills in the defaults and checks.
 * @throws VarveError INVALID_ARGUMENT that names the workload, the field and what it may be
 */
export function checkWorkload(given: Readonly<Record<string, unknown>>): Workload {
  const { name } = given
  if (typeof name !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9 ._,/-]{0,79}$/.test(name)) {
    throw refusal(`a workload needs a name of 1 to 80 letters, digits, spaces and . _ , / -`)
  }
  if (given['kind'] === undefined) {
    throw refusal(`workload '${name}' needs a kind: ${WORKLOAD_KINDS.join(', ')}`)
  }
  const known = new Set<string>(['name', 'kind', ...Object.keys(WORKLOAD_DEFAULTS)])
  for (const field of Object.keys(given)) {
    if (!known.has(field)) {
      throw refusal(
        `workload '${name}': there is no '${field}'; there are ${[...known].join(', ')}`,
      )
    }
  }
  const whole = { ...WORKLOAD_DEFAULTS, ...given } as Record<keyof Workload, unknown>
  for (const [field, value] of Object.entries(whole) as [keyof Workload, unknown][]) {
    checkField(name, field, value)
  }
  const workload = whole as unknown as Workload
  if (workload.kind === 'tail' && workload.recordsPerSecond === 0) {
    throw refusal(`workload '${name}': tail measures at a fixed rate; give recordsPerSecond`)
  }
  if (workload.kind === 'restart' && workload.way !== 'grpc') {
    throw refusal(`workload '${name}': restart needs a broker in a process of its own (way grpc)`)
  }
  return workload
}

function checkField(name: string, field: keyof Workload, value: unknown): void {
  const choices = CHOICES[field]
  if (choices !== undefined && !choices.includes(String(value))) {
    throw refusal(`workload '${name}': ${field} must be one of ${choices.join(', ')}`)
  }
  const range = RANGES[field]
  if (range !== undefined) {
    const isNumber = typeof value === 'number' && value >= range[0] && value <= range[1]
    if (!isNumber || (!FRACTIONS.includes(field) && !Number.isInteger(value))) {
      const what = FRACTIONS.includes(field) ? 'a number' : 'an integer'
      throw refusal(`workload '${name}': ${field} must be ${what} from ${range[0]} to ${range[1]}`)
    }
  }
  if ((field === 'cold' || field === 'verify') && typeof value !== 'boolean') {
    throw refusal(`workload '${name}': ${field} must be true or false`)
  }
}

function refusal(message: string): VarveError {
  return new VarveError('INVALID_ARGUMENT', message)
}
