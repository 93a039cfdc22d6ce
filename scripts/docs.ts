// `npx tsx scripts/docs.ts`: writes docs/CONFIG.md, docs/ERRORS.md, docs/LIMITS.md, docs/LOGS.md, docs/METRICS.md and
// docs/TOPIC-SETTINGS.md from the tables in src, so that the pages cannot say anything else than the code. A test fails when
// a page is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { status } from '@grpc/grpc-js'
import { CONFIG_KEYS, LIMIT_PREFIX } from '../src/config/config-keys.ts'
import { ERRORS, type ErrorCode } from '../src/domain/error.ts'
import { LIMITS } from '../src/domain/limits.ts'
import { TOPIC_SETTINGS } from '../src/domain/topic-settings.ts'
import { LOG_EVENTS } from '../src/platform/log-events.ts'
import { METRICS } from '../src/platform/metric-table.ts'
import { WIRE_ERRORS } from '../src/protocol/grpc/status.ts'
import { renderConfig } from './docs/config-page.ts'
import { limitReasons } from './docs/limit-reasons.ts'
import { page } from './docs/page.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** A page of docs/ and what it must hold. */
export interface DocsPage {
  /** Below the repository. */
  readonly path: string
  readonly text: string
}

/** All pages that are made from code, as they should be now. */
export function renderDocs(): DocsPage[] {
  return [
    { path: 'docs/CONFIG.md', text: renderConfig() },
    { path: 'docs/ERRORS.md', text: renderErrors() },
    { path: 'docs/LIMITS.md', text: renderLimits() },
    { path: 'docs/LOGS.md', text: renderLogs() },
    { path: 'docs/METRICS.md', text: renderMetrics() },
    { path: 'docs/TOPIC-SETTINGS.md', text: renderTopicSettings() },
  ]
}

/** A page as it is; empty when there is none. */
export function readPage(page: DocsPage): string {
  try {
    return readFileSync(join(root, page.path), 'utf8')
  } catch {
    return ''
  }
}

function renderErrors(): string {
  const rows = Object.entries(ERRORS).map(([code, { kind, effect, summary }]) => {
    const wire = WIRE_ERRORS[code as ErrorCode]
    const reason = wire.reason === undefined ? '' : ` / \`${wire.reason}\``
    return [`\`${code}\``, kind, effect, `${status[wire.status]}${reason}`, summary]
  })
  return page(
    'Errors',
    `Every refusal has a code. Over gRPC it is the \`reason\` of \`google.rpc.ErrorInfo\` (domain \`varve\`), in the status
details of a call or in the \`error\` of the entry that failed; the client library throws a \`VarveError\` with the same
\`code\`.

**Kind** says who can do something about it: the *caller* by changing the request; *transient* goes away by itself, so wait
and repeat; *fatal* needs an operator. **Effect** says whether the refused request can have changed anything: after *unknown*
it may have (the trailer \`x-effect\` says the same).`,
    ['Code', 'Kind', 'Effect', 'gRPC status', 'When, and what to do'],
    rows,
  )
}

function renderLimits(): string {
  const reasons = limitReasons(Object.keys(LIMITS))
  const rows = Object.entries(LIMITS).map(([name, value]) => {
    const reason = reasons.get(name)
    if (reason === undefined) throw new Error(`limits.ts says in no comment what ${name} is for`)
    const shown = `${value.toLocaleString('en')}${inUnits(name, value)}`
    return [`\`${name}\``, shown, CONFIG_KEYS.has(LIMIT_PREFIX + name) ? 'yes' : '', reason]
  })
  return page(
    'Limits',
    `Nothing in varve grows without a bound, and every bound has a name. What is full refuses with a code
([ERRORS.md](ERRORS.md)) that says so. Those marked can be changed, as \`limits.NAME\` in the configuration ([CONFIG.md](CONFIG.md)); the others are part of
formats, or clients count on them. \`DescribeCluster\` returns the values in force.`,
    ['Limit', 'Value', 'Configurable', 'What it bounds, and why'],
    rows,
  )
}

