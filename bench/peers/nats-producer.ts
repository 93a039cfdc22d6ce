// Publishes to JetStream as a bench producer: many messages under way, each acknowledged by itself. Invariant: as in `BenchProducer`.
import {
  createInbox,
  headers,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
} from '@nats-io/transport-node'
import type { BenchProducer, OnSent, ProducerRequest } from '../../src/bench/system.ts'
import { partitionForKey } from '../../src/domain/murmur2.ts'
import { subjectOf } from './nats-streams.ts'
import { SendWindow } from './send-window.ts'

/**
 * Publishes with an inbox of its own for all acknowledgements, as NATS's Go client does: the Node client's `publish` makes two errors with their
 * stacks for every message, in case it needs them, and is four times as slow for it.
 */
export class NatsProducer implements BenchProducer {
  readonly #connection: NatsConnection
  readonly #subjects: readonly string[]
  readonly #onSent: OnSent
  readonly #window = new SendWindow()
  readonly #inbox = createInbox()
  readonly #underWay = new Map<string, { readonly token: number; readonly bytes: number }>()
  #next = 0
  #nextReply = 0

  constructor(connection: NatsConnection, request: ProducerRequest, onSent: OnSent) {
    this.#connection = connection
    this.#subjects = Array.from({ length: request.partitions }, (_, partition) =>
      subjectOf(request.topic, partition),
    )
    this.#onSent = onSent
    connection.subscribe(`${this.#inbox}.*`, {
      callback: (error, message) => {
        const reply = message.subject.slice(this.#inbox.length + 1)
        if (error !== null) this.#settle(reply, undefined, error)
        else this.#acknowledged(reply, message)
      },
    })
    void connection.closed().then((error) => {
      const failure = error instanceof Error ? error : new Error('the connection was closed')
      for (const reply of [...this.#underWay.keys()]) this.#settle(reply, undefined, failure)
    })
  }

  trySend(
    partition: number | undefined,
    key: Buffer | null,
    value: Buffer,
    token: number,
  ): boolean {
    const bytes = value.length + (key?.length ?? 0)
    if (!this.#window.tryTake(bytes)) return false
    const subject = this.#subjects[partition ?? this.#choose(key)] ?? ''
    const reply = (this.#nextReply++).toString(36)
    this.#underWay.set(reply, { token, bytes })
    try {
      const options = { reply: `${this.#inbox}.${reply}` }
      this.#connection.publish(subject, value, key === null ? options : withKey(key, options))
    } catch (error) {
      queueMicrotask(() => {
        this.#settle(reply, undefined, error as Error)
      })
    }
    return true
  }

  ready(): Promise<void> {
    return this.#window.ready()
  }

  flush(): Promise<void> {
    return this.#window.idle()
  }

  async close(): Promise<void> {
    await this.#connection.close()
  }

  #acknowledged(reply: string, message: Msg): void {
    // Nobody listens to the subject: an answer without a body.
    if (message.data.length === 0) {
      this.#settle(reply, undefined, new Error(`no stream took it (${message.headers?.code ?? 0})`))
      return
    }
    const { seq, error } = message.json<{ seq?: number; error?: { description: string } }>()
    if (seq === undefined) {
      this.#settle(
        reply,
        undefined,
        new Error(error?.description ?? 'an answer without a sequence'),
      )
    } else {
      this.#settle(reply, seq - 1, undefined)
    }
  }

  #settle(reply: string, offset: number | undefined, error: Error | undefined): void {
    const sent = this.#underWay.get(reply)
    if (sent === undefined) return
    this.#underWay.delete(reply)
    this.#window.giveBack(sent.bytes)
    this.#onSent(sent.token, offset, error)
  }

  #choose(key: Buffer | null): number {
    const partitions = this.#subjects.length
    return key === null ? this.#next++ % partitions : partitionForKey(key, partitions)
  }
}

function withKey(
  key: Buffer,
  options: { readonly reply: string },
): { readonly reply: string; readonly headers: MsgHdrs } {
  const carried = headers()
  carried.set('Key', key.toString('base64'))
  return { ...options, headers: carried }
}
