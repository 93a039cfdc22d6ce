// Which methods of the services the unary calls of the client are.
import { adminService, groupService, logService } from '../protocol/grpc/services.ts'
import type { UnaryCalls, UnaryMethod } from './transport.ts'

/** A method of a service, as far as a call needs it. */
export interface MethodDefinition<Request, Response> {
  readonly path: string
  readonly requestSerialize: (request: Request) => Buffer
  readonly responseDeserialize: (bytes: Buffer) => Response
}

/** The methods of the unary calls. */
export const UNARY_METHODS: {
  [Method in UnaryMethod]: MethodDefinition<
    UnaryCalls[Method]['request'],
    UnaryCalls[Method]['response']
  >
} = {
  produce: logService.Produce,
  fetch: logService.Fetch,
  listOffsets: logService.ListOffsets,
  initProducerId: logService.InitProducerId,
  createTopic: adminService.CreateTopic,
  deleteTopic: adminService.DeleteTopic,
  describeTopic: adminService.DescribeTopic,
  listTopics: adminService.ListTopics,
  updateTopicSettings: adminService.UpdateTopicSettings,
  addPartitions: adminService.AddPartitions,
  deleteRecords: adminService.DeleteRecords,
  describeCluster: adminService.DescribeCluster,
  describeStorage: adminService.DescribeStorage,
  commitOffsets: groupService.CommitOffsets,
  fetchOffsets: groupService.FetchOffsets,
  resetOffsets: groupService.ResetOffsets,
  listGroups: groupService.ListGroups,
  describeGroup: groupService.DescribeGroup,
  deleteGroup: groupService.DeleteGroup,
  explainGroup: groupService.ExplainGroup,
  waitForCommit: groupService.WaitForCommit,
  listCommitHistory: groupService.ListCommitHistory,
  snapshotGroup: groupService.SnapshotGroup,
  restoreGroup: groupService.RestoreGroup,
  deleteGroupSnapshot: groupService.DeleteGroupSnapshot,
  forkGroup: groupService.ForkGroup,
}
