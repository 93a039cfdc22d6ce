// Session: the life of one group member as its stream carries it. Invariants: messages are answered one after the other, in their
// order; the end of the stream, whatever it comes from, is no leave; when the stream is over, nothing of it is left, and what the
// broker was asked for under way is done or not, but told to nobody.
import type { GroupSession } from '../broker/groups/group-membership.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type { SessionRequestOutput, SessionResponse } from '../protocol/grpc/messages.ts'
import type { CallScope } from './call-scope.ts'
import { heartbeatMessage, joinedMessage } from './group-messages.ts'
import { heartbeatOf, joinOf, resumeOf } from './group-requests.ts'
import type { MessageSession, MessageStream } from './message-stream.ts'
import type { ServiceContext } from './service-context.ts'
import { StreamLife } from './stream-life.ts'

interface WaitingMessage {
  readonly message: SessionRequestOutput
  readonly onDone: () => void
}

export class SessionCarrier implements MessageSession<SessionRequestOutput> {
  readonly #context: ServiceContext
  readonly #stream: MessageStream<SessionResponse>
  readonly #scope: CallScope
  readonly #life: StreamLife
  /** Once there was a first message. */
  #session: GroupSession | undefined
  readonly #waiting: WaitingMessage[] = []
  #isAnswering = false
  /** The broker wants a heartbeat, and an answer goes before saying so. */
  #isCallDue = false
  #isFinishing = false

  /** Serves the stream from now on; ends the scope with it. */
  constructor(context: ServiceContext, stream: MessageStream<SessionResponse>, scope: CallScope) {
    this.#context = context
    this.#stream = stream
    this.#scope = scope
    this.#life = new StreamLife({
      context,
      stream,
      scope,
      startMsMax: LIMITS.groupSessionStartMsMax,
      startText: 'the stream began without a join or resume',
      endMsMax: LIMITS.groupSessionEndMsMax,
      release: () => {
        this.#session?.detach()
        for (const { onDone } of this.#waiting.splice(0)) onDone()
      },
    })
    this.#life.begin()
  }

  take(message: SessionRequestOutput, onDone: () => void = () => undefined): void {
    if (this.#life.isOver) {
      onDone()
      return
    }
    if (this.#waiting.length >= LIMITS.groupSessionMessagesWaitingMax) {
      onDone()
      this.end(
        new VarveError('MALFORMED_REQUEST', 'the next message comes after the answer to the last'),
      )
      return
    }
    this.#waiting.push({ message, onDone })
    if (!this.#isAnswering) void this.#answerAll()
  }

  /** What was said is still answered; then the stream ends. */
  finish(): void {
    this.#isFinishing = true
    if (!this.#isAnswering) this.end()
  }

  /** The member stays one until its session ends. */
  end(error?: unknown): void {
    this.#life.end(error)
  }

  async #answerAll(): Promise<void> {
    this.#isAnswering = true
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
        await this.#answer(next.message)
        next.onDone()
        await this.#tellCall()
      }
    } catch (error) {
      // Who ended it has said why.
      this.end(error)
    }
    this.#isAnswering = false
    if (this.#isFinishing) this.end()
  }

  /** @throws VarveError when the message has no place here, or what the group answers */
  async #answer({ join, resume, heartbeat, leave }: SessionRequestOutput): Promise<void> {
    const session = this.#session
    if (session === undefined) {
      if (!join && !resume) {
        throw new VarveError('MISSING_FIELD', 'the first message must be a join or a resume', {
          details: { field: 'join' },
        })
      }
      this.#life.started()
      const opened = this.#open()
      if (join) await this.#tell({ joined: joinedMessage(await opened.join(joinOf(join))) })
      else if (resume) {
        await this.#tell({ heartbeat: heartbeatMessage(await opened.resume(resumeOf(resume))) })
      }
    } else if (join ?? resume) {
      throw new VarveError('MALFORMED_REQUEST', 'the stream has its member already', {
        details: { field: join ? 'join' : 'resume' },
      })
    } else if (heartbeat) {
      const answer = await session.heartbeat(heartbeatOf(heartbeat))
      await this.#tell({ heartbeat: heartbeatMessage(answer) })
    } else if (leave) {
      await session.leave(leave.isComingBack)
      this.end()
    }
    // A kind of message that only newer brokers know is passed over, as the protocol promises.
  }

  /** @throws VarveError NOT_READY */
  #open(): GroupSession {
    const session = this.#context.groups.openSession(this.#scope.peer, {
      onCall: () => {
        this.#isCallDue = true
        if (this.#isAnswering) return
        this.#tellCall().catch((error: unknown) => {
          this.end(error)
        })
      },
      onEnd: (error) => {
        this.end(error)
      },
    })
    this.#session = session
    return session
  }

  async #tellCall(): Promise<void> {
    if (!this.#isCallDue) return
    this.#isCallDue = false
    await this.#tell({ call: {} })
  }

  /** Resolves when the next message may follow: a client that does not read gets no more answers, and its session ends. */
  async #tell(message: SessionResponse): Promise<void> {
    if (!this.#life.isOver) await this.#stream.write(message)
  }
}
