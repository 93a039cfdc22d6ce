// A subscription of the simulated broker: reads what its partitions hold as credit allows, message by message, each after the
// broker's delay, and keeps to the protocol: seek epochs, pauses, stops, errors that halt a partition, heartbeats.
import type { SubscriptionEvents, SubscriptionStream } from '../../../src/client/transport.ts'
import type { VarveError } from '../../../src/domain/error.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import type { Cancel, Clock } from '../../../src/platform/clock.ts'
import type {
  FetchResultOutput,
  SubscribeInit,
  SubscribeReadyOutput,
  SubscribeRequest,
  SubscribeResponseOutput,
} from '../../../src/protocol/grpc/messages.ts'
import { batchRecordCount } from '../../../src/record/batch-header.ts'
import { eachBatch } from '../../../src/record/stored-batch.ts'

interface Place {
  readonly topic: string
  readonly partition: number
  readonly stopOffset: number
  seekEpoch: number
  offset: number
  isPaused: boolean
  isHalted: boolean
  saidCaughtUp: boolean
}

export interface SimulatedSubscriptionParts {
  readonly clock: Clock
  readonly latencyMs: number
  readonly init: SubscribeInit
  readonly events: SubscriptionEvents
  /** What a fetch of one partition would give. */
  readonly read: (
    topic: string,
    partition: number,
    offset: number,
    bytes: number,
  ) => FetchResultOutput
  /** False: nothing is said, not even heartbeats. */
  readonly speaks: () => boolean
  /** How fast a batch comes over; everything after it waits. */
  readonly bytesPerSecond: () => number
  /** How many partitions it may have. */
  readonly partitionsMax: number
  readonly onEnd: (subscription: SimulatedSubscription) => void
}

export class SimulatedSubscription implements SubscriptionStream {
  readonly ready: SubscribeReadyOutput
  /** Credit that was not used up, or below 0. */
  creditBytes: number
  private readonly parts: SimulatedSubscriptionParts
  private readonly places = new Map<string, Place>()
  private isOpen = true
  private stopTimer: Cancel | undefined
  /** Messages on a slow link. */
  private onTheWay: Promise<void> | undefined
  private turns: Promise<void> = Promise.resolve()

  constructor(parts: SimulatedSubscriptionParts) {
    this.parts = parts
    this.creditBytes = Number(parts.init.creditBytes)
    this.ready = {
      maxBytes: Number(parts.init.maxBytes),
      heartbeatIntervalMs: LIMITS.subscriptionHeartbeatMsDefault,
      partitionsMax: parts.partitionsMax,
      unreadMaxMs: LIMITS.subscriptionUnreadMsMax,
    }
    this.beat()
  }

  send(message: SubscribeRequest): void {
    // The broker has it, and may have answered, after the way there and back.
    this.later(() => {
      this.obey(message)
      this.pump()
    })
  }

  /** There may be more to send. */
  wake(): void {
    this.later(() => {
      this.pump()
    })
  }

  finish(): void {
    this.end(undefined)
  }

  cancel(): void {
    this.isOpen = false
    this.stopTimer?.()
    this.parts.onEnd(this)
  }

  /** Breaks it, or ends it in order. */
  end(error: VarveError | undefined): void {
    if (!this.isOpen) return
    this.cancel()
    this.parts.events.onEnd(error)
  }

  private later(action: () => void): void {
    const { clock, latencyMs } = this.parts
    const delay = clock.sleep(latencyMs)
    this.turns = this.turns.then(async () => {
      await delay
      if (this.isOpen && this.parts.speaks()) action()
    })
  }

  private beat(): void {
    this.stopTimer = this.parts.clock.after(this.ready.heartbeatIntervalMs, () => {
      if (this.parts.speaks()) this.tell({ heartbeat: {} })
      if (this.isOpen) this.beat()
    })
  }

