// What the command `bench` gets from the composition root.
import { totalmem } from 'node:os'
import type { BenchExtras, BenchServices } from '../cli/services.ts'
import { connect } from '../client/index.ts'
import { NodeClock } from '../platform/node-clock.ts'
import { NodeRandom } from '../platform/node-random.ts'
import { packageVersion } from './package-version.ts'

/** Of the machine's memory, for a measured broker in memory. */
const MEMORY_SHARE = 0.5

/**
 * @param main the program `varve`, for the brokers that the bench starts
 * @param extras what is measured beside varve
 */
export function benchServices(main: string, extras?: BenchExtras): BenchServices {
  return {
    openInProcess: async (dataDir) => {
      // Loaded by the command that needs it.
      const { openInProcess } = await import('./open-in-process.ts')
      const [clock, random] = [new NodeClock({ keepsProcessAlive: true }), new NodeRandom()]
      const memoryBytesMax = Math.floor(totalmem() * MEMORY_SHARE)
      const broker = await openInProcess({
        dataDir,
        memoryBytesMax: dataDir === undefined ? memoryBytesMax : undefined,
        listen: undefined,
        log: undefined,
        clock,
        random,
      })
      return {
        client: connect({ transport: broker.transport, clock, random }),
        close: () => broker.close(),
      }
    },
    brokerCommand: [process.execPath, main],
    version: packageVersion(),
    ...(extras === undefined ? {} : { extras }),
  }
}
