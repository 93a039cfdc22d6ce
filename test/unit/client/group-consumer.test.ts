// A member of a group when things go wrong, on virtual time: broken streams, silence, refusals, late programs.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type GroupConsumerOptions, Varve, VarveError } from '../../../src/client/index.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { type ServedBroker, serveBroker } from '../../conformance/served-broker.ts'
import { WAYS } from '../../conformance/ways.ts'
import { closedGate, GroupReading, range } from '../../support/group-reading.ts'
import { TroubledTransport } from '../../support/troubled-transport.ts'

const inProcess = WAYS.filter(
  ({ transport, storage }) => transport === 'in-process' && storage === 'memory',
)

let clock: VirtualClock
let served: ServedBroker
let readings: GroupReading[]
let clients: Varve[]

beforeEach(async () => {
  const [way] = inProcess
  if (way === undefined) throw new Error('there is such a way')
  clock = new VirtualClock()
  served = await serveBroker(way, { clock })
  readings = []
  clients = []
  await served.client.admin().createTopic({ name: 'orders', partitions: 4 })
})

afterEach(async () => {
  for (const { consumer } of readings) await clock.until(consumer.close({ timeoutMs: 1_000 }))
  for (const client of clients) await clock.until(client.close())
  await clock.until(served.close())
  expect(clock.openTimers).toBe(0)
})

/** A process of its own. */
function process(): { client: Varve; transport: TroubledTransport } {
  const transport = new TroubledTransport(served.connect())
  const client = new Varve({ transport, clock, random: new SeededRandom(clients.length + 1) })
  clients.push(client)
  return { client, transport }
}

function member(client: Varve, options: Partial<GroupConsumerOptions> = {}): GroupReading {
  const reading = new GroupReading(client, options)
  readings.push(reading)
  return reading
}

/** Lets time pass until it holds. */
async function until(holds: () => boolean, stepMs = 50, steps = 4_000): Promise<void> {
  for (let step = 0; step < steps; step++) {
    if (holds()) return
    await clock.advance(stepMs)
  }
  throw new Error(`what was waited for never came: ${String(holds)}`)
}

async function produce(count: number, partitions = range(0, 4)): Promise<void> {
  for (const partition of partitions) {
    const records = range(0, count).map((value) => ({ value: `${value}` }))
    const producer = served.client.producer({ lingerMs: 0 })
    await clock.until(producer.append({ topic: 'orders', partition, records }))
    await clock.until(producer.close())
  }
}

async function committed(group = 'g'): Promise<(number | undefined)[]> {
  const offsets = await clock.until(served.client.admin().groupOffsets(group))
  const of = new Map(offsets.map(({ partition, offset }) => [partition, offset]))
  return range(0, 4).map((partition) => of.get(partition))
}

