// The state of a group as a checkpoint stores it. `owners` is not stored: the members say it.
import {
  type GroupState,
  type Holdings,
  type LastReset,
  type Member,
  type MemberId,
} from '../../coordinator/group-state.ts'
import { type PartitionKey, partitionKey } from '../../coordinator/partition-key.ts'
import {
  assignorShape,
  committedOffsetShape,
  groupTopicShape,
  memberStateShape,
  partitionKeyShape,
  snapshotShape,
  wishesShape,
} from './group-event-shape.ts'
import {
  count,
  integer,
  list,
  mapBy,
  mapOf,
  object,
  orUndefined,
  type Shape,
  ShapeError,
  setOf,
  text,
} from './json-shape.ts'

const holdings: Shape<Holdings> = mapOf(partitionKeyShape, integer)

const member = object<Member>({
  id: text,
  wishes: wishesShape,
  epoch: integer,
  previousEpoch: integer,
  state: memberStateShape,
  assigned: holdings,
  pendingRevocation: holdings,
})

const lastReset = object<LastReset>({
  resetEpoch: count,
  partitions: list(partitionKeyShape),
  before: list(committedOffsetShape),
})

const stored = object<Omit<GroupState, 'owners'>>({
  groupId: text,
  createdMs: integer,
  epoch: count,
  assignmentEpoch: count,
  assignor: orUndefined(assignorShape),
  topics: mapBy((topic) => topic.name, groupTopicShape),
  members: mapBy((one) => one.id, member),
  instances: mapOf(text, text),
  target: mapOf(text, setOf(partitionKeyShape)),
  offsets: mapBy((place) => partitionKey(place.topicId, place.partition), committedOffsetShape),
  resetEpoch: count,
  lastReset: orUndefined(lastReset),
  snapshots: mapBy((snapshot) => snapshot.name, snapshotShape),
  emptySinceMs: orUndefined(integer),
})

export const groupStateShape: Shape<GroupState> = {
  write: (state) => stored.write(state),
  read: (json) => {
    const state = stored.read(json)
    return { ...state, owners: ownersOf(state.members) }
  },
}

function ownersOf(members: ReadonlyMap<MemberId, Member>): Map<PartitionKey, MemberId> {
  const owners = new Map<PartitionKey, MemberId>()
  for (const { id, assigned, pendingRevocation } of members.values()) {
    for (const holding of [assigned, pendingRevocation]) {
      for (const key of holding.keys()) {
        if (owners.has(key)) throw new ShapeError('has a partition with two owners')
        owners.set(key, id)
      }
    }
  }
  return owners
}
