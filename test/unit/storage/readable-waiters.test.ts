import { describe, expect, it } from 'vitest'
import { ReadableWaiters } from '../../../src/storage/readable-waiters.ts'

describe('those who wait for something to read', () => {
  it('are woken once, later, in the order in which they came', async () => {
    const waiters = new ReadableWaiters()
    const woken: string[] = []
    waiters.add(5, () => woken.push('a'))
    waiters.add(3, () => woken.push('b'))
    waiters.add(9, () => woken.push('c'))
    waiters.wakeBelow(6)
    expect(woken).toEqual([])
    await Promise.resolve()
    expect(woken).toEqual(['a', 'b'])
    waiters.wakeBelow(6)
    await Promise.resolve()
    expect(woken).toEqual(['a', 'b'])
    expect(waiters.count).toBe(1)
  })

  it('are not woken by the offset that they have', async () => {
    const waiters = new ReadableWaiters()
    let wakes = 0
    waiters.add(5, () => wakes++)
    waiters.wakeBelow(5)
    await Promise.resolve()
    expect(wakes).toBe(0)
  })

  it('may give up before and after they were called', async () => {
    const waiters = new ReadableWaiters()
    let wakes = 0
    const first = waiters.add(0, () => wakes++)
    const second = waiters.add(0, () => wakes++)
    first()
    waiters.wakeBelow(1)
    second()
    await Promise.resolve()
    expect(wakes).toBe(0)
    expect(waiters.count).toBe(0)
  })

  it('are all woken by Infinity', async () => {
    const waiters = new ReadableWaiters()
    let wakes = 0
    for (const offset of [0, 10, Number.MAX_SAFE_INTEGER]) waiters.add(offset, () => wakes++)
    waiters.wakeBelow(Infinity)
    await Promise.resolve()
    expect(wakes).toBe(3)
  })
})
