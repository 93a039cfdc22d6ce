import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { LOG_EVENTS, type LogEventDefinition } from '../../../src/platform/log-events.ts'

const src = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'src')

/** Each call of a log in the source; `dynamic` levels and events are what the pattern cannot read. */
function loggedEvents(): { file: string; level: string; event: string }[] {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => file.endsWith('.ts') && !file.includes('generated'))
  return sources.flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8')
    const calls = text.matchAll(
      /(?:\blog|#log)(?:\.(debug|info|warn|error)|\[(\w+)\])\(\s*(?:'([^']*)')?/g,
    )
    return Array.from(calls, ([, level, variable, event]) => ({
      file,
      level: level ?? (variable === undefined ? '' : 'any'),
      event: event ?? '(not a literal)',
    }))
  })
}

describe('the table of log events', () => {
  const calls = loggedEvents()
  const table: Readonly<Record<string, LogEventDefinition>> = LOG_EVENTS

  it('has every event that the source logs, at its level', () => {
    expect(calls.length).toBeGreaterThan(30)
    console.log(`${calls.length} calls of a log, ${Object.keys(table).length} events`)
    const unknown = calls.filter(({ event, level }) => {
      const levels: readonly string[] | undefined = table[event]?.levels
      return levels === undefined || !(level === 'any' || levels.includes(level))
    })
    expect(unknown).toEqual([])
  })

  it('has no event that nobody logs', () => {
    const logged = new Set(calls.map(({ event }) => event))
    expect(Object.keys(table).filter((event) => !logged.has(event))).toEqual([])
  })

  it.each(Object.entries(table))('%s is a name to search for', (event, { levels, summary }) => {
    expect(event).toMatch(/^[a-z]+(_[a-z]+)*$/)
    expect(levels.length).toBeGreaterThan(0)
    expect(summary).toMatch(/\.$/)
  })
})
