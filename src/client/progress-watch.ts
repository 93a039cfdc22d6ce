// Finds out that a consumer has stopped, by itself: something was begun, or is owed, and nothing came of it for long. Invariants:
// each standstill is told once, with its reason, and once more when it is over; a process that did not run at all is told apart
// from what that let wait.
import type { Cancel, Clock } from '../platform/clock.ts'

/** What a consumer waits for in vain. */
export type StuckReason =
  /** The program's handler (or the body of its loop) has a record or batch and does not finish it. */
  | 'handler'
  /** Records wait, and the program does not come for them: it left its loop, or never began one. */
  | 'loop'
  /** The broker answers no heartbeat. */
  | 'heartbeat'
  /** The broker sends nothing, not even a sign of life. */
  | 'fetch'
  /** A commit is not answered, or refused again and again. */
  | 'commit'
  /** The process did not run: something kept its event loop busy, or it was stopped. Told afterwards. */
  | 'event-loop'

/** Something does not go on; or that is over: it goes on again, or was given up. */
export interface StuckEvent {
  readonly reason: StuckReason
  /** For people. */
  readonly message: string
  /** How long it has been so, or was. */
  readonly ageMs: number
  readonly topic?: string
  readonly partition?: number
  /** Of the record or batch, or where the commit would be. */
  readonly offset?: number
  /** That it is over says no more than that nobody waits for it any longer: what hung may hang still. */
  readonly isGivenUp?: true
}

/** Where something happens; a partition, unless it concerns the consumer as a whole. */
export interface WatchedPlace {
  readonly topic: string
  readonly partition: number
}

export interface WatchOptions {
  readonly clock: Clock
  /** After so long without an end something is stuck. */
  readonly stuckAfterMs: number
  readonly onStuck: (event: StuckEvent) => void
  readonly onRecovered: (event: StuckEvent) => void
}

/** What a probe finds open. */
export interface Standing {
  readonly ageMs: number
  readonly place?: WatchedPlace | undefined
  readonly offset?: number | undefined
}

/** Something is owed for as long as this is open. */
interface Owed {
  readonly sinceMs: number
  readonly offset: number | undefined
}

const TICK_MS_MAX = 1_000
const TICKS_A_STANDSTILL = 4

/** What the watch looks at. */
interface Looked {
  readonly reason: StuckReason
  readonly isStuck: boolean
  /** Tells what has changed. @param dueAgeMs what is open for so long is stuck; Infinity finds only what is over */
  look(dueAgeMs: number): void
}

/** One kind of thing that may not end, in one place. */
export class Watched implements Looked {
  readonly reason: StuckReason
  readonly place: WatchedPlace | undefined
  private readonly watch: ProgressWatch
  /** By token, in the order in which they began. */
  private readonly owed = new Map<number, Owed>()
  private lastToken = 0
  private readonly told: Told

  /** Made by `ProgressWatch.add`. */
  constructor(watch: ProgressWatch, reason: StuckReason, place: WatchedPlace | undefined) {
    this.watch = watch
    this.reason = reason
    this.place = place
    this.told = new Told(watch, reason)
  }

  get isStuck(): boolean {
    return this.told.isStuck
  }

  /** How long the oldest that did not end has been open, in ms; undefined when nothing is. */
  get ageMs(): number | undefined {
    const oldest = this.oldest()
    return oldest === undefined ? undefined : this.watch.nowMs() - oldest.sinceMs
  }

  /** Of the oldest that did not end. */
  get offset(): number | undefined {
    return this.oldest()?.offset
  }

  /** Something begins. @returns what names it to `end` */
  begin(offset?: number): number {
    this.lastToken++
    this.owed.set(this.lastToken, { sinceMs: this.watch.nowMs(), offset })
    return this.lastToken
  }

  /**
   * It came to its end. A second time changes nothing.
   * @param isGivenUp nobody waits for its end any more, which may never come
   */
  end(token: number, isGivenUp = false): void {
    if (!this.owed.delete(token)) return
    this.look(Infinity, isGivenUp)
  }

