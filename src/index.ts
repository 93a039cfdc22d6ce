// The package's main export: the client library, and brokers within this process.
export * from './client/index.ts'
export type { Clock } from './platform/clock.ts'
export type { Log, LogFields } from './platform/log.ts'
export { VirtualClock, type VirtualDuration } from './platform/virtual-clock.ts'
export { connect, type OpenOptions, Varve } from './varve.ts'
