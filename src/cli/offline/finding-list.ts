// The findings of one partition or of the directory, at one place each, bounded: a partition in ruins must not fill the memory.
import { type Finding, type FindingCode, type FindingPlace, makeFinding } from './finding.ts'

/** Of one code in one list. */
const FINDINGS_PER_CODE_MAX = 100

export class FindingList {
  readonly #place: FindingPlace
  readonly #folder: string
  readonly #findings: Finding[] = []
  readonly #counts = new Map<FindingCode, number>()

  /**
   * @param place what all of them have in common.
   * @param folder where their files are, relative to the data directory.
   */
  constructor(place: FindingPlace = {}, folder = '') {
    this.#place = place
    this.#folder = folder === '' ? '' : `${folder}/`
  }

  add(code: FindingCode, message: string, place: FindingPlace = {}): void {
    const count = (this.#counts.get(code) ?? 0) + 1
    this.#counts.set(code, count)
    if (count > FINDINGS_PER_CODE_MAX) return
    const file = place.file === undefined ? {} : { file: this.#folder + place.file }
    this.#findings.push(makeFinding(code, message, { ...this.#place, ...place, ...file }))
  }

  has(code: FindingCode): boolean {
    return this.#counts.has(code)
  }

  /** All of them; where there were too many, how many more is the last word on it. */
  all(): readonly Finding[] {
    const more: Finding[] = []
    for (const [code, count] of this.#counts) {
      if (count <= FINDINGS_PER_CODE_MAX) continue
      const message = `${count - FINDINGS_PER_CODE_MAX} more findings ${code} are not listed`
      more.push(makeFinding('MORE', message, this.#place))
    }
    return [...this.#findings, ...more]
  }
}
