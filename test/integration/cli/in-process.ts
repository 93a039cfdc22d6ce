// The same command line without a process of its own, for tables of many cases: a start of Node each would be slow.
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { CommandIo } from '../../../src/cli/command-io.ts'
import { runCli } from '../../../src/cli/program.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { NodeClock } from '../../../src/platform/node-clock.ts'

export interface InProcessResult {
  readonly code: number
  readonly output: string
  readonly messages: string
}

/** Runs the command to its end against the broker at HOST:PORT. */
export async function runHere(
  args: readonly string[],
  broker: string,
  input: string | Buffer = '',
): Promise<InProcessResult> {
  const [output, messages] = [new PassThrough(), new PassThrough()]
  const io = new CommandIo({
    input: Readable.from([Buffer.from(input)], { objectMode: false }),
    output,
    messages,
    env: { VARVE_BROKER: broker },
    messagesOnTerminal: false,
    outputOnTerminal: false,
  })
  const [printed, said] = [buffer(output), buffer(messages)]
  const code = await runCli(args, SERVICES, io)
  output.end()
  messages.end()
  return { code, output: String(await printed), messages: String(await said) }
}

const SERVICES = {
  startServer: () => Promise.reject(new Error('these tests start no server here')),
  createLog: () => SILENT_LOG,
  clock: new NodeClock(),
}
