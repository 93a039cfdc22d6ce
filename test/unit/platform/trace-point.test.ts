import { AsyncLocalStorage } from 'node:async_hooks'
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { type TraceContext, TracePoint } from '../../../src/platform/trace-point.ts'
import { EVENT_POINTS, TRACE_POINTS } from '../../../src/platform/trace-table.ts'
import { TraceRecorder } from '../../support/trace-recorder.ts'

const NAME = 'varve:test.operation'
const WHOLE = ['start', 'end', 'asyncStart', 'asyncEnd']

interface TestTrace extends TraceContext {
  readonly input: number
  output?: number
}

const point = new TracePoint<TestTrace>(NAME)
const recorders: TraceRecorder[] = []
function record(): TraceRecorder {
  const recorder = new TraceRecorder([NAME])
  recorders.push(recorder)
  return recorder
}
afterEach(() => {
  for (const recorder of recorders.splice(0)) recorder.stop()
})

function double(input: number): Promise<number> {
  return point.run(
    () => ({ input }),
    () => Promise.resolve(input * 2),
    (output) => ({ output }),
  )
}

describe('an operation that can be looked on at', () => {
  it('does nothing more than its work while nobody looks on', async () => {
    const work = Promise.resolve(1)
    const unused = (): never => {
      throw new Error('must not be called')
    }
    expect(point.run(unused, () => work, unused)).toBe(work)
    expect(point.begin(unused)).toBeUndefined()
    await work
  })

  it('tells its start and its end, with one object that gathers what is known', async () => {
    const recorder = record()
    expect(await double(21)).toBe(42)
    const [trace] = recorder.of(NAME)
    expect(trace?.events).toEqual(WHOLE)
    expect(trace?.atStart).toEqual({ input: 21 })
    expect(trace?.context).toEqual({ input: 21, output: 42 })
  })

  it('tells why it failed, and fails all the same', async () => {
    const recorder = record()
    const error = new Error('expected')
    const failed = point.run(
      () => ({ input: 1 }),
      () => Promise.reject(error),
      () => ({}),
    )
    await expect(failed).rejects.toBe(error)
    const [trace] = recorder.of(NAME)
    expect(trace?.events).toEqual(['start', 'end', 'error', 'asyncStart', 'asyncEnd'])
    expect(trace?.context).toEqual({ input: 1, error })
  })

  it('runs its work with the stores that a subscriber bound to its start', async () => {
    const store = new AsyncLocalStorage<number>()
    const start = channel(`tracing:${NAME}:start`)
    start.bindStore(store, (context) => (context as TestTrace).input)
    try {
      const seen = await point.run(
        () => ({ input: 7 }),
        async () => {
          await Promise.resolve()
          return store.getStore()
        },
        () => ({}),
      )
      expect(seen).toBe(7)
      expect(store.getStore()).toBeUndefined()
    } finally {
      start.unbindStore(store)
    }
  })

  it.each(['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const)(
    'is watched when somebody looks at %s alone',
    (event) => {
      const subscriber = (): void => undefined
      const name = `tracing:${NAME}:${event}`
      subscribe(name, subscriber)
      expect(point.isWatched).toBe(true)
      unsubscribe(name, subscriber)
      expect(point.isWatched).toBe(false)
    },
  )
})

describe('the table of operations', () => {
  const page = readFileSync(
    join(dirname(fileURLToPath(import.meta.url)), '../../../docs/OBSERVABILITY.md'),
    'utf8',
  )

  it('and docs/OBSERVABILITY.md name the same channels', () => {
    const documented = new Set(page.match(/(?<=`)varve:[a-z]+\.[a-z]+(?=`)/g))
    const names = Object.values({ ...TRACE_POINTS, ...EVENT_POINTS }).map(({ name }) => name)
    expect([...documented].sort()).toEqual(names.sort())
  })
})
