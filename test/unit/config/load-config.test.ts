import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError } from '../../../src/config/config-error.ts'
import { textKey } from '../../../src/config/config-key.ts'
import { CONFIG_KEYS, OTHER_VARIABLES, variableOf } from '../../../src/config/config-keys.ts'
import { type Config, type ConfigSources, loadConfig } from '../../../src/config/load-config.ts'
import { LIMITS } from '../../../src/domain/limits.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'varve-config-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

interface Given {
  readonly file?: string
  readonly env?: Readonly<Record<string, string>>
  readonly set?: Readonly<Record<string, string>>
}

function sourcesOf({ file, env = {}, set = {} }: Given): ConfigSources {
  const path = join(folder, 'varve.json')
  if (file !== undefined) writeFileSync(path, file)
  return {
    file: file === undefined ? undefined : path,
    environment: { PATH: '/bin', ...env },
    flags: Object.entries(set).map(([key, text]) => ({ name: '--set', key, text })),
  }
}

const load = (given: Given): Config => loadConfig(sourcesOf(given))

/** Everything that is wrong, one line each, the folder left out. */
function problems(sources: ConfigSources): string[] {
  try {
    loadConfig(sources)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const lines = error.problems.map(({ from, message }) => `${from}: ${message}`)
    return lines.map((line) => line.replaceAll(`${folder}/`, ''))
  }
  return []
}

const origins = ({ settings }: Config): string[] =>
  settings
    .filter(({ source }) => source !== 'default')
    .map(
      ({ key, text, source, from }) => `${key}=${text} ${source} ${from.replace(`${folder}/`, '')}`,
    )

