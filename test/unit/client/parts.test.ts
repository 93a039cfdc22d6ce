// The parts of producer and consumer that decide alone, without a broker.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs } from '../../../src/client/backoff.ts'
import { FlushBarrier } from '../../../src/client/flush-barrier.ts'
import { VarveError } from '../../../src/client/index.ts'
import { judgeProduceFailure } from '../../../src/client/produce-rule.ts'
import { SendBuffer } from '../../../src/client/send-buffer.ts'
import { ERRORS, type ErrorCode } from '../../../src/domain/error.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'

test('the backoff doubles up to its longest wait and never comes in step', () => {
  const random = new SeededRandom(3)
  const rule = { firstMs: 100, longestMs: 1_000 }
  for (const [attempt, most] of [
    [1, 100],
    [2, 200],
    [3, 400],
    [4, 800],
    [5, 1_000],
    [99, 1_000],
  ] as const) {
    const waits = Array.from({ length: 200 }, () => backoffMs(attempt, random, rule))
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(most / 2)
    expect(Math.max(...waits)).toBeLessThanOrEqual(most)
    expect(new Set(waits).size).toBeGreaterThan(20)
  }
})

test('only failures without effect are repeated when duplicates are not wanted', () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const error = new VarveError(code, 'x')
    const verdict = judgeProduceFailure(error, { recordCount: 1, retryUnknown: false })
    if (verdict === 'retry') expect(error.effect).toBe('none')
    expect(verdict).not.toBe('split')
  }
})

test.each<[ErrorCode, number, boolean, string]>([
  ['QUEUE_FULL', 1, false, 'retry'],
  ['DISK_FULL', 5, true, 'retry'],
  ['NOT_READY', 5, false, 'retry'],
  ['BROKER_UNAVAILABLE', 5, true, 'retry'],
  ['BROKER_UNAVAILABLE', 5, false, 'fail'],
  ['REQUEST_TIMEOUT', 5, true, 'retry'],
  ['BATCH_TOO_LARGE', 2, true, 'split'],
  ['BATCH_TOO_LARGE', 1, true, 'fail'],
  ['DECOMPRESSED_TOO_LARGE', 2, true, 'split'],
  ['STORAGE_FAILED', 2, true, 'fail'],
  ['PARTITION_READ_ONLY', 2, true, 'fail'],
  ['UNKNOWN_TOPIC', 2, true, 'fail'],
  ['CRC_MISMATCH', 2, true, 'fail'],
])(
  'a batch refused with %s, %i records, retryUnknown %s: %s',
  (code, recordCount, retryUnknown, verdict) => {
    expect(judgeProduceFailure(new VarveError(code, 'x'), { recordCount, retryUnknown })).toBe(
      verdict,
    )
  },
)

test('a flush waits for what was there before it and for nothing else', async () => {
  const barrier = new FlushBarrier()
  const events: string[] = []
  const before = barrier.enter()
  const flushed = barrier.wait().then(() => events.push('flushed'))
  const later = barrier.enter()
  expect(later).not.toBe(before)
  barrier.leave(later)
  await Promise.resolve()
  expect(events).toEqual([])
  barrier.leave(before)
  await flushed
  expect(barrier.open).toBe(0)
  await barrier.wait()
})

test('flushes of any number and order resolve exactly when their generations are empty', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('enter', 'leave-first', 'leave-last', 'wait'), { maxLength: 60 }),
      async (steps) => {
        const barrier = new FlushBarrier()
        const open: number[] = []
        const waits: { upTo: number; isOver: boolean }[] = []
        for (const step of steps) {
          if (step === 'enter') open.push(barrier.enter())
          else if (step === 'wait') {
            const wait = { upTo: barrier.generation, isOver: false }
            waits.push(wait)
            void barrier.wait().then(() => (wait.isOver = true))
          } else {
            const left = step === 'leave-first' ? open.shift() : open.pop()
            if (left !== undefined) barrier.leave(left)
          }
          await new Promise((resolve) => setImmediate(resolve))
          expect(barrier.open).toBe(open.length)
          for (const { upTo, isOver } of waits) {
            expect(isOver).toBe(open.every((generation) => generation > upTo))
          }
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('room given back while others are let in goes to those behind them', () => {
  const buffer = new SendBuffer({ clock: new VirtualClock(), capacityBytes: 10, maxWaitMs: 1_000 })
  const granted: string[] = []
  const refuse = (): void => {
    throw new Error('no time has passed')
  }
  const ask = (name: string, bytes: number, isShort = false): void => {
    const grant = (): void => {
      granted.push(name)
      if (isShort) buffer.giveBack(bytes)
      // Whoever asks now stands behind all that wait.
      if (isShort) expect(buffer.tryTake(1)).toBe(false)
    }
    buffer.take(bytes, grant, refuse)
  }
  ask('first', 10)
  ask('short', 4, true)
  ask('second', 6)
  ask('third', 4)
  buffer.giveBack(10)
  expect(granted).toEqual(['first', 'short', 'second', 'third'])
  expect(buffer.usedBytes).toBe(10)
})

test('the send buffer never exceeds its capacity, serves in order and forgets nobody', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ bytes: fc.integer({ min: 0, max: 100 }), give: fc.boolean() }), {
        maxLength: 100,
      }),
      (steps) => {
        const clock = new VirtualClock()
        const buffer = new SendBuffer({ clock, capacityBytes: 100, maxWaitMs: 1_000 })
        const granted: number[] = []
        const held: number[] = []
        steps.forEach(({ bytes, give }, index) => {
          if (give) {
            const back = held.shift()
            if (back !== undefined) buffer.giveBack(back)
          } else {
            buffer.take(
              bytes,
              () => {
                granted.push(index)
                held.push(bytes)
              },
              () => {
                throw new Error('no time has passed')
              },
            )
          }
          expect(buffer.usedBytes).toBeLessThanOrEqual(100)
          expect(buffer.usedBytes).toBe(held.reduce((sum, each) => sum + each, 0))
        })
        for (let back = held.shift(); back !== undefined; back = held.shift()) buffer.giveBack(back)
        const asked = steps.flatMap(({ give }, index) => (give ? [] : [index]))
        expect(granted).toEqual(asked)
        expect(buffer.isAwaited).toBe(false)
        expect(clock.openTimers).toBe(0)
      },
    ),
  )
})
