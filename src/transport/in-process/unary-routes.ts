// Which answer belongs to which call of the client, and how its messages are copied on the way in and out.
import type { UnaryMethod } from '../../client/transport.ts'
import {
  type MessageCopy,
  requestCopyOf,
  responseCopyOf,
} from '../../protocol/grpc/message-copy.ts'
import { groupAnswers } from '../group-answers.ts'
import { logAnswers } from '../log-answers.ts'
import { storageAnswers } from '../storage-answers.ts'
import { topicAnswers } from '../topic-answers.ts'
import type { UnaryAnswer } from '../unary-answers.ts'

/** One call: a request is copied, answered, and the response copied. */
export interface UnaryRoute {
  readonly request: MessageCopy<object, object>
  readonly answer: UnaryAnswer<object, object>
  readonly response: MessageCopy<object, object>
}

const ANSWERS = { ...logAnswers, ...topicAnswers, ...storageAnswers, ...groupAnswers }
type MethodName = keyof typeof ANSWERS

/** The names of the methods; a call without one does not compile. */
const METHOD_NAMES: Readonly<Record<UnaryMethod, MethodName>> = {
  produce: 'Produce',
  fetch: 'Fetch',
  listOffsets: 'ListOffsets',
  initProducerId: 'InitProducerId',
  createTopic: 'CreateTopic',
  deleteTopic: 'DeleteTopic',
  describeTopic: 'DescribeTopic',
  listTopics: 'ListTopics',
  updateTopicSettings: 'UpdateTopicSettings',
  addPartitions: 'AddPartitions',
  deleteRecords: 'DeleteRecords',
  describeCluster: 'DescribeCluster',
  describeStorage: 'DescribeStorage',
  commitOffsets: 'CommitOffsets',
  fetchOffsets: 'FetchOffsets',
  resetOffsets: 'ResetOffsets',
  listGroups: 'ListGroups',
  describeGroup: 'DescribeGroup',
  deleteGroup: 'DeleteGroup',
  explainGroup: 'ExplainGroup',
  waitForCommit: 'WaitForCommit',
  listCommitHistory: 'ListCommitHistory',
  snapshotGroup: 'SnapshotGroup',
  restoreGroup: 'RestoreGroup',
  deleteGroupSnapshot: 'DeleteGroupSnapshot',
  forkGroup: 'ForkGroup',
}

/** The routes of all calls. buf's lint sees to it that the messages are named after their method. */
export const UNARY_ROUTES: Readonly<Record<UnaryMethod, UnaryRoute>> = Object.fromEntries(
  Object.entries(METHOD_NAMES).map(([method, name]): [string, UnaryRoute] => [
    method,
    {
      request: requestCopyOf(`varve.v1.${name}Request`),
      answer: ANSWERS[name] as UnaryAnswer<object, object>,
      response: responseCopyOf(`varve.v1.${name}Response`),
    },
  ]),
) as Record<UnaryMethod, UnaryRoute>
