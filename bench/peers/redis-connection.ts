// A connection to Redis with its own Node client, set to hand out bytes as they came. Invariant: it never connects again by itself: what was
// under way when it broke has failed, and the bench has to know.
import { createClient, RESP_TYPES } from '@redis/client'

export interface RedisConnection {
  /** Strings of the answer come as Buffers. */
  sendCommand(parts: readonly (string | Buffer)[]): Promise<unknown>
  /** What is under way fails. */
  destroy(): void
}

export async function connectRedis(port: number): Promise<RedisConnection> {
  const client = createClient({
    RESP: 2,
    socket: { host: '127.0.0.1', port, reconnectStrategy: false },
    commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
  })
  // Whoever waits for an answer is told; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  return {
    sendCommand: (parts) => client.sendCommand(parts),
    destroy: () => {
      if (client.isOpen) client.destroy()
    },
  }
}

export function streamKey(topic: string, partition: number): string {
  return `${topic}:${partition}`
}

/** @param id `0-N`, with N from 1 */
export function offsetOfId(id: Buffer): number {
  return Number(id.toString('latin1', 2)) - 1
}
