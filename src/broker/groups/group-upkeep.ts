// What groups need without anybody asking: they are told of topics that came, grew or went, and what nobody has needed for long is
// forgotten. Invariants: a change of topics reaches every group that it concerns, be it later because storing it failed; one sweep
// over the groups runs at a time, a bounded number of groups at once.
import type { GroupState } from '../../coordinator/group-state.ts'
import { topicIdOf } from '../../coordinator/partition-key.ts'
import { isVarveError } from '../../domain/error.ts'
import type { Limits } from '../../domain/limits.ts'
import type { TopicId } from '../../domain/topic.ts'
import type { Cancel, Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import { forEachBounded } from '../for-each-bounded.ts'
import type { GroupActors } from './group-actors.ts'
import type { PartitionLookup } from './partition-lookup.ts'

/** Groups that are looked after at once. */
const CONCURRENCY = 256
/** When a sweep that failed for some group is made again. */
const RETRY_MS = 1_000

export interface GroupUpkeepParts {
  readonly groups: GroupActors
  readonly lookup: PartitionLookup
  readonly clock: Clock
  readonly log: Log
  readonly limits: Limits
}

/** Topics that changed, by id with their names; `all`: any may have. */
type Changes = Map<TopicId, string> | 'all'

export class GroupUpkeep {
  readonly #parts: GroupUpkeepParts
  #changes: Changes = new Map()
  #sweep: Promise<void> | undefined
  #expiry: Promise<void> = Promise.resolve()
  #stopWatching: Cancel | undefined
  #stopRetry: Cancel | undefined
  #stopExpiry: Cancel | undefined
  #isStopped = false

  constructor(parts: GroupUpkeepParts) {
    this.#parts = parts
  }

  /** To be called when the groups are there: what happened to topics before is made up for. */
  start(): void {
    this.#stopWatching = this.#parts.lookup.onChange(({ id, name }) => {
      if (this.#changes !== 'all') this.#changes.set(id, name)
      this.#startSweep()
    })
    if (this.#parts.groups.size > 0) {
      this.#changes = 'all'
      this.#startSweep()
    }
    this.#scheduleExpiry()
  }

  /** Resolves when nothing of it runs any more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    for (const stop of [this.#stopWatching, this.#stopRetry, this.#stopExpiry]) stop?.()
    await this.#sweep
    await this.#expiry
  }

  #startSweep(): void {
    if (this.#isStopped || this.#stopRetry !== undefined) return
    this.#sweep ??= this.#sweepAll().finally(() => {
      this.#sweep = undefined
      if (this.#changes === 'all' || this.#changes.size > 0) this.#startSweep()
    })
  }

  async #sweepAll(): Promise<void> {
    // Several changes in a row cost one sweep.
    await Promise.resolve()
    const changes = this.#changes
    this.#changes = new Map()
    const failed = await this.#forEachGroup('topics', async (groupId) => {
      const { groups } = this.#parts
      const isConcerned = await groups.read(groupId, ({ state }) => concerns(state, changes))
      if (isConcerned) await groups.run(groupId, { kind: 'topics-changed' })
    })
    if (failed === 0 || this.#isStopped) return
    this.#changes = 'all'
    this.#stopRetry = this.#parts.clock.after(RETRY_MS, () => {
      this.#stopRetry = undefined
      this.#startSweep()
    })
  }

  #scheduleExpiry(): void {
    const { clock, limits } = this.#parts
    if (this.#isStopped) return
    this.#stopExpiry = clock.after(limits.groupExpiryIntervalMs, () => {
      this.#expiry = this.#expire().finally(() => {
        this.#scheduleExpiry()
      })
    })
  }

  async #expire(): Promise<void> {
    const { groups, limits } = this.#parts
    const command = { kind: 'expire-offsets', retentionMs: limits.groupOffsetsRetentionMs } as const
    await this.#forEachGroup('expiry', async (groupId) => {
      await groups.run(groupId, command)
    })
  }

  /** @returns for how many it failed */
  async #forEachGroup(
    duty: 'topics' | 'expiry',
    action: (groupId: string) => Promise<void>,
  ): Promise<number> {
    let failed = 0
    await forEachBounded(this.#parts.groups.ids(), CONCURRENCY, async (group) => {
      if (this.#isStopped) return
      try {
        await action(group)
      } catch (error) {
        // Gone meanwhile, and with it what there was to do.
        if (isVarveError(error, 'GROUP_NOT_FOUND')) return
        if (!isVarveError(error)) throw error
        failed++
        this.#parts.log.warn('group_upkeep_failed', { group, duty, error })
      }
    })
    return failed
  }
}

function concerns(group: GroupState | undefined, changes: Changes): boolean {
  if (group === undefined) return false
  if (changes === 'all') return true
  const names = new Set(changes.values())
  for (const { wishes } of group.members.values()) {
    if (wishes.topics.some((name) => names.has(name))) return true
  }
  for (const key of group.offsets.keys()) if (changes.has(topicIdOf(key))) return true
  return false
}
