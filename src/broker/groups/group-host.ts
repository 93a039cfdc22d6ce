// Hosts the consumer groups of the broker: puts the parts together. Each part has a file of its own.
import type { Limits } from '../../domain/limits.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import type { TopicCatalog } from '../topic-catalog.ts'
import { type GroupAccess, GroupActors } from './group-actors.ts'
import type { GroupJournal } from './group-journal.ts'
import type { GroupObserver } from './group-observer.ts'
import { GroupPresence } from './group-presence.ts'
import { PartitionLookup } from './partition-lookup.ts'

export interface GroupHostParts {
  readonly catalog: TopicCatalog
  readonly journal: GroupJournal
  readonly clock: Clock
  readonly log: Log
  readonly limits: Limits
}

export class GroupHost {
  readonly lookup: PartitionLookup
  readonly presence: GroupPresence
  readonly #actors: GroupActors
  readonly #observers: GroupObserver[]

  constructor({ catalog, journal, clock, log, limits }: GroupHostParts) {
    const lookup = new PartitionLookup(catalog)
    this.lookup = lookup
    this.presence = new GroupPresence({ clock, topics: lookup.topics, limits })
    this.#observers = [this.presence]
    this.#actors = new GroupActors({
      ...{ journal, lookup, clock, limits, log },
      observer: {
        stored: (...round) => {
          for (const observer of this.#observers) observer.stored(...round)
        },
      },
      onRefused: (groupId, command) => {
        if (command.kind !== 'commit' && command.kind !== 'heartbeat') return
        if (command.memberId !== undefined) this.presence.refused(groupId, command.memberId)
      },
    })
  }

  /** The groups, for the parts that serve requests. */
  get groups(): GroupAccess {
    return this.#actors
  }
}
