// Groups as JSON: as the client tells them, with errors as everywhere on the command line.
import type { GroupDescription, GroupPartitionInfo } from '../../client/index.ts'
import { describeFailure } from '../report-failure.ts'

export function describedAsJson(description: GroupDescription): object {
  return { ...description, partitions: description.partitions.map(partitionAsJson) }
}

export function partitionAsJson(partition: GroupPartitionInfo): object {
  const { error, ...rest } = partition
  return error === undefined ? rest : { ...rest, error: describeFailure(error) }
}
