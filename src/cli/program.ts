// The command line `varve`: its tree of commands, and one way out for every ending. A command throws what went wrong;
// here it becomes one line on standard error and an exit code.
import { readFileSync } from 'node:fs'
import { Command, CommanderError, Help } from 'commander'
import { registerBench } from './bench/bench-command.ts'
import { type CommandIo, processIo } from './command-io.ts'
import { registerConfig } from './config-command.ts'
import { registerConsume } from './consume-command.ts'
import { exitCodeFor, UsageError } from './exit-code.ts'
import { addGlobalOptions, isOffline, refuseBrokerOffline } from './global-options.ts'
import { registerGroup } from './group/group-command.ts'
import { registerDump } from './offline/dump-command.ts'
import { registerVerify } from './offline/verify-command.ts'
import { registerOffsets } from './offsets-command.ts'
import { registerProduce } from './produce-command.ts'
import { registerReplay } from './replay-command.ts'
import { reportFailure } from './report-failure.ts'
import type { CliServices } from './services.ts'
import { registerStart } from './start-command.ts'
import { registerTopic } from './topic-command.ts'

/**
 * Runs one command line to its end.
 * @param argv the arguments alone, without the program and its script
 * @returns the exit code, see `EXIT`. Everything printed has left the process by then.
 */
export async function runCli(
  argv: readonly string[],
  services: CliServices,
  io: CommandIo = processIo(),
): Promise<number> {
  const parserErrors: string[] = []
  const program = buildProgram(io, services, parserErrors)
  try {
    await program.parseAsync(withHelpBehind(argv), { from: 'user' })
  } catch (error) {
    const failure = asFailure(error, parserErrors)
    if (failure !== undefined) {
      reportFailure(io, failure, argv.includes('--json'))
      io.exitCode = exitCodeFor(failure)
    }
  }
  await io.flush()
  return io.exitCode
}

function buildProgram(io: CommandIo, services: CliServices, parserErrors: string[]): Command {
  const program = new Command('varve')
    .description(
      'A partitioned commit log: append records, read them back from any offset or moment.',
    )
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpCommand('help [command]', 'explain a command')
    .helpOption('-h, --help', 'explain a command')
    .showSuggestionAfterError()
    .configureHelp({
      showGlobalOptions: true,
      sortSubcommands: false,
      visibleGlobalOptions(command) {
        const options = Help.prototype.visibleGlobalOptions.call(this, command)
        return isOffline(command) ? options.filter(({ long }) => long !== '--broker') : options
      },
    })
    .configureOutput({
      writeOut: (text) => {
        io.print(text.replace(/\n$/, ''))
      },
      writeErr: (text) => {
        io.say(text.replace(/\n$/, ''))
      },
      // Said by runCli, in the same form as every other failure.
      outputError: (text) => {
        parserErrors.push(text)
      },
    })
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  varve start                                       run a broker on 127.0.0.1:7070, files in ./data
  varve topic create events --partitions 3
  varve produce events --file access.log
  varve consume events --until-end
  varve consume events --timestamp 2026-07-01T12:00:00Z --format json
  varve consume events --group billing
  varve replay events --from -1h --speed 10x
  varve group explain billing

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no broker, 4 refused by the broker, 130 interrupted, 143 terminated.`,
    )
  addGlobalOptions(program)
  program.hook('preAction', (_, command) => {
    refuseBrokerOffline(command)
  })
  registerStart(program, io, services)
  registerConfig(program, io)
  registerTopic(program, io)
  registerProduce(program, io, services.clock)
  registerConsume(program, io, services.clock)
  registerReplay(program, io, services.clock)
  registerOffsets(program, io)
  registerGroup(program, io, services.clock)
  registerDump(program, io)
  registerVerify(program, io, services.clock)
  if (services.bench !== undefined) registerBench(program, io, services.bench, services.clock)
  return program
}

/** `help topic create` as `topic create --help`: the parser's own help goes one level deep only. */
function withHelpBehind(argv: readonly string[]): string[] {
  const [first, ...names] = argv
  return first === 'help' && names.length > 1 ? [...names, '--help'] : [...argv]
}

/** What to tell, or undefined when the parser only printed help or the version. */
function asFailure(error: unknown, parserErrors: readonly string[]): unknown {
  if (!(error instanceof CommanderError)) return error
  if (error.exitCode === 0) return undefined
  if (parserErrors.length === 0) {
    return new UsageError('which command? See the list above, or varve help COMMAND')
  }
  return new UsageError(
    parserErrors
      .join(' ')
      .replace(/^error: /, '')
      .replace(/\s+/g, ' ')
      .trim(),
  )
}

/** From package.json, which lies as far above src/cli as above dist/cli. */
function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
