// Reads the trace context that a record carries in its headers (W3C Trace Context, level 1: https://www.w3.org/TR/trace-context/).
// What does not follow the format is as good as absent, as the specification demands; pure.

/** The trace in which a record was sent. Fit to be given to OpenTelemetry's `propagation.extract` as a carrier. */
export interface TraceContext {
  readonly traceparent: string
  readonly tracestate?: string
  /** 32 hexadecimal digits. */
  readonly traceId: string
  /** 16 hexadecimal digits: the span in which the record was sent. */
  readonly spanId: string
  /** Whether the sender recorded the trace. */
  readonly isSampled: boolean
}

interface CarriedHeader {
  readonly key: string
  readonly value: Uint8Array | null
}

/** Later versions may go on behind the flags. */
const TRACEPARENT = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/
const SAMPLED = 1
/** Longer values are nobody's trace context; tracestate must be carried up to 512 characters, here with room. */
const VALUE_BYTES_MAX = 4096

/** The trace that a record carries; undefined when it carries none, or several, or what is none. */
export function traceContextOf(record: {
  readonly headers: readonly CarriedHeader[]
}): TraceContext | undefined {
  const [traceparent, ...more] = valuesOf(record.headers, 'traceparent')
  if (traceparent === undefined || more.length > 0) return undefined
  const [, version, traceId, spanId, flags, rest] = TRACEPARENT.exec(traceparent) ?? []
  if (version === undefined || traceId === undefined || spanId === undefined) return undefined
  const isKnown = version !== 'ff' && !(version === '00' && rest !== undefined)
  if (!isKnown || isZero(traceId) || isZero(spanId)) return undefined
  const isSampled = (Number.parseInt(flags ?? '0', 16) & SAMPLED) !== 0
  // Several are one list that was cut into pieces.
  const tracestate = valuesOf(record.headers, 'tracestate').join(',')
  return {
    traceparent,
    ...(tracestate === '' ? {} : { tracestate }),
    traceId,
    spanId,
    isSampled,
  }
}

function valuesOf(headers: readonly CarriedHeader[], name: string): string[] {
  const values: string[] = []
  for (const { key, value } of headers) {
    if (value === null || value.length > VALUE_BYTES_MAX) continue
    if (key.toLowerCase() === name) values.push(new TextDecoder().decode(value).trim())
  }
  return values
}

function isZero(digits: string): boolean {
  return /^0+$/.test(digits)
}
