// Under which epoch each stretch of a partition was written, in Kafka's leader-epoch-checkpoint format:
//
//   0\n<number of entries>\n<epoch> <start offset>\n...
//
// Epochs and offsets rise strictly. An entry is on stable storage before the first record of its epoch is written, so that
// an offset that recovery took back is found again only under a higher epoch (invariant D4).

export interface EpochEntry {
  readonly epoch: number
  readonly startOffset: number
}

const EPOCH_MAX = 2 ** 31 - 1
/** Bytes of the file; one entry is made at each start that is followed by an append. */
export const EPOCHS_FILE_BYTES_MAX = 16 * 1024 * 1024

export class EpochHistory {
  private list: EpochEntry[]

  constructor(entries: readonly EpochEntry[] = []) {
    this.list = [...entries]
  }

  /** Reads the file's text; a sentence on what is wrong with it when it is not as it should be. */
  static parse(text: string): EpochHistory | string {
    const lines = text.split('\n')
    if (lines.pop() !== '') return 'it is cut off'
    if (lines[0] !== '0') return 'its version is unknown'
    const entries: EpochEntry[] = []
    let last: EpochEntry = { epoch: -1, startOffset: -1 }
    for (const line of lines.slice(2)) {
      const match = /^(\d{1,10}) (\d{1,16})$/.exec(line)
      if (match === null) return 'a line of it is malformed'
      const entry = { epoch: Number(match[1]), startOffset: Number(match[2]) }
      const isHigher = entry.epoch > last.epoch && entry.startOffset > last.startOffset
      if (!isHigher || entry.epoch > EPOCH_MAX || !Number.isSafeInteger(entry.startOffset)) {
        return 'its entries do not rise'
      }
      entries.push(entry)
      last = entry
    }
    if (lines[1] !== String(entries.length)) return 'its count is wrong'
    return new EpochHistory(entries)
  }

  encode(): string {
    const lines = this.list.map(({ epoch, startOffset }) => `${epoch} ${startOffset}\n`)
    return `0\n${this.list.length}\n${lines.join('')}`
  }

  get entries(): readonly EpochEntry[] {
    return this.list
  }

  /** -1 when nothing was written yet. */
  get latestEpoch(): number {
    return this.list.at(-1)?.epoch ?? -1
  }

  /** From `startOffset` on records are written under `epoch`, which must be higher than all before. */
  begin(epoch: number, startOffset: number): void {
    if (epoch <= this.latestEpoch) throw new RangeError(`epoch ${epoch} is not above the last`)
    this.list = this.list.filter((entry) => entry.startOffset < startOffset)
    this.list.push({ epoch, startOffset })
  }

  /** Nothing at or above `end` is left. @returns whether that changed anything. */
  truncateEnd(end: number): boolean {
    const kept = this.list.filter((entry) => entry.startOffset < end)
    const changed = kept.length !== this.list.length
    this.list = kept
    return changed
  }

  /** Nothing below `start` is left: the entry that covers it begins there. */
  truncateStart(start: number): void {
    let first = 0
    while ((this.list[first + 1]?.startOffset ?? Infinity) <= start) first++
    const entry = this.list[first]
    if (entry === undefined || entry.startOffset >= start) return
    this.list = [{ epoch: entry.epoch, startOffset: start }, ...this.list.slice(first + 1)]
  }

  /**
   * The largest epoch at or below `epoch`, and where it ended: at the start of the next one or at `end` of the log. One that is
   * older than all that are known ended where they begin at the latest, whether its records were deleted or lost.
   */
  endOffsetFor(epoch: number, end: number): { epoch: number; endOffset: number } | undefined {
    const next = this.list.findIndex((entry) => entry.epoch > epoch)
    const oldest = this.list[0]
    if (next === 0 && oldest !== undefined) return { epoch, endOffset: oldest.startOffset }
    const found = this.list[(next === -1 ? this.list.length : next) - 1]
    if (found === undefined) return undefined
    return { epoch: found.epoch, endOffset: this.list[next]?.startOffset ?? end }
  }
}
