// The work on one partition during one stay of it: what waits to be begun, what is open, and how far everything is finished.
// Invariants: pieces begin in the order in which they came; `prefix` knows every piece that was begun.

import { murmur2 } from '../domain/murmur2.ts'
import type { Offset } from '../domain/offset.ts'
import { offsetAfter } from '../domain/offset.ts'
import type { ConsumerBatch, ConsumerRecord, TopicPartition } from './consumer-types.ts'
import { FinishedPrefix, type PieceTicket } from './finished-prefix.ts'
import type { WorkContent } from './handler-call.ts'
import type { Watched } from './progress-watch.ts'
import type { WorkPlace, WorkState } from './work-source.ts'

/** A record, or a batch where the program takes batches. */
export interface Piece {
  readonly content: WorkContent
  readonly offset: Offset
  readonly nextOffset: Offset
  /** What it holds on to, about. */
  readonly bytes: number
  /** Pieces of the same lane come one after the other; undefined: with none. */
  readonly lane: number | undefined
}

/** How pieces are made of a batch. */
export type Cut = 'batches' | 'in-order' | 'by-key'

/** What an object costs beside its bytes, about. */
const PIECE_OVERHEAD_BYTES = 200

export class PartitionWork implements TopicPartition {
  readonly topic: string
  readonly partition: number
  readonly place: WorkPlace
  readonly prefix: FinishedPrefix
  /** Of the handlers that are under way. */
  readonly watched: Watched
  /** The program's signal. */
  readonly abort = new AbortController()
  /** Ends waits of ours: nothing begins any more. */
  readonly leaving = new AbortController()
  /** Nothing behind this piece begins. */
  lastTicket: PieceTicket = Infinity
  /** Abandons what is under way, one call each. */
  readonly abandon = new Set<() => void>()
  /** It was not accepted when it was last asked for. */
  isWaitedFor = false
  private readonly failing = new Map<Piece, { readonly sinceMs: number; readonly text: string }>()
  private pending: Piece[] = []
  private pendingIndex = 0
  private bytesInHand = 0
  private latestBegun: PieceTicket = -1
  /** Since when something waits and no handler runs. */
  private waitingSinceMs: number | undefined

  constructor(place: WorkPlace, start: Offset, aheadMax: number, watched: Watched) {
    this.topic = place.topic
    this.partition = place.partition
    this.place = place
    this.prefix = new FinishedPrefix(start, aheadMax)
    this.watched = watched
  }

  /** Something waits to be begun. */
  get hasPending(): boolean {
    return this.pendingIndex < this.pending.length
  }

  /** Takes what came. @returns its bytes, about */
  take(batch: ConsumerBatch, cut: Cut, nowMs: number): number {
    if (this.prefix.open === 0) this.waitingSinceMs = nowMs
    const pieces = cutBatch(batch, cut)
    this.pending = this.hasPending ? [...this.pending.slice(this.pendingIndex), ...pieces] : pieces
    this.pendingIndex = 0
    const bytes = pieces.reduce((sum, piece) => sum + piece.bytes, 0)
    this.bytesInHand += bytes
    return bytes
  }

  /** The next piece to begin, which counts as handed out. */
  begin(): { readonly piece: Piece; readonly ticket: number } | undefined {
    const piece = this.pending[this.pendingIndex]
    if (piece === undefined || !this.prefix.hasRoom) return undefined
    this.pendingIndex++
    if (!this.hasPending) {
      this.pending = []
      this.pendingIndex = 0
    }
    return { piece, ticket: this.prefix.handOut(piece.offset, piece.nextOffset) }
  }

  /** A handler has it. */
  begun(ticket: PieceTicket): void {
    this.latestBegun = Math.max(this.latestBegun, ticket)
  }

  /**
   * The partition leaves. With `inOrder`, what waits before a piece that has begun may still begin: else that one, finished, would
   * lie behind a gap and come again. Without, nothing begins any more.
   */
  leave(inOrder: boolean): void {
    this.leaving.abort()
    this.endBehind(inOrder ? this.latestBegun : -1)
    this.pending = []
    this.pendingIndex = 0
  }

  /** Nothing behind this piece begins any more. */
  endBehind(ticket: PieceTicket): void {
    this.lastTicket = Math.min(this.lastTicket, ticket)
  }

  /** What is still under way concerns nobody. @returns the bytes that were in hand */
  forget(): number {
    for (const abandon of [...this.abandon]) abandon()
    const bytes = this.bytesInHand
    this.bytesInHand = 0
    return bytes
  }

  /** A handler failed, and the piece is neither given up nor tried again yet. */
  failed(piece: Piece, sinceMs: number, text: string): void {
    this.failing.set(piece, { sinceMs: this.failing.get(piece)?.sinceMs ?? sinceMs, text })
  }

  /** The piece is done with, well or not. @returns the bytes that are not in hand any more */
  settled(piece: Piece, nowMs: number): number {
    this.waitingSinceMs = nowMs
    this.failing.delete(piece)
    const bytes = Math.min(piece.bytes, this.bytesInHand)
    this.bytesInHand -= bytes
    return bytes
  }

  stateAt(nowMs: number): WorkState | undefined {
    for (const { sinceMs, text } of this.failing.values()) {
      return { state: 'handler-failed', ageMs: nowMs - sinceMs, text }
    }
    const { ageMs, offset } = this.watched
    if (ageMs !== undefined) return { state: 'in-handler', ageMs, text: `offset ${offset ?? 0}` }
    const { waitingSinceMs } = this
    if (waitingSinceMs === undefined || (this.prefix.open === 0 && !this.hasPending)) {
      return undefined
    }
    const text = 'waits for a handler that is free'
    return { state: 'waiting', ageMs: nowMs - waitingSinceMs, text }
  }
}

function cutBatch(batch: ConsumerBatch, cut: Cut): Piece[] {
  const { records, nextOffset } = batch
  if (cut === 'batches') {
    const bytes = records.reduce((sum, record) => sum + bytesOf(record), 0)
    const [first] = records
    if (first === undefined) return []
    return [{ content: batch, offset: first.offset, nextOffset, bytes, lane: 0 }]
  }
  const lastIndex = records.length - 1
  return records.map((record, index) => ({
    content: record,
    offset: record.offset,
    nextOffset: index === lastIndex ? nextOffset : offsetAfter(record.offset, 1),
    bytes: bytesOf(record),
    lane: cut === 'in-order' ? 0 : laneOf(record),
  }))
}

/** Two keys may share a lane: that costs a little concurrency and no order. */
function laneOf({ key }: ConsumerRecord): number | undefined {
  return key === null ? undefined : murmur2(key)
}

function bytesOf({ key, value }: ConsumerRecord): number {
  return PIECE_OVERHEAD_BYTES + (key?.length ?? 0) + (value?.length ?? 0)
}