describe('the configuration', () => {
  it('is all defaults when nobody says anything', () => {
    const { values, limits, topicDefaults, settings } = load({})
    expect(values).toEqual({
      dataDir: './data',
      listen: { host: '127.0.0.1', port: 7070 },
      'metrics.listen': { host: '127.0.0.1', port: 9464 },
      storage: 'file',
      logLevel: 'info',
    })
    expect([limits, topicDefaults]).toEqual([LIMITS, {}])
    expect(settings.every(({ source, from }) => source === 'default' && from === '')).toBe(true)
  })

  it('takes flags before the environment before the file before the defaults, and knows where from', () => {
    const config = load({
      file: '{\n"listen": "a:1", "storage": "memory",\n"logLevel": "warn", "limits": {"openFilesMax": 100}}',
      env: { VARVE_LISTEN: 'b:2', VARVE_STORAGE: 'file', VARVE_DATA_DIR: '' },
      set: { listen: 'c:3' },
    })
    expect(config.values).toEqual({
      dataDir: './data',
      listen: { host: 'c', port: 3 },
      'metrics.listen': { host: '127.0.0.1', port: 9464 },
      storage: 'file',
      logLevel: 'warn',
    })
    expect(config.limits).toEqual({ ...LIMITS, openFilesMax: 100 })
    expect(origins(config)).toEqual([
      'listen=c:3 flag --set',
      'storage=file environment VARVE_STORAGE',
      'logLevel=warn file varve.json:3',
      'limits.openFilesMax=100 file varve.json:3',
    ])
  })

  it('finds its file by VARVE_CONFIG too, and a flag wins over that', () => {
    const path = join(folder, 'other.json')
    writeFileSync(path, '{"logLevel": "debug"}')
    const environment = { [OTHER_VARIABLES.configFile]: path }
    expect(loadConfig({ environment, flags: [] }).values.logLevel).toBe('debug')
    const sources = sourcesOf({ file: '{"logLevel": "error"}', env: environment })
    expect(loadConfig(sources).values.logLevel).toBe('error')
  })

  it('takes sizes and durations with units, for limits and topics', () => {
    const config = load({
      file: '{"limits": {"tailBytesMax": "256MiB", "shutdownGraceMs": 500}, "topic": {"defaults": {"retention.ms": "7d", "retention.bytes": -1}}}',
      env: { VARVE_TOPIC_DEFAULTS_SEGMENT_BYTES: '1MiB', VARVE_LIMITS_RECOVERY_GRACE_MS: '2m' },
    })
    expect(config.limits).toMatchObject({
      tailBytesMax: 268435456,
      shutdownGraceMs: 500,
      recoveryGraceMs: 120_000,
    })
    expect(config.topicDefaults).toEqual({
      'retention.ms': '604800000',
      'retention.bytes': '-1',
      'segment.bytes': '1048576',
    })
    expect(origins(config)).toContain('limits.tailBytesMax=256MiB file varve.json:1')
  })

  it('shows topic settings with units too, and says what they are in numbers', () => {
    const set = {
      'topic.defaults.retention.ms': '2592000000',
      'topic.defaults.retention.bytes': '-1',
      'topic.defaults.segment.bytes': '100MiB',
      'topic.defaults.segment.ms': '90061001ms',
      'topic.defaults.file.delete.delay.ms': '0',
      'topic.defaults.flush.ms': '9223372036854775807',
      'topic.defaults.flush.messages': '1000',
      'topic.defaults.durability': 'written',
    }
    const config = load({ set })
    const shown = config.settings.filter(({ source }) => source === 'flag')
    expect(
      shown.map(({ key, text, value }) => [key.slice('topic.defaults.'.length), text, value]),
    ).toEqual([
      ['durability', 'written', 'written'],
      ['retention.ms', '30d', 2592000000],
      ['retention.bytes', '-1', -1],
      ['segment.bytes', '100MiB', 104857600],
      ['segment.ms', '90061001ms', 90061001],
      ['file.delete.delay.ms', '0ms', 0],
      ['flush.ms', '9223372036854775807', '9223372036854775807'],
      ['flush.messages', '1000', '1000'],
    ])
    const again = load({ set: Object.fromEntries(shown.map(({ key, text }) => [key, text])) })
    expect(again.topicDefaults).toEqual(config.topicDefaults)
  })

  it('reports everything that is wrong at once, each with its place', () => {
    expect(
      problems(
        sourcesOf({
          file: `{
  "lisen": "a:1",
  "storage": "tape",
  "limits": {"openFilesMax": "many", "openFilesMax": 1.5, "tailBytesMax": "1MB"},
  "topic": 5,
  "openFilesMax": 8,
  "retention.ms": 8,
  "dataDir": null, "logLevel": true
}`,
          env: { VARVE_LISTEN: '7070', VARVE_LIMITS_OPEN_FILE_MAX: '7', varve_x: '1' },
          set: { 'limits.topicsMax': '0', x: 'y' },
        }),
      ),
    ).toEqual([
      'varve.json:2: lisen is no setting; did you mean listen?',
      'varve.json:3: storage must be one of file, memory, not "tape"',
      'varve.json:4: limits.openFilesMax must be a whole number from 16 to 1000000, not "many"',
      'varve.json:4: limits.openFilesMax is given twice, first at varve.json:4',
      'varve.json:4: limits.openFilesMax must be a whole number from 16 to 1000000, not 1.5',
      'varve.json:4: limits.tailBytesMax must be a size from 0B to 64GiB (in B, KiB, MiB, GiB, TiB; a bare number is bytes), not "1MB"',
      'varve.json:5: topic is a section: write "topic": { ... }',
      'varve.json:6: openFilesMax is no setting; did you mean limits.openFilesMax?',
      'varve.json:7: retention.ms is no setting; did you mean topic.defaults.retention.ms?',
      'varve.json:8: dataDir must be a path that is not empty, not null',
      'varve.json:8: logLevel must be one of debug, info, warn, error, silent, not true',
      'VARVE_LIMITS_OPEN_FILE_MAX: there is no such variable; did you mean VARVE_LIMITS_OPEN_FILES_MAX?',
      'VARVE_LISTEN: listen must be an address HOST:PORT, as in 127.0.0.1:7070 or [::1]:7070, not "7070"',
      '--set: limits.topicsMax must be a whole number from 1 to 100000, not "0"',
      '--set: x is no setting',
    ])
  })

  it('refuses a setting that one place gives twice', () => {
    const file = '{"listen": "a:1",\n"listen": "a:1"}'
    const flags = [
      { name: '--listen', key: 'listen', text: 'a:1' },
      { name: '--set', key: 'listen', text: 'a:1' },
    ]
    expect(problems({ ...sourcesOf({ file }), flags })).toEqual([
      'varve.json:2: listen is given twice, first at varve.json:1',
      '--set: listen is given twice, first at --listen',
    ])
  })

  it('reports what is given twice and what contradicts each other beside what is wrong in itself', () => {
    const flags = [
      { name: '--set', key: 'limits.shutdownGraceMs', text: '5 years' },
      { name: '--set', key: 'limits.shutdownGraceMs', text: '5s' },
      { name: '--set', key: 'limits.tailBytesPerPartitionMax', text: '65MiB' },
      { name: '--set', key: 'limits.subscriptionsPerConnectionMax', text: '10000' },
      { name: '--set', key: 'limits.subscriptionsMax', text: 'few' },
    ]
    const flagProblems = [{ from: '--set', message: 'must be name=value' }]
    const found = problems({ environment: { VARVE_X: '1' }, flags, flagProblems })
    expect(found).toEqual([
      'VARVE_X: there is no such variable',
      '--set: must be name=value',
      expect.stringMatching(/^--set: limits.shutdownGraceMs must be a duration .*not "5 years"$/),
      '--set: limits.shutdownGraceMs is given twice, first at --set',
      expect.stringMatching(/^--set: limits.subscriptionsMax must be a whole number/),
      '--set: limits.tailBytesPerPartitionMax (65MiB) may not be above limits.tailBytesMax (64MiB)',
    ])
    // The file that cannot be read may hold the other half.
    const file = '{'
    expect(problems({ ...sourcesOf({ file }), flags: flags.slice(2, 3) })).toHaveLength(1)
  })

  it('refuses values that contradict each other', () => {
    expect(problems(sourcesOf({ set: { 'limits.tailBytesPerPartitionMax': '65MiB' } }))).toEqual([
      '--set: limits.tailBytesPerPartitionMax (65MiB) may not be above limits.tailBytesMax (64MiB)',
    ])
    expect(problems(sourcesOf({ set: { 'limits.tailBytesMax': '1MiB' } }))).toEqual([])
    const written = { 'topic.defaults.durability': 'written' }
    const strict = { 'topic.defaults.min.durability': 'synced' }
    expect(problems(sourcesOf({ set: { ...written, ...strict } }))).toEqual([
      '--set: topic.defaults.min.durability synced is stronger than durability written: raise durability too',
    ])
    expect(problems(sourcesOf({ set: { ...strict, storage: 'memory' } }))).toEqual([
      '--set: topic.defaults.min.durability synced is more than storage memory can promise',
    ])
    expect(problems(sourcesOf({ set: strict }))).toEqual([])
  })

  it('says what is wrong with the file itself', () => {
    expect(problems(sourcesOf({ file: '{\n"a" 1}' }))).toEqual([
      'varve.json:2: expected a colon, found "1"',
    ])
    expect(problems({ environment: {}, flags: [], file: join(folder, 'nothing') })).toEqual([
      'nothing: the file cannot be read (ENOENT)',
    ])
    expect(problems({ environment: {}, flags: [], file: folder })).toEqual([
      `${folder}: the file cannot be read (EISDIR)`,
    ])
    const latin = join(folder, 'latin.json')
    writeFileSync(latin, Buffer.from([0x7b, 0xe4, 0x7d]))
    expect(problems({ environment: {}, flags: [], file: latin })).toEqual([
      'latin.json: the file is not UTF-8',
    ])
    writeFileSync(latin, ' '.repeat(LIMITS.configFileBytesMax + 1))
    expect(problems({ environment: {}, flags: [], file: latin })).toEqual([
      `latin.json: a configuration has at most ${LIMITS.configFileBytesMax} bytes`,
    ])
  })

  it('passes over what Kubernetes sets for a service called varve, and what clients use', () => {
    const env = {
      VARVE_SERVICE_HOST: '10.0.0.1',
      VARVE_SERVICE_PORT: '7070',
      VARVE_SERVICE_PORT_GRPC: '7070',
      VARVE_PORT: 'tcp://10.0.0.1:7070',
      VARVE_PORT_7070_TCP: 'tcp://10.0.0.1:7070',
      VARVE_PORT_7070_TCP_ADDR: '10.0.0.1',
      VARVE_BROKER: 'a:1',
    }
    expect(origins(load({ env }))).toEqual([])
  })

  it('never shows a secret, neither as a value nor in a message', () => {
    const keys = new Map(CONFIG_KEYS)
    keys.set(
      'password',
      textKey('a text', { default: 'open', summary: 'For tests.', secret: true }),
    )
    const environment = { VARVE_PASSWORD: 'hunter2' }
    const config = loadConfig({ environment, flags: [] }, keys)
    expect(JSON.stringify(config.settings)).not.toContain('hunter2')
    expect(origins(config)).toEqual(['password=[secret] environment VARVE_PASSWORD'])
    expect(config.values).toMatchObject({ password: 'hunter2' })
    const flags = [{ name: '--set', key: 'password', text: 'hunter2\0' }]
    expect(() => loadConfig({ environment: {}, flags }, keys)).toThrow(
      /^--set: password must be a text that is not empty$/,
    )
  })
})

describe('the table of settings', () => {
  it('has a variable of its own for each, and none that is used otherwise', () => {
    const variables = [...CONFIG_KEYS.keys()].map(variableOf)
    expect(new Set([...variables, ...Object.values(OTHER_VARIABLES)]).size).toBe(
      variables.length + 2,
    )
    expect(variables.filter((name) => !/^VARVE(_[A-Z0-9]+)+$/.test(name))).toEqual([])
  })

  it('reads every default, and shows it so that it reads back as the same', () => {
    for (const [key, definition] of CONFIG_KEYS) {
      if (definition.defaultText === undefined) continue
      const read = definition.read(definition.defaultText)
      expect([key, definition.read(read?.text ?? '')]).toEqual([key, read])
    }
  })
})