describe('commits', () => {
  test('what the program came back from is committed every five seconds, what it has in hand is not', async () => {
    await produce(3, [0])
    const gate = closedGate()
    const reading = member(process().client)
    reading.gate = gate.shut
    await until(() => reading.records.length === 1)
    await clock.advance('6s')
    expect((await committed())[0]).toBeUndefined()
    gate.open()
    await until(() => reading.records.length === 3)
    await clock.advance('6s')
    expect((await committed())[0]).toBe(3)
  })

  test('a failure that passes is tried again and told; one that does not ends the consumer, and others take over', async () => {
    await produce(3)
    const { client, transport } = process()
    const reading = member(client)
    await until(() => reading.records.length === 12)
    transport.failing.set('commitOffsets', [
      new VarveError('NOT_READY', 'not yet'),
      new VarveError('DISK_FULL', 'no space'),
    ])
    await clock.advance('20s')
    expect(await committed()).toEqual([3, 3, 3, 3])
    expect(reading.warningKinds.filter((kind) => kind === 'retrying')).toHaveLength(2)

    const other = member(process().client)
    await until(() => reading.held.length === 2 && other.held.length === 2)
    transport.failing.set('commitOffsets', [new VarveError('CORRUPT_LOG', 'damaged')])
    await produce(1)
    await expect(clock.until(reading.done)).rejects.toMatchObject({ code: 'CORRUPT_LOG' })
    await until(() => other.held.length === 4)
    expect(reading.moves.filter((move) => move.startsWith('!'))).toHaveLength(2)
  })

  test('by hand everything up to a record, a batch, an offset, or all that was finished, is committed', async () => {
    await produce(5)
    const reading = member(process().client, { autoCommit: false })
    await until(() => reading.records.length === 20)
    await clock.advance('20s')
    expect(await committed()).toEqual([undefined, undefined, undefined, undefined])
    const { consumer } = reading
    const second = reading.records.find(({ partition, offset }) => partition === 0 && offset === 1)
    if (second === undefined) throw new Error('it was read')
    await clock.until(consumer.commit(second))
    await clock.until(
      consumer.commit({ topic: 'orders', partition: 1, offset: 4, metadata: 'so far' }),
    )
    expect(await committed()).toEqual([2, 4, undefined, undefined])
    await clock.until(consumer.commit())
    expect(await committed()).toEqual([5, 5, 5, 5])
    // More is committed than that record: nothing goes back.
    await clock.until(consumer.commit(second))
    expect(await committed()).toEqual([5, 5, 5, 5])
    const back = { topic: 'orders', partition: 1, offset: 2 }
    await expect(clock.until(consumer.commit(back))).rejects.toMatchObject({
      code: 'COMMIT_REWIND',
    })
    await clock.until(consumer.commit(back, { allowRewind: true }))
    await expect(
      clock.until(consumer.commit({ topic: 'orders', partition: 0, offset: 6 })),
    ).rejects.toMatchObject({ code: 'OFFSET_OUT_OF_RANGE' })
    await expect(
      consumer.commit({ topic: 'orders', partition: 9, offset: 1 }),
    ).rejects.toMatchObject({ code: 'NOT_OWNER' })
    expect(await committed()).toEqual([5, 2, 5, 5])
    const offsets = await clock.until(consumer.committed([{ topic: 'orders', partition: 1 }]))
    expect(offsets).toEqual([{ topic: 'orders', partition: 1, offset: 2, metadata: '' }])
  })

  test('a refusal after an attempt that nobody answered leaves open whether it was committed', async () => {
    await produce(5)
    const { client, transport } = process()
    const { consumer, ...reading } = member(client, { autoCommit: false })
    await until(() => reading.records.length === 20)
    const commit = { topic: 'orders', partition: 0, offset: 3 }
    transport.failing.set('commitOffsets', [
      new VarveError('REQUEST_TIMEOUT', 'no answer'),
      new VarveError('COMMIT_REWIND', 'it goes back'),
    ])
    await expect(clock.until(consumer.commit(commit))).rejects.toMatchObject({
      code: 'COMMIT_REWIND',
      effect: 'unknown',
      message: 'it goes back; an earlier attempt may have committed it: no answer',
    })
  })

  test('what is committed already, or on its way, is not committed again, unless with other metadata', async () => {
    await produce(5, [2])
    const { consumer, records } = member(process().client, { autoCommit: false })
    await until(() => records.length === 5)
    const done = { topic: 'orders', partition: 2, offset: 5 }
    const commits = [consumer.commit(done)]
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
    commits.push(consumer.commit(done))
    await clock.until(Promise.all(commits))
    await clock.until(consumer.commit(done))
    await clock.until(consumer.commit({ ...done, metadata: 'so far' }))
    await clock.until(consumer.commit({ ...done, metadata: 'so far' }))
    expect(consumer.statistics().commits).toEqual({ committed: 2, refused: 0, retried: 0 })
    const [offset] = await clock.until(consumer.committed([{ topic: 'orders', partition: 2 }]))
    expect(offset).toMatchObject({ offset: 5, metadata: 'so far' })
  })

  test('after a seek back the next commit is of there', async () => {
    await produce(5, [2])
    const reading = member(process().client)
    await until(() => reading.records.length === 5)
    await clock.advance('6s')
    expect((await committed())[2]).toBe(5)
    const gate = closedGate()
    reading.gate = gate.shut
    await clock.until(reading.consumer.seek({ topic: 'orders', partition: 2 }, 1))
    await until(() => reading.records.length === 6)
    await clock.advance('6s')
    expect((await committed())[2]).toBe(1)
    gate.open()
    await until(() => reading.records.length === 9)
    expect(reading.offsetsOf(2)).toEqual([0, 1, 2, 3, 4, 1, 2, 3, 4])
    await clock.advance('6s')
    expect((await committed())[2]).toBe(5)
  })

  test('a seek back while a commit of what lies ahead is under way is not forgotten with its answer', async () => {
    await produce(5, [2])
    const { client, transport } = process()
    const gate = closedGate()
    const reading = member(client)
    await until(() => reading.records.length === 5)
    transport.failing.set('commitOffsets', [new VarveError('NOT_READY', 'not yet')])
    const commit = reading.consumer.commit()
    await until(() => transport.failing.get('commitOffsets')?.length === 0, 1)
    reading.gate = gate.shut
    await clock.until(reading.consumer.seek({ topic: 'orders', partition: 2 }, 1))
    await clock.until(commit)
    expect((await committed())[2]).toBe(5)
    await until(() => reading.records.length === 6)
    await clock.advance('6s')
    expect((await committed())[2]).toBe(1)
    gate.open()
    await until(() => reading.records.length === 9)
    await clock.advance('6s')
    expect((await committed())[2]).toBe(5)
  })

  test('a callback that seeks back behind what is committed makes the next commit go back too', async () => {
    await produce(5)
    const first = member(process().client)
    await until(() => first.records.length === 20)
    await clock.until(first.consumer.close())
    expect(await committed()).toEqual([5, 5, 5, 5])
    const gate = closedGate()
    const second: GroupReading = member(process().client, {
      onPartitionsAssigned: async (partitions) => {
        for (const where of partitions) await second.consumer.seek(where, 2)
      },
    })
    second.gate = gate.shut
    await until(() => second.records.length === 1)
    await clock.advance('6s')
    expect(await committed()).toEqual([2, 2, 2, 2])
    gate.open()
    await until(() => second.records.length === 12)
    await clock.advance('6s')
    expect(await committed()).toEqual([5, 5, 5, 5])
  })
})

