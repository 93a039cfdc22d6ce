// `varve replay TOPIC...`: stored records once more, at any pace, on standard output; no group is touched.
import { type Command, Option } from 'commander'
import type { ReplayFilter } from '../client/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { CommandIo } from './command-io.ts'
import { integerOption, parseDuration } from './option-values.ts'
import { runInto } from './replay/into-run.ts'
import { FILTER_FORMS, parseReplayFilter } from './replay/replay-filter.ts'
import { type ReplayCommandOptions, SUMMARY_FORMS } from './replay/replay-options.ts'
import { parseRate, parseSpeed } from './replay/replay-pace.ts'
import { parseReplayPlace } from './replay/replay-place.ts'
import { runReplay } from './replay/replay-run.ts'

/** Adds `replay` to the program. */
export function registerReplay(program: Command, io: CommandIo, clock: Clock): void {
  program
    .command('replay [topics...]')
    .summary('play records again, as fast as possible or as they were recorded')
    .description(
      'Prints the records of topics once more, to the end as it is when the command begins unless told: as fast as possible, ' +
        'by their timestamps at any speed, or so many a second. No group is touched. On a terminal keys steer it: ? lists them.',
    )
    .option('--from <place>', 'where to begin (default: earliest)', (text) =>
      parseReplayPlace('--from', text, clock.wallMs()),
    )
    .option('--to <place>', 'end before this (default: the end as it is)', (text) =>
      parseReplayPlace('--to', text, clock.wallMs()),
    )
    .option(
      '--partition <p>',
      'only this one, of one topic',
      integerOption('--partition', 0, 2 ** 31 - 1),
    )
    .option('--follow', 'go on with what is appended, until SIGINT')
    .option('--speed <speed>', 'by their timestamps: 10x, 0.5x; max (the default)', parseSpeed)
    .option('--rate <rate>', 'so many a second: 1000/s records, 10MB/s', parseRate)
    .option('--gap-max <duration>', 'with --speed: wait no longer than this for a record', (text) =>
      parseDuration('--gap-max', text),
    )
    .option('--merge', 'by timestamp over all partitions; a --speed in numbers does so anyway')
    .addOption(
      new Option(
        '--late <what>',
        'when the output is slower: the schedule waits (delay, the default) or goes on',
      ).choices(['delay', 'catch-up']),
    )
    .addOption(
      new Option(
        '--on-trouble <what>',
        'when a partition cannot be read on: fail (stop, the default) or go on behind it',
      ).choices(['stop', 'skip']),
    )
    .option('--paused', 'begin paused, on a terminal')
    .option(
      '--filter <filter>',
      'only such records; all of several must hold',
      (text, filters: readonly ReplayFilter[] | undefined) => [
        ...(filters ?? []),
        parseReplayFilter(text, clock.wallMs()),
      ],
    )
    .option('--format <format>', "value, json, or a template such as '%p %o %k %v\\n'")
    .option('--max-records <n>', 'stop after this many in all', integerOption('--max-records', 0))
    .option('--session <name>', 'name the session; the summary and the positions say it')
    .option('--save-positions <file>', 'write where it stands at the end, also at SIGINT')
    .option('--resume <file>', 'go on from there, in place of topics')
    .addOption(new Option('--summary <form>', 'at the end (default: table)').choices(SUMMARY_FORMS))
    .option('--into <topic>', 'store what is played in this topic instead of printing it')
    .addOption(
      new Option(
        '--partitioning <how>',
        'with --into: partitions of the same numbers (keep, the default) or by key',
      ).choices(['keep', 'by-key']),
    )
    .option('--state <file>', 'with --into: where it stands (default: varve-replay-TOPIC.json)')
    .option('--no-keys', 'leave the terminal alone, as in the background')
    .option('-q, --quiet', 'no progress, no summary')
    .addHelpText(
      'after',
      `
A place is earliest, latest, an offset, a moment such as 2026-07-01T12:00:00Z, a time ago such as -10m, or group:NAME, also
group:NAME@MOMENT: what the group had committed. A filter is
${FILTER_FORMS.replaceAll(/[,;] /g, '\n').replace(/^/gm, '  ')}
--format is that of consume.

Examples:
  varve replay orders --from -1h --speed 10x --gap-max 2s
  varve replay orders payments --merge --filter key=4711 --format '%T %t %v\\n'
  varve replay orders --from group:billing@2026-07-01T12:00 --to group:billing
  varve replay orders --rate 1000/s --save-positions place.json
  varve replay --resume place.json --save-positions place.json
  varve replay orders --from -1d --into orders-copy --partitioning by-key`,
    )
    .action(async (topics: readonly string[], options: ReplayCommandOptions, command: Command) => {
      const run = { topics, options, command, io, clock }
      if (options.into === undefined) await runReplay(run)
      else await runInto(run, options.into)
    })
}
