import { beforeEach, describe, expect, it } from 'vitest'
import { explainGroup } from '../../../../src/broker/groups/explain-group.ts'
import type {
  GroupExplanation,
  PartitionExplanation,
} from '../../../../src/broker/groups/group-descriptions.ts'
import type {
  PartitionProgress,
  ProgressState,
} from '../../../../src/broker/groups/group-membership.ts'
import { GroupPresence } from '../../../../src/broker/groups/group-presence.ts'
import type { JoinCommand } from '../../../../src/coordinator/group-command.ts'
import { partitionOf, topicIdOf } from '../../../../src/coordinator/partition-key.ts'
import { VarveError } from '../../../../src/domain/error.ts'
import { LIMITS } from '../../../../src/domain/limits.ts'
import type { Clock } from '../../../../src/platform/clock.ts'
import { SeededRandom } from '../../../../src/platform/seeded-random.ts'
import type { LogBounds } from '../../../../src/storage/engine.ts'
import { at } from '../../../support/batches.ts'
import { GroupHost } from '../../../support/group-host.ts'
import { seeded } from '../../../support/seed.ts'

/** A group of the pure core with what a broker would know besides. */
class ExplainedGroup {
  readonly host = new GroupHost()
  readonly presence: GroupPresence
  /** By topic id and partition; from 0 to 100 unless told otherwise. */
  readonly #bounds = new Map<string, LogBounds | VarveError>()
  /** Whether what is in the logs has been there for long. */
  isOld = true
  lastTopics: readonly string[] = []

  constructor() {
    const { host } = this
    const clock = {
      wallMs: () => host.wallMs,
      monotonicMs: () => host.monotonicMs,
    } as Clock
    this.presence = new GroupPresence({ clock, topics: host.topics, limits: LIMITS })
    host.onStored = (state, events) => {
      this.presence.stored('g', events, state)
    }
    host.topics.create('t', 2)
  }

  join(memberId: string, changes: Partial<JoinCommand> = {}): number {
    const reply = this.host.reply({
      ...{ kind: 'join', groupId: 'g', memberId, clientId: `client-${memberId}`, topics: ['t'] },
      ...{ sessionTimeoutMs: 30_000, rebalanceTimeoutMs: 60_000 },
      ...changes,
    })
    this.presence.heard({ group: 'g', memberId, peer: 'here', progress: [] })
    return reply.memberEpoch
  }

  beat(memberId: string, memberEpoch: number, owned?: readonly number[]): void {
    const keys = owned?.map((partition) => this.host.topics.key('t', partition))
    this.host.reply({ kind: 'heartbeat', memberId, memberEpoch, owned: keys })
    this.presence.heard({ group: 'g', memberId, peer: 'here', progress: [] })
  }

  says(memberId: string, state: ProgressState, change: Partial<PartitionProgress> = {}): void {
    const told = { topic: 't', partition: 0, state, stateAgeMs: 0, position: 100, text: '' }
    this.presence.heard({ group: 'g', memberId, peer: 'here', progress: [{ ...told, ...change }] })
  }

  commit(offset: number, member?: { readonly id: string; readonly epoch: number }): void {
    const topicId = this.host.topics.byName('t')?.id
    if (topicId === undefined) throw new Error('the topic is gone')
    const { results } = this.host.reply({
      ...{ kind: 'commit', groupId: 'g', memberId: member?.id, memberEpoch: member?.epoch },
      items: [{ topicId, partition: 0, offset, endOffset: 1_000 }],
    })
    for (const { error } of results) if (error !== undefined) throw error
  }

  bounds(partition: number, bounds: { start: number; end: number } | VarveError): void {
    const told =
      bounds instanceof VarveError
        ? bounds
        : {
            ...{ start: at(bounds.start), readableEnd: at(bounds.end), end: at(bounds.end) },
            epoch: 1,
          }
    this.#bounds.set(this.host.topics.key('t', partition), told)
  }

