// Subscribes to channels as a program would, by their documented names, and keeps what they tell.
import { tracingChannel } from 'node:diagnostics_channel'

/** Fields of a trace, as they were when it was told. */
type TraceFields = Readonly<Record<string, unknown>>

export interface RecordedTrace {
  /** start, end, asyncStart, asyncEnd, error: in the order in which they came. */
  readonly events: string[]
  readonly atStart: TraceFields
  /** The object itself, which is the same in all events. */
  readonly context: TraceFields
}

export class TraceRecorder {
  private readonly byName = new Map<string, RecordedTrace[]>()
  private readonly stops: (() => void)[] = []

  constructor(names: readonly string[]) {
    for (const name of names) this.subscribe(name)
  }

  of(name: string): readonly RecordedTrace[] {
    return this.byName.get(name) ?? []
  }

  stop(): void {
    for (const stop of this.stops.splice(0)) stop()
  }

  private subscribe(name: string): void {
    const traces: RecordedTrace[] = []
    this.byName.set(name, traces)
    const told = (event: string) => (message: unknown) => {
      const context = message as TraceFields
      const known = traces.find((trace) => trace.context === context)
      if (known === undefined) traces.push({ events: [event], atStart: { ...context }, context })
      else known.events.push(event)
    }
    const channel = tracingChannel(name)
    const subscribers = {
      start: told('start'),
      end: told('end'),
      asyncStart: told('asyncStart'),
      asyncEnd: told('asyncEnd'),
      error: told('error'),
    }
    channel.subscribe(subscribers)
    this.stops.push(() => {
      channel.unsubscribe(subscribers)
    })
  }
}
