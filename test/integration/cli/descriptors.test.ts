// A broker whose process may open hardly any files, under more connections than it can take: it keeps descriptors for its log, neither
// ends nor forgets whom it serves, and takes new ones when there is room again.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { connect as connectSocket, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { connect } from '../../../src/client/index.ts'
import { temporaryFolder } from './varve-process.ts'

const MAIN = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url))
const DESCRIPTORS = 80
const CONNECTIONS = 200

/** What the monitoring port answers, over the one connection of the agent. */
async function scrape(address: string, agent: Agent): Promise<{ status: number; text: string }> {
  return await new Promise((resolve, reject) => {
    get(`http://${address}/metrics`, { agent }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text })
      })
    }).on('error', reject)
  })
}

it('goes on when there are more connections than it has descriptors for', {
  timeout: 60_000,
}, async () => {
  const folder = await temporaryFolder()
  const command = `ulimit -n ${DESCRIPTORS} && exec "$0" "$@"`
  const start = [MAIN, 'start', '--json', '--listen', '127.0.0.1:0', '--data-dir', folder.path]
  start.push('--metrics-listen', '127.0.0.1:0')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const child = spawn('sh', ['-c', command, process.execPath, ...start], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const sockets: Socket[] = []
  const line = await new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).once('line', resolve),
  )
  const ready = JSON.parse(line) as { address: string; monitoringAddress: string }
  const client = connect({ broker: ready.address })
  try {
    await client.admin().createTopic({ name: 'scarce' })
    const producer = client.producer({ lingerMs: 0 })
    await producer.send({ topic: 'scarce', value: 'before' })
    const before = await scrape(ready.monitoringAddress, agent)
    expect(before.status).toBe(200)
    expect(before.text).toContain('\nprocess_resident_memory_bytes ')
    const [host = '', port = ''] = client.address.split(':')
    const closed: Promise<unknown>[] = []
    for (let index = 0; index < CONNECTIONS; index++) {
      const socket = connectSocket(Number(port), host)
      socket.on('error', () => undefined)
      closed.push(new Promise((resolve) => socket.once('close', resolve)))
      sockets.push(socket)
    }
    // Some are turned away, while there are descriptors left: those belong to the log.
    await Promise.race(closed)
    const open = process.platform === 'linux' ? readdirSync(`/proc/${child.pid ?? 0}/fd`).length : 0
    expect(open).toBeLessThan(DESCRIPTORS - 5)
    expect(log).toContain('connection_refused')
    await producer.send({ topic: 'scarce', value: 'meanwhile' })
    // Nor is whoever watches it left alone: only what takes a descriptor to find out is missing.
    const during = await scrape(ready.monitoringAddress, agent)
    expect(during.status).toBe(200)
    expect(during.text).toContain('\nvarve_heap_used_bytes ')
    expect(during.text).toMatch(/^varve_connections\S* [1-9]/m)
    expect(log).not.toContain('monitoring_failed')
    for (const socket of sockets) socket.destroy()
    await Promise.all(closed)

    const other = connect({ broker: client.address })
    const values: string[] = []
    for await (const { value } of other.consumer({ topics: 'scarce', until: 'end' })) {
      values.push(String(value))
    }
    await other.close()
    expect(values).toEqual(['before', 'meanwhile'])
    expect(child.exitCode).toBeNull()
    console.log(
      `descriptors: ${CONNECTIONS} connections at ${DESCRIPTORS} descriptors, ` +
        `${open} of them in use`,
    )
  } finally {
    for (const socket of sockets) socket.destroy()
    agent.destroy()
    await client.close()
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    await folder.remove()
  }
})
