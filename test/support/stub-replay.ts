// A replay of the broker that does as the test says: what it is told to give, and what was asked of it.
import type { Broker } from '../../src/broker/broker.ts'
import type {
  ReplayEvent,
  ReplayOptions,
  ReplayPlace,
} from '../../src/broker/replay/replay-words.ts'
import { VarveError } from '../../src/domain/error.ts'

export class StubReplay {
  readonly sessionId = 'stub'
  readonly places: readonly ReplayPlace[] = []
  /** What was asked of it, in order. */
  readonly asked: string[] = []
  /** What it was ended with. */
  endedWith: VarveError | undefined
  /** How often the next event was pulled. */
  pulls = 0
  /** Thrown by every command. */
  refusal: VarveError | undefined
  private readonly events: (ReplayEvent | undefined)[] = []
  private waiting:
    | { resolve: (event: ReplayEvent | undefined) => void; reject: (error: Error) => void }
    | undefined

  /** Gives these events; undefined: it is over. */
  give(...events: readonly (ReplayEvent | undefined)[]): void {
    this.events.push(...events)
    this.serve()
  }

  next(): Promise<ReplayEvent | undefined> {
    this.pulls++
    if (this.endedWith !== undefined) return Promise.reject(this.endedWith)
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
      this.serve()
    })
  }

  addCredit(bytes: number, records: number): void {
    this.note(`credit ${bytes} ${records}`)
  }

  pause(): void {
    this.note('pause')
  }

  resume(): void {
    this.note('resume')
  }

  step(records: number): void {
    this.note(`step ${records}`)
  }

  setPace(pace: object): void {
    this.note(`pace ${JSON.stringify(pace)}`)
  }

  seek(target: unknown, seekEpoch: number): void {
    this.note(`seek ${JSON.stringify(target)} ${seekEpoch}`)
  }

  finish(): void {
    this.note('finish')
  }

  end(error: VarveError): void {
    this.endedWith ??= error
    this.waiting?.reject(this.endedWith)
    this.waiting = undefined
  }

  private note(words: string): void {
    if (this.refusal !== undefined) throw this.refusal
    this.asked.push(words)
  }

  private serve(): void {
    if (this.waiting === undefined || this.events.length === 0) return
    const { resolve } = this.waiting
    this.waiting = undefined
    resolve(this.events.shift())
  }
}

/** Opens the stub. */
export class StubReplayService {
  readonly counts = { open: 0, opened: 0, refused: 0, slow: 0, partitions: 0 }
  readonly asked: ReplayOptions[] = []
  readonly replay = new StubReplay()
  /** Openings are refused with it. */
  refusal: VarveError | undefined
  private held: (() => void) | undefined
  private isHolding = false

  /** Openings take until `letGo`. */
  hold(): void {
    this.isHolding = true
  }

  letGo(): void {
    this.isHolding = false
    this.held?.()
  }

  async open(options: ReplayOptions): Promise<StubReplay> {
    this.asked.push(options)
    if (this.isHolding) {
      await new Promise<void>((resolve) => {
        this.held = resolve
      })
    }
    if (this.refusal !== undefined) throw this.refusal
    return this.replay
  }

  /** The broker closes. */
  close(): void {
    this.replay.end(new VarveError('NOT_READY', 'the broker is stopping'))
  }
}

/** The broker, with replays that the test makes. */
export function replayingWith(broker: Broker, replays: StubReplayService): Broker {
  return Object.defineProperty(broker, 'replays', { value: replays, configurable: true })
}
