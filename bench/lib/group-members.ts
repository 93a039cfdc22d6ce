// Members of a group that write down when they were handed out what. They work in processes of their own, or in this one.
import { connect, type GroupConsumer, type Varve } from '../../src/client/index.ts'

export interface MembersOptions {
  readonly broker: string
  readonly group: string
  readonly topic: string
  readonly members: number
  readonly membersPerConnection: number
  /** Of the first one: members are numbered over all processes. */
  readonly firstNumber: number
}

/** Member number, partition, and the machine's monotonic time in ms, which processes share. */
export type HandOut = readonly [member: number, partition: number, atMs: number]

export function sharedMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

export class GroupMembers {
  readonly handOuts: HandOut[] = []
  readonly #clients: Varve[] = []
  readonly #consumers: GroupConsumer[] = []
  readonly #loops: Promise<void>[] = []

  /** They begin to join. */
  constructor(options: MembersOptions) {
    const { broker, group, topic, members, membersPerConnection, firstNumber } = options
    for (let index = 0; index < members; index++) {
      if (index % membersPerConnection === 0) this.#clients.push(connect({ broker }))
      const consumer = this.#clients
        .at(-1)
        ?.consumer({ prefetchBytes: 256 * 1024 })
        .subscribe({ group, topics: topic, clientId: `member-${firstNumber + index}` })
      if (consumer === undefined) continue
      this.#consumers.push(consumer)
      this.#loops.push(this.#read(consumer, firstNumber + index))
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#consumers.map((consumer) => consumer.close()))
    await Promise.all(this.#loops)
    await Promise.all(this.#clients.map((client) => client.close()))
  }

  async #read(consumer: GroupConsumer, member: number): Promise<void> {
    for await (const { partition } of consumer) {
      this.handOuts.push([member, partition, sharedMs()])
    }
  }
}
