// What the command `bench` gets from the composition root.
import type { BenchExtras, BenchServices } from '../cli/services.ts'
import { packageVersion } from './package-version.ts'

/**
 * @param main the program `varve` for the brokers that the bench starts
 * @param extras what is measured beside varve
 */
export function benchServices(main: string, extras?: BenchExtras): BenchServices {
  return {
    openInProcess: async (dataDir) => {
      const { Varve } = await import('../varve.ts')
      return await Varve.open(dataDir === undefined ? { memory: true } : { dataDir })
    },
    brokerCommand: [process.execPath, main],
    version: packageVersion(),
    ...(extras === undefined ? {} : { extras }),
  }
}
