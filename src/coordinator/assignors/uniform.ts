// `uniform`, the default: every member gets as many partitions as the others, as far as subscriptions allow, and keeps as
// much as that permits of what it had.
import type { Assignment, AssignorInput } from './assignor.ts'
import { assignShares } from './shares.ts'

export function assignUniformly(input: AssignorInput): Assignment {
  return assignShares(input, () => 1)
}
