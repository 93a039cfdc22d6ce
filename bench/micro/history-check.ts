// How long it takes to judge a large history, and in how much memory:
//   npx tsx bench/micro/history-check.ts [operations] [records read]
// Sixteen partitions, sixteen processes, batches of ten; half of the operations are sends. What is read is what was
// sent, by as many readers as it takes, and by two final ones. Without arguments: 1,000,000 operations, 10,000,000 records.
import { checkHistory } from '../../src/history-check/check-history.ts'
import { HistoryBuilder } from '../../src/history-check/history-builder.ts'
import { valueNumber } from '../../src/history-check/record-value.ts'

const KEYS = 16
const BATCH_RECORDS = 10

const operations = Number(process.argv[2] ?? 1_000_000)
const records = Number(process.argv[3] ?? 10_000_000)

const startedAt = performance.now()
const history = made()
const madeAt = performance.now()
const cpuBefore = process.cpuUsage()
const result = checkHistory(history)
const checkedAt = performance.now()
const cpu = process.cpuUsage(cpuBefore)

const { sends, polls, readValues } = history
console.log(
  `${sends.key.length} sends, ${polls.process.length} polls, ${readValues.length} records read`,
)
console.log(
  `recorded in ${seconds(startedAt, madeAt)} s, checked in ${seconds(madeAt, checkedAt)} s`,
)
console.log(`the check took ${((cpu.user + cpu.system) / 1e6).toFixed(1)} s of processor time`)
console.log(`resident at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`)
console.log(result.valid ? 'in order' : JSON.stringify(result.counts))
process.exitCode = result.valid ? 0 : 1

function made(): ReturnType<HistoryBuilder['build']> {
  const builder = new HistoryBuilder()
  const sendCount = operations / 2
  const keys = Array.from({ length: KEYS }, (_, index) => builder.key(`topic/${index}`))
  const logs = keys.map((): number[] => [])
  let now = 0
  for (let send = 0; send < sendCount; send++) {
    const producer = send % KEYS
    const counter = Math.floor(send / KEYS) * BATCH_RECORDS
    const key = (send * 7 + Math.floor(send / KEYS)) % KEYS
    const log = logs[key] as number[]
    const values = Array.from({ length: BATCH_RECORDS }, (_, index) =>
      valueNumber(producer, counter + index),
    )
    const id = builder.sendBegan(builder.process(`producer ${producer}`), key, values, ++now)
    const ack = { at: ++now, baseOffset: log.length, epoch: 1, durability: 'synced' } as const
    builder.sendAcknowledged(id, ack)
    log.push(...values)
  }
  const sent = sendCount * BATCH_RECORDS
  const readers = Math.max(2, Math.round(records / sent))
  const pollCount = operations - sendCount
  const perPoll = Math.ceil((readers * sent) / pollCount)
  for (let reader = 0; reader < readers; reader++) {
    const id = builder.process(`reader ${reader}`)
    if (reader >= readers - 2) builder.finalReader(id)
    for (const [key, log] of logs.entries()) {
      const values = Float64Array.from(log)
      for (let at = 0; at < values.length; at += perPoll) {
        const poll = builder.pollBegan(id, ++now)
        builder.pollRead(poll, key, at, values.subarray(at, at + perPoll), 1)
        builder.pollTold(poll, key, { highWatermark: values.length, logStart: 0 })
        builder.pollEnded(poll, 'ok', ++now)
      }
    }
  }
  return builder.build()
}

function seconds(from: number, to: number): string {
  return ((to - from) / 1000).toFixed(1)
}
