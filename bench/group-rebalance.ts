// What a rebalance costs those who read: members of a group over gRPC, in several processes over several connections, and one more that
// joins. Measured from hand-out to hand-out: partitions that stay with their member, against the same time before; and those that move.
// Also commits a second, from many groups at once, with the syncs that they cost.
//   npm run bench:group-rebalance [-- --members 100 --partitions 1000 --joins 3 --interval 1000 --seconds 3]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { connect, type GroupDescription } from '../src/client/index.ts'
import { startBrokerProcess } from './lib/broker-process.ts'
import { environmentLine, median } from './lib/environment.ts'
import { GroupMembers, type HandOut, type MembersOptions, sharedMs } from './lib/group-members.ts'
import { toldOptions } from './lib/told-options.ts'

const PROCESSES = 2
const MEMBERS_PER_CONNECTION = 10
/** The time before a join that is compared, and how long it is watched after the group has settled. */
const WINDOW_MS = 4_000
const COMMITTERS = 64
const [GROUP, TOPIC] = ['bench', 'work']

const values = toldOptions({
  members: { type: 'string', default: '100' },
  partitions: { type: 'string', default: '1000' },
  joins: { type: 'string', default: '3' },
  interval: { type: 'string', default: '1000' },
  seconds: { type: 'string', default: '3' },
})
const [members, partitions, joins] = [values.members, values.partitions, values.joins].map(Number)
if (members === undefined || partitions === undefined || joins === undefined) throw new RangeError()
const directory = mkdtempSync(join(tmpdir(), 'varve-bench-'))
const broker = await startBrokerProcess(join(directory, 'data'))
const client = connect({ broker: broker.address })
const admin = client.admin()
const pause = (delayMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, delayMs))

interface MembersProcess {
  handOuts(): Promise<readonly HandOut[]>
}

