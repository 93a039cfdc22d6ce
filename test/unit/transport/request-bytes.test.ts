import { describe, expect, it } from 'vitest'
import { RequestBytes } from '../../../src/transport/request-bytes.ts'

const NEVER = (): void => {
  throw new Error('there was room at once')
}

describe('the bytes of requests', () => {
  it('of all connections are counted up to their limit', () => {
    const bytes = new RequestBytes({ bytesMax: 100, bytesPerConnectionMax: 50 })
    expect([bytes.add(60), bytes.add(41), bytes.add(40), bytes.add(1)]).toEqual([
      true,
      false,
      true,
      false,
    ])
    bytes.remove(60)
    expect(bytes.bytes).toBe(40)
  })

  it('of one connection get room in the order in which they ask for it', () => {
    const room = new RequestBytes({ bytesMax: 100, bytesPerConnectionMax: 50 }).room()
    const served: string[] = []
    expect(room.take(40, NEVER)).toBeUndefined()
    room.take(20, () => served.push('second'))
    // It would fit, but others came before.
    room.take(10, () => served.push('third'))
    expect([served, room.waiting, room.taken]).toEqual([[], 2, 40])
    room.give(40)
    expect([served, room.waiting, room.taken]).toEqual([['second', 'third'], 0, 30])
  })

  it('have room for one message of any size when nothing else is there', () => {
    const room = new RequestBytes({ bytesMax: 1, bytesPerConnectionMax: 50 }).room()
    const served: string[] = []
    expect(room.take(80, NEVER)).toBeUndefined()
    room.take(60, () => served.push('next'))
    room.give(80)
    expect([served, room.taken]).toEqual([['next'], 60])
  })

  it('that are not waited for any more let the next pass', () => {
    const room = new RequestBytes({ bytesMax: 1, bytesPerConnectionMax: 50 }).room()
    const served: string[] = []
    room.take(40, NEVER)
    const giveUp = room.take(50, () => served.push('gave up'))
    room.take(10, () => served.push('next'))
    giveUp?.()
    giveUp?.()
    expect([served, room.waiting, room.taken]).toEqual([['next'], 0, 50])
  })
})
