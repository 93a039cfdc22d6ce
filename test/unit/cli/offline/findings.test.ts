import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FINDINGS, type FindingCode } from '../../../../src/cli/offline/finding.ts'
import { FindingList } from '../../../../src/cli/offline/finding-list.ts'
import { printable } from '../../../../src/cli/offline/printable.ts'

describe('The findings of verify', () => {
  it('are all explained in docs/OPERATIONS.md, with their severity, and no others', () => {
    const text = readFileSync(new URL('../../../../docs/OPERATIONS.md', import.meta.url), 'utf8')
    const rows = [...text.matchAll(/^\| `([A-Z_]+)` \| (info|warning|error) \| \S/gm)]
    const documented = rows.map(([, code, severity]) => `${code} ${severity}`).sort()
    const known = Object.entries(FINDINGS).map(([code, { severity }]) => `${code} ${severity}`)
    expect(documented).toEqual(known.sort())
  })

  it('are bounded for each code, and what is left out is counted', () => {
    const findings = new FindingList({ topic: 'ruins' }, 'topics/x')
    for (let index = 0; index < 250; index++)
      findings.add('LEFTOVER', 'again', { file: `${index}` })
    findings.add('FENCED', 'once')
    const all = findings.all()
    expect(all).toHaveLength(102)
    const counts = new Map<FindingCode, number>()
    for (const { code } of all) counts.set(code, (counts.get(code) ?? 0) + 1)
    expect(Object.fromEntries(counts)).toEqual({ LEFTOVER: 100, FENCED: 1, MORE: 1 })
    expect(all.at(-1)).toMatchObject({
      topic: 'ruins',
      message: expect.stringContaining('150 more') as unknown,
    })
    expect(all[0]).toMatchObject({ file: 'topics/x/0', severity: 'info' })
  })
})

describe('Bytes on one line', () => {
  it.each([
    ['plain text', 'plain text'],
    ['grüße', 'grüße'],
    ['a"b\\c', 'a\\"b\\\\c'],
    ['line\r\n\ttab', 'line\\r\\n\\ttab'],
    ['\u001b[31mred\u009b', '\\x1b[31mred\\x9b'],
    ['turned \u202e around', 'turned \\u202e around'],
  ])('%j appears as %j', (text, shown) => {
    expect(printable(Buffer.from(text))).toBe(`"${shown}"`)
  })

  it('that are no UTF-8 appear as hexadecimal, and long ones are cut', () => {
    expect(printable(Buffer.from([0x61, 0xff, 0x00]))).toBe('"a\\xff\\x00"')
    expect(printable(Buffer.from('abcdef'), 4)).toBe('"abcd"... (2 bytes more)')
  })
})
