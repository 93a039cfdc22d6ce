// Files of offsets, as Kafka's kafka-consumer-groups writes and reads them: `topic,partition,offset` a line, or with the group in
// front of it; or a JSON object a line. Invariant: a file is taken whole or not at all, and what is wrong is told with its line.
import type { GroupResetTarget } from '../../client/index.ts'
import { InputError } from '../exit-code.ts'
import { quoted } from '../option-values.ts'

/** A group cannot have more partitions than this, and a file that is larger is some other file. */
export const OFFSET_FILE_BYTES_MAX = 16 * 1024 * 1024

/** An offset of a file, for `GroupResetTarget`. */
export interface FileOffset {
  readonly topic: string
  readonly partition: number
  readonly offset: number
}

/**
 * The offsets of a file. Empty lines, those that begin with `#`, a heading, and lines of other groups are passed over.
 * @throws InputError with the number of the line
 */
export function parseOffsetFile(text: string, group: string): FileOffset[] {
  const offsets = new Map<string, FileOffset>()
  for (const [index, line] of text.split('\n').entries()) {
    const entry = parseLine(line.trim(), group, index)
    if (entry === undefined) continue
    const key = JSON.stringify([entry.topic, entry.partition])
    if (offsets.has(key)) {
      throw atLine(index, `partition ${entry.partition} of ${entry.topic} is there twice`)
    }
    offsets.set(key, entry)
  }
  if (offsets.size === 0)
    throw new InputError(`there is no offset for ${quoted(group)} in the file`)
  return [...offsets.values()]
}

export function fileTargets(offsets: readonly FileOffset[]): GroupResetTarget[] {
  return offsets.map(({ topic, partition, offset }) => ({ topic, partition, to: { offset } }))
}

/** A file that `parseOffsetFile` reads. What has no offset has no line. */
export function formatOffsetFile(
  offsets: readonly {
    readonly topic: string
    readonly partition: number
    readonly offset: number | undefined
  }[],
): string {
  return offsets
    .filter(({ offset }) => offset !== undefined)
    .map(({ topic, partition, offset }) => `${topic},${partition},${offset ?? ''}`)
    .join('\n')
}

function parseLine(line: string, group: string, index: number): FileOffset | undefined {
  if (line === '' || line.startsWith('#')) return undefined
  if (line.startsWith('{')) return parseObject(line, group, index)
  // The group's own id, which may stand in front, may hold commas.
  const match = /^(?:(.*),)?([^,]*),([^,]*),([^,]*)$/.exec(line)
  if (match === null) throw atLine(index, `write topic,partition,offset, not ${quoted(line)}`)
  const [owner, topic = '', partition = '', offset = ''] = (
    match.slice(1) as (string | undefined)[]
  ).map((field) => unquoted(field))
  if (index === 0 && partition === 'partition' && offset === 'offset') return undefined
  if (owner !== undefined && owner !== group) return undefined
  return checked({ topic, partition: integer(partition), offset: integer(offset) }, index, line)
}

function parseObject(line: string, group: string, index: number): FileOffset | undefined {
  let value: Record<string, unknown>
  try {
    value = JSON.parse(line) as Record<string, unknown>
  } catch {
    throw atLine(index, `this is no JSON object: ${quoted(line)}`)
  }
  if (value['group'] !== undefined && value['group'] !== group) return undefined
  const { topic, partition, offset } = value
  return checked({ topic, partition, offset }, index, line)
}

function checked(
  { topic, partition, offset }: Readonly<Record<keyof FileOffset, unknown>>,
  index: number,
  line: string,
): FileOffset {
  const isWhole = (value: unknown): value is number =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
  if (typeof topic === 'string' && topic !== '' && isWhole(partition) && isWhole(offset)) {
    // JSON knows -0.
    return { topic, partition: partition + 0, offset: offset + 0 }
  }
  throw atLine(index, `there must be a topic, a partition and an offset in ${quoted(line)}`)
}

/** NaN for anything else than digits, which Number alone would take in many forms. */
function integer(text: string): number {
  return /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
}

function unquoted(field: string | undefined): string | undefined {
  const text = field?.trim()
  return text !== undefined && /^".*"$/.test(text) ? text.slice(1, -1) : text
}

function atLine(index: number, message: string): InputError {
  return new InputError(`line ${index + 1} of the file: ${message}`)
}
