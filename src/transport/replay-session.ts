// Replay: an init, then commands as they come, and what the session has to tell, one message at a time: the next is asked for when the
// one before has left the process. The places of a session are looked for before it is ready; what the client says meanwhile waits, in
// its order. Invariant: when the stream is over, nothing of it is left, and no replay that was opened goes on.
import type { Replay } from '../broker/replay/replay.ts'
import type { ReplayOptions } from '../broker/replay/replay-words.ts'
import { VarveError } from '../domain/error.ts'
import { LIMITS } from '../domain/limits.ts'
import type {
  ReplayInitOutput,
  ReplayRequestOutput,
  ReplayResponse,
} from '../protocol/grpc/messages.ts'
import type { CallScope } from './call-scope.ts'
import type { MessageSession, MessageStream } from './message-stream.ts'
import { linesBytes, messageBytesOf, readyOf, responseOf } from './replay-messages.ts'
import { optionsOf, paceOf, seekTargetOf, stepOf } from './replay-requests.ts'
import type { ServiceContext } from './service-context.ts'
import { StreamLife } from './stream-life.ts'
import { WatchedSender } from './watched-sender.ts'
import { admitCount, missingField } from './wire-numbers.ts'

interface WaitingCommand {
  readonly message: ReplayRequestOutput
  readonly onDone: () => void
}

export class ReplaySession implements MessageSession<ReplayRequestOutput> {
  readonly #context: ServiceContext
  readonly #stream: MessageStream<ReplayResponse>
  readonly #scope: CallScope
  readonly #life: StreamLife
  readonly #sender: WatchedSender<ReplayResponse>
  #replay: Replay | undefined
  /** The init came, and the broker looks for the places. */
  #isOpening = false
  /** What came meanwhile. */
  readonly #waiting: WaitingCommand[] = []
  #isFinishing = false

  /** Serves the stream from now on; ends the scope with it. */
  constructor(context: ServiceContext, stream: MessageStream<ReplayResponse>, scope: CallScope) {
    this.#context = context
    this.#stream = stream
    this.#scope = scope
    this.#sender = new WatchedSender({
      context,
      stream,
      unreadMsMax: context.limits.replayUnreadMsMax,
      onSlow: (reason) => {
        this.#cut(reason)
      },
      onFailed: (error) => {
        this.end(error)
      },
    })
    this.#life = new StreamLife({
      context,
      stream,
      scope,
      startMsMax: LIMITS.replayInitMsMax,
      startText: 'the stream began without an init',
      endMsMax: LIMITS.replayEndMsMax,
      release: () => {
        this.#sender.release()
        this.#replay?.end(new VarveError('CANCELLED', 'the replay session is over'))
        for (const { onDone } of this.#waiting.splice(0)) onDone()
      },
    })
    this.#life.begin()
  }

  /** Takes the next message; one that has no place here ends the stream with its error. */
  take(message: ReplayRequestOutput, onDone: () => void = () => undefined): void {
    if (this.#isOpening && !this.#life.isOver) {
      this.#keep({ message, onDone })
      return
    }
    try {
      if (this.#life.isOver) return
      if (this.#replay === undefined) this.#begin(message)
      else command(this.#replay, message)
    } catch (error) {
      this.end(error)
    } finally {
      onDone()
    }
  }

  /** The client has nothing more to say: the session plays on to its end. */
  finish(): void {
    if (this.#isFinishing) return
    this.#isFinishing = true
    if (this.#isOpening) return
    if (this.#replay === undefined) this.end()
    else this.#replay.finish()
  }

  /** Ends the stream, with the error if there is one. What was given to the stream may still be read. */
  end(error?: unknown): void {
    this.#life.end(error)
  }

  /** @throws VarveError when the message is no proper init */
  #begin({ init }: ReplayRequestOutput): void {
    if (!init) throw missingField('init', 'the first message of the stream must be an init')
    this.#life.started()
    const options = this.#optionsOf(init)
    this.#isOpening = true
    this.#stream.pause()
    this.#play(options).catch((error: unknown) => {
      // Who ended it has said why.
      if (!this.#life.isOver) this.end(error)
    })
  }

  #optionsOf(init: ReplayInitOutput): ReplayOptions {
    return optionsOf(init, this.#scope.peer, this.#context.limits)
  }

  /** While the places are looked for. */
  #keep(command: WaitingCommand): void {
    if (this.#waiting.length < LIMITS.replayCommandsWaitingMax) {
      this.#waiting.push(command)
      return
    }
    command.onDone()
    const max = LIMITS.replayCommandsWaitingMax
    this.end(
      new VarveError(
        'QUEUE_FULL',
        `${max} commands wait for the session to be ready, as many as may: wait for ready`,
      ),
    )
  }

  async #play(options: ReplayOptions): Promise<void> {
    const replay = await this.#open(options)
    this.#sender.watch()
    const ready = readyOf(replay, options, this.#context.limits.replayUnreadMsMax)
    // The client knows nothing of the session before it is told so; its commands are at work by then.
    const told = this.#sender.send({ ready }, linesBytes(replay.places))
    this.#listen(replay)
    await told
    while (await this.#tellNext(replay));
    this.end()
  }

  /** @throws VarveError CANCELLED when the stream ended meanwhile, or what the broker refuses the session for */
  async #open(options: ReplayOptions): Promise<Replay> {
    const replay = await this.#context.broker.replays.open(options)
    if (this.#life.isOver) {
      const over = new VarveError('CANCELLED', 'the replay session is over')
      replay.end(over)
      throw over
    }
    this.#replay = replay
    return replay
  }

  /** Does what the client said while the places were looked for, and takes what it says from now on. */
  #listen(replay: Replay): void {
    this.#isOpening = false
    for (const { message, onDone } of this.#waiting.splice(0)) {
      // One that has no place here ends the session, and the others with it.
      this.take(message, onDone)
    }
    if (this.#life.isOver) return
    if (this.#isFinishing) replay.finish()
    this.#stream.resume()
  }

  /**
   * No async function: it would hold the records until their message has left, beside the bytes that the stream holds.
   * @returns whether there may be more
   */
  #tellNext(replay: Replay): Promise<boolean> {
    return replay.next().then((event) => {
      if (event === undefined) return false
      const message = responseOf(this.#context, replay.sessionId, event)
      return this.#sender.send(message, messageBytesOf(event)).then(() => true)
    })
  }

  #cut(reason: string): void {
    if (this.#life.isOver) return
    this.#context.broker.replays.counts.slow++
    this.end(new VarveError('SLOW_CONSUMER', `the replay session was ended: ${reason}`))
  }
}

/** @throws VarveError when the message asks for what cannot be */
function command(replay: Replay, message: ReplayRequestOutput): void {
  const { init, credit, pause, resume, step, seek, pace } = message
  if (init) {
    throw new VarveError('MALFORMED_REQUEST', 'the stream had its init already', {
      details: { field: 'init' },
    })
  }
  if (credit) {
    const bytes = admitCount(credit.bytes, 'credit.bytes')
    replay.addCredit(bytes, admitCount(credit.records, 'credit.records'))
  } else if (pause) replay.pause()
  else if (resume) replay.resume()
  else if (step) replay.step(stepOf(step.records))
  else if (seek) replay.seek(seekTargetOf(seek), admitCount(seek.seekEpoch, 'seek.seek_epoch'))
  else if (pace) replay.setPace(paceOf(pace, 'pace'))
  // A kind of message that only newer brokers know is passed over, as the protocol promises.
}
