import { expect, it } from 'vitest'
import { type ChaosLife, ChaosRole } from '../../../src/bench/chaos/chaos-role.ts'
import type { ChaosStage } from '../../../src/bench/chaos/chaos-stage.ts'
import { connect } from '../../../src/client/index.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { HistoryBuilder } from '../../../src/history-check/history-builder.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'

const noBroker = new VarveError('BROKER_UNAVAILABLE', 'nobody there')

/** A client that lives so, life by life. */
function role(...lives: ((life: ChaosLife) => Promise<void>)[]): {
  role: ChaosRole
  names: string[]
} {
  const names: string[] = []
  const stage: ChaosStage = {
    ...{ clock: new VirtualClock(), history: new HistoryBuilder() },
    topic: { name: 'orders', partitions: 1, run: 1, hasRetention: false, keys: [0] },
    connect: () => ({ client: connect({ broker: '127.0.0.1:1' }) }),
  }
  const live = async (life: ChaosLife): Promise<void> => {
    names.push(life.name)
    await lives.shift()?.(life)
  }
  return { role: new ChaosRole('reader', stage, new AbortController().signal, live), names }
}

it('a client that found no broker to begin with is started again, as another one', async () => {
  const { role: tried, names } = role(
    () => Promise.reject(noBroker),
    () => Promise.resolve(),
  )
  await tried.ended
  expect(names).toEqual(['reader', 'reader, life 2'])
})

it('a client that has begun and gives up has failed', async () => {
  const { role: failed } = role((life) => {
    life.begun()
    return Promise.reject(noBroker)
  })
  await expect(failed.ended).rejects.toBe(noBroker)
})

it('any other failure of a client is one', async () => {
  const refusal = new VarveError('UNKNOWN_TOPIC', 'no such topic')
  const { role: failed } = role(() => Promise.reject(refusal))
  await expect(failed.ended).rejects.toBe(refusal)
})
