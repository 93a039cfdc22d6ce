// Writes the history of a chaos run that is not in order, for people and for the checker, into the working directory.
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import type { ChaosEvidence } from '../../bench/chaos/chaos-run.ts'

/** @returns the files: all events as JSON lines, and a page that shows what was found */
export function writeHistory(evidence: ChaosEvidence, name: string): string[] {
  const lines = `${name}.jsonl`
  const file = openSync(lines, 'w')
  try {
    for (const line of evidence.lines()) writeSync(file, `${line}\n`)
  } finally {
    closeSync(file)
  }
  const page = `${name}.html`
  writeFileSync(page, evidence.page())
  return [lines, page]
}
