// The contents of one file of the simulated file system, in two layers: what reads see (the page cache) and what stable
// storage is sure to hold. Between them, each page keeps the versions that it went through since the last sync: after a
// power cut any of them may be found, page by page, even sector by sector, and the size may be any that the file had.
// Pages are immutable once they are in place, so layers and copies of the whole file system share them.
import type { Random } from './random.ts'

const SIM_PAGE_BYTES = 4096
const SIM_SECTOR_BYTES = 512

/** Versions of a page that are remembered between two syncs; beyond them the older ones in the middle are forgotten. */
const PAGE_VERSIONS_MAX = 6

type Page = Uint8Array

const ZERO_PAGE: Page = new Uint8Array(SIM_PAGE_BYTES)

interface PageVersion {
  readonly sequence: number
  readonly page: Page
}

interface SizeChange {
  readonly sequence: number
  readonly size: number
  readonly isCut: boolean
}

/**
 * What a power cut leaves of the things that were not synced. `lost`: nothing. `kept`: everything. `ordered`: what
 * happened up to some moment, the write of that moment torn. `pages` and `sectors`: any mixture of these units.
 */
export type SimSurvival =
  | { readonly kind: 'lost' | 'kept' | 'pages' | 'sectors' }
  | { readonly kind: 'ordered'; readonly untilSequence: number }
  | SimChoice

/** `chosen`: what happened is exactly these changes, by their sequence, and of one of them a part. */
export interface SimChoice {
  readonly kind: 'chosen'
  readonly survivors: ReadonlySet<number>
  readonly tear?: SimTear
}

/** Of a write that survives only the first sectors of its pages are there; its new size is there with it, or ends where they do. */
interface SimTear {
  readonly sequence: number
  readonly sectors: number
  readonly hasNewSize: boolean
}

export class SimFile {
  readonly kind = 'file'
  /** Names and open handles that hold the file; without any its space is free. */
  links = 0
  handles = 0
  modifiedMs = 0
  private pages: Page[] = []
  private sizeBytes = 0
  private durablePages: Page[] = []
  private durableSize = 0
  /** Since the last sync, in order. */
  private sizeChanges: SizeChange[] = []
  private readonly pageVersions = new Map<number, PageVersion[]>()

  get size(): number {
    return this.sizeBytes
  }

  /** True when a power cut could change the file. */
  get isDirty(): boolean {
    return this.sizeChanges.length > 0 || this.pageVersions.size > 0
  }

  read(target: Uint8Array, targetStart: number, length: number, position: number): number {
    const bytes = Math.max(0, Math.min(length, this.sizeBytes - position))
    let done = 0
    while (done < bytes) {
      const at = position + done
      const pageStart = at % SIM_PAGE_BYTES
      const count = Math.min(bytes - done, SIM_PAGE_BYTES - pageStart)
      const page = this.pages[Math.floor(at / SIM_PAGE_BYTES)] ?? ZERO_PAGE
      target.set(page.subarray(pageStart, pageStart + count), targetStart + done)
      done += count
    }
    return bytes
  }

  write(bytes: Uint8Array, position: number, sequence: number): void {
    let done = 0
    while (done < bytes.length) {
      const at = position + done
      const index = Math.floor(at / SIM_PAGE_BYTES)
      const pageStart = at % SIM_PAGE_BYTES
      const count = Math.min(bytes.length - done, SIM_PAGE_BYTES - pageStart)
      const page = (this.pages[index] ?? ZERO_PAGE).slice()
      page.set(bytes.subarray(done, done + count), pageStart)
      this.putPage(index, page, sequence)
      done += count
    }
    const end = position + bytes.length
    if (end > this.sizeBytes) this.setSize(end, sequence, false)
  }

  truncate(size: number, sequence: number): void {
    if (size === this.sizeBytes) return
    const isCut = size < this.sizeBytes
    if (isCut) {
      const before = this.pages
      this.pages = cut(before, size)
      for (let index = Math.floor(size / SIM_PAGE_BYTES); index < before.length; index++) {
        this.addVersion(index, this.pages[index] ?? ZERO_PAGE, sequence)
      }
    }
    this.setSize(size, sequence, isCut)
  }

