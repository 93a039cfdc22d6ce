// What a ceiling is: how fast this machine moves bytes at best where varve moves the same, without varve. Invariant: each is measured
// where it can be (two processes for a wire, files in the folder where the data lies), and says what it cost both sides.

export interface CeilingOptions {
  /** It ends after so many bytes, */
  readonly bytes: number
  /** or after so many seconds. */
  readonly seconds: number
  /** Bytes of one message, write or block. */
  readonly messageBytes: number
  /** Where files are written: a file system is part of what they measure. */
  readonly directory: string
}

export interface CeilingResult {
  readonly bytes: number
  readonly seconds: number
  /** Processor time; `server` is 0 where there is no other process. */
  readonly cpuSeconds: { readonly client: number; readonly server: number }
}

export interface Ceiling {
  readonly name: string
  readonly unit: 'bytes'
  /** Whether it is the ceiling of what goes to the broker, of what comes from it, or of neither. */
  readonly direction: 'up' | 'down' | 'none'
  run(options: CeilingOptions): Promise<CeilingResult>
}

/** Measures what one process does, a step at a time. */
export async function measured(
  { bytes, seconds }: Pick<CeilingOptions, 'bytes' | 'seconds'>,
  step: () => number | Promise<number>,
): Promise<CeilingResult> {
  const cpu = process.cpuUsage()
  const startedMs = performance.now()
  let done = 0
  let elapsed = 0
  while (done < bytes && elapsed < seconds) {
    const moved = step()
    done += typeof moved === 'number' ? moved : await moved
    elapsed = (performance.now() - startedMs) / 1_000
  }
  return { bytes: done, seconds: elapsed, cpuSeconds: { client: secondsOf(cpu), server: 0 } }
}

/** Processor time since an earlier reading. */
export function secondsOf(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}
