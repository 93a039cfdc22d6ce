// What the bench measures: varve, or another log on the same machine, behind one small interface. The workloads are written over it, so every
// system gets the same records, the same schedule and the same check. Invariant: an adapter only passes on; it neither drops,
// repeats nor reorders, and tells what it could not make equal.
import type { Durability } from '../domain/durability.ts'
import type { CodecName } from '../record/codec.ts'
import type { Workload } from './workload.ts'

/** A setting of a system, beside what varve has, so that a reader can judge the comparison. */
export interface NotedSetting {
  readonly name: string
  readonly value: string
  /** Whether it means the same as varve's. */
  readonly equal: boolean
  readonly note?: string
}

/** What one system took from the machine since it began; differences of two say what a stretch cost. */
export interface ServerUsage {
  readonly cpuSeconds: number
  readonly residentBytes: number
  /** Writes to log files; undefined where the system does not tell. */
  readonly writes?: number
  /** fsync or fdatasync of log files. */
  readonly syncs?: number
  /** Reads of log files from the operating system. */
  readonly reads?: number
  /** Delay of the event loop since the last question, in milliseconds; Node processes alone. */
  readonly eventLoopDelayMs?: { readonly p50: number; readonly p99: number; readonly max: number }
}

export interface TopicRequest {
  readonly name: string
  readonly partitions: number
  readonly durability: Durability
}

export interface ProducerRequest {
  readonly topic: string
  readonly partitions: number
  readonly durability: Durability
  readonly batchBytes: number
  readonly lingerMs: number
  readonly compression: CodecName
}

/** Told once for each record that was taken: its offset (undefined where the system does not say), or why it failed. */
export type OnSent = (token: number, offset: number | undefined, error?: Error) => void

export interface BenchProducer {
  /**
   * Takes a record if there is room; its bytes are the producer's until `onSent` was called with its token.
   * @param partition undefined: the client chooses by the key
   * @returns false when there is no room: nothing was taken, and `ready` resolves when there is
   */
  trySend(partition: number | undefined, key: Buffer | null, value: Buffer, token: number): boolean
  ready(): Promise<void>
  /** Resolves when all that was taken has been told to `onSent`. */
  flush(): Promise<void>
  close(): Promise<void>
}

export interface ConsumerRequest {
  readonly topic: string
  readonly partitions: number
  readonly from: 'earliest' | 'latest'
  /** Ends at what was there when it began. */
  readonly untilEnd: boolean
  /** As a member of this group, which commits what was handed out. */
  readonly group?: string
  /** By a replay session, as fast as can be. */
  readonly replay?: boolean
}

export interface ReceivedRecord {
  readonly offset: number
  readonly value: Buffer | null
}

export interface BenchConsumer {
  /** Resolves when it would get everything appended from now on (`latest`), or can begin. */
  ready(): Promise<void>
  /** Hands out records in the order of each partition, until the end that was asked for, or `close`. Rejects when reading fails. */
  run(onRecords: (partition: number, records: readonly ReceivedRecord[]) => void): Promise<void>
  close(): Promise<void>
}

/** What not every system can. A workload that needs one is left out there, with a word in the report. */
export type Ability = 'groups' | 'replay' | 'single' | 'together' | 'restart' | 'kill' | 'cold'

export interface BenchSystem {
  /** `varve`, `nats-jetstream`, ... with its version. */
  readonly name: string
  readonly version: string
  readonly abilities: ReadonlySet<Ability>
  /** Whether the offsets of a partition follow each other without gaps. */
  readonly hasDenseOffsets?: boolean
  /** Whether a failed send is known to have stored nothing; unless it says so, everything is possible. */
  hadNoEffect?(error: Error): boolean
  /** How a workload's settings are met here. */
  settings(workload: Workload): readonly NotedSetting[]
  createTopic(request: TopicRequest): Promise<void>
  deleteTopic(name: string): Promise<void>
  openProducer(request: ProducerRequest, onSent: OnSent): Promise<BenchProducer>
  openConsumer(request: ConsumerRequest): Promise<BenchConsumer>
  /** One record in one call, acknowledged; ability `single`. */
  sendOne?(topic: string, partition: number, value: Buffer): Promise<number | undefined>
  /** Records of one partition in one call, stored together. @returns the first offset; ability `together` */
  sendTogether?(
    topic: string,
    partition: number,
    values: readonly Buffer[],
  ): Promise<number | undefined>
  /** Undefined when nobody tells. */
  usage(): Promise<ServerUsage | undefined>
  /** Ends the server with a signal and starts it again on the same data. Resolves when clients may connect; ability `restart`. */
  restart?(ending: 'stop' | 'kill'): Promise<{ readonly downMs: number; readonly startMs: number }>
  /** Empties the page cache of what the server stored; ability `cold`. */
  dropCaches?(): Promise<void>
  /** Lets go of everything it started and made. */
  close(): Promise<void>
}
