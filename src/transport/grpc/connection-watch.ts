// Looks at all connections once a second, for what no event tells: bytes that came for nothing, and HTTP/2 that is over while its connection
// stays. Invariant: one timer however many connections there are, and none without any; a look costs a connection less than a microsecond.
import type { Http2Session } from 'node:http2'
import type { Cancel, Clock } from '../../platform/clock.ts'
import type { ConnectionConduct } from './connection-conduct.ts'
import { isOver } from './library-parts.ts'

const INTERVAL_MS = 1_000

export class ConnectionWatch {
  readonly #clock: Clock
  readonly #onOver: (session: Http2Session) => void
  readonly #conducts = new Map<Http2Session, ConnectionConduct>()
  #stopTimer: Cancel | undefined

  /**
   * @param onOver HTTP/2 has said goodbye to this connection, because of a frame that breaks the protocol: it reads no more, so that nothing
   *   would be noticed of the other side, not even that it left
   */
  constructor(clock: Clock, onOver: (session: Http2Session) => void) {
    this.#clock = clock
    this.#onOver = onOver
  }

  /** Looks at the connection until it is closed. */
  add(session: Http2Session, conduct: ConnectionConduct): void {
    this.#conducts.set(session, conduct)
    session.on('close', () => {
      this.#conducts.delete(session)
      if (this.#conducts.size > 0) return
      this.#stopTimer?.()
      this.#stopTimer = undefined
    })
    if (this.#conducts.size === 1) this.#lookLater()
  }

  #lookLater(): void {
    this.#stopTimer = this.#clock.after(INTERVAL_MS, () => {
      for (const [session, conduct] of this.#conducts) this.#look(session, conduct)
      if (this.#conducts.size > 0) this.#lookLater()
    })
  }

  #look(session: Http2Session, conduct: ConnectionConduct): void {
    if (session.destroyed) return
    if (isOver(session)) {
      this.#onOver(session)
      return
    }
    const { bytesRead, bytesWritten } = session.socket
    conduct.look({ read: bytesRead, written: bytesWritten })
  }
}
