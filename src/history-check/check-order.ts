// The order of sends: what one process sends later lies behind (C13), and what was acknowledged before something else was
// begun lies before it (C14). The offset of a send is the one acknowledged, or for one of unknown outcome the one at which
// it was read.
import type { Findings } from './findings.ts'
import { type History, type KeyId, OK } from './history.ts'
import type { ObservedLog } from './observed-log.ts'
import { indexesByKey, sortedBy } from './sorted-indexes.ts'
import { laneOf, sweepTime } from './time-sweep.ts'

export function checkOrder(observed: ObservedLog, findings: Findings): void {
  const { history } = observed
  checkProcesses(observed, findings)
  for (const [key, sends] of indexesByKey(history.sends.key, history.keys.length).entries()) {
    checkRealTime(key, sends, observed, findings)
  }
}

/** C13. Of an earlier send of unknown outcome nobody knows when it came in, and so it binds no later one. */
function checkProcesses(observed: ObservedLog, findings: Findings): void {
  const { history, excuses } = observed
  const { sends } = history
  /** Of each process in each partition the acknowledged send that lies furthest out. */
  const furthest = new Map<number, number>()
  for (let send = 0; send < sends.key.length; send++) {
    const offset = offsetOfSend(observed, send)
    if (Number.isNaN(offset)) continue
    const key = sends.key.get(send)
    const number = sends.process.get(send) * history.keys.length + key
    const before = furthest.get(number)
    const end = before === undefined ? 0 : endOf(history, before)
    if (before !== undefined && offset < end) {
      if (excuses.isLost(key, end - 1, sends.invokedAt.get(before))) {
        furthest.delete(number)
      } else {
        const who = history.processes[sends.process.get(send)] ?? ''
        findings.add('C13', key, offset, () => `${who} sent this after what is at ${end - 1}`)
        continue
      }
    }
    if (sends.outcome.get(send) === OK) furthest.set(number, send)
  }
}

/** C14. */
function checkRealTime(
  key: KeyId,
  ofKey: Int32Array,
  observed: ObservedLog,
  findings: Findings,
): void {
  const { history, excuses } = observed
  const { sends } = history
  /** One past the last offset that was acknowledged so far. */
  let end = 0
  const losses = laneOf(
    excuses.lossesOf(key),
    ({ at }) => at,
    ({ fromOffset }) => {
      end = Math.min(end, fromOffset)
    },
  )
  const begun = {
    order: sortedBy(ofKey, sends.invokedAt),
    timeOf: (send: number) => sends.invokedAt.get(send),
    visit: (send: number) => {
      const offset = offsetOfSend(observed, send)
      if (!(offset < end)) return
      // It came in after a loss that took what was acknowledged before it began.
      if (excuses.isLost(key, offset, sends.invokedAt.get(send))) return
      const acknowledged = end - 1
      findings.add('C14', key, offset, () => `it was sent when ${acknowledged} was acknowledged`)
    },
  }
  const acknowledged = {
    order: sortedBy(
      ofKey.filter((send) => sends.outcome.get(send) === OK),
      sends.endedAt,
    ),
    timeOf: (send: number) => sends.endedAt.get(send),
    visit: (send: number) => {
      end = Math.max(end, endOf(history, send))
    },
  }
  // A loss at the same moment as another thing may have been before or after it.
  sweepTime([losses, begun, acknowledged, losses])
}

/** Of its first record; NaN when nobody knows. */
function offsetOfSend(observed: ObservedLog, send: number): number {
  const { sends, valueTable, sentValues } = observed.history
  if (sends.outcome.get(send) === OK) return sends.baseOffset.get(send)
  const first = sends.valuesStart.get(send)
  // Of a value that was sent twice nobody knows which send it was that came in.
  if (valueTable.hasRepeats) {
    const last = valueTable.find(sentValues.get(first))
    if (last !== first || valueTable.earlier(last) >= 0) return Number.NaN
  }
  return observed.offsetOf(first)
}

function endOf({ sends }: History, send: number): number {
  return sends.baseOffset.get(send) + sends.valuesCount.get(send)
}
