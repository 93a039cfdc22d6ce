// Opens the peers that a run of the bench asked for. Invariant: what was named is opened or refused; what was not named and is missing is said
// to be missing, and the run goes on.
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchSystem } from '../../src/bench/system.ts'
import { UsageError } from '../../src/cli/exit-code.ts'
import { type FoundPeer, findPeers } from './find-peers.ts'

export interface OpenPeersOptions {
  /** Each peer's data is in a directory of its own in it. */
  readonly dataDirectory: string
  /** Whole names, or how they begin (`nats`); undefined: all that can be had. */
  readonly names: readonly string[] | undefined
  /** `HOST:PORT` of a Kafka that runs already. */
  readonly kafka: string | undefined
  readonly say: (line: string) => void
}

/** @throws UsageError for a name that there is not · Error when something that was named is missing, or does not open */
export async function openPeers({
  dataDirectory,
  names,
  kafka,
  say,
}: OpenPeersOptions): Promise<readonly BenchSystem[]> {
  const found = await findPeers(kafka)
  for (const name of names ?? []) {
    const peer = found.find((one) => one.name.startsWith(name))
    if (peer === undefined) {
      throw new UsageError(
        `no peer '${name}'; there are ${found.map((one) => one.name).join(', ')}`,
      )
    }
    if (peer.missing !== undefined) throw new Error(`${peer.name}: ${peer.missing}`)
  }
  const opened: BenchSystem[] = []
  try {
    for (const { name, missing, open } of found) {
      const isNamed = names?.some((one) => name.startsWith(one)) ?? true
      if (!isNamed) continue
      if (missing !== undefined) say(`${name} is left out: ${missing}`)
      else
        opened.push(
          await openIn(mkdtempSync(join(dataDirectory, `varve-bench-${name}-`)), open, say),
        )
    }
  } catch (error) {
    for (const system of opened) await system.close()
    throw error
  }
  return opened
}

/** Its folder goes when it is closed. */
async function openIn(
  directory: string,
  open: FoundPeer['open'],
  say: (line: string) => void,
): Promise<BenchSystem> {
  const removeIt = (): void => {
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    const system = await open({ dataDirectory: directory, log: say })
    const close = system.close.bind(system)
    return Object.assign(system, {
      close: async () => {
        await close()
        removeIt()
      },
    })
  } catch (error) {
    removeIt()
    throw error
  }
}
