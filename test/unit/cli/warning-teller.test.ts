import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { CommandIo } from '../../../src/cli/command-io.ts'
import { stuckTeller, warningTeller } from '../../../src/cli/warning-teller.ts'
import type { ClientWarning, StuckEvent } from '../../../src/client/index.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'

function telling(): { io: CommandIo; said: () => string[] } {
  const messages = new PassThrough()
  const streams = { input: new PassThrough(), output: new PassThrough(), env: {} }
  const io = new CommandIo({
    ...{ ...streams, messages },
    ...{ messagesOnTerminal: false, outputOnTerminal: false },
  })
  return {
    io,
    said: () =>
      String(messages.read() ?? '')
        .split('\n')
        .slice(0, -1),
  }
}

function retrying(what: string, reason: string): ClientWarning {
  const error = new VarveError('BROKER_UNAVAILABLE', reason)
  return { kind: 'retrying', message: `${what} will be tried again: ${reason}`, error }
}

describe('a warning', () => {
  it('is said once while the same trouble comes again and again, and anew when it comes back later', async () => {
    const clock = new VirtualClock()
    const { io, said } = telling()
    const tell = warningTeller(io, clock, false)
    for (let second = 0; second < 40; second++) {
      for (const what of ['reading', 'a commit', 'the session']) {
        tell(retrying(what, `no connection (${second})`))
      }
      await clock.advance('1s')
    }
    expect(said()).toEqual([
      'varve: warning: reading will be tried again: no connection (0)',
      'varve: warning: a commit will be tried again: no connection (0)',
      'varve: warning: the session will be tried again: no connection (0)',
    ])
    await clock.advance('40s')
    tell(retrying('reading', 'no connection'))
    expect(said()).toEqual(['varve: warning: reading will be tried again: no connection'])
  })
})

describe('an output that nobody takes', () => {
  const event: StuckEvent = {
    ...{ reason: 'handler', message: 'the handler of orders/3 hangs', ageMs: 31_000 },
    ...{ topic: 'orders', partition: 3, offset: 17 },
  }

  it('is called that, and not a handler', () => {
    const { io, said } = telling()
    stuckTeller(io, 'stuck', false)(event)
    stuckTeller(io, 'recovered', false)(event)
    stuckTeller(io, 'recovered', false)({ ...event, isGivenUp: true })
    expect(said()).toEqual([
      'varve: warning: the output has not been taken for 31.0 s: records of orders/3 from offset 17 on wait',
      'varve: the output is being taken again after 31.0 s',
      'varve: the output was not taken for 31.0 s, and is not waited for any more',
    ])
    stuckTeller(io, 'stuck', true)(event)
    expect(JSON.parse(said()[0] ?? '')).toMatchObject({
      stuck: { reason: 'handler', message: expect.stringContaining('output') as string },
    })
  })
})
