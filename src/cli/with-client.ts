// A client for the time of one command.
import type { Command } from 'commander'
import type { Varve } from '../client/index.ts'
import type { CommandIo } from './command-io.ts'
import { brokerAddress } from './global-options.ts'

export type CliClient = Varve

/** A person waits: nobody there is told soon. Commands that ride out a restart repeat it. */
const CONNECT_TIMEOUT_MS = 2_000

/** Connects to the broker of the command line, does the work and lets go of the connection however it ends. */
export async function withClient<Result>(
  command: Command,
  io: CommandIo,
  work: (client: CliClient) => Promise<Result>,
): Promise<Result> {
  // Loaded when needed: `start` is ready sooner without it.
  const { connect } = await import('../client/index.ts')
  const client = connect({
    broker: brokerAddress(command, io),
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
  })
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}
