// Which offset of a partition may be committed when pieces of work (records, or whole batches) finish out of order. Invariants:
// `committable` never covers a piece that is not finished, whatever finished behind it, and never goes back; between its oldest
// open piece and the last one handed out lie at most `aheadMax` pieces. What counts is the order in which pieces were handed
// out, so gaps in the offsets are nothing special.
import type { Offset } from '../domain/offset.ts'

interface Piece {
  readonly offset: Offset
  readonly nextOffset: Offset
  isFinished: boolean
}

/** Names a piece to the prefix that gave it out. */
export type PieceTicket = number

export class FinishedPrefix {
  private readonly aheadMax: number
  private readonly pieces: Piece[] = []
  /** Where the oldest piece lies in `pieces`; what is before it was forgotten. */
  private head = 0
  /** The ticket of the piece at index 0. */
  private firstTicket: PieceTicket = 0
  private committableOffset: Offset
  private openPieces = 0

  /**
   * @param start the offset at which reading begins: everything before it is finished
   * @param aheadMax how many pieces may have been handed out from the oldest open one on
   */
  constructor(start: Offset, aheadMax: number) {
    this.committableOffset = start
    this.aheadMax = aheadMax
  }

  /** Everything before it was finished: what a commit may say. */
  get committable(): Offset {
    return this.committableOffset
  }

  /** From the oldest open piece to the last one that was handed out, both included. */
  get ahead(): number {
    return this.pieces.length - this.head
  }

  /** Pieces that were handed out and are not finished. */
  get open(): number {
    return this.openPieces
  }

  /** Another piece may be handed out. */
  get hasRoom(): boolean {
    return this.ahead < this.aheadMax
  }

  /** Where the oldest open piece begins; undefined when all are finished. */
  get oldestOpen(): Offset | undefined {
    return this.pieces[this.head]?.offset
  }

  /**
   * A piece is in hand from now on. To be asked `hasRoom` before.
   * @param nextOffset where the piece after it begins at the earliest
   */
  handOut(offset: Offset, nextOffset: Offset): PieceTicket {
    const before = this.pieces.at(-1)?.nextOffset ?? this.committableOffset
    if (!this.hasRoom) throw new Error('a piece is handed out beyond the bound')
    if (offset < before || nextOffset <= offset) {
      throw new Error(`a piece from ${offset} to ${nextOffset} does not follow ${before}`)
    }
    this.openPieces++
    return this.firstTicket + this.pieces.push({ offset, nextOffset, isFinished: false }) - 1
  }

  /**
   * The piece is done with. A second time it changes nothing.
   * @returns whether `committable` moved
   */
  finish(ticket: PieceTicket): boolean {
    const index = ticket - this.firstTicket
    const piece = index < this.head ? undefined : this.pieces[index]
    if (piece === undefined || piece.isFinished) return false
    piece.isFinished = true
    this.openPieces--
    if (index > this.head) return false
    for (let first = this.pieces[this.head]; first?.isFinished; first = this.pieces[this.head]) {
      this.committableOffset = first.nextOffset
      this.head++
    }
    this.forget()
    return true
  }

  /** Lets go of what is finished, seldom enough that a piece costs the same however many there are. */
  private forget(): void {
    if (this.head <= this.pieces.length / 2) return
    this.pieces.splice(0, this.head)
    this.firstTicket += this.head
    this.head = 0
  }
}
