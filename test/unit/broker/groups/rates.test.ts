import { describe, expect, it } from 'vitest'
import { BacklogWatch } from '../../../../src/broker/groups/backlog-watch.ts'
import { RateWindow } from '../../../../src/broker/groups/rate-window.ts'

describe('RateWindow', () => {
  it('knows no rate before time has passed, and says how short a young window is', () => {
    const window = new RateWindow(60_000, 1_000, 40)
    expect(window.rate(1_000, 90)).toEqual({ perSecond: 0, windowMs: 0 })
    expect(window.rate(3_000, 100)).toEqual({ perSecond: 30, windowMs: 2_000 })
  })

  it('looks back a window, and further only to the look before it', () => {
    const window = new RateWindow(60_000, 0, 0)
    // 100 a second for a minute, then none.
    for (let at = 5_000; at <= 120_000; at += 5_000) window.add(at, Math.min(at, 60_000) / 10)
    expect(window.rate(90_000, 6_000)).toEqual({ perSecond: 0, windowMs: 30_000 })
    const other = new RateWindow(60_000, 0, 0)
    for (let at = 5_000; at <= 90_000; at += 5_000) other.add(at, Math.min(at, 60_000) / 10)
    expect(other.rate(90_000, 6_000)).toEqual({ perSecond: 50, windowMs: 60_000 })
  })

  it('is right however late the looks come', () => {
    const window = new RateWindow(60_000, 0, 0)
    window.add(5_000, 50)
    window.add(3_600_000, 36_000)
    expect(window.rate(3_601_000, 36_010).perSecond).toBeCloseTo(10)
  })
})

describe('BacklogWatch', () => {
  const looks = (
    watch: BacklogWatch,
    ages: readonly number[],
    difference = 0,
  ): (string | undefined)[] =>
    ages.map((ageMs, index) => watch.look({ nowMs: index * 5_000, ageMs, difference }))

  it('speaks once when the backlog is too old, and once when it is small again', () => {
    const watch = new BacklogWatch(100_000, 60_000)
    const old = Array.from({ length: 6 }, () => 100_000)
    expect(looks(watch, [0, 99_999, ...old, 200_000, 50_000, 100_000, 10_000, 9_999, 0])).toEqual([
      ...Array.from({ length: 7 }, () => undefined),
      ...['late', undefined, undefined, undefined, undefined, 'caught-up', undefined],
    ])
    expect(looks(watch, old)).toEqual([...Array.from({ length: 5 }, () => undefined), 'late'])
  })

  it('does not speak of a group that has just begun with old records and reads them', () => {
    const watch = new BacklogWatch(100_000, 60_000)
    const old = Array.from({ length: 5 }, () => 900_000)
    expect(looks(watch, [...old, 99_999, ...old, 0])).not.toContain('late')
  })

  it('does not say that a group has caught up with what is not its own any more', () => {
    const watch = new BacklogWatch(100_000, 60_000)
    const old = Array.from({ length: 6 }, () => 100_000)
    expect(looks(watch, old)).toContain('late')
    watch.forget()
    expect(looks(watch, [0])).toEqual([undefined])
    expect(looks(watch, old)).toContain('late')
  })

  it('speaks earlier when the backlog grows steadily while more is produced than consumed', () => {
    const ages = Array.from({ length: 14 }, (_, index) => 20_000 + index * 3_000)
    expect(looks(new BacklogWatch(100_000, 60_000), ages, 1).indexOf('growing')).toBe(12)
    expect(looks(new BacklogWatch(100_000, 60_000), ages, 0)).not.toContain('growing')
    const wavering = ages.map((age, index) => (index === 6 ? 0 : age))
    expect(looks(new BacklogWatch(100_000, 60_000), wavering, 1)).not.toContain('growing')
  })

  it('does not warn of a backlog that grows and is young', () => {
    const ages = Array.from({ length: 50 }, (_, index) => index * 100)
    expect(looks(new BacklogWatch(100_000, 60_000), ages, 1)).not.toContain('growing')
  })
})
