import { describe, expect, it } from 'vitest'
import { isVarveError } from '../../../src/domain/error.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { stampLogAppendTime } from '../../../src/record/batch-header.ts'
import { ProducerAllowance } from '../../../src/storage/producer-allowance.ts'
import {
  appendTimeOf,
  duplicateResult,
  type ProducerBatch,
  ProducerStates,
  producerBatchOf,
} from '../../../src/storage/producer-states.ts'
import { batchOf } from '../../support/batches.ts'
import { seeded } from '../../support/seed.ts'

const LAST_SEQUENCE = 2 ** 31 - 1

function states(max: number = LIMITS.producersPerPartitionMax, allowance = 1_000): ProducerStates {
  return new ProducerStates(new ProducerAllowance(allowance), max)
}

function batch(
  producerId: number,
  baseSequence: number,
  records = 1,
  producerEpoch = 0,
): ProducerBatch {
  return { producerId, producerEpoch, baseSequence, lastOffsetDelta: records - 1 }
}

/** `append`, the offset of the first time, or why not. */
function verdict(producers: ProducerStates, asked: ProducerBatch): string {
  try {
    const kept = producers.duplicateOf(asked)
    return kept === undefined
      ? 'append'
      : `duplicate of ${duplicateResult(kept, 'written').baseOffset}`
  } catch (error) {
    if (!isVarveError(error)) throw error
    return error.code === 'PRODUCER_FENCED' ? 'fenced' : String(error.details['cause'])
  }
}

function store(producers: ProducerStates, stored: ProducerBatch, baseOffset: number, ms = 0): void {
  producers.add(stored, baseOffset + stored.lastOffsetDelta, ms)
  producers.keep()
}

describe('sequences', () => {
  it('begin at 0 again behind 2^31 - 1, also within a batch', () => {
    const producers = states()
    const last = {
      firstSequence: LAST_SEQUENCE - 4,
      lastSequence: LAST_SEQUENCE - 3,
      lastOffset: 9,
      timestampMs: 0,
    }
    producers.load([{ producerId: 1, producerEpoch: 0, batches: [last] }])
    expect(verdict(producers, batch(1, LAST_SEQUENCE - 1))).toBe('gap')
    expect(verdict(producers, batch(1, 0))).toBe('gap')
    const around = batch(1, LAST_SEQUENCE - 2, 6)
    expect(verdict(producers, around)).toBe('append')
    store(producers, around, 10)
    expect(verdict(producers, around)).toBe('duplicate of 10')
    expect(verdict(producers, batch(1, 3))).toBe('append')
    expect(verdict(producers, batch(1, 4))).toBe('gap')
    expect(verdict(producers, batch(1, 2))).toBe('passed')
    expect(verdict(producers, batch(1, LAST_SEQUENCE))).toBe('passed')
    const exact = batch(1, 3, 2)
    store(producers, exact, 16)
    expect(verdict(producers, exact)).toBe('duplicate of 16')
  })

  it('go on at 0 when a batch ends with the last one', () => {
    const producers = states()
    const last = {
      firstSequence: LAST_SEQUENCE - 1,
      lastSequence: LAST_SEQUENCE,
      lastOffset: 1,
      timestampMs: 0,
    }
    producers.load([{ producerId: 1, producerEpoch: 0, batches: [last] }])
    expect(verdict(producers, batch(1, 0))).toBe('append')
    expect(verdict(producers, batch(1, 1))).toBe('gap')
  })
})

describe('pending batches', () => {
  it('count for those that follow, and are as if they had not been when they are taken back', () => {
    const producers = states()
    store(producers, batch(1, 0), 0)
    const before = [...producers.entries()]
    producers.add(batch(1, 1), 1, 0)
    producers.add(batch(2, 0, 3), 4, 0)
    producers.add(batch(1, 0, 1, 5), 5, 0)
    expect(verdict(producers, batch(2, 0, 3))).toBe('duplicate of 2')
    expect(verdict(producers, batch(2, 3))).toBe('append')
    expect(verdict(producers, batch(1, 1))).toBe('fenced')
    producers.takeBack()
    expect([...producers.entries()]).toEqual(before)
    expect(verdict(producers, batch(1, 1))).toBe('append')
    expect(verdict(producers, batch(2, 3))).toBe('unknown')
  })
})

