// What a rebalance costs the coordinator, by assignor: the decision when one more member joins a settled group (checks,
// assignment, events), and its events put into the state. No network and no journal.
//   npm run bench:rebalance [-- --members 10,100,1000 --partitions 10,100,1000,10000 --rounds 5 --topics 10]
import { ASSIGNOR_NAMES, type AssignorName } from '../src/coordinator/assignors/assignor-name.ts'
import { decide } from '../src/coordinator/decide.ts'
import type { DecisionContext } from '../src/coordinator/decision.ts'
import { evolve } from '../src/coordinator/evolve.ts'
import type { GroupCommand } from '../src/coordinator/group-command.ts'
import type { GroupEvent } from '../src/coordinator/group-event.ts'
import type { GroupState, GroupTopic, MemberWishes } from '../src/coordinator/group-state.ts'
import { LIMITS } from '../src/domain/limits.ts'
import { topicIdFromBytes } from '../src/domain/topic.ts'
import { environmentLine, median } from './lib/environment.ts'
import { toldOptions } from './lib/told-options.ts'

const values = toldOptions({
  members: { type: 'string', default: '10,100,1000' },
  partitions: { type: 'string', default: '10,100,1000,10000' },
  rounds: { type: 'string', default: '5' },
  topics: { type: 'string', default: '10' },
})
const rounds = Number(values.rounds)
const topicCount = Number(values.topics)

/** How many topics a member subscribes to: `alike` to all, `mixed` every member to its own half of them. */
type Subscriptions = 'alike' | 'mixed'

class Group {
  readonly topics: GroupTopic[]
  readonly context: DecisionContext
  readonly #assignor: AssignorName
  readonly #subscriptions: Subscriptions
  state: GroupState | undefined

  constructor(partitions: number, assignor: AssignorName, subscriptions: Subscriptions) {
    const count = Math.min(topicCount, partitions)
    this.topics = Array.from({ length: count }, (_, index) => ({
      id: topicIdFromBytes(new Uint8Array(16).fill(index + 1)),
      name: `topic-${String(index).padStart(3, '0')}`,
      partitions: Math.floor(partitions / count),
    }))
    this.#assignor = assignor
    this.#subscriptions = subscriptions
    const byName = new Map(this.topics.map((topic) => [topic.name, topic]))
    const byId = new Map(this.topics.map((topic) => [topic.id, topic]))
    this.context = {
      wallMs: 0,
      monotonicMs: 0,
      topics: { byName: (name) => byName.get(name), byId: (id) => byId.get(id) },
      backlogOf: (_topic, partition) => (partition * 7_919) % 1_000,
      limits: { ...LIMITS, groupMembersMax: 2_000 },
    }
  }

  /** So many members at once, with one assignment for all of them. */
  begin(members: number): void {
    this.#evolve([{ kind: 'group-created', groupId: 'bench', timeMs: 0 }])
    this.#evolve([{ kind: 'group-epoch', epoch: 1, topics: this.topics }])
    for (let member = 0; member < members; member++) {
      const wishes: MemberWishes = {
        ...{ instanceId: undefined, clientId: 'bench', topics: this.#wanted(member), weight: 1 },
        ...{ assignor: this.#assignor, sessionTimeoutMs: 45_000, rebalanceTimeoutMs: 60_000 },
      }
      this.#evolve([{ kind: 'member-wishes', memberId: nameOf(member), wishes }])
    }
    this.#evolve(this.#decide({ kind: 'assign' }))
    // A member shows the epoch that it was told; these have not been told any yet.
    for (let member = 0; member < members; member++) this.join(member)
    this.settle()
  }

  join(member: number): { readonly decideMs: number; readonly evolveMs: number } {
    const topics = this.#wanted(member)
    const begin = performance.now()
    const events = this.#decide({
      ...{ kind: 'join', groupId: 'bench', memberId: nameOf(member) },
      ...{ clientId: 'bench', topics, assignor: this.#assignor },
      ...{ sessionTimeoutMs: 45_000, rebalanceTimeoutMs: 60_000 },
    })
    const decided = performance.now()
    this.#evolve(events)
    const decideMs = decided - begin
    return { decideMs, evolveMs: performance.now() - decided }
  }

  #wanted(member: number): string[] {
    const { length } = this.topics
    const first = member % length
    return this.topics
      .filter(
        (_, index) =>
          this.#subscriptions === 'alike' ||
          (index + length - first) % length < Math.ceil(length / 2),
      )
      .map(({ name }) => name)
  }

  /** Everyone gives up what it must, and takes what it may. */
  settle(): void {
    for (let round = 0; round < 3; round++) {
      for (const { id, epoch, assigned } of [...(this.state?.members.values() ?? [])]) {
        const owned = [...assigned.keys()]
        this.#evolve(this.#decide({ kind: 'heartbeat', memberId: id, memberEpoch: epoch, owned }))
      }
    }
  }

  /** Partitions that are to go to somebody who does not have them yet. */
  unsettled(): number {
    let count = 0
    for (const [id, target] of this.state?.target ?? []) {
      for (const key of target) if (this.state?.owners.get(key) !== id) count++
    }
    return count
  }

  #decide(command: GroupCommand): readonly GroupEvent[] {
    const decision = decide(this.state, command, this.context)
    if (decision.refusal !== undefined) throw decision.refusal
    return decision.events
  }

  #evolve(events: readonly GroupEvent[]): void {
    for (const event of events) this.state = evolve(this.state, event)
  }
}

function nameOf(member: number): string {
  return `member-${String(member).padStart(5, '0')}`
}

const numbers = (text: string): number[] => text.split(',').map(Number)

console.log(environmentLine())
console.log(`one more member joins; median of ${rounds} joins, in ms; ${topicCount} topics at most`)
console.log('assignor     subscriptions  members  partitions    decide   evolve   to move')
for (const assignor of ASSIGNOR_NAMES) {
  for (const subscriptions of ['alike', 'mixed'] as const) {
    for (const members of numbers(values.members)) {
      for (const partitions of numbers(values.partitions)) {
        const group = new Group(partitions, assignor, subscriptions)
        group.begin(members)
        const joins = Array.from({ length: rounds }, (_, round) => {
          const join = { ...group.join(members + round), moved: group.unsettled() }
          group.settle()
          return join
        })
        const of = (name: keyof (typeof joins)[number]): number =>
          median(joins.map((join) => join[name]))
        console.log(
          [
            assignor.padEnd(12),
            subscriptions.padEnd(13),
            String(members).padStart(8),
            String(partitions).padStart(11),
            of('decideMs').toFixed(2).padStart(9),
            of('evolveMs').toFixed(2).padStart(8),
            String(of('moved')).padStart(9),
          ].join(' '),
        )
      }
    }
  }
}
