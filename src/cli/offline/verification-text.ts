// A verification as people read it.
import { formatBytes, formatCount, formatCounted, formatDuration } from '../../text/quantities.ts'
import { formatTable } from '../../text/table.ts'
import type { Finding } from './finding.ts'
import type { PartitionSummary } from './partition-check.ts'
import type { PartitionOutcome, RepairPlan } from './repair.ts'
import type { PartitionPlan } from './repair-plan.ts'
import type { Verification } from './verification.ts'

/** One finding: what and where on the first line, what to do on the second. */
export function findingText(finding: Finding): string {
  const { severity, code, message, advice } = finding
  const place = placeText(finding)
  return `${severity.padEnd(7)} ${code}${place === '' ? '' : `  ${place}`}\n        ${message}\n        -> ${advice}`
}

function placeText(finding: Finding): string {
  const { topic, topicId, partition, file, position, endPosition, firstOffset, nextOffset } =
    finding
  const name = topic === undefined || topic === '' ? topicId : topic
  const parts: string[] = []
  if (name !== undefined) parts.push(partition === undefined ? name : `${name}/${partition}`)
  if (file !== undefined) parts.push(file)
  if (position !== undefined) parts.push(`bytes ${position} to ${endPosition ?? position}`)
  if (firstOffset !== undefined && nextOffset !== undefined) {
    parts.push(`offsets ${firstOffset} to ${nextOffset - 1}`)
  }
  return parts.join(', ')
}

/** All partitions with their ends, to be compared with what was acknowledged. */
export function partitionsText(partitions: readonly PartitionSummary[]): string {
  return formatTable(
    [
      { heading: 'topic' },
      { heading: 'partition', align: 'right' },
      { heading: 'start', align: 'right' },
      { heading: 'end', align: 'right' },
      { heading: 'records', align: 'right' },
      { heading: 'segments', align: 'right' },
      { heading: 'size', align: 'right' },
      { heading: 'state' },
    ],
    partitions.map((partition) => [
      partition.topic === '' ? partition.topicId : partition.topic,
      String(partition.partition),
      offsetText(partition.startOffset),
      offsetText(partition.endOffset),
      String(partition.records),
      String(partition.segments),
      formatBytes(partition.bytes),
      partition.state,
    ]),
  )
}

function offsetText(offset: number): string {
  return offset < 0 ? '?' : String(offset)
}

/** The last line. */
export function totalsText({ totals, wasClean }: Verification): string {
  const { topics, partitions, segments, batches, records, bytes, durationMs } = totals
  const counts = [
    formatCounted(topics, 'topic'),
    formatCounted(partitions, 'partition'),
    formatCounted(segments, 'segment'),
    `${formatCount(batches)} ${batches === 1 ? 'batch' : 'batches'}`,
    formatCounted(records, 'record'),
    formatBytes(bytes),
  ].join(', ')
  const { errors, warnings, infos } = totals
  const result =
    errors + warnings === 0
      ? `nothing is wrong${infos > 0 ? ` (${formatCounted(infos, 'note')})` : ''}`
      : `${formatCounted(errors, 'error')}, ${formatCounted(warnings, 'warning')}, ${formatCounted(infos, 'note')}`
  const stop = wasClean ? 'stopped cleanly' : 'not stopped cleanly: the next start recovers'
  return `${counts} in ${formatDuration(durationMs)}; ${stop}\n${result}`
}

/** What would be done. */
export function planText(plan: RepairPlan): string {
  const lines = ['a repair would:', ...plan.steps.map((step) => `  ${step}`)]
  for (const partition of plan.partitions) lines.push(...stepLines(partition))
  return lines.join('\n')
}

/** What was done. */
export function repairText(plan: RepairPlan, outcomes: readonly PartitionOutcome[]): string {
  const lines = ['repaired:', ...plan.steps.map((step) => `  ${step}`)]
  for (const { plan: partition, failure } of outcomes) {
    lines.push(...stepLines(partition))
    if (failure !== undefined) {
      lines.push(`    FAILED: ${failure}; nothing is lost by it, run the repair again`)
    }
  }
  return lines.join('\n')
}

/** What cannot be done without giving records up; empty when there is no such thing. */
export function refusedText(plan: RepairPlan): string {
  const lines: string[] = []
  for (const { check, refused } of plan.partitions) {
    for (const { first, next } of refused) {
      lines.push(`  ${nameOf(check.summary)}: offsets ${first} to ${next - 1}`)
    }
  }
  if (lines.length === 0) return ''
  return [
    'not repaired, because these records would be given up for good; --accept-loss does it:',
    ...lines,
  ].join('\n')
}

function stepLines({ check, steps }: PartitionPlan): string[] {
  if (steps.length === 0) return []
  return [`  ${nameOf(check.summary)}:`, ...steps.map((step) => `    ${step}`)]
}

function nameOf({ topic, topicId, partition }: PartitionSummary): string {
  return `${topic === '' ? topicId : topic}/${partition}`
}
