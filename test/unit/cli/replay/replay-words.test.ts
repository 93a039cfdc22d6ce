import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { CommandIo } from '../../../../src/cli/command-io.ts'
import {
  readPositions,
  refuseUnwritable,
  writePositions,
} from '../../../../src/cli/replay/positions-file.ts'
import { type DisplayMode, ReplayDisplay } from '../../../../src/cli/replay/replay-display.ts'
import {
  displayMode,
  progressText,
  RecentRate,
} from '../../../../src/cli/replay/replay-progress.ts'
import {
  type CommandSummary,
  saySummary,
  summaryText,
} from '../../../../src/cli/replay/replay-summary.ts'
import { type ReplayEvents, tellReplayEvents } from '../../../../src/cli/replay/replay-teller.ts'
import type { ReplayEventMap, ReplayProgress } from '../../../../src/client/index.ts'
import { ReplayListeners } from '../../../../src/client/replay-listeners.ts'
import { VarveError } from '../../../../src/domain/error.ts'
import { VirtualClock } from '../../../../src/platform/virtual-clock.ts'
import { temporaryDirectory } from '../../../support/temporary-directory.ts'

const ERASE = '\r\u001b[2K'

function ioOn(
  terminals: { readonly messages?: boolean; readonly output?: boolean } = {},
  columns?: number,
): { readonly io: CommandIo; readonly said: () => string; readonly output: PassThrough } {
  const [output, messages] = [new PassThrough(), new PassThrough()]
  if (columns !== undefined) Object.assign(messages, { columns })
  const io = new CommandIo({
    ...{ input: new PassThrough(), output, messages, env: {} },
    messagesOnTerminal: terminals.messages ?? false,
    outputOnTerminal: terminals.output ?? false,
  })
  return { io, output, said: () => String(messages.read() ?? '') }
}

const PROGRESS: ReplayProgress = {
  ...{ status: 'playing', playheadMs: Date.UTC(2026, 6, 1, 12), records: 1234, bytes: 10 },
  ...{ dropped: 0, lagMs: 0, delayedMs: 0, share: undefined, remainingMs: undefined },
  offsetsLeft: 0,
}

describe('progress', () => {
  it('tells what there is to tell', () => {
    expect(progressText(PROGRESS, 'max', 362.7)).toBe(
      'playing  2026-07-01T12:00:00.000Z  max  1,234 records  363/s',
    )
    const all: ReplayProgress = {
      ...PROGRESS,
      ...{ status: 'waiting-for-client', share: 0.419, remainingMs: 3_000, lagMs: 400 },
      ...{ delayedMs: 1_200, dropped: 7, records: 1 },
    }
    expect(progressText(all, '10x', 0)).toBe(
      'waiting for the output  2026-07-01T12:00:00.000Z  10x  1 record  0/s  41%  3.0 s left  0.4 s late  1.2 s delayed  7 dropped',
    )
    const before: ReplayProgress = { ...PROGRESS, status: 'connecting', playheadMs: undefined }
    expect(progressText(before, '1x', 0)).toBe('connecting  -  1x  1,234 records  0/s')
  })

  it('has the rate of the last seconds', async () => {
    const clock = new VirtualClock()
    const rate = new RecentRate(clock)
    expect(rate.perSecond(0)).toBe(0)
    const found: number[] = []
    for (const records of [100, 200, 300, 300, 300, 300, 300]) {
      await clock.advance(1_000)
      found.push(Math.round(rate.perSecond(records)))
    }
    expect(found.slice(0, 3)).toEqual([100, 100, 100])
    expect(found.at(-1)).toBe(0)
  })

  it('is drawn over where that can be done, and told now and then elsewhere', () => {
    const told = { json: false, isQuiet: false, format: undefined }
    const [terminal, both] = [
      ioOn({ messages: true }).io,
      ioOn({ messages: true, output: true }).io,
    ]
    const modes: [CommandIo, Parameters<typeof displayMode>[1], DisplayMode][] = [
      [ioOn().io, told, 'lines'],
      [terminal, told, 'redrawn'],
      [terminal, { ...told, json: true }, 'lines'],
      [terminal, { ...told, isQuiet: true }, 'none'],
      [terminal, { ...told, format: '%v' }, 'redrawn'],
      [both, told, 'redrawn'],
      [both, { ...told, format: '%v\\n' }, 'redrawn'],
      [both, { ...told, format: '%v' }, 'none'],
    ]
    for (const [io, options, mode] of modes) expect(displayMode(io, options)).toBe(mode)
  })
})

