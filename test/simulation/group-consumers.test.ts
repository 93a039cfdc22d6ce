// Many consumers of one group on virtual time, from a seed: connections that are cut, answers that stay away, programs that are slow,
// leave or die, while records come. After all of it every record was processed, everything is committed, no commit went back,
// and no member was handed a record of a partition that another one had got since.
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { type TopicPartition, Varve } from '../../src/client/index.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { type ServedBroker, serveBroker } from '../conformance/served-broker.ts'
import { WAYS } from '../conformance/ways.ts'
import { seeded } from '../support/seed.ts'
import { TroubledTransport } from '../support/troubled-transport.ts'

const PARTITIONS = 8
const MEMBERS_MAX = 5
const STEPS = 150
const SETTLE_MS = 300_000

const { seed, runs } = seeded('GROUP_CONSUMERS', 3)

/** What happened, and what must hold of it. */
class Oracle {
  readonly produced = new Map<number, number>()
  readonly processed = new Set<string>()
  readonly counts = { handedOut: 0, moved: 0, lost: 0, cuts: 0, silences: 0, deaths: 0, leaves: 0 }
  /** Who was assigned a partition last. */
  private readonly owners = new Map<number, number>()

  assigned(member: number, partitions: readonly TopicPartition[]): void {
    for (const { partition } of partitions) this.owners.set(partition, member)
    this.counts.moved += partitions.length
  }

  handedOut(member: number, partition: number): void {
    this.counts.handedOut++
    expect(this.owners.get(partition), `partition ${partition} handed out to ${member}`).toBe(
      member,
    )
  }

  get isComplete(): boolean {
    let total = 0
    for (const count of this.produced.values()) total += count
    return this.processed.size === total
  }
}

class Process {
  readonly transport: TroubledTransport
  readonly client: Varve
  readonly done: Promise<void>
  slowMs = 0
  private readonly consumer
  private readonly clock: VirtualClock

  constructor(options: {
    number: number
    served: ServedBroker
    clock: VirtualClock
    oracle: Oracle
    seed: number
    rebalanceTimeoutMs: number
  }) {
    const { number, served, clock, oracle } = options
    this.clock = clock
    this.transport = new TroubledTransport(served.connect())
    const random = new SeededRandom(options.seed)
    this.client = new Varve({ transport: this.transport, clock, random })
    this.consumer = this.client.consumer().subscribe({
      group: 'g',
      topics: 't',
      clientId: `p${number}`,
      sessionTimeoutMs: 6_000,
      rebalanceTimeoutMs: options.rebalanceTimeoutMs,
      autoCommit: { intervalMs: 700 },
      onPartitionsAssigned: (partitions) => {
        oracle.assigned(number, partitions)
      },
      onPartitionsLost: (partitions) => {
        oracle.counts.lost += partitions.length
      },
    })
    this.consumer.on('stuck', () => undefined)
    const read = async (): Promise<void> => {
      for await (const { partition, offset } of this.consumer) {
        oracle.handedOut(number, partition)
        if (this.slowMs > 0) await clock.sleep(this.slowMs)
        oracle.processed.add(`${partition}/${offset}`)
      }
    }
    this.done = read()
    this.done.catch(() => undefined)
  }

  get isMember(): boolean {
    return this.consumer.memberId !== undefined
  }

  /** @param timeoutMs 0: as if it had died */
  async end(timeoutMs: number): Promise<void> {
    await this.clock.until(this.consumer.close({ timeoutMs }))
    await this.clock.until(this.done)
    await this.clock.until(this.client.close())
  }
}

