// A fixed scenario of some forty operations on a whole broker: topics that are made, filled, rolled, trimmed and deleted, a group that
// commits, its journal that writes a checkpoint, a clean stop and a start. It notes what was promised before each change of the disk, and
// judges what a broker that starts on any state of that moment finds.
import { Broker } from '../../src/broker/broker.ts'
import { isVarveError } from '../../src/domain/error.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import type { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { at, batchOf } from '../support/batches.ts'
import { closeFileBroker, type FileBroker } from '../support/file-broker.ts'
import { fetchOne, valuesIn } from '../support/open-broker.ts'
import { fail } from './log-model.ts'

const GROUP = 'g'

/** What was promised of a topic: its values by offset, as far as they were acknowledged, and where it may begin. */
interface TopicPromise {
  state: 'making' | 'there' | 'deleting' | 'gone'
  isSynced: boolean
  /** Submitted, in order; each is one batch of one record. */
  submitted: string[]
  /** Of them so many were acknowledged as synced. */
  acknowledged: number
  startMin: number
  startMax: number
}

export interface Promises {
  readonly topics: Map<string, TopicPromise>
  /** The group has committed at least this of the topic `kept`, and at most that. */
  committedMin: number
  committedMax: number
}

export function noPromises(): Promises {
  return { topics: new Map(), committedMin: 0, committedMax: 0 }
}

export function copyOf({ topics, committedMin, committedMax }: Promises): Promises {
  const copies = new Map<string, TopicPromise>()
  for (const [name, topic] of topics) {
    copies.set(name, { ...topic, submitted: [...topic.submitted] })
  }
  return { topics: copies, committedMin, committedMax }
}

async function openBroker(machine: SimFileSystem): Promise<FileBroker> {
  const clock = new VirtualClock()
  const random = new SeededRandom('scenario')
  const options = { clock, random, log: SILENT_LOG }
  const engine = await FileStorageEngine.open({
    ...{ ...options, fileSystem: machine, directory: '/data', limits: { openFilesMax: 8 } },
  })
  const broker = await Broker.open({
    ...{ ...options, engine, storageName: 'file', version: 'test' },
    limits: { groupCheckpointIntervalBytes: 600, groupHistoryBytesMax: 1_000 },
  })
  return { broker, engine, clock }
}

/** Carries out the scenario on the machine; `promises` always says what has been promised so far. */
export async function playScenario(machine: SimFileSystem, promises: Promises): Promise<number> {
  let operations = 0
  let opened = await openBroker(machine)
  const topicOf = (name: string): TopicPromise =>
    promises.topics.get(name) ?? fail(`there is no topic ${name} in the scenario`)
  const create = async (
    name: string,
    settings: Readonly<Record<string, string>>,
  ): Promise<void> => {
    operations++
    const isSynced = settings['durability'] !== 'written'
    promises.topics.set(name, {
      ...{ state: 'making', isSynced, submitted: [], acknowledged: 0, startMin: 0, startMax: 0 },
    })
    await opened.broker.topics.createTopic({ name, partitions: 1, settings })
    topicOf(name).state = 'there'
  }
  const append = async (name: string, count: number, bytes = 150): Promise<void> => {
    operations += count
    const topic = topicOf(name)
    const appends = Array.from({ length: count }, async () => {
      const value = `${name} ${topic.submitted.length} `.padEnd(bytes, 'v')
      topic.submitted.push(value)
      const number = topic.submitted.length
      const batch = batchOf({ values: [value] })
      await opened.broker.producer.append({ topic: name, partition: 0, batch })
      if (topic.isSynced) topic.acknowledged = Math.max(topic.acknowledged, number)
    })
    await Promise.all(appends)
  }
  const commit = async (offset: number): Promise<void> => {
    operations++
    promises.committedMax = offset
    const entries = [{ topic: 'kept', partition: 0, offset }]
    await opened.broker.groups.commit({ group: GROUP, entries })
    promises.committedMin = offset
  }
  const trim = async (name: string, offset: number): Promise<void> => {
    operations++
    const topic = topicOf(name)
    topic.startMax = offset
    const beforeOffset = at(offset)
    await opened.broker.topics.deleteRecords({ topic: name, partition: 0, beforeOffset })
    topic.startMin = offset
    // Where a log begins is durable, and never behind its end.
    topic.acknowledged = Math.max(topic.acknowledged, offset)
  }
  const drop = async (name: string): Promise<void> => {
    operations++
    topicOf(name).state = 'deleting'
    await opened.broker.topics.deleteTopic(name)
    topicOf(name).state = 'gone'
  }
  const small = { 'segment.bytes': '1024', 'file.delete.delay.ms': '0' }
  await create('kept', { ...small, 'index.interval.bytes': '0' })
  await append('kept', 3)
  await commit(1)
  await create('loose', { ...small, durability: 'written', 'flush.messages': '3' })
  await append('loose', 5)
  // Beyond the end of a segment.
  await append('kept', 4)
  await append('kept', 2, 700)
  await commit(4)
  await create('doomed', small)
  await append('doomed', 2)
  await trim('kept', 7)
  operations++
  await opened.clock.advance(31_000)
  await commit(8)
  await commit(9)
  await drop('doomed')
  await append('loose', 3)
  operations++
  for (const topic of promises.topics.values()) topic.acknowledged = topic.submitted.length
  await closeFileBroker(opened)
  operations++
  opened = await openBroker(machine)
  await append('kept', 2)
  await append('loose', 3)
  await commit(11)
  await create('doomed', small)
  await append('doomed', 1)
  await commit(11)
  await append('kept', 3)
  return operations
}

