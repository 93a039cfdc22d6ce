// What an engine does with the batches of idempotent producers.
import { describe, expect, it } from 'vitest'
import { isAtLeast } from '../../src/domain/durability.ts'
import { LIMITS } from '../../src/domain/limits.ts'
import type { AppendResult } from '../../src/storage/engine.ts'
import { append, at, batchOf, readValues } from '../support/batches.ts'
import { refusalOf } from '../support/refusal.ts'
import { engineHarness } from './engine-harness.ts'
import { offsets, produced, type Sent, send } from './producer-sends.ts'
import type { MakeEngine } from './storage-engine.ts'

export function producerContract(make: MakeEngine): void {
  describe('an idempotent producer', () => {
    const harness = engineHarness(make)

    it('gets the first offsets when it repeats a batch, and the log does not grow', async () => {
      const log = await harness.partition()
      await append(log, batchOf({ values: ['other'] }), 'synced')
      expect(offsets(await send(log, { sequence: 0, records: 3 }))).toEqual([1, 3, 'stored'])
      expect(offsets(await send(log, { sequence: 3, records: 2 }))).toEqual([4, 5, 'stored'])
      const { bytes } = log.statistics()
      for (let repetition = 0; repetition < 3; repetition++) {
        expect(offsets(await send(log, { sequence: 0, records: 3 }))).toEqual([1, 3, 'duplicate'])
        expect(offsets(await send(log, { sequence: 3, records: 2 }))).toEqual([4, 5, 'duplicate'])
      }
      expect(log.bounds()).toMatchObject({ end: 6, readableEnd: 6 })
      expect(log.statistics().bytes).toBe(bytes)
      expect((await readValues(log)).length).toBe(6)
    })

    it('may repeat each of its last five batches, and is refused an older one', async () => {
      const log = await harness.partition()
      for (let sequence = 0; sequence < 8; sequence++) await send(log, { sequence })
      for (let sequence = 3; sequence < 8; sequence++) {
        expect(offsets(await send(log, { sequence }))).toEqual([sequence, sequence, 'duplicate'])
      }
      const refusal = await refusalOf(send(log, { sequence: 2 }))
      expect(refusal.code).toBe('OUT_OF_ORDER_SEQUENCE')
      expect(refusal.details).toMatchObject({ expectedSequence: 8, cause: 'passed' })
      expect(LIMITS.producerBatchesKept).toBe(5)
    })

    it('is refused a gap until the batch before it was sent', async () => {
      const log = await harness.partition()
      await send(log, { sequence: 0, records: 2 })
      for (const sequence of [3, 100, 2 ** 30]) {
        const refusal = await refusalOf(send(log, { sequence }))
        expect(refusal).toMatchObject({ code: 'OUT_OF_ORDER_SEQUENCE', effect: 'none' })
        expect(refusal.details).toMatchObject({ sequence, expectedSequence: 2, cause: 'gap' })
      }
      await send(log, { sequence: 2 })
      expect(offsets(await send(log, { sequence: 3 }))).toEqual([3, 3, 'stored'])
    })

    it('is refused a batch that repeats only a part of another', async () => {
      const log = await harness.partition()
      await send(log, { sequence: 0, records: 4 })
      for (const part of [
        { sequence: 0, records: 3 },
        { sequence: 0, records: 5 },
        { sequence: 1, records: 3 },
        { sequence: 3, records: 9 },
      ]) {
        expect((await refusalOf(send(log, part))).code).toBe('OUT_OF_ORDER_SEQUENCE')
      }
      expect(log.bounds().end).toBe(4)
    })

    it('begins at 0, as a new one and with every new epoch', async () => {
      const log = await harness.partition()
      const refusal = await refusalOf(send(log, { sequence: 5 }))
      expect(refusal.details).toMatchObject({ expectedSequence: 0, cause: 'unknown' })
      await send(log, { sequence: 0 })
      await send(log, { sequence: 1 })
      expect((await refusalOf(send(log, { epoch: 1, sequence: 2 }))).details).toMatchObject({
        expectedSequence: 0,
        cause: 'unknown',
      })
      expect(offsets(await send(log, { epoch: 3, sequence: 0 }))).toEqual([2, 2, 'stored'])
      expect(offsets(await send(log, { epoch: 3, sequence: 0 }))).toEqual([2, 2, 'duplicate'])
    })

    it('is fenced once a later epoch of it has written, also with what it had stored', async () => {
      const log = await harness.partition()
      await send(log, { sequence: 0 })
      await send(log, { epoch: 2, sequence: 0 })
      for (const old of [
        { epoch: 0, sequence: 0 },
        { epoch: 0, sequence: 1 },
        { epoch: 1, sequence: 0 },
      ]) {
        const refusal = await refusalOf(send(log, old))
        expect(refusal).toMatchObject({ code: 'PRODUCER_FENCED', effect: 'none' })
        expect(refusal.details).toMatchObject({ producerEpoch: old.epoch, currentEpoch: 2 })
      }
      expect(log.bounds().end).toBe(2)
    })

    it('is known in each partition apart, and apart from others', async () => {
      const [one, other] = [await harness.partition(), await harness.partition()]
      for (const [log, id] of [
        [one, 7],
        [other, 7],
        [one, 8],
      ] as const) {
        expect((await send(log, { id, sequence: 0 })).duplicate).toBe(false)
        expect((await send(log, { id, sequence: 1 })).duplicate).toBe(false)
      }
      expect([one.bounds().end, other.bounds().end]).toEqual([4, 2])
    })

    it('may have many batches and repetitions under way at a time', async () => {
      const log = await harness.partition()
      const sent = [0, 1, 1, 0, 3, 2, 3, 2, 5, 4]
      const outcomes = await Promise.all(
        sent.map((sequence) => send(log, { sequence }).then(offsets, (error: unknown) => error)),
      )
      expect(outcomes.map((one) => (one instanceof Error ? 'refused' : one))).toEqual([
        [0, 0, 'stored'],
        [1, 1, 'stored'],
        [1, 1, 'duplicate'],
        [0, 0, 'duplicate'],
        'refused',
        [2, 2, 'stored'],
        [3, 3, 'stored'],
        [2, 2, 'duplicate'],
        'refused',
        [4, 4, 'stored'],
      ])
      expect((await readValues(log)).length).toBe(5)
    })

    it('has a repeated batch acknowledged as durable as it asks for now', async () => {
      const log = await harness.partition({ durability: 'written' })
      const { durabilityMax } = harness.engine.abilities
      const batches = [0, 1].map((sequence) => produced({ sequence }))
      for (const batch of batches) await append(log, Buffer.from(batch), 'written')
      for (const batch of batches) {
        const again = await append(log, Buffer.from(batch), 'synced')
        expect(again).toMatchObject({ duplicate: true, durability: durabilityMax })
        const written = await append(log, Buffer.from(batch), 'written')
        expect(isAtLeast(written.durability, 'written')).toBe(true)
      }
    })

    it('with an expected offset is answered a repetition, and keeps its sequence when it is refused', async () => {
      const log = await harness.partition()
      const sendAt = (sent: Sent, expectedOffset: number): Promise<AppendResult> =>
        log.append({
          batch: produced(sent),
          durability: 'synced',
          expectedOffset: at(expectedOffset),
        })
      await sendAt({ sequence: 0 }, 0)
      await append(log, batchOf(), 'synced')
      expect(offsets(await sendAt({ sequence: 0 }, 0))).toEqual([0, 0, 'duplicate'])
      expect((await refusalOf(sendAt({ sequence: 1 }, 1))).code).toBe('UNEXPECTED_OFFSET')
      expect((await refusalOf(sendAt({ sequence: 2 }, 2))).code).toBe('OUT_OF_ORDER_SEQUENCE')
      expect(offsets(await sendAt({ sequence: 1 }, 2))).toEqual([2, 2, 'stored'])
    })

    it('is known when its records are deleted', async () => {
      const log = await harness.partition({ 'segment.bytes': '1024' })
      for (let sequence = 0; sequence < 30; sequence++) await send(log, { sequence })
      await log.deleteBefore(at(30))
      await log.maintain()
      expect(offsets(await send(log, { sequence: 29 }))).toEqual([29, 29, 'duplicate'])
      expect(offsets(await send(log, { sequence: 30 }))).toEqual([30, 30, 'stored'])
    })

    it('is forgotten when it has not written for a day', async () => {
      const log = await harness.partition()
      const { clock } = harness.subject
      await send(log, { id: 1, sequence: 0 })
      await clock.advance(LIMITS.producerExpirationMs - 1_000)
      await send(log, { id: 2, sequence: 0 })
      await log.maintain()
      expect((await send(log, { id: 1, sequence: 0 })).duplicate).toBe(true)
      await clock.advance(1_000)
      await log.maintain()
      const refusal = await refusalOf(send(log, { id: 1, sequence: 1 }))
      expect(refusal.details).toMatchObject({ cause: 'unknown' })
      expect((await send(log, { id: 2, sequence: 0 })).duplicate).toBe(true)
      expect((await send(log, { id: 1, sequence: 0 })).duplicate).toBe(false)
    })

    it('is told when a repeated batch was appended', async () => {
      const log = await harness.partition()
      const { clock } = harness.subject
      const appendedMs = clock.wallMs()
      await send(log, { sequence: 0 })
      await clock.advance(5_000)
      expect((await send(log, { sequence: 0 })).firstAppendMs).toBe(appendedMs)
    })
  })
}
