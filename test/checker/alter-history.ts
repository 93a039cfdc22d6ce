// Makes something wrong in a history, at random: what a broken broker, network or recorder might have done to it.
import type { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { PlainHistory, PlainPoll, PlainRead } from './plain-history.ts'

export function alterHistory(history: PlainHistory, random: SeededRandom): void {
  const draw = (below: number): number => random.integer(below)
  const one = <T>(list: readonly T[]): T | undefined => list[draw(Math.max(1, list.length))]
  const poll = one(history.polls.filter(({ reads }) => reads.length > 0))
  const read = one(poll?.reads ?? [])
  const send = one(history.sends)
  const values = history.sends.flatMap((each) => each.values)
  const kind = draw(13)
  if (kind === 0 && read !== undefined) replace(read, draw, one(values) ?? 0)
  else if (kind === 1 && read !== undefined) replace(read, draw, Number.NaN)
  else if (kind === 2 && read !== undefined) replace(read, draw, 1_000_000 + draw(3))
  else if (kind === 3 && poll !== undefined && read !== undefined) split(poll, read, draw)
  else if (kind === 4 && poll !== undefined) poll.reads.pop()
  else if (kind === 5 && poll !== undefined && read !== undefined) poll.reads.push({ ...read })
  else if (kind === 6 && read !== undefined) read.values.pop()
  else if (kind === 7 && read !== undefined) read.values.reverse()
  else if (kind === 8 && send?.base !== undefined) send.base = Math.max(0, send.base + draw(7) - 3)
  else if (kind === 9 && send !== undefined && send.to !== undefined) {
    send.outcome = 'fail'
    send.base = undefined
  } else if (kind === 10) removeEverywhere(history, one(values))
  else if (kind === 11) moveRead(poll, read, draw)
  else {
    const bounds = one(history.bounds)
    if (bounds === undefined) return
    const { start, highWatermark } = bounds
    const later = { ...bounds, from: bounds.to + 1, to: bounds.to + 2 + draw(3) }
    history.bounds.push(
      { ...bounds, start: start + draw(3) },
      { ...later, highWatermark: Math.max(0, highWatermark - draw(3)), start: start + draw(3) },
    )
  }
  if (poll !== undefined) poll.reads = poll.reads.filter((each) => each.values.length > 0)
}

function replace(read: PlainRead, draw: (below: number) => number, value: number): void {
  read.values[draw(read.values.length)] = value
}

/** One record is missing in the middle of an answer. */
function split(poll: PlainPoll, read: PlainRead, draw: (below: number) => number): void {
  const at = draw(read.values.length)
  const rest = { key: read.key, at: read.at + at + 1, values: read.values.slice(at + 1) }
  read.values = read.values.slice(0, at)
  poll.reads.splice(poll.reads.indexOf(read) + 1, 0, rest)
}

/** Nobody is given it any more. */
function removeEverywhere(history: PlainHistory, value: number | undefined): void {
  const [key, offset] = history.polls
    .flatMap(({ reads }) => reads)
    .flatMap((read) => read.values.map((each, index) => [read.key, read.at + index, each] as const))
    .find(([, , each]) => each === value) ?? [undefined, 0]
  if (key === undefined) return
  for (const poll of history.polls) {
    for (const read of [...poll.reads]) {
      const index = offset - read.at
      if (read.key !== key || index < 0 || index >= read.values.length) continue
      split(poll, read, () => index)
    }
    poll.reads = poll.reads.filter((each) => each.values.length > 0)
  }
}

function moveRead(
  poll: PlainPoll | undefined,
  read: PlainRead | undefined,
  draw: (below: number) => number,
): void {
  if (poll === undefined || read === undefined) return
  const moved = { ...read, at: Math.max(0, read.at + draw(5) - 2) }
  poll.reads = poll.reads.map((each) => (each === read ? moved : each))
}
