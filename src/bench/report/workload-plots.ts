// The plots of one workload: rates over time, the largest latencies over time, latency by percentile, and bars. Invariant: all plots of a report give a
// system the same colour, and every repetition is drawn, not only the best or the one in the middle.

import { formatCount } from '../../text/quantities.ts'
import type { CeilingFigures, RunFigures, WorkloadResult } from '../figures.ts'
import { digitsText, megabytesText, percentText } from './figure-text.ts'
import { type Html, html } from './html.ts'
import { linePlot, type PlotLine } from './line-plot.ts'
import { exactScale, linearScale, logScale, type PlotScale } from './plot-scale.ts'
import {
  type LatencyName,
  latencyOf,
  shownRun,
  systemText,
  type WorkloadPart,
} from './report-parts.ts'

export type ColorOf = (system: string) => number

/** Below this a rate in records says more than one in bytes. */
const SMALL_RECORD_BYTES = 512

/** A rate with its unit, whichever says more for records of that size. */
function rateUnit(part: WorkloadPart): {
  readonly name: string
  readonly of: (rates: {
    readonly recordsPerSecond: number
    readonly bytesPerSecond: number
  }) => number
  readonly text: (rate: number) => string
} {
  return part.workload.recordBytes < SMALL_RECORD_BYTES || part.workload.recordsPerSecond > 0
    ? { name: 'records/s', of: (rates) => rates.recordsPerSecond, text: shortCount }
    : { name: 'MB/s', of: (rates) => rates.bytesPerSecond / 1e6, text: formatTick }
}

/** All repetitions that are shown, each with its system. */
function repetitions(part: WorkloadPart): {
  readonly result: WorkloadResult
  readonly run: RunFigures
  readonly number: number
  readonly middle: boolean
}[] {
  return part.results.flatMap((result) => {
    const median = shownRun(result)
    if (median === undefined) return []
    const middle = result.runs.findIndex((run) => isSameRun(run, median))
    return result.runs.map((run, index) => ({
      result,
      run,
      number: index + 1,
      middle: index === middle || (middle < 0 && index === 0),
    }))
  })
}

/** Also when both were read from JSON, where they are two objects. */
function isSameRun(a: RunFigures, b: RunFigures): boolean {
  return (
    a === b ||
    (a.records === b.records &&
      a.seconds === b.seconds &&
      a.client.cpuSeconds === b.client.cpuSeconds)
  )
}

export function ratePlot(part: WorkloadPart, colorOf: ColorOf): Html | undefined {
  const shown = repetitions(part).filter(({ run }) => run.timeline.length > 1)
  if (shown.length === 0) return undefined
  const unit = rateUnit(part)
  const lines = shown.map(
    ({ result, run, number, middle }): PlotLine => ({
      color: colorOf(systemText(result)),
      title: `${systemText(result)}, repetition ${number}`,
      points: run.timeline.map((point) => [point.atSeconds, unit.of(point)]),
      weight: middle ? 'strong' : 'faint',
    }),
  )
  return linePlot({
    description: `${unit.name} over time for ${part.workload.name}`,
    xName: 'seconds',
    yName: unit.name,
    x: exactScale(largestOf(lines, 0)),
    y: linearScale(largestOf(lines, 1)),
    xText: formatTick,
    yText: unit.text,
    lines,
  })
}

/** Where stalls are seen. */
export function stallPlot(part: WorkloadPart, colorOf: ColorOf): Html | undefined {
  const lines = repetitions(part).flatMap(({ result, run, number, middle }): PlotLine[] => {
    const points = run.timeline.flatMap(({ atSeconds, latencyMaxMs }) =>
      latencyMaxMs === undefined || !(latencyMaxMs > 0) ? [] : [[atSeconds, latencyMaxMs] as const],
    )
    if (points.length < 2) return []
    const title = `${systemText(result)}, repetition ${number}`
    const weight = middle ? 'strong' : 'faint'
    return [{ color: colorOf(systemText(result)), title, points, weight }]
  })
  if (lines.length === 0) return undefined
  return linePlot({
    description: `largest latency over time for ${part.workload.name}`,
    xName: 'seconds',
    yName: 'largest latency, ms',
    x: exactScale(largestOf(lines, 0)),
    y: logScale(lines.flatMap(({ points }) => points.map(([, y]) => y))),
    xText: formatTick,
    yText: formatTick,
    lines,
  })
}

/** At which share of records each percentile stands: each step to the right is a tenth of the records that are slower. */
const PERCENTILES = [
  ['p50', '50', 0.301],
  ['p90', '90', 1],
  ['p99', '99', 2],
  ['p999', '99.9', 3],
  ['max', 'max', 4],
] as const