function renderLogs(): string {
  const code = (texts: readonly string[]): string => texts.map((text) => `\`${text}\``).join(', ')
  const rows = Object.entries(LOG_EVENTS).map(([name, { levels, fields, summary }]) => [
    `\`${name}\``,
    levels.join(', '),
    code(fields),
    summary,
  ])
  return page(
    'Log events',
    `A broker writes its log to standard error: one JSON object a line, with \`level\` (20 debug, 30 info, 40 warn, 50 error), \`time\` (milliseconds
since 1970), \`event\` and the fields of the event. Names of events and fields stay what they are. Keys, values and headers of records are never logged; names of topics
are. Characters that could steer a terminal or break a line are escaped (\`\\u001b\`). \`--log-level\` drops what is below it; a refused request is no event: it is
counted (\`varve_refusals_total\` in [METRICS.md](METRICS.md)).

An \`error\` needs a look by somebody; a \`warn\` was dealt with.`,
    ['Event', 'Levels', 'Fields', 'What it means'],
    rows,
  )
}

function renderMetrics(): string {
  const rows = Object.entries(METRICS).map(([name, { kind, labels, summary }]) => [
    `\`${name}\``,
    kind,
    labels.map((label) => `\`${label}\``).join(', '),
    summary,
  ])
  return page(
    'Metrics',
    `What a broker serves at \`/metrics\` on its monitoring port ([OBSERVABILITY.md](OBSERVABILITY.md)), in the text format of
Prometheus. Times are in seconds, sizes in bytes; what ends in \`_total\` only grows and begins anew with the process. Histograms have
\`_bucket\`, \`_sum\` and \`_count\`. A counter without labels is there from the start, one with labels from its first event on.

The values of all labels are fixed small sets, but for \`group\` (see below) and \`topic\`: the first ${LIMITS.metricTopicsMax} topics that have traffic are counted each by itself, later
ones together as \`__other\` (\`metricTopicsMax\`), until the broker starts again; a deleted topic makes room. So \`sum(rate(varve_bytes_in_total[1m]))\` is the whole,
however many topics there are. The ${LIMITS.metricGroupsMax} groups that came first have metrics each by itself (\`metricGroupsMax\`), with up to ${LIMITS.metricGroupTopicsMax} pairs of a group and a
topic in all (\`metricGroupTopicsMax\`); the others are told together as \`__other\`: numbers of records and rates as sums, ages as the largest.
With the memory engine there are no \`varve_storage_\` metrics.`,
    ['Metric', 'Kind', 'Labels', 'What it says'],
    rows,
  )
}

function renderTopicSettings(): string {
  const rows = Object.entries(TOPIC_SETTINGS).map(([name, definition]) => [
    `\`${name}\``,
    `\`${definition.defaultText}\``,
    definition.allowed,
    definition.summary,
  ])
  return page(
    'Topic settings',
    `Set them when a topic is made or later: \`varve topic create orders --config retention.ms=86400000\`,
\`varve topic alter orders --config ...\`. Names, types and defaults are Kafka's where Kafka has them. A change holds from the
next operation on. Durations are in milliseconds, sizes in bytes.

**Durability.** \`written\` survives the end of the broker's process (\`kill -9\` too), \`synced\` power loss as well. A produce
may ask for more than its topic's \`durability\`, never for less than \`min.durability\`; the answer states what was reached. In
memory (\`--storage memory\`) nothing can be synced: a topic with \`synced\` is served with \`written\` and the answer says so,
who asks for \`synced\` by name is refused with \`UNSUPPORTED\`, and \`min.durability=synced\` with \`INVALID_CONFIG\`.

**A degraded topic**, one whose own metadata was lost or damaged, keeps its records: it can be read but not written, and its
\`retention.ms\` and \`retention.bytes\` are \`-1\`, so that nothing goes away while nobody knows what it was meant to keep. Its
name is the one its partitions remember, or \`lost-<topic id>\`. Updating its settings writes its metadata anew and makes it
whole; retention stays off unless you set or reset it.`,
    ['Setting', 'Default', 'Allowed', 'What it does'],
    rows,
  )
}

/** A size or duration in larger units where that is easier to read. */
function inUnits(name: string, value: number): string {
  if (/Ms(Max|Default)?$/.test(name)) return value < 1_000 ? '' : ` (${value / 1_000} s)`
  if (!name.includes('Bytes') || value < 2 ** 10) return ''
  const isLarge = value >= 2 ** 20
  const size = Number((value / (isLarge ? 2 ** 20 : 2 ** 10)).toFixed(2))
  return ` (${size} ${isLarge ? 'MiB' : 'KiB'})`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const made of renderDocs()) writeFileSync(join(root, made.path), made.text)
}
