// Judges one connection by what it makes the server do for nothing: frames that carry nothing, bytes beside what they carry, and calls
// that are broken off. Invariant: constant work and memory for each, and no timer.
import type { Limits } from '../../domain/limits.ts'
import type { Clock } from '../../platform/clock.ts'

/** Why a connection is cut. */
export type Misconduct = 'small-frames' | 'empty-bytes' | 'aborted-calls'

export type ConductLimits = Pick<
  Limits,
  | 'smallFramesPerSecondMax'
  | 'emptyBytesPerSecondMax'
  | 'abortedCallsBurstMax'
  | 'abortedCallsPerSecondMax'
>

/** Bytes of a connection since it began, in both directions. */
interface ConnectionBytes {
  readonly read: number
  readonly written: number
}

/** Frames that each message may need beside its own: its header may come apart, and so may the end of the call. */
const FRAMES_PER_MESSAGE = 2
const WINDOW_MS = 1_000
const SETTINGS_WEIGHT = 10
const NEVER_BEGUN_WEIGHT = 3
/** Before each payload. */
const FRAME_HEADER_BYTES = 9
/** What a frame may have that is counted as one without substance: it has a limit of its own. */
const SMALL_FRAME_BYTES = 64
/** The headers that HTTP/2 takes for a call, its frames and its end: however many they were, they are no bytes for nothing. */
const CALL_BYTES = 64 * 1024
/** Who is sent much says often that it has room for more: 13 bytes or twice that, at worst for each frame that it gets. */
const WRITTEN_BYTES_PER_EMPTY = 4

export class ConnectionConduct {
  readonly #clock: Clock
  readonly #limits: ConductLimits
  readonly #onMisconduct: (misconduct: Misconduct) => void
  #windowFromMs: number
  #smallFrames = 0
  #messages = 0
  #abortsLeft: number
  #abortsFromMs: number
  /** Bytes with substance, since the last look. */
  #usefulBytes = 0
  #lookedMs: number
  #looked: ConnectionBytes = { read: 0, written: 0 }

  constructor(clock: Clock, limits: ConductLimits, onMisconduct: (misconduct: Misconduct) => void) {
    this.#clock = clock
    this.#limits = limits
    this.#abortsLeft = limits.abortedCallsBurstMax
    this.#onMisconduct = onMisconduct
    this.#windowFromMs = clock.monotonicMs()
    this.#abortsFromMs = this.#windowFromMs
    this.#lookedMs = this.#windowFromMs
  }

  /** Settings came. They may change the window of every call, so they count more than a ping does; honest clients send a few. */
  settings(): void {
    this.smallFrame(SETTINGS_WEIGHT)
  }

  /** A frame came that carries nothing, or next to nothing. @param weight as how many it counts */
  smallFrame(weight = 1): void {
    const nowMs = this.#clock.monotonicMs()
    if (nowMs - this.#windowFromMs >= WINDOW_MS) {
      this.#windowFromMs = nowMs
      this.#smallFrames = 0
      this.#messages = 0
    }
    this.#smallFrames += weight
    this.#usefulBytes += SMALL_FRAME_BYTES
    const allowed = this.#limits.smallFramesPerSecondMax + this.#messages * FRAMES_PER_MESSAGE
    if (this.#smallFrames > allowed) this.#onMisconduct('small-frames')
  }

  /** A frame of data came with so many bytes. */
  data(bytes: number): void {
    this.#usefulBytes += FRAME_HEADER_BYTES + bytes
    if (bytes < SMALL_FRAME_BYTES) this.smallFrame()
  }

  /** A message came in whole. */
  message(): void {
    this.#messages += 1
  }

  /** A call began. */
  call(): void {
    this.#usefulBytes += CALL_BYTES
  }

  /**
   * A call ended before its answer.
   * @param hasBegun false: it was broken off in the same breath, as honest clients seldom do and a flood does always; it counts more
   */
  abortedCall(hasBegun = true): void {
    const nowMs = this.#clock.monotonicMs()
    const earned = ((nowMs - this.#abortsFromMs) / 1e3) * this.#limits.abortedCallsPerSecondMax
    this.#abortsFromMs = nowMs
    this.#abortsLeft = Math.min(this.#limits.abortedCallsBurstMax, this.#abortsLeft + earned)
    this.#abortsLeft -= hasBegun ? 1 : NEVER_BEGUN_WEIGHT
    if (this.#abortsLeft < 0) this.#onMisconduct('aborted-calls')
  }

  /**
   * Compares what came with what there was in it; to be called now and then. That is how frames show that HTTP/2 takes in by itself and tells
   * nobody of: windows that grow, headers that go on, padding, types that do not exist.
   */
  look(bytes: ConnectionBytes): void {
    const nowMs = this.#clock.monotonicMs()
    // Not less than a second's worth: a look may come early, and a connection begins with some settings.
    const seconds = Math.max(1, (nowMs - this.#lookedMs) / 1e3)
    const emptyBytes = bytes.read - this.#looked.read - this.#usefulBytes
    const allowed =
      seconds * this.#limits.emptyBytesPerSecondMax +
      (bytes.written - this.#looked.written) / WRITTEN_BYTES_PER_EMPTY
    this.#looked = { read: bytes.read, written: bytes.written }
    this.#lookedMs = nowMs
    this.#usefulBytes = 0
    if (emptyBytes > allowed) this.#onMisconduct('empty-bytes')
  }
}
