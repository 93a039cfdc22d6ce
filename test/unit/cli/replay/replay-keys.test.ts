import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import {
  type ControlledReplay,
  ReplayControls,
} from '../../../../src/cli/replay/replay-controls.ts'
import { isTerminal, type KeyActions, ReplayKeys } from '../../../../src/cli/replay/replay-keys.ts'
import type {
  ReplayPaceOptions,
  ReplayProgress,
  ReplayStatus,
} from '../../../../src/client/index.ts'

function terminal(): { input: PassThrough; modes: boolean[] } {
  const modes: boolean[] = []
  const setRawMode = (isRaw: boolean): number => modes.push(isRaw)
  return { input: Object.assign(new PassThrough(), { isTTY: true, setRawMode }), modes }
}

function recorder(): { readonly actions: KeyActions; readonly done: string[] } {
  const done: string[] = []
  const log = (name: string) => (): void => {
    done.push(name)
  }
  return {
    done,
    actions: {
      ...{ pauseOrResume: log('pause'), step: log('step'), faster: log('faster') },
      ...{ slower: log('slower'), help: log('help'), quit: log('quit') },
      interrupt: log('interrupt'),
      playAsRecorded: log('speed 1'),
      playAtMax: log('speed max'),
    },
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the keys', () => {
  it('do what they say, also many at once, and others do nothing', async () => {
    const { input } = terminal()
    const { actions, done } = recorder()
    const keys = new ReplayKeys(input, actions)
    expect(keys.start()).toBe(true)
    for (const pressed of [
      ' s',
      '\u001b[C\u001bOC',
      '+=-',
      '1m',
      'x\u001b[A\u001b[1;5D€',
      '?q\u0003\u0004',
    ]) {
      input.write(pressed)
      await turn()
    }
    expect(done).toEqual([
      ...['pause', 'step', 'step', 'step', 'faster', 'faster', 'slower', 'speed 1', 'speed max'],
      ...['help', 'quit', 'interrupt', 'quit'],
    ])
    keys.stop()
  })

  it('leave the terminal as it was, once, and hear nothing afterwards', async () => {
    const { input, modes } = terminal()
    const { actions, done } = recorder()
    const keys = new ReplayKeys(input, actions)
    keys.start()
    expect(modes).toEqual([true])
    keys.stop()
    keys.stop()
    expect(modes).toEqual([true, false])
    expect(input.isPaused()).toBe(true)
    input.write('q')
    await turn()
    expect(done).toEqual([])
  })

  it('that come behind the one that ended it are not heard', async () => {
    const { input } = terminal()
    const { actions, done } = recorder()
    const keys = new ReplayKeys(input, {
      ...actions,
      quit: () => {
        keys.stop()
      },
    })
    keys.start()
    input.write('sqs')
    await turn()
    expect(done).toEqual(['step'])
  })

  it('are not there without a terminal, and the input is not touched', async () => {
    const input = new PassThrough()
    const { actions, done } = recorder()
    const keys = new ReplayKeys(input, actions)
    expect([isTerminal(input), keys.start()]).toEqual([false, false])
    input.write('q')
    await turn()
    expect(done).toEqual([])
    expect(String(input.read())).toBe('q')
    keys.stop()
  })
})

describe('the controls', () => {
  class StubReplay implements ControlledReplay {
    readonly calls: (string | ReplayPaceOptions)[] = []
    status: ReplayStatus = 'playing'

    pause(): void {
      this.calls.push('pause')
      this.status = 'paused'
    }
    resume(): void {
      this.calls.push('resume')
      this.status = 'playing'
    }
    step(): void {
      this.calls.push('step')
      this.status = 'paused'
    }
    setPace(pace: ReplayPaceOptions): void {
      this.calls.push(pace)
    }
    progress(): ReplayProgress {
      return {
        ...{ status: this.status, playheadMs: undefined, records: 0, bytes: 0, dropped: 0 },
        ...{ lagMs: 0, delayedMs: 0, share: undefined, remainingMs: undefined, offsetsLeft: 0 },
      }
    }
  }

  it('pause and go on, also behind a step', () => {
    const replay = new StubReplay()
    const controls = new ReplayControls(replay, { speed: 1 }, undefined)
    controls.pauseOrResume()
    controls.pauseOrResume()
    controls.step()
    controls.pauseOrResume()
    expect(replay.calls).toEqual(['pause', 'resume', 'step', 'resume'])
  })

  it('change the pace, with the longest gap where it says something', () => {
    const replay = new StubReplay()
    const controls = new ReplayControls(replay, { speed: 10 }, 2_000)
    controls.faster()
    expect(controls.paceText).toBe('20x')
    controls.playAtMax()
    controls.slower()
    controls.playAsRecorded()
    controls.slower()
    expect(replay.calls).toEqual([
      { speed: 20, gapMaxMs: 2_000 },
      { speed: 'max' },
      { speed: 'max' },
      { speed: 1, gapMaxMs: 2_000 },
      { speed: 0.5, gapMaxMs: 2_000 },
    ])
    const rated = new ReplayControls(replay, { rate: { recordsPerSecond: 8 } }, undefined)
    rated.slower()
    expect(replay.calls.at(-1)).toEqual({ rate: { recordsPerSecond: 4 } })
  })
})
