import { describe, expect, it } from 'vitest'
import { type ClientWarning, WarningListeners } from '../../../src/client/client-warning.ts'
import { checkRunOptions } from '../../../src/client/processing-settings.ts'
import type { HandlerFailure, RunOptions } from '../../../src/client/processing-types.ts'
import { ProgressWatch, type StuckEvent } from '../../../src/client/progress-watch.ts'
import { RecordProcessing } from '../../../src/client/record-processing.ts'
import type { VarveError } from '../../../src/domain/error.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { ListedPlace, ListedWork, listedBatch } from '../../support/listed-work.ts'

const BOUND_MS = 10_000
const NEVER = new Promise<void>(() => undefined)

function processingOf<Key = Buffer | null, Value = Buffer | null>(options: RunOptions<Key, Value>) {
  const clock = new VirtualClock()
  const source = new ListedWork()
  const warnings = new WarningListeners()
  const told: ClientWarning[] = []
  warnings.add((warning) => told.push(warning))
  const stuck: StuckEvent[] = []
  const recovered: StuckEvent[] = []
  const watch = new ProgressWatch({
    clock,
    stuckAfterMs: 30_000,
    onStuck: (event) => stuck.push(event),
    onRecovered: (event) => recovered.push(event),
  })
  watch.start()
  const processing = new RecordProcessing({
    settings: checkRunOptions(options),
    source,
    clock,
    random: new SeededRandom(1),
    watch,
    warnings,
    budgetBytes: 100_000,
  })
  const run = processing.run(BOUND_MS)
  const outcome = run.then(
    () => undefined,
    (error: unknown) => error as VarveError,
  )
  return { clock, source, processing, told, stuck, recovered, outcome }
}

/** The places of partitions with one batch each of so many records, without keys unless told. */
function places(source: ListedWork, count: number, records: number, key: string | null = null) {
  return Array.from({ length: count }, (_, partition) =>
    source.add(
      new ListedPlace(partition, [
        listedBatch(partition, 0, new Array<null>(records).fill(key as null)),
      ]),
    ),
  )
}

