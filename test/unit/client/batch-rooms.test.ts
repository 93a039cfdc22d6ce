// The buffers that batches are filled in: when they are used again, and when not.
import { describe, expect, it } from 'vitest'
import { BatchRooms } from '../../../src/client/batch-rooms.ts'
import { OutgoingBatch } from '../../../src/client/outgoing-batch.ts'
import { decodeBatch } from '../../../src/record/decode-batch.ts'

const BATCH_BYTES = 4096
const BUFFER_BYTES = 4 * 2 * BATCH_BYTES
const OPTIONS = { codec: 'none', lingerDueMs: 0, deliveryDueMs: 1_000, generation: 0 } as const
const REPORT = {
  topic: 't',
  partition: 0,
  offset: undefined,
  timestampMs: 0,
  durability: 'none',
} as const

function filled(room: Buffer | number | undefined, value: Buffer): OutgoingBatch {
  const batch = new OutgoingBatch(OPTIONS, room)
  const record = { key: null, value, headers: [], timestampMs: 7 }
  batch.append({ ...record, bufferBytes: value.length, onDelivery: () => undefined })
  return batch
}

function fullRoom(rooms: BatchRooms): Buffer {
  const room = rooms.take(BATCH_BYTES, BATCH_BYTES)
  if (typeof room === 'number') throw new Error('a full batch gets a buffer')
  return room
}

describe('The buffer of a batch', () => {
  it('has the full size where a full batch is expected, and grows where a small one is', () => {
    const rooms = new BatchRooms(BUFFER_BYTES)
    expect(fullRoom(rooms)).toHaveLength(BATCH_BYTES)
    expect(rooms.take(100, BATCH_BYTES)).toBe(100)
  })

  it('is used again when its batch was delivered', () => {
    const rooms = new BatchRooms(BUFFER_BYTES)
    const room = fullRoom(rooms)
    const batch = filled(room, Buffer.from('value'))
    expect(batch.encode().buffer).toBe(room.buffer)
    batch.attempts = 1
    batch.deliver(() => REPORT)
    rooms.giveBack(batch.takeSpareRoom())
    expect(fullRoom(rooms)).toBe(room)
    expect(fullRoom(rooms)).not.toBe(room)
    expect(batch.takeSpareRoom()).toBeUndefined()
  })

  it('is left alone after a second attempt or a failure: a stream may still read it', () => {
    const sentTwice = filled(Buffer.alloc(BATCH_BYTES), Buffer.from('value'))
    sentTwice.encode()
    sentTwice.attempts = 2
    sentTwice.deliver(() => REPORT)
    expect(sentTwice.takeSpareRoom()).toBeUndefined()
    const undelivered = filled(Buffer.alloc(BATCH_BYTES), Buffer.from('value'))
    undelivered.attempts = 1
    expect(undelivered.takeSpareRoom()).toBeUndefined()
  })

  it('may be too small, and holds nothing of the batch before', () => {
    const value = Buffer.alloc(3 * BATCH_BYTES, 'x')
    const batch = filled(Buffer.alloc(BATCH_BYTES, 0xff), value)
    expect([...decodeBatch(batch.encode())].map((record) => record.value)).toEqual([value])
  })

  it('is kept while the spare ones are less than a quarter of the buffer', () => {
    const rooms = new BatchRooms(BUFFER_BYTES)
    const given: Buffer[] = [1, 2, 3].map(() => Buffer.alloc(BATCH_BYTES))
    for (const room of given) rooms.giveBack(room)
    const taken = [1, 2, 3].map(() => fullRoom(rooms))
    expect(taken.filter((room) => given.includes(room))).toHaveLength(2)
  })

  it('begins where a copy of it to the first bytes of a page goes at full speed', () => {
    expect(fullRoom(new BatchRooms(BUFFER_BYTES)).byteOffset % 4096).toBeGreaterThan(31)
  })

  it('goes to nobody who asks for another size', () => {
    const rooms = new BatchRooms(BUFFER_BYTES)
    rooms.giveBack(Buffer.alloc(BATCH_BYTES * 2))
    expect(fullRoom(rooms)).toHaveLength(BATCH_BYTES)
  })
})
