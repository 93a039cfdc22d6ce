// The report of a bench run as one page of HTML: no script, no network, readable in light and dark, on a phone and on paper. Invariant: all text of
// the report is escaped by the template, and what failed its check has its findings in the place of figures.
import { formatCount } from '../../text/quantities.ts'
import type { BenchReport, WorkloadResult } from '../figures.ts'
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
import { type Html, html } from './html.ts'
import { PAGE_STYLE } from './html-style.ts'
import { COLORS, legendMark } from './line-plot.ts'
import {
  byWorkload,
  ceilingSpread,
  environmentFacts,
  failedItsCheck,
  latencies,
  mainLatency,
  overallVerdict,
  shownRun,
  sidesOf,
  systemNames,
  systemText,
  unequalSettings,
  type WorkloadPart,
  workloadWords,
} from './report-parts.ts'
import { type ColorOf, latencyPlot, rateBars, ratePlot, stallPlot } from './workload-plots.ts'

/** The file, whole. */
export function htmlReport(report: BenchReport): string {
  const systems = systemNames(report)
  const colorOf: ColorOf = (system) => Math.max(0, systems.indexOf(system)) % COLORS
  const parts = byWorkload(report)
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>varve bench, ${report.plan}, ${report.startedAt}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
${headerOf(report)}
${goalsOf(report)}
${summaryOf(report, parts)}
${parts.map((part, index) => workloadOf(report, part, index, colorOf))}
${ceilingsOf(report)}
${settingsOf(report)}
${READING}
</main>
</body>
</html>
`
  return page.text
}

function headerOf(report: BenchReport): Html {
  const verdict = overallVerdict(report)
  return html`<header>
<h1>varve bench: ${report.plan}</h1>
<p class="banner ${verdict.good ? 'good' : 'bad'}">${capital(verdict.text)}.</p>
<section><dl class="facts">${environmentFacts(report).map(
    ([name, value]) =>
      html`<dt>${name}</dt><dd>${name === 'command' ? html`<code>${value}</code>` : value}</dd>`,
  )}</dl></section>
</header>`
}

function goalsOf(report: BenchReport): Html | undefined {
  if (report.goals.length === 0) return undefined
  return html`<section><h2>Goals</h2><div class="wide" tabindex="0"><table><thead><tr><th class="text">goal</th><th class="text">wanted</th><th class="text">measured</th><th class="text"></th></tr></thead><tbody>${report.goals.map(
    (goal) =>
      html`<tr><th class="words">${goal.name}</th><td class="text words">${goal.wanted}</td><td class="text words">${goal.measured}</td><td class="text"><b class="${goal.met ? 'good' : 'bad'}">${goal.met ? '✓ met' : '✗ not met'}</b></td></tr>`,
  )}</tbody></table></div></section>`
}

function summaryOf(report: BenchReport, parts: readonly WorkloadPart[]): Html {
  const several = systemNames(report).length > 1
  const rows = parts.flatMap(({ workload, results }, part) =>
    results.map((result, index) => {
      const run = shownRun(result)
      const name =
        index === 0
          ? html`<th class="text"><a href="#w${part + 1}">${workload.name}</a></th>`
          : html`<th></th>`
      const system = several ? html`<td class="text">${systemText(result)}</td>` : undefined
      const cells =
        run === undefined
          ? html`<td class="text words" colspan="9">${noFigures(result)}</td>`
          : html`${[
              countText(run.recordsPerSecond),
              megabytesText(run.bytesPerSecond),
              percentText(result.spread),
              ...latencyCells(result),
              ...[bestShare(result)],
            ].map((text) => html`<td>${text}</td>`)}<td class="text">${shortVerdict(result)}</td>`
      return html`<tr class="${index === 0 && part > 0 ? 'next' : ''}">${name}${system}${cells}</tr>`
    }),
  )
  return html`<section><h2>Summary</h2><p class="soft">The repetition in the middle; the largest latency of all repetitions. Latencies in milliseconds: to the hand of a consumer where a workload has both sides, else to the acknowledgement. Of ceilings, the one that stands lowest counts.</p><div class="wide" tabindex="0"><table><thead><tr><th class="text">workload</th>${several ? html`<th class="text">system</th>` : undefined}<th>records/s</th><th>MB/s</th><th>spread</th><th>p50</th><th>p99</th><th>p99.9</th><th>max</th><th>of ceiling</th><th class="text">check</th></tr></thead><tbody>${rows}</tbody></table></div></section>`
}

function latencyCells(result: WorkloadResult): string[] {
  const percentiles = mainLatency(result)?.percentiles
  return [percentiles?.p50, percentiles?.p99, percentiles?.p999, percentiles?.max].map(digitsText)
}

/** Of the ceiling that stands lowest, which is the one that it could reach. */
function bestShare(result: WorkloadResult): string {
  if (result.shares.length === 0) return NO_FIGURE
  return percentText(Math.max(...result.shares.map(({ share }) => share)))
}

function shortVerdict(result: WorkloadResult): Html {
  return result.verdict.checked
    ? html`<span class="good">✓</span> ${formatCount(result.verdict.readBack)} records`
    : html`<span class="soft">not checked</span>`
}

function noFigures(result: WorkloadResult): Html {
  const reason = result.failure ?? 'nothing was measured'
  return failedItsCheck(result)
    ? html`<b class="bad">✗ failed the check</b>: ${verdictText(result.verdict)}`
    : html`<span class="soft">no figures: ${reason}</span>`
}

function workloadOf(
  report: BenchReport,
  part: WorkloadPart,
  index: number,
  colorOf: ColorOf,
): Html {
  const shown = part.results.filter((result) => shownRun(result) !== undefined)
  const plots = [
    ['Rate over time', ratePlot(part, colorOf)],
    ['Latency by percentile', latencyPlot(part, colorOf)],
    ['Largest latency over time', stallPlot(part, colorOf)],
  ].flatMap(([title, plot]) =>
    plot === undefined ? [] : [html`<div><h3>${title}</h3>${plot}</div>`],
  )
  const dashed = part.results.some((result) =>
    latencies(result).some(({ name }) => name === 'end to end'),
  )
  return html`<section id="w${index + 1}"><h2>${index + 1}. ${part.workload.name}</h2>
<p class="soft">${capital(workloadWords(part.workload).join(', '))}.</p>
${part.results.map(faultOf)}
${rateBars(part, report.ceilings, colorOf)}
${plots.length === 0 ? undefined : html`<ul class="legend">${shown.map((result) => html`<li>${legendMark(colorOf(systemText(result)))}${systemText(result)}</li>`)}<li class="soft">strong: the repetition in the middle; faint: the others${dashed ? '; dashed: end to end' : ''}</li></ul><div class="plots">${plots}</div>`}
${shown.length === 0 ? undefined : html`${latencyTable(shown)}${costTable(shown)}`}
${shown.map(restartOf)}
${shown.map((result) => html`<p class="verdict">${result.verdict.checked ? html`<span class="good">✓</span> ` : undefined}<b>${systemText(result)}</b>: ${verdictText(result.verdict)}${shareText(result)}.</p>`)}
</section>`
}

function faultOf(result: WorkloadResult): Html | undefined {
  if (shownRun(result) !== undefined) return undefined
  if (!failedItsCheck(result)) {
    return html`<p><b>${systemText(result)}</b>: ${noFigures(result)}</p>`
  }
  return html`<div class="fault"><b class="bad">✗ ${systemText(result)} failed the check: ${verdictText(result.verdict)}.</b> No figures are shown. ${result.failure}<ul>${result.verdict.findings.map((finding) => html`<li>${finding}</li>`)}</ul></div>`
}

function shareText(result: WorkloadResult): string {
  return result.shares.map(({ ceiling, share }) => `; ${percentText(share)} of ${ceiling}`).join('')
}

function restartOf(result: WorkloadResult): Html | undefined {
  const restart = shownRun(result)?.restart
  if (restart === undefined) return undefined
  return html`<p><b>${systemText(result)}</b>: down for ${digitsText(restart.downMs)} ms, started in ${digitsText(restart.startMs)} ms, first record after ${digitsText(restart.firstRecordMs)} ms.</p>`
}

function latencyTable(results: readonly WorkloadResult[]): Html {
  const rows = results.flatMap((result) =>
    latencies(result).map(({ name, percentiles: of }, index) => ({
      result: index === 0 ? systemText(result) : '',
      cells: [name, ...[of.p50, of.p90, of.p99, of.p999, of.max].map(digitsText)],
    })),
  )
  if (rows.length === 0) return html``
  return html`<div class="wide" tabindex="0"><table><thead><tr><th class="text">latency, ms</th><th class="text"></th><th>p50</th><th>p90</th><th>p99</th><th>p99.9</th><th>max</th></tr></thead><tbody>${rows.map(
    ({ result, cells }) =>
      html`<tr><th>${result}</th>${cells.map((cell, index) => html`<td class="${index === 0 ? 'text' : ''}">${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

function costTable(results: readonly WorkloadResult[]): Html {
  const sides = results.flatMap((result) =>
    sidesOf(result).map(({ side, figures }, index) => ({
      system: index === 0 ? systemText(result) : '',
      side,
      figures,
    })),
  )
  const columns = costColumns(sides.map(({ figures }) => figures))
  return html`<div class="wide" tabindex="0"><table><thead><tr><th class="text">cost</th><th class="text">side</th>${columns.map((column) => html`<th>${column.heading}</th>`)}</tr></thead><tbody>${sides.map(
    ({ system, side, figures }) =>
      html`<tr><th>${system}</th><td class="text">${side}</td>${columns.map((column) => html`<td>${column.text(figures)}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

function ceilingsOf(report: BenchReport): Html | undefined {
  if (report.ceilings.length === 0) return undefined
  return html`<section><h2>Ceilings</h2><p class="soft">What this machine did at best for the same bytes, in this run, with no log behind it.</p><div class="wide" tabindex="0"><table><thead><tr><th class="text">ceiling</th><th>message</th><th>MB/s</th><th>spread</th><th>client CPU s/GB</th><th>server CPU s/GB</th></tr></thead><tbody>${report.ceilings.map(
    (ceiling) =>
      html`<tr><th>${ceiling.name}</th>${[
        ceiling.messageBytes === undefined ? NO_FIGURE : sizeText(ceiling.messageBytes),
        megabytesText(ceiling.medianBytesPerSecond),
        percentText(ceilingSpread(ceiling)),
        digitsText(ceiling.clientCpuSecondsPerGigabyte),
        digitsText(ceiling.serverCpuSecondsPerGigabyte),
      ].map((text) => html`<td>${text}</td>`)}</tr>`,
  )}</tbody></table></div></section>`
}

function settingsOf(report: BenchReport): Html | undefined {
  const unequal = unequalSettings(report)
  const all = report.results.filter((result) => result.settings.length > 0)
  if (all.length === 0) return undefined
  const rows = all.flatMap((result) =>
    result.settings.map(
      (setting) =>
        html`<tr><th>${systemText(result)}</th><td class="text words">${result.workload.name}</td><td class="text">${setting.name}</td><td class="text words">${setting.value}</td><td class="text">${setting.equal ? 'same' : html`<b>differs</b>`}</td><td class="text words">${setting.note}</td></tr>`,
    ),
  )
  return html`<section><h2>Settings</h2>${
    unequal.length === 0
      ? html`<p>Every setting means the same in all systems.</p>`
      : html`<p class="soft">What could not be made as it is in varve:</p><ul>${unequal.map(
          ({ system, setting, workloads }) =>
            html`<li><b>${system}</b>, ${setting.name}: ${setting.value}${setting.note === undefined ? undefined : html` <span class="soft">(${setting.note})</span>`}${workloads === undefined ? undefined : html` <span class="soft">in ${workloads.join(', ')}</span>`}</li>`,
        )}</ul>`
  }<details><summary>All settings of all systems</summary><div class="wide" tabindex="0"><table><thead><tr><th class="text">system</th><th class="text">workload</th><th class="text">setting</th><th class="text">value</th><th class="text">as in varve</th><th class="text">note</th></tr></thead><tbody>${rows}</tbody></table></div></details></section>`
}

const READING = html`<section><h2>How to read this</h2>
<p><b>Compare only what stands in one report.</b> Absolute figures are those of this machine on that day; shares of ceilings and ratios between systems of one run are what counts. Every bar is the repetition in the middle, its ticks are all repetitions. MB are 10<sup>6</sup> bytes of values, without framing.</p>
<p><b>Spread</b> is what lies between the fastest and the slowest repetition, as a part of the one in the middle: differences that are smaller say nothing. <b>max</b> is the largest latency of all repetitions. At a fixed rate a latency counts from when the schedule wanted a record sent, so a stall delays every record that it held up; <b>sent late</b> is how much of it the bench itself caused.</p>
<p><b>The check</b> reads everything back: each record says who it is and has a checksum. A result whose records were lost, doubled, reordered or altered has no figures.</p></section>`

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
