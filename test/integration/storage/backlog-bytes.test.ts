// How many bytes a reader has before it, where the files are not all good, or not all synced yet.
import { expect, it } from 'vitest'
import { readBatchHeader } from '../../../src/record/batch-header.ts'
import { at } from '../../support/batches.ts'
import { until } from '../../support/until.ts'
import { StoredFiles } from './stored-files.ts'

const BATCHES = 60

it('damage counts for who is before it, and whoever is in it has what is behind it', async () => {
  const files = await StoredFiles.with(BATCHES)
  files.kill()
  const [, second = 0] = files.segments
  const sizes = files.batches.map((batch) => batch.length)
  const bytesFrom = (batch: number): number =>
    sizes.slice(batch).reduce((sum, size) => sum + size, 0)
  const bad = second / 2 + 3
  const headers = files.batches.map((batch) => readBatchHeader(batch))
  const position = sizes.slice(second / 2, bad).reduce((sum, size) => sum + size, 0)
  files.change(files.segment(second), (bytes) => bytes.fill(7, position + 80, position + 90))
  const { log } = await files.restart()
  for (const batch of [0, second / 2, bad - 1, bad, bad + 1, BATCHES - 1]) {
    const { baseOffset, lastOffset } = headers[batch] ?? { baseOffset: 0, lastOffset: 0 }
    // The offsets of the bad one are lost: a reader goes on behind them.
    const expected = batch === bad ? bytesFrom(bad + 1) : bytesFrom(batch)
    for (const offset of [baseOffset, lastOffset]) {
      // What is damaged is known when somebody has read it.
      await log
        .read({ offset: at(offset), maxBytes: 1, atLeastOneBatch: true })
        .catch(() => undefined)
      expect(await log.bytesFrom(at(offset)), `from ${offset}`).toBe(expected)
    }
  }
  await files.stop()
})

it('what is not synced yet is not counted where readers do not see it', async () => {
  const files = await StoredFiles.with(20)
  const log = await files.restartCleanly().then((started) => started.log)
  const sizes = files.batches.map((batch) => batch.length)
  const whole = sizes.reduce((sum, size) => sum + size, 0)
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const stop = files.disk.operations.inject(({ kind, path }) =>
    kind === 'sync-data' && path.endsWith('.log') ? { kind: 'wait', until: held } : undefined,
  )
  const appended = log.append({ batch: files.batch(20), durability: 'synced' })
  await until(() => log.bounds().end > 40)
  expect(log.bounds().readableEnd).toBe(40)
  expect(await log.bytesFrom(at(0))).toBe(whole)
  expect(await log.bytesFrom(at(38))).toBe(sizes.at(-1))
  expect(await log.bytesFrom(at(40))).toBe(0)
  expect(await log.bytesFrom(at(42))).toBe(0)
  stop()
  release()
  await appended
  expect(await log.bytesFrom(at(40))).toBe(files.batch(20).length)
  await files.stop()
})
