import { expect, it } from 'vitest'
import { LIMITS } from '../../../src/domain/limits.ts'
import { type Log, type LogFields, SILENT_LOG } from '../../../src/platform/log.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { RefusalLog } from '../../../src/transport/refusal-log.ts'

it('of many refusals of a kind the first is logged, then one line in an interval with the number of the others', async () => {
  const lines: LogFields[] = []
  const log: Log = { ...SILENT_LOG, warn: (event, fields) => lines.push({ event, ...fields }) }
  const clock = new VirtualClock()
  const refusals = new RefusalLog(clock, log)
  for (let index = 0; index < 1_000; index++) refusals.refused('full', '10.0.0.1')
  refusals.refused('late', '10.0.0.2')
  await clock.advance(LIMITS.refusalLogIntervalMs)
  refusals.refused('full', '10.0.0.3')
  expect(lines).toEqual([
    { event: 'connection_refused', reason: 'full', peer: '10.0.0.1', unsaid: 0, total: 1 },
    { event: 'connection_refused', reason: 'late', peer: '10.0.0.2', unsaid: 0, total: 1 },
    { event: 'connection_refused', reason: 'full', peer: '10.0.0.3', unsaid: 999, total: 1_001 },
  ])
  expect([...refusals.totals]).toEqual([
    ['full', 1_001],
    ['late', 1],
  ])
})