describe('the display', () => {
  it('draws a line over itself, makes way for what is said, and takes itself away', async () => {
    const clock = new VirtualClock()
    const { io, said, output } = ioOn({ messages: true }, 6)
    let text = 'one'
    const display = new ReplayDisplay(io, clock, 'redrawn', () => text)
    display.start()
    expect(said()).toBe('')
    await clock.advance(200)
    expect(said()).toBe(`${ERASE}one`)
    text = 'wider than that'
    await clock.advance(200)
    expect(said()).toBe(`${ERASE}wider`)
    display.say('a warning')
    expect(said()).toBe(`${ERASE}a warning\n${ERASE}wider`)
    display.stop()
    display.stop()
    expect(said()).toBe(ERASE)
    display.refresh()
    await clock.advance(1_000)
    expect([said(), output.read()]).toEqual(['', null])
  })

  it('takes a terminal that does not know its width for a wide one', () => {
    const { io, said } = ioOn({ messages: true }, 0)
    const display = new ReplayDisplay(io, new VirtualClock(), 'redrawn', () => 'x'.repeat(500))
    display.start()
    display.refresh()
    expect(said()).toBe(`${ERASE}${'x'.repeat(119)}`)
    display.stop()
  })

  it('is a line every ten seconds off a terminal, and nothing where it is not wanted', async () => {
    const clock = new VirtualClock()
    const { io, said } = ioOn()
    const display = new ReplayDisplay(io, clock, 'lines', () => 'progress')
    display.start()
    await clock.advance(9_999)
    expect(said()).toBe('')
    await clock.advance(10_001)
    expect(said()).toBe('progress\nprogress\n')
    display.stop()
    const none = new ReplayDisplay(io, clock, 'none', () => 'progress')
    none.start()
    none.refresh()
    await clock.advance(60_000)
    none.say('said')
    expect(said()).toBe('said\n')
  })
})

describe('what is told beside the records', () => {
  const events: ReplayEventMap = {
    progress: PROGRESS,
    late: { isBehind: true, lateMs: 3_200 },
    trouble: {
      ...{ topic: 't', partition: 1, offset: 5, nextOffset: 9 },
      error: new VarveError('CORRUPT_LOG', 'damaged'),
    },
    warning: { kind: 'retrying', message: 'trying again' },
  }

  async function tell(json: boolean, isQuiet: boolean): Promise<string> {
    const { io, said } = ioOn()
    const clock = new VirtualClock()
    const display = new ReplayDisplay(io, clock, 'none', () => '')
    const listeners = new ReplayListeners()
    const replay: ReplayEvents = {
      on(event, listener) {
        listeners.add(event, listener)
        return replay
      },
    }
    tellReplayEvents(replay, { io, clock, display, json, isQuiet })
    listeners.tell('late', events.late)
    listeners.tell('trouble', events.trouble)
    listeners.tell('trouble', { ...events.trouble, nextOffset: undefined })
    listeners.warnings.tell(events.warning)
    listeners.tell('late', { isBehind: false, lateMs: 0 })
    // Listeners are told in a turn of their own.
    await new Promise((resolve) => setImmediate(resolve))
    return said()
  }

  it('is a line each', async () => {
    expect((await tell(false, false)).split('\n')).toEqual([
      'varve: warning: the output is slower than the schedule, now by 3.2 s',
      'varve: warning: t/1 cannot be read at offset 5, goes on at 9: damaged',
      'varve: warning: t/1 cannot be read at offset 5, goes on without the partition: damaged',
      'varve: warning: trying again',
      'varve: the output has caught up with the schedule',
      '',
    ])
    expect(await tell(false, true)).not.toContain('schedule')
  })

  it('is a line of JSON each, for programs', async () => {
    const lines = (await tell(true, false)).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { late: { isBehind: true, lateMs: 3_200 } },
      {
        trouble: {
          ...{ topic: 't', partition: 1, offset: 5, nextOffset: 9 },
          ...{ code: 'CORRUPT_LOG', message: 'damaged' },
        },
      },
      {
        trouble: {
          ...{ topic: 't', partition: 1, offset: 5, code: 'CORRUPT_LOG', message: 'damaged' },
        },
      },
      { warning: { kind: 'retrying', message: 'trying again' } },
      { late: { isBehind: false, lateMs: 0 } },
    ])
  })
})

