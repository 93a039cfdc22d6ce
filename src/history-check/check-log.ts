// The checks of what the logs hold: C1, C2, C5 to C9, C16. Each asks the observed log; none knows how it was made.
import type { Findings } from './findings.ts'
import { FAIL, OK } from './history.ts'
import type { KeyLog } from './key-log.ts'
import type { ObservedLog } from './observed-log.ts'

/**
 * What the history's readers read: `everything` from the start of each partition up to where they were last, or only the
 * `passages` between their seeks, as when consumers begin at the end and nobody reads all in the end.
 */
export type Reading = 'everything' | 'passages'

export function checkLog(observed: ObservedLog, findings: Findings, reading: Reading): void {
  const wasPassed = passedTests(observed, reading)
  checkDuplicates(observed, findings)
  checkAcknowledged(observed, findings, wasPassed)
  checkFinalReads(observed, findings)
  checkBatches(observed, findings, wasPassed)
  checkGaps(observed, findings)
}

type PassedTest = (offset: number) => boolean

/** For each partition: whether somebody should have read an offset. */
function passedTests({ logs, places }: ObservedLog, reading: Reading): readonly PassedTest[] {
  return logs.map(({ maxRead }, key) =>
    reading === 'everything' ? (offset) => offset <= maxRead : places.passed(key),
  )
}

/** C2. A value that was sent more than once may be there as often. */
function checkDuplicates(observed: ObservedLog, findings: Findings): void {
  const { history, excuses } = observed
  for (const sent of observed.readTwice) {
    const key = history.sends.key.get(history.sendOfValue.get(sent))
    const offsets = observed.offsetsOf(sent).filter((offset) => !excuses.isLost(key, offset))
    const sends = [...observed.sendsOf(sent)].filter(
      (send) => history.sends.outcome.get(send) !== FAIL,
    )
    if (offsets.length > Math.max(1, sends.length)) {
      const text = (): string =>
        `${history.sentValues.get(sent)} is at ${offsets.join(', ')}, sent ${sends.length} times`
      findings.add('C2', key, offsets[1], text)
    }
  }
}

/** C5 and C7: each acknowledged value by itself. */
function checkAcknowledged(
  observed: ObservedLog,
  findings: Findings,
  wasPassed: readonly PassedTest[],
): void {
  const { sends, sentValues } = observed.history
  for (let send = 0; send < sends.key.length; send++) {
    if (sends.outcome.get(send) !== OK) continue
    const key = sends.key.get(send)
    const base = sends.baseOffset.get(send)
    const start = sends.valuesStart.get(send)
    for (let index = 0; index < sends.valuesCount.get(send); index++) {
      const offset = base + index
      const readAt = observed.offsetOf(start + index)
      if (readAt === offset) continue
      const value = sentValues.get(start + index)
      if (Number.isNaN(readAt)) {
        if (wasPassed[key]?.(offset) === true && !mayBeMissing(observed, send, offset)) {
          findings.add('C5', key, offset, () => `${value} was acknowledged here, and never read`)
        }
      } else if (
        isElsewhere(observed, start + index, offset) &&
        !mayBeMissing(observed, send, offset)
      ) {
        findings.add('C7', key, offset, () => `${value} was acknowledged here, and is at ${readAt}`)
      }
    }
  }
}

/** True when a value was read, and no copy of it can be the one at this offset. */
function isElsewhere(observed: ObservedLog, sentIndex: number, offset: number): boolean {
  const offsets = observed.offsetsOf(sentIndex)
  if (offsets.includes(offset)) return false
  const { outcome } = observed.history.sends
  const others = [...observed.sendsOf(sentIndex)].filter((one) => outcome.get(one) !== FAIL)
  return offsets.length > others.length - 1
}

/** Dropped as it may be, or lost as its acknowledgement allowed. */
function mayBeMissing({ history, excuses }: ObservedLog, send: number, offset: number): boolean {
  const { key, invokedAt, isSynced } = history.sends
  if (excuses.isBeforeStart(key.get(send), offset)) return true
  return isSynced.get(send) === 0 && excuses.isLost(key.get(send), offset, invokedAt.get(send))
}

