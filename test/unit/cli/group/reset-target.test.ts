import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../../src/cli/exit-code.ts'
import {
  addResetTargetOptions,
  type ResetTargetOptions,
  resetTargets,
} from '../../../../src/cli/group/reset-target.ts'
import { VirtualClock } from '../../../../src/platform/virtual-clock.ts'

const clock = new VirtualClock()

function targets(...args: string[]): unknown {
  const command = addResetTargetOptions(new Command('reset').exitOverride())
  command.parse(args, { from: 'user' })
  return resetTargets(command.opts<ResetTargetOptions>(), clock)
}

describe('what is to be reset where to', () => {
  it.each([
    [['--to-earliest'], 'earliest'],
    [['--to-latest'], 'latest'],
    [['--to-offset', '5'], { offset: 5 }],
    [['--to-timestamp', '2026-07-01'], { timestampMs: Date.UTC(2026, 6, 1) }],
    [['--to-datetime', '2026-07-01T00:00:00.000'], { timestampMs: Date.UTC(2026, 6, 1) }],
    [['--shift-by', '-10'], { shiftBy: -10 }],
    [['--shift', '+3'], { shiftBy: 3 }],
    [['--as-of', '1000'], { asOfMs: 1000 }],
  ] as const)('%j is for all topics of the group', (args, to) => {
    expect(targets(...args)).toEqual([{ to }])
    expect(targets('--all-topics', ...args)).toEqual([{ to }])
  })

  it('counts a duration back from now', () => {
    const wallMs = Math.floor(clock.wallMs())
    expect(targets('--by-duration', '90m')).toEqual([{ to: { timestampMs: wallMs - 5_400_000 } }])
    expect(targets('--by-duration', 'PT1H30M')).toEqual(targets('--by-duration', '90m'))
    expect(targets('--by-duration', '999999d')).toEqual([{ to: { timestampMs: 0 } }])
  })

  it('takes topics, and partitions of them in either way', () => {
    expect(targets('--topic', 'a', '--topic', 'b:0,3', '--to-latest')).toEqual([
      { topic: 'a', to: 'latest' },
      { topic: 'b', partition: 0, to: 'latest' },
      { topic: 'b', partition: 3, to: 'latest' },
    ])
    expect(targets('--topic', 'a', '--partition', '1', '--partition', '2', '--to-latest')).toEqual([
      { topic: 'a', partition: 1, to: 'latest' },
      { topic: 'a', partition: 2, to: 'latest' },
    ])
  })

  it('leaves a file to whoever can read it', () => {
    expect(targets('--from-file', 'x.csv')).toEqual({ fromFile: 'x.csv' })
  })

  it.each([
    [[], 'where to? Give one of --to-earliest, --to-latest'],
    [['--to-earliest', '--to-offset', '0'], '--to-earliest cannot be used with --to-offset'],
    [['--shift-by', 'x'], '--shift-by must be an integer'],
    [['--to-offset', '-1'], '--to-offset must be an integer of at least 0'],
    [['--topic', 'a', '--all-topics', '--to-latest'], '--all-topics cannot be used with --topic'],
    [['--partition', '1', '--to-latest'], '--partition goes with one --topic'],
    [['--topic', 'a', '--topic', 'b', '--partition', '1', '--to-latest'], 'with one --topic'],
    [['--topic', 'a:1', '--partition', '1', '--to-latest'], 'leave --partition out'],
    [['--topic', ':1', '--to-latest'], '--topic must be a name, or as NAME:0,3'],
    [['--topic', 'a', '--from-file', 'x'], '--from-file names its topics itself'],
    [['--by-duration', 'P1M'], '--by-duration must be a duration such as 30s'],
    [['--by-duration', 'PT'], '--by-duration must be a duration'],
    [['--as-of', 'yesterday'], '--as-of must be a moment'],
  ] as const)('%j is refused', (args, message) => {
    expect(() => targets(...args)).toThrow(UsageError)
    expect(() => targets(...args)).toThrow(message)
  })
})
