// A partition that a consumer has in its hands as a member of a group: from the moment that it is assigned until it was given up
// or lost. Invariants: what may be committed covers only what was finished, and offsets without records behind it; what is
// finished of a place that was left since (a seek, a cut log), or of a partition that is gone, counts for nothing.
import { VarveError } from '../domain/error.ts'
import { admitOffset, type Offset } from '../domain/offset.ts'
import type { TopicPartition } from './consumer-types.ts'
import type { GroupAssignment, GroupPosition } from './group-consumer-types.ts'
import type { PartitionCursor } from './partition-cursor.ts'

/** Something that was handed out, and what is finished with it. */
export interface HandedOut {
  readonly held: HeldPartition
  /** Of the partition when it was handed out. */
  readonly moves: number
  /** Where the partition goes on after it. */
  readonly nextOffset: Offset
  /** Of the batch that it came from; -1 when it is not known. */
  readonly leaderEpoch: number
}

/** What may be committed. */
export interface Committable {
  readonly offset: Offset
  readonly leaderEpoch: number
  /** The program or the log went back: the offset may be smaller than what is committed. */
  readonly isRewind: boolean
}

export class HeldPartition implements TopicPartition {
  readonly topic: string
  readonly partition: number
  readonly topicId: string
  readonly assignment: GroupAssignment
  /** Of the assignment; -1 when it is not known. */
  readonly assignedEpoch: number
  /** Where it is to begin, when the program sought a place before it was opened. */
  soughtOffset: Offset | undefined
  /** Also before it was opened. */
  isPaused = false
  /** The program was told that it came. */
  isTold = false
  private readonly leavingController = new AbortController()
  private opened: PartitionCursor | undefined
  private phase: 'here' | 'leaving' | 'gone' = 'here'
  private handedOutOffset: Offset | undefined
  private finishedOffset: Offset | undefined
  private finishedEpoch: number
  private committed: Offset | undefined
  private committedMetadata: string
  /** What needs no commit: where it began, or what was committed last. */
  private settledOffset: Offset | undefined
  /** It went back behind what is committed: the next commit may do so too. */
  private mayRewind = false
  private moveCount = 0

  constructor(assigned: {
    topic: string
    partition: number
    topicId: string
    committedOffset?: number | undefined
    leaderEpoch: number
    metadata: string
  }) {
    const { topic, partition, topicId, committedOffset, leaderEpoch, metadata } = assigned
    this.topic = topic
    this.partition = partition
    this.topicId = topicId
    this.committed =
      committedOffset === undefined ? undefined : admitOffset(committedOffset, 'committed_offset')
    this.committedMetadata = metadata
    this.assignedEpoch = leaderEpoch
    this.finishedEpoch = leaderEpoch
    this.assignment = { topic, partition, topicId, committedOffset: this.committed, metadata }
  }

  /** Names this very partition: another topic of the same name has another key. */
  get key(): string {
    return heldKey(this)
  }

  /** Undefined until it was opened. */
  get cursor(): PartitionCursor | undefined {
    return this.opened
  }

  /** Its records may be handed out. */
  get isHere(): boolean {
    return this.phase === 'here'
  }

  get isLeaving(): boolean {
    return this.phase === 'leaving'
  }

  /** It was given up or lost: nothing can be done for it any more. */
  get isGone(): boolean {
    return this.phase === 'gone'
  }

  /** Aborts when the partition is to be given up, or is lost. */
  get leaving(): AbortSignal {
    return this.leavingController.signal
  }

  /** How often the place was changed from outside: what was handed out before counts for nothing. */
  get moves(): number {
    return this.moveCount
  }

  /** As this consumer knows it. */
  get committedOffset(): Offset | undefined {
    return this.committed
  }

  /** The broker has just this already, as far as this consumer knows. */
  hasCommitted(offset: Offset, metadata: string): boolean {
    return this.committed === offset && this.committedMetadata === metadata
  }

  /**
   * It is read from now on.
   * @param isChosen its place was chosen by a rule that may choose another one later: it is worth a commit
   */
  open(cursor: PartitionCursor, isChosen: boolean): void {
    this.opened = cursor
    cursor.isPaused = this.isPaused
    this.handedOutOffset = cursor.position
    this.finishedOffset = cursor.position
    this.settledOffset = isChosen ? undefined : (this.committed ?? cursor.position)
    // The program may have sought another place before.
    if (cursor.position !== this.committed) this.finishedEpoch = -1
    this.mayRewind = this.isBehind(cursor.position)
  }

