import { describe, expect, it } from 'vitest'
import { traceContextOf } from '../../../src/client/index.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'
const PARENT = `00-${TRACE}-${SPAN}-01`

const headersOf = (...pairs: [string, string | null][]) => ({
  headers: pairs.map(([key, value]) => ({
    key,
    value: value === null ? null : Buffer.from(value),
  })),
})

describe('the trace context of a record', () => {
  it('is read from its headers', () => {
    const record = headersOf(['other', 'x'], ['traceparent', PARENT], ['tracestate', 'a=1,b=2'])
    expect(traceContextOf(record)).toEqual({
      traceparent: PARENT,
      tracestate: 'a=1,b=2',
      traceId: TRACE,
      spanId: SPAN,
      isSampled: true,
    })
  })

  it.each([
    ['flags beyond the sampled one', `00-${TRACE}-${SPAN}-fe`, false],
    ['a later version with more fields', `01-${TRACE}-${SPAN}-01-what-comes`, true],
    ['a later version with as many fields', `cc-${TRACE}-${SPAN}-00`, false],
    ['space around it', ` ${PARENT} `, true],
  ])('takes %s', (_what, value, isSampled) => {
    expect(traceContextOf(headersOf(['Traceparent', value]))).toMatchObject({
      traceId: TRACE,
      spanId: SPAN,
      isSampled,
    })
  })

  it.each([
    ['nothing', ''],
    ['null', null],
    ['another word', 'b3'],
    ['version ff', `ff-${TRACE}-${SPAN}-01`],
    ['a version 00 with more fields', `${PARENT}-more`],
    ['a later version that does not separate what follows', `01-${TRACE}-${SPAN}-01more`],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['a span of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['upper case', PARENT.toUpperCase()],
    ['too few digits', `00-${TRACE.slice(1)}-${SPAN}-01`],
    ['bytes without end', PARENT + '-'.repeat(10_000)],
  ])('is absent for %s', (_what, value) => {
    expect(traceContextOf(headersOf(['traceparent', value], ['tracestate', 'a=1']))).toBeUndefined()
  })

  it('is absent when a record names two of them', () => {
    const record = headersOf(['traceparent', PARENT], ['traceparent', PARENT])
    expect(traceContextOf(record)).toBeUndefined()
  })

  it('joins a state that came in pieces', () => {
    const record = headersOf(['traceparent', PARENT], ['tracestate', 'a=1'], ['tracestate', 'b=2'])
    expect(traceContextOf(record)?.tracestate).toBe('a=1,b=2')
  })
})