describe('where reading begins', () => {
  test('a new owner begins with the very record at which the group stands', async () => {
    await produce(5, [0])
    const former = member(process().client, { autoCommit: false })
    await until(() => former.records.length === 5)
    await clock.until(former.consumer.commit({ topic: 'orders', partition: 0, offset: 3 }))
    await clock.until(former.consumer.close())
    const next = member(process().client)
    await until(() => next.records.length > 0)
    expect(next.offsetsOf(0)[0], 'the first record').toBe(3)
  })

  test('a place that latest has chosen is committed before anything is read, so that nobody chooses another one later', async () => {
    await produce(3)
    const first = member(process().client, { from: 'latest' })
    await until(() => first.held.length === 4)
    await clock.advance(100)
    expect(await committed()).toEqual([3, 3, 3, 3])
    await clock.until(first.consumer.close())
    await produce(2)
    const second = member(process().client, { from: 'latest' })
    await until(() => second.records.length === 8)
    expect(second.offsetsOf(0)).toEqual([3, 4])
  })

  test('with none the loop fails where nothing is committed, and the partitions go to others', async () => {
    const reading = member(process().client, { from: 'none' })
    await expect(clock.until(reading.done)).rejects.toMatchObject({ code: 'NO_COMMITTED_OFFSET' })
    const other = member(process().client)
    await until(() => other.held.length === 4)
  })

  test('a callback may seek before the first record', async () => {
    await produce(5)
    const reading: GroupReading = member(process().client, {
      onPartitionsAssigned: async (partitions) => {
        for (const where of partitions) await reading.consumer.seek(where, 3)
      },
    })
    await until(() => reading.records.length === 8)
    expect(reading.offsetsOf(1)).toEqual([3, 4])
  })
})

