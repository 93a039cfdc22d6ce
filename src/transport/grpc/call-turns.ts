// Lets the calls of a connection begin a few in each turn of the event loop. What comes in at once may begin hundreds of calls: HTTP/2 tells of
// all of them in one go, and beginning a call costs a good part of a millisecond, so that everybody else would wait for it. Invariants: calls of one
// connection begin in their order; one that was broken off before its turn costs next to nothing; a connection with few calls never waits, whatever
// others do.
import type { ServerHttp2Stream } from 'node:http2'
import { nextTurn } from '../../platform/next-turn.ts'

/** What begins a call, as the HTTP/2 server tells of it. */
export type CallBeginning = (stream: ServerHttp2Stream, ...more: readonly unknown[]) => void

interface WaitingCall {
  readonly stream: ServerHttp2Stream
  readonly begin: () => void
}

/** The calls of one connection. */
export class CallLine {
  /** In this turn. */
  begun = 0
  readonly waiting: WaitingCall[] = []
}

export class CallTurns {
  readonly #callsPerTurn: number
  /** Lines that have begun calls in this turn, or have some waiting. */
  readonly #lines = new Set<CallLine>()
  #isTurning = false

  /** @param callsPerTurn of one connection */
  constructor(callsPerTurn: number) {
    this.#callsPerTurn = callsPerTurn
  }

  /** Begins the call now or in one of the next turns, unless it is over by then. */
  take(line: CallLine, stream: ServerHttp2Stream, begin: () => void): void {
    if (isOver(stream)) return
    this.#lines.add(line)
    if (line.begun < this.#callsPerTurn && line.waiting.length === 0) {
      line.begun += 1
      begin()
    } else {
      line.waiting.push({ stream, begin })
    }
    if (!this.#isTurning) void this.#turn()
  }

  async #turn(): Promise<void> {
    this.#isTurning = true
    while (this.#lines.size > 0) {
      await nextTurn()
      for (const line of this.#lines) this.#serve(line)
    }
    this.#isTurning = false
  }

  #serve(line: CallLine): void {
    line.begun = 0
    if (line.waiting.length === 0) {
      this.#lines.delete(line)
      return
    }
    let taken = 0
    for (const { stream, begin } of line.waiting) {
      if (line.begun === this.#callsPerTurn) break
      taken += 1
      if (isOver(stream)) continue
      line.begun += 1
      begin()
    }
    line.waiting.splice(0, taken)
  }
}

/** Broken off in the breath in which it came, or since: where grpc-js would answer such a call at once, it throws, which ends the process. */
function isOver(stream: ServerHttp2Stream): boolean {
  return stream.closed || stream.destroyed
}
