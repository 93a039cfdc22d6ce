import { VarveError } from '../domain/error.ts'
import type { Offset } from '../domain/offset.ts'
import type { TopicDescription, TopicSummary } from './descriptions.ts'

export interface CreateTopicRequest {
  readonly name: string
  readonly partitions: number
  /** By public name; absent ones have their defaults. */
  readonly settings: Readonly<Record<string, string>>
  /** Only check. */
  readonly validateOnly?: boolean
}

export interface UpdateSettingsRequest {
  readonly name: string
  /** New values by public name. */
  readonly set: Readonly<Record<string, string>>
  /** Settings that go back to their defaults. */
  readonly reset: readonly string[]
  readonly validateOnly?: boolean
}

export interface DeleteRecordsRequest {
  readonly topic: string
  readonly partition: number
  /** Records below it go. */
  readonly beforeOffset: Offset | 'readable-end'
}

export interface TopicPage {
  readonly topics: readonly TopicSummary[]
  /** Pass it as `after` to go on; absent on the last page. */
  readonly next?: string
}

export class TopicRegistry {
  async createTopic(_request: CreateTopicRequest): Promise<TopicDescription> {
    throw new VarveError('NOT_READY', 'not yet')
  }
  async deleteTopic(_name: string): Promise<void> {
    throw new VarveError('NOT_READY', 'not yet')
  }
  describeTopic(_name: string): TopicDescription {
    throw new VarveError('NOT_READY', 'not yet')
  }
  listTopics(_request: { readonly after?: string; readonly limit: number }): TopicPage {
    throw new VarveError('NOT_READY', 'not yet')
  }
  async updateSettings(_request: UpdateSettingsRequest): Promise<TopicDescription> {
    throw new VarveError('NOT_READY', 'not yet')
  }
  async addPartitions(_name: string, _total: number): Promise<TopicDescription> {
    throw new VarveError('NOT_READY', 'not yet')
  }
  async deleteRecords(_request: DeleteRecordsRequest): Promise<Offset> {
    throw new VarveError('NOT_READY', 'not yet')
  }
}