describe('a handler that throws', () => {
  it('stops the run with the place and the cause, and nothing from it on counts as finished', async () => {
    const handled: string[] = []
    const cause = new Error('no such customer')
    const { clock, source, outcome } = processingOf({
      concurrency: { partitions: 2 },
      handler: async ({ partition, offset }) => {
        handled.push(`${partition}/${offset}`)
        await clock.sleep(partition === 0 ? 10 : 35)
        if (partition === 0 && offset === 2) throw cause
      },
    })
    const [failing, other] = places(source, 2, 5)
    const error = await clock.until(outcome)
    expect(error).toMatchObject({
      code: 'HANDLER_FAILED',
      message: 'the handler of the record at offset 2 of orders/0 failed: no such customer',
      details: { topic: 'orders', partition: 0, offset: 2, failure: 'handler', attempts: 1 },
    })
    expect(error?.cause).toBe(cause)
    expect(failing?.finished).toEqual([1, 2])
    // What was under way elsewhere came to its end, and counts.
    expect(other?.finished).toEqual([1])
    expect(handled).toEqual(['0/0', '1/0', '0/1', '0/2'])
  })

  it('passes the record over with a warning where the rule says so', async () => {
    const { clock, source, told, outcome, processing } = processingOf({
      onFailure: 'skip',
      handler: ({ offset }) => {
        if (offset === 1) throw new Error('bad row')
      },
    })
    const [place] = places(source, 1, 3)
    await clock.advance(10)
    source.close()
    expect(await outcome).toBeUndefined()
    expect(place?.finished).toEqual([1, 2, 3])
    expect(told.map(({ kind, message }) => ({ kind, message }))).toEqual([
      {
        kind: 'record-skipped',
        message:
          'the handler of the record at offset 1 of orders/0 failed: bad row; it was passed over',
      },
    ])
    expect(processing.counts).toEqual({ records: 2, failures: 1, skipped: 1, running: 0 })
  })

  it('is called again after a growing wait, and only then its last word counts', async () => {
    const attempts: { attempt: number; atMs: number }[] = []
    const { clock, source, told, outcome, processing } = processingOf({
      onFailure: { retry: { attempts: 3, backoffMs: 1_000 } },
      handler: (_record, { attempt }) => {
        attempts.push({ attempt, atMs: clock.monotonicMs() })
        throw new Error('no database')
      },
    })
    const [place] = places(source, 1, 2)
    await clock.advance(100)
    expect(processing.stateOf({ topic: 'orders', partition: 0 })).toMatchObject({
      state: 'handler-failed',
      ageMs: 100,
    })
    const error = await clock.until(outcome)
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3])
    const waits = attempts.slice(1).map(({ atMs }, index) => atMs - (attempts[index]?.atMs ?? 0))
    expect(waits[0]).toBeGreaterThanOrEqual(1_000)
    expect(waits[0]).toBeLessThanOrEqual(1_250)
    expect(waits[1]).toBeGreaterThanOrEqual(2_000)
    expect(error?.message).toBe(
      'the handler of the record at offset 0 of orders/0 failed at attempt 3: no database',
    )
    expect(told.map(({ kind }) => kind)).toEqual(['handler-failed', 'handler-failed'])
    expect(error?.details).toMatchObject({ attempts: 3, offset: 0 })
    expect(place?.finished).toEqual([])
  })

  it('may be judged by a function, which sees everything; what that throws stops the run', async () => {
    const seen: HandlerFailure[] = []
    const { clock, source, outcome } = processingOf({
      onFailure: (failure) => {
        seen.push(failure)
        if (failure.offset === 2) throw new Error('the rule is broken')
        return failure.attempt < 2 ? { retryAfterMs: 5 } : 'skip'
      },
      handler: ({ offset }) => {
        if (offset > 0) throw new Error(`not ${offset}`)
      },
    })
    const [place] = places(source, 1, 4)
    const error = await clock.until(outcome)
    expect(seen.map(({ offset, attempt, kind }) => [offset, attempt, kind])).toEqual([
      [1, 1, 'handler'],
      [1, 2, 'handler'],
      [2, 1, 'handler'],
    ])
    expect(seen[0]?.records[0]?.offset).toBe(1)
    expect(place?.finished).toEqual([1, 2])
    expect([error?.code, (error?.cause as Error).message]).toEqual([
      'HANDLER_FAILED',
      'the rule is broken',
    ])
  })

  it('of one key does not hold up other keys while it is tried again, but what is finished behind it waits', async () => {
    const { clock, source, processing, outcome } = processingOf({
      concurrency: 4,
      aheadMax: 5,
      onFailure: { retry: { attempts: Infinity, backoffMs: 60_000 } },
      handler: ({ offset }) => {
        if (offset === 1) throw new Error('not yet')
        handled.push(offset)
      },
    })
    const handled: number[] = []
    const keys = ['a', 'b', 'c', 'b', 'd', 'e', 'f', 'g']
    const place = source.add(new ListedPlace(0, [listedBatch(0, 0, keys)]))
    await clock.advance('10s')
    // Up to five from the failed one on: its own key waits, and what is further is not begun.
    expect(handled).toEqual([0, 2, 4, 5])
    expect(place.finished).toEqual([1])
    await processing.release(place, 1)
    source.close()
    expect(await clock.until(outcome)).toBeUndefined()
  })
})

describe('a record that cannot be decoded', () => {
  it('is a failure of its own kind, under the same rule', async () => {
    const seen: HandlerFailure[] = []
    const values: unknown[] = []
    const { clock, source, outcome } = processingOf({
      decode: {
        value: (bytes) => {
          const text = String(bytes)
          if (text === '0-1') return JSON.parse('{') as string
          return Promise.resolve(text)
        },
      },
      onFailure: (failure) => {
        seen.push(failure)
        return 'skip'
      },
      handler: ({ value, key }) => {
        values.push([key, value])
      },
    })
    const [place] = places(source, 1, 3)
    await clock.advance(10)
    source.close()
    expect(await outcome).toBeUndefined()
    expect(values).toEqual([
      [null, '0-0'],
      [null, '0-2'],
    ])
    expect(seen.map(({ kind, offset }) => [kind, offset])).toEqual([['decode', 1]])
    expect(place?.finished.at(-1)).toBe(3)
  })
})

describe('a handler that does not return', () => {
  it('is told as stuck with its record, holds up only its own partition, and is told when it goes on', async () => {
    let release: (() => void) | undefined
    const { clock, source, stuck, recovered, outcome, processing } = processingOf({
      concurrency: { partitions: 2 },
      handler: ({ partition, offset }) => {
        if (partition !== 0 || offset !== 1) return
        return new Promise<void>((resolve) => {
          release = resolve
        })
      },
    })
    const [hanging, other] = places(source, 2, 500)
    await clock.advance('60s')
    expect(stuck.map(({ reason, partition, offset }) => [reason, partition, offset])).toEqual([
      ['handler', 0, 1],
    ])
    expect(hanging?.finished).toEqual([1])
    expect(other?.finished.at(-1)).toBe(500)
    expect(processing.stateOf({ topic: 'orders', partition: 0 })).toMatchObject({
      state: 'in-handler',
      ageMs: 60_000,
    })
    release?.()
    await clock.advance(1)
    expect(recovered.map(({ reason, partition }) => [reason, partition])).toEqual([['handler', 0]])
    expect(hanging?.finished.at(-1)).toBe(500)
    source.close()
    expect(await outcome).toBeUndefined()
  })

  it('has failed when its time is up, and its signal says so', async () => {
    const reasons: unknown[] = []
    const { clock, source, outcome } = processingOf({
      handlerTimeoutMs: 5_000,
      onFailure: 'skip',
      handler: async ({ offset }, { signal }) => {
        if (offset !== 0) return
        signal.addEventListener('abort', () => reasons.push((signal.reason as VarveError).code))
        await NEVER
      },
    })
    const [place] = places(source, 1, 2)
    await clock.advance('6s')
    expect(reasons).toEqual(['REQUEST_TIMEOUT'])
    expect(place?.finished).toEqual([1, 2])
    source.close()
    expect(await outcome).toBeUndefined()
  })
})

