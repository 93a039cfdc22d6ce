// What watches over one group consumer: every way in which it may stop without an error, and who is told. Invariant: what does not go
// on is told to somebody: to the listeners of the consumer, or to the process where it has none.
import { warnProcess } from '../platform/process-warning.ts'
import { EVENT_POINTS } from '../platform/trace-table.ts'
import type { GroupMember } from './group-member.ts'
import type { LoopWork } from './loop-work.ts'
import { ProgressWatch, type Standing, type StuckEvent } from './progress-watch.ts'

export type StuckListener = (event: StuckEvent) => void

/** Signs of life come in intervals of several seconds: less is no silence. */
const SILENCE_MS_MIN = 15_000
/** For programs that look at warnings of the process. */
const STUCK_CODE = 'VARVE_CONSUMER_STUCK'

export class ConsumerWatch {
  /** What else is to be watched may be added to it. */
  readonly progress: ProgressWatch
  private readonly member: GroupMember
  private readonly loop: LoopWork
  private readonly listeners = {
    stuck: new Set<StuckListener>(),
    recovered: new Set<StuckListener>(),
  }
  private startMs = 0

  /** @param parts.isInLoop the program reads in a loop of its own, or is to; handlers are watched by who calls them */
  constructor(parts: { member: GroupMember; loop: LoopWork; isInLoop: () => boolean }) {
    const { member, loop, isInLoop } = parts
    this.member = member
    this.loop = loop
    this.progress = new ProgressWatch({
      clock: member.context.clock,
      stuckAfterMs: member.settings.stuckAfterMs,
      onStuck: (event) => {
        this.tell('stuck', event)
      },
      onRecovered: (event) => {
        this.tell('recovered', event)
      },
    })
    const { progress } = this
    progress.observe('heartbeat', () => silence(this.heartbeatAgeMs))
    progress.observe('fetch', () => silence(member.feed.supply.lookForSilence()))
    progress.observe('commit', () => standing(member.commits.waitingAgeMs))
    progress.observe('handler', () => (isInLoop() ? this.inHand() : undefined))
    progress.observe('loop', () => (isInLoop() ? this.leftLoop() : undefined))
  }

  /** Since the last heartbeat that the broker answered, or since the start while it has answered none. */
  get heartbeatAgeMs(): number {
    return this.member.session.answerAgeMs ?? this.progress.nowMs() - this.startMs
  }

  /** The consumer joins its group. */
  start(): void {
    this.startMs = this.progress.nowMs()
    if (this.progress.stuckAfterMs !== Infinity) this.progress.start()
  }

  /** The consumer has ended, or is about to. */
  stop(): void {
    this.progress.stop()
  }

  add(event: 'stuck' | 'recovered', listener: StuckListener): void {
    this.listeners[event].add(listener)
  }

  remove(event: 'stuck' | 'recovered', listener: StuckListener): void {
    this.listeners[event].delete(listener)
  }

  private inHand(): Standing | undefined {
    const { inHand } = this.loop
    if (inHand === undefined) return undefined
    const { topic, partition, position } = inHand.held
    return {
      ageMs: inHand.ageMs,
      place: { topic, partition },
      offset: position.finishedOffset,
    }
  }

  private leftLoop(): Standing | undefined {
    return this.member.holdings.all().length === 0 ? undefined : standing(this.loop.leftAgeMs)
  }

  /** What a listener throws is its own affair and reaches the process as an unhandled rejection. */
  private tell(kind: 'stuck' | 'recovered', event: StuckEvent): void {
    const { settings, session } = this.member
    const point = kind === 'stuck' ? EVENT_POINTS.consumerStuck : EVENT_POINTS.consumerRecovered
    const { group } = settings
    point.tell(() => ({ group, memberId: session.member?.memberId, ...event }))
    for (const listener of this.listeners[kind]) void Promise.resolve(event).then(listener)
    if (kind === 'stuck' && this.listeners.stuck.size === 0) {
      warnProcess(`a consumer in group ${group} does not go on: ${event.message}`, STUCK_CODE)
    }
  }
}

function standing(ageMs: number | undefined): Standing | undefined {
  return ageMs === undefined ? undefined : { ageMs }
}

function silence(ageMs: number | undefined): Standing | undefined {
  return ageMs === undefined || ageMs < SILENCE_MS_MIN ? undefined : { ageMs }
}
