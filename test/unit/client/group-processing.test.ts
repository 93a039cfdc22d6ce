// Handlers at work in a group, on a broker in memory and on time that stands still: what is committed, who is told of what, and
// what becomes of partitions that move meanwhile.
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type {
  ClientWarning,
  GroupConsumer,
  GroupConsumerOptions,
  RunOptions,
  StuckEvent,
  Varve,
} from '../../../src/client/index.ts'
import type { VarveError } from '../../../src/domain/error.ts'
import { AwaitedFileSystem } from '../../../src/platform/awaited-file-system.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { FileStorageEngine } from '../../../src/storage/file/file-storage-engine.ts'
import { type ServedBroker, serveBroker } from '../../conformance/served-broker.ts'
import { TraceRecorder } from '../../support/trace-recorder.ts'

const TOPIC = 'orders'
const IN_MEMORY = { name: 'in process', transport: 'in-process', storage: 'memory' } as const
const NEVER = new Promise<void>(() => undefined)

let clock: VirtualClock
let served: ServedBroker
let client: Varve

beforeEach(async () => {
  clock = new VirtualClock()
  served = await serveBroker(IN_MEMORY, { clock })
  client = served.client
})

afterEach(async () => {
  await clock.until(served.close())
})

async function produce(partitions: number, count: number, valueBytes = 1): Promise<void> {
  await clock.until(client.admin().createTopic({ name: TOPIC, partitions }))
  const producer = client.producer({ lingerMs: 0, batchBytes: 16_384 })
  for (let partition = 0; partition < partitions; partition++) {
    const values = Array.from({ length: count }, (_, index) => ({
      topic: TOPIC,
      partition,
      key: `${index % 4}`,
      value: `${index}`.padEnd(valueBytes, '.'),
    }))
    await clock.until(producer.sendMany(values))
  }
  await clock.until(producer.close())
}

class Member {
  readonly consumer: GroupConsumer
  readonly warnings: ClientWarning[] = []
  readonly stuck: StuckEvent[] = []
  readonly recovered: StuckEvent[] = []
  outcome: Promise<VarveError | undefined> = Promise.resolve(undefined)

  constructor(options: Partial<GroupConsumerOptions> = {}) {
    this.consumer = client.consumer().subscribe({ group: 'g', topics: TOPIC, ...options })
    this.consumer.on('warning', (warning) => this.warnings.push(warning))
    this.consumer.on('stuck', (event) => this.stuck.push(event))
    this.consumer.on('recovered', (event) => this.recovered.push(event))
  }

  run(options: RunOptions): this {
    this.outcome = this.consumer.run(options).then(
      () => undefined,
      (error: unknown) => error as VarveError,
    )
    return this
  }

  get held(): number[] {
    return this.consumer.assignment().map(({ partition }) => partition)
  }
}

async function committed(): Promise<(number | undefined)[]> {
  const group = await clock.until(client.admin().describeGroup('g'))
  return group.partitions.map(({ committedOffset }) => committedOffset)
}

async function memberCount(): Promise<number> {
  return (await clock.until(client.admin().describeGroup('g'))).members.length
}

