// The history of a group for people: what was committed, reset and dropped, newest first and page by page. Invariants: a page
// holds no more than it gives, and reads no further than to its end; each event is on one page, whatever is added meanwhile.
import type { GroupEvent, OffsetChange } from '../../coordinator/group-event.ts'
import type { CommittedOffset } from '../../coordinator/group-state.ts'
import { VarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import { byPartition } from './committed-positions.ts'
import type { GroupJournal, StoredGroupEvent } from './group-journal.ts'
import type { HistoryEntry, HistoryPage, HistoryRequest, PlannedChange } from './group-service.ts'

const TOKEN_PATTERN = /^\d{1,16}$/

/** One page. @throws VarveError INVALID_ARGUMENT for a token that is none · what the journal answers */
export async function historyPage(
  journal: GroupJournal,
  request: HistoryRequest,
  limits: Pick<Limits, 'groupHistoryPageMax' | 'groupHistoryPageChangesMax'>,
): Promise<HistoryPage> {
  const entriesMax = Math.max(1, Math.min(request.limit, limits.groupHistoryPageMax))
  const entries: HistoryEntry[] = []
  let changes = 0
  let next: number | undefined
  for await (const stored of journal.history(request.group, rangeOf(request))) {
    const entry = entryOf(stored, request)
    if (entry === undefined) continue
    // One that is too large for any page has a page of its own.
    const isFull =
      entries.length >= entriesMax ||
      (entries.length > 0 && changes + entry.changes.length > limits.groupHistoryPageChangesMax)
    if (isFull) {
      next = stored.position + 1
      break
    }
    entries.push(entry)
    changes += entry.changes.length
  }
  const page = { entries, knownFromMs: journal.knownFromMs }
  return next === undefined ? page : { ...page, next: String(next) }
}

/** Whether the history has anything of the group. */
export async function isInHistory(journal: GroupJournal, groupId: string): Promise<boolean> {
  for await (const _ of journal.history(groupId)) return true
  return false
}

function rangeOf({ before, fromMs, toMs }: HistoryRequest): {
  beforePosition?: number
  fromMs?: number
  toMs?: number
} {
  if (before !== undefined && !TOKEN_PATTERN.test(before)) {
    const text = 'the page token is none that a page of history gave'
    throw new VarveError('INVALID_ARGUMENT', text, { details: { field: 'page_token' } })
  }
  return {
    ...(before === undefined ? {} : { beforePosition: Number(before) }),
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
  }
}

/** Undefined for what is not asked for, or is no history of offsets. */
function entryOf(
  { event, timeMs }: StoredGroupEvent,
  { topic, partition, resetsOnly }: HistoryRequest,
): HistoryEntry | undefined {
  if (resetsOnly && event.kind !== 'offsets-reset') return undefined
  const told = tell(event)
  if (told === undefined) return undefined
  const changes = told.changes
    .filter((change) => topic === undefined || change.topic === topic)
    .filter((change) => partition === undefined || change.partition === partition)
    .sort(byPartition)
  const isOfWholeGroup = told.kind === 'group-created' || told.kind === 'group-deleted'
  if (changes.length === 0 && !isOfWholeGroup) return undefined
  const nobody = { memberId: '', memberEpoch: -1, reason: '', resetEpoch: 0 }
  return { ...nobody, ...told, timeMs, changes }
}

type Told = Pick<HistoryEntry, 'kind' | 'changes'> & Partial<HistoryEntry>

function tell(event: GroupEvent): Told | undefined {
  switch (event.kind) {
    case 'offsets-committed': {
      const [{ memberId, memberEpoch } = { memberId: '', memberEpoch: -1 }] = event.offsets
      const changes = event.offsets.map((after, index) =>
        change(after, event.before[index] ?? undefined, after.offset),
      )
      return { kind: 'commit', memberId, memberEpoch, changes }
    }
    case 'offsets-reset': {
      const { reason, resetEpoch } = event
      return { kind: 'reset', reason, resetEpoch, changes: event.changes.map(resetChange) }
    }
    case 'offsets-removed': {
      const kind = event.reason
      return { kind, changes: event.offsets.map((before) => change(before, before.offset)) }
    }
    case 'group-created': {
      const { fork } = event
      if (fork === undefined) return { kind: 'group-created', changes: [] }
      const moment = new Date(fork.asOfMs).toISOString()
      const reason = `fork of ${fork.groupId} as of ${moment}`
      const changes = fork.offsets.map((after) => change(after, undefined, after.offset))
      return { kind: 'group-created', reason, changes }
    }
    case 'group-deleted':
      return { kind: 'group-deleted', changes: [] }
    case 'group-epoch':
    case 'member-wishes':
    case 'member-removed':
    case 'member-replaced':
    case 'member-current':
    case 'target-member':
    case 'target-epoch':
    case 'snapshot-taken':
    case 'snapshot-removed':
      return undefined
  }
}

function resetChange(of: OffsetChange): PlannedChange {
  return change(of, of.before?.offset, of.after?.offset)
}

function change(
  {
    topicName: topic,
    topicId,
    partition,
  }: Pick<CommittedOffset, 'topicName' | 'topicId' | 'partition'>,
  before: number | undefined,
  after?: number,
): PlannedChange {
  const bounds = { startOffset: 0, readableEndOffset: 0 }
  return { topic, partition, topicId, before, after, ...bounds }
}
