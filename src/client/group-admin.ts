// Administration of consumer groups: what they are doing, what they have committed, and setting that to another place. Calls that
// change something are sent once.
import { presentFields } from '../domain/present-fields.ts'
import { AdminCalls } from './admin-calls.ts'
import type { ClientContext } from './client-context.ts'
import {
  commitEntries,
  groupPartitions,
  historyRequest,
  resetEntries,
  resetOptions,
  waitPositions,
} from './group-requests.ts'
import type {
  CommitGroupOffsetsOptions,
  CommittedGroupOffset,
  DescribeGroupOptions,
  ForkGroupOptions,
  GroupCommit,
  GroupDescription,
  GroupExplanation,
  GroupForkReport,
  GroupHistoryOptions,
  GroupHistoryPage,
  GroupOffsetsOptions,
  GroupResetOptions,
  GroupResetReport,
  GroupResetTarget,
  GroupSnapshotOptions,
  GroupSnapshotReport,
  GroupSummary,
  ProducedPosition,
  WaitForCommitOptions,
  WaitForCommitReport,
} from './group-types.ts'
import {
  committedOffset,
  groupDescription,
  groupExplanation,
  groupSummary,
  historyEntry,
  resetReport,
  snapshotInfo,
} from './group-wire.ts'
import { requireTimestamp } from './list-offsets.ts'
import {
  type KnownOptions,
  refuseUnknown,
  requireBoolean,
  requireInteger,
  requireText,
} from './option-check.ts'
import { retryRead } from './retry.ts'
import { partError, wireInteger } from './wire-values.ts'

/** All of them, or this does not compile. */
const DESCRIBE: KnownOptions<DescribeGroupOptions> = { lagTime: true }
const OFFSETS: KnownOptions<GroupOffsetsOptions> = { partitions: true, asOfMs: true }
const COMMIT: KnownOptions<CommitGroupOffsetsOptions> = { allowRewind: true }
const SNAPSHOT: KnownOptions<GroupSnapshotOptions> = { asOfMs: true }
const FORK: KnownOptions<ForkGroupOptions> = { asOfMs: true, dryRun: true }
const WAIT: KnownOptions<WaitForCommitOptions> = { timeoutMs: true, signal: true }

const WAIT_MS_DEFAULT = 30_000
/** One call waits no longer than this, and the next goes on: no line stays silent for too long. */
const WAIT_MS_PER_CALL = 20_000

export class GroupAdmin {
  protected readonly calls: AdminCalls

  constructor(context: ClientContext) {
    this.calls = new AdminCalls(context)
  }

  /** All groups, sorted by id. */
  async listGroups(): Promise<GroupSummary[]> {
    const groups: GroupSummary[] = []
    let pageToken = ''
    do {
      const page = await this.calls.read('listGroups', { pageToken })
      for (const summary of page.groups) groups.push(groupSummary(summary))
      pageToken = page.nextPageToken
    } while (pageToken !== '')
    return groups
  }

  /** Members, partitions, lag, rates and snapshots of a group. @throws VarveError GROUP_NOT_FOUND */
  async describeGroup(
    group: string,
    options: DescribeGroupOptions = {},
  ): Promise<GroupDescription> {
    refuseUnknown('describeGroup', options, DESCRIBE)
    const { lagTime = true } = options
    const request = {
      group: requireText('group', group),
      withoutLagTime: !requireBoolean('lagTime', lagTime),
    }
    return groupDescription(await this.calls.read('describeGroup', request))
  }

  /** Why each partition of a group is flowing or is not. @throws VarveError GROUP_NOT_FOUND */
  async explainGroup(group: string): Promise<GroupExplanation> {
    const request = { group: requireText('group', group) }
    return groupExplanation(await this.calls.read('explainGroup', request))
  }

  /** Removes a group without members, with its offsets, history and snapshots. @throws VarveError GROUP_NOT_FOUND · GROUP_NOT_EMPTY */
  async deleteGroup(group: string): Promise<void> {
    await this.calls.change('deleteGroup', { group: requireText('group', group) })
  }