describe('run', () => {
  it('hands every record to a handler and commits what is finished without a gap', async () => {
    await produce(2, 20)
    const handled: string[] = []
    const member = new Member({ autoCommit: { intervalMs: 1_000 } }).run({
      concurrency: { partitions: 2, keys: 4 },
      handler: async ({ partition, offset }) => {
        // The first record takes longer than all the others.
        await clock.sleep(offset === 0 ? 20_000 : 1)
        handled.push(`${partition}/${offset}`)
      },
    })
    await clock.advance('10s')
    // Keys 1, 2 and 3 are through; those of key 0 wait for the first.
    expect(handled).toHaveLength(30)
    expect(await committed()).toEqual([undefined, undefined])
    await clock.advance('15s')
    expect(handled).toHaveLength(40)
    expect(await committed()).toEqual([20, 20])
    const { recordsHandedOut, handlers, partitions, commits } = member.consumer.statistics()
    expect([recordsHandedOut, handlers.records, commits.refused]).toEqual([40, 40, 0])
    expect(partitions.map(({ lag, committedOffset }) => [lag, committedOffset])).toEqual([
      [0, 20],
      [0, 20],
    ])
    await clock.until(member.consumer.close())
    expect(await member.outcome).toBeUndefined()
    expect(await memberCount()).toBe(0)
  })

  it('that a handler stopped is loud: the error names the record, what came before is committed, others take over', async () => {
    await produce(1, 10)
    const failing = new Member().run({
      handler: ({ offset }) => {
        if (offset === 3) throw new Error('no such customer')
      },
    })
    const error = await clock.until(failing.outcome)
    expect(error).toMatchObject({
      code: 'HANDLER_FAILED',
      details: { topic: TOPIC, partition: 0, offset: 3, failure: 'handler' },
      cause: { message: 'no such customer' },
    })
    expect([await committed(), await memberCount()]).toEqual([[3], 0])
    const offsets: number[] = []
    const other = new Member().run({
      handler: ({ offset }) => {
        offsets.push(offset)
      },
    })
    await clock.advance('10s')
    expect(offsets).toEqual([3, 4, 5, 6, 7, 8, 9])
    await clock.until(other.consumer.close())
    await expect(failing.consumer.run({ handler: () => undefined })).rejects.toMatchObject({
      code: 'CLOSED',
    })
  })

  it('passes over what fails where it is told to, and commits past it', async () => {
    await produce(1, 5)
    const traces = new TraceRecorder(['varve:consumer.handler'])
    const member = new Member().run({
      onFailure: 'skip',
      handler: ({ offset }) => {
        if (offset % 2 === 1) throw new Error(`not ${offset}`)
      },
    })
    await clock.advance('10s')
    traces.stop()
    expect(
      traces.of('varve:consumer.handler').map(({ atStart: { offset, attempt }, context }) => ({
        call: [offset, attempt],
        hasFailed: 'error' in context,
      })),
    ).toEqual([0, 1, 2, 3, 4].map((offset) => ({ call: [offset, 1], hasFailed: offset % 2 === 1 })))
    expect(member.warnings.map(({ kind, partition }) => [kind, partition])).toEqual([
      ['record-skipped', 0],
      ['record-skipped', 0],
    ])
    expect(await committed()).toEqual([5])
    expect(member.consumer.statistics().handlers).toMatchObject({ records: 3, skipped: 2 })
    await clock.until(member.consumer.close())
  })

  it('tries again, and the broker knows meanwhile that the handler fails', async () => {
    await produce(1, 3)
    let isDown = true
    const member = new Member().run({
      onFailure: { retry: { attempts: Infinity, backoffMs: 1_000 } },
      handler: () => {
        if (isDown) throw new Error('no database')
      },
    })
    await clock.advance('60s')
    const why = await clock.until(client.admin().explainGroup('g'))
    expect(why.partitions).toMatchObject([{ reason: 'handler-failed' }])
    expect(why.partitions[0]?.text).toContain('no database')
    isDown = false
    await clock.advance('2m')
    expect(await committed()).toEqual([3])
    expect(new Set(member.warnings.map(({ kind }) => kind))).toEqual(new Set(['handler-failed']))
    await clock.until(member.consumer.close())
  })

  it('hands over whole batches, each finished as one', async () => {
    await produce(2, 20)
    const sizes: number[] = []
    const member = new Member().run({
      concurrency: { partitions: 2 },
      batchHandler: async ({ records }) => {
        await clock.sleep(100)
        sizes.push(records.length)
      },
    })
    await clock.advance('10s')
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(40)
    expect(await committed()).toEqual([20, 20])
    await clock.until(member.consumer.close())
  })

  it('ends after the records that were asked for, all of them finished', async () => {
    await produce(1, 20)
    const handled: number[] = []
    const member = new Member({ maxRecords: 7 }).run({
      concurrency: 2,
      handler: async ({ offset }) => {
        await clock.sleep(500)
        handled.push(offset)
      },
    })
    expect(await clock.until(member.outcome)).toBeUndefined()
    expect(handled.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6])
    await clock.until(member.consumer.close())
    expect(await committed()).toEqual([7])
  })

  it('finishes what is under way when it is closed, and commits it', async () => {
    await produce(1, 10)
    const handled: number[] = []
    const member = new Member().run({
      handler: async ({ offset }) => {
        await clock.sleep(1_000)
        handled.push(offset)
      },
    })
    await clock.advance(2_500)
    await clock.until(member.consumer.close())
    expect(await clock.until(member.outcome)).toBeUndefined()
    expect(await committed()).toEqual([handled.length])
    expect(handled.length).toBeGreaterThan(0)
    expect(member.warnings).toEqual([])
  })

  it('is one loop: another one beside it is refused', async () => {
    await produce(1, 1)
    const member = new Member().run({ handler: () => undefined })
    await expect(member.consumer.run({ handler: () => undefined })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    })
    await clock.until(member.consumer.close())
  })
})

