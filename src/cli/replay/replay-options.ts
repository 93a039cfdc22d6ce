// The options of `replay` as one checked description of what to play, and what the client is told of it.
import type {
  ReplayFilter,
  ReplayOptions,
  ReplayPosition,
  ReplayPositions,
} from '../../client/index.ts'
import { presentFields } from '../../domain/present-fields.ts'
import { OUTAGE_MS_MAX } from '../consume-run.ts'
import { UsageError } from '../exit-code.ts'
import type { Pace } from './replay-pace.ts'

export const SUMMARY_FORMS = ['table', 'json', 'none'] as const

export interface ReplayCommandOptions {
  readonly from?: ReplayPosition
  readonly to?: ReplayPosition
  readonly partition?: number
  readonly follow?: true
  readonly speed?: number | 'max'
  readonly rate?: NonNullable<ReplayOptions['rate']>
  readonly gapMax?: number
  readonly merge?: true
  readonly late?: 'delay' | 'catch-up'
  readonly onTrouble?: 'stop' | 'skip'
  readonly paused?: true
  readonly filter?: readonly ReplayFilter[]
  readonly format?: string
  readonly maxRecords?: number
  readonly session?: string
  /** A file to go on from. */
  readonly resume?: string
  /** A file for where it stands at the end. */
  readonly savePositions?: string
  readonly summary?: (typeof SUMMARY_FORMS)[number]
  /** A topic to store what is played in. */
  readonly into?: string
  readonly partitioning?: 'keep' | 'by-key'
  /** A file for where a replay into a topic stands. */
  readonly state?: string
  /** False with --no-keys. */
  readonly keys: boolean
  readonly quiet?: true
}

/** A file of positions says all that these say. */
const NOT_WITH_RESUME = ['from', 'to', 'partition'] as const

/**
 * @param hasKeys somebody can say that it is to go on
 * @throws UsageError when the options contradict each other
 */
export function refuseReplayContradictions(
  topics: readonly string[],
  options: ReplayCommandOptions,
  hasKeys: boolean,
): void {
  const { resume, partition, speed, rate } = options
  if (resume === undefined) {
    if (topics.length === 0)
      throw new UsageError('which topic? Name one, or go on with --resume FILE')
  } else {
    const given = NOT_WITH_RESUME.find((name) => options[name] !== undefined)
    const what = topics.length > 0 ? 'a topic' : given === undefined ? undefined : `--${given}`
    if (what !== undefined) {
      throw new UsageError(`${what} cannot be used with --resume, whose file says what is played`)
    }
  }
  if (partition !== undefined && topics.length > 1) {
    throw new UsageError('--partition goes with one topic: which?')
  }
  if (options.follow === true && options.to !== undefined) {
    throw new UsageError('--follow cannot be used with --to: what follows has no end')
  }
  if (speed !== undefined && rate !== undefined) {
    throw new UsageError('--speed cannot be used with --rate: which?')
  }
  if (options.gapMax !== undefined && typeof speed !== 'number') {
    throw new UsageError('--gap-max goes with a --speed in numbers, such as --speed 10x')
  }
  if (options.into === undefined) {
    const without = (['partitioning', 'state'] as const).find((name) => options[name] !== undefined)
    if (without !== undefined) throw new UsageError(`--${without} goes with --into TOPIC`)
  }
  if (options.paused === true && !hasKeys) {
    throw new UsageError(
      '--paused goes on by a key, and standard input is no terminal (or --no-keys was given)',
    )
  }
}

/** What is stored is not printed, and has a file of its own to go on from. */
const NOT_WITH_INTO = ['format', 'maxRecords', 'resume', 'savePositions', 'paused'] as const

/** @throws UsageError when the options contradict each other */
export function refuseIntoContradictions(
  topics: readonly string[],
  options: ReplayCommandOptions,
): void {
  const given = NOT_WITH_INTO.find((name) => options[name] !== undefined)
  if (given !== undefined) {
    const flag = given.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    throw new UsageError(`--${flag} cannot be used with --into`)
  }
  if (options.into !== undefined && topics.includes(options.into)) {
    throw new UsageError(`${options.into} cannot be replayed into itself: name another topic`)
  }
  refuseReplayContradictions(topics, options, true)
}

/** It comes to an end by itself. */
export function isBoundedReplay({ follow, maxRecords }: ReplayCommandOptions): boolean {
  return follow !== true || maxRecords !== undefined
}

export function paceOf({ speed = 'max', rate }: ReplayCommandOptions): Pace {
  return rate === undefined ? { speed } : { rate }
}

export function clientOptions(
  topics: readonly string[],
  options: ReplayCommandOptions,
  positions: ReplayPositions | undefined,
): ReplayOptions {
  const { from, to, partition, follow, late, paused, speed, rate } = options
  const sources = topics.map((topic) => ({ topic, ...presentFields({ partition }) }))
  return {
    ...(positions === undefined ? { sources } : { resume: positions }),
    ...presentFields({ from, to, follow, late, paused, speed, rate }),
    ...presentFields({
      gapMaxMs: options.gapMax,
      trouble: options.onTrouble,
      filters: options.filter,
      sessionId: options.session,
    }),
    order: options.merge === true ? 'merged' : 'partition',
    outageMaxMs: isBoundedReplay(options) ? OUTAGE_MS_MAX : Infinity,
  }
}
