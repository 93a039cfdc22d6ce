// What became of each workload between two reports, as text for a terminal.
import { oneLine } from '../../text/one-line.ts'
import { formatCounted } from '../../text/quantities.ts'
import { formatTable } from '../../text/table.ts'
import type { ComparedReport, ReportComparison } from './compare-reports.ts'
import { digitsText, NO_FIGURE, percentText } from './figure-text.ts'

/** Without a line break at its end. */
export function comparisonText(comparison: ReportComparison): string {
  const rows = comparison.workloads.flatMap((workload) => {
    const { latencyP99Ms: latency } = workload
    const p99 =
      latency === undefined
        ? NO_FIGURE
        : `${digitsText(latency.before)} -> ${digitsText(latency.after)}`
    const shares = workload.shares.map((share) => [
      oneLine(share.ceiling),
      percentText(share.before),
      percentText(share.after),
      share.ratio.toFixed(2),
      percentText(share.tolerance),
    ])
    const lines = shares.length === 0 ? [[NO_FIGURE, '', '', '', '']] : shares
    const said = workload.outcome === 'worse' || workload.outcome === 'broken'
    const outcome = said ? workload.outcome.toUpperCase() : workload.outcome
    const reason = workload.reason === undefined ? '' : `: ${oneLine(workload.reason)}`
    return lines.map((cells, index) => [
      index === 0 ? oneLine(workload.workload) : '',
      ...cells,
      index === 0 ? p99 : '',
      index === 0 ? outcome + reason : '',
    ])
  })
  const table = formatTable(
    [
      { heading: 'workload' },
      { heading: 'share of' },
      { heading: 'before', align: 'right' },
      { heading: 'after', align: 'right' },
      { heading: 'ratio', align: 'right' },
      { heading: 'noise', align: 'right' },
      { heading: 'p99 ms *', align: 'right' },
      { heading: '' },
    ],
    rows,
  )
  const bad = comparison.workloads.filter(
    ({ outcome }) => outcome === 'worse' || outcome === 'broken',
  ).length
  const compared = comparison.workloads.filter(
    ({ shares, outcome }) => shares.length > 0 || outcome === 'broken',
  ).length
  return [
    `before: ${reportText(comparison.before)}`,
    `after:  ${reportText(comparison.after)}`,
    '',
    table,
    '',
    '* absolute, for information: only shares of ceilings, which were measured in the same run, are compared',
    compared === 0
      ? 'NOTHING COMPARED: no workload has shares of the same ceilings in both reports (npm run bench -- --ceilings)'
      : comparison.regressed
        ? `REGRESSED: ${formatCounted(bad, 'workload')} of ${compared} that could be compared`
        : `no workload of ${compared} that could be compared became worse`,
  ].join('\n')
}

function reportText({ varve, commit, startedAt }: ComparedReport): string {
  const of = commit === undefined ? '' : `, commit ${commit.slice(0, 12)}`
  return oneLine(`varve ${varve}${of}, ${startedAt}`)
}
