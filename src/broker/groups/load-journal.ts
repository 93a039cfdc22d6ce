// What a start makes of the stored journal: the groups as they were stored, and where its history can be read.
import type { GroupState } from '../../coordinator/group-state.ts'
import type { PartitionLog } from '../../storage/engine.ts'
import type { CheckpointPlace } from './checkpoint-hint.ts'
import { readJournal } from './journal-reader.ts'
import { JournalDamage } from './journal-record.ts'
import { JournalReplay } from './journal-replay.ts'
import { JournalStretches } from './journal-stretches.ts'

export interface LoadedJournal {
  readonly groups: ReadonlyMap<string, GroupState>
  readonly stretches: JournalStretches
}

/**
 * Replays the log: from the checkpoint that the hint names if it is whole, else from the start.
 * @throws JournalDamage · VarveError as readJournal
 */
export async function loadJournal(
  log: PartitionLog,
  hint: CheckpointPlace | undefined,
): Promise<LoadedJournal> {
  const { start, readableEnd } = log.bounds()
  if (hint !== undefined && hint.begin > start && hint.begin < readableEnd) {
    const loaded = await replayFrom(log, hint)
    if (loaded !== undefined) return loaded
  }
  const loaded = await replayFrom(log, { begin: start, id: undefined })
  if (loaded !== undefined) return loaded
  throw new JournalDamage(start, 'the log begins with no whole checkpoint')
}

/** Undefined when what is there is not a whole checkpoint, of that id if one is given. */
async function replayFrom(
  log: PartitionLog,
  from: { readonly begin: number; readonly id: number | undefined },
): Promise<LoadedJournal | undefined> {
  const { start, readableEnd } = log.bounds()
  const isFromNothing = from.begin === 0
  const stretches = new JournalStretches(isFromNothing)
  const replay = new JournalReplay(isFromNothing, {
    onBegin: ({ id, earlier }, position) => {
      if (position === from.begin) stretches.recall(earlier, start)
      stretches.begin(id, position)
    },
    onEnd: (_id, position) => {
      stretches.end(position)
    },
  })
  for await (const batch of readJournal(log, from.begin, readableEnd)) {
    const { baseOffset, bytes, timeMs, records } = batch
    for (const record of records) {
      const { checkpointBegin } = replay.take(record)
      const isFirst = baseOffset === from.begin
      if (isFirst && from.id !== undefined && checkpointBegin?.id !== from.id) return undefined
    }
    stretches.add({ bytes, timeMs })
  }
  stretches.abandon()
  return replay.isWhole ? { groups: replay.groups, stretches } : undefined
}
