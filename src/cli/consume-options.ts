// The options of `consume` as one checked description of what to read.
import type { AssignorName, GroupStart } from '../client/index.ts'
import { UsageError } from './exit-code.ts'
import { integerOption, parseMoment } from './option-values.ts'

/** Where to begin in each partition. */
export type BeginAt = 'earliest' | 'latest' | number | { readonly timestampMs: number }

/** Before what to stop in each partition; undefined: never. */
export type StopBefore = 'end' | { readonly offset: number } | { readonly timestampMs: number }

/** Options that say the same thing in different ways. */
const EXCLUSIVE = [
  ['offset', 'timestamp'],
  ['untilEnd', 'untilOffset', 'untilTimestamp'],
] as const

export interface ConsumeOptions {
  readonly partition?: number
  readonly offset?: 'earliest' | 'latest' | number
  readonly timestamp?: number
  readonly untilEnd?: true
  readonly untilOffset?: number
  readonly untilTimestamp?: number
  readonly maxRecords?: number
  readonly format?: string
  readonly quiet?: true
  readonly group?: string
  readonly instance?: string
  readonly assignor?: AssignorName
  readonly weight?: number
  readonly from?: GroupStart
  readonly sessionTimeout?: number
}

/** Of these a group decides. */
const ALONE_ONLY = ['partition', 'offset', 'timestamp', 'untilOffset', 'untilTimestamp'] as const
/** These say nothing without a group. */
const GROUP_ONLY = ['instance', 'assignor', 'weight', 'from', 'sessionTimeout'] as const

/** `earliest`, `latest` or the number of a record. */
export function parseBeginOffset(text: string): 'earliest' | 'latest' | number {
  if (text === 'earliest' || text === 'latest') return text
  if (/^\d+$/.test(text)) return integerOption('--offset', 0)(text)
  throw new UsageError(`--offset must be earliest, latest or a number, not ${JSON.stringify(text)}`)
}

/** Where a group begins in partitions of which it has committed nothing: `earliest`, `latest`, `none` or a moment. */
export function parseGroupStart(text: string): GroupStart {
  if (text === 'earliest' || text === 'latest' || text === 'none') return text
  return { timestampMs: parseMoment('--from, when not earliest, latest or none,', text) }
}

/** @throws UsageError when two options contradict each other */
export function refuseContradictions(options: ConsumeOptions): void {
  if (options.group === '') throw new UsageError('--group must name a group, not ""')
  if (options.group === undefined) {
    const given = GROUP_ONLY.find((name) => options[name] !== undefined)
    const instead = given === 'from' ? '; without one --offset or --timestamp says it' : ''
    if (given !== undefined) throw new UsageError(`${flag(given)} goes with --group${instead}`)
  } else {
    const given = ALONE_ONLY.find((name) => options[name] !== undefined)
    if (given !== undefined) {
      throw new UsageError(
        `${flag(given)} cannot be used with --group, which decides that: --from says where it begins, varve group reset sets it elsewhere`,
      )
    }
  }
  for (const group of EXCLUSIVE) {
    const [first, second] = group.filter((name) => options[name] !== undefined)
    if (first === undefined || second === undefined) continue
    throw new UsageError(`${flag(first)} cannot be used with ${flag(second)}: which?`)
  }
}

function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

export function beginAt(options: ConsumeOptions): BeginAt {
  if (options.timestamp !== undefined) return { timestampMs: options.timestamp }
  return options.offset ?? 'earliest'
}

export function stopBefore(options: ConsumeOptions): StopBefore | undefined {
  if (options.untilEnd === true) return 'end'
  if (options.untilOffset !== undefined) return { offset: options.untilOffset }
  if (options.untilTimestamp !== undefined) return { timestampMs: options.untilTimestamp }
  return undefined
}
