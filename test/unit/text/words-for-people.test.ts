import { describe, expect, it } from 'vitest'
import { barText } from '../../../src/text/bar-text.ts'
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatExactSeconds,
  ratePerSecond,
} from '../../../src/text/quantities.ts'
import { formatTable } from '../../../src/text/table.ts'

describe('quantities', () => {
  it('read well', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567')
    expect([formatCounted(1, 'record'), formatCounted(0, 'record')]).toEqual([
      '1 record',
      '0 records',
    ])
    expect([0, 1023, 1024, 1024 * 1024 - 1, 112_617_062].map(formatBytes)).toEqual([
      '0 B',
      '1023 B',
      '1.0 KiB',
      '1.0 MiB',
      '107.4 MiB',
    ])
    expect([4, 1_052_320].map(formatExactSeconds)).toEqual(['0.004 s', '1,052.320 s'])
    expect([40, 99_949, 100_000, 3_723_000].map(formatDuration)).toEqual([
      '0.0 s',
      '99.9 s',
      '1 min 40 s',
      '62 min 03 s',
    ])
    expect([ratePerSecond(10, 500), ratePerSecond(10, 0)]).toEqual([20, 0])
  })
})

describe('a table', () => {
  it('aligns its columns and ends no line with spaces', () => {
    const table = formatTable(
      [{ heading: 'topic' }, { heading: 'partitions', align: 'right' }, { heading: 'note' }],
      [
        ['a-long-name', '1', ''],
        ['b', '12', 'x'],
      ],
    )
    expect(table.split('\n')).toEqual([
      'topic        partitions  note',
      'a-long-name           1',
      'b                    12  x',
    ])
  })
})

describe('a bar', () => {
  it('tells the share and the time left, or nothing when the end is not known', () => {
    expect(barText(25, 100, 1000)).toBe('[######..................]  25%  3.0 s left  ')
    expect(barText(0, 100, 1000)).toBe('[........................]   0%  ')
    expect(barText(5, undefined, 1000)).toBe('')
  })
})
