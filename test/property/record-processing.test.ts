import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WarningListeners } from '../../src/client/client-warning.ts'
import type { ConsumerBatch } from '../../src/client/consumer-types.ts'
import { checkRunOptions } from '../../src/client/processing-settings.ts'
import { ProgressWatch } from '../../src/client/progress-watch.ts'
import { RecordProcessing } from '../../src/client/record-processing.ts'
import { isVarveError } from '../../src/domain/error.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { ListedPlace, ListedWork, listedBatch } from '../support/listed-work.ts'
import { seeded } from '../support/seed.ts'

const PARTITIONS = 3
const BOUND_MS = 50

/** Of each record: its key, how long its handler takes, and how often that fails before it succeeds. */
const records = fc.array(
  fc.record({
    key: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null }),
    durationMs: fc.nat({ max: 20 }),
    failures: fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, fc.nat({ max: 3 })),
    endsBatch: fc.boolean(),
    gap: fc.nat({ max: 2 }),
  }),
  { minLength: 1, maxLength: 40 },
)
const scenario = fc.record({
  partitions: fc.array(records, { minLength: 1, maxLength: PARTITIONS }),
  concurrency: fc.record({
    partitions: fc.integer({ min: 1, max: 3 }),
    keys: fc.integer({ min: 1, max: 4 }),
  }),
  aheadMax: fc.integer({ min: 1, max: 12 }),
  onFailure: fc.constantFrom('stop' as const, 'skip' as const, {
    retry: { attempts: 3, backoffMs: 5, then: 'skip' as const },
  }),
  budgetBytes: fc.constantFrom(1, 500, 100_000),
  /** After so long a partition leaves, in order or not, and comes back. */
  moves: fc.array(
    fc.record({
      afterMs: fc.nat({ max: 60 }),
      partition: fc.nat({ max: PARTITIONS - 1 }),
      isLost: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
})
const { seed, runs } = seeded('RECORD_PROCESSING', 150)

interface Listed {
  readonly offset: number
  readonly key: string | null
  readonly durationMs: number
  failuresLeft: number
}

describe('processing in a group', () => {
  it('tells as finished what is, in any order of ending, through failures and moves of partitions', async () => {
    const seen = { handled: 0, moves: 0, stops: 0, skips: 0 }
    const property = fc.asyncProperty(scenario, async (given) => {
      const clock = new VirtualClock()
      const source = new ListedWork()
      const plan: Map<number, Listed>[] = []
      const ends: number[] = []
      const done: Set<number>[] = given.partitions.map(() => new Set())
      const batches = given.partitions.map((list, partition) => {
        const made: ConsumerBatch[] = []
        const byOffset = new Map<number, Listed>()
        let keys: (string | null)[] = []
        let start = 0
        for (const [index, { key, durationMs, failures, endsBatch, gap }] of list.entries()) {
          const offset = start + keys.length
          byOffset.set(offset, { offset, key, durationMs, failuresLeft: failures })
          keys.push(key)
          if (!endsBatch && index < list.length - 1) continue
          const next = offset + 1 + gap
          made.push(listedBatch(partition, start, keys, next))
          start = next
          keys = []
        }
        plan.push(byOffset)
        ends.push(start)
        return made
      })
      const batchesFrom = (partition: number, offset: number): ConsumerBatch[] =>
        (batches[partition] ?? []).flatMap((batch) => {
          const rest = batch.records.filter((record) => record.offset >= offset)
          return rest.length === 0 ? [] : [{ ...batch, records: rest }]
        })

      const running = new Map<ListedPlace, Set<string>>()
      const begunOf = new Map<ListedPlace, Map<string, number>>()
      const places = batches.map((list, partition) => source.add(new ListedPlace(partition, list)))
      const left = new Set<ListedPlace>()
      const thrown = new Set<string>()
      const violations: string[] = []
      const must = (holds: boolean, what: string): void => {
        if (!holds) violations.push(what)
      }
      const processing = new RecordProcessing({
        settings: checkRunOptions({
          concurrency: given.concurrency,
          aheadMax: given.aheadMax,
          onFailure: given.onFailure,
          handler: async (record) => {
            const place = places[record.partition] as ListedPlace
            must(!left.has(place), 'a handler begins after its partition left')
            const listed = plan[record.partition]?.get(record.offset) as Listed
            const byKey = given.concurrency.keys > 1
            const lane = !byKey ? 'all' : (listed.key ?? `single-${listed.offset}`)
            const lanes = running.get(place) ?? new Set()
            running.set(place, lanes)
            must(!lanes.has(lane), 'two of a lane at a time')
            must(lanes.size < given.concurrency.keys, 'too many of a partition')
            lanes.add(lane)
            const begun = begunOf.get(place) ?? new Map<string, number>()
            begunOf.set(place, begun)
            must((begun.get(lane) ?? -1) <= listed.offset, 'a lane out of order')
            begun.set(lane, listed.offset)
            const atOnce = places.reduce((sum, one) => sum + (running.get(one)?.size ?? 0), 0)
            must(atOnce <= given.concurrency.partitions * given.concurrency.keys, 'too many in all')
            await clock.sleep(listed.durationMs)
            lanes.delete(lane)
            seen.handled++
            if (listed.failuresLeft > 0) {
              listed.failuresLeft--
              thrown.add(`${record.partition}/${record.offset}`)
              throw new Error(`no luck with ${record.offset}`)
            }
            done[record.partition]?.add(listed.offset)
          },
        }),
        source,
        clock,
        random: new SeededRandom(seed),
        watch: new ProgressWatch({
          clock,
          stuckAfterMs: 30_000,
          onStuck: () => undefined,
          onRecovered: () => undefined,
        }),
        warnings: new WarningListeners(),
        budgetBytes: given.budgetBytes,
      })

      const move = async (partition: number, isLost: boolean): Promise<void> => {
        const place = places[partition]
        if (place === undefined || place.isLeaving || processing.isStopping) return
        seen.moves++
        place.isLeaving = true
        if (isLost) {
          place.isCurrent = false
          processing.lost(place)
        } else await processing.release(place, BOUND_MS)
        place.isCurrent = false
        left.add(place)
        // A handler that is longer than the bound is let go; the next owner may meet it, as everywhere.
        const first = firstOf.get(place) ?? 0
        const again = new ListedPlace(
          partition,
          batchesFrom(partition, place.finished.at(-1) ?? first),
        )
        firstOf.set(again, place.finished.at(-1) ?? first)
        places[partition] = again
        source.add(again)
      }
      const firstOf = new Map<ListedPlace, number>()
      const moves = given.moves.map(async ({ afterMs, partition, isLost }) => {
        await clock.sleep(afterMs)
        await move(partition, isLost)
      })

      const isOver = (): boolean =>
        places.every(
          (place, partition) =>
            (place.finished.at(-1) ?? firstOf.get(place) ?? 0) === ends[partition],
        )
      const run = processing.run(BOUND_MS)
      let outcome: unknown
      const settled = run.then(
        () => 'closed',
        (error: unknown) => {
          outcome = error
          return 'failed'
        },
      )
      const ending = (async () => {
        await Promise.all(moves)
        while (!isOver() && !processing.isStopping) await clock.sleep(5)
        source.close()
        return await settled
      })()
      const how = await clock.until(ending)

      expect(violations).toEqual([])
      for (const [partition, place] of places.entries()) {
        const finished = place.finished.at(-1) ?? firstOf.get(place) ?? 0
        expect(place.finished).toEqual([...place.finished].sort((one, other) => one - other))
        for (const { offset } of plan[partition]?.values() ?? []) {
          if (offset >= finished || done[partition]?.has(offset) === true) continue
          // It was passed over: its handler failed, and the rule says so.
          expect(given.onFailure).not.toBe('stop')
          expect(thrown).toContain(`${partition}/${offset}`)
          seen.skips++
        }
      }
      if (how === 'closed') {
        expect(isOver()).toBe(true)
        return
      }
      seen.stops++
      expect(given.onFailure).toBe('stop')
      if (!isVarveError(outcome, 'HANDLER_FAILED')) throw outcome
      expect(thrown).toContain(`${outcome.details['partition']}/${outcome.details['offset']}`)
      const failedAt = Number(outcome.details['offset'])
      const finished = places[Number(outcome.details['partition'])]?.finished.at(-1) ?? 0
      expect(finished).toBeLessThanOrEqual(failedAt)
    })
    await fc.assert(property, { seed, numRuns: runs })
    console.log(`RECORD_PROCESSING_SEED=${seed}: ${runs} runs`, seen)
    expect(Math.min(seen.moves, seen.stops, seen.skips)).toBeGreaterThan(0)
  })
})
