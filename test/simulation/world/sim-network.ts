// The transport of a simulated world: calls travel to the broker and their answers back, each when the scheduler says so. The calls of
// one connection arrive in the order in which they were made; answers, connections and brokers can get lost on the way.
import type { Broker } from '../../../src/broker/broker.ts'
import { isVarveError } from '../../../src/domain/error.ts'
import type { Clock } from '../../../src/platform/clock.ts'
import type { Scheduler } from './scheduler.ts'

/** No answer will come. */
export class ConnectionLost extends Error {
  /** False: the request never left, so nothing can have come of it. */
  readonly wasSent: boolean

  constructor(wasSent: boolean) {
    super('the connection was lost')
    this.wasSent = wasSent
  }
}

interface Call {
  readonly label: string
  readonly make: (broker: Broker) => Promise<unknown>
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: unknown) => void
}

export class SimNetwork {
  /** The broker that answers; undefined while there is none. */
  broker: Broker | undefined
  /** How many of the next answers get lost. */
  answersToLose = 0
  /** Told of what nobody expects: errors that are none of varve's. */
  onBug: (error: unknown) => void = () => undefined
  readonly scheduler: Scheduler
  readonly clock: Clock
  readonly #underWay = new Set<Call>()

  constructor(scheduler: Scheduler, clock: Clock) {
    this.scheduler = scheduler
    this.clock = clock
  }

  /** The broker is gone, and every connection with it. */
  breakAll(): void {
    this.broker = undefined
    const calls = [...this.#underWay]
    this.#underWay.clear()
    for (const { reject } of calls) reject(new ConnectionLost(true))
  }

  arrive(call: Call): void {
    const { scheduler, broker } = this
    if (broker === undefined) {
      call.reject(new ConnectionLost(false))
      return
    }
    this.#underWay.add(call)
    const answer = (what: string, give: () => void): void => {
      // The broker of this call is gone, and the caller knows.
      if (!this.#underWay.has(call)) return
      scheduler.wait(this, `${call.label} <- ${what}`, () => {
        if (!this.#underWay.delete(call)) return
        if (this.answersToLose > 0) {
          this.answersToLose--
          scheduler.note('lost')
          call.reject(new ConnectionLost(true))
        } else give()
      })
    }
    const made = (async () => await call.make(broker))()
    made.then(
      (value) => {
        answer('ok', () => {
          call.resolve(value)
        })
      },
      (error: unknown) => {
        if (!isVarveError(error)) this.onBug(error)
        answer(isVarveError(error) ? error.code : String(error), () => {
          call.reject(error)
        })
      },
    )
  }
}

/** What one client has with the broker. */
export class SimConnection {
  readonly #network: SimNetwork
  readonly #queue: Call[] = []
  #isMoving = false
  #heldUntilMs = 0

  constructor(network: SimNetwork) {
    this.#network = network
  }

  /** What is sent from now on arrives no earlier than this much later. */
  hold(ms: number): void {
    this.#heldUntilMs = this.#network.clock.monotonicMs() + ms
  }

  /** @throws ConnectionLost · what the broker answers */
  call<T>(label: string, make: (broker: Broker) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ label, make, resolve: resolve as (answer: unknown) => void, reject })
      this.#move()
    })
  }

  #move(): void {
    const { scheduler, clock } = this.#network
    if (this.#isMoving || this.#queue.length === 0) return
    this.#isMoving = true
    const waitMs = this.#heldUntilMs - clock.monotonicMs()
    if (waitMs > 0) {
      clock.after(waitMs, () => {
        this.#isMoving = false
        this.#move()
      })
      return
    }
    scheduler.wait(this, `${this.#queue[0]?.label ?? ''} ->`, () => {
      const call = this.#queue.shift()
      this.#isMoving = false
      this.#move()
      if (call !== undefined) this.#network.arrive(call)
    })
  }
}
