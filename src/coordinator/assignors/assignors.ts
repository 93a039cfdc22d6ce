// The table of assignors: what a group may ask for by name.

import { type Assignor } from './assignor.ts'
import { ASSIGNOR_NAMES, type AssignorName } from './assignor-name.ts'
import { assignByLeastLag } from './least-lag.ts'
import { assignByRange } from './range.ts'
import { assignRoundRobin } from './round-robin.ts'
import { assignUniformly } from './uniform.ts'
import { assignByWeight } from './weighted.ts'

export const ASSIGNORS: Readonly<Record<AssignorName, Assignor>> = {
  uniform: assignUniformly,
  range: assignByRange,
  'round-robin': assignRoundRobin,
  weighted: assignByWeight,
  'least-lag': assignByLeastLag,
}

/** True for a name of the table, and for nothing else that an object may have. */
export function isAssignorName(name: string): name is AssignorName {
  return (ASSIGNOR_NAMES as readonly string[]).includes(name)
}

/** What most members ask for; the order of ASSIGNOR_NAMES when votes are equal, its first when nobody asks. */
export function electAssignor(votes: Iterable<AssignorName | undefined>): AssignorName {
  const counts = new Map<AssignorName, number>()
  for (const vote of votes) if (vote !== undefined) counts.set(vote, (counts.get(vote) ?? 0) + 1)
  let elected: AssignorName = ASSIGNOR_NAMES[0]
  for (const name of ASSIGNOR_NAMES) {
    if ((counts.get(name) ?? 0) > (counts.get(elected) ?? 0)) elected = name
  }
  return elected
}
