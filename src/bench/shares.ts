// Which ceilings bound a workload, and how near it came.
import type { CeilingFigures, Share, WorkloadResult } from './figures.ts'

/** Names of ceilings, as bench/ceilings gives them. */
export const CEILING = {
  grpcUp: 'grpc-js stream to the server',
  grpcDown: 'grpc-js stream from the server',
  writeSync: 'write and fdatasync',
  write: 'write to a file',
} as const

/** Over the wire and as fast as can be alone: a share of bytes says something there. */
export function sharesOf(
  { workload, median, system }: WorkloadResult,
  ceilings: readonly CeilingFigures[],
): Share[] {
  if (median === undefined || system !== 'varve' || workload.recordsPerSecond > 0) return []
  // What is compressed moves fewer bytes than it counts.
  if (workload.compression !== 'none') return []
  const names = boundsOf(workload.kind, workload.durability, workload.way === 'grpc')
  return names.flatMap((name) => {
    const ceiling = ceilings.find((one) => one.name === name)
    if (ceiling === undefined || ceiling.medianBytesPerSecond === 0) return []
    return [{ ceiling: name, share: median.bytesPerSecond / ceiling.medianBytesPerSecond }]
  })
}

function boundsOf(kind: string, durability: string, isRemote: boolean): readonly string[] {
  const names: string[] = []
  if (kind === 'produce') {
    if (isRemote) names.push(CEILING.grpcUp)
    names.push(durability === 'synced' ? CEILING.writeSync : CEILING.write)
  }
  if ((kind === 'consume' || kind === 'groups' || kind === 'replay') && isRemote) {
    names.push(CEILING.grpcDown)
  }
  return names
}