  /**
   * What is committed, now or as of a moment: in the order that was asked for, or sorted by topic and partition.
   * @throws VarveError GROUP_NOT_FOUND · UNKNOWN_TOPIC · UNKNOWN_PARTITION · HISTORY_UNKNOWN
   */
  async groupOffsets(
    group: string,
    options: GroupOffsetsOptions = {},
  ): Promise<CommittedGroupOffset[]> {
    refuseUnknown('groupOffsets', options, OFFSETS)
    requireText('group', group)
    const { partitions } = options
    // Of none nothing is committed; the broker would tell all.
    if (partitions?.length === 0) return []
    const response = await this.calls.read('fetchOffsets', {
      group,
      ...(partitions === undefined ? {} : { partitions: groupPartitions(partitions) }),
      ...moment(options.asOfMs),
    })
    return response.offsets.map(committedOffset)
  }

  /**
   * Commits offsets for a group that has no members; makes the group when there is none.
   * @throws VarveError UNKNOWN_MEMBER when it has members · the first error of an offset: COMMIT_REWIND · OFFSET_OUT_OF_RANGE ·
   *   UNKNOWN_TOPIC · METADATA_TOO_LARGE ... The other offsets are committed all the same.
   */
  async commitGroupOffsets(
    group: string,
    offsets: readonly GroupCommit[],
    options: CommitGroupOffsetsOptions = {},
  ): Promise<void> {
    refuseUnknown('commitGroupOffsets', options, COMMIT)
    const { allowRewind = false } = options
    const { results } = await this.calls.change('commitOffsets', {
      group: requireText('group', group),
      entries: commitEntries(offsets),
      allowRewind: requireBoolean('allowRewind', allowRewind),
    })
    for (const result of results) if (result.error) throw partError(result.error, result)
  }

  /**
   * Sets committed offsets to another place: all of them, or none when it throws.
   * @throws VarveError GROUP_NOT_FOUND · GROUP_NOT_EMPTY without `force` · OFFSET_OUT_OF_RANGE · UNKNOWN_TOPIC · UNKNOWN_PARTITION ·
   *   HISTORY_UNKNOWN ...
   */
  async resetGroup(
    group: string,
    targets: GroupResetTarget | readonly GroupResetTarget[],
    options: GroupResetOptions = {},
  ): Promise<GroupResetReport> {
    const request = { group: requireText('group', group), entries: resetEntries(targets) }
    const rest = resetOptions('resetGroup', options)
    return resetReport(await this.calls.change('resetOffsets', { ...request, ...rest }))
  }

  /** Takes the last reset back. @throws VarveError GROUP_NOT_FOUND · GROUP_NOT_EMPTY without `force` · NOTHING_TO_UNDO ... */
  async undoGroupReset(group: string, options: GroupResetOptions = {}): Promise<GroupResetReport> {
    const request = { group: requireText('group', group), undo: true }
    const rest = resetOptions('undoGroupReset', options)
    return resetReport(await this.calls.change('resetOffsets', { ...request, ...rest }))
  }

  /** What was committed, reset and dropped, page by page, newest first. @throws VarveError GROUP_NOT_FOUND when the history has nothing of it */
  async *groupHistory(
    group: string,
    options: GroupHistoryOptions = {},
  ): AsyncGenerator<GroupHistoryPage> {
    const request = historyRequest(group, options)
    let pageToken = ''
    do {
      const page = await this.calls.read('listCommitHistory', { ...request, pageToken })
      yield {
        entries: page.entries.map(historyEntry),
        knownFromMs: wireInteger(page.knownFromMs, 'known_from_ms'),
      }
      pageToken = page.nextPageToken
    } while (pageToken !== '')
  }

