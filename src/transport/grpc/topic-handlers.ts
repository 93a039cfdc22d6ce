// The methods of AdminService about topics.
import type { UntypedServiceImplementation } from '@grpc/grpc-js'
import { LIMITS } from '../../domain/limits.ts'
import { adminService } from '../../protocol/grpc/services.ts'
import type { ServiceContext } from './service-context.ts'
import { topicMessage } from './topic-messages.ts'
import { unaryMethod } from './unary-method.ts'
import { admitCount } from './wire-numbers.ts'

/** Where a request leaves the number of partitions open. */
const PARTITIONS_DEFAULT = 1

export function topicHandlers(context: ServiceContext): UntypedServiceImplementation {
  const { topics } = context.broker
  return {
    CreateTopic: unaryMethod(context, adminService.CreateTopic, async (request) => {
      const { name, partitions, settings, validateOnly } = request
      const topic = await topics.createTopic({
        name,
        partitions: partitions ?? PARTITIONS_DEFAULT,
        settings,
        validateOnly,
      })
      return { topic: topicMessage(topic) }
    }),
    DeleteTopic: unaryMethod(context, adminService.DeleteTopic, async ({ name }) => {
      await topics.deleteTopic(name)
      return {}
    }),
    DescribeTopic: unaryMethod(context, adminService.DescribeTopic, ({ name }) => ({
      topic: topicMessage(topics.describeTopic(name)),
    })),
    ListTopics: unaryMethod(context, adminService.ListTopics, ({ pageSize, pageToken }) => {
      // The token is the last name of the page before: names are sorted, so the next page is what follows it.
      const page = topics.listTopics({
        limit: pageLimit(pageSize),
        ...(pageToken === '' ? {} : { after: pageToken }),
      })
      return {
        topics: page.topics.map((topic) => ({ ...topic })),
        nextPageToken: page.next ?? '',
      }
    }),
    UpdateTopicSettings: unaryMethod(context, adminService.UpdateTopicSettings, async (request) => {
      const { name, set, reset, validateOnly } = request
      const topic = await topics.updateSettings({ name, set, reset, validateOnly })
      return { topic: topicMessage(topic) }
    }),
    AddPartitions: unaryMethod(context, adminService.AddPartitions, async (request) => ({
      topic: topicMessage(await topics.addPartitions(request.name, request.partitions)),
    })),
  }
}

/** How many items a page may have. @throws VarveError INVALID_ARGUMENT when a negative number is asked for */
export function pageLimit(pageSize: number): number {
  const asked = admitCount(pageSize, 'page_size')
  return asked === 0 ? LIMITS.itemsPerRequestMax : Math.min(asked, LIMITS.itemsPerRequestMax)
}
