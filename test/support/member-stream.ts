// The session of a group member as a test speaks it: one message and its answer at a time, calls by themselves, and how the stream
// ended.
import type { ClientTransport, GroupSessionStream } from '../../src/client/transport.ts'
import type { VarveError } from '../../src/domain/error.ts'
import type {
  AssignedPartitionOutput,
  SessionHeartbeat,
  SessionHeartbeatAnswerOutput,
  SessionJoin,
  SessionJoinedOutput,
  SessionRequest,
  SessionResponseOutput,
} from '../../src/protocol/grpc/messages.ts'

type Answer = SessionResponseOutput | 'ended'

export class MemberStream {
  /** Everything that came, by its kind. */
  readonly told: string[] = []
  readonly stream: GroupSessionStream
  /** How the stream ended; undefined in order. */
  readonly ended: Promise<VarveError | undefined>
  private readonly answers: Answer[] = []
  private readonly waiting: ((answer: Answer) => void)[] = []
  private calls = 0
  private onCall: (() => void) | undefined

  private constructor(parts: {
    stream: GroupSessionStream
    ended: Promise<VarveError | undefined>
  }) {
    this.stream = parts.stream
    this.ended = parts.ended
  }

  static async open(transport: ClientTransport): Promise<MemberStream> {
    const early: SessionResponseOutput[] = []
    let member: MemberStream | undefined = undefined
    let onEnd: (error: VarveError | undefined) => void = () => undefined
    const ended = new Promise<VarveError | undefined>((resolve) => {
      onEnd = resolve
    })
    const stream = await transport.openGroupSession(
      {
        onMessage: (message) => {
          if (member === undefined) early.push(message)
          else member.take(message)
        },
        onEnd: (error) => {
          onEnd(error)
          member?.give('ended')
        },
      },
      {},
    )
    member = new MemberStream({ stream, ended })
    for (const message of early) member.take(message)
    return member
  }

  /** Opens a stream and joins. */
  static async join(
    transport: ClientTransport,
    join: SessionJoin,
  ): Promise<{ readonly member: MemberStream; readonly joined: SessionJoinedOutput }> {
    const member = await MemberStream.open(transport)
    const { joined } = await member.ask({ join })
    if (!joined) throw new Error('a join is answered with joined')
    return { member, joined }
  }

  /** Sends a message and waits for its answer. Fails with how the stream ended when it did. */
  async ask(message: SessionRequest): Promise<SessionResponseOutput> {
    this.stream.send(message)
    const answer = await this.next()
    if (answer !== 'ended') return answer
    throw (await this.ended) ?? new Error('the stream ended in order')
  }

  async heartbeat(heartbeat: SessionHeartbeat): Promise<SessionHeartbeatAnswerOutput> {
    const answer = await this.ask({ heartbeat })
    if (!answer.heartbeat) throw new Error('a heartbeat is answered with one')
    return answer.heartbeat
  }

  /** Resolves when the broker has called for a heartbeat, for each call once. */
  async called(): Promise<void> {
    if (this.calls === 0) {
      await new Promise<void>((resolve) => {
        this.onCall = resolve
      })
    }
    this.calls--
  }

  private next(): Promise<Answer> {
    const answer = this.answers.shift()
    if (answer !== undefined) return Promise.resolve(answer)
    return new Promise((resolve) => {
      this.waiting.push(resolve)
    })
  }

  private take(message: SessionResponseOutput): void {
    this.told.push(message.message ?? 'unknown')
    if (message.call) {
      this.calls++
      this.onCall?.()
      this.onCall = undefined
    } else this.give(message)
  }

  private give(answer: Answer): void {
    const waiting = this.waiting.shift()
    if (waiting === undefined) this.answers.push(answer)
    else waiting(answer)
  }
}

/** As in `topic/0@5`; a partition without a committed offset as in `topic/0`. */
export function shown(assigned: readonly AssignedPartitionOutput[] | undefined): string[] {
  return (assigned ?? [])
    .map(({ topic, partition, committedOffset }) =>
      committedOffset === undefined
        ? `${topic}/${partition}`
        : `${topic}/${partition}@${committedOffset}`,
    )
    .sort()
}