describe('records whose stored bytes are damaged', () => {
  /** Four batches of one record; the second of them is damaged on disk, and the broker was started anew since. */
  async function damaged(): Promise<void> {
    await clock.until(served.close())
    const onFiles = { name: 'in process', transport: 'in-process', storage: 'file' } as const
    served = await clock.until(serveBroker(onFiles, { clock }))
    const { admin, producer } = { admin: served.client.admin(), producer: served.client.producer() }
    const { id } = await clock.until(admin.createTopic({ name: TOPIC, partitions: 1 }))
    for (let index = 0; index < 4; index++) {
      await clock.until(producer.send({ topic: TOPIC, partition: 0, value: `${index}` }))
    }
    await clock.until(served.close())
    const path = `/data/topics/${id}/0/${'0'.repeat(20)}.log`
    const bytes = served.disk.contents(path)
    const second = bytes.readInt32BE(8) + 12
    const last = second + bytes.readInt32BE(second + 8) + 11
    bytes[last] = (bytes[last] ?? 0) ^ 1
    served.disk.putFile(path, bytes)
    const fileSystem = new AwaitedFileSystem(served.disk, clock)
    const random = new SeededRandom(1)
    const parts = { clock, random, log: SILENT_LOG, fileSystem, directory: '/data' }
    const engine = await clock.until(FileStorageEngine.open(parts))
    served = await clock.until(serveBroker(onFiles, { clock, engine }))
    client = served.client
  }

  it('stop a run with their place, after what came before was committed', async () => {
    await damaged()
    const handled: number[] = []
    const member = new Member().run({
      handler: ({ offset }) => {
        handled.push(offset)
      },
    })
    const error = await clock.until(member.outcome)
    expect(error).toMatchObject({ code: 'CORRUPT_LOG', details: { firstBad: 1, nextGood: 2 } })
    expect(handled).toEqual([0])
    expect([await committed(), await memberCount()]).toEqual([[1], 0])
  })

  it('are passed over with a warning where the consumer is told to', async () => {
    await damaged()
    const handled: number[] = []
    const member = new Member({ onCorrupt: 'skip' }).run({
      handler: ({ offset }) => {
        handled.push(offset)
      },
    })
    await clock.advance('10s')
    expect(handled).toEqual([0, 2, 3])
    expect(member.warnings.map(({ kind }) => kind)).toEqual(['damage-skipped'])
    expect(await committed()).toEqual([4])
    await clock.until(member.consumer.close())
  })
})

describe('a partition that moves while handlers work', () => {
  it('is finished and committed before it leaves, and those that stay are not held up', async () => {
    await produce(2, 200)
    const handled: string[] = []
    const handler =
      (name: string) =>
      async ({ partition, offset }: { partition: number; offset: number }): Promise<void> => {
        await clock.sleep(100)
        handled.push(`${name} ${partition}/${offset}`)
      }
    const first = new Member().run({ concurrency: { partitions: 2 }, handler: handler('first') })
    await clock.advance('5s')
    expect(first.held).toEqual([0, 1])
    const second = new Member().run({ concurrency: { partitions: 2 }, handler: handler('second') })
    await clock.advance('60s')
    expect([first.held.length, second.held.length]).toEqual([1, 1])
    const moved = second.held[0] ?? -1
    const offsetsOf = (name: string, partition: number): number[] =>
      handled
        .filter((entry) => entry.startsWith(`${name} ${partition}/`))
        .map((entry) => Number(entry.split('/')[1]))
    const before = offsetsOf('first', moved)
    const after = offsetsOf('second', moved)
    expect([...before, ...after]).toEqual(Array.from({ length: 200 }, (_, index) => index))
    expect(offsetsOf('first', 1 - moved)).toHaveLength(200)
    expect([...first.warnings, ...second.warnings]).toEqual([])
    expect(await committed()).toEqual([200, 200])
    await clock.until(first.consumer.close())
    await clock.until(second.consumer.close())
  })

  it('does not wait for ever for a handler that hangs: the next owner gets its record', async () => {
    await produce(2, 3)
    const aborted: number[] = []
    const hanging = new Member({ rebalanceTimeoutMs: 20_000, stuckAfterMs: 5_000 }).run({
      concurrency: { partitions: 2 },
      handler: async ({ partition }, { signal }) => {
        signal.addEventListener('abort', () => aborted.push(partition))
        await NEVER
      },
    })
    await clock.advance('5s')
    const handled: number[] = []
    const other = new Member({ rebalanceTimeoutMs: 20_000 }).run({
      handler: ({ partition, offset }) => {
        handled.push(partition, offset)
      },
    })
    await clock.advance('30s')
    const [moved] = other.held
    expect(handled).toEqual([moved, 0, moved, 1, moved, 2])
    expect(aborted).toEqual([moved])
    expect(hanging.stuck.map(({ reason }) => reason)).toEqual(['handler', 'handler'])
    await clock.until(other.consumer.close())
    await clock.until(hanging.consumer.close({ timeoutMs: 2_000 }))
  })
})

