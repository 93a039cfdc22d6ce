// What everybody is told who asks for a group that is not there: one wording, with its name.
import { VarveError } from '../../domain/error.ts'

/** @param where what else is to be said of where it was looked for */
export function groupNotFound(groupId: string, where = ''): VarveError {
  const text = `there is no group ${groupId}`
  return new VarveError('GROUP_NOT_FOUND', where === '' ? text : `${text} ${where}`)
}
