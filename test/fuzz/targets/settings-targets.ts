// Configurations, workloads and reports of the bench, as files.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseReport } from '../../../src/bench/report/parse-report.ts'
import { planOf } from '../../../src/cli/bench/bench-plan.ts'
import { readCommentedJson } from '../../../src/config/commented-json.ts'
import { loadConfig } from '../../../src/config/load-config.ts'
import { sampleReport, sampleResults } from '../../unit/bench/report/sample-report.ts'
import { type FuzzTarget, mustHold } from '../engine/fuzz-target.ts'
import { allocatedBytesMax, JSON_WORDS, unlessRefused } from './told-refusal.ts'

let directory = ''
const makeDirectory = async (): Promise<void> => {
  directory = mkdtempSync(join(tmpdir(), 'varve-fuzz-text-'))
}
const removeDirectory = async (): Promise<void> => {
  rmSync(directory, { recursive: true, force: true })
}

/** A file of that content; the next call replaces it. */
function fileOf(bytes: Uint8Array): string {
  const path = join(directory, 'input')
  writeFileSync(path, bytes)
  return path
}

const CONFIG = `{
  // where
  "listen": "127.0.0.1:7070", "data.dir": "/tmp/x",
  "metrics": { "listen": "off" }, /* more */
  "limits": { "connectionsMax": 100, "requestBytesMax": "16MiB" },
  "topic": { "defaults": { "retention.ms": "1000", "durability": "written" } },
  "log.level": "info",
}`

const configFile: FuzzTarget = {
  name: 'config-file',
  decoders: [
    'src/config/commented-json.ts',
    'src/config/config-file.ts',
    'src/config/load-config.ts',
    'src/config/config-key.ts',
  ],
  prepare: makeDirectory,
  end: removeDirectory,
  seeds: () => [
    Buffer.from(CONFIG),
    Buffer.from('{"listen":"127.0.0.1:7070"}'),
    Buffer.from(
      '{"limits.connectionsMax":"5x","topic.defaults.retention.ms":-2,"nothing":1,"listen":null}',
    ),
    Buffer.from(`${'{"a":'.repeat(17)}1${'}'.repeat(17)}`),
    Buffer.from('{"a":[1]}'),
    ...[
      '{"limits.connectionsMax":5,"limits":{"connectionsPerAddressMax":7}}',
      '{"limits":{"connectionsPerAddressMax":7,"connectionsMax":"x"}}',
      '{"limits":{"connectionsPerAddressMax":9999,"connectionsMax":5}}',
      '{"limits":5,"metrics":{"listen":"off"},"log.level":"info","data.dir":""}',
      '{"topic.defaults":{"retention.ms":"7d","retention.bytes":"-1","flush.ms":"9223372036854775807"}}',
      '{"topic.defaults":{"segment.bytes":"1MiB","retention.ms":"x","cleanup.policy":"delete"}}',
      '{"listen":"x","metrics.listen":"127.0.0.1:1","listen":"127.0.0.1:2","a":"\\u12"}',
      '{"storage":"memory","topic.defaults":{"min.durability":"synced","durability":"synced"}}',
      '{"topic.defaults":{"min.durability":"synced","durability":"written"}}',
    ].map((text) => Buffer.from(text.padEnd(96))),
    Buffer.from('\ufeff{"log.level":"loud","limits":{"connectionsMax":0,"connectionsMax":1}}'),
  ],
  words: [
    ...JSON_WORDS,
    ...[
      '"listen":"',
      '"limits.',
      '"topic.defaults.',
      '"metrics.listen":',
      '256MiB',
      '7d',
      '127.0.0.1:',
      '[::1]:',
      '"data.dir":',
      '"log.level":',
    ],
    ...['"limits":{"subscriptionsPerConnectionMax":', '"limits":{"requestBytesPerConnectionMax":'],
  ],
  allocatedBytesMax,
  run: (bytes) => {
    const text = bytes.toString('latin1')
    // A file is dear: its reader is small, and what stands in it is looked at in any case.
    if (bytes.length % 16 === 0) {
      unlessRefused(() => loadConfig({ file: fileOf(bytes), environment: {}, flags: [] }))
    }
    const [key = '', value = '', variable = ''] = text.split('\n', 3)
    const missing = join(directory, 'missing')
    if (bytes.length % 16 === 1) {
      unlessRefused(() => loadConfig({ environment: { VARVE_CONFIG: missing }, flags: [] }))
    }
    unlessRefused(() =>
      loadConfig({
        environment: { VARVE_LISTEN: value, VARVE_SERVICE_HOST: value, [`VARVE_${variable}`]: key },
        flags: [{ name: '--set', key, text: value }],
      }),
    )
    const entries = unlessRefused(() => readCommentedJson(bytes.toString()))
    if (entries === undefined) return
    mustHold(
      entries.every(({ line }) => line >= 1),
      'every entry has its line',
    )
    const plain = asPlainJson(bytes.toString())
    if (plain === undefined) return
    const flat = flatten(plain, '')
    const found = entries.map(({ key: name, value: content }) => [name, content])
    mustHold(found.length >= flat.length, 'nothing of plain JSON is left out')
  },
}