describe('a member that is put out while a handler works', () => {
  it('abandons what it had in hand, commits nothing of it, and begins where the group stands', async () => {
    await produce(1, 10)
    const handled: number[] = []
    const signals: string[] = []
    const member = new Member().run({
      handler: async ({ offset }, { signal }) => {
        handled.push(offset)
        if (offset !== 2 || handled.length > 3) return
        signal.addEventListener('abort', () => signals.push(String(signal.reason)))
        await clock.sleep(60_000)
      },
    })
    await clock.advance('6s')
    expect(await committed()).toEqual([2])
    const admin = client.admin()
    const to = { offset: 1 }
    await clock.until(admin.resetGroup('g', { topic: TOPIC, to }, { force: true }))
    await clock.advance('80s')
    expect(member.warnings.map(({ kind }) => kind)).toEqual(['membership-lost'])
    expect(signals).toEqual(['Error: orders/0 left this consumer'])
    expect(handled).toEqual([0, 1, 2, ...[1, 2, 3, 4, 5, 6, 7, 8, 9]])
    expect(await committed()).toEqual([10])
    await clock.until(member.consumer.close())
  })
})

describe('a place that is sought while handlers work', () => {
  it('is gone to at once; what was in hand of the old one counts for nothing', async () => {
    await produce(1, 20)
    const handled: number[] = []
    const member = new Member({ autoCommit: { intervalMs: 1_000 } }).run({
      handler: async ({ offset }) => {
        handled.push(offset)
        await clock.sleep(1_000)
      },
    })
    await clock.advance(3_500)
    const inHand = handled.at(-1) ?? -1
    await clock.until(member.consumer.seek({ topic: TOPIC, partition: 0 }, 15))
    await clock.advance('10s')
    expect(handled).toEqual([
      ...Array.from({ length: inHand + 1 }, (_, offset) => offset),
      ...[15, 16, 17, 18, 19],
    ])
    await clock.until(member.consumer.seek({ topic: TOPIC, partition: 0 }, 18))
    await clock.advance('10s')
    expect(handled.slice(-2)).toEqual([18, 19])
    expect(await committed()).toEqual([20])
    expect(member.warnings).toEqual([])
    await clock.until(member.consumer.close())
  })
})

