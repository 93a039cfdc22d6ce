// An account kept in a log: whoever writes states the offset that the writer has read up to. Of two writers that decided on
// the same state one is refused, reads what it missed, and decides again. No locks, no lost update.
//   npx tsx examples/optimistic-append.ts [HOST:PORT]
// A program that has the package installed imports from 'varve'.
import { connect, isVarveError } from '../src/client/index.ts'
import { broker, freshTopic } from './broker-address.ts'

const client = connect({ broker })
const topic = freshTopic('account')
await client.admin().createTopic({ name: topic })
const producer = client.producer()

/** The balance and the offset up to which it counts. */
async function readBalance(): Promise<{ balance: number; endOffset: number }> {
  const where = { topic, partition: 0 }
  const consumer = client.consumer({ assign: [where], until: 'end' })
  let balance = 0
  for await (const record of consumer) balance += Number(record.value)
  const endOffset = consumer.position(where)
  await consumer.close()
  return { balance, endOffset }
}

/** Takes the amount if there is enough; tries again whenever somebody else was faster. */
async function withdraw(amount: number): Promise<boolean> {
  for (;;) {
    const { balance, endOffset } = await readBalance()
    if (balance < amount) return false
    try {
      const records = [{ value: `${-amount}` }]
      await producer.append({ topic, partition: 0, records, expectedOffset: endOffset })
      return true
    } catch (error) {
      if (!isVarveError(error, 'UNEXPECTED_OFFSET')) throw error
    }
  }
}

await producer.append({ topic, partition: 0, records: [{ value: '100' }], expectedOffset: 0 })
// Five at once want 30 each: there is enough for three of them.
const outcomes = await Promise.all(Array.from({ length: 5 }, () => withdraw(30)))
const { balance } = await readBalance()
console.log(`${outcomes.filter(Boolean).length} of 5 were paid, ${balance} are left`)

await client.close()
