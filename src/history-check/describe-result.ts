// The result of a check in words: what was found of which class, with the first examples.
import { CHECK_CLASSES, type CheckClass } from './check-class.ts'
import type { CheckResult } from './check-history.ts'
import type { Finding } from './findings.ts'
import type { History } from './history.ts'

/** @param examplesMax of each class; by default all that were kept */
export function describeResult(
  result: CheckResult,
  history: History,
  examplesMax = Number.POSITIVE_INFINITY,
): string {
  const { sends, polls, sentValues, readValues } = history
  const size =
    `${sends.key.length} sends of ${sentValues.length} records, ` +
    `${polls.process.length} polls that gave ${readValues.length}, ` +
    `${history.keys.length} partitions, ${history.processes.length} processes`
  if (result.valid) return `The history is in order: ${size}.`
  const lines = [`The history is not in order: ${size}.`]
  for (const [name, count] of Object.entries(result.counts)) {
    const checkClass = name as CheckClass
    const { name: title, meaning } = CHECK_CLASSES[checkClass]
    lines.push('', `${checkClass} ${title}: ${count} times (${meaning})`)
    const examples = result.findings.filter((finding) => finding.class === checkClass)
    for (const finding of examples.slice(0, examplesMax)) {
      lines.push(`  ${place(finding, history)}${finding.text}`)
    }
  }
  return lines.join('\n')
}

function place({ key, offset }: Finding, history: History): string {
  if (key === undefined) return ''
  const name = history.keys[key]?.name ?? `${key}`
  return offset === undefined ? `${name}: ` : `${name} at ${offset}: `
}
