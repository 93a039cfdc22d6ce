// Entries of a produce, unary or streamed: each becomes one append and one result; an entry that fails does not touch
// the others. The appends are begun in the order of the entries, before anything is waited for.
import type { ProduceOutcome, SpreadOutcome } from '../broker/produce-service.ts'
import { DURABILITIES, type Durability } from '../domain/durability.ts'
import { VarveError } from '../domain/error.ts'
import { admitOffset } from '../domain/offset.ts'
import type {
  DurabilityName,
  ProduceEntryOutput,
  ProducePart,
  ProduceResult,
} from '../protocol/grpc/messages.ts'
import { recordInputs } from './record-forms.ts'
import type { ServiceContext } from './service-context.ts'
import { ABSENT, durabilityName, durabilityOf } from './wire-numbers.ts'

/** In a produce with records: the broker chooses the partitions. */
const ANY_PARTITION = -1

/** Appends the entries. Never rejects: what fails is in the results, which are in entry order. */
export async function produceEntries(
  context: ServiceContext,
  entries: readonly ProduceEntryOutput[],
  durability: DurabilityName,
  signal: AbortSignal,
): Promise<ProduceResult[]> {
  const asked = durabilityOf(durability)
  return await Promise.all(
    entries.map(async (entry) => {
      try {
        return await produceEntry(context, entry, asked, signal)
      } catch (error) {
        return { ...UNDONE, ...placeOf(entry), error: context.statusOf(error) }
      }
    }),
  )
}

async function produceEntry(
  context: ServiceContext,
  entry: ProduceEntryOutput,
  durability: Durability | undefined,
  signal: AbortSignal,
): Promise<ProduceResult> {
  const { producer } = context.broker
  const place = placeOf(entry)
  const common = {
    ...place,
    ...(durability === undefined ? {} : { durability }),
    ...(entry.expectedOffset === undefined
      ? {}
      : { expectedOffset: admitOffset(entry.expectedOffset, 'expected_offset') }),
  }
  if (entry.records?.form === 'batches') {
    const batch = entry.records.batches ?? Buffer.alloc(0)
    if (batch.length === 0) throw emptyBatch(place)
    return { ...place, ...resultOf(await producer.append({ ...common, batch }, signal)) }
  }
  const messages = entry.records?.records?.records ?? []
  if (messages.length === 0) throw emptyBatch(place)
  const records = recordInputs(messages, context.clock.wallMs())
  const spread = await producer.appendRecords({ ...common, records }, signal)
  return spreadResult(context, place, spread)
}

/** What a result says of an entry that was not appended. */
const UNDONE = {
  baseOffset: ABSENT,
  recordCount: 0,
  logAppendTimeMs: ABSENT,
  startOffset: ABSENT,
} as const satisfies ProduceResult

interface Place {
  readonly topic: string
  readonly partition: number
}

function placeOf({ topic, partition }: ProduceEntryOutput): Place {
  return { topic, partition }
}

function emptyBatch(place: Place): VarveError {
  return new VarveError('EMPTY_BATCH', 'the entry holds no records', { details: { ...place } })
}

function resultOf(outcome: ProduceOutcome): ProduceResult {
  return {
    partition: outcome.partition,
    baseOffset: outcome.baseOffset ?? ABSENT,
    recordCount: outcome.recordCount,
    durability: durabilityName(outcome.durability),
    duplicate: outcome.duplicate,
    logAppendTimeMs: outcome.logAppendTimeMs ?? ABSENT,
    startOffset: outcome.startOffset,
  }
}

function spreadResult(context: ServiceContext, place: Place, spread: SpreadOutcome): ProduceResult {
  const [first] = spread.parts
  if (place.partition !== ANY_PARTITION && first !== undefined) {
    if (first.error) throw first.error
    return first.outcome ? { ...place, ...resultOf(first.outcome) } : { ...UNDONE, ...place }
  }
  const parts = spread.parts.map(
    (part): ProducePart => ({
      partition: part.partition,
      baseOffset: part.outcome?.baseOffset ?? ABSENT,
      records: [...part.records],
      ...(part.outcome ? { durability: durabilityName(part.outcome.durability) } : {}),
      ...(part.error ? { error: context.statusOf(part.error) } : {}),
    }),
  )
  const done = spread.parts.flatMap((part) => part.outcome ?? [])
  const failed = parts.find((part) => part.error !== undefined)
  const [only] = parts.length === 1 ? done : []
  return {
    ...UNDONE,
    recordCount: done.reduce((sum, outcome) => sum + outcome.recordCount, 0),
    ...(done.length > 0 ? { durability: durabilityName(weakest(done)) } : {}),
    ...(only ? resultOf(only) : {}),
    ...place,
    ...(only ? { partition: only.partition } : {}),
    parts,
    ...(failed?.error ? { error: failed.error } : {}),
  }
}

function weakest(outcomes: readonly ProduceOutcome[]): Durability {
  return DURABILITIES.find((level) => outcomes.some((o) => o.durability === level)) ?? 'none'
}
