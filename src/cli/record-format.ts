// How `consume` prints a record: its value and a newline, a line of JSON, or by a template in the manner of kcat's -f:
//
//   %t topic   %p partition   %o offset   %k key   %v value   %T timestamp in ms   %h headers as a=b,c=d   %% a percent sign
//   \n \t \r \0 \\ \xHH   single bytes
//
// Keys and values go out as the bytes they are. An absent key or value prints as nothing.
import { UsageError } from './exit-code.ts'
import { quoted, unescapeText } from './option-values.ts'
import type { OutputBuffer } from './output-buffer.ts'
import { type ReadRecord, recordToJson } from './record-json.ts'

/** Appends one record to the output, with all that separates it from the next. */
export type RecordFormat = (record: ReadRecord, output: OutputBuffer) => void

const NEWLINE = 10

const formatValue: RecordFormat = (record, output) => {
  if (record.value !== null) output.add(record.value)
  output.addByte(NEWLINE)
}

const formatJson: RecordFormat = (record, output) => {
  output.addText(recordToJson(record))
  output.addByte(NEWLINE)
}

/**
 * The format named `value` or `json`, or the one that a template describes.
 * @throws UsageError when it is none of them
 */
export function recordFormat(text: string): RecordFormat {
  if (text === 'value') return formatValue
  if (text === 'json') return formatJson
  if (!text.includes('%')) {
    throw new UsageError(
      `--format must be value, json, or a template with a % such as '%o %v\\n', not ${quoted(text)}`,
    )
  }
  return templateFormat(text)
}

const FIELDS: Readonly<Record<string, RecordFormat>> = {
  t: (record, output) => {
    output.addText(record.topic)
  },
  p: (record, output) => {
    output.addText(String(record.partition))
  },
  o: (record, output) => {
    output.addText(String(record.offset))
  },
  k: (record, output) => {
    if (record.key !== null) output.add(record.key)
  },
  v: (record, output) => {
    if (record.value !== null) output.add(record.value)
  },
  T: (record, output) => {
    output.addText(String(record.timestampMs))
  },
  h: (record, output) => {
    record.headers.forEach((header, index) => {
      output.addText(`${index > 0 ? ',' : ''}${header.key}=`)
      if (header.value !== null) output.add(header.value)
    })
  },
  '%': (_, output) => {
    output.addText('%')
  },
}

function templateFormat(template: string): RecordFormat {
  // Of "a%vb%kc": a, v, b, k, c.
  const pieces = template.split(/%(.|$)/su)
  const parts = pieces.map((piece, index): RecordFormat => {
    if (index % 2 === 0) {
      const bytes = unescapeText('--format', piece)
      return (_, output) => {
        output.add(bytes)
      }
    }
    const field = Object.hasOwn(FIELDS, piece) ? FIELDS[piece] : undefined
    if (field !== undefined) return field
    throw new UsageError(
      `--format holds ${quoted(`%${piece}`)}: there are %t %p %o %k %v %T %h, and %% for a percent sign`,
    )
  })
  return (record, output) => {
    for (const part of parts) part(record, output)
  }
}