  explain(): GroupExplanation {
    const { host, presence } = this
    const boundsOf = (topicId: string, partition: number): LogBounds | VarveError =>
      this.#bounds.get(`${topicId}:${partition}`) ?? {
        ...{ start: at(0), readableEnd: at(100), end: at(100), epoch: 1 },
      }
    const steps = explainGroup(host.group, {
      ...{ deadlines: host.deadlines, topics: host.topics, limits: LIMITS },
      lastTopics: this.lastTopics,
      presenceOf: (memberId) => presence.member('g', memberId),
      departed: presence.departed('g'),
      boundsOf,
      endBefore: (key) => {
        const bounds = boundsOf(topicIdOf(key), partitionOf(key))
        return this.isOld && !(bounds instanceof VarveError) ? bounds.readableEnd : undefined
      },
      ...{ monotonicMs: host.monotonicMs, wallMs: host.wallMs },
    })
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
    }
  }

  /** Of partition 0. */
  first(): PartitionExplanation {
    const found = this.explain().partitions[0]
    if (found === undefined) throw new Error('no partitions')
    return found
  }
}

describe('explaining a group says', () => {
  let group: ExplainedGroup
  beforeEach(() => {
    group = new ExplainedGroup()
  })

  it('flowing, where records are under way and nothing is in the way', () => {
    group.join('a')
    group.says('a', 'flowing', { position: 40 })
    expect(group.first()).toMatchObject({ reason: 'flowing', memberId: 'a', lagRecords: 100 })
    expect(group.first().text).toBe(
      'Member a (client-a) reads partition 0 of t and stands at offset 40; 100 records of it are not committed.',
    )
    expect(group.explain()).toMatchObject({ isFlowing: true })
  })

  it('at-end, where all is committed, or a member began at the end', () => {
    const epoch = group.join('a')
    group.says('a', 'flowing')
    expect(group.first()).toMatchObject({ reason: 'at-end', memberId: 'a' })
    group.commit(100, { id: 'a', epoch })
    expect(group.first()).toMatchObject({ reason: 'at-end', lagRecords: 0 })
  })

  it('topic-missing, for a topic that was never there and for one that was deleted', () => {
    group.join('a', { topics: ['nothing'] })
    expect(group.first()).toMatchObject({
      topic: 'nothing',
      partition: -1,
      reason: 'topic-missing',
    })
    expect(group.first().text).toContain('let member a (client-a) subscribe to another one')
    group = new ExplainedGroup()
    group.commit(5)
    group.host.topics.delete('t')
    expect(group.first()).toMatchObject({ topic: 't', partition: 0, reason: 'topic-missing' })
  })

  it('partition-unavailable, with what is the matter with it', () => {
    group.join('a')
    group.bounds(0, new VarveError('NOT_READY', 'partition 0 of topic t: it is being opened'))
    expect(group.first()).toMatchObject({ reason: 'partition-unavailable', lagRecords: 0 })
    expect(group.first().text).toContain('it is being opened')
  })

  it('offset-out-of-range, unless its owner already reads elsewhere', () => {
    const epoch = group.join('a')
    group.commit(5, { id: 'a', epoch })
    group.bounds(0, { start: 10, end: 100 })
    expect(group.first()).toMatchObject({ reason: 'offset-out-of-range', lagRecords: 90 })
    expect(group.first().text).toContain('begins at 10: 5 records gone')
    group.says('a', 'flowing', { position: 12 })
    expect(group.first()).toMatchObject({ reason: 'flowing' })
  })

  it('no-member, with since when', () => {
    group.commit(5)
    group.host.advance(65_000)
    expect(group.first()).toMatchObject({ reason: 'no-member', ageMs: 65_000, memberId: '' })
    expect(group.first().text).toBe('The group has had no members for 1 min 5 s. Start a consumer.')
    group.host.topics.create('other', 1)
    group.join('a', { topics: ['other'] })
    const found = group.explain().partitions.find(({ topic }) => topic === 't')
    expect(found).toMatchObject({ reason: 'no-member' })
    expect(found?.text).toContain('None of the 1 member')
    expect(group.explain().text).not.toContain('So it is with')
  })

  it('member-fenced, when the last one was put out, and what became of what it sent later', () => {
    const epoch = group.join('a')
    group.commit(5, { id: 'a', epoch })
    group.host.advance(30_000)
    group.host.advance(10_000)
    expect(group.first()).toMatchObject({ reason: 'member-fenced', memberId: 'a', ageMs: 10_000 })
    expect(group.first().text).toContain('it has not been heard of since')
    group.presence.refused('g', 'a')
    group.host.advance(3_000)
    expect(group.first().text).toContain('what it sent 3 s ago was refused')
    expect(group.explain().departed).toMatchObject([{ memberId: 'a', reason: 'session-expired' }])
  })

  it('no-member, when the last one left by itself', () => {
    const epoch = group.join('a')
    group.commit(5, { id: 'a', epoch })
    group.host.reply({ kind: 'leave', memberId: 'a' })
    expect(group.first()).toMatchObject({ reason: 'no-member' })
  })

  it('assigning, while the assignment is yet to be made', () => {
    group.join('a')
    group.join('b')
    group.host.run({ kind: 'leave', memberId: 'a' })
    expect(group.first()).toMatchObject({ reason: 'assigning' })
  })

  it('waiting-for-revocation, by whom, for whom, and when it ends', () => {
    const epoch = group.join('a')
    group.join('b')
    group.beat('a', epoch, [0, 1])
    group.host.advance(2_000)
    const found = group.explain().partitions.find(({ reason }) => reason !== 'flowing')
    expect(found).toMatchObject({
      ...{ reason: 'waiting-for-revocation', memberId: 'b', waitingForMemberId: 'a' },
      ...{ ageMs: 2_000, endsInMs: 58_000 },
    })
    expect(found?.text).toBe(
      'Member a (client-a) has not given up partition 1 of t yet, asked to 2 s ago; member b (client-b) gets it then. In 58 s at the latest it is put out of the group.',
    )
    group.host.advance(20_000)
    const later = group
      .explain()
      .partitions.find(({ reason }) => reason === 'waiting-for-revocation')
    expect(later?.text).toContain('It has not been heard of for 22 s. In 8 s at the latest')
    // Whoever is heard of has a session again, and the rest of its time to give the partition up.
    group.beat('a', epoch, [0, 1])
    expect(
      group.explain().partitions.find(({ reason }) => reason === 'waiting-for-revocation'),
    ).toMatchObject({ endsInMs: 38_000 })
  })

  it('waiting-for-member, when a partition is free and its next owner has not come for it', () => {
    const epoch = group.join('a')
    const second = group.join('b')
    group.beat('a', epoch, [0, 1])
    group.beat('a', epoch, [0])
    expect(group.explain().partitions[1]).toMatchObject({
      ...{ reason: 'waiting-for-member', memberId: 'b', endsInMs: 30_000 },
    })
    group.beat('b', second)
    expect(group.explain().partitions[1]).toMatchObject({ reason: 'flowing', memberId: 'b' })
  })

  it('member-away, for a static member that said it will be back', () => {
    group.join('a', { instanceId: 'one' })
    group.host.reply({ kind: 'leave', memberId: 'a', instanceId: 'one', isComingBack: true })
    group.host.advance(5_000)
    expect(group.first()).toMatchObject({ reason: 'member-away', memberId: 'a', endsInMs: 25_000 })
  })

  it('member-silent, from one and a half heartbeats on', () => {
    group.join('a')
    group.host.advance(7_500)
    expect(group.first()).toMatchObject({ reason: 'flowing' })
    group.host.advance(1)
    expect(group.first()).toMatchObject({ reason: 'member-silent', endsInMs: 22_499 })
    expect(group.first().text).toContain('In 22 s its session ends')
    expect(group.first().text).toContain('it has ended, hangs, or cannot reach the broker')
  })

  it('handler-failed and read-failed, in the words of the member', () => {
    group.join('a')
    group.says('a', 'handler-failed', {
      position: 7,
      stateAgeMs: 1_000,
      text: 'Error: no such user',
    })
    group.host.advance(2_000)
    expect(group.first()).toMatchObject({ reason: 'handler-failed', ageMs: 3_000 })
    expect(group.first().text).toBe(
      'The handler of member a (client-a) failed 3 s ago at offset 7 of partition 0 of t: Error: no such user. 100 records wait.',
    )
    group.says('a', 'failed', { text: 'CORRUPT_LOG' })
    expect(group.first()).toMatchObject({ reason: 'read-failed' })
    expect(group.first().text).toContain(': CORRUPT_LOG.')
  })

  it('stalled-in-handler, with the age of the report and the time since', () => {
    group.join('a')
    group.says('a', 'in-handler', { position: 7, stateAgeMs: 26_000 })
    group.host.advance(3_999)
    expect(group.first()).toMatchObject({ reason: 'flowing' })
    group.host.advance(1)
    expect(group.first()).toMatchObject({ reason: 'stalled-in-handler', ageMs: 30_000 })
    expect(group.first().text).toBe(
      'The handler of member a (client-a) has had offset 7 of partition 0 of t for 30 s and has not finished it. Nothing behind it is committed; heartbeats go on, so the member keeps the partition. 100 records wait.',
    )
    const more = { position: 7, stateAgeMs: 30_000 }
    group.says('a', 'in-handler', { ...more, text: 'offset 7' })
    expect(group.first().text).toContain('has not finished it. Nothing')
    group.says('a', 'in-handler', { ...more, text: 'offset 9' })
    expect(group.first().text).toContain('has not finished it: offset 9. Nothing')
  })

  it('paused, at once and even at the end; no-credit, when it lasts', () => {
    const epoch = group.join('a')
    group.commit(100, { id: 'a', epoch })
    group.says('a', 'paused')
    expect(group.first()).toMatchObject({ reason: 'paused', lagRecords: 0 })
    group.bounds(0, { start: 0, end: 150 })
    group.says('a', 'no-credit')
    expect(group.first()).toMatchObject({ reason: 'flowing' })
    group.says('a', 'no-credit', { stateAgeMs: 8_000 })
    expect(group.first()).toMatchObject({ reason: 'no-credit', ageMs: 8_000 })
  })

  it('read-failed, when a member says that records flow and none does', () => {
    const epoch = group.join('a')
    group.says('a', 'flowing', { position: 40 })
    for (let second = 0; second < 30; second += 5) {
      group.host.advance(5_000)
      group.beat('a', epoch)
    }
    expect(group.first()).toMatchObject({ reason: 'read-failed', ageMs: 30_000 })
    expect(group.first().text).toContain('has stood at offset 40 for 30 s')
    group.says('a', 'flowing', { position: 41 })
    group.commit(41, { id: 'a', epoch })
    expect(group.first()).toMatchObject({ reason: 'flowing' })
  })

  it('no-credit, for what a program does not come for while it is stuck with another partition', () => {
    const epoch = group.join('a')
    group.says('a', 'flowing', { position: 40 })
    group.says('a', 'in-handler', { partition: 1, position: 7, stateAgeMs: 0 })
    for (let second = 0; second < 40; second += 5) {
      group.host.advance(5_000)
      group.beat('a', epoch)
    }
    const [first, second] = group.explain().partitions
    expect(second).toMatchObject({ reason: 'stalled-in-handler', ageMs: 40_000 })
    expect(first).toMatchObject({ reason: 'no-credit', memberId: 'a', ageMs: 40_000 })
    expect(first?.text).toBe(
      'Member a (client-a) has not come for records of partition 0 of t for 40 s: its program has been busy with partition 1 of t for 40 s. 100 records wait.',
    )
    group.says('a', 'flowing', { position: 41 })
    expect(group.first().reason).not.toBe('no-credit')
  })

  it('not-committing, when the owner has read to the end and there was time to commit', () => {
    const epoch = group.join('a')
    group.says('a', 'flowing')
    const wait = (ms: number): void => {
      for (let left = ms; left > 0; left -= 5_000) {
        group.host.advance(Math.min(left, 5_000))
        group.beat('a', epoch)
      }
    }
    wait(29_999)
    expect(group.first()).toMatchObject({ reason: 'at-end', lagRecords: 100 })
    wait(1)
    expect(group.first()).toMatchObject({ reason: 'not-committing', ageMs: 30_000 })
    expect(group.explain()).toMatchObject({ isFlowing: false })
    expect(group.first().text).toContain(
      'has committed nothing of partition 0 of t for 30 s, although it stands at offset 100, the end.',
    )
    group.commit(99, { id: 'a', epoch })
    expect(group.first()).toMatchObject({ reason: 'flowing', lagRecords: 1 })
    wait(30_000)
    expect(group.first()).toMatchObject({ reason: 'not-committing', ageMs: 30_000 })
    expect(group.first().text).toContain('Whoever takes over would begin there. 1 record waits.')
    group.commit(100, { id: 'a', epoch })
    expect(group.first()).toMatchObject({ reason: 'at-end', lagRecords: 0 })
  })

  it('at-end, where nobody is and nothing waits, which is no failure', () => {
    group.commit(100)
    group.bounds(1, { start: 0, end: 0 })
    expect(group.explain()).toMatchObject({
      isFlowing: true,
      text: 'Group g has no members, and nothing waits for one: it is at the end of 1 partition.',
      partitions: [{ reason: 'at-end', lagRecords: 0 }],
    })
    group.bounds(0, { start: 0, end: 1_826 })
    expect(group.explain()).toMatchObject({
      isFlowing: false,
      partitions: [{ reason: 'no-member' }],
    })
  })

  it('no-member for the topics of the last members too, of which nothing is committed', () => {
    group.join('a')
    group.host.reply({ kind: 'leave', memberId: 'a' })
    group.lastTopics = ['t', 'gone']
    expect(group.explain()).toMatchObject({
      isFlowing: false,
      partitions: [{ reason: 'no-member', lagRecords: 100 }, { reason: 'no-member' }],
    })
    group.join('b', { topics: ['other'] })
    expect(group.explain().partitions).toMatchObject([{ topic: 'other', reason: 'topic-missing' }])
  })

  it('who departed, without those that are back, unless something of theirs was refused', () => {
    const epoch = group.join('a')
    group.commit(5, { id: 'a', epoch })
    group.host.advance(40_000)
    group.join('a')
    expect(group.explain().departed).toEqual([])
    group.presence.refused('g', 'a')
    expect(group.explain().departed).toMatchObject([{ memberId: 'a' }])
  })

  it('numbers of records as people read them', () => {
    group.join('a')
    group.bounds(0, { start: 0, end: 1_726 })
    group.says('a', 'paused', { position: 1_000 })
    expect(group.first().text).toContain(' 1,726 records wait.')
  })

  it('not-committing, when records have been there for long and no commit moves', () => {
    const epoch = group.join('a')
    group.commit(40, { id: 'a', epoch })
    for (let second = 0; second < 60; second += 5) {
      group.says('a', 'flowing', { position: 41 + second })
      group.host.advance(5_000)
      group.beat('a', epoch)
    }
    group.says('a', 'flowing', { position: 100 })
    expect(group.first()).toMatchObject({ reason: 'not-committing', ageMs: 60_000 })
    expect(group.first().text).toContain('although it stands at offset 100, the end')
    group.isOld = false
    expect(group.first()).toMatchObject({ reason: 'flowing' })
    group.isOld = true
    group.commit(90, { id: 'a', epoch })
    expect(group.first()).toMatchObject({ reason: 'flowing' })
  })

  it('in one sentence what stops most partitions, and for which', () => {
    group.join('a')
    group.says('a', 'paused')
    group.says('a', 'paused', { partition: 1 })
    expect(group.explain()).toMatchObject({
      isFlowing: false,
      text: '2 of 2 partitions of group g do not flow. Member a (client-a) paused partition 0 of t 0 s ago. 100 records wait. So it is with t-1.',
    })
    group.says('a', 'flowing')
    group.says('a', 'flowing', { partition: 1, position: 3 })
    expect(group.explain()).toMatchObject({
      isFlowing: true,
      text: 'Group g flows: of 2 partitions 1 has records under way, 1 is at the end.',
    })
  })

  it('of a group that has nothing that it does nothing', () => {
    group.join('a')
    group.host.reply({ kind: 'leave', memberId: 'a' })
    expect(group.explain()).toMatchObject({
      isFlowing: false,
      text: 'Group g has no members and nothing committed: it does nothing.',
    })
  })
})

