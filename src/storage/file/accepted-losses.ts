// Offsets that are lost for good, and of which an operator said that it may stay so: holes in a partition that is whole otherwise.
// Readers go on behind a hole, as they do behind what Kafka's log cleaner took out; offsets are never given away again. The
// file is written by the offline repair alone, before it changes anything, and is only ever added to, so that no start and no
// damaged checkpoint forgets a loss.
//
//   varve accepted-losses 1
//   lost <first offset> <offset after the last>      in order, any number
//   crc <8 hex digits>
import { decodeCheckedText, encodeCheckedText } from './checked-text.ts'

const KIND = 'accepted-losses'
const VERSION = 1
export const ACCEPTED_LOSSES_BYTES_MAX = 16 * 1024 * 1024

export interface LostRange {
  readonly first: number
  /** The first offset that is not lost. */
  readonly next: number
}

export const NO_LOSSES: readonly LostRange[] = []

export function encodeAcceptedLosses(losses: readonly LostRange[]): Buffer {
  const lines = losses.map(({ first, next }) => `lost ${first} ${next}\n`)
  return encodeCheckedText(KIND, VERSION, lines.join(''))
}

/** The losses, or a sentence on why the file cannot be used. */
export function decodeAcceptedLosses(bytes: Buffer): readonly LostRange[] | string {
  const text = decodeCheckedText(bytes, KIND, VERSION)
  if (text.kind === 'damaged') return text.reason
  if (text.kind === 'version') return `its version ${text.version} is unknown`
  const losses: LostRange[] = []
  let last = -1
  for (const line of text.body.split('\n').slice(0, -1)) {
    const match = /^lost (\d{1,16}) (\d{1,16})$/.exec(line)
    const [first, next] = [Number(match?.[1]), Number(match?.[2])]
    const isGood = first > last && next > first && Number.isSafeInteger(next)
    if (!isGood) return 'its lines are malformed'
    losses.push({ first, next })
    last = next
  }
  return losses
}

/** Both lists as one, in order, ranges that touch joined. */
export function joinLosses(
  one: readonly LostRange[],
  other: readonly LostRange[],
): readonly LostRange[] {
  const joined: LostRange[] = []
  for (const range of [...one, ...other].sort((a, b) => a.first - b.first)) {
    const last = joined.at(-1)
    if (last !== undefined && range.first <= last.next) {
      joined[joined.length - 1] = { first: last.first, next: Math.max(last.next, range.next) }
    } else joined.push(range)
  }
  return joined
}

/** What of `range` is not in `losses`. */
export function withoutLosses(range: LostRange, losses: readonly LostRange[]): LostRange[] {
  const rest: LostRange[] = []
  let first = range.first
  for (const known of losses) {
    if (known.next <= first || known.first >= range.next) continue
    if (known.first > first) rest.push({ first, next: known.first })
    first = Math.max(first, known.next)
  }
  if (first < range.next) rest.push({ first, next: range.next })
  return rest
}

/** `offset` itself, or where it goes on when that is lost. */
export function afterLosses(losses: readonly LostRange[], offset: number): number {
  if (losses.length === 0) return offset
  const range = losses.find(({ first, next }) => first <= offset && offset < next)
  return range?.next ?? offset
}
