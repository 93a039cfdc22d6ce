// The unary methods of GroupService.
import type { CommitEntry, CommitOutcome } from '../broker/groups/group-service.ts'
import { VarveError } from '../domain/error.ts'
import { presentFields } from '../domain/present-fields.ts'
import type {
  CommitOffsetsRequestOutput,
  CommitOffsetsResponse,
  CommitOffsetsResult,
} from '../protocol/grpc/messages.ts'
import type { groupService } from '../protocol/grpc/services.ts'
import {
  committedMessages,
  descriptionMessage,
  explanationMessage,
  historyMessage,
  resetMessage,
  summaryMessage,
} from './group-messages.ts'
import {
  commitEntryOf,
  givenMoment,
  historyOf,
  partitionOf,
  resetOf,
  waitOf,
} from './group-requests.ts'
import type { ServiceContext } from './service-context.ts'
import { pageLimit } from './topic-answers.ts'
import type { UnaryAnswers } from './unary-answers.ts'

export const groupAnswers: Pick<
  UnaryAnswers<typeof groupService>,
  | 'CommitOffsets'
  | 'FetchOffsets'
  | 'ResetOffsets'
  | 'ListGroups'
  | 'DescribeGroup'
  | 'DeleteGroup'
  | 'ExplainGroup'
  | 'WaitForCommit'
  | 'ListCommitHistory'
  | 'SnapshotGroup'
  | 'RestoreGroup'
  | 'DeleteGroupSnapshot'
  | 'ForkGroup'
> = {
  CommitOffsets: commitOffsets,
  FetchOffsets: async ({ groups }, { group, partitions, asOfMs }) => {
    // The broker tells all when it is asked for none.
    const asked = partitions.length === 0 ? undefined : partitions.map(partitionOf)
    const offsets = await groups.fetchOffsets(group, asked, givenMoment(asOfMs))
    return { offsets: committedMessages(offsets) }
  },
  ResetOffsets: async ({ groups }, request) => resetMessage(await groups.reset(resetOf(request))),
  ListGroups: async ({ groups }, { pageSize, pageToken }) => {
    // The token is the last id of the page before.
    const page = await groups.list({
      limit: pageLimit(pageSize),
      ...(pageToken === '' ? {} : { after: pageToken }),
    })
    return { groups: page.groups.map(summaryMessage), nextPageToken: page.next ?? '' }
  },
  DescribeGroup: async (context, { group, withoutLagTime }) => {
    const description = await context.groups.describe(group, {
      withLagTime: !withoutLagTime,
    })
    return descriptionMessage(description, (error) => context.statusOf(error))
  },
  DeleteGroup: async ({ groups }, { group }) => {
    await groups.delete(group)
    return {}
  },
  ExplainGroup: async ({ groups }, { group }) => explanationMessage(await groups.explain(group)),
  WaitForCommit: async ({ groups }, request, scope) => {
    const wait = waitOf(request, scope.remainingMs)
    const { isReached, offsets } = await groups.waitForCommit(wait, scope.signal)
    return { isReached, offsets: committedMessages(offsets) }
  },
  ListCommitHistory: async ({ groups }, request) => {
    const { entries, next, knownFromMs } = await groups.history(historyOf(request))
    return { entries: entries.map(historyMessage), nextPageToken: next ?? '', knownFromMs }
  },
  SnapshotGroup: async ({ groups }, { group, name, asOfMs }) => {
    const { snapshot, offsets } = await groups.snapshot(group, name, givenMoment(asOfMs))
    return { snapshot: { ...snapshot }, offsets: committedMessages(offsets) }
  },
  RestoreGroup: async ({ groups }, { group, name, dryRun, force, reason }) =>
    resetMessage(await groups.restore({ group, name, dryRun, force, reason })),
  DeleteGroupSnapshot: async ({ groups }, { group, name }) => {
    await groups.deleteSnapshot(group, name)
    return {}
  },
  ForkGroup: async ({ groups }, { group, newGroup, asOfMs, dryRun }) => {
    const moment = presentFields({ asOfMs: givenMoment(asOfMs) })
    const { offsets, isApplied } = await groups.fork({ group, newGroup, dryRun, ...moment })
    return { offsets: committedMessages(offsets), isApplied }
  },
}

/** Answers in entry order; an entry that says what cannot be has its error in its place, and the others are committed. */
async function commitOffsets(
  context: ServiceContext,
  request: CommitOffsetsRequestOutput,
): Promise<CommitOffsetsResponse> {
  const { group, memberId, instanceId, memberEpoch, entries, allowRewind } = request
  if (memberId !== undefined && memberEpoch === undefined) {
    throw new VarveError('MISSING_FIELD', 'a member must show its epoch', {
      details: { field: 'member_epoch' },
    })
  }
  const admitted = entries.map((entry) => admit(context, entry))
  const outcomes = await context.groups.commit({
    group,
    allowRewind,
    entries: admitted.flatMap((item) => ('refused' in item ? [] : [item.entry])),
    ...presentFields({ memberId, instanceId, memberEpoch }),
  })
  let next = 0
  return {
    results: admitted.map((item) => {
      if ('refused' in item) return item.refused
      const outcome = outcomes[next++]
      if (outcome === undefined) throw new RangeError('a commit has fewer outcomes than entries')
      return resultOf(context, outcome)
    }),
  }
}

type Admitted = { readonly entry: CommitEntry } | { readonly refused: CommitOffsetsResult }

function admit(
  context: ServiceContext,
  entry: CommitOffsetsRequestOutput['entries'][number],
): Admitted {
  try {
    return { entry: commitEntryOf(entry) }
  } catch (error) {
    const { topic, partition } = entry
    return { refused: { topic, partition, error: context.statusOf(error) } }
  }
}

function resultOf(context: ServiceContext, outcome: CommitOutcome): CommitOffsetsResult {
  const { topic, partition, error } = outcome
  return { topic, partition, ...(error === undefined ? {} : { error: context.statusOf(error) }) }
}
