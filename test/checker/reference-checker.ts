// The same judgement once more, as plainly as it can be written: every rule by its definition, each record against each
// other one. For small histories of synced partitions; what the real checker finds in them must be exactly this.
import type { PlainHistory, PlainPoll, PlainSend } from './plain-history.ts'

interface Seen {
  readonly key: string
  readonly offset: number
  readonly value: number
  readonly poll: PlainPoll
}

/** The classes found, of C1 to C17, sorted by their names. */
export function referenceClasses(history: PlainHistory): string[] {
  const found = new Set<string>()
  const { sends, bounds, finals } = history
  // As they are told: each when it is ended.
  const polls = history.polls.toSorted((a, b) => a.to - b.to)
  const seen: Seen[] = polls.flatMap((poll) =>
    poll.reads.flatMap(({ key, at, values }) =>
      values.map((value, index) => ({ key, offset: at + index, value, poll })),
    ),
  )
  const records = seen.filter(({ value }) => !Number.isNaN(value))
  const sendOf = (value: number): PlainSend | undefined =>
    sends.find((send) => send.values.includes(value))
  const ours = records.filter(({ value, key }) => sendOf(value)?.key === key)
  const maxRead = (key: string): number =>
    Math.max(-1, ...records.filter((one) => one.key === key).map((one) => one.offset))
  const acked = sends.flatMap((send) =>
    send.outcome === 'ok' && send.base !== undefined
      ? send.values.map((value, index) => ({ value, send, offset: (send.base ?? 0) + index }))
      : [],
  )
  const offsetsOf = (value: number): number[] => [
    ...new Set(ours.filter((one) => one.value === value).map((one) => one.offset)),
  ]

  const claims = [
    ...records.map(({ key, offset, value }) => ({ key, offset, value })),
    ...acked.map(({ send, offset, value }) => ({ key: send.key, offset, value })),
  ]
  for (const a of claims) {
    for (const b of claims) {
      if (a.key === b.key && a.offset === b.offset && a.value !== b.value) found.add('C1')
    }
  }
  for (const a of ours) if (offsetsOf(a.value).length > 1) found.add('C2')
  for (const { value, key, poll } of seen) {
    const send = sendOf(value)
    if (send?.key !== key || poll.to < send.from) found.add('C3')
    if (send?.key === key && send.outcome === 'fail') found.add('C4')
  }
  for (const { value, offset, send } of acked) {
    const offsets = offsetsOf(value)
    if (offsets.length === 0 && offset <= maxRead(send.key)) found.add('C5')
    if (offsets.length > 0 && !offsets.includes(offset)) found.add('C7')
    for (const reader of finals) {
      if (!records.some((one) => one.poll.process === reader && one.value === value))
        found.add('C6')
    }
  }
  for (const { key, values } of sends) {
    const places = values.map((value) => ours.find((one) => one.value === value)?.offset)
    const first = places.findIndex((place) => place !== undefined)
    if (first < 0) continue
    const base = (places[first] ?? 0) - first
    for (const [index, place] of places.entries()) {
      const isDue = base + index >= 0 && (finals.length > 0 || base + index <= maxRead(key))
      if (place === undefined ? isDue : place !== base + index) found.add('C9')
    }
  }
  for (const step of steps(history, polls)) {
    const { key, from, offset, poll } = step
    if (step.isSamePoll) found.add('C12')
    else found.add(offset > from ? 'C10' : 'C11')
    for (let at = from; at < Math.min(offset, maxRead(key) + 1); at++) {
      const reads = records.filter((one) => one.key === key && one.offset === at)
      if (reads.length === 0) found.add('C8')
      const first = reads[0]?.value
      if (reads.some((one) => one.value === first && one.poll.to < poll.from)) found.add('C16')
    }
  }
  for (const a of records) {
    for (const b of records) {
      const isSamePlace = a.key === b.key && a.offset === b.offset
      if (isSamePlace && a.value !== b.value && a.poll.to < b.poll.from) found.add('C16')
    }
    if (!ours.includes(a)) continue
    for (const reader of finals) {
      const readerPolls = polls.filter((poll) => poll.process === reader)
      const began = Math.min(...readerPolls.map((poll) => poll.from))
      const isMissing = !records.some((one) => one.poll.process === reader && one.value === a.value)
      const first = records.find((one) => one.key === a.key && one.offset === a.offset)
      if (isMissing && first?.value === a.value && a.poll.to < began) found.add('C16')
    }
  }
  const places = sends.map((send) => ({ send, at: placeOf(send, offsetsInOrder(ours)) }))
  for (const a of places) {
    for (const b of places) {
      if (a.send.outcome !== 'ok' || a.send.key !== b.send.key || a.send === b.send) continue
      const isBehind = (a.at ?? 0) + a.send.values.length > (b.at ?? Number.POSITIVE_INFINITY)
      if (!isBehind) continue
      const isSameProcess = a.send.process === b.send.process
      if (isSameProcess && a.send.from < b.send.from) found.add('C13')
      if ((a.send.to ?? Number.POSITIVE_INFINITY) < b.send.from) found.add('C14')
    }
  }
  for (const told of bounds) {
    const isAfter = (at: number): boolean => at < told.from
    for (const { key, offset, poll } of seen) {
      if (key === told.key && isAfter(poll.to) && told.highWatermark <= offset) found.add('C15')
    }
    for (const before of bounds) {
      if (before.key !== told.key || !isAfter(before.to)) continue
      if (told.highWatermark < before.highWatermark) found.add('C15').add('C17')
      if (told.start < before.start) found.add('C17')
    }
  }
  return [...found].sort()
}

type FirstOffset = (value: number) => number | undefined

function offsetsInOrder(ours: readonly Seen[]): FirstOffset {
  return (value) => ours.find((one) => one.value === value)?.offset
}

/** Of the first record of a send, where that is known. */
function placeOf(send: PlainSend, offsetOf: FirstOffset): number | undefined {
  return send.outcome === 'ok' ? send.base : offsetOf(send.values[0] ?? -1)
}

interface Step {
  readonly key: string
  /** What should have come. */
  readonly from: number
  readonly offset: number
  readonly poll: PlainPoll
  readonly isSamePoll: boolean
}

/** Where a process was given something else than what comes next. */
function steps({ seeks }: PlainHistory, polls: readonly PlainPoll[]): Step[] {
  const wrong: Step[] = []
  const runs = polls.flatMap((poll) => poll.reads.map((read) => ({ ...read, poll })))
  for (const [index, run] of runs.entries()) {
    const { key, poll, at: offset } = run
    const before = runs
      .slice(0, index)
      .findLast((one) => one.key === key && one.poll.process === poll.process)
    const seek = seeks
      .filter((one) => one.process === poll.process && one.key === key && one.at < poll.from)
      .toSorted((a, b) => a.at - b.at)
      .at(-1)
    const isSought = seek !== undefined && (before === undefined || seek.at > before.poll.to)
    const from = isSought ? seek.offset : before && before.at + before.values.length
    if (from === undefined || from === offset) continue
    wrong.push({ key, from, offset, poll, isSamePoll: before?.poll === poll })
  }
  return wrong
}