describe('what a partition remembers', () => {
  it('is bounded: the producer that wrote longest ago is forgotten first', () => {
    const producers = states(3)
    for (const [at, id] of [1, 2, 3, 1, 4].entries()) {
      store(producers, batch(id, id === 1 && at > 0 ? 1 : 0), at)
    }
    expect(Array.from(producers.entries(), ({ producerId }) => producerId)).toEqual([3, 1, 4])
    expect(verdict(producers, batch(2, 1))).toBe('unknown')
    expect(verdict(producers, batch(1, 1))).toBe('duplicate of 3')
  })

  it('is bounded over all partitions: whoever wrote longest ago in any of them is forgotten', () => {
    const allowance = new ProducerAllowance(5)
    const [one, other] = [new ProducerStates(allowance), new ProducerStates(allowance)]
    for (let id = 0; id < 5; id++) store(one, batch(id, 0), id)
    for (let id = 0; id < 3; id++) store(other, batch(id, 0), id)
    expect([one.size, other.size, allowance.used]).toEqual([2, 3, 5])
    expect(allowance.forgotten).toEqual({ surplus: 3, expired: 0 })
    // Whoever writes again is not the oldest any more.
    store(one, batch(3, 1), 9)
    store(other, batch(0, 1), 9)
    store(one, batch(9, 0), 10)
    store(one, batch(10, 0), 11)
    expect(Array.from(one.entries(), ({ producerId }) => producerId)).toEqual([3, 9, 10])
    expect(Array.from(other.entries(), ({ producerId }) => producerId)).toEqual([2, 0])
    one.clear()
    expect(allowance.used).toBe(2)
    for (let id = 0; id < 9; id++) store(other, batch(id, [2, 0].indexOf(id) < 0 ? 0 : 2), id)
    expect([other.size, allowance.used]).toEqual([5, 5])
    other.clear()
    expect(allowance.used).toBe(0)
  })

  it('holds the producers of a partition that is written to, however many rest in others', () => {
    const allowance = new ProducerAllowance(10)
    const resting = Array.from({ length: 5 }, () => new ProducerStates(allowance))
    for (const [at, partition] of resting.entries()) {
      for (let id = 0; id < 2; id++) store(partition, batch(10 * at + id, 0), id)
    }
    const busy = new ProducerStates(allowance)
    for (let sequence = 0; sequence < 20; sequence++) {
      for (let id = 0; id < 4; id++) {
        expect(verdict(busy, batch(id, sequence))).toBe('append')
        store(busy, batch(id, sequence), 4 * sequence + id)
        if (sequence > 0) expect(verdict(busy, batch(id, sequence - 1))).toMatch(/^duplicate/)
      }
    }
    expect(allowance.forgotten).toEqual({ surplus: 4, expired: 0 })
    expect(resting.map(({ size }) => size)).toEqual([0, 0, 2, 2, 2])
  })

  it('goes by the order of writing, and by the clock only for what was written before a start', () => {
    const allowance = new ProducerAllowance(3)
    const loaded = [300, 100, 200].map((timestampMs, at) => {
      const partition = new ProducerStates(allowance)
      const kept = { firstSequence: 0, lastSequence: 0, lastOffset: 0, timestampMs }
      partition.load([{ producerId: at, producerEpoch: 0, batches: [kept] }])
      return partition
    })
    const busy = new ProducerStates(allowance)
    // The clock was set back meanwhile.
    store(busy, batch(7, 0), 0, 50)
    expect(loaded.map(({ size }) => size)).toEqual([1, 0, 1])
    store(busy, batch(8, 0), 1, 40)
    expect(loaded.map(({ size }) => size)).toEqual([1, 0, 0])
    store(busy, batch(9, 0), 2, 30)
    store(busy, batch(10, 0), 3, 20)
    expect(Array.from(busy.entries(), ({ producerId }) => producerId)).toEqual([8, 9, 10])
  })

  it('is not forgotten of a producer whose batch is pending, and what is old counts as expired', () => {
    const allowance = new ProducerAllowance(2)
    const [one, other] = [new ProducerStates(allowance), new ProducerStates(allowance)]
    store(one, batch(1, 0), 0)
    one.add(batch(1, 1), 1, 0)
    for (let id = 5; id < 8; id++) store(other, batch(id, 0), id)
    expect([one.size, other.size, allowance.used]).toEqual([1, 1, 2])
    one.takeBack()
    expect(verdict(one, batch(1, 0))).toBe('duplicate of 0')
    store(other, batch(8, 0), 8, LIMITS.producerExpirationMs)
    expect([one.size, other.size, allowance.used]).toEqual([0, 2, 2])
    expect(allowance.forgotten).toEqual({ surplus: 2, expired: 1 })
  })

  it('is found in order among many partitions that come and go', () => {
    const { seed } = seeded('PRODUCER_ALLOWANCE', 1)
    const random = new SeededRandom(seed)
    const allowance = new ProducerAllowance(60)
    let partitions = Array.from({ length: 40 }, () => new ProducerStates(allowance))
    // Who wrote, longest ago first.
    let model: { readonly partition: ProducerStates; readonly id: number }[] = []
    for (let step = 0; step < 3_000; step++) {
      const partition = partitions[random.integer(partitions.length)]
      if (partition === undefined) continue
      if (random.integer(50) === 0) {
        partition.clear()
        model = model.filter((one) => one.partition !== partition)
        partitions = partitions.map((one) =>
          one === partition ? new ProducerStates(allowance) : one,
        )
        continue
      }
      const id = random.integer(4)
      store(partition, batch(id, 0, 1, step % 32_000), step)
      model = model.filter((one) => one.partition !== partition || one.id !== id)
      model = [...model, { partition, id }].slice(-allowance.max)
      expect(allowance.used).toBe(model.length)
    }
    for (const partition of partitions) {
      const expected = model.filter((one) => one.partition === partition).map(({ id }) => id)
      expect(Array.from(partition.entries(), ({ producerId }) => producerId)).toEqual(expected)
    }
    console.log(
      `producer allowance: seed ${seed}, ${JSON.stringify(allowance.forgotten)} forgotten`,
    )
    expect(allowance.forgotten.surplus).toBeGreaterThan(500)
  })

  it('keeps its allowance through expiry and pending batches that are taken back', () => {
    const allowance = new ProducerAllowance(100)
    const producers = new ProducerStates(allowance)
    for (let id = 0; id < 10; id++) store(producers, batch(id, 0), id, id * 1_000)
    producers.add(batch(50, 0), 10, 0)
    producers.takeBack()
    expect(allowance.used).toBe(10)
    expect(producers.expire(LIMITS.producerExpirationMs + 3_000)).toBe(4)
    expect([producers.size, allowance.used]).toEqual([6, 6])
    expect(allowance.forgotten).toEqual({ surplus: 0, expired: 4 })
  })
})

