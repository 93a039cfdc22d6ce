// Judges a history: every check of CHECK_CLASSES, in time and memory that grow with the operations and records alone.
import { checkBounds } from './check-bounds.ts'
import type { CheckClass } from './check-class.ts'
import { checkCommits } from './check-commits.ts'
import { checkConflicts } from './check-conflicts.ts'
import { checkLiveness, checkReports, checkRot, type Liveness } from './check-faults.ts'
import { checkLog, type Reading } from './check-log.ts'
import { checkOrder } from './check-order.ts'
import { checkOwners } from './check-owners.ts'
import { Excuses } from './excuses.ts'
import { type Finding, Findings } from './findings.ts'
import type { History } from './history.ts'
import { ObservedLog } from './observed-log.ts'

export interface CheckOptions {
  /**
   * `everything`, the default: consumers began at the start, or final readers read it all. `passages`: they began
   * somewhere, and only what one of them went past without a seek must have been read.
   */
  readonly reading?: Reading
  /** Asks for C25: that nobody waits for long once all faults are over. */
  readonly liveness?: Liveness
}

export interface CheckResult {
  /** True when nothing at all was found. */
  readonly valid: boolean
  /** Findings of each class that was found. */
  readonly counts: Readonly<Partial<Record<CheckClass, number>>>
  /** The first of each class. */
  readonly findings: readonly Finding[]
}

export function checkHistory(history: History, options: CheckOptions = {}): CheckResult {
  const { reading = 'everything' } = options
  const findings = new Findings()
  const observed = new ObservedLog(history, new Excuses(history), findings)
  checkLog(observed, findings, reading)
  checkConflicts(observed, findings)
  checkOrder(observed, findings)
  checkBounds(observed, findings)
  checkCommits(history, findings)
  checkOwners(observed, findings)
  checkRot(observed, findings)
  checkReports(history, findings)
  if (options.liveness !== undefined) checkLiveness(history, options.liveness, findings)
  return {
    valid: findings.counts.size === 0,
    counts: Object.fromEntries(findings.counts),
    findings: findings.kept,
  }
}
