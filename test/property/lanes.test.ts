import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Lanes } from '../../src/client/lanes.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { seeded } from '../support/seed.ts'

const { seed, runs } = seeded('LANES', 200)
const PLACES = [{ name: 'a' }, { name: 'b' }, { name: 'c' }]

const work = fc.record({
  place: fc.nat({ max: PLACES.length - 1 }),
  lane: fc.option(fc.nat({ max: 4 }), { nil: undefined }),
  durationMs: fc.nat({ max: 10 }),
})
const works = fc.array(work, { maxLength: 60 })
/** So many that some wait whatever the bounds are. */
const manyWorks = fc.array(work, { minLength: 20, maxLength: 60 })
const bounds = fc.record({
  runningMax: fc.integer({ min: 1, max: 6 }),
  partitionRunningMax: fc.integer({ min: 1, max: 4 }),
  queuedMax: fc.integer({ min: 1, max: 10 }),
})

describe('lanes', () => {
  it('run everything once, a lane in order, within all bounds, and leave nothing idle that may run', async () => {
    let most = 0
    const property = fc.asyncProperty(works, bounds, async (list, bound) => {
      const clock = new VirtualClock()
      let onRoom: (() => void) | undefined
      const lanes = new Lanes<object>(bound, () => onRoom?.())
      const runningOf = new Map<object, number>()
      const runningLanes = new Set<string>()
      const begun = new Map<string, number[]>()
      const ended: number[] = []
      const waiting = new Map<number, { name: string; where: object }>()
      const add = async (): Promise<void> => {
        for (const [number, { place, lane, durationMs }] of list.entries()) {
          while (!lanes.hasRoom) {
            await new Promise<void>((resolve) => {
              onRoom = resolve
            })
          }
          const where = PLACES[place] ?? PLACES[0]
          const name = lane === undefined ? `single-${number}` : `${place}/${lane}`
          waiting.set(number, { name, where: where as object })
          lanes.add({
            place: where as object,
            lane,
            order: number,
            run: async () => {
              waiting.delete(number)
              expect(runningLanes.has(name)).toBe(false)
              runningLanes.add(name)
              begun.set(name, [...(begun.get(name) ?? []), number])
              const count = (runningOf.get(where as object) ?? 0) + 1
              runningOf.set(where as object, count)
              expect(count).toBeLessThanOrEqual(bound.partitionRunningMax)
              const all = [...runningOf.values()].reduce((sum, one) => sum + one, 0)
              expect(all).toBeLessThanOrEqual(bound.runningMax)
              most = Math.max(most, all)
              await clock.sleep(durationMs)
              runningOf.set(where as object, (runningOf.get(where as object) ?? 0) - 1)
              runningLanes.delete(name)
              ended.push(number)
            },
          })
          expect(lanes.queued).toBeLessThanOrEqual(bound.queuedMax)
          if (lanes.running === bound.runningMax) continue
          const idle = [...waiting.values()].filter(
            (work) =>
              !runningLanes.has(work.name) &&
              (runningOf.get(work.where) ?? 0) < bound.partitionRunningMax,
          )
          expect(idle).toEqual([])
        }
        await lanes.idle()
      }
      await clock.until(add())
      expect([...ended].sort((left, right) => left - right)).toEqual([...list.keys()])
      for (const numbers of begun.values()) {
        expect(numbers).toEqual([...numbers].sort((left, right) => left - right))
      }
      expect([lanes.running, lanes.queued]).toEqual([0, 0])
    })
    await fc.assert(property, { seed, numRuns: runs })
    console.log(`LANES_SEED=${seed}: ${runs} runs, at most ${most} at a time`)
  })

  it('drop what has not begun of a cancelled partition, and tell when the rest of it has ended', async () => {
    const lanes = new Lanes<object>(
      { runningMax: 4, partitionRunningMax: 2, queuedMax: 10 },
      () => undefined,
    )
    const [one, other] = PLACES as [object, object]
    const log: string[] = []
    const release: (() => void)[] = []
    let order = 0
    const work = (place: object, lane: number | undefined, name: string): void => {
      lanes.add({
        place,
        lane,
        order: order++,
        run: () => {
          log.push(name)
          return new Promise((resolve) => release.push(resolve))
        },
      })
    }
    work(one, 1, 'one-1-a')
    work(one, 1, 'one-1-b')
    work(one, undefined, 'one-single')
    work(one, 2, 'one-2')
    work(other, 1, 'other-1')
    expect(log).toEqual(['one-1-a', 'one-single', 'other-1'])
    expect(lanes.cancelBehind(one, -1)).toBe(2)
    expect(lanes.cancelBehind({}, -1)).toBe(0)
    let isIdle = false
    const idle = lanes.idle(one).then(() => {
      isIdle = true
    })
    release[0]?.()
    await new Promise(setImmediate)
    expect(isIdle).toBe(false)
    release[1]?.()
    await idle
    expect([lanes.running, lanes.queued]).toEqual([1, 0])
    release[2]?.()
    await lanes.idle()
    expect(log).toEqual(['one-1-a', 'one-single', 'other-1'])
    await lanes.idle(one)
  })

  it('run what waits up to a piece of a partition that is cancelled behind it, and nothing else of it', async () => {
    let cuts = 0
    const cut = fc.record({ where: fc.nat(), kept: fc.nat({ max: 8 }) })
    const property = fc.asyncProperty(
      manyWorks,
      bounds,
      cut,
      async (list, bound, { where, kept }) => {
        const at = where % (list.length + 1)
        const clock = new VirtualClock()
        const lanes = new Lanes<object>({ ...bound, queuedMax: Infinity }, () => undefined)
        const [cancelled] = PLACES
        const begun: number[] = []
        let last = Infinity
        let begunBefore: number[] = []
        for (const [number, { place, lane, durationMs }] of list.entries()) {
          if (number === at) {
            last = number - kept
            begunBefore = [...begun]
            const dropped = lanes.cancelBehind(cancelled as object, last)
            if (dropped > 0) cuts++
          }
          if (number >= at && place === 0) continue
          lanes.add({
            place: PLACES[place] as object,
            lane,
            order: number,
            run: async () => {
              begun.push(number)
              await clock.sleep(durationMs)
            },
          })
          if (number % 7 === 6) await clock.advance(3)
        }
        await clock.until(Promise.all([lanes.idle(), lanes.idle(cancelled)]))
        const expected = [...list.keys()].filter(
          (number) =>
            list[number]?.place !== 0 ||
            (number < at && (number <= last || begunBefore.includes(number))),
        )
        expect([...begun].sort((left, right) => left - right)).toEqual(expected)
        expect([lanes.running, lanes.queued]).toEqual([0, 0])
      },
    )
    await fc.assert(property, { seed, numRuns: runs })
    expect(cuts).toBeGreaterThan(runs / 20)
  })

  it('let every partition have its turn however much another has', async () => {
    const lanes = new Lanes<object>(
      { runningMax: 1, partitionRunningMax: 1, queuedMax: 100 },
      () => undefined,
    )
    const [one, other] = PLACES as [object, object]
    const log: string[] = []
    let order = 0
    const add = (place: object, name: string): void => {
      lanes.add({
        place,
        lane: 0,
        order: order++,
        run: () => {
          log.push(name)
          return Promise.resolve()
        },
      })
    }
    for (let index = 0; index < 5; index++) add(one, `one-${index}`)
    add(other, 'other-0')
    add(other, 'other-1')
    await lanes.idle()
    expect(log.slice(0, 5)).toEqual(['one-0', 'other-0', 'one-1', 'other-1', 'one-2'])
  })
})
