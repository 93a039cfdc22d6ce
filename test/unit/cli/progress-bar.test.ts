import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { CommandIo } from '../../../src/cli/command-io.ts'
import { ProgressBar } from '../../../src/cli/progress-bar.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'

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
})
