// `npm run generate [-- folder]`: what the code needs to know about the wire messages, from proto/ into
// src/protocol/grpc/generated (or the given folder): TypeScript types, the definitions
// that services are built from, and the descriptors that reflection serves and the check of incoming bytes goes by. A test compares the committed files with a fresh run.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { root, runTool } from './lib/tools.mjs'

const out = resolve(root, process.argv[2] ?? join('src', 'protocol', 'grpc', 'generated'))
rmSync(out, { recursive: true, force: true })
runTool('proto-loader-gen-types', [
  'varve/v1/log.proto',
  'varve/v1/group.proto',
  'varve/v1/admin.proto',
  'varve/v1/replay.proto',
  'google/rpc/status.proto',
  'google/rpc/error_details.proto',
  'grpc/health/v1/health.proto',
  'grpc/reflection/v1/reflection.proto',
  '--longs=Number',
  '--enums=String',
  '--defaults',
  '--oneofs',
  '--grpcLib=@grpc/grpc-js',
  '--targetFileExtension=.ts',
  '--importFileExtension=.ts',
  `--outDir=${out}`,
  '--includeDirs=proto',
])
// These files hold no service: what the tool writes for them is an empty shell.
for (const name of ['status.ts', 'error_details.ts']) rmSync(join(out, name), { force: true })
writeFileSync(join(out, 'definitions.ts'), define())
writeFileSync(join(out, 'descriptors.ts'), describe(buildImage('json'), buildImage('binpb')))

/** What proto-loader builds services from, so that a start need not parse the .proto files. */
function define() {
  // The protobuf.js that proto-loader brings, which will read what is written here.
  const besideProtoLoader = createRequire(
    createRequire(import.meta.url).resolve('@grpc/proto-loader'),
  )
  const { Root } = besideProtoLoader('protobufjs')
  const parsed = new Root()
  const directory = join(root, 'proto')
  parsed.resolvePath = (_origin, name) =>
    existsSync(join(directory, name)) ? join(directory, name) : name
  const names = readdirSync(directory, { recursive: true }).filter((name) =>
    name.endsWith('.proto'),
  )
  const json = parsed.loadSync(names.sort()).toJSON()
  return `// Written by scripts/generate.mjs from proto/; do not edit.

/** Every message and service, as protobuf.js writes them. */
export const definitions: object = ${JSON.stringify(json, null, 2)}
`
}

/** All files of proto/ and what they import, each after its imports, in the given format of buf. */
function buildImage(format) {
  const buf = join(root, 'node_modules', '.bin', 'buf')
  const args = ['build', '--exclude-source-info', '--as-file-descriptor-set']
  const result = spawnSync(buf, [...args, '-o', `-#format=${format}`], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  })
  if (result.error) throw result.error
  if (result.status !== 0) process.exit(result.status ?? 1)
  return format === 'json' ? JSON.parse(result.stdout.toString('utf8')) : result.stdout
}

function describe(set, bytes) {
  const encodedFiles = splitSet(bytes)
  const messages = {}
  const enums = {}
  const files = set.file.map((file, index) => {
    const symbols = []
    const addEnum = (scope, item) => {
      const name = `${scope}.${item.name}`
      enums[name] = Object.fromEntries(item.value.map((value) => [value.name, value.number ?? 0]))
      symbols.push(name, ...item.value.map((value) => `${scope}.${value.name}`))
    }
    const addMessage = (scope, item) => {
      const name = `${scope}.${item.name}`
      const fields = item.field ?? []
      messages[name] = fields.map((field) => describeField(field, item.oneofDecl))
      symbols.push(name, ...fields.map((field) => `${name}.${field.name}`))
      for (const oneof of item.oneofDecl ?? []) symbols.push(`${name}.${oneof.name}`)
      for (const nested of item.nestedType ?? []) addMessage(name, nested)
      for (const nested of item.enumType ?? []) addEnum(name, nested)
    }
    for (const item of file.enumType ?? []) addEnum(file.package, item)
    for (const item of file.messageType ?? []) addMessage(file.package, item)
    const services = (file.service ?? []).map((service) => {
      const name = `${file.package}.${service.name}`
      symbols.push(name, ...service.method.map((method) => `${name}.${method.name}`))
      return name
    })
    return {
      name: file.name,
      dependencies: file.dependency ?? [],
      services,
      symbols,
      encoded: encodedFiles[index].toString('base64'),
    }
  })
  return `// Written by scripts/generate.mjs from proto/; do not edit.

/** A field as it is on the wire. */
export interface WireField {
  readonly number: number
  readonly name: string
  /** As in google.protobuf.FieldDescriptorProto.Type, in lower case. */
  readonly type: string
  /** Full name of the message or enum. */
  readonly typeName?: string
  readonly repeated?: true
  readonly oneof?: string
}

/** A .proto file. */
export interface WireFile {
  /** Its import path. */
  readonly name: string
  readonly dependencies: readonly string[]
  /** Full names of its services. */
  readonly services: readonly string[]
  /** Full names of all that it declares. */
  readonly symbols: readonly string[]
  /** The google.protobuf.FileDescriptorProto, in base64. */
  readonly encoded: string
}

/** Every message by its full name. */
export const wireMessages: Readonly<Record<string, readonly WireField[]>> = ${JSON.stringify(messages, null, 2)}

/** The values of every enum by its full name: their numbers by their names. */
export const wireEnums: Readonly<Record<string, Readonly<Record<string, number>>>> = ${JSON.stringify(enums, null, 2)}

/** Every file, each after those that it imports. */
export const wireFiles: readonly WireFile[] = ${JSON.stringify(files, null, 2)}
`
}

function describeField(field, oneofs) {
  const oneof = field.oneofIndex === undefined ? undefined : oneofs[field.oneofIndex].name
  return {
    number: field.number,
    name: field.name,
    type: field.type.replace('TYPE_', '').toLowerCase(),
    typeName: field.typeName?.slice(1),
    repeated: field.label === 'LABEL_REPEATED' ? true : undefined,
    oneof,
  }
}

/** The encoded files of a FileDescriptorSet: its field 1, repeated, and nothing else. */
function splitSet(bytes) {
  const files = []
  let position = 0
  while (position < bytes.length) {
    if (bytes[position] !== 0x0a) throw new Error('not a FileDescriptorSet')
    position += 1
    let length = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[position++]
      length += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    files.push(bytes.subarray(position, position + length))
    position += length
  }
  return files
}
