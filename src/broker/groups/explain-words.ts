// The words that explanations are made of: for somebody who was woken up and wants to know who, since when, and what comes next.
import type { Member } from '../../coordinator/group-state.ts'
import type { GroupPartition } from './group-membership.ts'

/** `0.4 s`, `12 s`, `3 min 20 s`, `5 h 2 min`: as exact as anybody needs it. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return pairText(minutes, 'min', whole % 60, 's')
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return pairText(hours, 'h', minutes % 60, 'min')
  return pairText(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

/** `member m1 (billing)`. */
export function memberText(member: Pick<Member, 'id' | 'wishes'>): string {
  return `member ${member.id} (${member.wishes.clientId})`
}

/** `1 record`, `2 records`, `1,726 records`. */
export function countText(count: number, noun: string): string {
  return `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** `7`, `1,726`. Offsets are no counts: people copy them. */
export function numberText(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

export function nameOf({ topic, partition }: GroupPartition): string {
  return `partition ${partition} of ${topic}`
}

export function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** `0`, `0 and 3`, `0, 1, 2 and 5`, `0, 1, 2 and 40 more`. */
export function listText(items: readonly (string | number)[], max = 5): string {
  if (items.length <= 1) return items.join('')
  if (items.length <= max) return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
  return `${items.slice(0, max - 1).join(', ')} and ${numberText(items.length - max + 1)} more`
}

function pairText(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
