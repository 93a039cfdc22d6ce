// What the command line gets from the composition root: it never imports the server itself.
import type { Ceiling } from '../bench/run-bench.ts'
import type { BenchSystem } from '../bench/system.ts'
import type { Varve } from '../client/index.ts'
import type { Limits } from '../domain/limits.ts'
import type { TopicSettingTexts } from '../domain/topic-settings.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { LogLevel } from '../platform/pino-log.ts'

export interface StartServerOptions {
  /** Absolute path; made when it is not there. Not touched with storage `memory`. */
  readonly dataDir: string
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly storage: 'file' | 'memory'
  readonly log: Log
  /** Where metrics and health are served; nowhere when absent. */
  readonly monitoring?: {
    readonly host: string
    readonly port: number
    /** When the address cannot be had: fail, or go on without. */
    readonly isRequired: boolean
  }
  readonly limits: Limits
  /** Settings that a new topic gets unless it says otherwise. */
  readonly topicDefaults: TopicSettingTexts
}

interface RunningServer {
  /** Where it listens, as HOST:PORT, with the port that was really taken. */
  readonly address: string
  /** Where metrics and health are served; undefined when they are not. */
  readonly monitoringAddress: string | undefined
  /** Finishes what was accepted and lets go of everything; safe to call twice. */
  close(): Promise<void>
}

export interface CliServices {
  /** @throws VarveError when the address or the data directory cannot be had. Resolves when clients may connect. */
  startServer(options: StartServerOptions): Promise<RunningServer>
  /** A log that writes JSON lines to standard error. */
  createLog(level: LogLevel): Log
  /** What `bench` needs beside; without it there is no such command. */
  readonly bench?: BenchServices
  readonly clock: Clock
}

export interface BenchServices {
  /** A broker in this process, on files in a folder, or in memory. */
  openInProcess(dataDir: string | undefined): Promise<{
    readonly client: Varve
    /** When the client is closed. */
    close(): Promise<void>
  }>
  /** Program and first arguments of a process that runs this same command line. */
  readonly brokerCommand: readonly string[]
  readonly version: string
  /** What only the bench of the sources has: the package comes without. */
  readonly extras?: BenchExtras
}

export interface BenchExtras {
  readonly commit: string | undefined
  /** @param directory where the data of measured brokers lies */
  ceilings(directory: string): readonly Ceiling[]
  /** Opens what is installed, or what was named. @throws Error when something named cannot be had */
  openPeers(options: {
    readonly dataDirectory: string
    readonly names: readonly string[] | undefined
    readonly kafka: string | undefined
    readonly say: (line: string) => void
  }): Promise<readonly BenchSystem[]>
}