describe('a consumer that does not go on', () => {
  it('says of a handler that hangs which record it has, and so does the broker; others go on', async () => {
    await produce(2, 30)
    let release: (() => void) | undefined
    const events: unknown[] = []
    const listen = (event: unknown): void => {
      events.push(event)
    }
    subscribe('varve:consumer.stuck', listen)
    const member = new Member({ autoCommit: { intervalMs: 1_000 } }).run({
      concurrency: { partitions: 2 },
      handler: async ({ partition, offset }) => {
        if (partition !== 1 || offset !== 7) return
        await new Promise<void>((resolve) => {
          release = resolve
        })
      },
    })
    await clock.advance('45s')
    unsubscribe('varve:consumer.stuck', listen)
    expect(member.stuck).toMatchObject([
      { reason: 'handler', topic: TOPIC, partition: 1, offset: 7 },
    ])
    expect(events).toMatchObject([{ group: 'g', reason: 'handler', partition: 1, offset: 7 }])
    expect(member.consumer.statistics().stuck).toEqual(['handler'])
    expect(await committed()).toEqual([30, 7])
    const why = await clock.until(client.admin().explainGroup('g'))
    expect(why.partitions.map(({ reason }) => reason)).toEqual(['at-end', 'stalled-in-handler'])
    release?.()
    await clock.advance('5s')
    expect(member.recovered).toMatchObject([{ reason: 'handler', partition: 1 }])
    expect(await committed()).toEqual([30, 30])
    expect(member.consumer.statistics()).toMatchObject({ stuck: [], stuckCount: 1 })
    await clock.until(member.consumer.close())
  })

  it('says of a handler that a close abandons that it was given up, not that it goes on', async () => {
    await produce(1, 3)
    const member = new Member().run({ handler: () => new Promise<void>(() => undefined) })
    await clock.advance('45s')
    expect(member.stuck).toMatchObject([{ reason: 'handler', partition: 0, offset: 0 }])
    await clock.until(member.consumer.close({ timeoutMs: 2_000 }))
    expect(member.recovered).toMatchObject([{ reason: 'handler', partition: 0, isGivenUp: true }])
  })

  it('says the same of a handler that exceeds its time', async () => {
    await produce(1, 1)
    const member = new Member().run({
      handlerTimeoutMs: 40_000,
      onFailure: 'skip',
      handler: () => new Promise<void>(() => undefined),
    })
    await clock.advance('60s')
    expect(member.recovered).toMatchObject([{ reason: 'handler', isGivenUp: true }])
    await clock.until(member.consumer.close())
  })

  it.each(['subscribe', 'fetch'] as const)(
    'holds up no other partition, even where what it has not read would fill the budget (%s)',
    async (mode) => {
      await produce(2, 400, 1_000)
      const handled = [0, 0]
      let release: (() => void) | undefined
      const member = new Member({ mode, prefetchBytes: 64 * 1024, fetchBytes: 32 * 1024 }).run({
        concurrency: { partitions: 2 },
        handler: async ({ partition, offset }) => {
          handled[partition] = (handled[partition] ?? 0) + 1
          if (partition > 0 || offset > 0) return
          await new Promise<void>((resolve) => {
            release = resolve
          })
        },
      })
      await clock.advance('60s')
      expect(handled).toEqual([1, 400])
      release?.()
      await clock.advance('10s')
      expect(handled).toEqual([400, 400])
      expect(await committed()).toEqual([400, 400])
      await clock.until(member.consumer.close())
    },
  )

  it('tells of the body of a loop that hangs, and of a loop that was left', async () => {
    await produce(1, 3)
    const member = new Member()
    let release: (() => void) | undefined
    const loop = (async () => {
      for await (const { offset } of member.consumer) {
        if (offset === 1) {
          await new Promise<void>((resolve) => {
            release = resolve
          })
        }
        if (offset === 2) break
      }
    })()
    await clock.advance('40s')
    expect(member.stuck).toMatchObject([{ reason: 'handler', partition: 0, offset: 1 }])
    release?.()
    await clock.until(loop)
    await clock.advance('40s')
    expect(member.recovered).toMatchObject([{ reason: 'handler' }])
    expect(member.stuck.map(({ reason }) => reason)).toEqual(['handler', 'loop'])
    await clock.until(member.consumer.close())
  })

  it('tells of a broker that answers neither heartbeats nor reads', async () => {
    await produce(1, 3)
    const member = new Member({ sessionTimeoutMs: 45_000 }).run({ handler: () => undefined })
    await clock.advance('5s')
    await served.stop()
    await clock.advance('40s')
    expect(member.stuck.map(({ reason }) => reason).sort()).toEqual(['fetch', 'heartbeat'])
    const { heartbeatAgeMs, fetchAgeMs } = member.consumer.statistics()
    expect(Math.min(heartbeatAgeMs ?? 0, fetchAgeMs ?? 0)).toBeGreaterThan(30_000)
    await clock.until(member.consumer.close({ timeoutMs: 1_000 }))
  })

  it('is told to the process where nobody listens', async () => {
    await produce(1, 1)
    const told: (Error & { code?: string })[] = []
    const listen = (warning: Error): void => {
      told.push(warning)
    }
    process.on('warning', listen)
    const consumer = client.consumer().subscribe({ group: 'g', topics: TOPIC })
    const outcome = consumer.run({ handler: () => NEVER })
    await clock.advance('40s')
    process.off('warning', listen)
    expect(told).toMatchObject([
      {
        name: 'VarveWarning',
        code: 'VARVE_CONSUMER_STUCK',
        message:
          'a consumer in group g does not go on: the handler of orders/0 at offset 0 has not come to its end for 30 s',
      },
    ])
    await clock.until(consumer.close({ timeoutMs: 1_000 }))
    await clock.until(outcome)
  })
})
