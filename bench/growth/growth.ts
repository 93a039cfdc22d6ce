// What growing costs: the same work in a small case and in a large one, turn by turn, and how the large one stands to the small one.
import type { BrokerProcess } from '../lib/broker-process.ts'
import { median } from '../lib/environment.ts'

/** Share of the small case that the large one must reach. */
const SHARE_MIN = 0.8
const TICKS_PER_SECOND = 100

interface Figure {
  readonly at: string
  readonly value: number
  /** Processor time of the broker for a turn, in seconds: neighbours on the machine touch it less than the clock. */
  readonly brokerCpuSeconds: number
}

export interface Growth {
  readonly dimension: string
  readonly work: string
  readonly unit: 'MB/s' | 'ms' | 'read calls'
  readonly small: Figure
  readonly large: Figure
  /** How well the large case does as a share of the small one, whatever the unit; 1: it costs nothing. */
  readonly share: number
  readonly isMet: boolean
}

/** A case: what it is called and what one turn of it gives. */
export interface Side {
  readonly at: string
  readonly broker: BrokerAtWork
  readonly turn: () => Promise<number>
  /** How much more work a turn of it is than one of the other side; 1 unless told. For the processor time. */
  readonly times?: number
}

export interface GrowthRun {
  readonly broker: () => Promise<BrokerAtWork>
  readonly rounds: number
  readonly report: (growth: Growth) => void
  /** Something that is no comparison: sizes, times, counts. */
  readonly note: (line: string) => void
}

/** A broker with its folder. */
export interface BrokerAtWork {
  readonly process: BrokerProcess
  /** The same data with a new process. */
  restart(): Promise<BrokerAtWork>
  /** Ends it and removes its folder. */
  close(): Promise<void>
}

/** One turn of each to warm up unless there is only one round, then both in turn. */
export async function alternate(
  run: GrowthRun,
  about: { readonly dimension: string; readonly work: string; readonly unit: Growth['unit'] },
  small: Side,
  large: Side,
): Promise<void> {
  const turns = [small, large].map((side) => ({
    side,
    values: [] as number[],
    cpu: [] as number[],
  }))
  for (let round = run.rounds > 1 ? -1 : 0; round < run.rounds; round++) {
    for (const { side, values, cpu } of turns) {
      const before = side.broker.process.cpuTicks()
      const value = await side.turn()
      if (round < 0) continue
      values.push(value)
      const ticks = side.broker.process.cpuTicks() - before
      cpu.push(ticks / TICKS_PER_SECOND / (side.times ?? 1))
    }
  }
  const [one, other] = turns.map(({ side, values, cpu }) => ({
    ...{ at: side.at, value: median(values), brokerCpuSeconds: median(cpu) },
  }))
  if (one === undefined || other === undefined) return
  const share = about.unit === 'MB/s' ? other.value / one.value : one.value / other.value
  run.report({ ...about, small: one, large: other, share, isMet: share >= SHARE_MIN })
}

export function growthLine({ dimension, work, unit, small, large, share, isMet }: Growth): string {
  const value = (side: Growth['small']): string =>
    `${side.value.toFixed(unit === 'ms' ? 2 : 1)} (${side.at})`
  return [
    dimension.padEnd(11),
    work.padEnd(46),
    unit.padEnd(10),
    value(small).padEnd(24),
    value(large).padEnd(26),
    share.toFixed(2).padStart(6),
    (isMet ? 'met' : 'NOT met').padEnd(8),
    `broker ${small.brokerCpuSeconds.toFixed(2)} -> ${large.brokerCpuSeconds.toFixed(2)} s`,
  ].join(' ')
}
