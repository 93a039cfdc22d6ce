// Which workloads a run has: a preset or a file, some of them, with changes.
import { readFileSync } from 'node:fs'
import { PRESET_NAMES, type PresetName, presetWorkloads } from '../../bench/presets.ts'
import { checkWorkload, WORKLOAD_DEFAULTS, type Workload } from '../../bench/workload.ts'
import { type FileEntry, readCommentedJson } from '../../config/commented-json.ts'
import { UsageError } from '../exit-code.ts'
import { usage } from '../option-values.ts'

export interface PlanOptions {
  readonly preset?: string
  readonly file?: string
  /** Names, or parts of names, of workloads; all of them when empty. */
  readonly only: readonly string[]
  /** `field=value`, for every workload that is left. */
  readonly with: readonly string[]
}

export interface Plan {
  readonly workloads: readonly Workload[]
  /** For the head of the report. */
  readonly text: string
}

/** @throws UsageError that says what may be given */
export function planOf({ preset, file, only, with: changes }: PlanOptions): Plan {
  if (preset !== undefined && file !== undefined) {
    throw new UsageError('--preset and --file exclude each other')
  }
  const all = file === undefined ? presetOf(preset ?? 'quick') : fileOf(file)
  const chosen = only.length === 0 ? all : all.filter(({ name }) => matches(name, only))
  if (chosen.length === 0) {
    const names = all.map(({ name }) => `'${name}'`).join(', ')
    throw new UsageError(`--only leaves nothing; there are ${names}`)
  }
  const changed = Object.fromEntries(changes.map(changeOf))
  const workloads = chosen.map((workload) =>
    usage(() => checkWorkload({ ...workload, ...changed })),
  )
  const doubled = workloads.find(({ name }, index) =>
    workloads.some((other, at) => at < index && other.name === name),
  )
  if (doubled !== undefined) throw new UsageError(`two workloads are named '${doubled.name}'`)
  const from = file === undefined ? `preset ${preset ?? 'quick'}` : `file ${file}`
  const parts = [
    from,
    ...(only.length > 0 ? [`only ${only.join(', ')}`] : []),
    ...(changes.length > 0 ? [`with ${changes.join(', ')}`] : []),
  ]
  return { workloads, text: parts.join('; ') }
}

function presetOf(name: string): readonly Workload[] {
  if (!(PRESET_NAMES as readonly string[]).includes(name)) {
    throw new UsageError(`--preset must be one of ${PRESET_NAMES.join(', ')}, not '${name}'`)
  }
  return presetWorkloads(name as PresetName)
}

function matches(name: string, only: readonly string[]): boolean {
  return only.some((part) => name.toLowerCase().includes(part.toLowerCase()))
}

/** `{ "name of a workload": { "kind": "produce", ... }, ... }`, each with what differs from the defaults; comments are allowed. */
function fileOf(path: string): readonly Workload[] {
  let entries: readonly FileEntry[]
  try {
    const text = readFileSync(path, 'utf8')
    entries = usage(() => readCommentedJson(text))
  } catch (error) {
    throw new UsageError(`--file ${path}: ${(error as Error).message}`)
  }
  const found = new Map<string, Record<string, unknown>>()
  for (const { key, value, line } of entries) {
    const at = key.lastIndexOf('.')
    if (at < 1) {
      throw new UsageError(
        `--file ${path}, line ${line}: expected "name of a workload": { "kind": "produce" }, not a value for '${key}'`,
      )
    }
    const name = key.slice(0, at)
    // Without a prototype: `__proto__` is a field like any other, and one that there is not.
    const fields = found.get(name) ?? (Object.create(null) as Record<string, unknown>)
    found.set(name, fields)
    fields[key.slice(at + 1)] = value
  }
  if (found.size === 0) throw new UsageError(`--file ${path} names no workload`)
  return [...found].map(([name, fields]) => usage(() => checkWorkload({ ...fields, name })))
}

function changeOf(text: string): [string, unknown] {
  const at = text.indexOf('=')
  const field = text.slice(0, at)
  if (at < 1 || !(field in WORKLOAD_DEFAULTS)) {
    const fields = Object.keys(WORKLOAD_DEFAULTS).join(', ')
    throw new UsageError(`--with must be FIELD=VALUE, not '${text}'; fields are ${fields}`)
  }
  const value = text.slice(at + 1)
  const kind = typeof WORKLOAD_DEFAULTS[field as keyof typeof WORKLOAD_DEFAULTS]
  if (kind === 'number') return [field, value === '' ? NaN : Number(value)]
  if (kind === 'boolean')
    return [field, value === 'true' ? true : value === 'false' ? false : value]
  return [field, value]
}
