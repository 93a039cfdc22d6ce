// What the small histories by hand share.
import { expect, test } from 'vitest'
import type { CheckOptions } from '../../src/history-check/check-history.ts'
import type { KeySettings } from '../../src/history-check/history.ts'
import { ToldHistory } from './told-history.ts'

export const WRITTEN: KeySettings = { durability: 'written' }

export const told = (settings?: KeySettings): ToldHistory => new ToldHistory(settings)

/** Three records are there. */
export const sent = (): ToldHistory => told().ok('a', [0, 1], 0, [1, 2, 3])

export interface Case extends CheckOptions {
  readonly name: string
  readonly history: () => ToldHistory
  readonly classes: readonly string[]
}

/** Each history has exactly the classes that it is said to have. */
export function testCases(cases: readonly Case[]): void {
  test.each(cases)('$name', ({ history, classes, ...options }) => {
    expect(history().classes(options)).toEqual(classes)
  })
}