  /** Keeps what is committed under a new name. @throws VarveError GROUP_NOT_FOUND · SNAPSHOT_EXISTS · TOO_MANY_SNAPSHOTS · HISTORY_UNKNOWN */
  async snapshotGroup(
    group: string,
    name: string,
    options: GroupSnapshotOptions = {},
  ): Promise<GroupSnapshotReport> {
    refuseUnknown('snapshotGroup', options, SNAPSHOT)
    const request = { group: requireText('group', group), name: requireText('name', name) }
    const response = await this.calls.change('snapshotGroup', {
      ...request,
      ...moment(options.asOfMs),
    })
    return {
      snapshot: snapshotInfo(response.snapshot),
      offsets: response.offsets.map(committedOffset),
    }
  }

  /** Sets committed offsets to those of a snapshot. @throws VarveError SNAPSHOT_NOT_FOUND, and as `resetGroup` */
  async restoreGroup(
    group: string,
    name: string,
    options: GroupResetOptions = {},
  ): Promise<GroupResetReport> {
    const request = { group: requireText('group', group), name: requireText('name', name) }
    const rest = resetOptions('restoreGroup', options)
    return resetReport(await this.calls.change('restoreGroup', { ...request, ...rest }))
  }

  /** @throws VarveError GROUP_NOT_FOUND · SNAPSHOT_NOT_FOUND */
  async deleteGroupSnapshot(group: string, name: string): Promise<void> {
    const request = { group: requireText('group', group), name: requireText('name', name) }
    await this.calls.change('deleteGroupSnapshot', request)
  }

  /**
   * Makes another group that stands where this one stands, or stood at a moment.
   * @throws VarveError GROUP_NOT_FOUND · GROUP_EXISTS · INVALID_GROUP_ID · HISTORY_UNKNOWN
   */
  async forkGroup(
    group: string,
    newGroup: string,
    options: ForkGroupOptions = {},
  ): Promise<GroupForkReport> {
    refuseUnknown('forkGroup', options, FORK)
    const { dryRun = false } = options
    const response = await this.calls.change('forkGroup', {
      group: requireText('group', group),
      newGroup: requireText('newGroup', newGroup),
      dryRun: requireBoolean('dryRun', dryRun),
      ...moment(options.asOfMs),
    })
    return { offsets: response.offsets.map(committedOffset), isApplied: response.isApplied }
  }

  /**
   * Waits until a group has committed past these records: what it makes of them is there then. Positions may be what `send` and
   * `append` of a producer returned; the group need not exist yet. Goes on over restarts of the broker.
   * @throws VarveError UNKNOWN_TOPIC · UNKNOWN_PARTITION · OFFSETS_RESET when the group was set past a position without reading it ·
   *   CANCELLED · BROKER_UNAVAILABLE when the broker was away at the end of the time
   */
  async waitForCommit(
    group: string,
    positions: ProducedPosition | readonly ProducedPosition[],
    options: WaitForCommitOptions = {},
  ): Promise<WaitForCommitReport> {
    refuseUnknown('waitForCommit', options, WAIT)
    const { timeoutMs = WAIT_MS_DEFAULT, signal } = options
    requireText('group', group)
    requireInteger('timeoutMs', timeoutMs)
    const asked = waitPositions(positions)
    if (asked.length === 0) return { isReached: true, offsets: [] }
    const { context } = this.calls
    const { clock, transport, requestTimeoutMs } = context
    const endMs = clock.monotonicMs() + timeoutMs
    for (;;) {
      const leftMs = Math.max(0, endMs - clock.monotonicMs())
      const response = await retryRead(context, { timeoutMs: leftMs, signal }, () => {
        const waitMs = Math.min(endMs - clock.monotonicMs(), WAIT_MS_PER_CALL)
        // 0 would ask for the broker's default.
        const maxWaitMs = Math.max(1, Math.floor(waitMs))
        return transport.call(
          'waitForCommit',
          { group, positions: asked, maxWaitMs },
          { timeoutMs: maxWaitMs + requestTimeoutMs, ...presentFields({ signal }) },
        )
      })
      if (response.isReached || clock.monotonicMs() >= endMs) {
        return { isReached: response.isReached, offsets: response.offsets.map(committedOffset) }
      }
    }
  }
}

function moment(asOfMs: number | undefined): { asOfMs?: number } {
  return asOfMs === undefined ? {} : { asOfMs: requireTimestamp(asOfMs) }
}
