// What becomes of a session in a group after a failure: it goes on over another stream, begins anew because the member was put out,
// or is over for good. Invariant: what passes by itself is tried again, at growing intervals; what does not, never.
import type { VarveError } from '../domain/error.ts'
import { type ErrorCode } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import { backoffMs } from './backoff.ts'
import type { ClientContext } from './client-context.ts'
import type { GroupConsumerSettings } from './group-consumer-settings.ts'

/** `again`: tried again after so long. `put-out`: the same, and the member has nothing any more. `over`: never tried again. */
export type TroubleVerdict =
  | { readonly kind: 'again' | 'put-out'; readonly waitMs: number; readonly isTold: boolean }
  | { readonly kind: 'over' }

interface TroubleSettings extends Pick<GroupConsumerSettings, 'sessionTimeoutMs'> {
  readonly reading: Pick<GroupConsumerSettings['reading'], 'outageMaxMs'>
}

/** A membership or a stream that lasted so long counts as one: the next loss is no repetition. */
const LASTING_MS = 10_000
/** A stream may be replaced by another one of ours that was slower; but not again and again. */
const REPLACED_MAX = 3
/** The member is none any more, and may join again. */
const PUT_OUT: ReadonlySet<ErrorCode> = new Set([
  'FENCED_MEMBER_EPOCH',
  'UNKNOWN_MEMBER',
  'GROUP_NOT_FOUND',
])

export class SessionTrouble {
  private readonly context: Pick<ClientContext, 'clock' | 'random' | 'requestTimeoutMs'>
  private readonly settings: TroubleSettings
  /** Of the attempts before the first answer. */
  private firstTryMs: number | undefined
  private outageSinceMs: number | undefined
  private joinedMs = 0
  private failures = 0
  private losses = 0
  private replaced = 0
  private replacedMs = -Infinity

  constructor(context: SessionTrouble['context'], settings: TroubleSettings) {
    this.context = context
    this.settings = settings
  }

  /** It is about to join for the first time. */
  begin(): void {
    this.firstTryMs = this.nowMs()
  }

  /** The broker has answered. */
  over(): void {
    this.firstTryMs = undefined
    this.outageSinceMs = undefined
    this.failures = 0
  }

  /** It is a member now. */
  joined(): void {
    this.joinedMs = this.nowMs()
  }

  /** @param isMember whether it was one, as far as it knew */
  judge(error: VarveError, isMember: boolean): TroubleVerdict {
    const { random } = this.context
    if (PUT_OUT.has(error.code)) {
      // The answer to a join may have stayed away for so long that the member is none any more.
      if (!isMember) return this.again()
      this.losses = this.nowMs() - this.joinedMs >= LASTING_MS ? 1 : this.losses + 1
      return { kind: 'put-out', waitMs: backoffMs(this.losses, random), isTold: true }
    }
    if (error.code === 'SESSION_REPLACED') {
      const isRepeated = this.nowMs() - this.replacedMs < LASTING_MS
      this.replaced = isRepeated ? this.replaced + 1 : 1
      this.replacedMs = this.nowMs()
      if (this.replaced > REPLACED_MAX) return { kind: 'over' }
      return { kind: 'again', waitMs: backoffMs(this.replaced, random), isTold: false }
    }
    if (error.code === 'UNRELEASED_INSTANCE_ID') {
      // Its predecessor may have crashed: then the session of that one ends.
      const { sessionTimeoutMs } = this.settings
      const limitMs = sessionTimeoutMs === 0 ? LIMITS.sessionTimeoutMsDefault : sessionTimeoutMs
      return this.hasTriedFor(2 * limitMs) ? { kind: 'over' } : this.again()
    }
    if (error.kind !== 'transient') return { kind: 'over' }
    this.outageSinceMs ??= this.nowMs()
    const lastedMs = this.nowMs() - this.outageSinceMs
    const isOverdue = lastedMs >= this.settings.reading.outageMaxMs
    // A first answer is not waited for for ever.
    return isOverdue || this.hasTriedFor(this.context.requestTimeoutMs)
      ? { kind: 'over' }
      : this.again()
  }

  private again(): TroubleVerdict {
    this.failures++
    const waitMs = backoffMs(this.failures, this.context.random)
    return { kind: 'again', waitMs, isTold: true }
  }

  private hasTriedFor(limitMs: number): boolean {
    return this.firstTryMs !== undefined && this.nowMs() - this.firstTryMs >= limitMs
  }

  private nowMs(): number {
    return this.context.clock.monotonicMs()
  }
}
