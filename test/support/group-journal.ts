// A journal of groups over an engine of its own, with no broker around it: a place that makes its partition when it is needed.
import type { JournalPlace } from '../../src/broker/groups/group-topic.ts'
import {
  LogGroupJournal,
  type LogGroupJournalParts,
} from '../../src/broker/groups/log-group-journal.ts'
import type { Durability } from '../../src/domain/durability.ts'
import { LIMITS } from '../../src/domain/limits.ts'
import { parseTopicSettings, type TopicSettingTexts } from '../../src/domain/topic-settings.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import type { PartitionLog, StorageEngine } from '../../src/storage/engine.ts'
import { identityOf } from './batches.ts'

const IDENTITY = { ...identityOf(77), topicName: '__groups' }

/** The place of a journal on an engine; `open` it first where something is stored already. */
export class TestPlace implements JournalPlace {
  readonly #engine: StorageEngine
  readonly #settings
  #log: PartitionLog | undefined

  constructor(engine: StorageEngine, texts: TopicSettingTexts = {}) {
    this.#engine = engine
    this.#settings = parseTopicSettings({ 'retention.ms': '-1', ...texts })
  }

  /** Opens what is stored, if anything is. */
  async openStored(): Promise<this> {
    const stored = await this.#engine.partitions()
    if (stored.some(({ topicId }) => topicId === IDENTITY.topicId)) {
      this.#log = await this.#engine.openPartition(IDENTITY, this.#settings)
    }
    return this
  }

  find(): PartitionLog | undefined {
    return this.#log
  }

  async open(): Promise<{ log: PartitionLog; durability: Exclude<Durability, 'none'> }> {
    this.#log ??= await this.#engine.createPartition(IDENTITY, this.#settings)
    return { log: this.#log, durability: this.#settings.durability }
  }

  /** The log, which must be there. */
  get log(): PartitionLog {
    if (this.#log === undefined) throw new Error('nothing was stored yet')
    return this.#log
  }
}

/** A journal that nobody has loaded yet. */
export function journalOn(
  engine: StorageEngine,
  place: JournalPlace,
  options: Pick<LogGroupJournalParts, 'clock'> &
    Partial<Pick<LogGroupJournalParts, 'log' | 'onCheckpointDue'>> & {
      readonly limits?: Partial<LogGroupJournalParts['limits']>
    },
): LogGroupJournal {
  const { clock, log = SILENT_LOG, onCheckpointDue = () => undefined, limits = {} } = options
  return new LogGroupJournal({
    ...{ place, metadata: engine.metadata, clock, log, onCheckpointDue },
    limits: { ...LIMITS, ...limits },
  })
}