/** C6 of what was acknowledged, C16 of what was read: each final reader must have been given both. */
function checkFinalReads(observed: ObservedLog, findings: Findings): void {
  const { history, logs, excuses } = observed
  const { sends, sentValues, sendOfValue } = history
  for (const [process, seen] of observed.seenAtEnd) {
    const who = history.processes[process] ?? ''
    const readAt = observed.finalReadAt.get(process) ?? Number.POSITIVE_INFINITY
    for (let sent = 0; sent < sentValues.length; sent++) {
      const canonical = observed.canonical(sent)
      if (seen[canonical] === 1) continue
      const send = sendOfValue.get(sent)
      const key = sends.key.get(send)
      const value = sentValues.get(sent)
      if (sends.outcome.get(send) === OK) {
        const offset = sends.baseOffset.get(send) + sent - sends.valuesStart.get(send)
        if (!mayBeMissing(observed, send, offset)) {
          findings.add('C6', key, offset, () => `${value} was acknowledged, ${who} did not get it`)
        }
      }
      if (canonical !== sent) continue
      for (const offset of observed.offsetsOf(sent)) {
        const log = logs[key] as KeyLog
        if (log.sentAt(offset) !== sent || log.firstReadAt(offset) >= readAt) continue
        if (!excuses.isMissingRightly(key, offset)) {
          findings.add('C16', key, offset, () => `${value} was read, and ${who} did not get it`)
        }
      }
    }
  }
}

/** C9: a batch of which something was read is there as one piece, as far as anybody read. */
function checkBatches(
  observed: ObservedLog,
  findings: Findings,
  wasPassed: readonly PassedTest[],
): void {
  const { history, excuses } = observed
  const { sends, sentValues, valueTable } = history
  const isReadToEnd = history.finalReaders.length > 0
  for (let send = 0; send < sends.key.length; send++) {
    const count = sends.valuesCount.get(send)
    if (count === 1) continue
    const key = sends.key.get(send)
    const start = sends.valuesStart.get(send)
    // Of a value that was sent twice nobody knows which batch it is of.
    if (valueTable.hasRepeats && hasRepeats(observed, start, count)) continue
    let base = Number.NaN
    let missing = 0
    let problem: string | undefined
    for (let index = 0; index < count && problem === undefined; index++) {
      const offset = observed.offsetOf(start + index)
      if (Number.isNaN(offset)) missing += 1
      else if (Number.isNaN(base)) base = offset - index
      else if (offset !== base + index) {
        problem = `${sentValues.get(start + index)} is at ${offset}, not at ${base + index}`
      }
    }
    if (Number.isNaN(base)) continue
    for (let index = 0; index < count && missing > 0 && problem === undefined; index++) {
      const offset = base + index
      if (!Number.isNaN(observed.offsetOf(start + index))) continue
      if (excuses.isMissingRightly(key, offset)) continue
      if (isReadToEnd || wasPassed[key]?.(offset) === true) {
        problem = `${sentValues.get(start + index)} is not at ${offset}`
      }
    }
    if (problem !== undefined) {
      const text = problem
      findings.add('C9', key, base, () => `of the batch of ${count} at ${base}, ${text}`)
    }
  }
}

function hasRepeats(
  { history: { valueTable, sentValues } }: ObservedLog,
  start: number,
  count: number,
): boolean {
  for (let sent = start; sent < start + count; sent++) {
    if (valueTable.find(sentValues.get(sent)) !== sent || valueTable.earlier(sent) >= 0) return true
  }
  return false
}

/** C8 and C16: what readers were not given where they should have been. */
function checkGaps({ gaps, history, logs, excuses }: ObservedLog, findings: Findings): void {
  for (const { process, key, poll, fromOffset, endOffset } of gaps) {
    const log = logs[key] as KeyLog
    const who = history.processes[process] ?? ''
    const invokedAt = history.polls.invokedAt.get(poll)
    const end = Math.min(endOffset, log.maxRead + 1)
    let hole: number | undefined
    let vanished: number | undefined
    for (let offset = fromOffset; offset < end; offset++) {
      if (hole !== undefined && vanished !== undefined) break
      if (excuses.isMissingRightly(key, offset)) continue
      if (!log.isRead(offset)) hole ??= offset
      else if (log.firstReadAt(offset) < invokedAt) vanished ??= offset
    }
    if (hole !== undefined) {
      findings.add('C8', key, hole, () => `${who} passed over it, and nobody ever read it`)
    }
    if (vanished !== undefined) {
      findings.add('C16', key, vanished, () => `it was read before, and ${who} passed over it`)
    }
  }
}
