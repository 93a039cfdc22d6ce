import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { CommandIo } from '../../../src/cli/command-io.ts'
import { runCli } from '../../../src/cli/program.ts'
import type { CliServices, StartServerOptions } from '../../../src/cli/services.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'

interface Ran {
  readonly code: number
  readonly output: string
  readonly messages: string
}

async function run(
  argv: readonly string[],
  startServer: CliServices['startServer'] = () => Promise.reject(new Error('not expected')),
): Promise<Ran> {
  const [output, messages] = [new PassThrough(), new PassThrough()]
  const io = new CommandIo({
    input: new PassThrough(),
    output,
    messages,
    env: {},
    messagesOnTerminal: false,
    outputOnTerminal: false,
  })
  const services = { startServer, createLog: () => SILENT_LOG, clock: new VirtualClock() }
  const code = await runCli(argv, services, io)
  return { code, output: String(output.read() ?? ''), messages: String(messages.read() ?? '') }
}

describe('the program', () => {
  it.each([
    [['--nonsense'], "unknown option '--nonsense'"],
    [['strat'], "unknown command 'strat' (Did you mean start?)"],
    [['topic', 'dump'], 'unknown command'],
    [['consume', 'a', '--max-records', 'x'], '--max-records must be an integer of at least 0'],
    [['consume', 'a', '--timestamp', 'soon'], '--timestamp must be a moment'],
    [
      ['consume', 'a', '--until-end', '--until-timestamp', '5'],
      '--until-end cannot be used with --until-timestamp',
    ],
    [['topic', 'alter', 'a', '--config', 'x=1', '--reset', 'x'], 'x cannot be both set and reset'],
    [['start', '--listen', '7070'], 'HOST:PORT'],
  ] as const)('%j is a usage error in one line', async (argv, reason) => {
    const { code, output, messages } = await run(argv)
    expect(messages).toMatch(/^varve: [^\n]+\n$/)
    expect(messages).toContain(reason)
    expect([code, output]).toEqual([2, ''])
  })

  it('help of a command is on standard output and ends with 0', async () => {
    const { code, output, messages } = await run(['topic', 'create', '--help'])
    expect([code, messages]).toEqual([0, ''])
    expect(output).toContain('--config <key=value>')
    expect(output).toContain('--broker')
    expect(await run(['help', 'topic', 'create'])).toMatchObject({ code: 0, output })
  })

  it('help names the broker only where a command talks to one', async () => {
    for (const name of ['start', 'config', 'dump', 'verify']) {
      expect((await run([name, '--help'])).output).not.toContain('--broker')
    }
  })

  it('a server that cannot start ends with 1 and its reason', async () => {
    const asked: StartServerOptions[] = []
    const startServer: CliServices['startServer'] = (options) => {
      asked.push(options)
      return Promise.reject(new VarveError('DATA_DIR_LOCKED', 'process 5 has it'))
    }
    const plain = await run(['start', '--data-dir', '/x', '--listen', '[::1]:0'], startServer)
    expect(plain).toEqual({ code: 1, output: '', messages: 'varve: process 5 has it\n' })
    expect(asked).toMatchObject([{ dataDir: '/x', host: '::1', port: 0, storage: 'file' }])
    const json = await run(['start', '--json'], startServer)
    expect(JSON.parse(json.messages)).toEqual({
      error: { code: 'DATA_DIR_LOCKED', message: 'process 5 has it' },
    })
  })
})
