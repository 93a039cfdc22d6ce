// Makes a history again of the lines that history-events.ts writes, one after the other: a file of a million operations is never held as text.
import type { Durability } from '../domain/durability.ts'
import type { FaultKind, History, KeyId, Nemesis } from './history.ts'
import { HistoryBuilder } from './history-builder.ts'
import type { EventFunction, HistoryEvent, ReadStretch } from './history-events.ts'
import type { Outcome } from './outcome.ts'

/** Of the file: numbers and names, as they were written. */
type Value = Readonly<Record<string, unknown>>
type End = Outcome | 'event'

interface Begun {
  readonly id: number
  readonly at: number
}

export class HistoryReader {
  readonly #builder = new HistoryBuilder()
  readonly #sends = new Map<number, Begun>()
  readonly #polls = new Map<number, Begun>()
  readonly #others = new Map<string, Begun>()
  #lines = 0

  /**
   * The next line; an empty one is passed over.
   * @throws Error with the number of a line that is none of a history
   */
  add(line: string): void {
    this.#lines++
    if (line.trim() === '') return
    try {
      this.#event(JSON.parse(line) as HistoryEvent)
    } catch (cause) {
      throw new Error(`line ${this.#lines} is no event of a history: ${line.slice(0, 200)}`, {
        cause,
      })
    }
  }

  build(): History {
    return this.#builder.build()
  }

  #event(event: HistoryEvent): void {
    const { f, type, t = 0, value } = event
    if (f === 'keys') this.#keys(value)
    else if (f === 'final') this.#builder.finalReader(this.#process(event))
    else if (f === 'send') this.#send(event)
    else if (f === 'poll') this.#poll(event)
    else if (f === 'assign') {
      const offset = value['offset'] === null ? undefined : numberOf(value, 'offset')
      this.#builder.positioned(this.#process(event), this.#key(value), offset, t)
    } else if (f === 'rebalance') this.#rebalance(event)
    else if (f === 'subscribe') {
      const keys = this.#keyList(value, 'ks')
      const group = textOf(value, 'group')
      this.#builder.subscribed({ group, process: this.#process(event), keys, at: t })
    } else if (f === 'nemesis') this.#builder.nemesis(this.#nemesis(value, t))
    else if (type === 'invoke') this.#others.set(`${f} ${event.op}`, { id: 0, at: t })
    else this.#ended(f, type, value, { t, op: event.op, srv: event.srv })
  }

  #keys(value: Value): void {
    for (const { name, ...settings } of value['keys'] as History['keys']) {
      this.#builder.key(name, settings)
    }
  }

  #send(event: HistoryEvent): void {
    const { op = -1, type, t = 0, value, srv } = event
    if (type === 'invoke') {
      const values = value['vs'] as number[]
      const id = this.#builder.sendBegan(this.#process(event), this.#key(value), values, t)
      this.#sends.set(op, { id, at: t })
      return
    }
    const { id } = begunOf(this.#sends, op)
    this.#sends.delete(op)
    if (type !== 'ok') {
      this.#builder.sendFailed(id, type === 'fail' ? 'fail' : 'info', t)
      return
    }
    const durability: Durability = value['synced'] === true ? 'synced' : 'written'
    this.#builder.sendAcknowledged(id, {
      ...{
        at: t,
        baseOffset: numberOf(value, 'base'),
        epoch: numberOf(value, 'epoch'),
        durability,
      },
      ...(srv === undefined ? {} : { incarnation: srv }),
    })
  }

  #poll(event: HistoryEvent): void {
    const { op = -1, type, t = 0, value } = event
    if (type === 'invoke') {
      this.#polls.set(op, { id: this.#builder.pollBegan(this.#process(event), t), at: t })
      return
    }
    const { id } = begunOf(this.#polls, op)
    for (const [k, records] of (value['records'] ?? []) as ReadStretch[]) {
      const [[first, , epoch] = [0, null, -1]] = records
      const values = records.map(([, each]) => each ?? Number.NaN)
      this.#builder.pollRead(id, this.#builder.key(k), first, values, epoch)
    }
    if (type === 'event') return
    this.#builder.pollEnded(id, type, t)
    this.#polls.delete(op)
  }

  #rebalance(event: HistoryEvent): void {
    const { value, t = 0 } = event
    const process = this.#process(event)
    this.#builder.rebalanced({
      ...{ group: textOf(value, 'group'), member: textOf(value, 'member'), process, at: t },
      memberEpoch: numberOf(value, 'memberEpoch'),
      ...{ assigned: this.#keyList(value, 'assigned'), revoked: this.#keyList(value, 'revoked') },
    })
  }

  #ended(
    f: EventFunction,
    type: End,
    value: Value,
    { t, op, srv }: { t: number; op: number | undefined; srv: string | undefined },
  ): void {
    const { at: invokedAt } = begunOf(this.#others, `${f} ${op}`)
    this.#others.delete(`${f} ${op}`)
    const span = { invokedAt, endedAt: t }
    const key = this.#key(value)
    if (f === 'offsets') {
      const told = {
        ...optional('logStart', value['start']),
        ...optional('highWatermark', value['hw']),
        ...optional('logEnd', value['leo']),
        ...optional('epoch', value['epoch']),
        ...(srv === undefined ? {} : { incarnation: srv }),
      }
      this.#builder.toldBounds(key, told, span)
      return
    }
    const group = textOf(value, 'group')
    if (f === 'commit') {
      this.#builder.commit({
        ...{ group, key, ...span, offset: numberOf(value, 'offset') },
        member: value['member'] as string | undefined,
        memberEpoch: value['memberEpoch'] as number | undefined,
        allowRewind: value['allowRewind'] === true,
        outcome: type === 'event' ? 'info' : type,
      })
    } else if (f === 'committed') {
      const offset = value['offset'] === null ? undefined : numberOf(value, 'offset')
      this.#builder.committed({ group, key, offset, ...span })
    } else if (f === 'reset') {
      this.#builder.commitReset({ group, key, ...span })
    } else {
      throw new Error(`${f} is no operation`)
    }
  }

  #nemesis(value: Value, at: number): Nemesis {
    const { key, process, ...rest } = value
    return {
      ...rest,
      ...(key === undefined ? {} : { key: this.#builder.key(key as string) }),
      ...(process === undefined ? {} : { process: this.#builder.process(process as string) }),
      ...('reported' in value ? { reported: value['reported'] as FaultKind[] } : {}),
      at,
    } as Nemesis
  }

  #process({ p }: HistoryEvent): number {
    if (p === undefined) throw new Error('no process')
    return this.#builder.process(p)
  }

  #key(value: Value): KeyId {
    return this.#builder.key(textOf(value, 'k'))
  }

  #keyList(value: Value, field: string): KeyId[] {
    return (value[field] as string[]).map((name) => this.#builder.key(name))
  }
}

function begunOf<K>(begun: ReadonlyMap<K, Begun>, op: K): Begun {
  const known = begun.get(op)
  if (known === undefined) throw new Error(`operation ${String(op)} ended, and never began`)
  return known
}

function numberOf(value: Value, field: string): number {
  const number = value[field]
  if (typeof number !== 'number') throw new Error(`${field} is no number`)
  return number
}

function textOf(value: Value, field: string): string {
  const text = value[field]
  if (typeof text !== 'string') throw new Error(`${field} is no text`)
  return text
}

function optional(name: string, value: unknown): Record<string, number> {
  return typeof value === 'number' ? { [name]: value } : {}
}
