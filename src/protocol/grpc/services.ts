// The wire contract as objects: built once from what was generated of proto/, the service definitions and the few messages
// that are encoded apart. Client and server share them, so both sides agree on how numbers, enums and bytes look in
// TypeScript: int64 as number (rounded above 2^53: whoever admits one checks it), enums as names, absent oneof members as
// undefined.
import { fromJSON, type MessageTypeDefinition, type PackageDefinition } from '@grpc/proto-loader'
import type { ProtoGrpcType as AdminPackage } from './generated/admin.ts'
import { definitions as generatedDefinitions } from './generated/definitions.ts'
import type { BadRequest, BadRequest__Output } from './generated/google/rpc/BadRequest.ts'
import type { ErrorInfo, ErrorInfo__Output } from './generated/google/rpc/ErrorInfo.ts'
import type {
  PreconditionFailure,
  PreconditionFailure__Output,
} from './generated/google/rpc/PreconditionFailure.ts'
import type { QuotaFailure, QuotaFailure__Output } from './generated/google/rpc/QuotaFailure.ts'
import type { RetryInfo, RetryInfo__Output } from './generated/google/rpc/RetryInfo.ts'
import type { Status, Status__Output } from './generated/google/rpc/Status.ts'
import type { ProtoGrpcType as GroupPackage } from './generated/group.ts'
import type { ProtoGrpcType as HealthPackage } from './generated/health.ts'
import type { ProtoGrpcType as LogPackage } from './generated/log.ts'
import type { ProtoGrpcType as ReflectionPackage } from './generated/reflection.ts'
import type { ProtoGrpcType as ReplayPackage } from './generated/replay.ts'

const definitions: PackageDefinition = fromJSON(generatedDefinitions, {
  longs: Number,
  enums: String,
  defaults: true,
  oneofs: true,
})

// The generator wrote these types from the same files with the same options.
/** varve.v1.LogService, for `makeClientConstructor` and `Server.addService`. */
export const logService = definitions[
  'varve.v1.LogService'
] as unknown as LogPackage['varve']['v1']['LogService']['service']
/** varve.v1.AdminService, likewise. */
export const adminService = definitions[
  'varve.v1.AdminService'
] as unknown as AdminPackage['varve']['v1']['AdminService']['service']
/** varve.v1.GroupService, likewise. */
export const groupService = definitions[
  'varve.v1.GroupService'
] as unknown as GroupPackage['varve']['v1']['GroupService']['service']
/** varve.v1.ReplayService, likewise. */
export const replayService = definitions[
  'varve.v1.ReplayService'
] as unknown as ReplayPackage['varve']['v1']['ReplayService']['service']
/** grpc.health.v1.Health. */
export const healthService = definitions[
  'grpc.health.v1.Health'
] as unknown as HealthPackage['grpc']['health']['v1']['Health']['service']
type ReflectionService =
  ReflectionPackage['grpc']['reflection']['v1']['ServerReflection']['service']
/** grpc.reflection.v1.ServerReflection. */
export const reflectionService = definitions[
  'grpc.reflection.v1.ServerReflection'
] as unknown as ReflectionService
/** The same service under the name that older tools ask for. */
export const reflectionAlphaService = definitions[
  'grpc.reflection.v1alpha.ServerReflection'
] as unknown as ReflectionService

function message<In, Out extends object>(name: string): MessageTypeDefinition<In, Out> {
  return definitions[name] as unknown as MessageTypeDefinition<In, Out>
}

/** google.rpc.Status. */
export const statusMessage = message<Status, Status__Output>('google.rpc.Status')

/** The details that travel inside a status, by their full name. */
export const detailMessages = {
  'google.rpc.ErrorInfo': message<ErrorInfo, ErrorInfo__Output>('google.rpc.ErrorInfo'),
  'google.rpc.RetryInfo': message<RetryInfo, RetryInfo__Output>('google.rpc.RetryInfo'),
  'google.rpc.BadRequest': message<BadRequest, BadRequest__Output>('google.rpc.BadRequest'),
  'google.rpc.PreconditionFailure': message<PreconditionFailure, PreconditionFailure__Output>(
    'google.rpc.PreconditionFailure',
  ),
  'google.rpc.QuotaFailure': message<QuotaFailure, QuotaFailure__Output>('google.rpc.QuotaFailure'),
} as const
