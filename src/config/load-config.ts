// The configuration of a broker from all the places that it may come from: the defaults, below the file, below the
// environment, below the flags. Invariants: whatever is wrong is reported at once, whether or not something above it would
// have hidden it; a value keeps the place it came from; a secret is never part of a text that is shown.
import { VarveError } from '../domain/error.ts'
import { LIMITS, type Limits } from '../domain/limits.ts'
import { didYouMean, nearestName } from '../domain/nearest-name.ts'
import { parseTopicSettings, type TopicSettingTexts } from '../domain/topic-settings.ts'
import { type FileEntry, readCommentedJson } from './commented-json.ts'
import { ConfigError, type ConfigProblem } from './config-error.ts'
import { readConfigFile } from './config-file.ts'
import type { ConfigKey } from './config-key.ts'
import {
  CONFIG_KEYS,
  LIMIT_PREFIX,
  ORDERED_LIMITS,
  OTHER_VARIABLES,
  type SERVER_KEYS,
  TOPIC_PREFIX,
  variableOf,
} from './config-keys.ts'

/** Where a value can come from; each wins over those before it. */
type ConfigSource = 'default' | 'file' | 'environment' | 'flag'

export interface ConfigFlag {
  /** As it was given: `--listen`, `--set`. */
  readonly name: string
  readonly key: string
  readonly text: string
}

export interface ConfigSources {
  /** Path of the file; VARVE_CONFIG when not given, none when that is not set. */
  readonly file?: string | undefined
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly flags: readonly ConfigFlag[]
  /** Flags that could not even be read as settings. */
  readonly flagProblems?: readonly ConfigProblem[]
}

/** One setting as it is in force. */
export interface EffectiveSetting {
  readonly key: string
  /** As it would be written in a file; `[secret]` in the place of a secret. */
  readonly text: string
  /** In bytes and milliseconds where it is a size or a duration; as `text` where it is none of these. */
  readonly value: string | number
  readonly source: ConfigSource
  /** Where exactly: `varve.json:12`, `VARVE_LISTEN`, `--listen`; empty for a default. */
  readonly from: string
}

type ServerValues = {
  readonly [K in keyof typeof SERVER_KEYS]: (typeof SERVER_KEYS)[K] extends ConfigKey<infer T>
    ? T
    : never
}

/** A configuration that was checked as a whole. */
export interface Config {
  readonly values: ServerValues
  readonly limits: Limits
  /** Settings that a new topic gets unless it says otherwise. */
  readonly topicDefaults: TopicSettingTexts
  /** Everything, in the order of the documentation; topic settings only where they are set. */
  readonly settings: readonly EffectiveSetting[]
}

/** A value on its way, from one place. */
interface Given {
  readonly key: string
  readonly value: FileEntry['value']
  readonly source: ConfigSource
  readonly from: string
}

interface Accepted extends EffectiveSetting {
  readonly parsed: unknown
}

/**
 * Reads and checks everything. `keys` is the table of settings.
 * @throws ConfigError with all that is wrong
 */
export function loadConfig(sources: ConfigSources, keys = CONFIG_KEYS): Config {
  const problems: ConfigProblem[] = []
  const accepted = new Map<string, Accepted>()
  for (const [key, definition] of keys) {
    if (definition.defaultText === undefined) continue
    const given: Given = { key, value: definition.defaultText, source: 'default', from: '' }
    accepted.set(key, accept(given, definition))
  }
  const file = fromFile(sources, problems)
  const first = new Map<string, Given>()
  for (const given of allGiven(file ?? [], sources, keys, problems)) {
    const definition = keys.get(given.key)
    if (definition === undefined) {
      problems.push(problemOf(given, unknownKey(given.key, keys)))
      continue
    }
    const place = `${given.source} ${given.key}`
    const before = first.get(place)
    if (before !== undefined) {
      problems.push(problemOf(given, `is given twice, first at ${before.from}`))
    }
    first.set(place, before ?? given)
    // Also the second one's value is looked at: whoever takes the first away must not meet the next problem then.
    tryAccept(given, definition, accepted, problems)
  }
  const settings = [...keys.keys()].flatMap((key) => accepted.get(key) ?? [])
  const config = assemble(settings)
  // Of a file that cannot be read nobody knows what it settles.
  if (file !== undefined) {
    const inDoubt = new Set(problems.map(({ key }) => key))
    problems.push(...contradictions(config, accepted, inDoubt))
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

/** Weakest first. What is read on the way and wrong is added to `problems`. */
function* allGiven(
  file: readonly Given[],
  sources: ConfigSources,
  keys: ReadonlyMap<string, unknown>,
  problems: ConfigProblem[],
): Generator<Given> {
  yield* file
  yield* fromEnvironment(sources, keys, problems)
  problems.push(...(sources.flagProblems ?? []))
  yield* fromFlags(sources)
}

/** Undefined when there is a file and it cannot be read. */
function fromFile(sources: ConfigSources, problems: ConfigProblem[]): Given[] | undefined {
  const path = sources.file ?? present(sources.environment[OTHER_VARIABLES.configFile])
  if (path === undefined) return []
  try {
    return readCommentedJson(readConfigFile(path)).map(({ key, value, line }) => {
      return { key, value, source: 'file', from: `${path}:${line}` }
    })
  } catch (error) {
    if (!(error instanceof VarveError)) throw error
    const line = error.details['line']
    const from = line === undefined ? path : `${path}:${line}`
    problems.push({ from, message: error.message })
    return undefined
  }
}

function* fromEnvironment(
  { environment }: ConfigSources,
  keys: ReadonlyMap<string, unknown>,
  problems: ConfigProblem[],
): Generator<Given> {
  const others: readonly string[] = Object.values(OTHER_VARIABLES)
  const known = new Map([...keys.keys()].map((key) => [variableOf(key), key]))
  for (const [name, text] of Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const key = known.get(name)
    const value = present(text)
    if (value === undefined || !name.startsWith('VARVE_')) continue
    if (key !== undefined) {
      yield { key, value, source: 'environment', from: name }
    } else if (!others.includes(name) && !SERVICE_LINK.test(name)) {
      const near = nearestName(name.slice(0, NAME_SHOWN_MAX), [...known.keys(), ...others])
      problems.push({ from: name, message: `there is no such variable${didYouMean(near)}` })
    }
  }
}

/** What Kubernetes sets in every container beside a service that is called varve. */
const SERVICE_LINK = /^VARVE_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_\d+_(TCP|UDP|SCTP)(_.+)?)?)$/

