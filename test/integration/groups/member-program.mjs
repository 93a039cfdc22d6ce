// A member of a group as users write it: the built package in a process of its own. It writes down, before anything else is done with
// it, what came, what went, and every commit with its answer: one JSON array a line, each with the machine's monotonic time in ms, which
// the processes of one machine share. Lines are written at once, so that a kill loses none.
//   node member-program.mjs '{ "broker", "group", "topic", "name", "log", "sessionTimeoutMs", "rebalanceTimeoutMs", "autoCommit" }'
// On waking from a long sleep it commits, over a connection of its own, what it had finished before under the epoch that it had
// then: what a program does whose commit was delayed. SIGTERM: it closes and ends.
import { openSync, writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Client, credentials, loadPackageDefinition } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { connect } from '../../../dist/client/index.js'

const settings = JSON.parse(process.argv[2] ?? '{}')
const { broker, group, topic, name, sessionTimeoutMs, rebalanceTimeoutMs, autoCommit } = settings
const TICK_MS = 50
const COMMIT_INTERVAL_MS = 100

const log = openSync(settings.log, 'a')
const nowMs = () => Number(process.hrtime.bigint()) / 1e6
function tell(kind, ...rest) {
  writeSync(log, `${JSON.stringify([nowMs(), kind, ...rest])}\n`)
}

const client = connect({ broker, requestTimeoutMs: 10_000 })
/** The next offset of what was finished and is not known to be committed, by partition. */
const finished = new Map()
let commits = 0

const consumer = client.consumer({ maxWaitMs: 500 }).subscribe({
  group,
  topics: topic,
  clientId: name,
  sessionTimeoutMs,
  rebalanceTimeoutMs,
  autoCommit: autoCommit ? { intervalMs: COMMIT_INTERVAL_MS } : false,
  onPartitionsAssigned: (partitions) => {
    const { memberId, memberEpoch } = consumer
    const come = partitions.map(({ partition, committedOffset }) => [
      partition,
      committedOffset ?? null,
    ])
    tell('assigned', memberId, memberEpoch, come)
  },
  onPartitionsRevoked: async (partitions) => {
    const going = partitions.map(({ partition }) => partition)
    if (!autoCommit) await commitFinished(going)
    for (const partition of going) finished.delete(partition)
    tell('revoked', going)
  },
  onPartitionsLost: (partitions) => {
    const gone = partitions.map(({ partition }) => partition)
    for (const partition of gone) finished.delete(partition)
    tell('lost', gone)
  },
})
consumer.on('warning', ({ kind, message }) => {
  tell('warning', kind, message)
})
consumer.on('stuck', ({ reason }) => {
  tell('warning', 'stuck', reason)
})

/** Each answer is written down with the commit that it is of. */
async function commitFinished(partitions) {
  const items = partitions.flatMap((partition) => {
    const offset = finished.get(partition)
    return offset === undefined ? [] : [[partition, offset]]
  })
  if (items.length === 0) return
  const id = ++commits
  tell('commit', id, consumer.memberId ?? null, consumer.memberEpoch ?? null, items)
  await Promise.all(
    items.map(async ([partition, offset]) => {
      const code = await consumer.commit({ topic, partition, offset }).then(
        () => 'OK',
        (error) => error.code ?? String(error),
      )
      tell('answer', id, partition, code)
      if (code === 'OK' && finished.get(partition) === offset) finished.delete(partition)
    }),
  )
}

const proto = fileURLToPath(new URL('../../../proto', import.meta.url))
const options = { includeDirs: [proto], longs: Number, enums: String }
const definition = loadPackageDefinition(loadSync('varve/v1/group.proto', options))
const { CommitOffsets } = definition.varve.v1.GroupService.service
const lateClient = new Client(broker, credentials.createInsecure())

function commitLate({ memberId, memberEpoch, items }) {
  const id = ++commits
  tell('late', id, memberId, memberEpoch, items)
  const entries = items.map(([partition, offset]) => ({ topic, partition, offset }))
  lateClient.makeUnaryRequest(
    CommitOffsets.path,
    CommitOffsets.requestSerialize,
    CommitOffsets.responseDeserialize,
    { group, memberId, memberEpoch, entries },
    { deadline: Date.now() + 10_000 },
    (error, response) => {
      for (const [index, [partition]] of items.entries()) {
        const refusal = error?.details ?? response.results[index]?.error?.message
        tell('answer', id, partition, refusal ?? 'OK')
      }
    },
  )
}

/** What it would commit if it were stopped now. */
let before
let tickMs = nowMs()
setInterval(() => {
  const sinceMs = tickMs
  tickMs = nowMs()
  if (tickMs - sinceMs > sessionTimeoutMs * 0.8) {
    tell('woke', sinceMs)
    if (before !== undefined) commitLate(before)
  }
  const items = consumer.positions().flatMap(({ partition, finishedOffset, isLeaving }) => {
    return finishedOffset === undefined || isLeaving ? [] : [[partition, finishedOffset]]
  })
  const { memberId, memberEpoch } = consumer
  // Connected beforehand, and again after the broker was away: what is late comes before the consumer joins anew.
  lateClient.getChannel().getConnectivityState(true)
  before =
    memberId === undefined || items.length === 0 ? undefined : { memberId, memberEpoch, items }
}, TICK_MS)
if (!autoCommit) {
  setInterval(() => void commitFinished([...finished.keys()]), COMMIT_INTERVAL_MS)
}

process.once('SIGTERM', async () => {
  tell('closing')
  await consumer.close({ timeoutMs: 10_000 })
  await client.close()
  tell('closed')
  process.exit(0)
})

tell('started')
try {
  for await (const { partition, offset } of consumer) {
    tell('record', partition, offset)
    if (!autoCommit) finished.set(partition, offset + 1)
  }
} catch (error) {
  tell('failed', error.code ?? 'ERROR', error.message)
  process.exit(1)
}
