import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHere } from './in-process.ts'
import { latin1Lines, sampleText } from './sample-text.ts'
import {
  finished,
  spawnVarve,
  startBroker,
  stopBroker,
  temporaryFolder,
  varve,
  varveOk,
} from './varve-process.ts'

const SEED = 7
let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(async () => {
  await folder.remove()
})

/** Waits until `lines` records are readable. */
async function untilStored(broker: string, topic: string, lines: number): Promise<void> {
  for (;;) {
    const { output } = await runHere(['offsets', topic, '--json'], broker)
    const { partitions } = JSON.parse(output) as { partitions: { latest: number }[] }
    if (partitions.reduce((sum, { latest }) => sum + latest, 0) >= lines) return
  }
}

describe('kill -9 of the broker', () => {
  it('in the middle of a large file: produce goes on after the restart and no acknowledged line is lost', async () => {
    const dataDir = join(folder.path, 'ridden-out')
    const text = sampleText(300_000, SEED)
    const first = await startBroker(['--data-dir', dataDir])
    const { address } = first
    await varveOk(['topic', 'create', 'big', '--partitions', '3'], { broker: address })
    const child = spawnVarve(['produce', 'big', '--json'], { broker: address })
    const ending = finished(child)
    // The last lines are held back until the broker is gone: the kill is in the middle of the work in any case.
    const most = text.indexOf(10, text.length * 0.95) + 1
    child.stdin.write(text.subarray(0, most))
    await untilStored(address, 'big', 1000)
    first.child.kill('SIGKILL')
    await first.ended
    child.stdin.end(text.subarray(most))
    const second = await startBroker(['--data-dir', dataDir], { listen: address })
    const result = await ending
    const summary = JSON.parse(result.messages.trimEnd().split('\n').at(-1) ?? '') as {
      produced: { records: number; failed: number }
    }
    expect(result.code).toBe(0)
    expect(summary.produced).toMatchObject({ records: 300_000, failed: 0 })
    const read = await varveOk(['consume', 'big', '--until-end'], { broker: address })
    await stopBroker(second)
    const stored = latin1Lines(read.bytes)
    const sent = latin1Lines(text)
    console.log(`kill -9: ${sent.length} sent, ${stored.length} stored, seed ${SEED}`)
    // A lost answer means a second send, which must not be stored again.
    expect(missing(sent, stored)).toEqual([])
    expect(missing(stored, sent)).toEqual([])
  }, 120_000)

  it('for good: produce ends, says what was acknowledged, and all of that is there', async () => {
    const dataDir = join(folder.path, 'for-good')
    const first = await startBroker(['--data-dir', dataDir])
    await varveOk(['topic', 'create', 'big'], { broker: first.address })
    const child = spawnVarve(['produce', 'big', '--json'], { broker: first.address })
    const ending = finished(child)
    const lines = Readable.from(
      (function* endless(): Generator<string> {
        for (let line = 0; ; line++) yield `${line}\n`
      })(),
      { objectMode: true },
    )
    child.stdin.on('error', () => undefined)
    lines.pipe(child.stdin)
    await untilStored(first.address, 'big', 1000)
    first.child.kill('SIGKILL')
    await first.ended
    // A person who sees that nothing goes on any more.
    child.kill('SIGINT')
    const result = await ending
    lines.destroy()
    expect(result.code).toBe(130)
    const summary = result.messages.split('\n').find((line) => line.startsWith('{"produced"'))
    const { produced } = JSON.parse(summary ?? '') as {
      produced: { records: number; failed: number; uncertain: number }
    }
    expect(produced.uncertain).toBe(produced.failed)
    const second = await startBroker(['--data-dir', dataDir])
    const read = await varve(['consume', 'big', '--until-end'], { broker: second.address })
    await stopBroker(second)
    const stored = latin1Lines(read.bytes)
    console.log(`kill -9 for good: ${produced.records} acknowledged, ${stored.length} stored`)
    expect(produced.records).toBeGreaterThanOrEqual(1000)
    expect(stored.length).toBeGreaterThanOrEqual(produced.records)
    expect(stored.length).toBeLessThanOrEqual(produced.records + produced.uncertain)
    expect(stored).toEqual(stored.map((_, line) => String(line)))
  }, 120_000)
})

/** The elements of `wanted`, counted, that are not in `present`. */
function missing(wanted: readonly string[], present: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const line of present) counts.set(line, (counts.get(line) ?? 0) + 1)
  return wanted.filter((line) => {
    const count = counts.get(line) ?? 0
    counts.set(line, count - 1)
    return count <= 0
  })
}
