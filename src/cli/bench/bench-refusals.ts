// Which options of `varve bench` go together. What would have no effect is refused: nobody is to believe that it had one.
import { UsageError } from '../exit-code.ts'
import type { BenchCommandOptions } from './bench-options.ts'

/** Options of workloads and reports, of which chaos has none. */
const WITHOUT_CHAOS = [
  'preset',
  'file',
  'only',
  'with',
  'list',
  'out',
  'html',
  'compare',
  'ceilings',
  'peers',
  'kafka',
] as const satisfies readonly (keyof BenchCommandOptions)[]

/** @throws UsageError */
export function refuseWhatHasNoEffect(options: BenchCommandOptions): void {
  const { chaos, chaosSeconds, chaosSeed, kafka, peers } = options
  if (chaos === true) {
    const idle = WITHOUT_CHAOS.find((name) => options[name] !== undefined)
    if (idle !== undefined) {
      throw new UsageError(
        `--${idle} and --chaos exclude each other: chaos has a load of its own, and a verdict instead of figures`,
      )
    }
    return
  }
  if (chaosSeconds !== undefined) throw new UsageError('--chaos-seconds goes with --chaos')
  if (chaosSeed !== undefined) throw new UsageError('--chaos-seed goes with --chaos')
  if (kafka !== undefined && peers === undefined) throw new UsageError('--kafka goes with --peers')
}
