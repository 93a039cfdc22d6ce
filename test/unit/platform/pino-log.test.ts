import { describe, expect, it } from 'vitest'
import { SILENT_LOG } from '../../../src/platform/log.ts'
import { PinoLog } from '../../../src/platform/pino-log.ts'

function logTo(lines: string[], level?: 'debug' | 'warn'): PinoLog {
  const stream = { write: (line: string) => void lines.push(line) }
  return PinoLog.open(level === undefined ? { stream } : { stream, level })
}

describe('the log', () => {
  it('writes one JSON object a line, with the event and its fields', () => {
    const lines: string[] = []
    const log = logTo(lines)
    log.info('partition_opened', { partition: 3, outcome: 'clean' })
    log.error('stopped')
    expect(lines.length).toBe(2)
    for (const line of lines) expect(line.endsWith('\n')).toBe(true)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'partition_opened',
      partition: 3,
      outcome: 'clean',
    })
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ event: 'stopped' })
  })

  it('drops what is below its level', () => {
    const lines: string[] = []
    const log = logTo(lines, 'warn')
    log.debug('a')
    log.info('b')
    log.warn('c')
    log.error('d')
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(['c', 'd'])
  })

  it('gives all lines of a part the fields of that part', () => {
    const lines: string[] = []
    const log = logTo(lines, 'debug').with({ topic: 't' }).with({ partition: 1 })
    log.debug('read', { offset: 5 })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ topic: 't', partition: 1, offset: 5 })
  })

  it('shows errors with message, stack and cause', () => {
    const lines: string[] = []
    const error = new Error('outer', { cause: new Error('inner') })
    logTo(lines).warn('failed', { error })
    const { error: shown } = JSON.parse(lines[0] ?? '') as {
      error: { message: string; stack: string }
    }
    expect(shown.message).toContain('outer')
    expect(shown.message + shown.stack).toContain('inner')
  })

  it('cannot be tricked into another line', () => {
    const lines: string[] = []
    logTo(lines).info('named', { name: 'a\n{"event":"forged"}\u001b[2J' })
    expect(lines.length).toBe(1)
    expect(lines[0]?.trimEnd()).not.toContain('\n')
    expect(lines[0]).not.toContain('\u001b')
  })

  it('escapes what steers a terminal or turns text around, and loses nothing of it', () => {
    const lines: string[] = []
    const name = 'a\u001b[2J\u007f\u009b31m\u0085\u2028\u2029\u202e\u2066\u0000é😀'
    logTo(lines).info('named', { name })
    expect(lines[0]?.trimEnd()).toMatch(
      /^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+$/,
    )
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ name })
  })

  it('may be silent', () => {
    SILENT_LOG.with({ a: 1 }).error('nothing')
  })
})
