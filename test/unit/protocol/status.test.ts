import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { describe, expect, it } from 'vitest'
import { ERRORS, type ErrorCode, VarveError } from '../../../src/domain/error.ts'
import { detailMessages, statusMessage } from '../../../src/protocol/grpc/services.ts'
import {
  fromServiceError,
  fromStatus,
  toServerError,
  toStatus,
  WIRE_ERRORS,
} from '../../../src/protocol/grpc/status.ts'

const CODES = Object.keys(ERRORS) as ErrorCode[]

function overTheWire(error: VarveError): VarveError {
  return fromStatus(statusMessage.deserialize(statusMessage.serialize(toStatus(error))))
}

function serviceError(code: status, details: string, metadata = new Metadata()): ServiceError {
  return Object.assign(new Error(details), { code, details, metadata })
}

describe('errors on the wire', () => {
  it('come back as what they were, for every code', () => {
    for (const code of CODES) {
      const details = { topic: '12', partition: 3, firstBad: 5, allowed: 'one of a, b' }
      const back = overTheWire(new VarveError(code, 'what and which', { details }))
      expect(back).toBeInstanceOf(VarveError)
      expect(back.code).toBe(code)
      expect(back.message).toBe('what and which')
      expect(back.details).toMatchObject(details)
    }
  })

  it('come back the same way from a call that failed, with their effect in the trailers', () => {
    for (const code of CODES) {
      const { code: wire, details, metadata } = toServerError(new VarveError(code, 'no'))
      expect(wire).toBe(WIRE_ERRORS[code].status)
      expect(metadata.get('x-effect')).toEqual([ERRORS[code].effect])
      expect(fromServiceError(serviceError(wire, details, metadata)).code).toBe(code)
    }
  })

  it('never claim "no effect" with a status that clients must take for unknown', () => {
    const unknown = [status.DEADLINE_EXCEEDED, status.CANCELLED, status.INTERNAL, status.UNKNOWN]
    for (const code of CODES) {
      if (unknown.includes(WIRE_ERRORS[code].status)) expect(ERRORS[code].effect).toBe('unknown')
      expect(WIRE_ERRORS[code].status).not.toBe(status.OK)
      expect(WIRE_ERRORS[code].status).not.toBe(status.UNKNOWN)
    }
  })

  it('tell a damaged log from a damaged batch by the status', () => {
    const log = toStatus(new VarveError('CORRUPT_LOG', 'x'))
    const batch = toStatus(new VarveError('CORRUPT_BATCH', 'x'))
    expect([log.code, batch.code]).toEqual([status.DATA_LOSS, status.INVALID_ARGUMENT])
    const reasons = [log, batch].map(({ details }) => {
      const [info] = statusMessage.deserialize(
        statusMessage.serialize({ details: details ?? [] }),
      ).details
      return detailMessages['google.rpc.ErrorInfo'].deserialize(info?.value ?? Buffer.alloc(0))
        .reason
    })
    expect(reasons).toEqual(['CORRUPT_BATCH', 'CORRUPT_BATCH'])
  })

  it('say when to try again where waiting helps', () => {
    expect(overTheWire(new VarveError('QUEUE_FULL', 'x')).details).toEqual({ retryDelayMs: 100 })
    expect(overTheWire(new VarveError('DISK_FULL', 'x')).details).toEqual({ retryDelayMs: 1_000 })
    expect(overTheWire(new VarveError('UNKNOWN_TOPIC', 'x')).details).toEqual({})
  })

  it('name the field, the condition or the limit in google.rpc words', () => {
    const names = (error: VarveError): string[] =>
      statusMessage
        .deserialize(statusMessage.serialize(toStatus(error)))
        .details.map(({ type_url: url }) => url.replace(/.*\./, ''))
    const setting = { setting: 'retention.ms' }
    expect(names(new VarveError('INVALID_CONFIG', 'x', { details: setting }))).toContain(
      'BadRequest',
    )
    expect(names(new VarveError('UNEXPECTED_OFFSET', 'x'))).toContain('PreconditionFailure')
    expect(names(new VarveError('QUOTA_TOPICS', 'x'))).toContain('QuotaFailure')
  })

  it('stay small, however long the message', () => {
    const long = 'x'.repeat(100_000)
    const error = new VarveError('INVALID_CONFIG', long, { details: { setting: long } })
    expect(statusMessage.serialize(toStatus(error)).length).toBeLessThan(6_000)
  })

  it.each([
    [status.UNAVAILABLE, 'BROKER_UNAVAILABLE'],
    [status.INTERNAL, 'BROKER_UNAVAILABLE'],
    [status.UNKNOWN, 'BROKER_UNAVAILABLE'],
    [status.DEADLINE_EXCEEDED, 'REQUEST_TIMEOUT'],
    [status.CANCELLED, 'CANCELLED'],
    [status.UNIMPLEMENTED, 'UNSUPPORTED'],
    [status.RESOURCE_EXHAUSTED, 'BATCH_TOO_LARGE'],
    [status.INVALID_ARGUMENT, 'INVALID_ARGUMENT'],
    [status.UNAUTHENTICATED, 'INTERNAL'],
  ] as const)('status %s without details of ours is %s, with its cause', (code, expected) => {
    const original = serviceError(code, 'from the transport')
    const error = fromServiceError(original)
    expect(error.code).toBe(expected)
    expect(error.cause).toBe(original)
  })

  it('survive details that are broken or from another domain', () => {
    const metadata = new Metadata()
    metadata.set('grpc-status-details-bin', Buffer.from([0xff, 0xff]))
    expect(fromServiceError(serviceError(status.UNAVAILABLE, 'x', metadata)).code).toBe(
      'BROKER_UNAVAILABLE',
    )
    const foreign = {
      type_url: 'type.googleapis.com/google.rpc.ErrorInfo',
      value: detailMessages['google.rpc.ErrorInfo'].serialize({ reason: 'X', domain: 'other' }),
    }
    const message = { code: status.UNAVAILABLE as number, message: 'm', details: [foreign] }
    expect(fromStatus(message).code).toBe('BROKER_UNAVAILABLE')
  })
})
