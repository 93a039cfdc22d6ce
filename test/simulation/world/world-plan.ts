// What a simulated world is to do: plain data, made from a seed, that can be printed, cut down and run again. Invariant: each step
// carries the seed of every choice that is made while it is the last one, so that taking a step out changes the others little.
import type { Limits } from '../../../src/domain/limits.ts'
import type { TopicSettingTexts } from '../../../src/domain/topic-settings.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'

export interface TopicPlan {
  readonly name: string
  readonly partitions: number
  readonly settings: TopicSettingTexts
}

type WorldAction =
  /** A batch; the one of this producer that has none of the others under way in front of it. */
  | {
      readonly kind: 'send'
      readonly producer: number
      readonly topic: string
      readonly partition: number
      readonly records: number
      readonly bytes: number
      readonly isSynced: boolean
    }
  | {
      readonly kind: 'poll'
      readonly reader: number
      readonly maxBytes: number
      readonly waitMs: number
    }
  | { readonly kind: 'join' }
  | { readonly kind: 'work'; readonly member: number; readonly commits: boolean }
  | { readonly kind: 'leave' | 'die' | 'cut'; readonly member: number }
  /** The member does nothing for so long; what it has under way goes on. */
  | { readonly kind: 'sleep'; readonly member: number; readonly ms: number }
  /** What the client sends next is that long under way. */
  | { readonly kind: 'hold'; readonly client: string; readonly ms: number }
  /** So many of the next answers get lost, with their connection. */
  | { readonly kind: 'lose'; readonly answers: number }
  | {
      readonly kind: 'delete-records'
      readonly topic: string
      readonly partition: number
      readonly permille: number
    }
  | { readonly kind: 'delete-topic' | 'create-topic'; readonly topic: string }
  /** Time passes, step by step; a disk that stands still does nothing meanwhile. */
  | { readonly kind: 'pass'; readonly ms: number; readonly isDiskStill: boolean }
  | { readonly kind: 'set-clock'; readonly byMs: number }
  | {
      readonly kind: 'crash'
      readonly how: 'kill' | 'power-cut'
      readonly moment: 'now' | 'during'
    }
  | { readonly kind: 'stop' }
  /** The change after `skip` others of the kind fails, or writes less than it was asked to. */
  | {
      readonly kind: 'fault'
      readonly operation:
        | 'write'
        | 'sync-data'
        | 'sync-directory'
        | 'create'
        | 'truncate'
        | 'rename'
      readonly skip: number
      readonly what: 'EIO' | 'ENOSPC' | 'short'
    }
  /** Space for so many bytes more. */
  | { readonly kind: 'fill-disk'; readonly bytes: number }
  | { readonly kind: 'free-disk' }

export type WorldStep = WorldAction & {
  /** Turns of the scheduler before the next step. */
  readonly turns: number
  readonly seed: number
}

export interface WorldPlan {
  readonly seed: string
  readonly topics: readonly TopicPlan[]
  readonly limits: Partial<Limits>
  /** Whether reads of the disk wait for their turn as writes do. */
  readonly areReadsScheduled: boolean
  /** Of members of the group. */
  readonly sessionTimeoutMs: number
  readonly steps: readonly WorldStep[]
}

export const PRODUCERS = 3
export const READERS = 2
/** The producer of this number is a plain one; the others are idempotent. */
export const PLAIN_PRODUCER = 2

const SETTINGS: TopicSettingTexts = {
  'index.interval.bytes': '200',
  'file.delete.delay.ms': '100',
  // The clock is set back and forth.
  'message.timestamp.after.max.ms': '9223372036854775807',
}

/** @param length about how many steps */
export function planWorld(seed: string, length: number): WorldPlan {
  const random = new SeededRandom(`${seed}/plan`)
  const topics = planTopics(random)
  const kept = [undefined, 3_000, 0][random.integer(3)]
  const limits: Partial<Limits> = {
    openFilesMax: 6 + random.integer(20),
    groupCheckpointIntervalBytes: 8_192,
    ...(kept === undefined
      ? {}
      : {
          tailBytesMax: kept,
          tailBytesPerPartitionMax: kept / 2,
          readCacheBytesMax: 4 * kept,
          readAheadBytesMax: 2 * kept,
          readBlockBytesMax: 1_000,
        }),
    ...(random.integer(3) === 0 ? { appendGroupBytesMax: 2_000 } : {}),
  }
  const faults = random.integer(3)
  const hasGroup = random.integer(3) > 0
  const count = length / 2 + random.integer(length)
  const steps: WorldStep[] = []
  while (steps.length < count) {
    const action = planAction(random, topics, faults, hasGroup)
    const turns = random.integer(random.integer(4) === 0 ? 60 : 12)
    steps.push({ ...action, turns, seed: random.integer(2 ** 31) })
  }
  return {
    ...{ seed, topics, limits, areReadsScheduled: random.integer(3) === 0 },
    ...{ sessionTimeoutMs: 6_000, steps },
  }
}

function planTopics(random: SeededRandom): TopicPlan[] {
  const segment = (): string => String([1_024, 2_048, 6_000][random.integer(3)])
  const flush = [
    {},
    { 'flush.ms': '50' },
    { 'flush.messages': '3' },
    { 'flush.ms': '200', 'flush.messages': '10' },
  ][random.integer(4)]
  return [
    {
      name: 'synced',
      partitions: 1 + random.integer(2),
      settings: { ...SETTINGS, durability: 'synced', 'segment.bytes': segment() },
    },
    {
      name: 'short',
      partitions: 1,
      settings: {
        ...{ ...SETTINGS, durability: 'synced', 'segment.bytes': '1024' },
        'retention.bytes': String(2_000 + random.integer(4_000)),
      },
    },
    {
      name: 'written',
      partitions: 1,
      settings: { ...SETTINGS, durability: 'written', 'segment.bytes': segment(), ...flush },
    },
  ]
}

