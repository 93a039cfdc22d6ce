// The engine is closed while partitions come, at any moment of their making: when it is closed nothing of it is open, and it touches no
// file any more, since the folder may be somebody else's by then.
import { expect, it } from 'vitest'
import { isVarveError } from '../../../src/domain/error.ts'
import { identityOf } from '../../support/batches.ts'
import { StoredFiles } from './stored-files.ts'

/** Making a partition takes about a third of them. */
const MOMENTS = 300

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

it('An engine that is closed while partitions of a topic are made leaves none open, whatever the moment', async () => {
  for (let moment = 0; moment < MOMENTS; moment++) {
    const files = new StoredFiles()
    const engine = await files.open()
    const makings = [0, 1].map((partition) =>
      engine.createPartition(identityOf(1, partition), files.settings).catch((error: unknown) => {
        if (isVarveError(error) && error.code === 'NOT_READY') return undefined
        throw error
      }),
    )
    for (let turn = 0; turn < moment; turn++) await Promise.resolve()
    await engine.close()
    const { count } = files.disk.operations
    const logs = await Promise.all(makings)
    await settle()
    expect(files.disk.operations.count, `operations behind the end, moment ${moment}`).toBe(count)
    for (const log of logs) {
      const condition = log?.statistics().condition ?? 'closed'
      expect(condition, `at moment ${moment}`).toBe('closed')
    }
    expect((await files.open()).wasClean, `at moment ${moment}`).toBe(true)
  }
})
