// `varve group reset`, `undo`, `restore`: committed offsets set to another place, with the plan shown first or instead.
import type { Command } from 'commander'
import type { GroupResetOptions, GroupResetReport, GroupResetTarget } from '../../client/index.ts'
import type { CommandIo } from '../command-io.ts'
import { InputError, UsageError } from '../exit-code.ts'
import { wantsJson } from '../global-options.ts'
import { chunksUntil, openInput } from '../input-source.ts'
import type { CliClient } from '../with-client.ts'
import { withClient } from '../with-client.ts'
import { resetText } from './change-text.ts'
import type { GroupCommands } from './group-commands.ts'
import {
  fileTargets,
  formatOffsetFile,
  OFFSET_FILE_BYTES_MAX,
  parseOffsetFile,
} from './offset-file.ts'
import { addResetTargetOptions, type ResetTargetOptions, resetTargets } from './reset-target.ts'

interface HowOptions {
  readonly dryRun?: true
  readonly force?: true
  readonly reason?: string
}

interface ResetOptions extends ResetTargetOptions, HowOptions {
  readonly execute?: true
  readonly export?: true
}

/** Adds `reset`, `undo` and `restore`. */
export function registerResets(commands: GroupCommands): void {
  registerReset(commands)
  registerUndo(commands)
  registerRestore(commands)
}

function registerReset({ parent, io, clock }: GroupCommands): void {
  const command = parent
    .command('reset <group>')
    .summary('set committed offsets to another place')
    .description(
      'Sets the committed offsets of a group to another place, in all of its topics unless told, and tells what changed. ' +
        'All of it is done or nothing. A group with members is refused without --force.',
    )
  addHowOptions(addResetTargetOptions(command))
    .option('--export', 'only print the plan, as a file for --from-file')
    .option('--execute', 'do it: the default')
    .addHelpText(
      'after',
      `
A file has a line topic,partition,offset for each partition, as kafka-consumer-groups writes and reads them, or a JSON object
with these names. A moment is as 2026-07-01T12:00:00Z (UTC unless told) or milliseconds since 1970.

Examples:
  varve group reset billing --to-earliest --dry-run
  varve group reset billing --topic orders --to-timestamp 2026-07-01T12:00:00Z --reason 'wrong prices'
  varve group reset billing --topic orders:0,3 --shift-by -100 --force
  varve group reset billing --as-of 2026-07-01 --export > offsets.csv
  varve group reset billing --from-file offsets.csv`,
    )
    .action(async (group: string, options: ResetOptions, command: Command) => {
      const isOnlyPlan = options.dryRun === true || options.export === true
      if (isOnlyPlan && options.execute === true) {
        const flag = options.export === true ? '--export' : '--dry-run'
        throw new UsageError(`${flag} cannot be used with --execute: which?`)
      }
      const asked = resetTargets(options, clock)
      const targets = 'fromFile' in asked ? await targetsOfFile(asked.fromFile, group, io) : asked
      const report = await withClient(command, io, (client) =>
        client.admin().resetGroup(group, targets, { ...how(options), dryRun: isOnlyPlan }),
      )
      if (options.export === true) printExport(io, command, report)
      else printReport(io, command, { group, key: 'reset', report })
    })
}

function registerUndo({ parent, io }: GroupCommands): void {
  addHowOptions(
    parent
      .command('undo <group>')
      .summary('take the last reset or restore back')
      .description(
        'Sets the partitions of the last reset or restore to what was committed before it, whatever members have committed since: ' +
          '--dry-run shows both. Goes one reset back and no further; varve group reset --as-of goes to any moment.',
      ),
  )
    .addHelpText(
      'after',
      `
Examples:
  varve group undo billing --dry-run
  varve group undo billing`,
    )
    .action(async (group: string, options: HowOptions, command: Command) => {
      await change({ io, command, group, key: 'undo' }, (client) =>
        client.admin().undoGroupReset(group, how(options)),
      )
    })
}

function registerRestore({ parent, io }: GroupCommands): void {
  addHowOptions(
    parent
      .command('restore <group> <snapshot>')
      .summary('set committed offsets to those of a snapshot')
      .description(
        'Sets the committed offsets of a group to those that a snapshot keeps. varve group undo takes it back.',
      ),
  )
    .addHelpText(
      'after',
      `
Examples:
  varve group restore billing before-release --dry-run
  varve group restore billing before-release --force`,
    )
    .action(async (group: string, name: string, options: HowOptions, command: Command) => {
      await change({ io, command, group, key: 'restored' }, (client) =>
        client.admin().restoreGroup(group, name, how(options)),
      )
    })
}

function addHowOptions(command: Command): Command {
  return command
    .option('--dry-run', 'only show the plan')
    .option('--force', 'even while it has members: those that hold the partitions are put out')
    .option('--reason <text>', 'why, for the history')
}

function how({ dryRun, force, reason }: HowOptions): GroupResetOptions {
  return {
    dryRun: dryRun === true,
    force: force === true,
    ...(reason === undefined ? {} : { reason }),
  }
}

interface Printing {
  readonly group: string
  /** The name of the result in JSON. */
  readonly key: 'reset' | 'undo' | 'restored'
}

async function change(
  about: Printing & { readonly io: CommandIo; readonly command: Command },
  act: (client: CliClient) => Promise<GroupResetReport>,
): Promise<void> {
  const { io, command } = about
  const report = await withClient(command, io, act)
  printReport(io, command, { ...about, report })
}

function printReport(
  io: CommandIo,
  command: Command,
  { group, key, report }: Printing & { readonly report: GroupResetReport },
): void {
  io.printResult(wantsJson(command), { [key]: { group, ...report } }, () =>
    resetText({ group, isUndo: key === 'undo' }, report),
  )
}

/** Offsets that a restore would leave empty cannot stand in a file. */
function printExport(io: CommandIo, command: Command, { changes }: GroupResetReport): void {
  const offsets = changes.map(({ topic, partition, after }) => ({
    topic,
    partition,
    offset: after,
  }))
  if (!wantsJson(command)) {
    const text = formatOffsetFile(offsets)
    if (text !== '') io.print(text)
    return
  }
  for (const one of offsets) if (one.offset !== undefined) io.print(JSON.stringify(one))
}

/** @throws InputError when the file cannot be read or is no file of offsets */
async function targetsOfFile(
  path: string,
  group: string,
  io: CommandIo,
): Promise<readonly GroupResetTarget[]> {
  const name = path === '-' ? 'standard input' : path
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of chunksUntil(
    openInput(path, io.input),
    name,
    new AbortController().signal,
  )) {
    bytes += chunk.length
    if (bytes > OFFSET_FILE_BYTES_MAX) {
      throw new InputError(
        `${name} is larger than ${OFFSET_FILE_BYTES_MAX} bytes: is it a file of offsets?`,
      )
    }
    chunks.push(chunk)
  }
  return fileTargets(parseOffsetFile(Buffer.concat(chunks).toString('utf8'), group))
}
