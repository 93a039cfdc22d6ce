// What a group consumer knows of itself, in numbers: for the metrics of the program.
import type { ConsumerWatch } from './consumer-watch.ts'
import type { CommitCounts } from './group-commits.ts'
import type { GroupPosition } from './group-consumer-types.ts'
import type { GroupMember } from './group-member.ts'
import type { StuckReason } from './progress-watch.ts'
import type { ProcessingCounts } from './record-processing.ts'

/** Where it stands in a partition, and how far that is from the end. */
export interface PartitionStatistics extends GroupPosition {
  /** Records from the finished offset to the readable end, as far as they are known. */
  readonly lag: number | undefined
}

export interface GroupConsumerStatistics {
  readonly group: string
  /** Undefined while it is no member. */
  readonly memberId: string | undefined
  readonly memberEpoch: number | undefined
  /** Records that were handed out, to a loop or to handlers. */
  readonly recordsHandedOut: number
  /** Of the present `run`, or of the last one; all 0 without. */
  readonly handlers: ProcessingCounts
  readonly commits: Readonly<CommitCounts>
  /** How often it did not go on. */
  readonly stuckCount: number
  /** Why it does not go on now; empty while it does. */
  readonly stuck: readonly StuckReason[]
  /** Since the last heartbeat that the broker answered; undefined before it was asked to. */
  readonly heartbeatAgeMs: number | undefined
  /** Since the broker last gave a sign of life to the reading; undefined before. */
  readonly fetchAgeMs: number | undefined
  /** Sorted. */
  readonly partitions: readonly PartitionStatistics[]
}

const NO_COUNTS: ProcessingCounts = { records: 0, failures: 0, skipped: 0, running: 0 }

export function statisticsOf(
  member: GroupMember,
  watch: ConsumerWatch,
  positions: readonly GroupPosition[],
  handlers: ProcessingCounts = NO_COUNTS,
): GroupConsumerStatistics {
  const { session, commits, feed } = member
  return {
    group: member.settings.group,
    memberId: session.member?.memberId,
    memberEpoch: session.member?.memberEpoch,
    recordsHandedOut: feed.reader.handedOut,
    handlers,
    commits: { ...commits.counts },
    stuckCount: watch.progress.stuckCount,
    stuck: watch.progress.stuck,
    heartbeatAgeMs: session.hasStarted ? watch.heartbeatAgeMs : undefined,
    fetchAgeMs: feed.supply.answerAgeMs,
    partitions: positions.map((position) => ({ ...position, lag: lagOf(position) })),
  }
}

function lagOf({ finishedOffset, readableEndOffset }: GroupPosition): number | undefined {
  if (finishedOffset === undefined || readableEndOffset === undefined) return undefined
  return Math.max(0, readableEndOffset - finishedOffset)
}
