// What may be said to a group: ids, timeouts and subscriptions, before any of it gets into the state. Bad-input table of
// the reliability page, section G.
import { VarveError } from '../domain/error.ts'
import type { Limits } from '../domain/limits.ts'
import { checkTopicName } from '../domain/topic.ts'
import { compareTexts } from './assignors/assignor.ts'
import { ASSIGNOR_NAMES } from './assignors/assignor-name.ts'
import { isAssignorName } from './assignors/assignors.ts'
import type { AskedWishes, JoinCommand } from './group-command.ts'
import type { MemberWishes } from './group-state.ts'

const utf8 = new TextEncoder()

/** Characters that would tear a log line or a table apart. */
const CONTROL_CHARACTERS = /\p{Cc}/u

/** @throws VarveError INVALID_GROUP_ID */
export function checkGroupId(groupId: string, limits: Limits): void {
  checkId(groupId, { code: 'INVALID_GROUP_ID', field: 'group', limits })
}

/** @throws VarveError INVALID_ARGUMENT */
export function checkSnapshotName(name: string, limits: Limits): void {
  checkId(name, { code: 'INVALID_ARGUMENT', field: 'name', limits })
}

/** Why offsets were reset, in the words of whoever did. @throws VarveError INVALID_ARGUMENT */
export function checkReason(reason: string, { resetReasonBytesMax: max }: Limits): void {
  if (utf8.encode(reason).length <= max) return
  throw new VarveError('INVALID_ARGUMENT', `reason may have ${max} bytes`, {
    details: { field: 'reason', limit: max },
  })
}

/** Checks the names that a joining member gives. @throws VarveError INVALID_GROUP_ID · INVALID_MEMBER_ID */
export function checkJoinIds(command: JoinCommand, limits: Limits): void {
  checkGroupId(command.groupId, limits)
  const ids = { member_id: command.memberId, instance_id: command.instanceId }
  for (const [field, id] of Object.entries(ids)) {
    if (id !== undefined) checkId(id, { code: 'INVALID_MEMBER_ID', field, limits })
  }
  if (command.clientId !== '') {
    checkId(command.clientId, { code: 'INVALID_MEMBER_ID', field: 'client_id', limits })
  }
}

function checkId(
  id: string,
  about: {
    code: 'INVALID_GROUP_ID' | 'INVALID_MEMBER_ID' | 'INVALID_ARGUMENT'
    field: string
    limits: Limits
  },
): void {
  const { code, field, limits } = about
  const bytes = utf8.encode(id).length
  if (bytes >= 1 && bytes <= limits.groupNameBytesMax && !CONTROL_CHARACTERS.test(id)) return
  const rule = `must have 1 to ${limits.groupNameBytesMax} bytes and no control characters`
  throw new VarveError(code, `${field} ${rule}`, { details: { field } })
}

/**
 * What a new member asks for.
 * @throws VarveError INVALID_SESSION_TIMEOUT · TOO_MANY_TOPICS · INVALID_TOPIC_NAME · UNSUPPORTED_ASSIGNOR · INVALID_ARGUMENT
 */
export function admitWishes(command: JoinCommand, limits: Limits): MemberWishes {
  const { sessionTimeoutMs } = command
  checkTimeout(sessionTimeoutMs, {
    field: 'session_timeout_ms',
    min: limits.sessionTimeoutMsMin,
    max: limits.sessionTimeoutMsMax,
  })
  const { instanceId, clientId } = command
  const wishes = { instanceId, clientId, sessionTimeoutMs }
  const open = { topics: [], assignor: undefined, weight: 1, rebalanceTimeoutMs: 0 }
  return changedWishes({ ...wishes, ...open }, command, limits)
}

/** Wishes after a change; what is not in it stays. @throws VarveError as `admitWishes` */
export function changedWishes(
  before: MemberWishes,
  asked: Partial<AskedWishes>,
  limits: Limits,
): MemberWishes {
  const { assignor, weight, rebalanceTimeoutMs } = asked
  if (rebalanceTimeoutMs !== undefined) {
    checkTimeout(rebalanceTimeoutMs, {
      field: 'rebalance_timeout_ms',
      min: limits.rebalanceTimeoutMsMin,
      max: limits.rebalanceTimeoutMsMax,
    })
  }
  if (assignor !== undefined && !isAssignorName(assignor)) {
    const text = `there is no such assignor; there are ${ASSIGNOR_NAMES.join(', ')}`
    throw new VarveError('UNSUPPORTED_ASSIGNOR', text, { details: { field: 'assignor' } })
  }
  if (weight !== undefined) checkWeight(weight, limits)
  return {
    ...before,
    topics: asked.topics === undefined ? before.topics : admitTopics(asked.topics, limits),
    assignor: Object.hasOwn(asked, 'assignor') ? assignor : before.assignor,
    weight: weight ?? before.weight,
    rebalanceTimeoutMs: rebalanceTimeoutMs ?? before.rebalanceTimeoutMs,
  }
}

/** Whether they ask for another assignment. The vote for an assignor alone does not (KIP-848). */
export function wantsOtherAssignment(before: MemberWishes, after: MemberWishes): boolean {
  return before.weight !== after.weight || !sameTexts(before.topics, after.topics)
}

/** Whether anything differs. */
export function sameWishes(a: MemberWishes, b: MemberWishes): boolean {
  return (
    !wantsOtherAssignment(a, b) &&
    a.instanceId === b.instanceId &&
    a.clientId === b.clientId &&
    a.assignor === b.assignor &&
    a.sessionTimeoutMs === b.sessionTimeoutMs &&
    a.rebalanceTimeoutMs === b.rebalanceTimeoutMs
  )
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index])
}

function admitTopics(topics: readonly string[], limits: Limits): string[] {
  const max = limits.groupTopicsPerMemberMax
  if (topics.length > max) {
    throw new VarveError('TOO_MANY_TOPICS', `a member may subscribe to ${max} topics`, {
      details: { field: 'topics', limit: max },
    })
  }
  for (const name of topics) checkTopicName(name)
  return [...new Set(topics)].sort(compareTexts)
}

function checkTimeout(value: number, about: { field: string; min: number; max: number }): void {
  const { field, min, max } = about
  if (Number.isInteger(value) && value >= min && value <= max) return
  throw new VarveError(
    'INVALID_SESSION_TIMEOUT',
    `${field} must be from ${min} to ${max}, not ${value}`,
    { details: { field, min, max } },
  )
}

function checkWeight(weight: number, { memberWeightMax: max }: Limits): void {
  if (Number.isInteger(weight) && weight >= 1 && weight <= max) return
  throw new VarveError('INVALID_ARGUMENT', `weight must be from 1 to ${max}, not ${weight}`, {
    details: { field: 'weight', max },
  })
}
