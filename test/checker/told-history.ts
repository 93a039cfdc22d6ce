// Histories told in a few words, for tests: each operation is a call with a begin and an end on one clock.

import {
  type CheckOptions,
  type CheckResult,
  checkHistory,
} from '../../src/history-check/check-history.ts'
import type { KeySettings, Nemesis, ProcessId } from '../../src/history-check/history.ts'
import { type Acknowledgement, HistoryBuilder } from '../../src/history-check/history-builder.ts'

/** Begin and end; without an end the operation never ended. */
export type Span = readonly [from: number, to?: number]

/** Records of one partition: the offset of the first, the values. */
export interface ToldRead {
  readonly k?: string
  readonly at: number
  readonly vs: readonly number[]
  readonly epoch?: number
}

export class ToldHistory {
  readonly builder = new HistoryBuilder()
  readonly #settings: KeySettings

  constructor(settings: KeySettings = { durability: 'synced' }) {
    this.#settings = settings
  }

  key(name = 'k'): number {
    return this.builder.key(name, this.#settings)
  }

  process(name: string): ProcessId {
    return this.builder.process(name)
  }

  /** A batch that was acknowledged at an offset. */
  ok(
    process: string,
    span: readonly [number, number],
    base: number,
    vs: readonly number[],
    more: Partial<Acknowledgement> & { readonly k?: string } = {},
  ): this {
    const { k, ...ack } = more
    const send = this.#began(process, span, vs, k)
    this.builder.sendAcknowledged(send, { at: span[1], baseOffset: base, ...ack })
    return this
  }

  /** A batch that was refused, or of which nobody knows. */
  not(
    process: string,
    outcome: 'fail' | 'info',
    span: Span,
    vs: readonly number[],
    k?: string,
  ): this {
    const send = this.#began(process, span, vs, k)
    if (span[1] !== undefined) this.builder.sendFailed(send, outcome, span[1])
    return this
  }

  poll(
    process: string,
    span: Span,
    reads: readonly ToldRead[],
    outcome: 'ok' | 'fail' | 'info' = 'ok',
  ): this {
    const poll = this.builder.pollBegan(this.process(process), span[0])
    for (const { k, at, vs, epoch } of reads)
      this.builder.pollRead(poll, this.key(k), at, vs, epoch)
    if (span[1] !== undefined) this.builder.pollEnded(poll, outcome, span[1])
    return this
  }

  /** The process reads on elsewhere. */
  seek(process: string, at: number, offset?: number, k?: string): this {
    this.builder.positioned(this.process(process), this.key(k), offset, at)
    return this
  }

  /** A fresh client at the end. */
  final(process: string): this {
    this.builder.finalReader(this.process(process))
    return this
  }

  /** What was told of the bounds. */
  told(
    [invokedAt, endedAt]: readonly [number, number],
    told: { start?: number; hw?: number; epoch?: number; k?: string },
  ): this {
    const { start, hw, epoch, k } = told
    this.builder.toldBounds(
      this.key(k),
      {
        ...(start === undefined ? {} : { logStart: start }),
        ...(hw === undefined ? {} : { highWatermark: hw }),
        ...(epoch === undefined ? {} : { epoch }),
      },
      { invokedAt, endedAt },
    )
    return this
  }

  /** A member was told that it has one partition more (`+`) or let go of it (`-`). The process is named as the member. */
  member(name: string, at: number, change: '+' | '-', memberEpoch: number): this {
    this.builder.rebalanced({
      ...{ group: 'g', member: name, process: this.process(name), memberEpoch, at },
      assigned: change === '+' ? [this.key()] : [],
      revoked: change === '-' ? [this.key()] : [],
    })
    return this
  }

  commit(
    member: string,
    [invokedAt, endedAt]: readonly [number, number],
    offset: number,
    more: { epoch?: number; outcome?: 'ok' | 'fail' | 'info'; rewind?: boolean } = {},
  ): this {
    const { epoch: memberEpoch, outcome = 'ok', rewind: allowRewind = false } = more
    const key = this.key()
    this.builder.commit({
      ...{ group: 'g', key, offset, member, memberEpoch, allowRewind },
      ...{ invokedAt, endedAt, outcome },
    })
    return this
  }

  /** The group is asked what it has committed. */
  committed([invokedAt, endedAt]: readonly [number, number], offset: number | undefined): this {
    this.builder.committed({ group: 'g', key: this.key(), offset, invokedAt, endedAt })
    return this
  }

  reset([invokedAt, endedAt]: readonly [number, number]): this {
    this.builder.commitReset({ group: 'g', key: this.key(), invokedAt, endedAt })
    return this
  }

  nemesis(nemesis: Nemesis): this {
    this.builder.nemesis(nemesis)
    return this
  }

  check(options?: CheckOptions): CheckResult {
    return checkHistory(this.builder.build(), options)
  }

  /** The classes that were found, in their order. */
  classes(options?: CheckOptions): readonly string[] {
    return Object.keys(this.check(options).counts).sort(
      (a, b) => Number(a.slice(1)) - Number(b.slice(1)),
    )
  }

  #began(process: string, span: Span, vs: readonly number[], k: string | undefined): number {
    return this.builder.sendBegan(this.process(process), this.key(k), vs, span[0])
  }
}