  /** Everything so far is on stable storage. */
  sync(): void {
    for (const index of this.pageVersions.keys()) {
      this.durablePages[index] = this.pages[index] ?? ZERO_PAGE
    }
    this.durablePages = cut(this.durablePages, this.sizeBytes)
    this.durableSize = this.sizeBytes
    this.forgetChanges()
  }

  /**
   * A sync that failed as Linux does it: pages that could not be written are marked clean, so reads still see them, a
   * later sync says that all is well, and after a power cut they are gone, with zeros or old bytes in their place.
   */
  failSync(random: Random): void {
    const loseAll = random.integer(2) === 0
    for (const index of this.pageVersions.keys()) {
      if (loseAll || random.integer(2) === 0) continue
      this.durablePages[index] = this.pages[index] ?? ZERO_PAGE
    }
    for (const change of this.sizeChanges) {
      if (change.isCut) this.durablePages = cut(this.durablePages, change.size)
    }
    this.durablePages = cut(this.durablePages, this.sizeBytes)
    if (this.sizeBytes < this.durableSize || random.integer(2) === 0) {
      this.durableSize = this.sizeBytes
    }
    this.forgetChanges()
  }

  /** Throws clean pages out of memory, as the system may at any time: what a failed sync lost is lost for readers too. */
  dropCleanPages(): void {
    const pages = [...this.durablePages]
    for (const index of this.pageVersions.keys()) pages[index] = this.pages[index] ?? ZERO_PAGE
    this.pages = cut(pages, this.sizeBytes)
  }

  /** A state that the file may be in after a power cut now. The file itself stays as it is. */
  afterPowerCut(survival: SimSurvival, random: Random): SimFile {
    const after = new SimFile()
    after.modifiedMs = this.modifiedMs
    if (!this.isDirty || survival.kind === 'lost') {
      after.settle([...this.durablePages], this.durableSize)
    } else if (survival.kind === 'kept') {
      after.settle([...this.pages], this.sizeBytes)
    } else if (survival.kind === 'ordered') {
      this.surviveInOrder(after, survival.untilSequence, random)
    } else if (survival.kind === 'chosen') {
      this.surviveAsChosen(after, survival)
    } else {
      this.surviveMixed(after, survival.kind === 'sectors', random)
    }
    return after
  }

  /** The sequences of the changes that are not synced, with the sectors of the pages that each wrote. */
  pendingChanges(): ReadonlyMap<number, number> {
    const pending = new Map<number, number>()
    for (const { sequence } of this.sizeChanges) pending.set(sequence, 0)
    for (const versions of this.pageVersions.values()) {
      for (const { sequence } of versions) {
        const sectors = pending.get(sequence) ?? 0
        pending.set(sequence, sectors + SIM_PAGE_BYTES / SIM_SECTOR_BYTES)
      }
    }
    // A cut happens or does not.
    for (const { sequence, isCut } of this.sizeChanges) if (isCut) pending.set(sequence, 0)
    return pending
  }

  /** Calls `visit` with each page of the contents as reads see them: a page is never changed, only replaced. */
  eachPage(visit: (page: Uint8Array) => void): void {
    for (const page of this.pages) visit(page)
  }

  /** Puts `bytes` in the place of the contents, as if they had always been there. */
  replaceContents(bytes: Uint8Array): void {
    const pages: Page[] = []
    for (let at = 0; at < bytes.length; at += SIM_PAGE_BYTES) {
      const page = new Uint8Array(SIM_PAGE_BYTES)
      page.set(bytes.subarray(at, at + SIM_PAGE_BYTES))
      pages.push(page)
    }
    this.settle(pages, bytes.length)
  }

