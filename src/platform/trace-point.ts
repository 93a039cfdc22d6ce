// One kind of operation that programs can look on at, over a channel of node:diagnostics_channel (its TracingChannel): what
// is told when, and what that costs. Invariants: without subscribers an operation runs as if this file were not there; what a
// subscriber does or throws changes nothing of the operation; every operation that was told to have begun is told to have ended.
// https://nodejs.org/docs/latest-v20.x/api/diagnostics_channel.html#class-tracingchannel
import { type TracingChannel, tracingChannel } from 'node:diagnostics_channel'

/** One object for the whole of an operation, the same in each of its events. What is optional is there once it is known. */
export interface TraceContext {
  /** Why it failed; absent when it succeeded. */
  error?: unknown
}

/** Newer types of Node have the two parameters, context and store, the other way round: equal ones fit both. */
type Channel<Context extends object> = TracingChannel<Context, Context>

/** An operation that somebody looks on at. */
export class Trace<Context extends TraceContext> {
  private readonly channel: Channel<Context>
  private readonly context: Context

  /** Made by `TracePoint.begin`. */
  constructor(channel: Channel<Context>, context: Context) {
    this.channel = channel
    this.context = context
  }

  /** Tells the start, and runs what begins the operation with the stores that subscribers bound to it. */
  enter<Result>(work: () => Result): Result {
    const { channel, context } = this
    return channel.start.runStores(context, () => {
      try {
        return work()
      } finally {
        channel.end.publish(context)
      }
    })
  }

  /** The operation succeeded. To be called once, or `fail`. @param outcome what is known of it now */
  succeed(outcome: Partial<Context>): void {
    Object.assign(this.context, outcome)
    this.settle()
  }

  /** The operation failed. */
  fail(error: unknown): void {
    this.context.error = error
    this.channel.error.publish(this.context)
    this.settle()
  }

  private settle(): void {
    this.channel.asyncStart.publish(this.context)
    this.channel.asyncEnd.publish(this.context)
  }
}

export class TracePoint<Context extends TraceContext> {
  readonly name: string
  private readonly channel: Channel<Context>

  /** @param name of the channel: its events are published on `tracing:NAME:start`, `:end`, `:asyncStart`, `:asyncEnd`, `:error` */
  constructor(name: string) {
    this.name = name
    this.channel = tracingChannel<Context, Context>(name)
  }

  /** Whether anybody looks on. TracingChannel.hasSubscribers came with Node 20.13. */
  get isWatched(): boolean {
    const { start, end, asyncStart, asyncEnd, error } = this.channel
    return (
      start.hasSubscribers ||
      asyncEnd.hasSubscribers ||
      end.hasSubscribers ||
      asyncStart.hasSubscribers ||
      error.hasSubscribers
    )
  }

  /** For an operation whose end is told by somebody else; undefined when nobody looks on. */
  begin(describe: () => Context): Trace<Context> | undefined {
    return this.isWatched ? new Trace(this.channel, describe()) : undefined
  }

  /**
   * Runs an operation; it settles as `work` does.
   * @param describe what is known when it begins
   * @param outcomeOf what its result adds
   */
  run<Result>(
    describe: () => Context,
    work: () => Promise<Result>,
    outcomeOf: (result: Result) => Partial<Context>,
  ): Promise<Result> {
    return this.isWatched ? this.watch(describe, work, outcomeOf) : work()
  }

  private async watch<Result>(
    describe: () => Context,
    work: () => Promise<Result>,
    outcomeOf: (result: Result) => Partial<Context>,
  ): Promise<Result> {
    const trace = new Trace(this.channel, describe())
    let result: Result
    try {
      result = await trace.enter(work)
    } catch (error) {
      trace.fail(error)
      throw error
    }
    trace.succeed(outcomeOf(result))
    return result
  }
}
