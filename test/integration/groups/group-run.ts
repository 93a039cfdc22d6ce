// A group under load and under attack: the built broker with files, a producer, and members in processes of their own that are killed,
// stopped and continued. Everything is waited for by what the broker says; nothing by how long it took, but for the time after which
// a group that has not settled is a failure.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Admin,
  connect,
  type GroupDescription,
  type GroupExplanation,
  isVarveError,
  type Varve,
} from '../../../src/client/index.ts'
import {
  type BrokerProcess,
  startBroker,
  stopBroker,
  temporaryFolder,
} from '../cli/varve-process.ts'
import {
  type AcceptedCommit,
  checkGroup,
  type GroupRecord,
  type Violation,
} from './group-checker.ts'
import { type MemberLog, readMemberLog } from './member-log.ts'

export const GROUP = 'workers'
export const TOPIC = 'work'
const PROGRAM = fileURLToPath(new URL('member-program.mjs', import.meta.url))
const PRODUCE_INTERVAL_MS = 40
const POLL_MS = 40
/** What a loaded machine may add to the timeouts of the group. */
const SLACK_MS = 40_000

export interface GroupRunOptions {
  readonly partitions: number
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
}

export class MemberProcess {
  readonly name: string
  readonly #log: string
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  isStopped = false

  constructor(settings: { readonly name: string; readonly log: string }) {
    this.name = settings.name
    this.#log = settings.log
    writeFileSync(this.#log, '')
    this.#child = spawn(process.execPath, [PROGRAM, JSON.stringify(settings)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    this.#ended = once(this.#child, 'exit')
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  stop(): void {
    this.#child.kill('SIGSTOP')
    this.isStopped = true
  }

  continue(): void {
    this.#child.kill('SIGCONT')
    this.isStopped = false
  }

  /** It closes its consumer and ends. */
  async leave(): Promise<void> {
    this.#child.kill('SIGTERM')
    await this.#ended
  }

  /** What it wrote down so far. */
  log(): MemberLog {
    return readMemberLog(this.name, readFileSync(this.#log, 'utf8'))
  }
}

export class GroupRun {
  readonly members: MemberProcess[] = []
  readonly admin: Admin
  readonly client: Varve
  readonly #options: GroupRunOptions
  readonly #folder: Awaited<ReturnType<typeof temporaryFolder>>
  #broker: BrokerProcess
  #partitions: number
  #producing: Promise<void> | undefined
  readonly #stopping = new AbortController()

  private constructor(
    options: GroupRunOptions,
    folder: Awaited<ReturnType<typeof temporaryFolder>>,
    broker: BrokerProcess,
  ) {
    this.#options = options
    this.#folder = folder
    this.#broker = broker
    this.#partitions = options.partitions
    this.client = connect({ broker: broker.address })
    this.admin = this.client.admin()
  }

  static async start(options: GroupRunOptions): Promise<GroupRun> {
    const folder = await temporaryFolder()
    const broker = await startBroker(['--data-dir', join(folder.path, 'data')])
    const run = new GroupRun(options, folder, broker)
    await run.admin.createTopic({ name: TOPIC, partitions: options.partitions })
    run.#producing = run.#produce()
    return run
  }

  /** Starts one more member. */
  join(options: { readonly autoCommit: boolean }): MemberProcess {
    const name = `member-${this.members.length}`
    const { sessionTimeoutMs, rebalanceTimeoutMs } = this.#options
    const member = new MemberProcess({
      ...{ name, log: join(this.#folder.path, `${name}.jsonl`), broker: this.#broker.address },
      ...{ group: GROUP, topic: TOPIC, sessionTimeoutMs, rebalanceTimeoutMs, ...options },
    })
    this.members.push(member)
    return member
  }

  /** kill -9, and another one on the same files and the same port. */
  async killBroker(): Promise<void> {
    const { address } = this.#broker
    this.#broker.child.kill('SIGKILL')
    await this.#broker.ended
    this.#broker = await startBroker(['--data-dir', join(this.#folder.path, 'data')], {
      listen: address,
    })
  }

  async grow(): Promise<void> {
    await this.admin.addPartitions(TOPIC, this.#partitions + 1)
    this.#partitions++
  }

  /** The member as the group knows it; undefined while it does not. */
  async idOf(member: MemberProcess): Promise<string | undefined> {
    const { members } = await this.describe()
    return members.find(({ clientId }) => clientId === member.name)?.memberId
  }

  async describe(): Promise<GroupDescription> {
    return await this.#ask(() => this.admin.describeGroup(GROUP))
  }

  /** Asks until the explanation is as it must become. @throws Error with the last one when it does not */
  async untilExplained(
    what: string,
    holds: (explanation: GroupExplanation) => boolean,
  ): Promise<GroupExplanation> {
    return await this.#until(what, () => this.#ask(() => this.admin.explainGroup(GROUP)), holds)
  }

  /**
   * Waits until the group has the members that run and each partition is somebody's; and then, so that nothing starves, until what is
   * there by then is committed in all of them.
   */
  async untilSettled(): Promise<GroupDescription> {
    const names = this.members
      .filter((member) => member.isRunning && !member.isStopped)
      .map(({ name }) => name)
      .sort()
    const isSettled = ({ summary, members, partitions }: GroupDescription): boolean =>
      summary.condition === 'stable' &&
      JSON.stringify(members.map(({ clientId }) => clientId).sort()) === JSON.stringify(names) &&
      partitions.length === this.#partitions &&
      partitions.every(({ memberId }) => memberId !== undefined)
    const ask = (): Promise<GroupDescription> => this.describe()
    await this.#until(`settled with ${names.join(', ')}`, ask, isSettled)
    const ends = await this.ends()
    return await this.#until(
      `settled, and committed up to ${ends.join(', ')}`,
      ask,
      (description) =>
        isSettled(description) &&
        description.partitions.every(
          ({ committedOffset }, partition) => (committedOffset ?? 0) >= (ends[partition] ?? 0),
        ),
    )
  }

  /** Waits for what a process writes down. */
  async untilWritten(
    member: MemberProcess,
    holds: (log: MemberLog) => boolean,
  ): Promise<MemberLog> {
    return await this.#until(`written by ${member.name}`, async () => member.log(), holds)
  }

  /** The readable end of each partition. */
  async ends(): Promise<number[]> {
    const { partitions } = await this.#ask(() => this.admin.describeTopic(TOPIC))
    return partitions.map(({ readableEndOffset }) => readableEndOffset)
  }

  /** No more records; what was sent is stored. */
  async stopProducing(): Promise<void> {
    this.#stopping.abort()
    await this.#producing
  }

  /** What became of everything, when all members have ended or do nothing any more. */
  async record(): Promise<GroupRecord> {
    const accepted: AcceptedCommit[] = []
    for await (const { entries } of this.admin.groupHistory(GROUP, { pageSize: 1_000 })) {
      for (const { kind, changes, memberId, memberEpoch } of entries) {
        if (kind === 'group-created') continue
        if (kind !== 'commit') throw new Error(`nobody asked for a ${kind}`)
        for (const { partition, before, after } of changes) {
          accepted.push({ partition, before, after, memberId, epoch: memberEpoch })
        }
      }
    }
    const offsets = await this.admin.groupOffsets(GROUP)
    const ends = (await this.ends()).map((end, partition) => ({
      end,
      committed: offsets.find((one) => one.partition === partition)?.offset,
    }))
    const members = this.members.map((member) => member.log())
    return { members, accepted: accepted.reverse(), ends }
  }

  async close(): Promise<void> {
    this.#stopping.abort()
    for (const member of this.members) if (member.isRunning) await member.kill()
    await this.#producing
    await this.client.close({ timeoutMs: 1_000 })
    await stopBroker(this.#broker)
    await this.#folder.remove()
  }

  /** A record into each partition, again and again, through the broker's deaths too. */
  async #produce(): Promise<void> {
    const producer = this.client.producer({ deliveryTimeoutMs: 120_000 })
    for (let round = 0; !this.#stopping.signal.aborted; round++) {
      await producer.ready()
      for (let partition = 0; partition < this.#partitions; partition++) {
        // What is not delivered is seen in the end offsets, and by nobody missed.
        producer.send({ topic: TOPIC, partition, value: `round ${round}` }).catch(() => undefined)
      }
      await pause(PRODUCE_INTERVAL_MS)
    }
    await producer.close()
  }

  /** A broker that is just being killed is asked again. */
  async #ask<T>(question: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await question()
      } catch (error) {
        const isWorthIt =
          isVarveError(error) && (error.kind === 'transient' || error.code === 'GROUP_NOT_FOUND')
        if (!isWorthIt || attempt >= 200) throw error
        await pause(POLL_MS)
      }
    }
  }

  async #until<T>(what: string, ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
    const { sessionTimeoutMs, rebalanceTimeoutMs } = this.#options
    const endMs = performance.now() + sessionTimeoutMs + rebalanceTimeoutMs + SLACK_MS
    for (;;) {
      const answer = await ask()
      if (holds(answer)) return answer
      const dead = this.members.map((member) => member.log()).find(({ failure }) => failure)
      if (dead !== undefined) throw new Error(`${dead.process} ended: ${dead.failure}`)
      if (performance.now() > endMs) {
        throw new Error(`never came: ${what}; instead: ${JSON.stringify(answer)}`)
      }
      await pause(POLL_MS)
    }
  }
}

/** What the checker finds, for people. */
export function violationLines(record: GroupRecord): string[] {
  return checkGroup(record).map(({ rule, partition, text }: Violation) => {
    return `${rule}, partition ${partition}: ${text}`
  })
}

export function countsLine({ members, accepted, ends }: GroupRecord): string {
  const records = members.flatMap(({ tenures }) => tenures.flatMap((tenure) => tenure.records))
  const produced = ends.reduce((sum, { end }) => sum + end, 0)
  const refused = members.flatMap(({ commits }) =>
    commits.filter(({ answer }) => answer !== undefined && answer !== 'OK'),
  )
  const sum = (of: (member: MemberLog) => number): number =>
    members.reduce((total, member) => total + of(member), 0)
  return (
    `${produced} records, handed out ${records.length} times to ${members.length} processes in ` +
    `${sum(({ tenures }) => tenures.length)} tenures; ${accepted.length} offsets committed, ${refused.length} commits refused; ` +
    `${sum(({ sleeps }) => sleeps.length)} long sleeps, ${sum(({ losses }) => losses)} times partitions were lost`
  )
}

export function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs))
}
