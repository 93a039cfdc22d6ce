import { expect, it } from 'vitest'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { MessageGrowth } from '../../../src/transport/message-growth.ts'
import { SharedRoom } from '../../../src/transport/shared-room.ts'

const KIB = 1024

interface Setting {
  readonly clock: VirtualClock
  readonly room: SharedRoom
  readonly growth: MessageGrowth
  /** Sends one message as large as may be. @returns its budget */
  readonly send: (options?: { isCredited?: boolean; tookMs?: number }) => Promise<number>
}

function setUp(options: { roomBytes?: number; largeBytes?: number } = {}): Setting {
  const clock = new VirtualClock()
  const room = new SharedRoom(options.roomBytes ?? 8 * KIB * KIB)
  const largeBytes = options.largeBytes ?? KIB * KIB
  const growth = new MessageGrowth({ clock, room, smallBytes: 128 * KIB, largeBytes })
  return {
    clock,
    room,
    growth,
    send: async ({ isCredited = true, tookMs = 1 } = {}) => {
      const bytes = growth.budget()
      growth.sending(bytes)
      await clock.advance(tookMs)
      growth.sent(bytes)
      if (isCredited) growth.credit()
      return bytes / KIB
    },
  }
}

/** The budgets of so many messages in turn. */
async function budgets(
  { send }: Setting,
  count: number,
  options?: Parameters<Setting['send']>[0],
): Promise<number[]> {
  const sizes: number[] = []
  for (let index = 0; index < count; index++) sizes.push(await send(options))
  return sizes
}

it('messages grow while the client gives credit and reads at once', async () => {
  expect(await budgets(setUp(), 6)).toEqual([128, 128, 256, 512, 1024, 1024])
})

it('a client that gives no credit gets small messages, however much leaves at once', async () => {
  expect(await budgets(setUp(), 100, { isCredited: false })).toEqual(Array(100).fill(128))
})

it('a client that reads slowly gets small messages, and small ones again after a message that stood', async () => {
  const setting = setUp()
  expect(await budgets(setting, 4, { tookMs: 500 })).toEqual([128, 128, 128, 128])
  expect(await budgets(setting, 4)).toEqual([128, 256, 512, 1024])
  await setting.send({ tookMs: 1_001 })
  expect(await budgets(setting, 3)).toEqual([128, 256, 512])
})

it('messages that do not fill their budget do not grow', async () => {
  const { growth } = setUp()
  for (let index = 0; index < 10; index++) {
    growth.credit()
    growth.budget()
    growth.sending(10)
    growth.sent(10)
  }
  expect(growth.budget()).toBe(128 * KIB)
})

it('what the client asked for is never exceeded', async () => {
  expect(await budgets(setUp({ largeBytes: 300 * KIB }), 5)).toEqual([128, 128, 256, 300, 300])
  expect(await budgets(setUp({ largeBytes: 1 * KIB }), 3)).toEqual([1, 1, 1])
})

it('room is held while a large message is on its way, and for nothing else', async () => {
  const { growth, room, send } = setUp()
  for (let index = 0; index < 5; index++) await send()
  expect(room.bytes).toBe(0)
  expect(growth.budget()).toBe(KIB * KIB)
  growth.sending(KIB * KIB)
  expect(room.bytes).toBe(KIB * KIB)
  growth.sent(KIB * KIB)
  expect(room.bytes).toBe(0)
  growth.budget()
  growth.budget()
  expect(room.bytes).toBe(KIB * KIB)
  // It came to a small message, or to none.
  growth.sending(0)
  expect(room.bytes).toBe(0)
  growth.budget()
  growth.end()
  growth.end()
  expect(room.bytes).toBe(0)
})

it('messages stay small while others have taken the room', async () => {
  const setting = setUp({ roomBytes: 700 * KIB })
  expect(setting.room.take(600 * KIB)).toBe(true)
  expect(await budgets(setting, 4)).toEqual([128, 128, 128, 128])
  setting.room.giveBack(600 * KIB)
  expect(await budgets(setting, 3)).toEqual([256, 512, 128])
})

it('what was taken for records stays theirs while a word goes before them, and is free when there are none', async () => {
  const { clock, growth, room, send } = setUp()
  for (let index = 0; index < 5; index++) await send()
  const bytes = growth.budget()
  growth.sending(undefined)
  growth.sent(undefined)
  growth.sending(bytes)
  expect(room.bytes).toBe(KIB * KIB)
  growth.sent(bytes)
  expect(room.bytes).toBe(0)
  growth.budget()
  growth.unused()
  expect(room.bytes).toBe(0)
  // The client did not read for a while, whatever it was that it did not read.
  growth.sending(undefined)
  await clock.advance(1_001)
  growth.sent(undefined)
  expect(growth.budget()).toBe(128 * KIB)
})
