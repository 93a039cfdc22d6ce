// Consumers that do not read, or next to nothing, cost a bounded amount each; those who read do not notice them, and when they are gone nothing of
// them is left. SLOW_NEVER, SLOW_SLOW, SLOW_HEALTHY and SLOW_MIB make more of it.
import { expect, it } from 'vitest'
import { fillTopic } from '../../bench/lib/fill-topic.ts'
import { HealthyReaders } from '../../bench/lib/healthy-readers.ts'
import { startChild } from '../support/child.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import type { SlowOptions } from './slow-consumers-child.ts'
import { type MetricValues, WatchedServer } from './watched-server.ts'

const MIB = 1024 * 1024
const KIB = 1024
const count = (name: string, usual: number): number => Number(process.env[`SLOW_${name}`] ?? usual)
const NEVER = count('NEVER', 120)
const SLOW = count('SLOW', 80)
const HEALTHY = count('HEALTHY', 10)
const PARTITIONS = 4
const ROUNDS = 3

const unread = (metrics: MetricValues): number =>
  metrics.get('varve_unread_subscription_bytes') ?? 0

it('slow consumers cost a bounded amount each and the healthy next to nothing, and leave nothing behind', {
  timeout: 1_200_000,
}, async () => {
  const server = await WatchedServer.start({
    dataDir: await temporaryDirectory(),
    args: [
      `connectionsPerAddressMax=${NEVER + SLOW + 100}`,
      // Many healthy ones take longer than a minute, after which those who do not read would be gone.
      'subscriptionUnreadMsMax=10m',
    ].flatMap((setting) => ['--set', `limits.${setting}`]),
  })
  const healthy = await HealthyReaders.open(server.address, 'bench-0', PARTITIONS, HEALTHY)
  const bytes = await fillTopic(server.address, count('MIB', 16) * MIB, PARTITIONS, PARTITIONS, 7)
  const readings = async (): Promise<number> => {
    const took: number[] = []
    for (let round = 0; round < ROUNDS; round++) took.push(await healthy.readAll())
    return Math.min(...took)
  }
  // Once for nothing: code is compiled, and the heap has grown as it does for whoever reads.
  await healthy.readAll()
  const aloneMs = await readings()
  const residentBefore = server.residentBytes
  const options: SlowOptions = {
    address: server.address,
    topic: 'bench-0',
    partitions: PARTITIONS,
    never: NEVER,
    slow: SLOW,
  }
  const child = startChild(new URL('slow-consumers-child.ts', import.meta.url), [
    JSON.stringify(options),
  ])
  expect(await child.line()).toBe('subscribed')
  const besideMs = await readings()
  const metrics = await server.metrics()
  const heldBytes = server.residentBytes - residentBefore
  expect(metrics.get('varve_subscriptions')).toBe(NEVER + SLOW)
  const unreadBytes = unread(metrics)
  child.end()
  const left = await child.line()
  await child.exited
  const goneAt = performance.now()
  while ((await server.metrics()).get('varve_subscriptions') !== 0) await pauseShortly()
  const goneMs = performance.now() - goneAt
  const after = await server.metrics()
  const share = (aloneMs / besideMs) * 100
  console.log(
    `${NEVER} that never read and ${SLOW} that read 1 KB/s: ${(heldBytes / MIB).toFixed(0)} MiB of memory, ${(heldBytes / KIB / (NEVER + SLOW)).toFixed(0)} KiB each, ` +
      `${(unreadBytes / MIB).toFixed(0)} MiB unread; resident ${(server.residentBytes / MIB).toFixed(0)} MiB, at most ${(server.residentBytesMost / MIB).toFixed(0)}; ` +
      `${HEALTHY} healthy ones read ${(bytes / MIB).toFixed(0)} MiB each in ${aloneMs.toFixed(0)} ms alone, ${besideMs.toFixed(0)} ms beside them (${share.toFixed(0)} %); ` +
      `gone ${goneMs.toFixed(0)} ms after they left (${left ?? ''})`,
  )
  expect(unreadBytes).toBeGreaterThan(0)
  // The promise is 256 KiB; what the healthy made of garbage meanwhile is in the figure too.
  expect(heldBytes).toBeLessThan((NEVER + SLOW) * 256 * KIB + 64 * MIB)
  // The promise is four fifths on a machine of its own.
  expect(besideMs).toBeLessThan(aloneMs * 3)
  expect(unread(after)).toBe(0)
  await healthy.close()
  while ((await server.connections()) > 0) await pauseShortly()
  expect(await server.stop()).toBe(0)
})

function pauseShortly(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20))
}