describe('broken streams', () => {
  test('a member whose connection was cut goes on within its session, and nothing is read twice or lost', async () => {
    await produce(3)
    const { client, transport } = process()
    const reading = member(client)
    await until(() => reading.records.length === 12)
    const { memberId, memberEpoch } = reading.consumer
    transport.cut()
    await clock.advance('10s')
    transport.mend()
    await produce(3)
    await until(() => reading.records.length === 24)
    expect(reading.offsetsOf(0)).toEqual(range(0, 6))
    expect([reading.consumer.memberId, reading.consumer.memberEpoch]).toEqual([
      memberId,
      memberEpoch,
    ])
    expect(reading.moves).toEqual(range(0, 4).map((partition) => `+orders/${partition}`))
  })

  test('one that stays away for longer than its session loses everything: others go on at what is committed, and its commits are refused', async () => {
    await produce(10)
    const { client, transport } = process()
    const gate = closedGate()
    const away = member(client)
    await until(() => away.records.length === 40)
    await clock.advance('6s')
    away.gate = gate.shut
    await produce(5)
    await until(() => away.records.length === 41)
    transport.cut()
    const other = member(process().client)
    await until(() => other.held.length === 4, 1_000)
    await until(() => other.records.length === 20)
    for (const partition of range(0, 4)) expect(other.offsetsOf(partition)).toEqual(range(10, 15))
    const late = away.records.at(-1)
    if (late === undefined) throw new Error('it has a record in hand')
    const before = away.records.length
    transport.mend()
    await expect(clock.until(away.consumer.commit(late))).rejects.toMatchObject({
      code: expect.stringMatching(/UNKNOWN_MEMBER|FENCED_MEMBER_EPOCH|NOT_OWNER/) as string,
    })
    await until(() => away.moves.some((move) => move.startsWith('!')))
    expect(away.moves.filter((move) => move.startsWith('!'))).toHaveLength(4)
    expect(away.warningKinds).toContain('membership-lost')
    gate.open()
    // It joins again and gets its share; nothing that it had fetched before is handed out.
    await until(() => away.held.length === 2 && other.held.length === 2)
    await clock.advance('6s')
    expect(away.records).toHaveLength(before)
    expect(await committed()).toEqual([15, 15, 15, 15])
  })

  test('while it is not certain that the partitions are still held, nothing is handed out', async () => {
    const { client, transport } = process()
    const reading = member(client, { sessionTimeoutMs: 6_000 })
    await until(() => reading.held.length === 4)
    transport.deafen()
    await clock.advance('7s')
    await produce(2)
    await clock.advance('1s')
    expect(reading.records).toHaveLength(0)
    transport.hear()
    await until(() => reading.records.length === 8)
  })

  test('a broker that cannot be reached at first fails the loop after the time of a request', async () => {
    const { client, transport } = process()
    transport.cut()
    const reading = member(client)
    await expect(clock.until(reading.done)).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' })
  })
})

