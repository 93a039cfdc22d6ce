// Where the journal of groups can be read from: the stretches of its log, each from the begin of a whole checkpoint up to the
// begin of the next one, with the wall clock of what lies in them. Invariants: the first stretch begins where the log does;
// positions decide what came before what, for the wall clock may go back.
import type { JournalStretch } from './journal-record.ts'
import type { StoredBatch } from './journal-writer.ts'

/** Each checkpoint lists the stretches before it. */
const STRETCHES_MAX = 1_000

/** Bytes and times of batches. */
interface Tally {
  bytes: number
  minTimeMs: number
  /** Of those from the checkpoint's end on. */
  minTimeKnownMs: number
  maxTimeMs: number
}

interface GrowingStretch extends Tally {
  readonly id: number
  readonly begin: number
  end: number
}

export class JournalStretches {
  #whole: GrowingStretch[]
  /** The checkpoint that is being written or passed. */
  #open: GrowingStretch | undefined
  #sinceBytes = 0
  #checkpointBytes = 0
  #lastId = 0

  /** @param isFromNothing no group was there before the first batch. */
  constructor(isFromNothing: boolean) {
    this.#whole = isFromNothing ? [newStretch(0, 0)] : []
  }

  /** The oldest first. Without any nothing can be known. */
  get all(): readonly JournalStretch[] {
    return this.#whole
  }

  /** The number of the last checkpoint, whole or not. */
  get lastId(): number {
    return this.#lastId
  }

  /** Bytes that a start would have to read besides the last checkpoint. */
  get sinceBytes(): number {
    return this.#sinceBytes
  }

  /** Bytes of the last checkpoint. */
  get checkpointBytes(): number {
    return this.#checkpointBytes
  }

  /** Bytes of everything. */
  get bytes(): number {
    let bytes = this.#open?.bytes ?? 0
    for (const stretch of this.#whole) bytes += stretch.bytes
    return bytes
  }

  /** The first moment of which everything is known: see `GroupJournal.knownFromMs`. */
  get knownFromMs(): number {
    const [first, ...later] = this.#whole
    if (first === undefined) return Infinity
    if (first.id === 0) return 0
    const times = later.map((stretch) => stretch.minTimeMs)
    return Math.min(first.minTimeKnownMs, this.#open?.minTimeMs ?? Infinity, ...times)
  }

  /** The earliest time in a stretch and, for the last one, in a checkpoint that is not whole yet. */
  minTimeMs(at: number): number {
    const own = this.#whole[at]?.minTimeMs ?? Infinity
    return at === this.#whole.length - 1 ? Math.min(own, this.#open?.minTimeMs ?? Infinity) : own
  }

  maxTimeMs(at: number): number {
    const own = this.#whole[at]?.maxTimeMs ?? -Infinity
    return at === this.#whole.length - 1 ? Math.max(own, this.#open?.maxTimeMs ?? -Infinity) : own
  }

  /** A batch was stored, or read. The batch of a marker is added after `begin` or `end` was called for it. */
  add({ bytes, timeMs }: StoredBatch): void {
    this.#sinceBytes += bytes
    const stretch = this.#open ?? this.#whole.at(-1)
    if (stretch === undefined) return
    stretch.bytes += bytes
    stretch.minTimeMs = Math.min(stretch.minTimeMs, timeMs)
    stretch.minTimeKnownMs = Math.min(stretch.minTimeKnownMs, timeMs)
    stretch.maxTimeMs = Math.max(stretch.maxTimeMs, timeMs)
  }

  /** What is there already when a checkpoint is passed that says what was before it. */
  recall(earlier: readonly JournalStretch[], logStart: number): void {
    if (this.#whole.length > 0) return
    this.#whole = earlier
      .filter(({ begin }) => begin >= logStart)
      .map((stretch) => ({ ...stretch }))
  }

  /** A checkpoint begins with the batch at `offset`. */
  begin(id: number, offset: number): void {
    this.abandon()
    this.#lastId = Math.max(this.#lastId, id)
    this.#open = newStretch(id, offset)
  }

  /** It ends with the batch at `offset`. */
  end(offset: number): void {
    if (this.#open === undefined) return
    this.#checkpointBytes = this.#open.bytes
    this.#sinceBytes = 0
    this.#whole.push({ ...this.#open, end: offset, minTimeKnownMs: Infinity })
    this.#open = undefined
    if (this.#whole.length > STRETCHES_MAX) this.#whole = joined(this.#whole)
  }

  /** It will have no end: what was stored since is of the stretch before. */
  abandon(): void {
    const last = this.#whole.at(-1)
    if (this.#open !== undefined && last !== undefined) {
      last.bytes += this.#open.bytes
      last.minTimeMs = Math.min(last.minTimeMs, this.#open.minTimeMs)
      last.minTimeKnownMs = Math.min(last.minTimeKnownMs, this.#open.minTimeMs)
      last.maxTimeMs = Math.max(last.maxTimeMs, this.#open.maxTimeMs)
    }
    this.#open = undefined
  }

  /** The first stretches went. */
  drop(count: number): void {
    this.#whole.splice(0, count)
  }

  /**
   * How many of the first stretches nothing asks for any more: the history that is left begins early enough without them, or has too
   * many bytes with them. Never the last one, from which the groups of now are known.
   */
  expired(limits: { readonly earliestMs: number; readonly bytesMax: number }): number {
    const whole = this.#whole
    let [count, { bytes }] = [0, this as { bytes: number }]
    while (count < whole.length - 1) {
      const [first, next] = [whole[count], whole[count + 1]]
      if (first === undefined || next === undefined) break
      const isOld = next.minTimeKnownMs <= limits.earliestMs
      if (!isOld && bytes <= limits.bytesMax) break
      bytes -= first.bytes
      count++
    }
    return count
  }

  /**
   * Where to read the last batch that was stored at `timeMs` or earlier: the number of the last stretch that has such a one; -1 when
   * there is none.
   */
  lastAt(timeMs: number): number {
    for (let at = this.#whole.length - 1; at >= 0; at--) {
      if (this.minTimeMs(at) <= timeMs) return at
    }
    return -1
  }
}

/** The older half in pairs: more has to be read there for the same answers. */
function joined(stretches: readonly GrowingStretch[]): GrowingStretch[] {
  const half = stretches.length >> 1
  const kept: GrowingStretch[] = []
  for (const [at, stretch] of stretches.entries()) {
    const before = kept.at(-1)
    if (at >= half || at % 2 === 0 || before === undefined) {
      kept.push({ ...stretch })
      continue
    }
    before.bytes += stretch.bytes
    before.minTimeMs = Math.min(before.minTimeMs, stretch.minTimeMs)
    before.minTimeKnownMs = Math.min(before.minTimeKnownMs, stretch.minTimeMs)
    before.maxTimeMs = Math.max(before.maxTimeMs, stretch.maxTimeMs)
  }
  return kept
}

function newStretch(id: number, begin: number): GrowingStretch {
  return {
    ...{ id, begin, end: begin, bytes: 0 },
    ...{ minTimeMs: Infinity, minTimeKnownMs: Infinity, maxTimeMs: -Infinity },
  }
}