  private surviveInOrder(after: SimFile, untilSequence: number, random: Random): void {
    const pages = [...this.durablePages]
    const next = this.firstSequenceAfter(untilSequence)
    const changes = this.sizeChanges.filter((change) => change.sequence <= untilSequence)
    let size = changes.at(-1)?.size ?? this.durableSize

    const torn: number[] = []
    for (const [index, versions] of this.pageVersions) {
      const version = versions.findLast((candidate) => candidate.sequence <= untilSequence)
      if (version !== undefined) pages[index] = version.page
      if (versions.some((candidate) => candidate.sequence === next)) torn.push(index)
    }
    // The operation of that moment: its first sectors are there, the rest is not. A cut happens or does not.
    const tornChange = this.sizeChanges.find((change) => change.sequence === next)
    if (torn.length > 0 && tornChange?.isCut !== true) {
      torn.sort((left, right) => left - right)
      const lastIndex = torn[random.integer(torn.length)] ?? 0
      const sectors = random.integer(SIM_PAGE_BYTES / SIM_SECTOR_BYTES + 1)
      for (const index of torn) {
        if (index > lastIndex) break
        const version = this.pageVersions.get(index)?.find(({ sequence }) => sequence === next)
        if (version === undefined) continue
        const bytes = index < lastIndex ? SIM_PAGE_BYTES : sectors * SIM_SECTOR_BYTES
        const page = (pages[index] ?? ZERO_PAGE).slice()
        page.set(version.page.subarray(0, bytes))
        pages[index] = page
      }
      if (tornChange !== undefined) {
        const tornEnd = lastIndex * SIM_PAGE_BYTES + sectors * SIM_SECTOR_BYTES
        // The new size may be there before the data.
        size = random.integer(4) === 0 ? tornChange.size : Math.max(size, tornEnd)
        size = Math.min(size, tornChange.size)
      }
    }
    after.settle(pages, size)
  }

  private surviveMixed(after: SimFile, isSectorwise: boolean, random: Random): void {
    const survivingChanges = random.integer(this.sizeChanges.length + 1)
    const pick = (versions: readonly PageVersion[]): PageVersion | undefined =>
      versions[random.integer(versions.length + 1) - 1]
    const pages = [...this.durablePages]
    for (const [index, versions] of this.pageVersions) {
      const choose = (): Page => this.pageAfter(index, versions, pick(versions), survivingChanges)
      if (!isSectorwise) {
        pages[index] = choose()
        continue
      }
      const page = new Uint8Array(SIM_PAGE_BYTES)
      const choices = [choose(), choose()]
      for (let start = 0; start < SIM_PAGE_BYTES; start += SIM_SECTOR_BYTES) {
        const choice = choices[random.integer(2)] ?? ZERO_PAGE
        page.set(choice.subarray(start, start + SIM_SECTOR_BYTES), start)
      }
      pages[index] = page
    }
    after.settle(pages, this.sizeChanges[survivingChanges - 1]?.size ?? this.durableSize)
  }

  private surviveAsChosen(after: SimFile, { survivors, tear }: SimChoice): void {
    const isThere = ({ sequence }: { readonly sequence: number }): boolean =>
      survivors.has(sequence)
    const survivingChanges = this.sizeChanges.findLastIndex(isThere) + 1
    let size = this.sizeChanges[survivingChanges - 1]?.size ?? this.durableSize
    const pages = [...this.durablePages]
    let sectorsLeft = tear?.sectors ?? 0
    for (const [index, versions] of [...this.pageVersions].sort(([a], [b]) => a - b)) {
      const chosen = versions.findLast(isThere)
      if (chosen?.sequence !== tear?.sequence || tear === undefined) {
        pages[index] = this.pageAfter(index, versions, chosen, survivingChanges)
        continue
      }
      const before = versions.findLast((one) => one !== chosen && isThere(one))
      const page = this.pageAfter(index, versions, before, survivingChanges).slice()
      const sectors = Math.min(sectorsLeft, SIM_PAGE_BYTES / SIM_SECTOR_BYTES)
      if (chosen !== undefined) page.set(chosen.page.subarray(0, sectors * SIM_SECTOR_BYTES))
      pages[index] = page
      const isLast = sectors === sectorsLeft
      sectorsLeft -= sectors
      if (!isLast || tear.hasNewSize || sectors === SIM_PAGE_BYTES / SIM_SECTOR_BYTES) continue
      const sizeBefore =
        this.sizeChanges.findLast((one) => isThere(one) && one.sequence < tear.sequence)?.size ??
        this.durableSize
      const tornEnd = index * SIM_PAGE_BYTES + sectors * SIM_SECTOR_BYTES
      size = Math.min(size, Math.max(sizeBefore, tornEnd))
    }
    after.settle(pages, size)
  }