describe('rebalances', () => {
  test('a consumer that is read long after it was made gets the whole time for its first answer', async () => {
    const { client, transport } = process()
    const consumer = client.consumer().subscribe({ group: 'g', topics: 'orders' })
    await clock.advance('10m')
    transport.cut()
    const ready = consumer.ready()
    ready.catch(() => undefined)
    await clock.advance('5s')
    transport.mend()
    await clock.until(ready)
    expect(consumer.assignment()).toHaveLength(4)
    await clock.until(consumer.close())
  })

  test('a program that does not finish its record in time is put out, loudly, and its record is handed to the next owner', async () => {
    await produce(1, [3])
    const gate = closedGate()
    const slow = member(process().client, { rebalanceTimeoutMs: 5_000 })
    slow.gate = gate.shut
    await until(() => slow.records.length === 1)
    const others = [member(process().client), member(process().client), member(process().client)]
    await until(() => slow.warningKinds.includes('membership-lost'), 500)
    await until(() => others.some(({ records }) => records.length === 1), 500)
    gate.open()
    await until(() => [slow, ...others].every(({ held }) => held.length === 1), 500)
    await clock.advance('6s')
    expect((await committed())[3]).toBe(1)
  })

  test('a callback that throws ends the loop with what it threw, and the partitions go to others', async () => {
    const reading = member(process().client, {
      onPartitionsAssigned: () => {
        throw new TypeError('no room')
      },
    })
    await expect(clock.until(reading.done)).rejects.toThrow('no room')
    const other = member(process().client)
    await until(() => other.held.length === 4)
  })

  test('a callback that never comes to its end holds the group up for the rebalance timeout and no longer', async () => {
    await produce(1)
    const reading = member(process().client, {
      rebalanceTimeoutMs: 3_000,
      onPartitionsAssigned: () => new Promise(() => undefined),
    })
    await until(() => reading.records.length === 4)
    expect(reading.warningKinds).toContain('callback-overdue')
  })

  test('what is lost before the program was told that it came is told neither to have come nor to be lost', async () => {
    const { client, transport } = process()
    const gate = closedGate()
    const reading = member(client, {
      sessionTimeoutMs: 6_000,
      onPartitionsAssigned: () => gate.shut,
    })
    await until(() => reading.held.length === 4)
    await clock.until(served.client.admin().addPartitions('orders', 5))
    await until(() => reading.held.length === 5)
    transport.cut()
    await clock.advance('10s')
    transport.mend()
    await until(() => reading.held.length === 5 && reading.warningKinds.includes('membership-lost'))
    gate.open()
    const four = range(0, 4).map((partition) => `orders/${partition}`)
    const five = [...four, 'orders/4']
    await until(() => reading.moves.length >= 13)
    await clock.advance('1s')
    expect(reading.moves).toEqual([
      ...four.map((name) => `+${name}`),
      ...four.map((name) => `!${name}`),
      ...five.map((name) => `+${name}`),
    ])
  })

  test('what stays is read on over the same subscription, whatever comes and goes', async () => {
    await produce(2)
    const { client, transport } = process()
    const reading = member(client)
    await until(() => reading.records.length === 8)
    const other = member(process().client)
    await until(() => other.held.length === 2 && reading.held.length === 2)
    await clock.until(other.consumer.close())
    await until(() => reading.held.length === 4)
    const kept = reading.moves.filter((move) => move.startsWith('-')).map((move) => move.slice(1))
    for (const partition of range(0, 4)) {
      const begun = transport.subscribed.filter((message) => {
        const { add } = JSON.parse(message) as {
          add?: { partitions: { partition: number }[] }
        }
        return add?.partitions.some((added) => added.partition === partition)
      })
      expect(begun).toHaveLength(kept.includes(`orders/${partition}`) ? 2 : 1)
    }
  })
})

