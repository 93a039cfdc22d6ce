import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { MemoryStorageEngine } from '../../src/storage/memory/memory-storage-engine.ts'
import { storageEngineContract } from './storage-engine.ts'

storageEngineContract('The memory engine', { survivesRestart: false }, async () => {
  const clock = new VirtualClock()
  return { clock, engine: new MemoryStorageEngine({ clock }) }
})
