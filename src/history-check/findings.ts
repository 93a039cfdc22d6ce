// What is wrong with a history: every finding is counted, the first of each class are kept with words for people.
import type { CheckClass } from './check-class.ts'
import type { KeyId } from './history.ts'

/** Findings of one class that are kept; all are counted. */
const FINDINGS_KEPT_MAX = 32

export interface Finding {
  readonly class: CheckClass
  /** Undefined for what concerns no single partition. */
  readonly key: KeyId | undefined
  /** Undefined where none can be named. */
  readonly offset: number | undefined
  readonly text: string
}

export class Findings {
  readonly #counts = new Map<CheckClass, number>()
  readonly #kept: Finding[] = []

  /** @param text is asked for only when the finding is kept */
  add(
    checkClass: CheckClass,
    key: KeyId | undefined,
    offset: number | undefined,
    text: () => string,
  ): void {
    const count = this.#counts.get(checkClass) ?? 0
    this.#counts.set(checkClass, count + 1)
    if (count < FINDINGS_KEPT_MAX) {
      this.#kept.push({ class: checkClass, key, offset, text: text() })
    }
  }

  /** Of each class that was found at all. */
  get counts(): ReadonlyMap<CheckClass, number> {
    return this.#counts
  }

  get kept(): readonly Finding[] {
    return this.#kept
  }
}
