// How a member of a group is named in a table.
import { oneLine } from '../../text/one-line.ts'

/** The id of a member as it may stand in a table: a part of the random digits that the broker gave it is enough to know it by. */
export function shortMemberId(memberId: string): string {
  return oneLine(memberId).replace(/-([0-9a-f]{8})[0-9a-f]{24}$/, '-$1..')
}
