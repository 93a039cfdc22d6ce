import { describe, expect, it } from 'vitest'
import { ERRORS, type ErrorCode, isVarveError, VarveError } from '../../../src/domain/error.ts'

describe('an expected failure', () => {
  it('carries its code, details and cause, and what the table says of it', () => {
    const cause = new Error('EIO')
    const error = new VarveError('STORAGE_FAILED', 'the write of partition 3 failed', {
      details: { partition: 3 },
      cause,
    })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'VarveError',
      code: 'STORAGE_FAILED',
      kind: 'fatal',
      effect: 'unknown',
      details: { partition: 3 },
      cause,
    })
  })

  it('has no details and no cause unless they are given', () => {
    const error = new VarveError('QUEUE_FULL', 'the queue is full')
    expect(error.details).toEqual({})
    expect('cause' in error).toBe(false)
    expect(error).toMatchObject({ kind: 'transient', effect: 'none' })
  })

  it('is without effect where that is known, whatever its code leaves open', () => {
    expect(new VarveError('BROKER_UNAVAILABLE', 'no broker').effect).toBe('unknown')
    expect(new VarveError('BROKER_UNAVAILABLE', 'no broker', { effect: 'none' }).effect).toBe(
      'none',
    )
  })

  it('is told from everything else, and by its code', () => {
    const error = new VarveError('QUEUE_FULL', 'the queue is full')
    expect(isVarveError(error)).toBe(true)
    expect(isVarveError(error, 'QUEUE_FULL')).toBe(true)
    expect(isVarveError(error, 'DISK_FULL')).toBe(false)
    for (const other of [new Error('QUEUE_FULL'), 'QUEUE_FULL', { code: 'QUEUE_FULL' }, null]) {
      expect(isVarveError(other)).toBe(false)
    }
  })
})

describe('the table of errors', () => {
  it('has codes in capitals, and a sentence for each', () => {
    for (const [code, definition] of Object.entries(ERRORS)) {
      expect(code).toMatch(/^[A-Z][A-Z0-9_]*$/)
      expect(definition.summary).toMatch(/^[A-Z].*\.$/s)
      expect(['caller', 'transient', 'fatal']).toContain(definition.kind)
    }
  })

  it('says of nothing that can have happened that it has not', () => {
    const unknown: ErrorCode[] = ['STORAGE_FAILED', 'REQUEST_TIMEOUT', 'CANCELLED', 'INTERNAL']
    for (const code of unknown) expect(ERRORS[code].effect).toBe('unknown')
    const none: ErrorCode[] = ['DISK_FULL', 'QUEUE_FULL', 'UNEXPECTED_OFFSET', 'NOT_READY']
    for (const code of none) expect(ERRORS[code].effect).toBe('none')
  })
})
