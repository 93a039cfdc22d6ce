import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { type ByteSource, IncomingMessages } from '../../../src/transport/grpc/incoming-messages.ts'
import { RequestBytes } from '../../../src/transport/request-bytes.ts'
import { framedMessage } from '../../support/raw-http2.ts'
import { seeded } from '../../support/seed.ts'

/** A stream as far as the messages see it: what is written comes when it is not paused. */
class Source implements ByteSource {
  readonly queue: Buffer[] = []
  isPaused = false

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
  }

  unshift(bytes: Buffer): void {
    this.queue.unshift(bytes)
  }
}

interface Incoming {
  readonly clock: VirtualClock
  readonly source: Source
  readonly bytes: RequestBytes
  readonly messages: IncomingMessages
  readonly failures: string[]
  /** Lets everything through that is not held back. */
  readonly flow: () => Buffer[]
}

function open(isSingle = false, bytesMax = 1e9, bytesPerConnectionMax = 1e9): Incoming {
  const clock = new VirtualClock()
  const source = new Source()
  const bytes = new RequestBytes({ bytesMax, bytesPerConnectionMax })
  const failures: string[] = []
  const messages = new IncomingMessages({
    source,
    clock,
    bytes,
    room: bytes.room(),
    limits: { ...LIMITS, requestReceiveMsMax: 1_000 },
    isSingle,
    onMessage: () => undefined,
    onFailure: ({ code }) => failures.push(code),
  })
  const flow = (): Buffer[] => {
    const out: Buffer[] = []
    while (!source.isPaused) {
      const next = source.queue.shift()
      if (next === undefined) break
      out.push(...messages.write(next))
    }
    return out
  }
  return { clock, source, bytes, messages, failures, flow }
}

describe('messages', () => {
  it('come out as they were sent, however their bytes are cut, and hold what they have', () => {
    const { seed, runs } = seeded('INCOMING_MESSAGES', 200)
    const sizes = fc.array(fc.oneof(fc.nat(40), fc.nat(300_000)), { maxLength: 6 })
    fc.assert(
      fc.property(
        sizes,
        fc.infiniteStream(fc.integer({ min: 1, max: 70_000 })),
        (lengths, cuts) => {
          const sent = lengths.map((length, index) =>
            framedMessage(Buffer.alloc(length, index + 1)),
          )
          const all = Buffer.concat(sent)
          const { source, bytes, messages, flow } = open()
          for (let at = 0; at < all.length; ) {
            const [size = 1] = cuts.take(1)
            source.queue.push(all.subarray(at, at + size))
            at += size
          }
          const out = flow()
          expect(out.length).toBe(sent.length)
          for (const [index, message] of out.entries()) {
            expect(message.equals(sent[index] ?? Buffer.alloc(0))).toBe(true)
          }
          expect(bytes.bytes).toBe(all.length)
          const half = Math.floor(sent.length / 2)
          for (let index = 0; index < half; index++) messages.taken()()
          expect(bytes.bytes).toBe(Buffer.concat(sent.slice(half)).length)
          messages.close()
          expect(bytes.bytes).toBe(0)
        },
      ),
      { seed, numRuns: runs },
    )
    console.log(`${runs} runs (seed ${seed})`)
  })

  it('wait for room, each whole, and go on where they were', () => {
    const { source, bytes, messages, flow } = open(false, 1e9, 50_000)
    const sent = [framedMessage(Buffer.alloc(30_000, 1)), framedMessage(Buffer.alloc(30_000, 2))]
    source.queue.push(Buffer.concat(sent))
    expect(flow()).toEqual(sent.slice(0, 1))
    expect(source.isPaused).toBe(true)
    expect(bytes.bytes).toBe(30_005)
    messages.taken()()
    expect(source.isPaused).toBe(false)
    expect(flow()).toEqual(sent.slice(1))
    messages.close()
    expect(bytes.bytes).toBe(0)
  })

  it('that are done with twice are given back once', () => {
    const { source, bytes, messages, flow } = open()
    source.queue.push(framedMessage(Buffer.alloc(10)), framedMessage(Buffer.alloc(20)))
    flow()
    const done = messages.taken()
    done()
    done()
    expect(bytes.bytes).toBe(25)
    messages.close()
    done()
    expect(bytes.bytes).toBe(0)
  })

  it('fail when all connections have too much, and give back what they had', () => {
    const { source, bytes, failures, flow } = open(false, 100)
    source.queue.push(framedMessage(Buffer.alloc(1_000)))
    expect(flow()).toEqual([])
    expect([failures, bytes.bytes]).toEqual([['QUEUE_FULL'], 0])
  })

  it('that are too large are refused by their header', () => {
    const { bytes, messages, clock } = open()
    const header = Buffer.alloc(5)
    header.writeUInt32BE(LIMITS.requestBytesMax + 1, 1)
    expect(() => messages.write(header)).toThrow('larger than max')
    expect([bytes.bytes, clock.openTimers]).toEqual([0, 0])
  })
})

describe('a call', () => {
  it('of one message must be whole in its time, up to its end', async () => {
    const { clock, source, messages, failures, flow } = open(true)
    source.queue.push(framedMessage(Buffer.alloc(10)))
    flow()
    await clock.advance(999)
    expect(failures).toEqual([])
    await clock.advance(1)
    expect(failures).toEqual(['REQUEST_TIMEOUT'])
    messages.close()
    expect(clock.openTimers).toBe(0)
  })

  it('that streams may be silent between its messages, not within one', async () => {
    const { clock, source, messages, failures, flow } = open()
    source.queue.push(framedMessage(Buffer.alloc(10)))
    flow()
    await clock.advance('1h')
    expect([failures, clock.openTimers]).toEqual([[], 0])
    source.queue.push(framedMessage(Buffer.alloc(10)).subarray(0, 7))
    flow()
    await clock.advance('1s')
    expect(failures).toEqual(['REQUEST_TIMEOUT'])
    expect(messages.write(Buffer.alloc(100))).toEqual([])
  })
})