  /** A page of which `chosen` survived, where so many of the changes of the size did. */
  private pageAfter(
    index: number,
    versions: readonly PageVersion[],
    chosen: PageVersion | undefined,
    survivingChanges: number,
  ): Page {
    const cuts = this.sizeChanges.filter((change) => change.isCut)
    const lastSurviving = this.sizeChanges[survivingChanges - 1]?.sequence ?? -1
    const pageEnd = (index + 1) * SIM_PAGE_BYTES
    // Blocks that were given out after a cut that did not happen do not belong to the file.
    const undone = cuts.find((change) => change.sequence > lastSurviving && change.size < pageEnd)
    let kept = chosen
    if (undone !== undefined && chosen !== undefined && chosen.sequence >= undone.sequence) {
      kept = versions.findLast((version) => version.sequence < undone.sequence)
    }
    let page = kept?.page ?? this.durablePages[index] ?? ZERO_PAGE
    // What a cut took away does not come back when the file grows again.
    for (const done of cuts) {
      if (done.sequence > lastSurviving || done.size >= pageEnd) continue
      if (kept !== undefined && kept.sequence >= done.sequence) continue
      page = page.slice().fill(0, Math.max(0, done.size - index * SIM_PAGE_BYTES))
    }
    return page
  }

  private firstSequenceAfter(sequence: number): number {
    let first = Infinity
    for (const change of this.sizeChanges) {
      if (change.sequence > sequence && change.sequence < first) first = change.sequence
    }
    for (const versions of this.pageVersions.values()) {
      for (const version of versions) {
        if (version.sequence > sequence && version.sequence < first) first = version.sequence
      }
    }
    return first
  }

  private settle(pages: Page[], size: number): void {
    this.pages = cut(pages, size)
    this.durablePages = [...this.pages]
    this.sizeBytes = size
    this.durableSize = size
    this.forgetChanges()
  }

  private putPage(index: number, page: Page, sequence: number): void {
    while (this.pages.length < index) this.pages.push(ZERO_PAGE)
    this.pages[index] = page
    this.addVersion(index, page, sequence)
  }

  private addVersion(index: number, page: Page, sequence: number): void {
    const versions = this.pageVersions.get(index)
    if (versions === undefined) {
      this.pageVersions.set(index, [{ sequence, page }])
      return
    }
    versions.push({ sequence, page })
    if (versions.length > PAGE_VERSIONS_MAX) versions.splice(1, 1)
  }

  private setSize(size: number, sequence: number, isCut: boolean): void {
    this.sizeBytes = size
    this.sizeChanges.push({ sequence, size, isCut })
  }

  private forgetChanges(): void {
    this.sizeChanges = []
    this.pageVersions.clear()
  }
}

/** The pages of a file of `size` bytes, with zeros after its end. */
function cut(pages: Page[], size: number): Page[] {
  const count = Math.ceil(size / SIM_PAGE_BYTES)
  // A sparse array would be slow: holes are pages of zeros.
  for (let index = 0; index < Math.min(pages.length, count); index++) pages[index] ??= ZERO_PAGE
  const kept = pages.length > count ? pages.slice(0, count) : pages
  const used = size % SIM_PAGE_BYTES
  const last = kept[count - 1]
  if (used !== 0 && last !== undefined && last !== ZERO_PAGE) {
    if (Buffer.compare(last.subarray(used), ZERO_PAGE.subarray(used)) !== 0) {
      kept[count - 1] = last.slice().fill(0, used)
    }
  }
  return kept
}