test.each(Array.from({ length: runs }, (_, run) => seed + run))(
  'a group gets through everything, from seed %i',
  async (runSeed) => {
    const random = new SeededRandom(runSeed)
    const clock = new VirtualClock()
    const [way] = WAYS.filter(
      ({ transport, storage }) => transport === 'in-process' && storage === 'memory',
    )
    if (way === undefined) throw new Error('there is such a way')
    const served = await serveBroker(way, { clock })
    const admin = served.client.admin()
    await admin.createTopic({ name: 't', partitions: PARTITIONS })
    const producer = served.client.producer({ lingerMs: 0 })
    const oracle = new Oracle()
    const processes = new Set<Process>()
    let started = 0
    const chance = (one: number): boolean => random.integer(one) === 0
    const anyProcess = (): Process | undefined =>
      [...processes][random.integer(processes.size || 1)]

    const start = (): void => {
      started++
      const rebalanceTimeoutMs = 3_000 + random.integer(9_000)
      const parts = { served, clock, oracle, rebalanceTimeoutMs }
      processes.add(new Process({ ...parts, number: started, seed: runSeed * 1_000 + started }))
    }

    const produce = async (): Promise<void> => {
      const partition = random.integer(PARTITIONS)
      const count = 1 + random.integer(20)
      const records = Array.from({ length: count }, () => ({ value: 'x' }))
      await clock.until(producer.append({ topic: 't', partition, records }))
      oracle.produced.set(partition, (oracle.produced.get(partition) ?? 0) + count)
    }

    /** Everything works again. */
    const heal = (process: Process): void => {
      process.transport.mend()
      process.transport.hear()
      process.slowMs = 0
    }

    const disturb = async (): Promise<void> => {
      const process = anyProcess()
      // One that has never been a member gives up after the time of a request, as it should.
      if (process?.isMember !== true) return
      switch (random.integer(7)) {
        case 0:
          oracle.counts.cuts++
          process.transport.cut()
          break
        case 1:
          oracle.counts.silences++
          process.transport.deafen()
          break
        case 2:
          process.slowMs = chance(4) ? 8_000 : 20 + random.integer(300)
          break
        case 3:
          oracle.counts.leaves++
          heal(process)
          processes.delete(process)
          await process.end(20_000)
          break
        case 4:
          oracle.counts.deaths++
          processes.delete(process)
          process.transport.cut()
          await process.end(0)
          break
        default:
          heal(process)
      }
    }

    for (let step = 0; step < STEPS; step++) {
      if (processes.size === 0 || (processes.size < MEMBERS_MAX && chance(8))) start()
      if (chance(2)) await produce()
      if (chance(4)) await disturb()
      await clock.advance(random.integer(chance(10) ? 5_000 : 400))
    }
    for (const process of processes) heal(process)
    if (processes.size === 0) start()
    const endMs = clock.monotonicMs() + SETTLE_MS
    const committed = async (): Promise<Record<number, number | undefined>> => {
      const offsets = await clock.until(admin.groupOffsets('g'))
      return Object.fromEntries(offsets.map(({ partition, offset }) => [partition, offset]))
    }
    const produced = Object.fromEntries(oracle.produced)
    let places = await committed()
    while (!isDeepStrictEqual(places, produced) && clock.monotonicMs() < endMs) {
      await clock.advance(500)
      places = await committed()
    }
    if (!isDeepStrictEqual(places, produced)) {
      const { text, partitions } = await clock.until(admin.explainGroup('g'))
      console.log(text, partitions)
    }
    expect(places).toEqual(produced)
    expect(oracle.isComplete).toBe(true)
    for (const process of processes) await process.end(20_000)

    const last = new Map<number, number>()
    const entries = await clock.until(
      (async () => {
        const all = []
        for await (const page of admin.groupHistory('g')) all.push(...page.entries)
        return all.reverse()
      })(),
    )
    for (const { partition, after } of entries.flatMap(({ changes }) => changes)) {
      expect(after ?? 0).toBeGreaterThanOrEqual(last.get(partition) ?? 0)
      last.set(partition, after ?? 0)
    }
    console.log(`group consumers from seed ${runSeed}: ${JSON.stringify(oracle.counts)}`)
    await clock.until(producer.close())
    await clock.until(served.close())
    expect(clock.openTimers).toBe(0)
  },
)
