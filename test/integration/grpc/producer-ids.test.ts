// InitProducerId over the wire.
import { status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logService } from '../../../src/protocol/grpc/services.ts'
import { call, callRaw, type GrpcBroker, serveBroker } from '../../support/grpc-broker.ts'
import { message, varintField } from '../../support/protobuf-bytes.ts'

let served: GrpcBroker

beforeAll(async () => {
  served = await serveBroker()
})

afterAll(async () => {
  await served.close()
})

describe('InitProducerId', () => {
  it('gives every producer its own id, and one that has an id its next epoch', async () => {
    const { client } = served
    const first = await call(client, logService.InitProducerId, {})
    const second = await call(client, logService.InitProducerId, {})
    expect(first.producerEpoch).toBe(0)
    expect(second.producerId).not.toBe(first.producerId)
    expect(await call(client, logService.InitProducerId, first)).toEqual({
      producerId: first.producerId,
      producerEpoch: 1,
    })
    expect(served.broker.describeCluster().features).toContain('idempotent_producer')
  })

  it('row 62: refuses half an identity and numbers that none can have', async () => {
    const method = logService.InitProducerId
    for (const request of [
      { producerId: -5, producerEpoch: 0 },
      { producerId: 5, producerEpoch: -2 },
      { producerId: 5 },
      { producerEpoch: 1 },
    ]) {
      const end = await callRaw(served.client, method.path, method.requestSerialize(request))
      expect(end).toMatchObject({
        code: status.INVALID_ARGUMENT,
        reason: 'PRODUCER_STATE',
        effect: 'none',
      })
    }
    const beyond = message(varintField(1, 2 ** 53), varintField(2, 0))
    expect((await callRaw(served.client, method.path, beyond)).reason).toBe('PRODUCER_STATE')
  })
})
