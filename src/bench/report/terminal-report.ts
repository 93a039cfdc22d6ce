// The report of a bench run as text for a terminal, in lines of at most 120 columns where its words allow it. Invariant: a result without figures has its
// reason in their place, and text from elsewhere (errors, notes, names) cannot play tricks on a terminal.
import { oneLine, wrapText } from '../../text/one-line.ts'
import { type Column, formatTable } from '../../text/table.ts'
import type { BenchReport, CeilingFigures, WorkloadResult } from '../figures.ts'
import { costColumns } from './cost-columns.ts'
import {
  countText,
  digitsText,
  megabytesText,
  NO_FIGURE,
  percentText,
  sizeText,
  verdictText,
} from './figure-text.ts'
import {
  byWorkload,
  ceilingSpread,
  environmentFacts,
  failedItsCheck,
  latencies,
  overallVerdict,
  shownRun,
  sidesOf,
  systemText,
  unequalSettings,
  type WorkloadPart,
  workloadWords,
} from './report-parts.ts'

const COLUMNS = 116
const INDENT = '  '
const NO_BREAK = '\u00a0'
/** More are in the JSON. */
const FINDINGS_SHOWN = 5

/** All of it, without a line break at its end. */
export function terminalReport(report: BenchReport): string {
  return [
    header(report),
    ...(report.ceilings.length > 0 ? [ceilingsText(report.ceilings)] : []),
    ...byWorkload(report).map(workloadText),
    ...settingsText(report),
    ...goalsText(report),
    wrapText(oneLine(overallVerdict(report).text), COLUMNS).join('\n'),
  ].join('\n\n')
}

function header(report: BenchReport): string {
  const facts = environmentFacts(report)
  const width = Math.max(...facts.map(([name]) => name.length))
  const lines = facts.flatMap(([name, value]) =>
    hanging(`${INDENT}${name.padEnd(width)}  `, oneLine(value)),
  )
  return ['varve bench', ...lines].join('\n')
}

function ceilingsText(ceilings: readonly CeilingFigures[]): string {
  const table = formatTable(
    [
      { heading: 'ceiling' },
      right('message'),
      right('MB/s'),
      right('spread'),
      right('client CPU s/GB'),
      right('server CPU s/GB'),
    ],
    ceilings.map((ceiling) => [
      oneLine(ceiling.name),
      ceiling.messageBytes === undefined ? NO_FIGURE : sizeText(ceiling.messageBytes),
      megabytesText(ceiling.medianBytesPerSecond),
      percentText(ceilingSpread(ceiling)),
      digitsText(ceiling.clientCpuSecondsPerGigabyte),
      digitsText(ceiling.serverCpuSecondsPerGigabyte),
    ]),
  )
  return `Ceilings: what this machine does at best for the same bytes, in this run\n${indented(table)}`
}

function workloadText({ workload, results }: WorkloadPart, index: number): string {
  const shown = results.filter((result) => shownRun(result) !== undefined)
  return [
    `${index + 1}. ${oneLine(workload.name)}`,
    ...hanging(INDENT, workloadWords(workload).map(unbroken).join(', ')),
    ...(shown.length > 0
      ? ['', indented(ratesTable(shown)), '', indented(costsTable(shown)), '']
      : []),
    ...results.flatMap(restartLines),
    ...results.flatMap(shareLines),
    ...results.flatMap(verdictLines),
  ].join('\n')
}

function ratesTable(results: readonly WorkloadResult[]): string {
  return formatTable(
    [
      { heading: 'system' },
      right('records/s'),
      right('MB/s'),
      right('spread'),
      { heading: '  latency' },
      right('p50 ms'),
      right('p90 ms'),
      right('p99 ms'),
      right('p99.9 ms'),
      right('max ms'),
    ],
    results.flatMap((result) => {
      const run = shownRun(result)
      const rates = [
        oneLine(systemText(result)),
        countText(run?.recordsPerSecond),
        megabytesText(run?.bytesPerSecond),
        percentText(result.spread),
      ]
      const rows = latencies(result).map(({ name, percentiles: of }) => [
        `  ${name}`,
        ...[of.p50, of.p90, of.p99, of.p999, of.max].map(digitsText),
      ])
      if (rows.length === 0) return [[...rates, `  ${NO_FIGURE}`]]
      return rows.map((row, index) => [...(index === 0 ? rates : rates.map(() => '')), ...row])
    }),
  )
}

