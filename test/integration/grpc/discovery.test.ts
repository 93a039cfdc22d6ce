// Health and reflection, as tools use them.
import { Client, credentials, type StatusObject, status } from '@grpc/grpc-js'
import { loadFileDescriptorSetFromBuffer, type MethodDefinition } from '@grpc/proto-loader'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  HealthCheckResponseOutput,
  ReflectionRequest,
  ReflectionResponseOutput,
} from '../../../src/protocol/grpc/messages.ts'
import {
  healthService,
  reflectionAlphaService,
  reflectionService,
} from '../../../src/protocol/grpc/services.ts'
import { call, callRaw, type GrpcBroker, serveBroker } from '../../support/grpc-broker.ts'
import { bytesField } from '../../support/protobuf-bytes.ts'

let served: GrpcBroker

beforeAll(async () => {
  served = await serveBroker()
})

afterAll(async () => {
  await served.close()
})

type ReflectionMethod = (typeof reflectionService)['ServerReflectionInfo']

/** Asks all questions on one stream. */
async function ask(
  questions: readonly ReflectionRequest[],
  method: ReflectionMethod = reflectionService.ServerReflectionInfo,
): Promise<ReflectionResponseOutput[]> {
  const { path, requestSerialize, responseDeserialize } = method
  const stream = served.client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize)
  const answers: ReflectionResponseOutput[] = []
  const ended = new Promise<StatusObject>((resolve) => stream.on('status', resolve))
  stream.on('error', () => undefined)
  stream.on('data', (answer: ReflectionResponseOutput) => {
    answers.push(answer)
  })
  for (const question of questions) stream.write(question)
  stream.end()
  expect((await ended).code).toBe(status.OK)
  return answers
}

describe('reflection', () => {
  it.each([
    ['v1', reflectionService],
    ['v1alpha', reflectionAlphaService],
  ])('%s lists all services', async (_version, service) => {
    const [answer] = await ask([{ listServices: '*' }], service.ServerReflectionInfo)
    expect(answer?.listServicesResponse?.service.map(({ name }) => name)).toEqual([
      'grpc.health.v1.Health',
      'grpc.reflection.v1.ServerReflection',
      'grpc.reflection.v1alpha.ServerReflection',
      'varve.v1.AdminService',
      'varve.v1.GroupService',
      'varve.v1.LogService',
      'varve.v1.ReplayService',
    ])
  })

  it('gives what a client needs that has no .proto file', async () => {
    const names = [
      'varve.v1.LogService',
      'varve.v1.AdminService.CreateTopic',
      'google.rpc.ErrorInfo',
    ]
    const answers = await ask(names.map((name) => ({ fileContainingSymbol: name })))
    const files = new Map<string, Buffer>()
    for (const { fileDescriptorResponse } of answers) {
      for (const bytes of fileDescriptorResponse?.fileDescriptorProto ?? []) {
        files.set(bytes.toString('base64'), bytes)
      }
    }
    const set = Buffer.concat(Array.from(files.values(), (bytes) => bytesField(1, bytes)))
    const loaded = loadFileDescriptorSetFromBuffer(set, {
      longs: Number,
      enums: String,
      defaults: true,
    })
    const methods = loaded['varve.v1.AdminService'] as unknown as Record<
      string,
      MethodDefinition<object, object>
    >
    const method = methods['CreateTopic']
    if (method === undefined) throw new Error('CreateTopic is not described')
    const client = new Client(served.server.address, credentials.createInsecure())
    const response = await call(client, method, { name: 'reflected', partitions: 2 })
    expect(response).toMatchObject({ topic: { name: 'reflected' } })
    client.close()
  })

  it('answers many questions on one stream, in order, also those without an answer', async () => {
    const questions: ReflectionRequest[] = []
    for (let index = 0; index < 200; index++) {
      questions.push({
        host: `${index}`,
        fileByFilename: index % 2 === 0 ? 'varve/v1/log.proto' : 'no',
      })
    }
    const answers = await ask(questions)
    expect(answers.map(({ validHost }) => validHost)).toEqual(questions.map(({ host }) => host))
    expect(answers.map(({ errorResponse }) => errorResponse?.errorCode ?? 0)).toEqual(
      questions.map((_, index) => (index % 2 === 0 ? status.OK : status.NOT_FOUND)),
    )
  })

  it('knows that there are no extensions', async () => {
    const answers = await ask([
      { allExtensionNumbersOfType: 'varve.v1.Record' },
      { allExtensionNumbersOfType: 'no.Message' },
      { fileContainingExtension: { containingType: 'varve.v1.Record', extensionNumber: 1 } },
      {},
    ])
    expect(answers[0]?.allExtensionNumbersResponse).toEqual({
      baseTypeName: 'varve.v1.Record',
      extensionNumber: [],
    })
    expect(answers.slice(1).map(({ errorResponse }) => errorResponse?.errorCode)).toEqual([
      status.NOT_FOUND,
      status.NOT_FOUND,
      status.UNIMPLEMENTED,
    ])
  })
})

describe('health', () => {
  it.each(['', 'varve.v1.LogService', 'varve.v1.AdminService'])(
    'of "%s" is SERVING',
    async (service) => {
      expect(await call(served.client, healthService.Check, { service })).toEqual({
        status: 'SERVING',
      })
    },
  )

  it('of a service that is not here is NOT_FOUND', async () => {
    const bytes = healthService.Check.requestSerialize({ service: 'no.Service' })
    const end = await callRaw(served.client, healthService.Check.path, bytes)
    expect(end.code).toBe(status.NOT_FOUND)
  })

  it('of all services comes in one list', async () => {
    const { statuses } = await call(served.client, healthService.List, {})
    expect(Object.keys(statuses).sort()).toEqual([
      '',
      'varve.v1.AdminService',
      'varve.v1.GroupService',
      'varve.v1.LogService',
      'varve.v1.ReplayService',
    ])
  })

  it('can be watched for a service that is not here', async () => {
    const { path, requestSerialize, responseDeserialize } = healthService.Watch
    const stream = served.client.makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      {
        service: 'no.Service',
      },
    )
    const first = await new Promise<HealthCheckResponseOutput>((resolve) =>
      stream.once('data', resolve),
    )
    expect(first.status).toBe('SERVICE_UNKNOWN')
    stream.on('error', () => undefined)
    stream.cancel()
  })
})
