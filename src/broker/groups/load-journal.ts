// What a start makes of the stored journal: the groups as they were stored, and where its history can be read.
import type { GroupState } from '../../coordinator/group-state.ts'
import { isVarveError } from '../../domain/error.ts'
import type { PartitionLog } from '../../storage/engine.ts'
import type { CheckpointPlace } from './checkpoint-hint.ts'
import { readJournal } from './journal-reader.ts'
import { decodeJournalValue, JournalDamage } from './journal-record.ts'
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
    const loaded = await replayFromHint(log, hint)
    if (loaded !== undefined) return loaded
  }
  const loaded = await replayFrom(log, start)
  if (loaded !== undefined) return loaded
  throw new JournalDamage(start, 'the log begins with no whole checkpoint')
}

/** Undefined when the hint leads nowhere. What is damaged is found again, and told of, by the replay from the start. */
async function replayFromHint(
  log: PartitionLog,
  hint: CheckpointPlace,
): Promise<LoadedJournal | undefined> {
  try {
    for await (const { records } of readJournal(log, hint.begin, hint.begin + 1)) {
      const [first] = records
      if (first === undefined || first.groupId !== undefined) return undefined
      const { checkpointBegin } = decodeJournalValue(first.value, first.position)
      if (checkpointBegin?.id !== hint.id) return undefined
    }
    return await replayFrom(log, hint.begin)
  } catch (error) {
    if (error instanceof JournalDamage || isVarveError(error, 'CORRUPT_LOG')) return undefined
    throw error
  }
}

/** Undefined when no whole checkpoint is there. */
async function replayFrom(log: PartitionLog, from: number): Promise<LoadedJournal | undefined> {
  const { start, readableEnd } = log.bounds()
  const isFromNothing = from === 0
  const stretches = new JournalStretches(isFromNothing)
  const replay = new JournalReplay(isFromNothing, {
    onBegin: ({ id, earlier }, position) => {
      if (position === from) stretches.recall(earlier, start)
      stretches.begin(id, position)
    },
    onEnd: (_id, position) => {
      stretches.end(position)
    },
  })
  for await (const { bytes, timeMs, records } of readJournal(log, from, readableEnd)) {
    for (const record of records) replay.take(record)
    stretches.add({ bytes, timeMs })
  }
  stretches.abandon()
  return replay.isWhole ? { groups: replay.groups, stretches } : undefined
}
