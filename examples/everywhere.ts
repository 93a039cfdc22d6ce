// One program, and a broker wherever you say: within this process in memory, within this process on files, or somewhere else
// over gRPC. Nothing but the first line of `main` knows which, and the output is the same.
//   npx tsx examples/everywhere.ts                    in memory
//   npx tsx examples/everywhere.ts ./some-folder      on files
//   npx tsx examples/everywhere.ts HOST:PORT          over gRPC
// A program that has the package installed imports from 'varve'.
import { connect, isVarveError, Varve } from '../src/index.ts'

async function openVarve(place: string | undefined): Promise<Varve> {
  if (place === undefined) return await Varve.open({ memory: true })
  if (/:\d+$/.test(place)) return connect({ broker: place })
  return await Varve.open({ dataDir: place })
}

const START_MS = Date.UTC(2026, 5, 1, 12)

async function main(): Promise<void> {
  const varve = await openVarve(process.argv[2])
  const admin = varve.admin()
  const topic = 'temperatures'
  await admin.createTopic({ name: topic, partitions: 2, settings: { 'retention.ms': '-1' } })

  // Ten readings of two sensors, a minute apart.
  const producer = varve.producer({ compression: 'zstd' })
  const reports = await producer.sendMany(
    Array.from({ length: 10 }, (_, minute) => ({
      topic,
      key: minute % 2 === 0 ? 'kitchen' : 'garden',
      value: JSON.stringify({ celsius: 12 + minute }),
      timestampMs: START_MS + minute * 60_000,
    })),
  )
  for (const { partition, offset } of reports.slice(0, 4)) {
    console.log(`stored: partition ${partition}, offset ${String(offset)}`)
  }

  // The newest of each: read it all, keep the last.
  const newest = new Map<string, string>()
  for await (const { key, value } of varve.consumer({ topics: topic, until: 'end' })) {
    newest.set(String(key), String(value))
  }
  for (const key of [...newest.keys()].sort()) console.log(`newest: ${key} ${newest.get(key)}`)

  // Play the second half again.
  const from = { timestampMs: START_MS + 5 * 60_000 }
  const again: string[] = []
  for await (const record of varve.consumer({ topics: topic, from, until: 'end' })) {
    again.push(new Date(record.timestampMs).toISOString().slice(11, 16))
  }
  again.sort()
  console.log(
    `from 12:05 on: ${again.length} readings, the first at ${again[0]}, the last at ${again.at(-1)}`,
  )

  // Of two writers that expect the same end one is refused, with the same error everywhere.
  const where = { topic, partition: 0 }
  const [{ offset: end } = { offset: 0 }] = await admin.listOffsets([{ ...where, at: 'latest' }])
  for (const writer of ['first', 'second']) {
    try {
      const records = [{ value: writer }]
      const { baseOffset } = await producer.append({ ...where, records, expectedOffset: end })
      console.log(`${writer}: appended at ${String(baseOffset)}`)
    } catch (error) {
      if (!isVarveError(error, 'UNEXPECTED_OFFSET')) throw error
      console.log(`${writer}: ${error.code}: ${error.message}`)
    }
  }

  // A reader that follows sees what is written while it waits.
  const follower = varve.consumer({ topics: topic, from: 'latest', maxRecords: 1 })
  await follower.ready()
  await producer.send({ topic, key: 'kitchen', value: 'the kettle boils' })
  for await (const { value } of follower) console.log(`followed: ${String(value)}`)

  await admin.deleteTopic(topic)
  // Of its own: a broker elsewhere may have others.
  const left = (await admin.listTopics()).filter(({ name }) => name === topic)
  console.log(`topics left: ${left.length}`)
  await varve.close()
}

await main()
