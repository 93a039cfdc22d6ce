// `varve group history`: what happened to the committed offsets of a group.
import type { Command } from 'commander'
import type { GroupHistoryEntry, GroupHistoryOptions } from '../../client/index.ts'
import { oneLine } from '../../text/one-line.ts'
import { formatCounted, formatMoment } from '../../text/quantities.ts'
import { UsageError } from '../exit-code.ts'
import { wantsJson } from '../global-options.ts'
import { integerOption, parseMoment } from '../option-values.ts'
import { withClient } from '../with-client.ts'
import type { GroupCommands } from './group-commands.ts'
import { historyTable } from './history-text.ts'

interface HistoryOptions {
  readonly topic?: string
  readonly partition?: number
  readonly from?: number
  readonly to?: number
  readonly resets?: true
  readonly max: number
}

const ENTRIES_DEFAULT = 100
/** What the broker tells at a time. */
const PAGE_ENTRIES_MAX = 1_000

/** Adds `history`. */
export function registerGroupHistory({ parent, io }: GroupCommands): void {
  parent
    .command('history <group>')
    .summary('show every commit and reset, newest first')
    .description(
      'Shows what happened to the committed offsets of a group, newest first: commits, resets, restores and undos, offsets that expired ' +
        'or lost their topic. Also of a group that was deleted, as long as the history knows it.',
    )
    .option('--topic <name>', 'only of this topic')
    .option(
      '--partition <p>',
      'only of this partition of it',
      integerOption('--partition', 0, 2 ** 31 - 1),
    )
    .option('--from <moment>', 'from then on', (text) => parseMoment('--from', text))
    .option('--to <moment>', 'before then', (text) => parseMoment('--to', text))
    .option('--resets', 'only resets, restores and undos')
    .option('--max <n>', 'at most so many', integerOption('--max', 1), ENTRIES_DEFAULT)
    .addHelpText(
      'after',
      `
Examples:
  varve group history billing
  varve group history billing --resets
  varve group history billing --topic orders --partition 3 --from 2026-07-01 --max 1000 --json`,
    )
    .action(async (group: string, options: HistoryOptions, command: Command) => {
      if (options.partition !== undefined && options.topic === undefined) {
        throw new UsageError('--partition goes with --topic')
      }
      const json = wantsJson(command)
      const { entries, knownFromMs, hasMore } = await withClient(command, io, async (client) => {
        const entries: GroupHistoryEntry[] = []
        let knownFromMs = 0
        for await (const page of client.admin().groupHistory(group, pageOptions(options))) {
          knownFromMs = page.knownFromMs
          entries.push(...page.entries)
          if (entries.length > options.max) break
        }
        const hasMore = entries.length > options.max
        return { entries: entries.slice(0, options.max), knownFromMs, hasMore }
      })
      if (json) {
        for (const entry of entries) io.print(JSON.stringify({ entry }))
        io.print(
          JSON.stringify({ history: { group, entries: entries.length, hasMore, knownFromMs } }),
        )
        return
      }
      if (entries.length > 0) io.print(historyTable(entries))
      io.print(endText(group, { entries: entries.length, knownFromMs, hasMore }))
    })
}

function pageOptions(options: HistoryOptions): GroupHistoryOptions {
  const { topic, partition, from, to, resets, max } = options
  return {
    ...(topic === undefined ? {} : { topic }),
    ...(partition === undefined ? {} : { partition }),
    ...(from === undefined ? {} : { fromMs: from }),
    ...(to === undefined ? {} : { toMs: to }),
    resetsOnly: resets === true,
    // One more tells whether there are more.
    pageSize: Math.min(max + 1, PAGE_ENTRIES_MAX),
  }
}

function endText(
  group: string,
  about: { readonly entries: number; readonly knownFromMs: number; readonly hasMore: boolean },
): string {
  const { entries, knownFromMs, hasMore } = about
  if (hasMore)
    return `the newest ${formatCounted(entries, 'entry').replace('entrys', 'entries')}: there are more, see --max`
  const known =
    knownFromMs === 0
      ? 'nothing of the history is forgotten yet'
      : `the history is whole from ${formatMoment(knownFromMs)} on`
  return entries === 0 ? `nothing of ${oneLine(group)}; ${known}` : known
}
