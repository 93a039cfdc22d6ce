// What a group gives a member and takes from it, as lines on standard error.
import type { GroupAssignment, TopicPartition } from '../client/index.ts'
import { oneLine } from '../text/one-line.ts'
import type { CommandIo } from './command-io.ts'
import { placesText } from './group/partition-ranges.ts'

export class RebalanceTeller {
  readonly #io: CommandIo
  readonly #group: string
  readonly #form: 'text' | 'json' | 'none'
  readonly #pid: number
  #toldMemberId: string | undefined

  constructor(
    io: CommandIo,
    options: { group: string; form: 'text' | 'json' | 'none'; pid: number },
  ) {
    this.#io = io
    this.#group = options.group
    this.#form = options.form
    this.#pid = options.pid
  }

  /** @param memberId undefined while it is no member; told once, and again when it had to join anew */
  joined(memberId: string | undefined): void {
    if (memberId === undefined || memberId === this.#toldMemberId) return
    this.#toldMemberId = memberId
    this.#say({ joined: { group: this.#group, memberId, pid: this.#pid } }, () => {
      return `joined ${oneLine(this.#group)} as ${oneLine(memberId)} (pid ${this.#pid})`
    })
  }

  assigned(partitions: readonly GroupAssignment[]): void {
    this.#moved('assigned', 'has now', partitions)
  }

  revoked(partitions: readonly TopicPartition[]): void {
    this.#moved('revoked', 'gives up', partitions)
  }

  lost(partitions: readonly TopicPartition[]): void {
    this.#moved('lost', 'lost, and cannot commit', partitions)
  }

  #moved(name: string, words: string, partitions: readonly TopicPartition[]): void {
    if (partitions.length === 0) return
    const places = partitions.map(({ topic, partition }) => ({ topic, partition })).sort(byPlace)
    this.#say({ [name]: { group: this.#group, partitions: places } }, () => {
      return `${words} ${oneLine(placesText(places))}`
    })
  }

  #say(value: object, text: () => string): void {
    if (this.#form === 'json') this.#io.say(JSON.stringify(value))
    else if (this.#form === 'text') this.#io.say(text())
  }
}

function byPlace(left: TopicPartition, right: TopicPartition): number {
  if (left.topic !== right.topic) return left.topic < right.topic ? -1 : 1
  return left.partition - right.partition
}