describe('a partition that leaves', () => {
  it('is waited for as long as its handlers need, and what they finished counts', async () => {
    const begun: number[] = []
    const { clock, source, processing, outcome } = processingOf({
      concurrency: { keys: 2 },
      handler: async ({ offset }) => {
        begun.push(offset)
        await clock.sleep(1_000)
      },
    })
    const [place] = places(source, 1, 10)
    await clock.advance(500)
    const released = processing
      .release(place as ListedPlace, BOUND_MS)
      .then(() => clock.monotonicMs())
    expect(await clock.until(released)).toBe(1_000)
    expect(begun).toEqual([0, 1])
    expect(place?.finished).toEqual([1, 2])
    source.close()
    expect(await outcome).toBeUndefined()
  })

  it('leaves no gap: what waits for its key before a record that has begun is still worked on, nothing behind it is', async () => {
    const handled: number[] = []
    const { clock, source, processing } = processingOf({
      concurrency: { partitions: 1, keys: 2 },
      handler: async ({ offset }) => {
        handled.push(offset)
        await clock.sleep(offset === 0 ? 1_000 : 10)
      },
    })
    const keys = ['slow', 'slow', 'quick', 'quick', 'slow', 'slow']
    const place = source.add(new ListedPlace(0, [listedBatch(0, 0, keys)]))
    await clock.advance(100)
    expect(handled).toEqual([0, 2, 3])
    expect(place.finished).toEqual([])
    await clock.until(processing.release(place, BOUND_MS))
    expect(handled).toEqual([0, 2, 3, 1])
    expect(place.finished.at(-1)).toBe(4)
  })

  it('does not begin what waits once its time is half over, nor behind a record that came to nothing', async () => {
    const handled: string[] = []
    const { clock, source, processing, told } = processingOf({
      concurrency: { partitions: 2, keys: 2 },
      handler: async ({ partition, offset }) => {
        handled.push(`${partition}/${offset}`)
        await clock.sleep(offset === 0 ? 6_000 - 4_000 * partition : 10)
        if (partition === 1 && offset === 0) throw new Error('bad row')
      },
    })
    const keys = ['slow', 'slow', 'quick']
    const [first, second] = [0, 1].map((partition) =>
      source.add(new ListedPlace(partition, [listedBatch(partition, 0, keys)])),
    ) as [ListedPlace, ListedPlace]
    await clock.advance(100)
    expect(handled).toEqual(['0/0', '0/2', '1/0', '1/2'])
    const released = [first, second].map((place) => processing.release(place, BOUND_MS))
    await clock.until(Promise.all(released))
    expect(handled).toEqual(['0/0', '0/2', '1/0', '1/2'])
    expect(first.finished).toEqual([1])
    expect(second.finished).toEqual([])
    expect(told.map(({ kind }) => kind)).toEqual(['handler-failed'])
  })

  it('and whose handler fails meanwhile is told of; the record comes again elsewhere', async () => {
    const { clock, source, processing, told, outcome } = processingOf({
      handler: async () => {
        await clock.sleep(1_000)
        throw new Error('no such customer')
      },
    })
    const [place] = places(source, 1, 3)
    await clock.advance(500)
    await clock.until(processing.release(place as ListedPlace, BOUND_MS))
    source.close()
    expect(await outcome).toBeUndefined()
    expect(place?.finished).toEqual([])
    expect(told.map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
      'handler-failed: the handler of the record at offset 0 of orders/0 failed: no such customer; it comes again to whoever gets the partition',
    ])
  })

  it('gives a handler the signal at half of the bound, and goes without it at the bound; others have its slot', async () => {
    const signals: number[] = []
    const { clock, source, processing, outcome } = processingOf({
      handler: async ({ partition }, { signal }) => {
        signal.addEventListener('abort', () => signals.push(clock.monotonicMs()))
        if (partition === 0) await NEVER
      },
    })
    const [place, other] = places(source, 2, 3)
    await clock.advance(0)
    expect(other?.finished).toEqual([])
    const released = processing
      .release(place as ListedPlace, BOUND_MS)
      .then(() => clock.monotonicMs())
    expect(await clock.until(released)).toBe(BOUND_MS)
    expect(signals[0]).toBe(BOUND_MS / 2)
    await clock.advance(1)
    expect([place?.finished, other?.finished]).toEqual([[], [1, 2, 3]])
    source.close()
    expect(await outcome).toBeUndefined()
  })

  it('and is lost aborts its handlers at once; what they throw is no failure', async () => {
    const { clock, source, processing, told, outcome } = processingOf({
      handler: (_record, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error)
          })
        }),
    })
    const [place] = places(source, 1, 3)
    await clock.advance(10)
    if (place !== undefined) place.isCurrent = false
    processing.lost(place as ListedPlace)
    await clock.advance(10)
    source.close()
    expect(await outcome).toBeUndefined()
    expect([told, place?.finished, processing.counts.failures]).toEqual([[], [], 0])
  })
})

