// The rules of idempotent producers against a naive model that forgets nothing: one list of all that was stored of each producer.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isVarveError } from '../../src/domain/error.ts'
import { LIMITS } from '../../src/domain/limits.ts'
import { ProducerAllowance } from '../../src/storage/producer-allowance.ts'
import {
  duplicateResult,
  type ProducerBatch,
  ProducerStates,
} from '../../src/storage/producer-states.ts'
import { seeded } from '../support/seed.ts'

const SEQUENCES = 2 ** 31
const counts = { batches: 0, stored: 0, duplicates: 0, refused: 0, takenBack: 0 }

interface Asked {
  readonly producerId: number
  /** Added to the epoch that is known. */
  readonly epochStep: number
  /** Added to the sequence that is expected. */
  readonly distance: number
  readonly records: number
  readonly isTakenBack: boolean
  /** Instead of all that: a stored batch of the producer, so many before the last. */
  readonly back: number | undefined
}

interface Stored {
  readonly first: number
  readonly records: number
  readonly baseOffset: number
}

interface History {
  epoch: number
  /** All batches of the epoch. */
  stored: Stored[]
}

const asked: fc.Arbitrary<Asked> = fc.record({
  producerId: fc.integer({ min: 0, max: 2 }),
  epochStep: fc.oneof(
    { weight: 8, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.constantFrom(-1, 1, 2) },
  ),
  distance: fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.integer({ min: -14, max: 4 }) },
    { weight: 1, arbitrary: fc.constantFrom(-(2 ** 30), 2 ** 30 - 1) },
  ),
  records: fc.integer({ min: 1, max: 4 }),
  isTakenBack: fc.integer({ min: 0, max: 9 }).map((dice) => dice === 0),
  back: fc.option(fc.integer({ min: 0, max: 6 }), { freq: 2, nil: undefined }),
})

/** What the rules say, told from the whole history. */
function expectedVerdict(history: History | undefined, batch: ProducerBatch): string {
  const { producerEpoch, baseSequence: first } = batch
  const records = batch.lastOffsetDelta + 1
  if (history === undefined || producerEpoch > history.epoch) {
    return first === 0 ? 'append' : 'unknown, 0 expected'
  }
  if (producerEpoch < history.epoch) return 'fenced'
  const kept = history.stored.slice(-LIMITS.producerBatchesKept)
  const same = kept.find((one) => one.first === first && one.records === records)
  if (same !== undefined) return `duplicate of ${same.baseOffset}`
  const expected = nextOf(history)
  if (first === expected) return 'append'
  // As many sequences lie ahead as behind.
  const ahead = (first - expected + SEQUENCES) % SEQUENCES
  return `${ahead < SEQUENCES / 2 ? 'gap' : 'passed'}, ${expected} expected`
}

function nextOf(history: History | undefined): number {
  const last = history?.stored.at(-1)
  return last === undefined ? 0 : (last.first + last.records) % SEQUENCES
}

function verdict(states: ProducerStates, batch: ProducerBatch): string {
  try {
    const kept = states.duplicateOf(batch)
    if (kept === undefined) return 'append'
    return `duplicate of ${duplicateResult(kept, 'written').baseOffset}`
  } catch (error) {
    if (!isVarveError(error)) throw error
    const { cause, expectedSequence } = error.details
    return error.code === 'PRODUCER_FENCED'
      ? 'fenced'
      : `${String(cause)}, ${String(expectedSequence)} expected`
  }
}

it('what is known of producers is what a list of all their batches says', () => {
  const { seed, runs } = seeded('PRODUCER_STATES', 300)
  const property = fc.property(
    fc.array(asked, { minLength: 1, maxLength: 60, size: 'max' }),
    fc.constantFrom(0, SEQUENCES - 20),
    (list, firstSequence) => {
      let states = new ProducerStates(new ProducerAllowance())
      const histories = new Map<number, History>()
      let endOffset = 0
      // Far on, where sequences begin at 0 again.
      if (firstSequence > 0) {
        for (const producerId of [0, 1]) {
          const stored = { first: firstSequence, records: 1, baseOffset: endOffset }
          histories.set(producerId, { epoch: 3, stored: [stored] })
          const batch = {
            producerId,
            producerEpoch: 3,
            baseSequence: firstSequence,
            lastOffsetDelta: 0,
          }
          states.replay(batch, endOffset++, 0)
        }
      }
      for (const { producerId, epochStep, distance, isTakenBack, back, ...one } of list) {
        const history = histories.get(producerId)
        const repeated = back === undefined ? undefined : history?.stored.at(-1 - back)
        const step = repeated === undefined ? epochStep : 0
        const producerEpoch = Math.max(0, (history?.epoch ?? 0) + step)
        const isNew = producerEpoch > (history?.epoch ?? -1)
        const base = isNew ? 0 : nextOf(history)
        const baseSequence = repeated?.first ?? (base + distance + SEQUENCES) % SEQUENCES
        const records = repeated?.records ?? one.records
        const batch = { producerId, producerEpoch, baseSequence, lastOffsetDelta: records - 1 }
        const expected = expectedVerdict(history, batch)
        expect(verdict(states, batch)).toBe(expected)
        counts.batches++
        if (expected !== 'append') {
          counts[expected.startsWith('duplicate') ? 'duplicates' : 'refused']++
          continue
        }
        const baseOffset = endOffset
        states.add(batch, baseOffset + records - 1, 0)
        expect(verdict(states, batch)).toBe(`duplicate of ${baseOffset}`)
        if (isTakenBack) {
          states.takeBack()
          counts.takenBack++
          continue
        }
        states.keep()
        counts.stored++
        endOffset += records
        const before = isNew ? [] : (history?.stored ?? [])
        const stored = [...before, { first: baseSequence, records, baseOffset }]
        histories.set(producerId, { epoch: producerEpoch, stored })
        // A restart: nothing is forgotten.
        if (counts.stored % 16 === 0) {
          const entries = [...states.entries()]
          states = new ProducerStates(new ProducerAllowance())
          states.load(entries)
        }
      }
    },
  )
  fc.assert(property, { seed, numRuns: runs })
  console.log(`producer states: ${runs} runs, seed ${seed}, ${JSON.stringify(counts)}`)
  expect(counts.duplicates).toBeGreaterThan(runs / 2)
})