function asPlainJson(text: string): object | undefined {
  try {
    return JSON.parse(text) as object
  } catch {
    return undefined
  }
}

function flatten(value: object, prefix: string): string[] {
  return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([name, content]) =>
    typeof content === 'object' && content !== null
      ? flatten(content, `${prefix}${name}.`)
      : [prefix + name],
  )
}

const workloads: FuzzTarget = {
  name: 'workload-file',
  decoders: ['src/bench/workload.ts', 'src/cli/bench/bench-plan.ts'],
  prepare: makeDirectory,
  end: removeDirectory,
  seeds: () => [
    Buffer.from(
      '{"one": {"kind": "produce", "recordBytes": 100, "seconds": 0.5}, "two": {"kind": "tail", "recordsPerSecond": 10}}\nseconds=1',
    ),
    Buffer.from('{"r": {"kind": "restart", "way": "in-memory", "cold": true}}\nverify=false'),
    Buffer.from('{"a.b": {"kind": "consume", "keys": 1.5}}\ncold=x'),
    Buffer.from('{"o": {"kind": "consume"}, "p": {"kind": "consume"}}\nseconds='),
    Buffer.from('{"o": {"kind": "tail"}}\nname=o'),
    Buffer.from('{"o": {"kind": "restart", "way": "in-process"}}\nquick'),
    Buffer.from('{"a": 5}\nverify=true'),
    Buffer.from('{}\nx'),
  ],
  words: [
    ...JSON_WORDS,
    '"kind":"tail"',
    '"kind":"restart"',
    '"way":"grpc"',
    '"recordsPerSecond":',
    '"name":',
    '\n',
    'seconds=',
    '"toString":1',
  ],
  allocatedBytesMax,
  run: (bytes) => {
    const end = bytes.lastIndexOf(0x0a)
    const file = fileOf(end < 0 ? bytes : bytes.subarray(0, end))
    const change = bytes.toString('utf8', end + 1)
    const plan = unlessRefused(() => planOf({ file, only: [], with: [] }))
    unlessRefused(() => planOf({ file, only: ['o'], with: [change] }))
    unlessRefused(() => planOf({ only: [], with: [change] }))
    unlessRefused(() => planOf({ preset: change, file, only: [], with: [] }))
    unlessRefused(() => planOf({ preset: change, only: [change], with: [] }))
    if (plan === undefined) return
    for (const { seconds, name } of plan.workloads) {
      mustHold(seconds > 0 && name.length > 0, 'a workload can be run')
    }
  },
}

const benchReport: FuzzTarget = {
  name: 'bench-report',
  decoders: ['src/bench/report/parse-report.ts'],
  seeds: () => [
    ...['{"schema":1}', '{"schema":"varve-bench/0"}', '[]'].map((text) => Buffer.from(text)),
    Buffer.from(JSON.stringify(sampleReport(sampleResults().slice(0, 1)))),
  ],
  words: [...JSON_WORDS, '"schema":'],
  allocatedBytesMax,
  run: (bytes) => {
    const report = unlessRefused(() => parseReport(bytes.toString()))
    if (report !== undefined) unlessRefused(() => parseReport(JSON.stringify(report)))
  },
}

export const SETTINGS_TARGETS: readonly FuzzTarget[] = [configFile, workloads, benchReport]