describe('explaining any group', () => {
  const states: readonly ProgressState[] = [
    ...(['flowing', 'in-handler', 'paused', 'no-credit', 'failed', 'handler-failed'] as const),
  ]

  it('never says that records flow while there is a cause that they do not, and always says the same', () => {
    const { seed, runs } = seeded('EXPLAIN', 300)
    const random = new SeededRandom(seed)
    const reasons = new Map<string, number>()
    for (let run = 0; run < runs; run++) {
      const group = new ExplainedGroup()
      const epochs = new Map<string, number>()
      for (let step = 0; step < 12; step++) act(group, epochs, random)
      if (group.host.state === undefined) continue
      const explained = group.explain()
      expect(group.explain(), `seed ${seed}, run ${run}`).toEqual(explained)
      for (const one of explained.partitions) {
        reasons.set(one.reason, (reasons.get(one.reason) ?? 0) + 1)
        expect(one.text, `seed ${seed}, run ${run}`).toMatch(/^[A-Z].*\.$/)
        if (one.reason !== 'flowing' && one.reason !== 'at-end') continue
        expect(causeIn(group, one), `seed ${seed}, run ${run}: ${one.text}`).toBeUndefined()
      }
    }
    expect([...reasons.keys()], `seed ${seed}`).toContain('flowing')
  })

  function act(group: ExplainedGroup, epochs: Map<string, number>, random: SeededRandom): void {
    const id = ['a', 'b', 'c'][random.integer(3)] ?? 'a'
    const member = group.host.state?.members.get(id)
    switch (random.integer(7)) {
      case 0:
        epochs.set(id, group.join(id))
        break
      case 1:
        if (member !== undefined) group.host.run({ kind: 'leave', memberId: id })
        break
      case 2: {
        if (member === undefined) break
        const owned = [...member.assigned.keys()].map(partitionOf)
        group.beat(id, member.epoch, random.integer(2) === 0 ? owned : [...owned, 0, 1])
        break
      }
      case 3: {
        const state = states[random.integer(states.length)] ?? 'flowing'
        const [stateAgeMs, position] = [random.integer(60_000), random.integer(101)]
        group.says(id, state, { partition: random.integer(2), stateAgeMs, position })
        break
      }
      case 4:
        group.host.advance(random.integer(20_000))
        break
      case 5: {
        const start = random.integer(100)
        const isBroken = random.integer(6) === 0
        const error = new VarveError('CORRUPT_LOG', 'its data is missing')
        group.bounds(0, isBroken ? error : { start, end: start + random.integer(50) })
        break
      }
      default:
        if (member?.assigned.has(group.host.topics.key('t', 0)) !== true) break
        group.host.run({
          ...{ kind: 'commit', groupId: 'g', memberId: id, memberEpoch: member.epoch },
          items: [
            {
              topicId: topicId(group),
              partition: 0,
              offset: random.integer(101),
              endOffset: 1_000,
            },
          ],
        })
    }
  }

  function topicId(group: ExplainedGroup): NonNullable<ReturnType<typeof topicIdOf>> {
    return topicIdOf(group.host.topics.key('t', 0))
  }

  /** Told from the state itself. */
  function causeIn(group: ExplainedGroup, { partition }: PartitionExplanation): string | undefined {
    const key = group.host.topics.key('t', partition)
    const owner = group.host.group.members.get(group.host.group.owners.get(key) ?? '')
    if (owner === undefined) return 'nobody has it'
    if (owner.pendingRevocation.has(key)) return 'its owner must give it up'
    const left = (group.host.deadlines.get(owner.id)?.sessionMs ?? 0) - group.host.monotonicMs
    if (30_000 - left > 7_500) return 'its owner is silent'
    const told = group.presence.member('g', owner.id)?.progress.get(key)
    if (told === undefined) return undefined
    const ageMs = told.stateAgeMs + group.host.monotonicMs - told.heardMs
    if (['paused', 'failed', 'handler-failed'].includes(told.state)) return told.state
    if (told.state === 'in-handler' && ageMs >= 30_000) return 'stalled'
    return told.state === 'no-credit' && ageMs >= 7_500 ? 'no credit' : undefined
  }
})