describe('what is read back from the log', () => {
  it('is taken as it is, also where sequences have a gap', () => {
    const producers = states()
    producers.replay(batch(1, 50, 2), 11, 0)
    producers.replay(batch(1, 52), 12, 0)
    expect(verdict(producers, batch(1, 50, 2))).toBe('duplicate of 10')
    producers.replay(batch(1, 60), 20, 0)
    expect(verdict(producers, batch(1, 52))).toBe('passed')
    expect(verdict(producers, batch(1, 60))).toBe('duplicate of 20')
    producers.replay(batch(1, 0, 1, 2), 21, 0)
    producers.replay(batch(1, 61), 22, 0)
    expect(verdict(producers, batch(1, 1, 1, 2))).toBe('append')
  })
})

describe('an encoded batch', () => {
  it('says who produced it, or that nobody did', () => {
    const encoded = batchOf({
      values: ['a', 'b'],
      producer: { id: 2 ** 40 + 3, epoch: 4, sequence: 5 },
    })
    expect(producerBatchOf(encoded, 0)).toEqual({
      producerId: 2 ** 40 + 3,
      producerEpoch: 4,
      baseSequence: 5,
      lastOffsetDelta: 1,
    })
    expect(producerBatchOf(batchOf(), 0)).toBeUndefined()
  })

  it('was appended when it came, or at the time that its records were given', () => {
    const encoded = batchOf()
    expect(appendTimeOf(encoded, 0, 77)).toBe(77)
    stampLogAppendTime(encoded, 99)
    expect(appendTimeOf(encoded, 0, 77)).toBe(99)
  })
})
