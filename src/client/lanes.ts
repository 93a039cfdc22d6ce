// Runs work of many partitions at once, within bounds: what has the same lane of a partition runs one after the other, in the
// order in which it was added; different lanes run beside each other. Invariants: at most `runningMax` run in all and
// `partitionRunningMax` of one partition; at most `queuedMax` wait; a partition that has work does not wait for ever behind
// others; within a partition what was added first and may run goes first, so that its finished prefix moves.

/** One piece of work. */
export interface LaneWork<Place extends object> {
  /** The partition, by identity. */
  readonly place: Place
  /** Work of the same lane keeps its order; undefined: a lane of its own. */
  readonly lane: number | undefined
  /** Grows from one piece of a partition to the next. */
  readonly order: number
  /** Must not reject. */
  run(): Promise<void>
}

export interface LaneBounds {
  readonly runningMax: number
  readonly partitionRunningMax: number
  readonly queuedMax: number
}

interface Queued<Place extends object> {
  readonly sequence: number
  readonly work: LaneWork<Place>
}

interface Lane<Place extends object> {
  readonly queue: Queued<Place>[]
}

interface PlaceState<Place extends object> {
  readonly place: Place
  /** Those that have something, running or waiting; lanes of a single piece are not here. */
  readonly lanes: Map<number, Lane<Place>>
  /** Those of which the first may run, the one that was added first at the front. */
  ready: Lane<Place>[]
  running: number
  /** It stands in `turns`. */
  hasTurn: boolean
  isCancelled: boolean
  onIdle: (() => void)[]
}

export class Lanes<Place extends object> {
  private readonly bounds: LaneBounds
  private readonly onRoom: () => void
  private readonly places = new Map<Place, PlaceState<Place>>()
  /** Partitions of which something may start, each once: whose turn is next comes first. */
  private turns: PlaceState<Place>[] = []
  private sequence = 0
  private runningCount = 0
  private queuedCount = 0
  private onIdle: (() => void)[] = []

  /** @param onRoom called when a piece of work ended: there may be room for another */
  constructor(bounds: LaneBounds, onRoom: () => void) {
    this.bounds = bounds
    this.onRoom = onRoom
  }

  get running(): number {
    return this.runningCount
  }

  /** Added and not begun. */
  get queued(): number {
    return this.queuedCount
  }

  /** Another piece may be added. */
  get hasRoom(): boolean {
    return this.queuedCount < this.bounds.queuedMax
  }

  /** Takes work, which begins at once where it may. To be asked `hasRoom` before. */
  add(work: LaneWork<Place>): void {
    if (!this.hasRoom) throw new Error('work is added beyond the bound')
    const state = this.stateOf(work.place)
    const queued = { sequence: this.sequence++, work }
    this.queuedCount++
    const known = work.lane === undefined ? undefined : state.lanes.get(work.lane)
    if (known !== undefined) {
      // It runs or waits already: what is before this one lets it go on.
      known.queue.push(queued)
      return
    }
    const lane = { queue: [queued] }
    if (work.lane !== undefined) state.lanes.set(work.lane, lane)
    state.ready.push(lane)
    this.giveTurn(state)
    this.start()
  }

  /**
   * Nothing of the partition behind `order` begins any more; what runs goes on. Of one that keeps nothing, work that is added
   * afterwards counts as of another one.
   * @returns how many were dropped
   */
  cancelBehind(place: Place, order: number): number {
    const state = this.places.get(place)
    if (state === undefined) return 0
    let dropped = 0
    for (const lane of new Set([...state.ready, ...state.lanes.values()])) {
      const kept = lane.queue.findIndex(({ work }) => work.order > order)
      if (kept !== -1) dropped += lane.queue.splice(kept).length
    }
    this.queuedCount -= dropped
    const emptied = new Set(state.ready.filter(({ queue }) => queue.length === 0))
    state.ready = state.ready.filter((lane) => !emptied.has(lane))
    for (const [name, lane] of state.lanes) if (emptied.has(lane)) state.lanes.delete(name)
    if (state.ready.length === 0) {
      this.turns = this.turns.filter((other) => other !== state)
      state.hasTurn = false
    }
    const isEmpty = [...state.ready, ...state.lanes.values()].every(
      ({ queue }) => queue.length === 0,
    )
    if (isEmpty) {
      state.lanes.clear()
      state.isCancelled = true
    }
    this.tellIdle(state)
    return dropped
  }

  /** Resolves when nothing of the partition runs or waits, or nothing at all. */
  idle(place?: Place): Promise<void> {
    const waiters = place === undefined ? this.onIdle : this.places.get(place)?.onIdle
    const isIdle = place === undefined && this.runningCount === 0 && this.queuedCount === 0
    if (waiters === undefined || isIdle) return Promise.resolve()
    return new Promise((resolve) => {
      waiters.push(resolve)
    })
  }

  private stateOf(place: Place): PlaceState<Place> {
    const known = this.places.get(place)
    if (known !== undefined && !known.isCancelled) return known
    const state: PlaceState<Place> = {
      place,
      lanes: new Map(),
      ready: [],
      running: 0,
      hasTurn: false,
      isCancelled: false,
      onIdle: [],
    }
    this.places.set(place, state)
    return state
  }

  private giveTurn(state: PlaceState<Place>): void {
    if (state.hasTurn || state.ready.length === 0) return
    if (state.running >= this.bounds.partitionRunningMax) return
    state.hasTurn = true
    this.turns.push(state)
  }

  private start(): void {
    while (this.runningCount < this.bounds.runningMax) {
      const state = this.turns.shift()
      if (state === undefined) return
      state.hasTurn = false
      const lane = state.ready.shift()
      const next = lane?.queue.shift()
      if (lane === undefined || next === undefined) continue
      this.queuedCount--
      this.runningCount++
      state.running++
      this.giveTurn(state)
      void next.work.run().then(() => {
        this.ended(state, lane, next.work.lane)
      })
    }
  }

  private ended(state: PlaceState<Place>, lane: Lane<Place>, name: number | undefined): void {
    this.runningCount--
    state.running--
    const [next] = lane.queue
    if (next !== undefined) insert(state.ready, lane, next.sequence)
    else if (name !== undefined && state.lanes.get(name) === lane) state.lanes.delete(name)
    this.giveTurn(state)
    this.start()
    this.tellIdle(state)
    this.onRoom()
  }

  private tellIdle(state: PlaceState<Place>): void {
    if (state.running > 0 || state.ready.length > 0) return
    if (this.places.get(state.place) === state) this.places.delete(state.place)
    for (const tell of state.onIdle.splice(0)) tell()
    if (this.runningCount > 0 || this.queuedCount > 0) return
    for (const tell of this.onIdle.splice(0)) tell()
  }
}

/** Keeps the lanes in the order of their first pieces. */
function insert<Place extends object>(
  ready: Lane<Place>[],
  lane: Lane<Place>,
  sequence: number,
): void {
  let low = 0
  let high = ready.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ready[middle]?.queue[0]?.sequence ?? Infinity) < sequence) low = middle + 1
    else high = middle
  }
  ready.splice(low, 0, lane)
}
