// Another language: Python programs that know the broker from its .proto files alone, or from reflection alone. They run
// where /usr/bin/python3 has grpcio, and protoc is there (Debian: python3-grpcio, protobuf-compiler,
// protobuf-compiler-grpc); elsewhere the tests say so and are skipped.
import { execFile, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { type RunningServer, startServer } from '../../src/server/start-server.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

const PYTHON = '/usr/bin/python3'
const PROTO_DIRECTORY = fileURLToPath(new URL('../../proto', import.meta.url))

function works(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

const hasGrpc = works(PYTHON, ['-c', 'import grpc, google.protobuf'])
const plugin = spawnSync('which', ['grpc_python_plugin'], { encoding: 'utf8' }).stdout.trim()
const canGenerate = hasGrpc && plugin !== '' && works('protoc', ['--version'])

if (!hasGrpc) console.log(`python: skipped, ${PYTHON} has no grpcio`)
else if (!canGenerate)
  console.log('python: generated client skipped, no protoc with grpc_python_plugin')

let server: RunningServer

beforeAll(async () => {
  const dataDir = await temporaryDirectory()
  server = await startServer({
    dataDir,
    host: '127.0.0.1',
    port: 0,
    storage: 'file',
    log: SILENT_LOG,
  })
})

afterAll(async () => {
  await server.close()
})

async function runPython(script: string, args: readonly string[]): Promise<unknown> {
  const path = fileURLToPath(new URL(`python/${script}`, import.meta.url))
  const { stdout } = await promisify(execFile)(PYTHON, ['-B', path, ...args])
  console.log(`python ${script}: ${stdout.trim()}`)
  return JSON.parse(stdout)
}

describe('a Python client', () => {
  it.runIf(canGenerate)('made from the .proto files produces and consumes records', async () => {
    const generated = await temporaryDirectory()
    const names = await readdir(PROTO_DIRECTORY, { recursive: true })
    const protos = names.filter((name) => name.endsWith('.proto') && !name.startsWith('grpc/'))
    await promisify(execFile)('protoc', [
      `-I${PROTO_DIRECTORY}`,
      `--python_out=${generated}`,
      `--grpc_out=${generated}`,
      `--plugin=protoc-gen-grpc=${plugin}`,
      ...protos,
    ])
    expect(await runPython('produce_consume.py', [server.address, generated])).toEqual({
      partitions: 3,
      produced: 101,
      'spread over': 3,
      durability: 'DURABILITY_SYNCED',
      consumed: 101,
      'earliest record at': true,
      streamed: 20,
      assigned: [0, 1, 2],
      committed: [[1, 20]],
      error: ['NOT_FOUND', 'varve', 'UNKNOWN_TOPIC', 'none'],
    })
  })

  it.runIf(hasGrpc).each(['v1', 'v1alpha'])(
    'that knows only reflection %s lists and calls the services',
    async (version) => {
      expect(await runPython('reflection_only.py', [server.address, version])).toEqual({
        services: [
          'grpc.health.v1.Health',
          'grpc.reflection.v1.ServerReflection',
          'grpc.reflection.v1alpha.ServerReflection',
          'varve.v1.AdminService',
          'varve.v1.GroupService',
          'varve.v1.LogService',
          'varve.v1.ReplayService',
        ],
        files: [
          'google/protobuf/any.proto',
          'google/rpc/status.proto',
          'grpc/health/v1/health.proto',
          'grpc/reflection/v1/reflection.proto',
          'grpc/reflection/v1alpha/reflection.proto',
          'varve/v1/admin.proto',
          'varve/v1/group.proto',
          'varve/v1/log.proto',
          'varve/v1/record.proto',
          'varve/v1/replay.proto',
        ],
        methods: declaredMethods(),
        health: 1,
        created: true,
        'base offset': 0,
        records: [
          [true, 'v', 0],
          [false, '', 1],
        ],
        topics: true,
        missing: 5,
      })
    },
  )
})

/** Of all services in proto. */
function declaredMethods(): number {
  const names = readdirSync(PROTO_DIRECTORY, { recursive: true, encoding: 'utf8' })
  const texts = names
    .filter((name) => name.endsWith('.proto'))
    .map((name) => readFileSync(join(PROTO_DIRECTORY, name), 'utf8'))
  return texts.join('\n').match(/^\s+rpc /gm)?.length ?? 0
}
