// `varve bench` as a user runs it: a broker of its own, workloads, figures and the check.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { BenchReport } from '../../../src/bench/figures.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'
import { finished, spawnVarve, startBroker, stopBroker, varve } from '../cli/varve-process.ts'

const SHORT = ['--with', 'seconds=0.5', '--with', 'warmupSeconds=0.1', '--with', 'repetitions=1']

test('measures every kind of workload, checks each record, and leaves nothing behind', async () => {
  const directory = await temporaryDirectory()
  const file = join(directory, 'workloads.json')
  const [out, html, data] = ['out.json', 'out.html', 'data'].map((name) => join(directory, name))
  const small = { recordBytes: 100, preloadBytes: 200_000, partitions: 3, callsInFlight: 4 }
  writeFileSync(
    file,
    JSON.stringify({
      produce: { kind: 'produce', producers: 2, ...small },
      'with keys': { kind: 'produce', keys: 10, compression: 'lz4', content: 'text', ...small },
      consume: { kind: 'consume', consumers: 2, ...small },
      tail: { kind: 'tail', recordsPerSecond: 500, ...small },
      together: { kind: 'produce-consume', ...small },
      groups: { kind: 'groups', groups: 2, consumers: 2, ...small },
      replay: { kind: 'replay', ...small },
      single: { kind: 'single', ...small },
      restart: { kind: 'restart', ending: 'kill', ...small },
      'in process': { kind: 'produce', way: 'in-process', durability: 'written', ...small },
      'in memory': { kind: 'consume', way: 'in-memory', durability: 'written', ...small },
    }),
  )
  const files = ['--file', file, '--out', out ?? '', '--html', html ?? '', '--dir', data ?? '']
  const { code, output } = await varve(['bench', ...files, ...SHORT])
  const report = JSON.parse(readFileSync(out ?? '', 'utf8')) as BenchReport
  for (const { workload, verdict, failure, runs } of report.results) {
    expect({ name: workload.name, failure }).toEqual({ name: workload.name, failure: undefined })
    expect(verdict).toMatchObject({ checked: true, valid: true, lost: 0, doubled: 0 })
    expect(verdict.acknowledged).toBeGreaterThan(0)
    expect(verdict.readBack).toBe(verdict.acknowledged)
    expect(runs).toHaveLength(1)
    expect(runs[0]?.records).toBeGreaterThan(0)
  }
  expect(report.results).toHaveLength(11)
  expect(code).toBe(0)
  expect(output).toContain('nothing lost, doubled, reordered or altered')
  expect(readFileSync(html ?? '', 'utf8')).toContain('</html>')
  expect(existsSync(data ?? '') ? readdirSync(data ?? '') : []).toEqual([])
}, 60_000)

test('has no figures of a workload whose sends fail, and says why', async () => {
  const file = join(await temporaryDirectory(), 'workloads.json')
  writeFileSync(file, '{"x": {"kind": "produce", "way": "in-memory", "durability": "synced"}}')
  const { code, output } = await varve(['bench', '--file', file, ...SHORT])
  expect(output).toContain('records were not acknowledged: ')
  expect(output).toContain('no figures')
  expect(code).toBe(1)
}, 30_000)

test('kills its broker again and again, and finds the history in order', async () => {
  const { code, output } = await varve(['bench', '--chaos', '--chaos-seconds', '3', '--json'])
  const result = JSON.parse(output) as {
    kills: number
    valid: boolean
    readAtEnd: number
    sends: { acknowledged: number }
  }
  expect(result).toMatchObject({ valid: true, anomalies: {} })
  expect(result.kills).toBeGreaterThan(0)
  expect(result.readAtEnd).toBeGreaterThanOrEqual(result.sends.acknowledged)
  expect(code).toBe(0)
}, 120_000)

test.each([
  [['--preset', 'huge'], "argument 'huge' is invalid. Allowed choices are quick, standard, full"],
  [['--only', 'nothing like it'], "--only leaves nothing; there are 'produce 1 KiB synced'"],
  [['--metrics', 'localhost:1'], '--metrics goes with --broker'],
  [['--chaos', '--broker', 'localhost:1'], 'it takes only one that it started'],
  [['--set', 'a=b', '--broker', 'localhost:1'], 'for the broker that the bench starts itself'],
  [['--compare', '/nowhere/before.json'], '--compare /nowhere/before.json: '],
  [['--out', '/nowhere/report.json'], '--out /nowhere/report.json cannot be written: '],
  [['--html', '/'], '--html / cannot be written: it is a folder'],
  [['--chaos', '--only', 'tail'], '--only and --chaos exclude each other'],
  [['--chaos', '--out', 'report.json'], '--out and --chaos exclude each other'],
  [['--chaos-seconds', '3'], '--chaos-seconds goes with --chaos'],
  [['--chaos-seed', 'winter'], '--chaos-seed goes with --chaos'],
  [['--set', 'foo=1'], 'the broker did not start: --set: foo is no setting'],
  [['--broker', '127.0.0.1:1'], 'no broker at 127.0.0.1:1'],
])('refuses %j with what to do', async (args, message) => {
  const { code, messages } = await varve(['bench', ...args])
  expect(messages).toContain(message)
  expect(code).not.toBe(0)
})

test('prints its workloads as a file that it takes', async () => {
  const { output } = await varve(['bench', '--preset', 'standard', '--list'])
  const file = join(await temporaryDirectory(), 'mine.json')
  writeFileSync(file, output)
  const again = await varve(['bench', '--file', file, '--list'])
  expect(again.output).toBe(output)
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'says that %s stopped it, and leaves nothing behind',
  async (signal, code) => {
    const data = await temporaryDirectory()
    const child = spawnVarve(['bench', '--only', 'tail', '--dir', data, '--with', 'seconds=60'])
    const ending = finished(child)
    while (readdirSync(data).length === 0) await setTimeout(20)
    child.kill(signal)
    expect(await ending).toMatchObject({
      code,
      output: '',
      messages: 'varve: stopped before a workload had ended: there are no figures\n',
    })
    expect(readdirSync(data)).toEqual([])
  },
  30_000,
)

test('a wrong address of the metrics is told before anything is measured', async () => {
  const broker = await startBroker(['--data-dir', await temporaryDirectory()])
  const { code, messages } = await varve([
    'bench',
    ...['--only', 'single', '--broker', broker.address, '--metrics', broker.address],
  ])
  await stopBroker(broker)
  expect(messages).toContain(`no metrics of a broker at ${broker.address}`)
  expect(code).toBe(1)
}, 30_000)
