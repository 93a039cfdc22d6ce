// Verdicts of several repetitions as one.
import type { Verdict } from './figures.ts'

const FINDINGS_MAX = 16

/** Of nothing at all. */
export const NO_VERDICT: Verdict = {
  checked: false,
  valid: true,
  acknowledged: 0,
  readBack: 0,
  lost: 0,
  doubled: 0,
  reordered: 0,
  altered: 0,
  unexpected: 0,
  misplaced: 0,
  unknown: 0,
  findings: [],
}

export function addVerdicts(one: Verdict, other: Verdict): Verdict {
  return {
    checked: other.checked,
    valid: one.valid && other.valid,
    acknowledged: one.acknowledged + other.acknowledged,
    readBack: one.readBack + other.readBack,
    lost: one.lost + other.lost,
    doubled: one.doubled + other.doubled,
    reordered: one.reordered + other.reordered,
    altered: one.altered + other.altered,
    unexpected: one.unexpected + other.unexpected,
    misplaced: one.misplaced + other.misplaced,
    unknown: one.unknown + other.unknown,
    findings: [...one.findings, ...other.findings].slice(0, FINDINGS_MAX),
  }
}
