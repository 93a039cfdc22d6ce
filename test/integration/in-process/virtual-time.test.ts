// Varve.open with a virtual clock: everything that waits or expires does so when the test says so, in memory and on files.
import { describe, expect, it } from 'vitest'
import { type OpenOptions, Varve, VirtualClock } from '../../../src/index.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const PLACES: readonly { name: string; place: () => Promise<OpenOptions> }[] = [
  { name: 'in memory', place: () => Promise.resolve({ memory: true }) },
  { name: 'on files', place: async () => ({ dataDir: await temporaryDirectory() }) },
]

/** Whether the promise is settled by now, without any time. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open')
  const later = new Promise((resolve) => setTimeout(resolve, 5, open))
  return (await Promise.race([promise, later])) !== open
}

describe.each(PLACES)('a broker $name with a virtual clock', ({ place }) => {
  async function open(options: Partial<OpenOptions> = {}): Promise<[Varve, VirtualClock]> {
    const clock = new VirtualClock()
    const varve = await Varve.open({ ...(await place()), ...options, clock } as OpenOptions)
    return [varve, clock]
  }

  it('deletes a week later what is kept for a week', async () => {
    const [varve, clock] = await open()
    const settings = { 'segment.ms': 60_000, 'retention.ms': 7 * 86_400_000 }
    await varve.admin().createTopic({ name: 't', settings })
    const producer = varve.producer({ lingerMs: 0, idempotence: false })
    const first = await producer.send({ topic: 't', value: 'old' })
    expect(first.timestampMs).toBe(Date.UTC(2026, 0, 1))
    await clock.advance('1h')
    await producer.send({ topic: 't', value: 'newer' })
    const starts = async (): Promise<number | undefined> =>
      (await varve.admin().describeTopic('t')).partitions[0]?.startOffset
    await clock.advance('6d')
    expect(await starts()).toBe(0)
    await clock.advance('1d')
    expect(await starts()).toBe(1)
    await varve.close()
  })

  it('lets a batch linger as long as it was told', async () => {
    const [varve, clock] = await open()
    await varve.admin().createTopic({ name: 't' })
    const sent = varve.producer({ lingerMs: 60_000 }).send({ topic: 't', value: 'x' })
    await clock.advance('59s')
    expect(await isSettled(sent)).toBe(false)
    await clock.advance('1s')
    expect(await isSettled(sent)).toBe(true)
    // Without knowing for how long.
    const other = varve.producer({ lingerMs: 7_777 }).send({ topic: 't', value: 'y' })
    expect(await clock.until(other)).toMatchObject({ offset: 1 })
    await varve.close()
  })

  it('has readers wait for hours, and wakes them with the record', async () => {
    const [varve, clock] = await open()
    await varve.admin().createTopic({ name: 't' })
    const seen: string[] = []
    const reading = (async () => {
      for await (const { value } of varve.consumer({ topics: 't' })) seen.push(String(value))
    })()
    await clock.advance('5h')
    expect(seen).toEqual([])
    await varve.producer({ lingerMs: 0 }).send({ topic: 't', value: 'at last' })
    await clock.advance('10s')
    expect(seen).toEqual(['at last'])
    await varve.close()
    await reading
  })

  it('closes without any time', async () => {
    const [varve, clock] = await open()
    await varve.admin().createTopic({ name: 't' })
    const sent = varve.producer({ lingerMs: 60_000 }).send({ topic: 't', value: 'x' })
    await varve.close()
    expect(await sent).toMatchObject({ offset: 0, timestampMs: clock.wallMs() })
    expect(clock.monotonicMs()).toBe(0)
    expect(clock.openTimers).toBe(0)
  })

  it('closes while the clock is asked to wait for that', async () => {
    const [varve, clock] = await open()
    await clock.until(varve.admin().createTopic({ name: 't', partitions: 3 }))
    await clock.until(varve.close())
    expect(clock.openTimers).toBe(0)
  })
})

describe('a broker in memory with a virtual clock', () => {
  it('gives up a record that is not delivered in its time', async () => {
    const clock = new VirtualClock()
    const varve = await Varve.open({ memory: true, memoryBytesMax: 2_000, clock })
    await varve.admin().createTopic({ name: 't' })
    const producer = varve.producer({ lingerMs: 0, deliveryTimeoutMs: 120_000 })
    const sent = producer.send({ topic: 't', value: Buffer.alloc(4_000) })
    sent.catch(() => undefined)
    await clock.advance('119s')
    expect(await isSettled(sent.catch(() => undefined))).toBe(false)
    await clock.advance('1s')
    await expect(sent).rejects.toMatchObject({ code: 'DELIVERY_TIMEOUT' })
    await varve.close()
  })

  it('takes the same course twice when it begins with the same seed', async () => {
    const course = async (seed: number): Promise<unknown> => {
      const clock = new VirtualClock()
      const varve = await Varve.open({ memory: true, clock, seed })
      const made = await varve.admin().createTopic({ name: 't', partitions: 5 })
      const producer = varve.producer({ lingerMs: 20 })
      const reports = []
      for (let round = 0; round < 20; round++) {
        reports.push(await clock.until(producer.send({ topic: 't', value: `${round}` })))
      }
      const { clusterId } = await varve.admin().describeCluster()
      await varve.close()
      return { made, reports, clusterId, endedMs: clock.wallMs() }
    }
    const first = await course(1)
    expect(await course(1)).toEqual(first)
    expect(await course(2)).not.toEqual(first)
  })
})