describe('the summary', () => {
  const row = { topic: 't', partition: 0, startOffset: 5, nextOffset: 15, records: 9, bytes: 90 }
  const whole: CommandSummary = {
    ...{ sessionId: 's', isFinished: true, records: 9, bytes: 90, dropped: 1 },
    ...{ elapsedMs: 3_000, delayedMs: 1_200 },
    partitions: [{ ...row, dropped: 1, skipped: 0, checksum: '0123abcd' }],
  }
  const positions = {
    sessionId: 's',
    places: [{ topic: 't', partition: 0, startOffset: 5, offset: 15 }],
  }
  const stopped: CommandSummary = { ...whole, isFinished: false, partitions: [row], positions }
  const saying = (...args: [CommandSummary, 'table' | 'json' | 'none', string?]): string => {
    const { io, said } = ioOn()
    saySummary(io, args[0], args[1], args[2])
    return said()
  }

  it('is a table for people', () => {
    expect(saying(whole, 'table').split('\n')).toEqual([
      '9 records, 90 B in 3.0 s, 3/s, 1 dropped, delayed by 1.2 s, session s',
      'topic  partition  offsets  records  dropped  checksum',
      't              0    5..15        9        1  0123abcd',
      '',
    ])
    expect(saying(whole, 'none')).toBe('')
    const skipped = { ...whole, partitions: [{ ...row, dropped: 0, skipped: 3 }] }
    expect(summaryText(skipped)).toMatch(/skipped {2}checksum\n.* 3 {2}-$/)
  })

  it('says of a stopped one where to go on', () => {
    const text = saying(stopped, 'table')
    expect(text).toContain('stopped before the end')
    expect(text).toContain(' 9        -  -\n')
    expect(text).toContain(`for --resume: ${JSON.stringify(positions)}\n`)
    expect(saying(stopped, 'table', 'f.json')).toContain('to go on: varve replay --resume f.json\n')
    expect(JSON.parse(saying(stopped, 'json'))).toEqual({ replayed: stopped })
  })

  it('does not go on for ever', () => {
    const partitions = Array.from({ length: 60 }, (_, partition) => ({ ...row, partition }))
    const lines = summaryText({ ...whole, partitions }).split('\n')
    expect(lines).toHaveLength(1 + 1 + 50 + 1)
    expect(lines.at(-1)).toBe('and 10 partitions more; --summary json has all')
  })
})

describe('a file of positions', () => {
  const positions = { sessionId: 's', places: [] }

  it('is written whole, over the one before, and read again', async () => {
    const directory = await temporaryDirectory()
    const path = join(directory, 'place.json')
    await writeFile(path, 'x'.repeat(1_000))
    await writePositions(path, positions)
    expect(await readFile(path, 'utf8')).toBe(`${JSON.stringify(positions)}\n`)
    expect(await readPositions(path)).toEqual(positions)
    expect(await readdir(directory)).toEqual(['place.json'])
  })

  it('that cannot be written is said before, and leaves nothing behind', async () => {
    const directory = await temporaryDirectory()
    await mkdir(join(directory, 'folder'))
    expect(() => {
      refuseUnwritable(join(directory, 'folder'))
    }).toThrow('is a directory')
    expect(() => {
      refuseUnwritable(join(directory, 'none', 'place.json'))
    }).toThrow('cannot be written')
    refuseUnwritable(join(directory, 'place.json'))
    await expect(writePositions(join(directory, 'folder'), positions)).rejects.toThrow('folder')
    expect(await readdir(directory)).toEqual(['folder'])
    await expect(stat(join(directory, 'place.json'))).rejects.toThrow()
  })

  it('that holds something else is refused', async () => {
    const path = join(await temporaryDirectory(), 'place.json')
    for (const text of ['', 'x', 'null', '1', '[]', '{}', '{"places":1}']) {
      await writeFile(path, text)
      await expect(readPositions(path)).rejects.toThrow('holds no positions of a replay')
    }
    await expect(readPositions(`${path}.none`)).rejects.toThrow('no such file')
  })
})
