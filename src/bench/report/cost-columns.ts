// What one side took from the machine, column by column: the same for the terminal and the page.
import { formatBytes } from '../../text/quantities.ts'
import type { SideFigures } from '../figures.ts'
import { countText, digitsText, NO_FIGURE } from './figure-text.ts'

export interface CostColumn {
  readonly heading: string
  readonly always: boolean
  readonly text: (side: SideFigures) => string
}

const COSTS: readonly CostColumn[] = [
  {
    heading: 'CPU s/M rec',
    always: true,
    text: (side) => digitsText(side.cpuSecondsPerMillionRecords),
  },
  { heading: 'CPU s/GB', always: true, text: (side) => digitsText(side.cpuSecondsPerGigabyte) },
  { heading: 'resident', always: true, text: (side) => formatBytes(side.residentBytes) },
  { heading: 'writes', always: false, text: (side) => countText(side.writes) },
  { heading: 'syncs', always: false, text: (side) => countText(side.syncs) },
  { heading: 'reads', always: false, text: (side) => countText(side.reads) },
  {
    heading: 'heap B/rec',
    always: false,
    text: (side) => digitsText(side.heapBytesPerRecord),
  },
  {
    heading: 'loop p99',
    always: false,
    text: (side) => digitsText(side.eventLoopDelayMs?.p99),
  },
  {
    heading: 'loop max',
    always: false,
    text: (side) => digitsText(side.eventLoopDelayMs?.max),
  },
]

/** The columns to show for these: those that nobody fills only make the others harder to read. */
export function costColumns(sides: readonly SideFigures[]): readonly CostColumn[] {
  return COSTS.filter(
    (column) => column.always || sides.some((side) => column.text(side) !== NO_FIGURE),
  )
}
