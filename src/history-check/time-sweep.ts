// One walk through a history in the order of time, over several lanes of moments. What is checked in real time asks, when
// an operation begins, about what had ended before: with equal times a lane that is given first is visited first, so that
// beginnings are given before ends.

export interface Lane {
  /** Indexes, those of earlier times first. */
  readonly order: ArrayLike<number>
  readonly timeOf: (index: number) => number
  readonly visit: (index: number) => void
}

export function sweepTime(lanes: readonly Lane[]): void {
  const places = lanes.map(() => 0)
  const times = lanes.map((lane) => timeAt(lane, 0))
  for (;;) {
    let next = 0
    for (let lane = 1; lane < lanes.length; lane++) {
      if ((times[lane] as number) < (times[next] as number)) next = lane
    }
    if (times[next] === Number.POSITIVE_INFINITY) return
    const lane = lanes[next] as Lane
    const place = places[next] as number
    lane.visit(lane.order[place] as number)
    places[next] = place + 1
    times[next] = timeAt(lane, place + 1)
  }
}

/** A lane over a list of things. */
export function laneOf<T>(
  list: readonly T[],
  timeOf: (one: T) => number,
  visit: (one: T) => void,
): Lane {
  const sorted = list.toSorted((a, b) => timeOf(a) - timeOf(b))
  return {
    order: sorted.map((_, index) => index),
    timeOf: (index) => timeOf(sorted[index] as T),
    visit: (index) => {
      visit(sorted[index] as T)
    },
  }
}

function timeAt({ order, timeOf }: Lane, place: number): number {
  return place < order.length ? timeOf(order[place] as number) : Number.POSITIVE_INFINITY
}
