// How many partitions each member gets where all may have all: in proportion to weights, by the divisor method of D'Hondt
// (each partition to whom it weighs least on). Equal weights differ by at most one. Everyone gets at least its share
// rounded down, so only the rest is given out one by one. Among equals those come first that had more than their number
// anyway: what they keep need not move.

export interface QuotaMember {
  readonly weight: number
  /** What it has now. */
  readonly count: number
}

/** @returns for each member, in their order. */
export function quotas(total: number, members: readonly QuotaMember[]): number[] {
  const weights = members.reduce((sum, { weight }) => sum + weight, 0)
  const numbers = members.map(({ weight }) => Math.floor((total * weight) / weights))
  let rest = total - numbers.reduce((sum, number) => sum + number, 0)
  if (members.every(({ weight }) => weight === members[0]?.weight)) {
    // One more for each of `rest` members: those with most, for they have it already.
    const order = members.map((member, index) => ({
      index,
      keeps: member.count > (numbers[index] ?? 0),
    }))
    order.sort((a, b) => Number(b.keeps) - Number(a.keeps) || a.index - b.index)
    for (const { index } of order.slice(0, rest)) numbers[index] = (numbers[index] ?? 0) + 1
    return numbers
  }
  for (; rest > 0; rest--) {
    const index = nextToServe(members, numbers)
    numbers[index] = (numbers[index] ?? 0) + 1
  }
  return numbers
}

function nextToServe(members: readonly QuotaMember[], numbers: readonly number[]): number {
  let best = 0
  members.forEach((member, index) => {
    const [mine, its] = [numbers[index] ?? 0, numbers[best] ?? 0]
    const other = members[best] ?? member
    const difference = (mine + 1) * other.weight - (its + 1) * member.weight
    const keeps = member.count > mine && other.count <= its
    if (difference < 0 || (difference === 0 && keeps)) best = index
  })
  return best
}