  /** A sign of life: from now on the next one is owed. */
  renew(): void {
    this.owed.clear()
    this.look(Infinity)
    this.begin()
  }

  /** Nobody waits any more for what is owed. */
  giveUp(): void {
    this.owed.clear()
    this.look(Infinity, true)
  }

  look(dueAgeMs: number, isGivenUp = false): void {
    const { ageMs, offset, place } = this
    const standing = ageMs === undefined ? undefined : { ageMs, offset, place }
    this.told.look(standing, dueAgeMs, isGivenUp)
  }

  private oldest(): Owed | undefined {
    for (const owed of this.owed.values()) return owed
    return undefined
  }
}

/** Something that is known only when it is asked for. */
class Probed implements Looked {
  readonly reason: StuckReason
  private readonly probe: () => Standing | undefined
  private readonly told: Told

  constructor(watch: ProgressWatch, reason: StuckReason, probe: () => Standing | undefined) {
    this.reason = reason
    this.probe = probe
    this.told = new Told(watch, reason)
  }

  get isStuck(): boolean {
    return this.told.isStuck
  }

  look(dueAgeMs: number): void {
    this.told.look(this.probe(), dueAgeMs)
  }
}

/** What was told of one thing. */
class Told {
  private readonly watch: ProgressWatch
  private readonly reason: StuckReason
  private standstill:
    | { readonly sinceMs: number; readonly place: WatchedPlace | undefined }
    | undefined

  constructor(watch: ProgressWatch, reason: StuckReason) {
    this.watch = watch
    this.reason = reason
  }

  get isStuck(): boolean {
    return this.standstill !== undefined
  }

  /** @param isGivenUp if something is over, then because nobody waits for it any more */
  look(standing: Standing | undefined, dueAgeMs: number, isGivenUp = false): void {
    const { watch, reason, standstill } = this
    const ageMs = standing?.ageMs ?? 0
    if (standstill !== undefined) {
      if (ageMs >= watch.stuckAfterMs) return
      this.standstill = undefined
      const lasted = { ageMs: watch.nowMs() - standstill.sinceMs, place: standstill.place }
      watch.tellOver(reason, lasted, isGivenUp)
    } else if (standing !== undefined && ageMs >= dueAgeMs) {
      this.standstill = { sinceMs: watch.nowMs() - ageMs, place: standing.place }
      watch.tellStuck(reason, standing)
    }
  }
}

export class ProgressWatch {
  readonly stuckAfterMs: number
  private readonly options: WatchOptions
  private readonly tickMs: number
  private readonly all = new Set<Looked>()
  private stopTimer: Cancel | undefined
  private nextTickMs = 0
  private stuckTotal = 0

  constructor(options: WatchOptions) {
    this.options = options
    this.stuckAfterMs = options.stuckAfterMs
    this.tickMs = Math.max(1, Math.min(TICK_MS_MAX, options.stuckAfterMs / TICKS_A_STANDSTILL))
  }

  /** How often something was stuck. */
  get stuckCount(): number {
    return this.stuckTotal
  }

  /** Why it is stuck now, each reason once; empty while everything goes on. */
  get stuck(): StuckReason[] {
    const reasons = [...this.all].filter(({ isStuck }) => isStuck).map(({ reason }) => reason)
    return [...new Set(reasons)]
  }

  nowMs(): number {
    return this.options.clock.monotonicMs()
  }

  /** Begins to look. A second time changes nothing. */
  start(): void {
    if (this.stopTimer === undefined) this.arm()
  }

  /** Looks no more, and forgets everything; nothing is told of it. */
  stop(): void {
    this.stopTimer?.()
    this.stopTimer = undefined
    this.all.clear()
  }

  add(reason: StuckReason, place?: WatchedPlace): Watched {
    const watched = new Watched(this, reason, place)
    this.all.add(watched)
    return watched
  }

