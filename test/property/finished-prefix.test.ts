import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FinishedPrefix } from '../../src/client/finished-prefix.ts'
import { at } from '../support/batches.ts'
import { seeded } from '../support/seed.ts'

const { seed, runs } = seeded('FINISHED_PREFIX', 500)

/** What happens: a piece is handed out behind a gap, or one of those that are open (by a number taken modulo) is finished. */
const steps = fc.array(
  fc.oneof(
    fc.record({ gap: fc.nat({ max: 3 }), length: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ finish: fc.nat() }),
  ),
  { maxLength: 200 },
)

describe('the finished prefix', () => {
  it('covers exactly what was finished without an open piece before it, and is bounded', () => {
    let finished = 0
    fc.assert(
      fc.property(
        steps,
        fc.nat({ max: 1_000 }),
        fc.integer({ min: 1, max: 20 }),
        (list, start, max) => {
          const prefix = new FinishedPrefix(at(start), max)
          const pieces: { ticket: number; next: number; isFinished: boolean }[] = []
          let end = start
          let last = start
          for (const step of list) {
            if ('finish' in step) {
              const open = pieces.filter((piece) => !piece.isFinished)
              const piece = open[step.finish % Math.max(1, open.length)]
              if (piece === undefined) continue
              piece.isFinished = true
              const isFirst = piece === open[0]
              expect(prefix.finish(piece.ticket)).toBe(isFirst)
              expect(prefix.finish(piece.ticket)).toBe(false)
              finished++
            } else {
              if (!prefix.hasRoom) continue
              const offset = end + step.gap
              end = offset + step.length
              pieces.push({
                ticket: prefix.handOut(at(offset), at(end)),
                next: end,
                isFinished: false,
              })
            }
            const firstOpen = pieces.findIndex((piece) => !piece.isFinished)
            const covered = firstOpen === -1 ? pieces.length : firstOpen
            expect(prefix.committable).toBe(covered === 0 ? start : pieces[covered - 1]?.next)
            expect(prefix.committable).toBeGreaterThanOrEqual(last)
            last = prefix.committable
            expect(prefix.ahead).toBe(pieces.length - covered)
            expect(prefix.ahead).toBeLessThanOrEqual(max)
            expect(prefix.open).toBe(pieces.filter((piece) => !piece.isFinished).length)
          }
        },
      ),
      { seed, numRuns: runs },
    )
    console.log(`FINISHED_PREFIX_SEED=${seed}: ${runs} runs, ${finished} pieces were finished`)
  })

  it('refuses a piece beyond its bound, or one that does not follow', () => {
    const prefix = new FinishedPrefix(at(10), 2)
    expect(() => prefix.handOut(at(9), at(10))).toThrow('does not follow 10')
    prefix.handOut(at(12), at(13))
    expect(prefix.oldestOpen).toBe(12)
    expect(() => prefix.handOut(at(13), at(13))).toThrow('does not follow')
    prefix.handOut(at(13), at(14))
    expect(prefix.hasRoom).toBe(false)
    expect(() => prefix.handOut(at(14), at(15))).toThrow('beyond the bound')
  })
})