const PERCENTILE_SCALE: PlotScale = {
  place: (value) => 0.03 + 0.94 * ((value - 0.301) / (4 - 0.301)),
  ticks: PERCENTILES.map(([, , at]) => at),
}

export function latencyPlot(part: WorkloadPart, colorOf: ColorOf): Html | undefined {
  const lines = repetitions(part).flatMap((shown) =>
    (['ack', 'end to end'] as const).flatMap((name) => latencyLine(name, shown, colorOf)),
  )
  if (lines.length === 0) return undefined
  return linePlot({
    description: `latency by percentile for ${part.workload.name}`,
    xName: 'percentile of records',
    yName: 'latency, ms',
    x: PERCENTILE_SCALE,
    y: logScale(lines.flatMap(({ points }) => points.map(([, y]) => y))),
    xText: (value) => PERCENTILES.find(([, , at]) => at === value)?.[1] ?? '',
    yText: formatTick,
    lines,
  })
}

function latencyLine(
  name: LatencyName,
  { result, run, number, middle }: ReturnType<typeof repetitions>[number],
  colorOf: ColorOf,
): PlotLine[] {
  const percentiles = latencyOf(run, name)
  if (percentiles === undefined) return []
  const title = `${systemText(result)}, ${name}, repetition ${number}`
  return [
    {
      color: colorOf(systemText(result)),
      title,
      points: PERCENTILES.map(([field, , at]) => [at, percentiles[field]]),
      weight: middle ? 'strong' : 'faint',
      dashed: name === 'end to end',
      ...(middle
        ? {
            pointTitles: PERCENTILES.map(
              ([field, percentile]) =>
                `${title}, ${percentile}: ${digitsText(percentiles[field])} ms`,
            ),
          }
        : {}),
    },
  ]
}

interface Bar {
  readonly name: string
  readonly value: number
  /** Beside the number. */
  readonly note: string
  /** Of a system; undefined for a ceiling. */
  readonly color: number | undefined
  /** Of the repetitions. */
  readonly marks: readonly number[]
}

/** Rates of all systems, and the ceilings that the workload has shares of. */
export function rateBars(
  part: WorkloadPart,
  ceilings: readonly CeilingFigures[],
  colorOf: ColorOf,
): Html | undefined {
  const shown = part.results.flatMap((result) => {
    const run = shownRun(result)
    return run === undefined ? [] : [{ result, run }]
  })
  const first = shown[0]
  if (first === undefined) return undefined
  const systems = shown.map(({ result, run }, index): Bar => {
    const compared = run.bytesPerSecond / first.run.bytesPerSecond
    const note = index === 0 ? '' : `${compared.toFixed(2)} x ${first.result.system}`
    return {
      name: systemText(result),
      value: run.bytesPerSecond,
      note,
      color: colorOf(systemText(result)),
      marks: result.runs.map((each) => each.bytesPerSecond),
    }
  })
  const shares = shown.flatMap(({ result }) => result.shares)
  const bars = [
    ...systems,
    ...ceilings.flatMap((ceiling): Bar[] => {
      const share = shares.find((each) => each.ceiling === ceiling.name)
      if (share === undefined) return []
      return [
        {
          name: ceiling.name,
          value: ceiling.medianBytesPerSecond,
          note: `${first.result.system} reaches ${percentText(share.share)}`,
          color: undefined,
          marks: ceiling.bytesPerSecond,
        },
      ]
    }),
  ]
  const longest = bars.reduce(
    (largest, bar) => Math.max(largest, bar.value, ...bar.marks),
    Number.MIN_VALUE,
  )
  const width = (value: number): string => `${((value / longest) * 100).toFixed(2)}%`
  return html`<div class="bars">${bars.map(
    (bar) =>
      html`<div class="name">${bar.name}</div><div class="value"><b>${megabytesText(bar.value)}</b> MB/s <span>${bar.note}</span></div><div class="track"><div class="bar ${bar.color === undefined ? 'ceiling' : `b${bar.color}`}" style="width:${width(bar.value)}"></div>${bar.marks.map((mark) => html`<i style="left:${width(mark)}"></i>`)}</div>`,
  )}</div>`
}

function largestOf(lines: readonly PlotLine[], axis: 0 | 1): number {
  return lines.reduce(
    (largest, line) => line.points.reduce((of, point) => Math.max(of, point[axis]), largest),
    0,
  )
}

/** A number beside an axis, without digits that say nothing. */
function formatTick(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`
  return value >= 1000 ? formatCount(value) : String(Number(value.toPrecision(3)))
}

/** 250,000 as `250k`. */
function shortCount(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`
  return value >= 1e4 ? `${Number((value / 1e3).toPrecision(3))}k` : formatTick(value)
}
