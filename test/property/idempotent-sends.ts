// What idempotent producers of a model-based test send: what comes next, what was sent before, what comes too early and what is
// out of date. It knows only what was sent; whether that was right is for the engines to say.
import fc from 'fast-check'
import { batchOf } from '../support/batches.ts'

/**
 * `next`: the batch that is expected · `raise`: the same under the next epoch · `repeat`: a batch that was sent, so many before the last ·
 * `skip`: one behind a gap · `other`: the sequence of the last one with other records · `old`: the beginning of the epoch before.
 */
export interface Send {
  readonly producer: number
  readonly kind: 'next' | 'raise' | 'repeat' | 'skip' | 'other' | 'old'
  readonly records: number
  readonly back: number
}

interface Known {
  epoch: number
  next: number
  last: number
  /** Of all epochs. */
  readonly sent: Buffer[]
}

export class Senders {
  private readonly known = new Map<number, Known>()

  /** The batches of these sends, in order; those that are expected count as stored. */
  batchesOf(sends: readonly Send[], timestampMs: number): Buffer[] {
    return sends.map((send) => this.batchOf(send, timestampMs))
  }

  private batchOf({ producer, kind, records, back }: Send, timestampMs: number): Buffer {
    const known = this.known.get(producer) ?? { epoch: 0, next: 0, last: 0, sent: [] }
    this.known.set(producer, known)
    const make = (epoch: number, sequence: number): Buffer =>
      batchOf({
        values: Array.from({ length: records }, (_, at) => `${producer}/${epoch}/${sequence + at}`),
        timestampMs,
        producer: { id: producer, epoch, sequence },
      })
    const repeated = known.sent.at(-1 - back)
    if (kind === 'repeat' && repeated !== undefined) return repeated
    if (kind === 'skip') return make(known.epoch, known.next + 1 + back)
    if (kind === 'other' && known.sent.length > 0) return make(known.epoch, known.last)
    if (kind === 'old' && known.epoch > 0) return make(known.epoch - 1, 0)
    if (kind === 'raise') Object.assign(known, { epoch: known.epoch + 1, next: 0 })
    const batch = make(known.epoch, known.next)
    known.last = known.next
    known.next += records
    known.sent.push(batch)
    return batch
  }
}

function sends(kinds: fc.Arbitrary<Send['kind']>): fc.Arbitrary<Send[]> {
  const send = fc.record({
    producer: fc.integer({ min: 1, max: 3 }),
    kind: kinds,
    records: fc.integer({ min: 1, max: 4 }),
    back: fc.integer({ min: 0, max: 6 }),
  })
  return fc.array(send, { minLength: 1, maxLength: 6 })
}

export const ANY_SENDS = sends(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant('next' as const) },
    { weight: 3, arbitrary: fc.constant('repeat' as const) },
    { weight: 1, arbitrary: fc.constantFrom('raise', 'skip', 'other', 'old') },
  ),
)

/** Only batches that are to be stored. */
export const GOOD_SENDS = sends(fc.constantFrom('next', 'next', 'next', 'raise'))
