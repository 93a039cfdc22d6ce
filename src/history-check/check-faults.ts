// What must come of faults: the system is well again in time (C25), altered bytes are never served (C26), and a recovery
// reports what was done and nothing else (C27).
import type { Findings } from './findings.ts'
import { type FaultKind, type History, type KeyId, type Nemesis, OPEN } from './history.ts'
import type { ObservedLog } from './observed-log.ts'

export interface Liveness {
  /** How long after the last fault everybody must have got on, in the unit of the history. */
  readonly within: number
  /** When the history was ended. */
  readonly endedAt: number
}

type NemesisOf<K extends Nemesis['kind']> = Extract<Nemesis, { kind: K }>

function ofKind<K extends Nemesis['kind']>({ nemeses }: History, kind: K): NemesisOf<K>[] {
  return nemeses.filter((one): one is NemesisOf<K> => one.kind === kind)
}

/** C25. Says nothing of a history that ended before the time was over. */
export function checkLiveness(history: History, liveness: Liveness, findings: Findings): void {
  const healedAt = Math.max(...ofKind(history, 'heal').map(({ at }) => at))
  const stops = new Map(ofKind(history, 'stop').map(({ process, at }) => [process, at]))
  const { within, endedAt } = liveness
  const isAlive = (process: number): boolean => (stops.get(process) ?? Infinity) >= endedAt
  checkOperations(history, isAlive, endedAt - within, findings)
  const dueAt = healedAt + within
  if (dueAt <= endedAt && healedAt > Number.NEGATIVE_INFINITY) {
    checkUnowned(history, isAlive, dueAt, findings)
  }
}

/** What a process that lives on began before `dueAt` and never saw end. */
function checkOperations(
  history: History,
  isAlive: (process: number) => boolean,
  dueAt: number,
  findings: Findings,
): void {
  for (const [name, list] of [['send', history.sends] as const, ['poll', history.polls] as const]) {
    for (let index = 0; index < list.process.length; index++) {
      const process = list.process.get(index)
      const isWaiting = list.outcome.get(index) === OPEN && list.invokedAt.get(index) <= dueAt
      if (!isWaiting || !isAlive(process)) continue
      const who = history.processes[process] ?? ''
      const key = name === 'send' ? history.sends.key.get(index) : undefined
      findings.add('C25', key, undefined, () => `${name} ${index} of ${who} never ended`)
    }
  }
}

/** Partitions of groups with a living member that nobody owns at `dueAt`. */
function checkUnowned(
  history: History,
  isAlive: (process: number) => boolean,
  dueAt: number,
  findings: Findings,
): void {
  const wanted = new Map<string, Set<KeyId>>()
  for (const { group, process, keys, at } of history.subscriptions) {
    if (!isAlive(process) || at > dueAt) continue
    const ofGroup = wanted.get(group) ?? new Set()
    for (const key of keys) ofGroup.add(key)
    wanted.set(group, ofGroup)
  }
  const owned = new Map<string, Set<number>>()
  for (const { group, process, at, assigned, revoked } of history.rebalances) {
    if (at > dueAt) continue
    for (const key of revoked) owned.get(`${key} ${group}`)?.delete(process)
    for (const key of assigned) {
      const owners = owned.get(`${key} ${group}`) ?? new Set()
      owned.set(`${key} ${group}`, owners.add(process))
    }
  }
  for (const [group, keys] of wanted) {
    for (const key of keys) {
      if ([...(owned.get(`${key} ${group}`) ?? [])].some(isAlive)) continue
      findings.add('C25', key, undefined, () => `nobody of ${group} owns it`)
    }
  }
}

/** C26: of altered bytes nothing is served but what was there before. */
export function checkRot({ history, logs }: ObservedLog, findings: Findings): void {
  const rots = ofKind(history, 'rot')
  if (rots.length === 0) return
  const { polls, reads, readValues, sends, sentValues, sendOfValue, valueTable } = history
  const isRight = (key: KeyId, offset: number, value: number): boolean => {
    const sent = valueTable.find(value)
    if (sent < 0) return false
    const send = sendOfValue.get(sent)
    const base = sends.baseOffset.get(send)
    if (sends.key.get(send) !== key) return false
    return Number.isNaN(base)
      ? logs[key]?.valueAt(offset) === value
      : sentValues.get(sends.valuesStart.get(send) + offset - base) === value
  }
  for (let read = 0; read < reads.poll.length; read++) {
    const key = reads.key.get(read)
    const endedAt = polls.endedAt.get(reads.poll.get(read))
    const first = reads.firstOffset.get(read)
    const end = first + reads.valuesCount.get(read)
    for (const rot of rots) {
      if (rot.key !== key || endedAt < rot.at) continue
      for (let at = Math.max(first, rot.fromOffset); at < Math.min(end, rot.endOffset); at++) {
        const value = readValues.get(reads.valuesStart.get(read) + at - first)
        if (isRight(key, at, value)) continue
        findings.add('C26', key, at, () => 'its bytes were altered, and it was served')
      }
    }
  }
}

/** C27: each report against the faults since the one before. */
export function checkReports(history: History, findings: Findings): void {
  for (const [key] of history.keys.entries()) {
    let certain = new Set<FaultKind>()
    let possible = new Set<FaultKind>()
    const ofKey = [...ofKind(history, 'fault'), ...ofKind(history, 'recovery')]
      .filter((one) => one.key === key)
      .sort((a, b) => a.at - b.at)
    for (const one of ofKey) {
      if (one.kind === 'fault') {
        possible.add(one.fault)
        if (one.isCertain) certain.add(one.fault)
        continue
      }
      for (const fault of certain) {
        if (one.reported.includes(fault)) continue
        findings.add('C27', key, undefined, () => `no recovery reported that it was ${fault}`)
      }
      for (const fault of one.reported) {
        if (possible.has(fault)) continue
        findings.add('C27', key, undefined, () => `a recovery reported that it was ${fault}`)
      }
      certain = new Set()
      possible = new Set()
    }
  }
}