/**
 * A world that stands for so much time of a broker that is used: records now and then, a group that reads them, segments that are rolled and
 * deleted by their age, a stop or a crash now and then, and time that passes in between.
 */
export function planLongWorld(seed: string, hours: number): WorldPlan {
  const random = new SeededRandom(`${seed}/long plan`)
  const short = planWorld(seed, 1)
  const topics = short.topics.map((topic) => {
    if (topic.name === 'synced') return topic
    const times = { 'segment.ms': '3600000', 'retention.ms': '43200000', 'retention.bytes': '-1' }
    return { ...topic, settings: { ...topic.settings, ...times } }
  })
  const steps: WorldStep[] = []
  const add = (action: WorldAction): void => {
    steps.push({ ...action, turns: 20, seed: random.integer(2 ** 31) })
  }
  for (let member = 0; member < 3; member++) add({ kind: 'join' })
  for (let minutes = 0; minutes < hours * 60; minutes += 20) {
    const actions = [planAction(random, topics, 0, true), planAction(random, topics, 0, true)]
    for (const action of actions) {
      // What ends the life of a member or a process is seldom.
      const isEnd = ['crash', 'stop', 'leave', 'die', 'delete-topic'].includes(action.kind)
      if (!isEnd || random.integer(6) === 0) add(action)
    }
    if (random.integer(100) === 0) add(planFault(random, 2))
    if (random.integer(20) === 0) add({ kind: 'join' })
    add({ kind: 'pass', ms: 20 * 60_000, isDiskStill: false })
  }
  return { ...short, topics, sessionTimeoutMs: 45_000, steps }
}

/** @param faults 0: none of the disk; 1: space; 2: all */
function planAction(
  random: SeededRandom,
  topics: readonly TopicPlan[],
  faults: number,
  hasGroup: boolean,
): WorldAction {
  const topic = topics[random.integer(topics.length)] as TopicPlan
  const place = { topic: topic.name, partition: random.integer(topic.partitions) }
  const dice = random.integer(100)
  const member = random.integer(4)
  if (dice < 42) {
    const records = 1 + random.integer(4)
    const bytes = random.integer(10) === 0 ? 1_500 : 24 + random.integer(200)
    const isSynced = random.integer(4) === 0
    return { kind: 'send', producer: random.integer(PRODUCERS), ...place, records, bytes, isSynced }
  }
  if (dice < 54) {
    const waitMs = random.integer(3) === 0 ? 400 : 0
    return {
      ...{ kind: 'poll', reader: random.integer(READERS), waitMs },
      maxBytes: 1 + random.integer(3_000),
    }
  }
  if (dice < 70 && hasGroup) {
    const what = random.integer(24)
    if (what < 3) return { kind: 'join' }
    if (what === 3) return { kind: 'leave', member }
    if (what === 4) return { kind: 'die', member }
    if (what === 5) return { kind: 'cut', member }
    if (what === 6) return { kind: 'sleep', member, ms: random.integer(10_000) }
    return { kind: 'work', member, commits: random.integer(2) === 0 }
  }
  if (dice < 80) {
    const ms = random.integer(10) === 0 ? 40_000 : random.integer(1_500)
    return { kind: 'pass', ms, isDiskStill: random.integer(4) === 0 }
  }
  if (dice < 82) {
    const producer = `producer ${random.integer(PRODUCERS)}`
    const client = random.integer(2) === 0 ? producer : `member ${member}`
    return { kind: 'hold', client, ms: random.integer(8_000) }
  }
  if (dice < 84) return { kind: 'lose', answers: 1 + random.integer(4) }
  if (dice < 86) {
    return { kind: 'delete-records', topic: 'short', partition: 0, permille: random.integer(1_000) }
  }
  if (dice < 87)
    return { kind: random.integer(2) ? 'delete-topic' : 'create-topic', topic: 'short' }
  if (dice < 88) return { kind: 'set-clock', byMs: (random.integer(3) - 1) * 3_600_000 }
  if (dice < 90) return { kind: 'stop' }
  if (dice < 95 || faults === 0) {
    const how = random.integer(3) === 0 ? 'kill' : 'power-cut'
    return { kind: 'crash', how, moment: random.integer(3) === 0 ? 'during' : 'now' }
  }
  return planFault(random, faults)
}

function planFault(random: SeededRandom, faults: number): WorldAction {
  const dice = random.integer(6)
  if (dice === 0) return { kind: 'fill-disk', bytes: random.integer(1_500) }
  if (dice === 1) return { kind: 'free-disk' }
  const skip = random.integer(12)
  if (dice === 2) return { kind: 'fault', operation: 'write', skip, what: 'short' }
  if (faults === 1 || dice === 3) {
    const operation = (['write', 'create', 'rename'] as const)[random.integer(3)] ?? 'write'
    return { kind: 'fault', operation, skip, what: 'ENOSPC' }
  }
  const all = ['write', 'sync-data', 'sync-data', 'sync-directory', 'truncate', 'create'] as const
  return { kind: 'fault', operation: all[random.integer(6)] ?? 'write', skip, what: 'EIO' }
}

/** A step in a few words, with what it takes to make it again. */
export function describeStep(step: WorldStep): string {
  const { kind, turns, seed, ...rest } = step
  const words = Object.entries(rest).map(([name, value]) => `${name} ${String(value)}`)
  return `${kind}${words.length > 0 ? ` (${words.join(', ')})` : ''}, then ${turns} turns of ${seed}`
}
