import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CommandIo } from '../../../src/cli/command-io.ts'
import { runCli } from '../../../src/cli/program.ts'
import type { StartServerOptions } from '../../../src/cli/services.ts'
import { openFilesFor } from '../../../src/config/open-files.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { descriptorLimit } from '../../../src/platform/descriptor-limit.ts'
import type { Log } from '../../../src/platform/log.ts'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'

let folder: string
let file: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'varve-config-'))
  file = join(folder, 'varve.json')
  writeFileSync(
    file,
    `{
  // where it is
  "dataDir": "/var/lib/varve",
  "metrics": { "listen": "off" },
  "limits": { "tailBytesMax": "128MiB" },
  "topic": { "defaults": { "retention.ms": "7d" } },
}`,
  )
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const [output, messages] = [new PassThrough(), new PassThrough()]
  const io = new CommandIo({
    input: new PassThrough(),
    output,
    messages,
    env,
    messagesOnTerminal: false,
    outputOnTerminal: false,
  })
  const started: StartServerOptions[] = []
  const events: unknown[] = []
  const log: Log = { ...SILENT_LOG, info: (event, fields) => events.push([event, fields]) }
  const services = {
    startServer: (options: StartServerOptions) => {
      started.push(options)
      return Promise.reject(new VarveError('DATA_DIR_LOCKED', 'enough seen'))
    },
    createLog: () => log,
    clock: new VirtualClock(),
  }
  const code = await runCli(argv, services, io)
  const [printed, said] = [String(output.read() ?? ''), String(messages.read() ?? '')]
  return { code, printed, said, started, events }
}

describe('varve config', () => {
  it('shows every setting with its value and where that comes from', async () => {
    const { code, printed, said } = await run(
      ['config', '--config', file, '--listen', '127.0.0.1:9000'],
      { VARVE_LIMITS_OPEN_FILES_MAX: '256' },
    )
    expect([code, said]).toEqual([0, ''])
    const lines = printed.split('\n').map((line) => line.trim().split(/ {2,}/))
    expect(lines).toContainEqual(['dataDir', '/var/lib/varve', `${file}:3`])
    expect(lines).toContainEqual(['listen', '127.0.0.1:9000', '--listen'])
    expect(lines).toContainEqual(['metrics.listen', 'off', `${file}:4`])
    expect(lines).toContainEqual(['limits.openFilesMax', '256', 'VARVE_LIMITS_OPEN_FILES_MAX'])
    expect(lines).toContainEqual(['limits.tailBytesMax', '128MiB', `${file}:5`])
    expect(lines).toContainEqual(['logLevel', 'info', 'default'])
    expect(lines).toContainEqual(['topic.defaults.retention.ms', '7d', `${file}:6`])
  })

  it('shows the same as JSON, sizes in bytes', async () => {
    const { printed } = await run(['config', '--json', '--config', file])
    expect(JSON.parse(printed)).toMatchObject({
      config: {
        'limits.tailBytesMax': {
          value: 128 * 1024 * 1024,
          text: '128MiB',
          source: 'file',
          from: `${file}:5`,
        },
        'topic.defaults.retention.ms': { value: 604_800_000, text: '7d' },
        storage: { value: 'file', text: 'file', source: 'default' },
      },
    })
  })

  it('prints nothing with --check when all is well', async () => {
    const { code, printed, said } = await run(['config', '--check', '--config', file])
    expect([code, printed, said]).toEqual([0, '', ''])
  })

  it('says each problem in a line of its own and ends with 2', async () => {
    const wrong = ['config', '--check', '--listen', 'x', '--set', 'limits.openFilsMax=1']
    const { code, printed, said } = await run(wrong, { VARVE_LOG_LEVL: 'info' })
    expect([code, printed]).toEqual([2, ''])
    expect(said.split('\n')).toEqual([
      'varve: VARVE_LOG_LEVL: there is no such variable; did you mean VARVE_LOG_LEVEL?',
      expect.stringMatching(/^varve: --listen: listen must be an address HOST:PORT/),
      'varve: --set: limits.openFilsMax is no setting; did you mean limits.openFilesMax?',
      '',
    ])
    const json = await run([...wrong, '--json'])
    expect(JSON.parse(json.said)).toMatchObject({
      error: { code: 'CONFIG', problems: [{ from: '--listen', key: 'listen' }, { from: '--set' }] },
    })
  })

  it('takes --set only as name=value', async () => {
    const { code, said } = await run(['config', '--set', 'storage'])
    expect(code).toBe(2)
    expect(said).toMatch(/^varve: --set: must be name=value, .*not "storage"\n$/)
  })

  it('says what is wrong with --set together with everything else, and refuses a flag that is there twice', async () => {
    const { code, said } = await run([
      ...['config', '--set', '=3', '--set', 'storage', '--set', 'limits.topicsMax=0'],
      ...['--listen', 'a:1', '--listen', 'b:2', '--set', 'listen=c:3'],
    ])
    expect(code).toBe(2)
    expect(said.split('\n')).toEqual([
      expect.stringMatching(/^varve: --set: must be name=value, .*not "=3"$/),
      expect.stringMatching(/^varve: --set: must be name=value, .*not "storage"$/),
      'varve: --listen: listen is given twice, first at --listen',
      expect.stringMatching(/^varve: --set: limits.topicsMax must be .*, not "0"$/),
      'varve: --set: listen is given twice, first at --listen',
      '',
    ])
  })
})

describe('varve start', () => {
  it('starts with what the configuration says, and logs what differs from the defaults', async () => {
    const { started, events } = await run(['start', '--set', 'limits.topicsMax=7'], {
      VARVE_CONFIG: file,
    })
    expect(started).toHaveLength(1)
    expect(started[0]).toMatchObject({
      dataDir: '/var/lib/varve',
      limits: {
        ...LIMITS,
        openFilesMax: openFilesFor(descriptorLimit()),
        tailBytesMax: 128 * 1024 * 1024,
        topicsMax: 7,
      },
      topicDefaults: { 'retention.ms': '604800000' },
    })
    expect(started[0]).not.toHaveProperty('monitoring')
    expect(events).toEqual([
      [
        'configuration_read',
        {
          settings: {
            dataDir: { value: '/var/lib/varve', from: `${file}:3` },
            'metrics.listen': { value: 'off', from: `${file}:4` },
            'limits.topicsMax': { value: '7', from: '--set' },
            'limits.tailBytesMax': { value: '128MiB', from: `${file}:5` },
            'topic.defaults.retention.ms': { value: '7d', from: `${file}:6` },
          },
        },
      ],
    ])
  })

  it('insists on the address of metrics only when somebody asked for it', async () => {
    const plain = await run(['start'])
    const asked = await run(['start', '--metrics-listen', '127.0.0.1:9464'])
    const [address, host] = [{ port: 9464 }, { host: '127.0.0.1' }]
    expect(plain.started[0]?.monitoring).toEqual({ ...host, ...address, isRequired: false })
    expect(asked.started[0]?.monitoring).toEqual({ ...host, ...address, isRequired: true })
  })

  it('starts nothing when the configuration is wrong', async () => {
    const { code, started } = await run(['start'], { VARVE_STORAGE: 'tape' })
    expect([code, started]).toEqual([2, []])
  })
})
