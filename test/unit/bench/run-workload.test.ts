// The runner over a log that is nothing but arrays, and over others that do to records what a log must not.
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { runWorkload } from '../../../src/bench/run-workload.ts'
import type {
  BenchConsumer,
  BenchProducer,
  BenchSystem,
  ConsumerRequest,
  OnSent,
  ReceivedRecord,
} from '../../../src/bench/system.ts'
import { checkWorkload } from '../../../src/bench/workload.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'

/** What becomes of the 100th record of a topic. */
type Fault = 'none' | 'lose' | 'double' | 'alter' | 'swap' | 'refuse but store'

class ArrayLog implements BenchSystem {
  readonly name = 'arrays'
  readonly version = '1'
  readonly abilities = new Set<never>()
  readonly hasDenseOffsets = true
  readonly topics = new Map<string, Buffer[][]>()
  readonly #fault: Fault
  #taken = 0

  constructor(fault: Fault) {
    this.#fault = fault
  }

  settings(): readonly [] {
    return []
  }

  hadNoEffect(): boolean {
    return true
  }

  createTopic({ name, partitions }: { name: string; partitions: number }): Promise<void> {
    this.topics.set(
      name,
      Array.from({ length: partitions }, () => []),
    )
    return Promise.resolve()
  }

  deleteTopic(name: string): Promise<void> {
    this.topics.delete(name)
    return Promise.resolve()
  }

  openProducer({ topic }: { topic: string }, onSent: OnSent): Promise<BenchProducer> {
    const log = this.topics.get(topic) ?? []
    return Promise.resolve({
      trySend: (partition = 0, _key, value, token) => {
        const records = log[partition] ?? []
        const copy = Buffer.from(value)
        const fault = ++this.#taken === 100 ? this.#fault : 'none'
        const offset = records.length
        if (fault === 'alter') copy[30] = (copy[30] ?? 0) ^ 1
        if (fault === 'swap') records.splice(offset - 1, 0, copy)
        else if (fault !== 'lose') records.push(copy)
        if (fault === 'double') records.push(copy)
        const error = fault === 'refuse but store' ? new Error('no') : undefined
        queueMicrotask(() => {
          onSent(token, error === undefined ? offset : undefined, error)
        })
        return true
      },
      ready: () => Promise.resolve(),
      flush: () => new Promise((resolve) => setImmediate(resolve)),
      close: () => Promise.resolve(),
    })
  }

  openConsumer({ topic }: ConsumerRequest): Promise<BenchConsumer> {
    const log = this.topics.get(topic) ?? []
    return Promise.resolve({
      ready: () => Promise.resolve(),
      run: (onRecords: (partition: number, records: readonly ReceivedRecord[]) => void) => {
        for (const [partition, records] of log.entries()) {
          onRecords(
            partition,
            records.map((value, offset) => ({ offset, value })),
          )
        }
        return Promise.resolve()
      },
      close: () => Promise.resolve(),
    })
  }

  usage(): Promise<undefined> {
    return Promise.resolve(undefined)
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}

/** Every answer comes so late that the measured window is over. */
class LateLog extends ArrayLog {
  static readonly LATE_MS = 250

  override async openProducer(request: { topic: string }, onSent: OnSent): Promise<BenchProducer> {
    const answers: Promise<void>[] = []
    const producer = await super.openProducer(request, (...answer) => {
      answers.push(
        setTimeout(LateLog.LATE_MS).then(() => {
          onSent(...answer)
        }),
      )
    })
    return { ...producer, flush: () => Promise.all(answers).then(() => undefined) }
  }
}

async function resultOver(
  fault: Fault,
  given: Readonly<Record<string, unknown>> = {},
  system = new ArrayLog(fault),
) {
  const clock = new NodeClock({ keepsProcessAlive: true })
  const workload = checkWorkload({
    name: 'small',
    kind: 'produce',
    recordBytes: 64,
    partitions: 2,
    warmupSeconds: 0,
    seconds: 0.1,
    repetitions: 1,
    ...given,
  })
  const [result] = await runWorkload(workload, [system], {
    clock,
    random: new SeededRandom(7),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
  if (result === undefined) throw new RangeError('one result a system')
  return { result, topics: system.topics }
}

describe('a run of a workload', () => {
  test('has figures and a verdict, and deletes its topics', async () => {
    const { result, topics } = await resultOver('none')
    expect(result.verdict).toMatchObject({ checked: true, valid: true })
    expect(result.runs).toHaveLength(1)
    expect(result.median?.recordsPerSecond).toBeGreaterThan(0)
    expect(result.failure).toBeUndefined()
    expect(topics.size).toBe(0)
  })

  test.each([
    ['lose', 'lost'],
    ['double', 'doubled'],
    ['alter', 'altered'],
    ['swap', 'misplaced'],
    ['refuse but store', 'unexpected'],
  ] as const)(
    'over a log that may %s a record says so, and gives no figures',
    async (fault, word) => {
      const { result } = await resultOver(fault)
      expect(result.verdict.valid).toBe(false)
      expect(result.verdict[word]).toBeGreaterThan(0)
      expect(result.runs).toEqual([])
      expect(result.median).toBeUndefined()
      expect(result.failure).toBe(
        fault === 'refuse but store'
          ? `1 of ${result.verdict.acknowledged + 1} records were not acknowledged: no`
          : 'records are not accounted for',
      )
    },
  )

  test('of a topic that was filled is checked as well', async () => {
    const { result } = await resultOver('lose', { kind: 'consume', preloadBytes: 64 * 500 })
    expect(result.failure).toBeDefined()
    expect(result.runs).toEqual([])
  })

  test('that a system cannot do is left out with the reason', async () => {
    const { result } = await resultOver('none', { kind: 'replay' })
    expect(result.failure).toBe('arrays cannot do this here: replay sessions')
    expect(result.runs).toEqual([])
  })

  test('has a curve with the latencies of what was answered after the window', async () => {
    const { result } = await resultOver('none', { recordsPerSecond: 1_000 }, new LateLog('none'))
    const [run] = result.runs
    const largest = Math.max(...(run?.timeline ?? []).map(({ latencyMaxMs = 0 }) => latencyMaxMs))
    expect(run?.ackLatencyMs?.max).toBeGreaterThanOrEqual(LateLog.LATE_MS - 10)
    expect(largest).toBeGreaterThanOrEqual(LateLog.LATE_MS - 10)
  })

  test('at a fixed rate sends as many as the schedule says', async () => {
    const { result } = await resultOver('none', { recordsPerSecond: 1_000, seconds: 0.5 })
    expect(result.verdict.valid).toBe(true)
    expect(result.verdict.acknowledged).toBeLessThanOrEqual(1_000)
    expect(result.runs[0]?.scheduleDelayMs?.count).toBeGreaterThan(0)
  })
})
