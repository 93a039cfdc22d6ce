// Carries the trace that is active when a record is sent in the headers of the record (W3C Trace Context,
// https://www.w3.org/TR/trace-context/), and reads it back. Invariants: what the application set itself stays; a failing hook costs
// a record its trace, not its delivery. OpenTelemetry is no dependency: an application that has it registers its API under a
// global symbol, and what is registered there is asked.
import { VarveError } from '../domain/error.ts'
import type { RecordHeader } from '../record/encode-batch.ts'
import type { WarningListeners } from './client-warning.ts'

/** Says which headers carry the trace that is active now, as `{ traceparent, tracestate }`; nothing when none is. */
export type Propagation = () => Readonly<Record<string, string>> | undefined

/** `auto` asks OpenTelemetry, when the application uses it. */
export type PropagationOption = 'auto' | 'off' | Propagation

/** Where the API of OpenTelemetry, major version 1, keeps what was registered with it. */
const OPENTELEMETRY = Symbol.for('opentelemetry.js.api.1')

/** What is used of it (@opentelemetry/api: ContextManager, TextMapPropagator). */
interface OpenTelemetry {
  readonly context?: { active(): unknown }
  readonly propagation?: {
    inject(context: unknown, carrier: Record<string, string>, setter: CarrierSetter): void
  }
}

interface CarrierSetter {
  set(carrier: Record<string, string>, key: string, value: string): void
}

const SETTER: CarrierSetter = {
  set(carrier, key, value) {
    carrier[key] = value
  },
}

const NONE: readonly RecordHeader[] = []

/** The headers of the active trace for the records of one producer. */
export class TraceHeaders {
  private readonly propagation: Propagation | undefined
  private readonly warnings: WarningListeners
  private hasFailed = false

  constructor(option: PropagationOption, warnings: WarningListeners) {
    if (option === 'off') this.propagation = undefined
    else this.propagation = option === 'auto' ? askOpenTelemetry : option
    this.warnings = warnings
  }

  /** Those of the trace that is active now; of most records none. Never throws. */
  current(): readonly RecordHeader[] {
    const { propagation } = this
    if (propagation === undefined) return NONE
    try {
      const headers = propagation()
      return headers === undefined ? NONE : toHeaders(headers)
    } catch (error) {
      this.tell(error)
      return NONE
    }
  }

  /** The first failure alone: what fails for one record fails for all. */
  private tell(cause: unknown): void {
    if (this.hasFailed) return
    this.hasFailed = true
    const reason = cause instanceof Error ? cause.message : String(cause)
    const message = `records go without the headers of their traces, which could not be had: ${reason}`
    this.warnings.tell({
      kind: 'propagation-failed',
      message,
      error: new VarveError('INVALID_ARGUMENT', message, { cause }),
    })
  }
}

/** `headers` and those of the trace whose names it does not have; a trace in it, or a part of one, keeps out the other. */
export function withTraceHeaders(
  headers: readonly RecordHeader[],
  trace: readonly RecordHeader[],
): readonly RecordHeader[] {
  if (trace.length === 0 || headers.length === 0) return trace.length === 0 ? headers : trace
  const own = new Set(headers.map(({ key }) => key.toLowerCase()))
  const isTraced = own.has('traceparent') || own.has('tracestate')
  const added = trace.filter(({ key }) => {
    const name = key.toLowerCase()
    return !own.has(name) && !(isTraced && (name === 'traceparent' || name === 'tracestate'))
  })
  return [...headers, ...added]
}

function askOpenTelemetry(): Readonly<Record<string, string>> | undefined {
  const { context, propagation } =
    (globalThis as { readonly [OPENTELEMETRY]?: OpenTelemetry })[OPENTELEMETRY] ?? {}
  if (context === undefined || propagation === undefined) return undefined
  const carrier: Record<string, string> = {}
  propagation.inject(context.active(), carrier, SETTER)
  return carrier
}

function toHeaders(headers: Readonly<Record<string, string>>): readonly RecordHeader[] {
  return Object.entries(headers).map(([key, value]) => {
    if (typeof value === 'string') return { key, value: Buffer.from(value) }
    throw new TypeError(`the header ${key} must be text, not ${typeof value}`)
  })
}
