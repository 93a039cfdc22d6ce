// A page that shows what is wrong with a history: for each partition with findings a grid of the offsets near them by the operations that touched them, in
// the order of time, and the same as lines. Invariant: it stands for itself, and says nothing that the history does not say.
import { CHECK_CLASSES } from './check-class.ts'
import type { CheckResult } from './check-history.ts'
import { describeResult } from './describe-result.ts'
import type { Finding } from './findings.ts'
import type { History } from './history.ts'
import { eventsAround } from './history-around.ts'
import { eventLine, type HistoryEvent, type ReadStretch } from './history-events.ts'

/** Findings that are drawn. */
const DRAWN_MAX = 16
/** Offsets on both sides. */
const DISTANCE = 6
const CELL_WIDTH = 74
const ROW_HEIGHT = 20
const NAMES_WIDTH = 220

interface Row {
  readonly name: string
  readonly kind: 'send' | 'poll'
  readonly cells: ReadonlyMap<number, string>
}

export function historyPage(history: History, result: CheckResult): string {
  const drawn = onePerPlace(result.findings).slice(0, DRAWN_MAX)
  const parts = drawn.map((finding) => findingPart(history, finding))
  return `<!doctype html><meta charset="utf-8"><title>What the history shows</title>
<style>body{font:14px sans-serif;margin:2em}pre{background:#f4f4f4;padding:1em;overflow:auto}text{font:11px monospace}</style>
<h1>What the history shows</h1>
<pre>${escaped(describeResult(result, history, 5))}</pre>
${parts.join('\n')}
`
}

/** Of findings of the same class at the same offset the first. */
function onePerPlace(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>()
  return findings.filter((finding) => {
    const place = `${finding.class} ${finding.key} ${finding.offset}`
    if (finding.key === undefined || finding.offset === undefined || seen.has(place)) return false
    seen.add(place)
    return true
  })
}

function findingPart(history: History, finding: Finding): string {
  const { key = 0, offset = 0, text } = finding
  const events = eventsAround(history, key, offset, DISTANCE)
  const name = history.keys[key]?.name ?? ''
  const near = eventsAround(history, key, offset).map(eventLine)
  const title = `${finding.class} ${CHECK_CLASSES[finding.class].name}: ${name} at ${offset}`
  return `<h2>${escaped(title)}</h2><p>${escaped(text)}</p>
${grid(rowsOf(events), offset)}
<details><summary>${near.length} events around it</summary><pre>${escaped(near.join('\n'))}</pre></details>`
}

function rowsOf(events: readonly HistoryEvent[]): Row[] {
  const values = new Map<number | undefined, readonly number[]>()
  const rows: Row[] = []
  for (const { f, op, p = '', type, t, value } of events) {
    if (f === 'send' && type === 'invoke') values.set(op, value['vs'] as number[])
    else if (f === 'send' && type === 'ok') {
      const base = value['base'] as number
      const cells = (values.get(op) ?? []).map((one, index) => [base + index, `${one}`] as const)
      rows.push({ name: `${t} ${p} sent`, kind: 'send', cells: new Map(cells) })
    } else if (f === 'poll' && value['records'] !== undefined) {
      const records = (value['records'] as ReadStretch[]).flatMap(([, list]) => list)
      const cells = records.map(([at, one]) => [at, one === null ? '?' : `${one}`] as const)
      rows.push({ name: `${t} ${p} read`, kind: 'poll', cells: new Map(cells) })
    }
  }
  return rows
}

function grid(rows: readonly Row[], offset: number): string {
  const first = Math.max(0, offset - DISTANCE)
  const count = 2 * DISTANCE + 1
  const width = NAMES_WIDTH + count * CELL_WIDTH
  const x = (at: number): number => NAMES_WIDTH + (at - first) * CELL_WIDTH
  const head = Array.from({ length: count }, (_, index) => {
    const at = first + index
    return `<text x="${x(at) + 4}" y="14" fill="${at === offset ? 'crimson' : 'black'}">${at}</text>`
  })
  const lines = rows.map(({ name, kind, cells }, index) => {
    const y = (index + 1) * ROW_HEIGHT
    const fill = kind === 'send' ? '#cfe3ff' : '#d8f2d8'
    const drawn = [...cells].map(([at, value]) =>
      at < first || at >= first + count
        ? ''
        : `<rect x="${x(at)}" y="${y}" width="${CELL_WIDTH - 2}" height="${ROW_HEIGHT - 2}" fill="${fill}"${at === offset ? ' stroke="crimson"' : ''}/>` +
          `<text x="${x(at) + 4}" y="${y + 13}">${escaped(value)}</text>`,
    )
    return `<text x="0" y="${y + 13}">${escaped(name)}</text>${drawn.join('')}`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${(rows.length + 1) * ROW_HEIGHT}">${head.join('')}${lines.join('')}</svg>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