function* fromFlags({ flags }: ConfigSources): Generator<Given> {
  for (const { name, key, text } of flags) {
    yield { key, value: text, source: 'flag', from: name }
  }
}

function tryAccept(
  given: Given,
  definition: ConfigKey<unknown>,
  accepted: Map<string, Accepted>,
  problems: ConfigProblem[],
): void {
  try {
    accepted.set(given.key, accept(given, definition))
  } catch (error) {
    if (!(error instanceof VarveError)) throw error
    problems.push(problemOf(given, error.message))
  }
}

/** @throws VarveError INVALID_CONFIG */
function accept(given: Given, definition: ConfigKey<unknown>): Accepted {
  const { key, value, source, from } = given
  const fits = typeof value === 'string' || (typeof value === 'number' && definition.isNumber)
  const result = fits ? definition.read(String(value)) : undefined
  if (result === undefined) {
    const shown = definition.secret ? '' : `, not ${JSON.stringify(value).slice(0, NAME_SHOWN_MAX)}`
    throw new VarveError('INVALID_CONFIG', `must be ${definition.allowed}${shown}`)
  }
  const text = definition.secret ? '[secret]' : result.text
  const inNumbers = result.inNumbers ?? result.value
  const plain = typeof inNumbers === 'number' && !definition.secret ? inNumbers : text
  return { key, text, value: plain, source, from, parsed: result.value }
}

function unknownKey(key: string, keys: ReadonlyMap<string, unknown>): string {
  const names = [...keys.keys()]
  if (names.some((name) => name.startsWith(`${key}.`))) {
    return `is a section: write ${JSON.stringify(key)}: { ... }`
  }
  const shown = key.slice(0, NAME_SHOWN_MAX)
  const near = names.find((name) => name.endsWith(`.${key}`)) ?? nearestName(shown, names)
  return `is no setting${didYouMean(near)}`
}

function problemOf({ key, from }: Given, message: string): ConfigProblem {
  const shown = key.slice(0, NAME_SHOWN_MAX)
  return { from, key: shown, message: `${shown} ${message}` }
}

function assemble(settings: readonly Accepted[]): Config {
  const values: Record<string, unknown> = {}
  const limits: Record<string, number> = { ...LIMITS }
  const topicDefaults: Record<string, string> = {}
  for (const { key, parsed } of settings) {
    if (key.startsWith(LIMIT_PREFIX)) limits[key.slice(LIMIT_PREFIX.length)] = parsed as number
    else if (key.startsWith(TOPIC_PREFIX))
      topicDefaults[key.slice(TOPIC_PREFIX.length)] = parsed as string
    else values[key] = parsed
  }
  return {
    values: values as ServerValues,
    limits: limits as Limits,
    topicDefaults,
    settings: settings.map(({ key, text, value, source, from }) => ({
      key,
      text,
      value,
      source,
      from,
    })),
  }
}

/** What is wrong with values that are fine one by one. @param inDoubt settings that have a problem themselves */
function* contradictions(
  { values, limits, topicDefaults }: Config,
  accepted: ReadonlyMap<string, EffectiveSetting>,
  inDoubt: ReadonlySet<string | undefined>,
): Generator<ConfigProblem> {
  const origin = (key: string): string => accepted.get(key)?.from ?? ''
  for (const [small, large] of ORDERED_LIMITS) {
    const [given, bound] = [accepted.get(LIMIT_PREFIX + small), accepted.get(LIMIT_PREFIX + large)]
    // A default above the bound does no harm: the bound holds all the same.
    if (given === undefined || given.source === 'default' || limits[small] <= limits[large])
      continue
    if (inDoubt.has(LIMIT_PREFIX + small) || inDoubt.has(LIMIT_PREFIX + large)) continue
    const message = `${given.key} (${given.text}) may not be above ${LIMIT_PREFIX}${large} (${bound?.text ?? ''})`
    yield { from: given.from, key: given.key, message }
  }
  const key = `${TOPIC_PREFIX}min.durability`
  const from = origin(key) || origin(`${TOPIC_PREFIX}durability`)
  if ([key, `${TOPIC_PREFIX}durability`, 'storage'].some((name) => inDoubt.has(name))) return
  try {
    const settings = parseTopicSettings(topicDefaults)
    if (values.storage === 'memory' && settings.minDurability === 'synced') {
      yield { from, key, message: `${key} synced is more than storage memory can promise` }
    }
  } catch (error) {
    if (!(error instanceof VarveError)) throw error
    yield { from, key, message: `${TOPIC_PREFIX}${error.message}` }
  }
}

/** A variable that is set to nothing counts as not set. */
function present(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

/** Characters of a text from outside that a message repeats. */
const NAME_SHOWN_MAX = 100
