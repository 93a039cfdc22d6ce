// Whether a partition may be written to, and what is known of its troubles. A fence is put up once and stays until the next
// start; it is noted beside the log, as well as a failing disk allows (invariant D7).
import type { PartitionIdentity } from '../../domain/topic.ts'
import type { PartitionReport } from '../engine.ts'
import { isNoSpace, isOutOfDescriptors } from './file-access.ts'
import { noteFence } from './partition-files.ts'
import type { PartitionState } from './partition-state.ts'
import type { StorageContext } from './storage-context.ts'

const REPORTED_ANOMALIES_MAX = 100

export class PartitionHealth {
  private readonly context: StorageContext
  private readonly identity: PartitionIdentity
  private readonly state: PartitionState
  private latestReport: PartitionReport
  private fenceReason: string | undefined
  private fencing: Promise<boolean> | undefined

  constructor(
    context: StorageContext,
    identity: PartitionIdentity,
    state: PartitionState,
    report: PartitionReport,
  ) {
    this.context = context
    this.identity = identity
    this.state = state
    this.latestReport = report
  }

  /** What opening found, and what was found since. */
  get report(): PartitionReport {
    return this.latestReport
  }

  get isFenced(): boolean {
    return this.fenceReason !== undefined
  }

  /** Why nothing may be written; undefined when all is well. */
  get readOnlyReason(): string | undefined {
    if (this.fenceReason !== undefined) return this.fenceReason
    return this.state.damaged.length > 0 ? 'stored bytes are damaged' : undefined
  }

  /** From here on nothing is written to the log. */
  fence(reason: string, error: unknown): void {
    if (this.fenceReason !== undefined) return
    this.fenceReason = reason
    const { log } = this.context
    log.error('partition_fenced', { ...this.logFields, reason, error: String(error) })
    this.context.fencedPaths.add(this.state.directory.path)
    this.fencing = this.noteFence()
  }

  /** Resolves when the fence was noted, or could not be: it is tried once more, as a full disk may have room again. */
  async fenceNoted(): Promise<void> {
    if ((await this.fencing) === false) this.fencing = this.noteFence()
    await this.fencing
  }

  /** Something that nobody waits for failed: without room it is done later, else the partition is fenced. */
  backgroundFailed(error: unknown): void {
    this.context.metrics.countFailure('record', error)
    if (isNoSpace(error) || isOutOfDescriptors(error)) {
      this.context.log.warn('checkpoint_postponed', { ...this.logFields, reason: String(error) })
    } else {
      this.fence('the state of the log could not be recorded', error)
    }
  }

  damageFound(sentence: string): void {
    this.addAnomaly(sentence)
    const { damagedRanges: damaged } = this.state
    this.latestReport = { ...this.latestReport, outcome: 'degraded', damaged }
    this.context.log.error('damage_found', { ...this.logFields, what: sentence })
  }

  /** Damage was deleted. */
  damageChanged(): void {
    this.latestReport = { ...this.latestReport, damaged: this.state.damagedRanges }
  }

  indexRebuilt(baseOffset: number, reason: string): void {
    const indexesRebuilt = this.latestReport.indexesRebuilt + 1
    this.latestReport = { ...this.latestReport, indexesRebuilt }
    this.addAnomaly(`the indexes of segment ${baseOffset} were made anew: ${reason}`)
    this.context.log.warn('index_rebuilt', { ...this.logFields, segment: baseOffset, reason })
  }

  indexLost(baseOffset: number, error: unknown): void {
    const reason = String(error)
    this.context.log.error('index_lost', { ...this.logFields, segment: baseOffset, reason })
  }

  private async noteFence(): Promise<boolean> {
    try {
      await noteFence(this.context, this.state.directory)
      return true
    } catch (error) {
      this.context.log.error('fence_not_recorded', { ...this.logFields, error: String(error) })
      return false
    }
  }

  private addAnomaly(sentence: string): void {
    const { anomalies } = this.latestReport
    if (anomalies.length >= REPORTED_ANOMALIES_MAX) return
    this.latestReport = { ...this.latestReport, anomalies: [...anomalies, sentence] }
  }

  private get logFields(): { topic: string; topicId: string; partition: number } {
    const { topicName, topicId, partition } = this.identity
    return { topic: topicName, topicId, partition }
  }
}
