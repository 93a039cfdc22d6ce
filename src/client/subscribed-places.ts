// What a subscription of the consumer was told to read, and what it must be told so that it reads what the consumer wants
// now. Says commands and sends nothing. Invariant: whatever the broker sends for a place that was left is known by its seek
// epoch, which is never used twice on one stream.
import type { SubscribeAddPartition, SubscribeRequest } from '../protocol/grpc/messages.ts'
import type { TopicPartition } from './consumer-types.ts'
import type { PartitionCursor } from './partition-cursor.ts'

/** As the broker knows it. */
interface Place {
  readonly cursor: PartitionCursor
  era: number
  seekEpoch: number
  readonly endOffset: number
  isPaused: boolean
  /** The broker sends nothing more before a seek. */
  isHalted: boolean
}

/** The fields that an add and a seek have in common. */
type PlaceOnWire = Pick<
  SubscribeAddPartition,
  'topic' | 'partition' | 'seekEpoch' | 'offset' | 'leaderEpoch'
>

export class SubscribedPlaces {
  private readonly places = new Map<string, Place>()
  private lastSeekEpoch = 0

  /** A new stream begins. */
  clear(): void {
    this.places.clear()
    this.lastSeekEpoch = 0
  }

  /** The cursor to which a message belongs; undefined when its place was left. */
  cursorOf(message: TopicPartition & { readonly seekEpoch: number }): PartitionCursor | undefined {
    const place = this.places.get(keyOf(message))
    if (place?.seekEpoch !== message.seekEpoch) return undefined
    return place.era === place.cursor.era ? place.cursor : undefined
  }

  /** The broker said that it sends nothing more of this place. */
  halted(cursor: PartitionCursor): void {
    const place = this.places.get(keyOf(cursor))
    if (place !== undefined) place.isHalted = true
  }

  /** What to tell the broker now, in this order; afterwards it counts as told. */
  commands(cursors: readonly PartitionCursor[], nowMs: number): SubscribeRequest[] {
    const remove = this.leave(cursors)
    const add: PartitionCursor[] = []
    const seek: SubscribeRequest[] = []
    const pause: TopicPartition[] = []
    const resume: TopicPartition[] = []
    for (const cursor of cursors) {
      const place = this.places.get(keyOf(cursor))
      const mayAsk = cursor.wantsData && cursor.notBeforeMs <= nowMs
      if (place === undefined) {
        if (mayAsk) add.push(cursor)
        continue
      }
      const { era, isHalted } = place
      // A place that has ended has nothing to be asked for, unless its reader went elsewhere or was asked to wait.
      if (mayAsk && (era !== cursor.era || isHalted)) seek.push({ seek: this.move(place) })
      if (cursor.isOnHold === place.isPaused) continue
      place.isPaused = cursor.isOnHold
      const list = cursor.isOnHold ? pause : resume
      list.push(whereOf(cursor))
    }
    return [
      ...(remove.length > 0 ? [{ remove: { partitions: remove } }] : []),
      ...(add.length > 0 ? [{ add: { partitions: add.map((cursor) => this.begin(cursor)) } }] : []),
      ...seek,
      // A message that names no partition would mean all of them.
      ...(pause.length > 0 ? [{ pause: { partitions: pause } }] : []),
      ...(resume.length > 0 ? [{ resume: { partitions: resume } }] : []),
    ]
  }

  /**
   * Places that are not read any more, that have another end by now, or that the reader left for its end: those that are read again
   * begin anew.
   */
  private leave(cursors: readonly PartitionCursor[]): TopicPartition[] {
    const wanted = new Set(cursors)
    const left: TopicPartition[] = []
    for (const [key, { cursor, era, endOffset }] of this.places) {
      const isAtEnd = era !== cursor.era && cursor.fetchOffset >= cursor.endOffset
      if (wanted.has(cursor) && endOffset === cursor.endOffset && !isAtEnd) continue
      this.places.delete(key)
      left.push(whereOf(cursor))
    }
    return left
  }

  private begin(cursor: PartitionCursor): SubscribeAddPartition {
    const place: Place = {
      cursor,
      era: cursor.era,
      seekEpoch: ++this.lastSeekEpoch,
      endOffset: cursor.endOffset,
      isPaused: false,
      isHalted: false,
    }
    this.places.set(keyOf(cursor), place)
    const { endOffset } = cursor
    return { ...targetOf(place), ...(endOffset === Infinity ? {} : { stopOffset: endOffset }) }
  }

  private move(place: Place): PlaceOnWire {
    place.era = place.cursor.era
    place.isHalted = false
    place.seekEpoch = ++this.lastSeekEpoch
    return targetOf(place)
  }
}

function targetOf({ cursor, seekEpoch }: Place): PlaceOnWire {
  const { fetchOffset: offset, leaderEpoch } = cursor
  return {
    ...whereOf(cursor),
    seekEpoch,
    offset,
    ...(leaderEpoch === undefined ? {} : { leaderEpoch }),
  }
}

function whereOf({ topic, partition }: TopicPartition): TopicPartition {
  return { topic, partition }
}

/** A number has no slash: the last one parts the two. */
function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`
}