describe('a session of which it is not certain that it goes on', () => {
  it('lets nothing begin until it is', async () => {
    const begun: number[] = []
    const { clock, source, outcome } = processingOf({
      handler: async ({ offset }) => {
        begun.push(offset)
        await clock.sleep(1_000)
      },
    })
    places(source, 1, 3)
    await clock.advance(500)
    source.isCertain = false
    await clock.advance('10s')
    expect(begun).toEqual([0])
    source.isCertain = true
    await clock.advance('10s')
    expect(begun).toEqual([0, 1, 2])
    source.close()
    expect(await clock.until(outcome)).toBeUndefined()
  })
})

describe('the end of a run', () => {
  it('comes when all that came was worked on', async () => {
    const { clock, source, outcome } = processingOf({
      batchHandler: async ({ records }) => {
        await clock.sleep(1_000)
        sizes.push(records.length)
      },
    })
    const sizes: number[] = []
    const place = source.add(
      new ListedPlace(0, [listedBatch(0, 0, [null, null], 5), listedBatch(0, 5, [null])]),
    )
    await clock.advance(500)
    source.close()
    expect(await clock.until(outcome)).toBeUndefined()
    expect([sizes, place.finished]).toEqual([
      [2, 1],
      [5, 6],
    ])
  })

  it('comes with what ended the reading, also when a handler hangs', async () => {
    const { clock, source, outcome } = processingOf({ handler: () => NEVER })
    places(source, 1, 1)
    await clock.advance(10)
    source.fail(new Error('the log is damaged'))
    expect(await clock.until(outcome)).toMatchObject({ message: 'the log is damaged' })
  })

  it('comes with what ended the reading', async () => {
    const { clock, source, outcome } = processingOf({
      handler: async () => {
        await clock.sleep(100)
      },
    })
    const [place] = places(source, 1, 1)
    await clock.advance(10)
    source.fail(new Error('the log is damaged'))
    expect(await clock.until(outcome)).toMatchObject({ message: 'the log is damaged' })
    expect(place?.finished).toEqual([1])
  })
})

describe('what run takes', () => {
  const handler = (): undefined => undefined
  it.each([
    [{}, 'run takes either a handler or a batchHandler'],
    [{ handler, batchHandler: handler }, 'run takes either a handler or a batchHandler'],
    [{ handler: 'work' }, 'handler must be a function, not "work"'],
    [{ handler, handlers: 3 }, 'run has no option handlers'],
    [{ handler, concurrency: 0 }, 'concurrency must be a whole number from 1'],
    [{ handler, concurrency: { partition: 2 } }, 'did you mean partitions'],
    [
      { handler, concurrency: { partitions: 200, keys: 200 } },
      'concurrency.partitions * concurrency.keys',
    ],
    [{ batchHandler: handler, concurrency: 2 }, 'one batch of a partition at a time'],
    [{ batchHandler: handler, decode: {} }, 'decode belongs to a handler'],
    [{ handler, decode: { value: 1 } }, 'decode.value must be a function'],
    [{ handler, onFailure: 'ignore' }, 'onFailure must be one of stop, skip'],
    [{ handler, onFailure: { retry: {} } }, 'onFailure.retry.attempts must be'],
    [
      { handler, onFailure: { retry: { attempts: 2, then: 'go' } } },
      'onFailure.retry.then must be',
    ],
    [{ handler, handlerTimeoutMs: 0 }, 'handlerTimeoutMs must be'],
    [{ handler, aheadMax: 0 }, 'aheadMax must be'],
  ])('refuses %j', (options, message) => {
    expect(() => checkRunOptions(options as RunOptions)).toThrow(message)
  })
})