  private tell(message: object): void {
    const { clock, bytesPerSecond, events } = this.parts
    const { batch } = message as SubscribeResponseOutput
    const ms = Math.ceil(((batch?.creditBytes ?? 0) * 1_000) / bytesPerSecond())
    if (ms === 0 && this.onTheWay === undefined) {
      if (this.isOpen) events.onMessage(message)
      return
    }
    const onTheWay = (this.onTheWay ?? Promise.resolve()).then(async () => {
      if (this.isOpen) await clock.sleep(ms)
      if (this.isOpen) events.onMessage(message)
      if (this.onTheWay === onTheWay) this.onTheWay = undefined
    })
    this.onTheWay = onTheWay
  }

  private obey({ credit, add, seek, pause, resume, remove }: SubscribeRequest): void {
    if (credit) this.creditBytes += Number(credit.bytes)
    for (const asked of add?.partitions ?? []) {
      const { topic = '', partition = 0, stopOffset } = asked
      if (this.places.has(`${topic}/${partition}`)) throw new Error('it is read already')
      if (this.places.size >= this.parts.partitionsMax) throw new Error('too many partitions')
      const place: Place = {
        topic,
        partition,
        stopOffset: stopOffset === undefined ? Infinity : Number(stopOffset),
        seekEpoch: Number(asked.seekEpoch),
        offset: Number(asked.offset),
        isPaused: asked.paused === true,
        isHalted: false,
        saidCaughtUp: false,
      }
      this.places.set(`${topic}/${partition}`, place)
    }
    if (seek) {
      const place = this.place(seek)
      if (Number(seek.seekEpoch) <= place.seekEpoch) throw new Error('the epoch must rise')
      place.seekEpoch = Number(seek.seekEpoch)
      place.offset = Number(seek.offset)
      place.isHalted = false
      place.saidCaughtUp = false
    }
    for (const where of pause?.partitions ?? []) this.place(where).isPaused = true
    for (const where of resume?.partitions ?? []) this.place(where).isPaused = false
    for (const { topic, partition } of remove?.partitions ?? []) {
      this.places.delete(`${topic}/${partition}`)
    }
  }

  private place({ topic, partition }: { topic?: string; partition?: number }): Place {
    const place = this.places.get(`${topic}/${partition}`)
    if (place === undefined) throw new Error(`${topic}/${partition} is not read`)
    return place
  }

  /** In turn, one message of each. */
  private pump(): void {
    for (let isBusy = true; isBusy; ) {
      isBusy = false
      for (const place of [...this.places.values()]) {
        if (this.isOpen && this.isActive(place) && this.creditBytes > 0 && this.read(place)) {
          isBusy = true
        }
      }
    }
  }

  private isActive(place: Place): boolean {
    const { topic, partition, isPaused, isHalted } = place
    return !isPaused && !isHalted && this.places.get(`${topic}/${partition}`) === place
  }

  /** @returns true when there may be more */
  private read(place: Place): boolean {
    const { topic, partition, seekEpoch, offset, stopOffset } = place
    const where = { topic, partition, seekEpoch }
    if (offset >= stopOffset) {
      place.isHalted = true
      this.tell({ reachedEnd: { ...where, offset: stopOffset } })
      return false
    }
    const bytes = Math.max(1, Math.min(this.ready.maxBytes, this.creditBytes))
    const result = this.parts.read(topic, partition, offset, bytes)
    const bounds = {
      startOffset: result.startOffset,
      readableEndOffset: result.readableEndOffset,
    }
    if (result.error) {
      place.isHalted = true
      this.tell({ partitionError: { ...where, error: result.error, ...bounds } })
      return false
    }
    const batches = result.records?.batches ?? Buffer.alloc(0)
    if (batches.length === 0) {
      if (!place.saidCaughtUp) this.tell({ caughtUp: { ...where, offset } })
      place.saidCaughtUp = true
      return false
    }
    const { nextOffset } = result
    place.offset = nextOffset
    this.creditBytes -= batches.length
    const batch = { ...where, records: result.records, ...bounds, nextOffset, leaderEpoch: 1 }
    const creditRecords = recordCount(batches)
    this.tell({ batch: { ...batch, creditBytes: batches.length, creditRecords } })
    return true
  }
}

/** Also of bytes that a test has spoiled. */
function recordCount(batches: Buffer): number {
  let count = 0
  for (const batch of eachBatch(batches)) count += batchRecordCount(batch, 0)
  return count
}
