// Keeps the reader of a consumer supplied, by a subscription or by fetches: as its options say, and by fetches when the broker
// cannot serve it by a subscription. Whichever it is, the reader sees one queue; a change of the source loses nothing.
import type { VarveError } from '../domain/error.ts'
import { Arrivals } from './arrivals.ts'
import type { ClientContext } from './client-context.ts'
import type { WarningListeners } from './client-warning.ts'
import type { ConsumerSettings } from './consumer-settings.ts'
import { FetchLoop } from './fetch-loop.ts'
import { FetchedQueue } from './fetched-queue.ts'
import { Outage } from './outage.ts'
import type { PartitionCursor } from './partition-cursor.ts'
import type { RecordSource, SourceParts } from './record-source.ts'
import { SubscribeLoop } from './subscribe-loop.ts'

export class RecordSupply {
  /** What is read. Tell `restart` of a change. */
  cursors: readonly PartitionCursor[] = []
  readonly queue: FetchedQueue
  private readonly parts: SourceParts
  private readonly warnings: WarningListeners
  private source: RecordSource
  private isRunning = false
  private askedSinceMs: number | undefined

  /**
   * @param options.mayPass which errors of a partition are waited out
   * @param options.onChange called when something may be there to read, or to be told
   */
  constructor(options: {
    context: ClientContext
    settings: ConsumerSettings
    warnings: WarningListeners
    mayPass: (error: VarveError) => boolean
    onChange: () => void
  }) {
    const { context, settings, warnings, onChange } = options
    this.warnings = warnings
    this.queue = new FetchedQueue(() => {
      this.source.pump()
    })
    this.parts = {
      context,
      settings,
      cursors: () => this.cursors,
      queue: this.queue,
      arrivals: new Arrivals({ context, warnings, queue: this.queue, mayPass: options.mayPass }),
      outage: new Outage({ context, warnings, longestMs: settings.outageMaxMs }),
      onChange,
    }
    this.source =
      settings.mode === 'fetch'
        ? new FetchLoop(this.parts)
        : new SubscribeLoop(this.parts, (error) => {
            this.fallBack(error)
          })
  }

  /** Somebody reads. */
  start(): void {
    this.isRunning = true
    this.source.start()
  }

  /** Nobody reads: ends what is under way; what came stays. */
  stop(): void {
    this.isRunning = false
    this.source.stop()
  }

  /** The partitions or their positions changed. */
  restart(): void {
    this.source.restart()
  }

  pump(): void {
    this.source.pump()
  }

  /** Lets go of all that came. */
  clear(): void {
    this.queue.clear()
    this.parts.outage.take()
  }

  /** Since the broker last gave a sign of life, in ms; undefined before the first. */
  get answerAgeMs(): number | undefined {
    const { outage, context } = this.parts
    const ageMs = context.clock.monotonicMs() - outage.answeredMs
    return ageMs === Infinity ? undefined : ageMs
  }

  /**
   * How long the broker has given no sign of life although it is asked for records, in ms; undefined while it is not. To be asked
   * again and again: what it is asked for is noticed only then.
   */
  lookForSilence(): number | undefined {
    const { settings, context, outage } = this.parts
    const hasRoom = this.queue.heldBytes < Math.max(1, settings.prefetchBytes)
    if (!this.isRunning || !hasRoom || !this.cursors.some(({ wantsData }) => wantsData)) {
      this.askedSinceMs = undefined
      return undefined
    }
    const nowMs = context.clock.monotonicMs()
    this.askedSinceMs ??= nowMs
    return nowMs - Math.max(this.askedSinceMs, outage.answeredMs)
  }

  /** What ended the reading as a whole, once. */
  takeFailure(): VarveError | undefined {
    return this.parts.outage.take()
  }

  /** Ends the reading as a whole. */
  fail(error: VarveError): void {
    this.parts.outage.fail(error)
    this.parts.onChange()
  }

  private fallBack(error: VarveError): void {
    this.warnings.tell({
      kind: 'subscription-refused',
      message: `reading goes on by fetches instead of a subscription: ${error.message}`,
      error,
    })
    this.source.stop()
    this.source = new FetchLoop(this.parts)
    if (this.isRunning) this.source.start()
  }
}
