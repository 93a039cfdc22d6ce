// What a consumer says of each partition that it holds, for those who ask why nothing arrives. Invariant: what is told once is
// told again only when it has changed, or when whoever listens may have missed it.
import { LIMITS } from '../domain/limits.ts'
import type { PartitionProgress, ProgressStateName } from '../protocol/grpc/messages.ts'
import type { ClientContext } from './client-context.ts'
import type { HeldPartition } from './held-partition.ts'

/** How it is with a partition now. */
export interface PartitionState {
  readonly state: ProgressStateName
  /** Since which monotonic moment; undefined: since it was first seen so. */
  readonly sinceMs?: number
  /** More, for people. */
  readonly text?: string
}

/** Whoever knows what becomes of what is handed out. Undefined: nothing special, records are handed out as they come. */
export interface ProgressSource {
  stateOf(held: HeldPartition): PartitionState | undefined
}

interface Told {
  readonly state: ProgressStateName
  readonly text: string
  readonly position: number
  readonly sinceMs: number
}

export class GroupProgress {
  private readonly context: ClientContext
  private readonly source: () => ProgressSource
  private readonly told = new Map<HeldPartition, Told>()

  constructor(context: ClientContext, source: () => ProgressSource) {
    this.context = context
    this.source = source
  }

  /** What has changed since it was asked last, or everything. */
  of(partitions: readonly HeldPartition[], isAll: boolean): PartitionProgress[] {
    const nowMs = this.context.clock.monotonicMs()
    for (const held of this.told.keys()) if (held.isGone) this.told.delete(held)
    const changed: PartitionProgress[] = []
    for (const held of partitions) {
      const before = this.told.get(held)
      const now = this.look(held, before, nowMs)
      if (!isAll && before !== undefined && isSame(before, now)) continue
      this.told.set(held, now)
      const { topic, partition } = held
      const { state, sinceMs, position, text } = now
      const stateAgeMs = Math.max(0, Math.round(nowMs - sinceMs))
      changed.push({ topic, partition, state, stateAgeMs, position, text })
    }
    return changed
  }

  private look(held: HeldPartition, before: Told | undefined, nowMs: number): Told {
    const { state, text = '', sinceMs } = this.stateOf(held)
    const since = before?.state === state ? before.sinceMs : nowMs
    return {
      state,
      text: text.slice(0, LIMITS.progressTextCharactersMax),
      position: placeOf(held, state),
      sinceMs: sinceMs ?? since,
    }
  }

  private stateOf(held: HeldPartition): PartitionState {
    const lastError = held.cursor?.lastError
    if (lastError !== undefined) {
      return {
        state: 'PROGRESS_STATE_FAILED',
        text: `reading is tried again: ${lastError.code}: ${lastError.message}`,
      }
    }
    const state = this.source().stateOf(held)
    if (state !== undefined) return state
    if (held.isPaused) return { state: 'PROGRESS_STATE_PAUSED' }
    return { state: 'PROGRESS_STATE_FLOWING' }
  }
}

/** Where the program is with it: at what it has in its hands, else at what it will get next. */
function placeOf(held: HeldPartition, state: ProgressStateName): number {
  const isInHand =
    state === 'PROGRESS_STATE_IN_HANDLER' || state === 'PROGRESS_STATE_HANDLER_FAILED'
  const unfinished = isInHand ? held.committable?.offset : undefined
  return unfinished ?? held.cursor?.position ?? held.assignment.committedOffset ?? 0
}

function isSame(a: Told, b: Told): boolean {
  return (
    a.state === b.state && a.text === b.text && a.position === b.position && a.sinceMs === b.sinceMs
  )
}