function startMembers(options: MembersOptions): MembersProcess {
  const script = fileURLToPath(new URL('lib/group-members-child.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  return {
    handOuts: async () => {
      child.stdin.end()
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
      await once(child, 'exit')
      return JSON.parse(line) as HandOut[]
    },
  }
}

/** Until so many members have what they shall have. */
async function settled(count: number): Promise<GroupDescription> {
  for (;;) {
    const found = await admin
      .describeGroup(GROUP, { lagTime: false })
      .catch((): undefined => undefined)
    if (found?.summary.condition === 'stable' && found.members.length === count) return found
    await pause(500)
  }
}

/** A record into every partition, again and again. @returns how to end it */
function produceSteadily(): () => Promise<void> {
  const producer = client.producer()
  const ending = new AbortController()
  const producing = (async () => {
    for (let nextMs = sharedMs(); !ending.signal.aborted; nextMs += Number(values.interval)) {
      await producer.ready()
      for (let partition = 0; partition < (partitions ?? 0); partition++) {
        producer.send({ topic: TOPIC, partition, value: 'x' }).catch(() => undefined)
      }
      await pause(Math.max(0, nextMs + Number(values.interval) - sharedMs()))
    }
    await producer.close()
  })()
  return async () => {
    ending.abort()
    await producing
  }
}

const largest = (list: readonly number[]): number => list.reduce((a, b) => Math.max(a, b), 0)
const ms = (value: number): string => `${value.toFixed(0)} ms`

function show(name: string, gaps: readonly number[]): void {
  const figures =
    gaps.length === 0 ? 'none' : `median ${ms(median(gaps))}, max ${ms(largest(gaps))}`
  console.log(`  ${name.padEnd(52)} ${figures}`)
}

/** The longest time without a hand-out that ends within the window. */
function longestGap(handOuts: readonly HandOut[], fromMs: number, toMs: number): number {
  return largest(
    handOuts.map(([, , atMs], index) => {
      const before = handOuts[index - 1]
      return before === undefined || atMs < fromMs || atMs > toMs ? 0 : atMs - before[2]
    }),
  )
}

function reportJoin(byPartition: readonly HandOut[][], joinMs: number, settleMs: number): void {
  const [before, during, ratios, moved]: number[][] = [[], [], [], []]
  const endMs = joinMs + settleMs + WINDOW_MS
  for (const handOuts of byPartition) {
    const near = handOuts.filter(([, , atMs]) => atMs > joinMs - WINDOW_MS && atMs < endMs)
    const owners = new Set(near.map(([member]) => member))
    if (owners.size === 1) {
      const [quiet, joining] = [
        longestGap(handOuts, joinMs - WINDOW_MS, joinMs),
        longestGap(handOuts, joinMs, endMs),
      ]
      before?.push(quiet)
      during?.push(joining)
      ratios?.push(joining / quiet)
      continue
    }
    const first = near.findIndex(([member]) => member !== near[0]?.[0])
    const [last, next] = [near[first - 1], near[first]]
    if (last !== undefined && next !== undefined) moved?.push(next[2] - last[2])
  }
  console.log(`a member joined; settled after ${ms(settleMs)}`)
  show(`${before?.length} partitions stay: longest gap before`, before ?? [])
  show('the same from the join on', during ?? [])
  console.log(
    `  ${'ratio of the two, median over partitions'.padEnd(52)} ${median(ratios ?? []).toFixed(2)}`,
  )
  show(`${moved?.length} partitions move: from old owner to new one`, moved ?? [])
}

/** Each commits for a group of its own, the next when the last is acknowledged. */
async function measureCommits(): Promise<void> {
  const syncsBefore = await broker.syncs()
  const endMs = performance.now() + Number(values.seconds) * 1_000
  let commits = 0
  await Promise.all(
    Array.from({ length: COMMITTERS }, async (_, index) => {
      while (performance.now() < endMs) {
        await admin.commitGroupOffsets(`commits-${index}`, [
          { topic: TOPIC, partition: 0, offset: 1 },
        ])
        commits++
      }
    }),
  )
  const syncs = (await broker.syncs()) - syncsBefore
  const rate = (commits / Number(values.seconds)).toFixed(0)
  console.log(
    `${rate} commits a second by ${COMMITTERS} groups at once; ${commits} in all, ${syncs} syncs`,
  )
}

try {
  console.log(environmentLine())
  console.log(
    `${members} members, ${partitions} partitions, a record in each every ${values.interval} ms`,
  )
  await admin.createTopic({ name: TOPIC, partitions })
  const stopProducing = produceSteadily()
  const common = { broker: broker.address, group: GROUP, topic: TOPIC }
  const perProcess = Math.ceil(members / PROCESSES)
  const processes = Array.from({ length: PROCESSES }, (_, index) =>
    startMembers({
      ...common,
      membersPerConnection: MEMBERS_PER_CONNECTION,
      members: Math.min(perProcess, members - index * perProcess),
      firstNumber: index * perProcess,
    }),
  )
  const startMs = sharedMs()
  await settled(members)
  console.log(`all have joined and settled after ${ms(sharedMs() - startMs)}`)
  const joined: { atMs: number; settleMs: number }[] = []
  const newcomers: GroupMembers[] = []
  for (let round = 0; round < joins; round++) {
    await pause(WINDOW_MS * 1.5)
    const atMs = sharedMs()
    const one = { members: 1, membersPerConnection: 1, firstNumber: members + round }
    newcomers.push(new GroupMembers({ ...common, ...one }))
    await settled(members + round + 1)
    joined.push({ atMs, settleMs: sharedMs() - atMs })
  }
  await pause(WINDOW_MS)
  const handOuts = newcomers.flatMap((newcomer) => newcomer.handOuts)
  for (const members of processes) for (const one of await members.handOuts()) handOuts.push(one)
  const byPartition = Array.from({ length: partitions }, (): HandOut[] => [])
  for (const one of handOuts.sort((a, b) => a[2] - b[2])) byPartition[one[1]]?.push(one)
  console.log(`${handOuts.length} records were handed out`)
  for (const { atMs, settleMs } of joined) reportJoin(byPartition, atMs, settleMs)
  await stopProducing()
  for (const newcomer of newcomers) await newcomer.close()
  await measureCommits()
} finally {
  await client.close({ timeoutMs: 1_000 })
  await broker.stop()
  rmSync(directory, { recursive: true, force: true })
}