describe('the loop', () => {
  test('pause and resume hold for held partitions, and last through a rebalance of others', async () => {
    const reading = member(process().client)
    await until(() => reading.held.length === 4)
    reading.consumer.pause([{ topic: 'orders', partition: 1 }])
    await produce(2)
    await until(() => reading.records.length === 6)
    const position = reading.consumer.positions().find(({ partition }) => partition === 1)
    expect(position).toMatchObject({ position: 0, isPaused: true, isLeaving: false })
    reading.consumer.resume()
    await until(() => reading.records.length === 8)
    expect(() => {
      reading.consumer.pause([{ topic: 'orders', partition: 7 }])
    }).toThrow(expect.objectContaining({ code: 'NOT_OWNER' }) as Error)
  })

  test('a loop that was left keeps the membership and says so; the next one goes on behind it', async () => {
    await produce(3, [0])
    const { client } = process()
    const consumer = client.consumer().subscribe({ group: 'g', topics: 'orders' })
    const warnings: string[] = []
    consumer.on('warning', ({ kind }) => warnings.push(kind))
    const offsets: number[] = []
    const readOne = async (): Promise<void> => {
      for await (const { offset } of consumer) {
        offsets.push(offset)
        break
      }
    }
    await clock.until(readOne())
    await clock.advance('2s')
    expect(warnings).toEqual(['loop-left'])
    // For a moment it would be nothing special.
    await clock.advance('20s')
    const [described] = (await clock.until(served.client.admin().explainGroup('g'))).partitions
    expect(described?.reason).toBe('no-credit')
    await clock.until(readOne())
    expect(offsets).toEqual([0, 1])
    await clock.until(consumer.close())
    // The record that the second loop was left with was not finished.
    expect((await committed())[0]).toBe(1)
  })

  test('closing waits for the record in hand, within its time, and says what was not finished', async () => {
    await produce(2, [0])
    const gate = closedGate()
    const reading = member(process().client)
    reading.gate = gate.shut
    await until(() => reading.records.length === 1)
    const closing = reading.consumer.close({ timeoutMs: 4_000 })
    await clock.advance('2s')
    gate.open()
    await clock.until(closing)
    await reading.done
    expect((await committed())[0]).toBe(1)
    expect(reading.warnings).toEqual([])

    const never = closedGate()
    const stuck = member(process().client)
    stuck.gate = never.shut
    await until(() => stuck.records.length === 1)
    await clock.until(stuck.consumer.close({ timeoutMs: 4_000 }))
    expect(stuck.warningKinds).toEqual(['close-unfinished'])
    expect((await committed())[0]).toBe(1)
    never.open()
    await stuck.done
  })

  test('batches are handed out whole, and finished when the program comes for the next one', async () => {
    await produce(4, [0, 1])
    const consumer = process().client.consumer().subscribe({ group: 'g', topics: 'orders' })
    const lengths: number[] = []
    const read = async (): Promise<void> => {
      for await (const batch of consumer.batches()) {
        lengths.push(batch.records.length)
        if (lengths.length === 2) break
      }
    }
    await clock.until(read())
    expect(lengths).toEqual([4, 4])
    await clock.until(consumer.close())
    expect((await committed()).slice(0, 2).toSorted()).toEqual([4, undefined])
  })

  test('maxRecords ends the loop with all of them finished', async () => {
    await produce(5, [0])
    const reading = member(process().client, { maxRecords: 3 })
    await clock.until(reading.done)
    await clock.until(reading.consumer.close())
    expect((await committed())[0]).toBe(3)
  })

  test('a client that is closed closes its members in order', async () => {
    await produce(2)
    const { client } = process()
    const reading = member(client)
    await until(() => reading.records.length === 8)
    await clock.until(client.close())
    await reading.done
    expect(await committed()).toEqual([2, 2, 2, 2])
    const group = await clock.until(served.client.admin().describeGroup('g'))
    expect(group.members).toEqual([])
  })

  test('a consumer that subscribes cannot be read on its own any more, and takes what is read from the group', () => {
    const { client } = process()
    const consumer = client.consumer({ prefetchBytes: 1_000 })
    const grouped = consumer.subscribe({ group: 'g', topics: 'orders' })
    expect(grouped.group).toBe('g')
    expect(() => consumer.subscribe({ group: 'g', topics: 'orders' })).toThrow(VarveError)
    expect(() => client.consumer({ topics: 'a' }).subscribe({ group: 'g', topics: 'b' })).toThrow(
      'topics is said in subscribe',
    )
  })
})
