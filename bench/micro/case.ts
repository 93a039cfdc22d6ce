// What a micro-benchmark is: one operation, and the ceiling of the machine that it is held against.

/**
 * `copy`: a memory copy of as many bytes. `loop`: a fixed loop of plain JavaScript, a step of it for each unit. `read`: one awaited read of
 * 4 KiB from the page cache for each unit.
 */
export type CeilingName = 'copy' | 'loop' | 'read'

export interface MicroCase {
  /** Unique over all groups; the stored baseline knows it by this. */
  readonly name: string
  readonly ceiling: CeilingName
  /** What one run works on: bytes where the ceiling is `copy`, else records, values, look-ups ... */
  readonly units: number
  /** Called over and over. What it returns keeps the engine from leaving the work out. */
  readonly run: () => unknown
}

/** The cases of one group; built in the process that measures them. */
export interface MicroGroup {
  readonly cases: readonly MicroCase[]
  /** Takes back what building them left on disk. */
  close?: () => Promise<void>
}

/** One case, measured once. */
export interface Measured {
  readonly name: string
  readonly ceiling: CeilingName
  readonly units: number
  /** One unit in a quick run, in nanoseconds. */
  readonly quickNs: number
  /** One unit in the run of the median. */
  readonly medianNs: number
  /** One unit of the ceiling in a quick run, right before or right after. */
  readonly ceilingNs: number
  /** Bytes on the heap and in array buffers that a run allocates; undefined where the collector hid it. */
  readonly allocatedBytes: number | undefined
}