  /** The reader has handed out what lies before its position. */
  handOut(leaderEpoch: number): HandedOut {
    const nextOffset = this.openedCursor().position
    this.handedOutOffset = nextOffset
    return { held: this, moves: this.moveCount, nextOffset, leaderEpoch }
  }

  /** All up to the end of `handed` is finished. */
  finish(handed: Omit<HandedOut, 'held'>): void {
    if (this.isGone || handed.moves !== this.moveCount) return
    if (this.finishedOffset !== undefined && handed.nextOffset <= this.finishedOffset) return
    this.finishedOffset = handed.nextOffset
    this.finishedEpoch = handed.leaderEpoch
  }

  /** Goes to another place. */
  seek(offset: Offset): void {
    if (this.opened === undefined) {
      this.soughtOffset = offset
      return
    }
    this.opened.moveTo(offset)
    this.moved()
  }

  /** Its place is another one now; what is in the hands of the program counts for nothing any more. */
  private moved(): void {
    this.moveCount++
    const { position } = this.openedCursor()
    this.handedOutOffset = position
    this.finishedOffset = position
    this.finishedEpoch = -1
    this.mayRewind = this.isBehind(position)
  }

  /** More is committed than what lies before this offset. */
  private isBehind(offset: Offset): boolean {
    return this.committed !== undefined && offset < this.committed
  }

  /** The rule for positions may have moved it. */
  noticeMove(): void {
    if (this.opened === undefined || this.handedOutOffset === undefined) return
    // Only a move goes back, and only gaps and moves go on without a hand-out; a gap is finished when all before it is.
    if (this.opened.position < this.handedOutOffset) this.moved()
  }

  /** What may be committed now; undefined before it was opened. */
  get committable(): Committable | undefined {
    const { opened, finishedOffset, handedOutOffset } = this
    if (opened === undefined || finishedOffset === undefined || handedOutOffset === undefined) {
      return undefined
    }
    const isAllFinished = finishedOffset >= handedOutOffset
    const offset = isAllFinished ? laterOf(finishedOffset, opened.position) : finishedOffset
    return { offset, leaderEpoch: this.finishedEpoch, isRewind: this.mayRewind }
  }

  /** Something was finished that is not committed. */
  get isDirty(): boolean {
    const { committable, settledOffset } = this
    if (committable === undefined) return false
    if (settledOffset === undefined) return true
    // The program may have committed more than it has finished, as it says itself.
    return this.mayRewind
      ? committable.offset !== settledOffset
      : committable.offset > settledOffset
  }

  /**
   * The broker has committed it, or refused it for good.
   * @param commit.moves of the partition when the commit was asked for
   */
  settled(
    { offset, moves, metadata }: { offset: Offset; moves: number; metadata: string },
    isCommitted: boolean,
  ): void {
    const hasMoved = moves !== this.moveCount
    if (isCommitted || !hasMoved) this.settledOffset = offset
    if (!isCommitted) return
    this.committed = offset
    this.committedMetadata = metadata
    // What was sought meanwhile is where the program wants to be.
    this.mayRewind = hasMoved && this.isBehind(this.committable?.offset ?? offset)
  }

  /** Nothing more of it is handed out. */
  beginLeaving(): void {
    if (this.phase !== 'here') return
    this.phase = 'leaving'
    this.stopReading('it is given up')
  }

  /** It was given up, or is lost. */
  end(): void {
    if (this.phase === 'gone') return
    this.phase = 'gone'
    this.stopReading('it is not held any more')
  }

  get position(): GroupPosition {
    const { topic, partition, opened } = this
    return {
      topic,
      partition,
      position: opened?.position,
      finishedOffset: this.committable?.offset,
      committedOffset: this.committed,
      readableEndOffset: opened?.readableEndOffset,
      isPaused: this.isPaused,
      isLeaving: this.phase === 'leaving',
    }
  }

  private stopReading(why: string): void {
    // What was fetched of it is void, the rest of a batch that is being handed out too.
    if (this.opened !== undefined) this.opened.era++
    const message = `${this.topic}/${this.partition}: ${why}`
    this.leavingController.abort(new VarveError('NOT_OWNER', message))
  }

  private openedCursor(): PartitionCursor {
    if (this.opened === undefined) throw new Error('the partition is not opened')
    return this.opened
  }
}

/** Names a partition of one very topic. */
export function heldKey(where: { readonly topicId: string; readonly partition: number }): string {
  return `${where.topicId}/${where.partition}`
}

function laterOf(a: Offset, b: Offset): Offset {
  return a > b ? a : b
}
