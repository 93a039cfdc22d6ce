// Keeps the metrics of one broker and writes them down as Prometheus reads them (text format 0.0.4:
// https://prometheus.io/docs/instrumenting/exposition_formats/). Invariant: what was observed once stays counted for as long as
// the registry lives, and what one part cannot tell takes nothing from the others. docs/adr says why this is not a package.
import type { Cancel } from './clock.ts'
import {
  type CounterName,
  type HistogramName,
  type LabelArguments,
  METRICS,
  type MetricDefinition,
  type MetricName,
} from './metric-table.ts'
import type { Counter, Histogram, Metrics, Report } from './metrics.ts'

/** What `MetricRegistry.render` returns, as HTTP calls it. */
export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/** Label values by label name, when they come from an untyped place. */
type Labels = Readonly<Record<string, string>>

class CounterSeries implements Counter {
  value = 0

  add(amount = 1): void {
    this.value += amount
  }
}

class HistogramSeries implements Histogram {
  readonly bounds: readonly number[]
  /** Observations up to each bound and above the one before; the last is for those above all. */
  readonly counts: Float64Array
  sum = 0

  constructor(bounds: readonly number[]) {
    this.bounds = bounds
    this.counts = new Float64Array(bounds.length + 1)
  }

  observe(value: number): void {
    const { bounds, counts } = this
    let bucket = 0
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket++
    counts[bucket] = (counts[bucket] as number) + 1
    this.sum += value
  }
}

export class MetricRegistry implements Metrics {
  /** By metric, then by its labels as they are written. */
  readonly #counters = new Map<MetricName, Map<string, CounterSeries>>()
  readonly #histograms = new Map<MetricName, Map<string, HistogramSeries>>()
  readonly #collectors = new Set<(report: Report) => void>()
  readonly #onFailure: (error: unknown) => void

  /** @param onFailure told of a part that failed at a scrape; unless given, the scrape fails with it. */
  constructor(onFailure?: (error: unknown) => void) {
    this.#onFailure = onFailure ?? rethrow
  }

  counter<N extends CounterName>(name: N, ...labels: LabelArguments<N>): Counter {
    return seriesIn(this.#counters, name, labels[0], () => new CounterSeries())
  }

  histogram<N extends HistogramName>(name: N, ...labels: LabelArguments<N>): Histogram {
    const { buckets } = METRICS[name]
    return seriesIn(this.#histograms, name, labels[0], () => new HistogramSeries(buckets))
  }

  onScrape(collect: (report: Report) => void): Cancel {
    // Of its own, so that the same function may be given twice.
    const own = (report: Report): void => {
      collect(report)
    }
    this.#collectors.add(own)
    return () => {
      this.#collectors.delete(own)
    }
  }

  /** Everything, in the order of the table; of a part that fails what it told before. */
  render(): string {
    const reported = this.#collect()
    const lines: string[] = []
    for (const name of Object.keys(METRICS) as MetricName[]) {
      const { kind, summary }: MetricDefinition = METRICS[name]
      const numbers = this.#numbersOf(name, reported.get(name))
      const histograms = this.#histograms.get(name)
      if (numbers.size === 0 && histograms === undefined) continue
      lines.push(`# HELP ${name} ${escapeHelp(summary)}`, `# TYPE ${name} ${kind}`)
      for (const [labels, value] of numbers) lines.push(sample(name, labels, value))
      for (const [labels, series] of histograms ?? []) writeHistogram(lines, name, labels, series)
    }
    return `${lines.join('\n')}\n`
  }

  #numbersOf(name: MetricName, reported: Map<string, number> | undefined): Map<string, number> {
    const numbers = new Map(reported)
    for (const [labels, { value }] of this.#counters.get(name) ?? []) {
      numbers.set(labels, (numbers.get(labels) ?? 0) + value)
    }
    return numbers
  }

  #collect(): Map<MetricName, Map<string, number>> {
    const values = new Map<MetricName, Map<string, number>>()
    const report: Report = (name, value, ...labels) => {
      const text = labelText(name, labels[0])
      const series = values.get(name)
      // Parts that report the same series (two engines, say) are one sum.
      if (series === undefined) values.set(name, new Map([[text, value]]))
      else series.set(text, (series.get(text) ?? 0) + value)
    }
    for (const collect of this.#collectors) {
      try {
        collect(report)
      } catch (error) {
        this.#onFailure(error)
      }
    }
    return values
  }
}

function rethrow(error: unknown): never {
  throw error
}

function seriesIn<Series>(
  all: Map<MetricName, Map<string, Series>>,
  name: MetricName,
  labels: Labels | undefined,
  make: () => Series,
): Series {
  let known = all.get(name)
  if (known === undefined) {
    known = new Map()
    all.set(name, known)
  }
  const text = labelText(name, labels)
  let series = known.get(text)
  if (series === undefined) {
    series = make()
    known.set(text, series)
  }
  return series
}

/** `a="1",b="2"` in the order of the table; empty without labels. */
function labelText(name: MetricName, labels: Labels | undefined): string {
  const names: readonly string[] = METRICS[name].labels
  if (names.length === 0) return ''
  return names.map((label) => `${label}="${escapeLabel(labels?.[label] ?? '')}"`).join(',')
}

function writeHistogram(
  lines: string[],
  name: string,
  labels: string,
  { bounds, counts, sum }: HistogramSeries,
): void {
  const before = labels === '' ? '' : `${labels},`
  let total = 0
  for (const [index, count] of counts.entries()) {
    total += count
    const bound = index < bounds.length ? String(bounds[index]) : '+Inf'
    lines.push(sample(`${name}_bucket`, `${before}le="${bound}"`, total))
  }
  lines.push(sample(`${name}_sum`, labels, sum), sample(`${name}_count`, labels, total))
}

function sample(name: string, labels: string, value: number): string {
  return `${name}${labels === '' ? '' : `{${labels}}`} ${numberText(value)}`
}

function numberText(value: number): string {
  if (value === Infinity) return '+Inf'
  return value === -Infinity ? '-Inf' : String(value)
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
