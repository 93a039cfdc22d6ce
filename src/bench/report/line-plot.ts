// Lines over two axes, as SVG that takes its colours from the style of the page. Invariant: nothing in it needs a script, a network or a
// pointer; what a pointer shows (titles) stands in a table beside it as well.
import { type Html, html } from './html.ts'
import type { PlotScale } from './plot-scale.ts'

export interface PlotLine {
  /** Which colour and mark, from 0. */
  readonly color: number
  /** What a pointer over it is told. */
  readonly title: string
  readonly points: readonly (readonly [x: number, y: number])[]
  /** `faint`: beside the one that counts, such as other repetitions. */
  readonly weight: 'strong' | 'faint'
  readonly dashed?: boolean
  /** Marks at the points, with a title each. */
  readonly pointTitles?: readonly string[]
}

export interface LinePlot {
  /** Says what is seen, for those who do not see it. */
  readonly description: string
  readonly xName: string
  readonly yName: string
  readonly x: PlotScale
  readonly y: PlotScale
  readonly xText: (value: number) => string
  readonly yText: (value: number) => string
  readonly lines: readonly PlotLine[]
}

export const COLORS = 6

const WIDTH = 440
const HEIGHT = 270
const LEFT = 56
const RIGHT = 16
const TOP = 30
const BOTTOM = 46
const MARK = 4

const across = (place: number): string => (LEFT + place * (WIDTH - LEFT - RIGHT)).toFixed(1)
const up = (place: number): string => (HEIGHT - BOTTOM - place * (HEIGHT - TOP - BOTTOM)).toFixed(1)

export function linePlot(plot: LinePlot): Html {
  const { x, y } = plot
  const yTicks = y.ticks.map((value) => {
    const at = up(y.place(value))
    return html`<line class="grid" x1="${across(0)}" x2="${across(1)}" y1="${at}" y2="${at}"/><text class="tick end" x="${LEFT - 8}" y="${at}" dy="0.35em">${plot.yText(value)}</text>`
  })
  const xTicks = x.ticks.map((value) => {
    const at = across(x.place(value))
    return html`<line class="grid" x1="${at}" x2="${at}" y1="${up(0)}" y2="${up(1)}"/><text class="tick middle" x="${at}" y="${HEIGHT - BOTTOM + 18}">${plot.xText(value)}</text>`
  })
  // The strong ones on top.
  const lines = [...plot.lines].sort(
    (a, b) => Number(a.weight === 'strong') - Number(b.weight === 'strong'),
  )
  return html`<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${plot.description}"><text class="axis" x="4" y="14">${plot.yName}</text>${yTicks}${xTicks}<line class="base" x1="${across(0)}" x2="${across(1)}" y1="${up(0)}" y2="${up(0)}"/><text class="axis end" x="${WIDTH - RIGHT}" y="${HEIGHT - 6}">${plot.xName}</text>${lines.map((line) => drawn(line, plot))}</svg>`
}

function drawn(line: PlotLine, { x, y }: LinePlot): Html {
  const places = line.points.map(([px, py]) => [across(x.place(px)), up(y.place(py))] as const)
  const path = places.map((at) => at.join(',')).join(' ')
  const color = line.color % COLORS
  const marks = (line.pointTitles ?? []).map((title, index) => {
    const [cx, cy] = places[index] ?? ['0', '0']
    return html`<g class="mark" transform="translate(${cx} ${cy})"><title>${title}</title>${markShape(color)}</g>`
  })
  return html`<g class="c${color} ${line.weight}"><polyline class="${line.dashed === true ? 'line dashed' : 'line'}" points="${path}"><title>${line.title}</title></polyline>${marks}</g>`
}

/** Colours alone do not tell systems apart for everybody. */
function markShape(color: number): Html {
  if (color === 0) return html`<circle r="${MARK}"/>`
  if (color === 1)
    return html`<rect x="${-MARK}" y="${-MARK}" width="${2 * MARK}" height="${2 * MARK}"/>`
  if (color === 2) return html`<path d="M0-5 5 4-5 4z"/>`
  if (color === 3) return html`<path d="M0-6 6 0 0 6-6 0z"/>`
  if (color === 4) return html`<path d="M0 5 5-4-5-4z"/>`
  return html`<path d="M-5-1h4v-4h2v4h4v2h-4v4h-2v-4h-4z"/>`
}

/** The mark of a colour, for legends. */
export function legendMark(color: number): Html {
  const of = color % COLORS
  return html`<svg class="key c${of} strong" viewBox="-12 -8 24 16" aria-hidden="true"><line class="line" x1="-12" x2="12" y1="0" y2="0"/><g class="mark">${markShape(of)}</g></svg>`
}
