// One fetch after the other at random old offsets of a partition, over the plain interface: what finding a place costs.
import { Client, credentials } from '@grpc/grpc-js'
import { logService } from '../../src/protocol/grpc/services.ts'
import type { BrokerProcess } from '../lib/broker-process.ts'
import { median } from '../lib/environment.ts'

const FETCHES = 200
const FETCH_BYTES = 1

export interface RandomFetches {
  /** Median of one fetch. */
  readonly ms: number
  /** Calls of the broker that read files or sockets, of one fetch. */
  readonly readCalls: number
}

/** @param endOffset offsets below it are looked for; each fetch brings one batch */
export async function fetchAtRandom(
  broker: BrokerProcess,
  topic: string,
  endOffset: number,
): Promise<RandomFetches> {
  const { path, requestSerialize, responseDeserialize } = logService.Fetch
  const client = new Client(broker.address, credentials.createInsecure())
  const fetch = async (offset: number): Promise<void> => {
    const partitions = [{ topic, partition: 0, offset, maxBytes: FETCH_BYTES }]
    const request = { partitions }
    const answer = await new Promise<
      { readonly results: readonly { readonly records: unknown }[] } | undefined
    >((resolve, reject) => {
      client.makeUnaryRequest(
        ...([path, requestSerialize, responseDeserialize, request] as const),
        (error, response) => {
          if (error === null) resolve(response)
          else reject(error)
        },
      )
    })
    if (!answer?.results[0]?.records) throw new Error(`no records at offset ${offset}`)
  }
  try {
    await fetch(0)
    const times: number[] = []
    const before = broker.readCalls()
    for (let index = 0; index < FETCHES; index++) {
      const offset = Math.floor(Math.random() * endOffset)
      const startedAt = performance.now()
      await fetch(offset)
      times.push(performance.now() - startedAt)
    }
    return { ms: median(times), readCalls: (broker.readCalls() - before) / FETCHES }
  } finally {
    client.close()
  }
}
