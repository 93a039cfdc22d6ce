// What every StorageEngine does, as sentences: one part a file, called by each engine's test. Parts that ask for what an
// engine does not claim in its abilities are left out.
import { describe } from 'vitest'
import type { VirtualClock } from '../../src/platform/virtual-clock.ts'
import type { StorageEngine } from '../../src/storage/engine.ts'
import { appendContract } from './storage-engine-append.ts'
import { backlogContract } from './storage-engine-backlog.ts'
import { lifecycleContract } from './storage-engine-lifecycle.ts'
import { metadataContract } from './storage-engine-metadata.ts'
import { producerRestartContract } from './storage-engine-producer-restart.ts'
import { producerContract } from './storage-engine-producers.ts'
import { readContract } from './storage-engine-read.ts'
import { restartContract } from './storage-engine-restart.ts'
import { retentionContract } from './storage-engine-retention.ts'
import { timestampContract } from './storage-engine-timestamps.ts'

/** One engine for one test, and what goes with it. */
export interface EngineSubject {
  readonly engine: StorageEngine
  /** The clock that the engine looks at. */
  readonly clock: VirtualClock
  /** Opens the same storage again, after `engine` was closed or its process was killed. */
  readonly reopen?: () => Promise<StorageEngine>
  /** Ends the process that the engine runs in, without closing it. */
  readonly kill?: () => void
}

/** Makes an engine with nothing stored. Called once a test; closing is the suite's task. */
export type MakeEngine = () => Promise<EngineSubject>

export interface EngineContractOptions {
  /** Say the same as the engine's abilities; known here before there is an engine. */
  readonly survivesRestart: boolean
}

export function storageEngineContract(
  name: string,
  options: EngineContractOptions,
  make: MakeEngine,
): void {
  describe(`${name} keeps the contract of a storage engine:`, () => {
    lifecycleContract(options, make)
    appendContract(make)
    readContract(make)
    timestampContract(make)
    backlogContract(make)
    retentionContract(make)
    metadataContract(make)
    producerContract(make)
    if (options.survivesRestart) {
      restartContract(make)
      producerRestartContract(make)
    }
  })
}
