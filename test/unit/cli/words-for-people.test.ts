import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { CommandIo } from '../../../src/cli/command-io.ts'
import { barText, ProgressBar } from '../../../src/cli/progress-bar.ts'
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatDuration,
  formatExactSeconds,
  ratePerSecond,
} from '../../../src/cli/quantities.ts'
import { formatTable } from '../../../src/cli/table.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'

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

describe('the progress bar', () => {
  const ioOn = (messagesOnTerminal: boolean): { io: CommandIo; said: () => string } => {
    const messages = new PassThrough()
    const streams = { input: new PassThrough(), output: new PassThrough(), env: {} }
    return {
      io: new CommandIo({ ...streams, messages, messagesOnTerminal, outputOnTerminal: false }),
      said: () => String(messages.read() ?? ''),
    }
  }

  it('says nothing off a terminal, and nothing for short work on one', async () => {
    for (const [terminal, waitMs] of [
      [false, 10_000],
      [true, 400],
    ] as const) {
      const clock = new VirtualClock()
      const { io, said } = ioOn(terminal)
      const bar = new ProgressBar(io, clock, { enabled: true })
      await clock.advance(waitMs)
      bar.update(1, 2, () => 'x')
      bar.clear()
      expect(said()).toBe('')
    }
  })

  it('draws over itself at most ten times a second and takes itself away', async () => {
    const clock = new VirtualClock()
    const { io, said } = ioOn(true)
    const bar = new ProgressBar(io, clock, { enabled: true })
    await clock.advance(1000)
    bar.update(1, 2, () => 'half')
    bar.update(1.1, 2, () => 'not drawn')
    await clock.advance(100)
    bar.update(2, 2, () => 'all')
    bar.clear()
    const drawn = said()
    expect(drawn).toContain('50%')
    expect(drawn).toContain('half')
    expect(drawn).not.toContain('not drawn')
    expect(drawn.endsWith('\r\u001b[2K')).toBe(true)
  })

  it('tells the share and the time left, or nothing when the end is not known', () => {
    expect(barText(25, 100, 1000)).toBe('[######..................]  25%  3.0 s left  ')
    expect(barText(0, 100, 1000)).toBe('[........................]   0%  ')
    expect(barText(5, undefined, 1000)).toBe('')
  })
})
