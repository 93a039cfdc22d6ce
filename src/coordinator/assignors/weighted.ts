// `weighted`: as `uniform`, but a member of weight 3 gets three times the partitions of a member of weight 1: for machines
// that differ.
import type { Assignment, AssignorInput } from './assignor.ts'
import { assignShares } from './shares.ts'

export function assignByWeight(input: AssignorInput): Assignment {
  return assignShares(input, ({ weight }) => weight)
}
