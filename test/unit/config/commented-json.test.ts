import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCommentedJson } from '../../../src/config/commented-json.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { seeded } from '../../support/seed.ts'

const pairs = (text: string): unknown[] =>
  readCommentedJson(text).map(({ key, value, line }) => [key, value, line])

function failure(text: string): readonly [line: unknown, message: string] {
  try {
    readCommentedJson(text)
  } catch (error) {
    if (error instanceof VarveError) return [error.details['line'], error.message]
    throw error
  }
  throw new Error('it was accepted')
}

describe('a configuration file', () => {
  it('is JSON with comments, commas after the last entry, and sections', () => {
    const text = `\uFEFF// a file
{
  "a": "x", /* one
  comment */ "b": -1.5e1,
  "section": { "inner": { "c": true, }, "d": null },
  "section.e": "http://no.comment/*here*/ \\u0041\\n", // said
}
`
    expect(pairs(text)).toEqual([
      ['a', 'x', 3],
      ['b', -15, 4],
      ['section.inner.c', true, 5],
      ['section.d', null, 5],
      ['section.e', 'http://no.comment/*here*/ A\n', 6],
    ])
    expect(pairs('{}')).toEqual([])
  })

  it('keeps a name that stands twice, for the loader to refuse', () => {
    expect(pairs('{"a": {"b": 1}, "a.b": 2}')).toEqual([
      ['a.b', 1, 1],
      ['a.b', 2, 1],
    ])
    expect(pairs('{"__proto__": 1}')).toEqual([['__proto__', 1, 1]])
  })

  it.each([
    ['', 1, 'expected {, found the end'],
    ['[]', 1, 'expected {, found "["'],
    ['{\n"a": [1]}', 2, 'no setting takes a list'],
    ['{\n\na: 1}', 3, 'expected a name in double quotes, found "a"'],
    ["{'a': 1}", 1, 'expected a name in double quotes, found "\'a\'"'],
    ['{"a" 1}', 1, 'expected a colon, found "1"'],
    ['{"a": 1 "b": 2}', 1, 'expected a comma or }, found "\\"b\\""'],
    ['{"a": 1,, "b": 2}', 1, 'expected a name in double quotes, found ","'],
    ['{"a": 01}', 1, 'expected a value, found "01"'],
    ['{"a": 10MiB}', 1, 'expected a value, found "10MiB"'],
    ['{"a": nullx}', 1, 'expected a value, found "nullx"'],
    ['{"a": "x\n"}', 1, 'expected a value, found "\\"x"'],
    ['{"a": "\\q"}', 1, 'a text holds an escape that JSON does not know'],
    ['{"a": 1', 1, 'expected a comma or }, found the end'],
    ['{"a": 1 /* no end }', 1, 'expected a comma or }, found "/*"'],
    ['{} x', 1, 'expected nothing more after the last }, found "x"'],
    [`${'{"a":'.repeat(1000)}1`, 1, 'there are too many objects in objects'],
  ])('%j is refused in line %i', (text, line, message) => {
    expect(failure(text)).toEqual([line, message])
  })

  it('reads whatever JSON writes', () => {
    const { seed, runs } = seeded('COMMENTED_JSON', 200)
    console.log(`configuration files: ${runs} made by JSON, seed ${seed}`)
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), fc.boolean())),
        fc.nat(4),
        (given, indent) => {
          const text = JSON.stringify(given, null, indent)
          const expected = Object.entries(JSON.parse(text) as Record<string, unknown>)
          const read = readCommentedJson(text).map(({ key, value }) => [key, value])
          expect(read).toEqual(expected)
        },
      ),
      { seed, numRuns: runs },
    )
  })
})
