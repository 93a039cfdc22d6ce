// When each record of a replay is due. Pure: it is told the time and keeps no timer. Everything is measured from an anchor, a moment
// of recorded time and the moment at which it is played, so errors of rounding do not add up; the anchor moves only with what changes
// the schedule: a command, a wait that is cut short, a client that is late.
import type { ReplayPace } from './replay-words.ts'

/** A moment of recorded time, when it is played, and how much was given before it since then. */
interface Anchor {
  readonly recordedMs: number
  readonly playedMs: number
  /** In the unit of the pace. */
  readonly given: number
}

export class Schedule {
  private currentPace: ReplayPace
  private anchor: Anchor | undefined
  /** Where playing begins, if that is not with the first record. */
  private beginMs: number | undefined
  /** Of the last record that was given, or of the last command: from there a wait is counted. */
  private waitFromMs = -Infinity
  private latestRecordedMs: number | undefined
  /** In the unit of the pace, since it was set. */
  private given = 0
  /** When the last record was given, and what it was in bytes. */
  private latest: { readonly atMs: number; readonly bytes: number } | undefined
  private pausedMs: number | undefined
  private delayed = 0

  /** @param playheadMs where playing begins, in recorded time; undefined: with the first record */
  constructor(pace: ReplayPace, playheadMs: number | undefined) {
    this.currentPace = pace
    this.beginMs = playheadMs
  }

  get pace(): ReplayPace {
    return this.currentPace
  }

  get isPaused(): boolean {
    return this.pausedMs !== undefined
  }

  /** By how much the client delayed it, in ms. */
  get delayedMs(): number {
    return this.delayed
  }

  /**
   * When the next record is due, on the clock that `nowMs` is of: -Infinity at once, Infinity while it is paused.
   * @param recordedMs its time; one before that of a record that was given (its partition had nothing then) is due at once
   */
  dueMs(recordedMs: number, nowMs: number): number {
    if (this.pausedMs !== undefined) return Infinity
    const pace = this.currentPace
    if (pace.kind === 'max') return -Infinity
    const anchor = this.anchored(recordedMs, nowMs)
    if (pace.kind !== 'speed') {
      return anchor.playedMs + ((this.given - anchor.given) * 1_000) / pace.perSecond
    }
    if (this.isOvertaken(recordedMs)) return -Infinity
    const dueMs = anchor.playedMs + (recordedMs - anchor.recordedMs) / pace.factor
    return Math.min(dueMs, this.waitFromMs + (pace.gapMaxMs ?? Infinity))
  }

  /** A record was given, due or not. @param bytes of it */
  gave(recordedMs: number, bytes: number, nowMs: number): void {
    const pace = this.currentPace
    const isOvertaken = this.isOvertaken(recordedMs)
    this.latestRecordedMs = Math.max(this.latestRecordedMs ?? -Infinity, recordedMs)
    this.latest = { atMs: nowMs, bytes }
    if (pace.kind === 'max' || (pace.kind === 'speed' && isOvertaken)) return
    if (this.pausedMs !== undefined) {
      // A step: the playhead stands on this record, and the next one is as far from it as ever.
      this.moveAnchor(recordedMs, this.pausedMs)
      this.given += pace.kind === 'bytes' ? bytes : 1
      return
    }
    const anchor = this.anchored(recordedMs, nowMs)
    if (pace.kind !== 'speed') {
      this.given += pace.kind === 'bytes' ? bytes : 1
      return
    }
    const asRecordedMs = anchor.playedMs + (recordedMs - anchor.recordedMs) / pace.factor
    const latestMs = this.waitFromMs + (pace.gapMaxMs ?? Infinity)
    if (asRecordedMs > latestMs) this.moveAnchor(recordedMs, latestMs)
    else this.waitFromMs = Math.max(this.waitFromMs, asRecordedMs)
  }

  pause(nowMs: number): void {
    this.pausedMs ??= nowMs
  }

  resume(nowMs: number): void {
    if (this.pausedMs === undefined) return
    const pausedForMs = nowMs - this.pausedMs
    this.pausedMs = undefined
    this.shift(pausedForMs)
  }

  /** The rest of the schedule is later by so much: there was nothing to give. */
  idle(byMs: number): void {
    this.shift(byMs)
  }

  /** The rest of the schedule is later by so much, because of the client. */
  delay(byMs: number): void {
    this.delayed += byMs
    this.shift(byMs)
  }

  /** Another pace from now on. The playhead stays where it is. @param headMs the time of the next record, if there is one */
  setPace(pace: ReplayPace, nowMs: number, headMs = Infinity): void {
    const atMs = this.pausedMs ?? nowMs
    const playheadNowMs = this.playheadMs(nowMs)
    const playheadMs = playheadNowMs === undefined ? undefined : Math.min(playheadNowMs, headMs)
    this.currentPace = pace
    this.given = 0
    this.anchor = undefined
    this.waitFromMs = atMs
    if (playheadMs === undefined) return
    const playedMs = Math.max(atMs, this.nextByRateMs(pace))
    this.anchor = { recordedMs: playheadMs, playedMs, given: 0 }
  }

  /** The playhead goes elsewhere. @param playheadMs undefined: to the record that comes next */
  seek(playheadMs: number | undefined): void {
    this.anchor = undefined
    this.given = 0
    this.latestRecordedMs = undefined
    this.latest = undefined
    this.beginMs = playheadMs
  }

  /** The recorded time that is played now; undefined before the first record, if that is where playing begins. */
  playheadMs(nowMs: number): number | undefined {
    const { anchor, currentPace: pace } = this
    if (pace.kind !== 'speed' || anchor === undefined) return this.latestRecordedMs ?? this.beginMs
    const movedMs = ((this.pausedMs ?? nowMs) - anchor.playedMs) * pace.factor
    return Math.max(anchor.recordedMs + movedMs, this.latestRecordedMs ?? -Infinity)
  }

  private isOvertaken(recordedMs: number): boolean {
    return this.latestRecordedMs !== undefined && recordedMs < this.latestRecordedMs
  }

  /** When a rate allows the next record behind the last one, whatever the pace was. */
  private nextByRateMs(pace: ReplayPace): number {
    if (this.latest === undefined || pace.kind === 'max' || pace.kind === 'speed') return -Infinity
    const units = pace.kind === 'bytes' ? this.latest.bytes : 1
    return this.latest.atMs + (units * 1_000) / pace.perSecond
  }

  private anchored(recordedMs: number, nowMs: number): Anchor {
    if (this.anchor !== undefined) return this.anchor
    const atMs = this.pausedMs ?? nowMs
    this.waitFromMs = atMs
    this.anchor = { recordedMs: this.beginMs ?? recordedMs, playedMs: atMs, given: this.given }
    return this.anchor
  }

  private moveAnchor(recordedMs: number, playedMs: number): void {
    this.anchor = { recordedMs, playedMs, given: this.given }
    this.waitFromMs = playedMs
  }

  private shift(byMs: number): void {
    this.waitFromMs += byMs
    if (this.anchor === undefined) return
    this.anchor = { ...this.anchor, playedMs: this.anchor.playedMs + byMs }
  }
}
