// Which branches of the decoders were reached, by any of the targets that read them.
import { NOT_COUNTED } from '../targets/not-counted.ts'
import type { FuzzTarget } from './fuzz-target.ts'
import type { Branch } from './instrument.ts'

export interface FuzzCoverage {
  readonly total: number
  readonly reached: number
  /** `file:line kind in function` */
  readonly missing: readonly string[]
}

/** What one target did not reach. */
export interface TargetMiss {
  readonly target: FuzzTarget
  /** Indexes of branches. */
  readonly missing: readonly number[]
}

/** Of the decoders of these targets, without what is not counted. */
export function coverageOf(
  branches: readonly Branch[],
  misses: readonly TargetMiss[],
): FuzzCoverage {
  const reached = new Set<number>()
  const all = new Set<number>()
  for (const { target, missing } of misses) {
    const left = new Set(missing)
    for (const [index, branch] of branches.entries()) {
      if (!target.decoders.includes(branch.file) || isNotCounted(branch)) continue
      all.add(index)
      if (!left.has(index)) reached.add(index)
    }
  }
  const missing = [...all].filter((index) => !reached.has(index))
  return {
    total: all.size,
    reached: reached.size,
    missing: missing.map((index) => textOf(branches[index])),
  }
}

function isNotCounted({ file, inside, kind, text }: Branch): boolean {
  const names = [`${file} ${inside}`, `${file} ${inside} ${kind}`, `${file} > ${text}`]
  return names.some((name) => Object.hasOwn(NOT_COUNTED, name))
}

function textOf(branch: Branch | undefined): string {
  if (branch === undefined) return ''
  const { file, line, kind, inside } = branch
  return `${file}:${line} ${kind} in ${inside}`
}
