// Values of `replay --filter`: a predicate on one record in the shortest form that can be typed.
import type { ReplayFilter, ReplayMatch } from '../../client/index.ts'
import { UsageError } from '../exit-code.ts'
import { quoted, unescapeText } from '../option-values.ts'
import { parseMomentOrAgo } from './replay-place.ts'

const NAME = '--filter'

export const FILTER_FORMS =
  'key=TEXT, key^=PREFIX, key$=SUFFIX, key (there is one), header.NAME=TEXT and so on, time>=MOMENT, time<MOMENT; with ! in front: not'

/**
 * Reads one filter. In texts \n \t \r \0 \\ \xHH stand for single bytes.
 * @param nowMs what times ago count from
 * @throws UsageError that shows the forms
 */
export function parseReplayFilter(text: string, nowMs: number): ReplayFilter {
  const isNegated = text.startsWith('!')
  const filter = parseTest(isNegated ? text.slice(1).trimStart() : text, nowMs)
  if (filter === undefined) {
    throw new UsageError(`${NAME} must be one of ${FILTER_FORMS}; not ${quoted(text)}`)
  }
  return isNegated ? { ...filter, not: true } : filter
}

function parseTest(text: string, nowMs: number): ReplayFilter | undefined {
  const key = /^key(?:([\^$]?=)(.*))?$/s.exec(text)
  if (key !== null) return { key: matchOf(key[1], key[2]) }
  const header = /^header\.(?![\^$]?=)(.+?)(?:([\^$]?=)(.*))?$/s.exec(text)
  if (header !== null) return { header: header[1] ?? '', ...matchOf(header[2], header[3]) }
  const time = /^time(>=|<)([^=].*)$/s.exec(text)
  if (time === null) return undefined
  const moment = parseMomentOrAgo(`${NAME} time`, time[2] ?? '', nowMs)
  return { time: time[1] === '<' ? { beforeMs: moment } : { fromMs: moment } }
}

function matchOf(operator: string | undefined, text = ''): ReplayMatch {
  if (operator === undefined) return { present: true }
  const bytes = unescapeText(NAME, text)
  if (operator === '^=') return { prefix: bytes }
  return operator === '$=' ? { suffix: bytes } : { equals: bytes }
}
