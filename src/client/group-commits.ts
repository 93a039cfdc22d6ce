// Commits of a consumer in a group: gathered while one is under way, tried again after failures that may pass, and each refusal
// brought to where something follows from it. Invariants: one commit is under way; offsets of one partition are committed in
// the order in which they were asked for, the latest of those that wait standing for all; nothing is committed for a
// partition that is gone, and nothing that is committed already.
import { type ErrorCode, VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { Offset } from '../domain/offset.ts'
import type { CommitOffsetsResultOutput } from '../protocol/grpc/messages.ts'
import { unexpectedAnswer } from './arrivals.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import type { TopicPartition } from './consumer-types.ts'
import type { GroupConsumerSettings } from './group-consumer-settings.ts'
import type { HeldPartition } from './held-partition.ts'
import { pauseBefore } from './retry.ts'
import { partError } from './wire-values.ts'

export interface CommitItem {
  readonly held: HeldPartition
  readonly offset: Offset
  /** Of the partition when this was asked for. */
  readonly moves: number
  /** -1 when it is not known. */
  readonly leaderEpoch: number
  readonly metadata: string
  readonly allowRewind: boolean
}

/** Who commits. */
export interface CommittingMember {
  readonly memberId: string
  readonly memberEpoch: number
  /** The how manieth membership of the consumer it is. */
  readonly joins: number
}

export interface GroupCommitParts {
  readonly context: ClientContext
  readonly settings: GroupConsumerSettings
  readonly warnings: WarningListeners
  /** Undefined while it is no member. */
  readonly member: () => CommittingMember | undefined
  /** The broker says that the member does not hold this partition. */
  readonly onTaken: (held: HeldPartition, error: VarveError) => void
  /** The broker says that there is no such membership. */
  readonly onNoMember: (error: VarveError, joins: number) => void
  /** Nothing can be committed, for a reason that does not pass. */
  readonly onFatal: (error: VarveError) => void
  /** Ends the attempts. */
  readonly stopping: AbortSignal
}

/** The broker knows no such membership. */
const NO_MEMBER: ReadonlySet<ErrorCode> = new Set([
  'UNKNOWN_MEMBER',
  'GROUP_NOT_FOUND',
  'FENCED_MEMBER_EPOCH',
  'FENCED_INSTANCE_ID',
])

/** Undefined when it is committed. */
type Outcome = VarveError | undefined

interface Entry {
  item: CommitItem
  readonly outcome: Promise<Outcome>
  readonly settle: (outcome: Outcome) => void
  /** An attempt after which it may be committed: whatever is said later, it was not without effect. */
  unclear: VarveError | undefined
}

/** How the commits of a consumer went. */
export interface CommitCounts {
  /** Offsets that were committed. */
  committed: number
  /** Offsets that were refused. */
  refused: number
  /** Attempts that failed and were repeated. */
  retried: number
}

export class GroupCommits {
  readonly counts: CommitCounts = { committed: 0, refused: 0, retried: 0 }
  private readonly parts: GroupCommitParts
  private waiting = new Map<HeldPartition, Entry>()
  private isWorking = false
  /** When the last of them was settled, or the first of them was asked for. */
  private settledMs = 0

  constructor(parts: GroupCommitParts) {
    this.parts = parts
  }

  /** How long nothing could be settled of what is to be committed, in ms; undefined while nothing is. */
  get waitingAgeMs(): number | undefined {
    if (!this.isWorking) return undefined
    return this.parts.context.clock.monotonicMs() - this.settledMs
  }

  /** Something is to be committed, or is under way. */
  get isBusy(): boolean {
    return this.isWorking
  }

  /** What became of each, in their order: undefined when it is committed, or why it is refused. */
  commit(items: readonly CommitItem[]): Promise<Outcome[]> {
    const outcomes = items.map((item) => {
      const entry = this.waiting.get(item.held) ?? newEntry(item)
      // Who waits for less is served by more.
      if (item.allowRewind || item.offset >= entry.item.offset) entry.item = item
      this.waiting.set(item.held, entry)
      return entry.outcome
    })
    if (!this.isWorking && items.length > 0) void this.work()
    return Promise.all(outcomes)
  }

  /** Commits what was finished of these. Refusals are told. */
  async flush(partitions: readonly HeldPartition[]): Promise<void> {
    await this.commit(this.itemsOf(partitions))
  }

  /** What was finished of these and is not committed. */
  itemsOf(partitions: readonly HeldPartition[]): CommitItem[] {
    const items: CommitItem[] = []
    for (const held of partitions) {
      const { committable } = held
      if (committable === undefined || !held.isDirty) continue
      const { offset, leaderEpoch, isRewind } = committable
      const { moves } = held
      items.push({ held, offset, moves, leaderEpoch, metadata: '', allowRewind: isRewind })
    }
    return items
  }

  private async work(): Promise<void> {
    this.isWorking = true
    this.settledMs = this.parts.context.clock.monotonicMs()
    try {
      // What is asked for in the same turn goes along.
      await Promise.resolve()
      while (this.waiting.size > 0) {
        const entries = [...this.waiting.values()]
        this.waiting = new Map()
        // Whether an offset may go back is said of a request as a whole.
        await this.send(entries.filter(({ item }) => !item.allowRewind))
        await this.send(entries.filter(({ item }) => item.allowRewind))
      }
    } finally {
      this.isWorking = false
    }
  }

  private async send(entries: readonly Entry[]): Promise<void> {
    for (let start = 0; start < entries.length; start += LIMITS.itemsPerRequestMax) {
      let open: readonly Entry[] = entries.slice(start, start + LIMITS.itemsPerRequestMax)
      for (let attempt = 1; open.length > 0; attempt++) {
        open = open.filter((entry) => this.isWorthTrying(entry))
        if (open.length === 0) break
        const before = open.length
        open = await this.attempt(open)
        if (open.length < before) this.settledMs = this.parts.context.clock.monotonicMs()
        if (open.length > 0) await pauseBefore(attempt, this.parts.context, this.parts.stopping)
      }
    }
  }

  private isWorthTrying(entry: Entry): boolean {
    const { item, settle } = entry
    const { held, offset, metadata } = item
    if (this.parts.stopping.aborted)
      fail(entry, new VarveError('CLOSED', 'the consumer was closed'))
    else if (held.isGone) fail(entry, goneError(held))
    else if (held.hasCommitted(offset, metadata)) {
      // Asked for again while it was on its way: once more would only fill the history of the group.
      held.settled(item, true)
      settle(undefined)
    } else return true
    return false
  }

  /** @returns what is to be tried again */
  private async attempt(entries: readonly Entry[]): Promise<readonly Entry[]> {
    const { context, settings } = this.parts
    const { group, instanceId } = settings
    const member = this.parts.member()
    // Between two memberships: what it held before is gone in a moment.
    if (member === undefined) return entries
    try {
      const response = await context.transport.call(
        'commitOffsets',
        {
          group,
          memberId: member.memberId,
          memberEpoch: member.memberEpoch,
          ...(instanceId === undefined ? {} : { instanceId }),
          entries: entries.map(({ item: { held, offset, leaderEpoch, metadata } }) => ({
            topic: held.topic,
            partition: held.partition,
            topicId: held.topicId,
            offset,
            ...(leaderEpoch < 0 ? {} : { leaderEpoch }),
            metadata,
          })),
          allowRewind: entries[0]?.item.allowRewind === true,
        },
        { timeoutMs: context.requestTimeoutMs, signal: this.parts.stopping },
      )
      if (response.results.length !== entries.length) {
        throw unexpectedAnswer(`${response.results.length} results to ${entries.length} commits`)
      }
      return entries.filter((entry, index) => this.take(entry, response.results[index]))
    } catch (error) {
      if (!(error instanceof VarveError)) throw error
      return this.failed(entries, error, member.joins)
    }
  }

  /** @returns whether it is to be tried again */
  private take(entry: Entry, result: CommitOffsetsResultOutput | undefined): boolean {
    const { item, settle } = entry
    const { held } = item
    if (!result?.error) {
      this.counts.committed++
      held.settled(item, true)
      settle(undefined)
      return false
    }
    const error = partError(result.error, held)
    if (error.kind === 'transient') {
      if (error.effect === 'unknown') entry.unclear ??= error
      this.tellRetry(error)
      return true
    }
    this.refused(item, error)
    fail(entry, error)
    return false
  }

  private refused(item: CommitItem, error: VarveError): void {
    const { held, offset } = item
    const { topic, partition } = held
    this.counts.refused++
    if (error.code === 'NOT_OWNER' || error.code === 'STALE_MEMBER_EPOCH') {
      this.parts.onTaken(held, error)
      return
    }
    // The same offset would be refused again and again.
    held.settled(item, false)
    this.parts.warnings.tell({
      kind: 'commit-refused',
      message: `offset ${offset} of ${topic}/${partition} was not committed: ${error.message}`,
      topic,
      partition,
      error,
    })
  }

  /** @returns what is to be tried again */
  private failed(entries: readonly Entry[], error: VarveError, joins: number): readonly Entry[] {
    const { parts } = this
    // What is given up while it is under way may arrive yet.
    if (error.effect === 'unknown' || parts.stopping.aborted) {
      for (const entry of entries) entry.unclear ??= error
    }
    if (parts.stopping.aborted) return entries
    if (error.kind === 'transient') {
      this.tellRetry(error)
      return entries
    }
    this.counts.refused += entries.length
    if (NO_MEMBER.has(error.code)) parts.onNoMember(error, joins)
    // The broker has never told such an epoch: there is no going on from it.
    else if (error.code === 'STALE_MEMBER_EPOCH') parts.onNoMember(fencedBy(error), joins)
    else parts.onFatal(error)
    for (const entry of entries) fail(entry, error)
    return []
  }

  private tellRetry(error: VarveError): void {
    this.counts.retried++
    this.parts.warnings.tell({
      kind: 'retrying',
      message: `a commit in group ${this.parts.settings.group} will be tried again: ${error.message}`,
      error,
    })
  }
}

/** The error of a commit for a partition that the consumer does not hold. */
export function goneError({ topic, partition }: TopicPartition): VarveError {
  const message = `${topic}/${partition} is not held by this consumer`
  return new VarveError('NOT_OWNER', message, { details: { topic, partition } })
}

/** Settles it with the failure; as one of unknown effect when an earlier attempt may have committed it. */
function fail({ settle, unclear }: Entry, error: VarveError): void {
  if (unclear === undefined || error.effect === 'unknown') {
    settle(error)
    return
  }
  const message = `${error.message}; an earlier attempt may have committed it: ${unclear.message}`
  settle(
    new VarveError(error.code, message, {
      details: error.details,
      cause: error,
      effect: 'unknown',
    }),
  )
}

function fencedBy(cause: VarveError): VarveError {
  return new VarveError('FENCED_MEMBER_EPOCH', cause.message, { cause })
}

function newEntry(item: CommitItem): Entry {
  let settle: (outcome: Outcome) => void = () => undefined
  const outcome = new Promise<Outcome>((resolve) => {
    settle = resolve
  })
  return { item, outcome, settle, unclear: undefined }
}
