// The methods of AdminService about topics.
import { LIMITS } from '../domain/limits.ts'
import type { adminService } from '../protocol/grpc/services.ts'
import { topicMessage } from './topic-messages.ts'
import type { UnaryAnswers } from './unary-answers.ts'
import { admitCount } from './wire-numbers.ts'

/** Where a request leaves the number of partitions open. */
const PARTITIONS_DEFAULT = 1

export const topicAnswers: Pick<
  UnaryAnswers<typeof adminService>,
  | 'CreateTopic'
  | 'DeleteTopic'
  | 'DescribeTopic'
  | 'ListTopics'
  | 'UpdateTopicSettings'
  | 'AddPartitions'
> = {
  CreateTopic: async ({ broker }, request) => {
    const { name, partitions, settings, validateOnly } = request
    const topic = await broker.topics.createTopic({
      name,
      partitions: partitions ?? PARTITIONS_DEFAULT,
      settings,
      validateOnly,
    })
    return { topic: topicMessage(topic) }
  },
  DeleteTopic: async ({ broker }, { name }) => {
    await broker.topics.deleteTopic(name)
    return {}
  },
  DescribeTopic: ({ broker }, { name }) => ({
    topic: topicMessage(broker.topics.describeTopic(name)),
  }),
  ListTopics: ({ broker }, { pageSize, pageToken }) => {
    // The token is the last name of the page before: names are sorted, so the next page is what follows it.
    const page = broker.topics.listTopics({
      limit: pageLimit(pageSize),
      ...(pageToken === '' ? {} : { after: pageToken }),
    })
    return {
      topics: page.topics.map((topic) => ({ ...topic })),
      nextPageToken: page.next ?? '',
    }
  },
  UpdateTopicSettings: async ({ broker }, request) => {
    const { name, set, reset, validateOnly } = request
    const topic = await broker.topics.updateSettings({ name, set, reset, validateOnly })
    return { topic: topicMessage(topic) }
  },
  AddPartitions: async ({ broker }, { name, partitions }) => ({
    topic: topicMessage(await broker.topics.addPartitions(name, partitions)),
  }),
}

/** How many items a page may have. @throws VarveError INVALID_ARGUMENT when a negative number is asked for */
export function pageLimit(pageSize: number): number {
  const asked = admitCount(pageSize, 'page_size')
  return asked === 0 ? LIMITS.itemsPerRequestMax : Math.min(asked, LIMITS.itemsPerRequestMax)
}
