// How the journal of groups is laid out in the records of its log. A record's key is the id of the group; a checkpoint's
// begin and end have none. Its value is JSON:
//
//   {"version":1,"event":{"kind":"offsets-committed", ...}}             what happened to the group
//   {"version":1,"state":{"groupId":"g", ...}}                          in a checkpoint: all that is known of the group
//   {"version":1,"checkpointBegin":{"id":2,"earlier":[{...}]}}          the stretches of the log before it
//   {"version":1,"checkpointEnd":{"id":2}}                              the states of all groups lie between the two
//
// What is stored together lies in one batch, which a crash leaves whole or not at all. What does not fit into one is spread
// over several: each of its records has the headers `part` (from 0 on) and `of`, and all of it counts when the last part is
// there. A value that is larger than a batch is cut: each piece but the last has the header `cut`. Invariant: a value that
// does not read as exactly what was written is damage, and never passed over.
import type { GroupEvent } from '../../coordinator/group-event.ts'
import type { GroupState } from '../../coordinator/group-state.ts'
import { groupEventShape } from './group-event-shape.ts'
import { groupStateShape } from './group-state-shape.ts'
import { count, integer, list, object, type Shape, ShapeError } from './json-shape.ts'

const JOURNAL_VERSION = 1

export const PART_HEADER = 'part'
export const OF_HEADER = 'of'
export const CUT_HEADER = 'cut'

/** A stretch of the log: from the begin of a checkpoint up to the begin of the next one. Positions are offsets. */
export interface JournalStretch {
  /** Of the checkpoint; 0 for the stretch before the first one, which begins with no groups at all. */
  readonly id: number
  readonly begin: number
  /** Behind the end of the checkpoint: from here on all groups are known. */
  readonly end: number
  /** Bytes of its batches. */
  readonly bytes: number
  /** The earliest wall clock of its batches, and of those from the checkpoint's end on. */
  readonly minTimeMs: number
  readonly minTimeKnownMs: number
  /** The latest. */
  readonly maxTimeMs: number
}

export interface CheckpointBegin {
  readonly id: number
  readonly earlier: readonly JournalStretch[]
}

interface CheckpointEnd {
  readonly id: number
}

/** What a record says: one of these is set. */
export interface JournalValue {
  readonly event?: GroupEvent
  readonly state?: GroupState
  readonly checkpointBegin?: CheckpointBegin
  readonly checkpointEnd?: CheckpointEnd
}

/** What is stored is not what the journal wrote. */
export class JournalDamage extends Error {
  /** The offset of the record. */
  readonly position: number

  constructor(position: number, what: string) {
    super(`at offset ${position}: ${what}`)
    this.position = position
  }
}

const SHAPES: { readonly [Name in keyof JournalValue]-?: Shape<NonNullable<JournalValue[Name]>> } =
  {
    event: groupEventShape,
    state: groupStateShape,
    checkpointBegin: object<CheckpointBegin>({
      id: count,
      earlier: list(
        object<JournalStretch>({
          id: count,
          begin: count,
          end: count,
          bytes: count,
          minTimeMs: integer,
          minTimeKnownMs: integer,
          maxTimeMs: integer,
        }),
      ),
    }),
    checkpointEnd: object<CheckpointEnd>({ id: count }),
  }

/** The value of a record. */
export function encodeJournalValue(value: JournalValue): Buffer {
  const written: Record<string, unknown> = { version: JOURNAL_VERSION }
  for (const [name, content] of Object.entries(value) as [keyof JournalValue, never][]) {
    written[name] = SHAPES[name].write(content)
  }
  return Buffer.from(JSON.stringify(written))
}

/** @throws JournalDamage */
export function decodeJournalValue(bytes: Buffer, position: number): JournalValue {
  const damage = (what: string): JournalDamage => new JournalDamage(position, what)
  let json: unknown
  try {
    json = JSON.parse(bytes.toString())
  } catch {
    throw damage('the record is not JSON')
  }
  if (typeof json !== 'object' || json === null) throw damage('the record is no object')
  const { version, ...rest } = json as Readonly<Record<string, unknown>>
  if (version !== JOURNAL_VERSION) throw damage('the record is of an unknown version')
  const [name, ...others] = Object.keys(rest)
  if (name === undefined || others.length > 0 || !Object.hasOwn(SHAPES, name)) {
    throw damage('the record is of an unknown kind')
  }
  try {
    return { [name]: SHAPES[name as keyof JournalValue].read(rest[name]) }
  } catch (error) {
    if (error instanceof ShapeError) throw damage(`the ${name} of the record ${error.message}`)
    throw error
  }
}