/** What a start finds: enough to compare two of them. */
interface Finding {
  readonly text: string
  close(): Promise<void>
}

/** Starts a broker on the machine and holds what it finds against the promises. @throws an Error that says which one was broken */
export async function findAndJudge(machine: SimFileSystem, promises: Promises): Promise<Finding> {
  const opened = await openBroker(machine)
  const { broker } = opened
  const parts: string[] = []
  const there = new Set(broker.topics.listTopics({ limit: 100 }).topics.map(({ name }) => name))
  for (const [name, topic] of promises.topics) {
    if (topic.state === 'there' && !there.has(name)) fail(`D5: topic ${name} is gone`)
    if (topic.state === 'gone' && there.has(name)) fail(`D5: topic ${name} came back`)
    if (!there.has(name)) continue
    parts.push(`${name}: ${await judgeTopic(broker, name, topic)}`)
  }
  for (const name of there) {
    if (!promises.topics.has(name) && !name.startsWith('__')) fail(`nobody made topic ${name}`)
  }
  const committed = await committedOffset(broker)
  if (committed < promises.committedMin || committed > promises.committedMax) {
    const { committedMin, committedMax } = promises
    fail(`D9: ${committed} is committed, expected ${committedMin} to ${committedMax}`)
  }
  parts.push(`committed ${committed}`)
  return {
    text: parts.join('\n'),
    close: () => closeFileBroker(opened),
  }
}

async function committedOffset(broker: Broker): Promise<number> {
  try {
    const [found] = await broker.groups.fetchOffsets(GROUP, [{ topic: 'kept', partition: 0 }])
    return found?.offset ?? 0
  } catch (error) {
    if (isVarveError(error, 'GROUP_NOT_FOUND') || isVarveError(error, 'UNKNOWN_TOPIC')) return 0
    throw error
  }
}

async function judgeTopic(broker: Broker, name: string, topic: TopicPromise): Promise<string> {
  const [partition] = broker.topics.describeTopic(name).partitions
  const { condition, reason, bounds } = partition ?? fail(`D5: ${name} has no partition`)
  if (condition !== 'healthy' || bounds === undefined)
    fail(`R1: ${name} is ${condition}: ${reason}`)
  const { start, end, readableEnd } = bounds
  // A topic that is made anew under its name was empty before.
  if (topic.state === 'gone' || topic.state === 'deleting') return `${start} to ${end}`
  if (start < topic.startMin || start > topic.startMax) fail(`L6: ${name} begins at ${start}`)
  if (end < topic.acknowledged) fail(`D1: ${name} ends at ${end}, synced to ${topic.acknowledged}`)
  if (end > topic.submitted.length) fail(`L3: ${name} ends at ${end}`)
  if (readableEnd !== end) fail(`D3: of ${name} readers see ${readableEnd} of ${end} after a start`)
  if (start === end) return `${start} to ${end}, nothing`
  const values = valuesIn(await fetchOne(broker, name, 0, start))
  const first = end - values.length
  // The first batch may reach back before the start; here each has one record.
  if (first !== start) fail(`L1: ${name} gave ${values.length} records of ${start} to ${end}`)
  for (const [index, value] of values.entries()) {
    if (value !== topic.submitted[start + index]) fail(`L2: ${name} at ${start + index}: ${value}`)
  }
  return `${start} to ${end}`
}
