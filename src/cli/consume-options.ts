// The options of `consume` as one checked description of what to read.
import { UsageError } from './exit-code.ts'
import { integerOption } from './option-values.ts'

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
}

/** `earliest`, `latest` or the number of a record. */
export function parseBeginOffset(text: string): 'earliest' | 'latest' | number {
  if (text === 'earliest' || text === 'latest') return text
  if (/^\d+$/.test(text)) return integerOption('--offset', 0)(text)
  throw new UsageError(`--offset must be earliest, latest or a number, not ${JSON.stringify(text)}`)
}

/** @throws UsageError when two options contradict each other */
export function refuseContradictions(options: ConsumeOptions): void {
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
