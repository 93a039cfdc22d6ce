// Balancing where members subscribe to different topics. A partition of the most loaded member may be wanted only by a
// member that is as loaded, which can pass on another one: a chain. From whoever has most for its weight the shortest
// chain to someone better off is looked for (breadth first over members and the topics they hold) and made; when there is
// none, nobody that was reached can be helped either, and all of them are settled. Each chain lowers the sum of the
// squared loads, so this ends; what it ends in is the best balance there is (no improving path is left, and loads are convex).
import { give, isLessLoaded, type Share, takeOf } from './share.ts'

/** One move: of a partition of `topic`, from one member to another. */
interface Move {
  readonly from: Share
  readonly topic: string
  readonly to: Share
}

/** @param subscribers the members of each topic. */
export function balanceByChains(
  shares: readonly Share[],
  subscribers: ReadonlyMap<string, readonly Share[]>,
): void {
  const settled = new Set<Share>()
  for (let source = mostLoaded(shares, settled); source !== undefined; ) {
    const reached = new Map<Share, Move | undefined>([[source, undefined]])
    const end = search(source, reached, subscribers)
    if (end === undefined) for (const share of reached.keys()) settled.add(share)
    else shift(end, reached)
    source = mostLoaded(shares, settled)
  }
}

/** Finds someone on whom one more weighs less than the last one weighs on the source. */
function search(
  source: Share,
  reached: Map<Share, Move | undefined>,
  subscribers: ReadonlyMap<string, readonly Share[]>,
): Share | undefined {
  const topicsSeen = new Set<string>()
  let row = [source]
  while (row.length > 0) {
    const next: Share[] = []
    for (const from of row) {
      for (const [topic, keys] of from.held) {
        if (keys.length === 0 || topicsSeen.has(topic)) continue
        topicsSeen.add(topic)
        for (const to of subscribers.get(topic) ?? []) {
          if (reached.has(to)) continue
          reached.set(to, { from, topic, to })
          next.push(to)
        }
      }
    }
    const best = leastLoaded(next)
    if (best !== undefined && helps(source, best)) return best
    row = next
  }
  return undefined
}

/** Makes the moves of the chain, the last one first. */
function shift(end: Share, reached: ReadonlyMap<Share, Move | undefined>): void {
  let move = reached.get(end)
  while (move !== undefined) {
    give(move.to, move.topic, takeOf(move.from, move.topic))
    move = reached.get(move.from)
  }
}

function helps(source: Share, target: Share): boolean {
  return (target.count + 1) * source.weight < source.count * target.weight
}

function mostLoaded(shares: readonly Share[], settled: ReadonlySet<Share>): Share | undefined {
  let most: Share | undefined
  for (const share of shares) {
    if (settled.has(share) || share.count === 0) continue
    if (most === undefined || share.count * most.weight > most.count * share.weight) most = share
  }
  return most
}

function leastLoaded(shares: readonly Share[]): Share | undefined {
  let least: Share | undefined
  for (const share of shares) if (least === undefined || isLessLoaded(share, least)) least = share
  return least
}
