// What becomes of a group session after a failure.
import { expect, test } from 'vitest'
import { SessionTrouble } from '../../../src/client/session-trouble.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'

const replaced = new VarveError('SESSION_REPLACED', 'another stream speaks')

function begin(): { readonly clock: VirtualClock; readonly trouble: SessionTrouble } {
  const clock = new VirtualClock()
  const context = { clock, random: new SeededRandom(1), requestTimeoutMs: 30_000 }
  const settings = { sessionTimeoutMs: 0, reading: { outageMaxMs: Infinity } }
  return { clock, trouble: new SessionTrouble(context, settings) }
}

test('streams that are replaced again and again end the membership', () => {
  const { trouble } = begin()
  const verdicts = [1, 2, 3, 4].map(() => trouble.judge(replaced, true).kind)
  expect(verdicts).toEqual(['again', 'again', 'again', 'over'])
})

test('streams that are replaced now and then, over days, do not', async () => {
  const { clock, trouble } = begin()
  for (let day = 0; day < 10; day++) {
    expect(trouble.judge(replaced, true).kind).toBe('again')
    trouble.over()
    await clock.advance('24h')
  }
})