function costsTable(results: readonly WorkloadResult[]): string {
  const sides = results.flatMap((result) =>
    sidesOf(result).map(({ side, figures }, index) => ({
      system: index === 0 ? oneLine(systemText(result)) : '',
      side,
      figures,
    })),
  )
  const columns = costColumns(sides.map(({ figures }) => figures))
  return formatTable(
    [{ heading: 'system' }, { heading: 'side' }, ...columns.map((column) => right(column.heading))],
    sides.map(({ system, side, figures }) => [
      system,
      side,
      ...columns.map((column) => column.text(figures)),
    ]),
  )
}

function restartLines(result: WorkloadResult): string[] {
  const restart = shownRun(result)?.restart
  if (restart === undefined) return []
  const [down, start, first] = [restart.downMs, restart.startMs, restart.firstRecordMs].map(
    digitsText,
  )
  return hanging(
    `${INDENT}${oneLine(systemText(result))}: `,
    `down ${down} ms, started ${start} ms, first record ${first} ms`,
  )
}

function shareLines(result: WorkloadResult): string[] {
  if (shownRun(result) === undefined || result.shares.length === 0) return []
  const shares = result.shares.map(
    ({ ceiling, share }) => `${percentText(share)} of ${oneLine(ceiling)}`,
  )
  return hanging(`${INDENT}${oneLine(systemText(result))}: `, shares.join(', '))
}

/** The verdict, or what stands in place of figures. */
function verdictLines(result: WorkloadResult): string[] {
  const start = `${INDENT}${oneLine(systemText(result))}: `
  if (result.failure === undefined && shownRun(result) !== undefined) {
    return hanging(start, verdictText(result.verdict))
  }
  const { verdict } = result
  const failed = failedItsCheck(result)
  const findings = verdict.findings
    .slice(0, FINDINGS_SHOWN)
    .flatMap((finding) => hanging(`${INDENT}${INDENT}- `, oneLine(finding)))
  const rest = verdict.findings.length - FINDINGS_SHOWN
  return [
    ...hanging(start, `no figures: ${oneLine(result.failure ?? 'nothing was measured')}`),
    ...(failed ? hanging(`${INDENT}${INDENT}`, `the check FAILED: ${verdictText(verdict)}`) : []),
    ...findings,
    ...(rest > 0 ? [`${INDENT}${INDENT}and ${rest} more`] : []),
  ]
}

function settingsText(report: BenchReport): string[] {
  const settings = unequalSettings(report)
  if (settings.length === 0) return []
  const lines = settings.flatMap(({ system, setting, workloads }) => {
    const note = setting.note === undefined ? '' : ` (${setting.note})`
    const where = workloads === undefined ? '' : `; in ${workloads.join(', ')}`
    return hanging(
      `${INDENT}${oneLine(system)}  `,
      oneLine(`${setting.name}: ${setting.value}${note}${where}`),
    )
  })
  return [['Settings that are not as those of varve', ...lines].join('\n')]
}

function goalsText(report: BenchReport): string[] {
  if (report.goals.length === 0) return []
  const table = formatTable(
    [{ heading: 'goal' }, { heading: 'wanted' }, { heading: 'measured' }, { heading: '' }],
    report.goals.map((goal) => [
      oneLine(goal.name),
      oneLine(goal.wanted),
      oneLine(goal.measured),
      goal.met ? 'met' : 'NOT MET',
    ]),
  )
  return [`Goals\n${indented(table)}`]
}

/** Kept in one line by `hanging`. */
function unbroken(text: string): string {
  return text.replaceAll(' ', NO_BREAK)
}

function right(heading: string): Column {
  return { heading, align: 'right' }
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `${INDENT}${line}`)
    .join('\n')
}

/** `start` and the text, whose further lines stand under its first word. */
function hanging(start: string, text: string): string[] {
  const space = ' '.repeat(start.length)
  return wrapText(text, Math.max(20, COLUMNS - start.length)).map(
    (line, index) => `${index === 0 ? start : space}${line.replaceAll(NO_BREAK, ' ')}`,
  )
}
