// The program's handlers at work on what a consumer holds in its group: between its membership, which brings batches and takes what
// is finished, and the processing, which knows neither. Invariant: what is finished is told to the very stay of the partition, and
// place in it, that it was handed out of.
import type { Offset } from '../domain/offset.ts'
import type { GroupWork } from './group-holdings.ts'
import type { GroupMember } from './group-member.ts'
import type { PartitionState, ProgressSource } from './group-progress.ts'
import type { HeldPartition } from './held-partition.ts'
import type { ProcessingSettings } from './processing-settings.ts'
import type { ProgressWatch } from './progress-watch.ts'
import { type ProcessingCounts, RecordProcessing } from './record-processing.ts'
import type { PartitionWorkers, WorkPlace, WorkSource } from './work-source.ts'

/** Of the time for giving up a partition: the rest is for the program's callback and the last commit. */
const SETTLE_SHARE = 0.75

/** A stay of a partition, at one place. */
class HeldPlace implements WorkPlace {
  readonly topic: string
  readonly partition: number
  readonly held: HeldPartition
  private readonly moves: number
  /** Where the batches end that were handed out and are not finished, and their leader epochs. */
  private readonly batches: { readonly nextOffset: Offset; readonly leaderEpoch: number }[] = []

  constructor(held: HeldPartition) {
    this.topic = held.topic
    this.partition = held.partition
    this.held = held
    this.moves = held.moves
  }

  get isCurrent(): boolean {
    return !this.held.isGone && this.held.moves === this.moves
  }

  handOut(leaderEpoch: number): void {
    const { nextOffset } = this.held.handOut(leaderEpoch)
    this.batches.push({ nextOffset, leaderEpoch })
  }

  finish(nextOffset: Offset): void {
    while (this.batches.length > 1 && (this.batches[0]?.nextOffset ?? 0) < nextOffset) {
      this.batches.shift()
    }
    const leaderEpoch = this.batches[0]?.leaderEpoch ?? -1
    this.held.finish({ moves: this.moves, nextOffset, leaderEpoch })
  }
}

export class HandlerWork implements GroupWork, ProgressSource, WorkSource {
  private readonly member: GroupMember
  private readonly processing: RecordProcessing
  private readonly places = new Map<HeldPartition, HeldPlace>()

  constructor(member: GroupMember, settings: ProcessingSettings, watch: ProgressWatch) {
    this.member = member
    const { context, warnings } = member
    this.processing = new RecordProcessing({
      settings,
      source: this,
      clock: context.clock,
      random: context.random,
      watch,
      warnings,
      budgetBytes: member.settings.reading.prefetchBytes,
    })
  }

  get counts(): ProcessingCounts {
    return this.processing.counts
  }

  get isCertain(): boolean {
    return this.member.isCertain
  }

  /** Until nothing more comes. @throws VarveError HANDLER_FAILED · what ended the reading or the consumer */
  run(): Promise<void> {
    return this.processing.run(this.member.session.rebalanceTimeoutMs * SETTLE_SHARE)
  }

  async next(workers: PartitionWorkers): ReturnType<WorkSource['next']> {
    const batch = await this.member.next({
      get isStopping() {
        return workers.isStopping
      },
      accepts: (held) => workers.accepts(held),
    })
    if (batch === undefined) return undefined
    const { held, current } = batch
    const taken = this.member.feed.reader.takeBatch(current)
    if (taken === undefined) return await this.next(workers)
    const place = this.placeOf(held)
    place.handOut(current.leaderEpoch)
    return { place, batch: taken }
  }

  look(): void {
    this.member.feed.notify()
  }

  finished(place: WorkPlace, nextOffset: Offset): void {
    if (place instanceof HeldPlace) place.finish(nextOffset)
  }

  async settled(partitions: readonly HeldPartition[], timeoutMs: number): Promise<void> {
    const boundMs = timeoutMs * SETTLE_SHARE
    const places = partitions.flatMap((held) => this.places.get(held) ?? [])
    await Promise.all(places.map((place) => this.processing.release(place, boundMs)))
  }

  gone(partitions: readonly HeldPartition[]): void {
    for (const held of partitions) {
      const place = this.places.get(held)
      if (place === undefined) continue
      this.places.delete(held)
      this.processing.lost(place)
    }
  }

  stateOf(held: HeldPartition): PartitionState | undefined {
    const work = this.processing.stateOf(held)
    if (work === undefined) return undefined
    const { state, ageMs, text } = work
    const sinceMs = this.member.context.clock.monotonicMs() - ageMs
    switch (state) {
      case 'in-handler':
        return { state: 'PROGRESS_STATE_IN_HANDLER', sinceMs, text }
      case 'handler-failed':
        return { state: 'PROGRESS_STATE_HANDLER_FAILED', sinceMs, text }
      case 'waiting':
        return { state: 'PROGRESS_STATE_NO_CREDIT', sinceMs, text }
    }
  }

  private placeOf(held: HeldPartition): HeldPlace {
    const known = this.places.get(held)
    if (known?.isCurrent === true) return known
    const place = new HeldPlace(held)
    this.places.set(held, place)
    return place
  }
}
