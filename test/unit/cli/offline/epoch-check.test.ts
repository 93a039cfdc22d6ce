import { describe, expect, it } from 'vitest'
import { EpochCheck } from '../../../../src/cli/offline/epoch-check.ts'
import { readBatchHeader, setBatchLeaderEpoch } from '../../../../src/record/batch-header.ts'
import { encodeBatch } from '../../../../src/record/encode-batch.ts'
import { EpochHistory } from '../../../../src/storage/file/epoch-history.ts'

const HISTORY = new EpochHistory([
  { epoch: 1, startOffset: 0 },
  { epoch: 4, startOffset: 3 },
])

/** Batches of one record, with these epochs. */
function check(history: EpochHistory, epochs: readonly number[]): EpochCheck {
  const checked = new EpochCheck(history)
  for (const [offset, epoch] of epochs.entries()) {
    const batch = encodeBatch([{ value: null, timestampMs: 0 }], { baseOffset: offset })
    setBatchLeaderEpoch(batch, 0, epoch)
    checked.visit(readBatchHeader(batch), 0, offset * 100)
  }
  return checked
}

describe('The check of epochs', () => {
  it('is content when every batch carries the epoch of its offset', () => {
    const checked = check(HISTORY, [1, 1, 1, 4, 4])
    expect(checked.mismatches).toEqual([])
    expect(checked).toMatchObject({ isRising: true, largest: 4 })
  })

  it('tells neighbours with one wrong epoch as one', () => {
    const checked = check(HISTORY, [1, 2, 2, 4, 0])
    expect(checked.mismatches).toEqual([
      { firstOffset: 1, nextOffset: 3, found: 2, expected: 1 },
      { firstOffset: 4, nextOffset: 5, found: 0, expected: 4 },
    ])
    expect(checked.wrongEpochs.map(({ position, expected }) => [position, expected])).toEqual([
      [100, 1],
      [200, 1],
      [400, 4],
    ])
    expect(checked.isRising).toBe(false)
  })

  it('tells batches that the history knows nothing of', () => {
    const history = new EpochHistory([{ epoch: 4, startOffset: 1 }])
    expect(check(history, [3, 4]).mismatches).toEqual([
      { firstOffset: 0, nextOffset: 1, found: 3, expected: undefined },
    ])
  })
})