  /** Asks again and again. @param probe what has been open for how long; undefined: nothing */
  observe(reason: StuckReason, probe: () => Standing | undefined): void {
    this.all.add(new Probed(this, reason, probe))
  }

  /** It is of no interest any more: what was stuck counts as given up. */
  remove(watched: Watched): void {
    watched.giveUp()
    this.all.delete(watched)
  }

  /** Called by what is watched. */
  tellStuck(reason: StuckReason, standing: Standing): void {
    this.stuckTotal++
    this.options.onStuck(eventOf(reason, standing, stuckText(reason, standing)))
  }

  /** Called by what is watched. @param standing how long it lasted, and where */
  tellOver(reason: StuckReason, standing: Standing, isGivenUp: boolean): void {
    const subject = subjectOf(reason, standing.place)
    const since = seconds(standing.ageMs)
    const text = isGivenUp
      ? `${subject} was given up after ${since}: nobody waits for it any more, and it may still run`
      : `${subject} goes on after ${since}`
    const event = eventOf(reason, standing, text)
    this.options.onRecovered(isGivenUp ? { ...event, isGivenUp } : event)
  }

  private arm(): void {
    this.nextTickMs = this.nowMs() + this.tickMs
    this.stopTimer = this.options.clock.after(this.tickMs, () => {
      this.tick()
    })
  }

  private tick(): void {
    const lateMs = this.nowMs() - this.nextTickMs
    this.arm()
    if (lateMs >= this.stuckAfterMs / TICKS_A_STANDSTILL && lateMs >= TICK_MS_MAX) {
      this.tellStandstill(lateMs)
      // What waited meanwhile had no chance to be finished: it gets until the next look.
      return
    }
    for (const watched of this.all) watched.look(this.stuckAfterMs)
  }

  private tellStandstill(lateMs: number): void {
    this.stuckTotal++
    const message = `the process did not run for ${seconds(lateMs)}: its event loop was blocked, or it was stopped; no heartbeat can have been sent`
    this.options.onStuck({ reason: 'event-loop', message, ageMs: lateMs })
    const over = `the process runs again after ${seconds(lateMs)}`
    this.options.onRecovered({ reason: 'event-loop', message: over, ageMs: lateMs })
  }
}

function eventOf(
  reason: StuckReason,
  { ageMs, place, offset }: Standing,
  message: string,
): StuckEvent {
  return {
    reason,
    message,
    ageMs,
    ...(place === undefined ? {} : { topic: place.topic, partition: place.partition }),
    ...(offset === undefined ? {} : { offset }),
  }
}

function stuckText(reason: StuckReason, { ageMs, place, offset }: Standing): string {
  const at = offset === undefined ? '' : ` at offset ${offset}`
  const where = place === undefined ? '' : ` of ${place.topic}/${place.partition}${at}`
  const since = seconds(ageMs)
  switch (reason) {
    case 'handler':
      return `the handler${where} has not come to its end for ${since}`
    case 'loop':
      return `no loop of the program has asked for records for ${since}, and the partitions wait for it`
    case 'heartbeat':
      return `the broker has answered no heartbeat for ${since}`
    case 'fetch':
      return `the broker has sent nothing for ${since}, not even a sign of life`
    case 'commit':
      return `nothing${where} could be committed for ${since}`
    case 'event-loop':
      return `the process has not run for ${since}`
  }
}

function subjectOf(reason: StuckReason, place: WatchedPlace | undefined): string {
  const where = place === undefined ? '' : ` of ${place.topic}/${place.partition}`
  switch (reason) {
    case 'handler':
      return `the handler${where}`
    case 'loop':
      return 'the loop of the program'
    case 'heartbeat':
      return 'the session with the broker'
    case 'fetch':
      return 'reading'
    case 'commit':
      return `committing${where}`
    case 'event-loop':
      return 'the process'
  }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`
}
