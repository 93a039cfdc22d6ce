// Which records a replay session gives: those for which all of its predicates hold. Decides where a record lies in its batch, before
// there is an object for it; what it costs is linear in the bytes of the record (for each predicate), headers are walked once and only
// when a predicate asks for them, and nothing is allocated for a record, but a string where it is compared with many values.
import type { RecordWalk } from '../../record/decode-batch.ts'
import type { RecordCursor } from '../../record/record-cursor.ts'

/** What bytes must be like. Null is like nothing but `isPresent: false`; empty bytes are present. */
export type BytesMatch =
  | { readonly kind: 'any-of'; readonly values: readonly Buffer[] }
  | { readonly kind: 'prefix' | 'suffix'; readonly bytes: Buffer }
  | { readonly kind: 'present'; readonly isPresent: boolean }

/**
 * What must hold for a record; with `isNot` it must not.
 * - header: one of this name that matches is enough. `isPresent: false` says that there is none of this name, or none with a value.
 *   Names are compared as bytes of UTF-8.
 * - time: `fromMs` inclusive, `beforeMs` exclusive, on the timestamp as it is: a record without one has -1.
 */
export type RecordPredicate = (
  | { readonly on: 'key'; readonly match: BytesMatch }
  | { readonly on: 'header'; readonly name: string; readonly match: BytesMatch }
  | { readonly on: 'time'; readonly fromMs?: number; readonly beforeMs?: number }
) & { readonly isNot: boolean }

/** Whether some bytes are as they must be; a length of -1 is null. */
type BytesTest = (bytes: Buffer, start: number, length: number) => boolean

interface FieldTest {
  readonly test: BytesTest
  /** The test must fail: for a header, that of all headers of the name. */
  readonly isNot: boolean
}

interface TimeTest {
  readonly fromMs: number
  readonly beforeMs: number
  readonly isNot: boolean
}

/** Up to so many values of one length are compared one by one, which is faster than to look a string up. */
const COMPARED_VALUES_MAX = 4

/** Keeps no bytes of records. What it is made of is copied. */
export class RecordFilter {
  /** There are no predicates: it matches every record, and nobody needs to ask. */
  readonly isEmpty: boolean
  readonly #times: readonly TimeTest[]
  readonly #keys: readonly FieldTest[]
  readonly #headers: HeaderTests | undefined

  constructor(predicates: readonly RecordPredicate[]) {
    const times: TimeTest[] = []
    const keys: FieldTest[] = []
    const headers: HeaderPredicate[] = []
    for (const predicate of predicates) {
      if (predicate.on === 'time') times.push(timeTest(predicate))
      else if (predicate.on === 'key') keys.push(fieldTest(predicate.match, predicate.isNot))
      else headers.push(predicate)
    }
    this.isEmpty = predicates.length === 0
    this.#times = times
    this.#keys = keys
    this.#headers = headers.length === 0 ? undefined : new HeaderTests(headers)
  }

  /** Whether all predicates hold for the record on which the walk stands. What is cheap to know is asked first. */
  matches(walk: RecordWalk): boolean {
    const { cursor, timestampMs } = walk
    for (const { fromMs, beforeMs, isNot } of this.#times) {
      if ((timestampMs >= fromMs && timestampMs < beforeMs) === isNot) return false
    }
    for (const { test, isNot } of this.#keys) {
      if (test(cursor.bytes, cursor.keyPosition, cursor.keyLength) === isNot) return false
    }
    return this.#headers?.hold(cursor) ?? true
  }
}

type HeaderPredicate = RecordPredicate & { readonly on: 'header' }

/** The tests on the headers of one name. */
interface NameTests {
  readonly name: Buffer
  readonly tests: (FieldTest & {
    /** Its place among all tests. */
    readonly index: number
  })[]
}

/** All predicates on headers, decided in one pass over the headers. */
class HeaderTests {
  readonly #byNameLength = new Map<number, NameTests[]>()
  /** Tests that must find a header. */
  readonly #wantedCount: number
  /** There are tests that must find none: these are known only behind the last header. */
  readonly #hasUnwanted: boolean
  /** 1 where a wanted test has found its header. Of the record that is looked at. */
  readonly #found: Uint8Array

  constructor(predicates: readonly HeaderPredicate[]) {
    let wantedCount = 0
    for (const [index, predicate] of predicates.entries()) {
      const test = fieldTest(predicate.match, predicate.isNot)
      if (!test.isNot) wantedCount++
      this.#named(predicate.name).tests.push({ ...test, index })
    }
    this.#wantedCount = wantedCount
    this.#hasUnwanted = wantedCount < predicates.length
    this.#found = new Uint8Array(predicates.length)
  }

  hold(cursor: RecordCursor): boolean {
    const { bytes, headerCount } = cursor
    if (headerCount === 0) return this.#wantedCount === 0
    const reader = cursor.headerReader()
    this.#found.fill(0)
    let wanted = this.#wantedCount
    for (let header = 0; header < headerCount; header++) {
      const nameLength = reader.varint()
      const nameStart = reader.position
      reader.position += nameLength
      const valueLength = reader.varint()
      const valueStart = reader.position
      if (valueLength > 0) reader.position += valueLength
      const tests = this.#testsFor(bytes, nameStart, nameLength)
      if (tests === undefined) continue
      for (const { test, isNot, index } of tests) {
        if (this.#found[index] === 1 || !test(bytes, valueStart, valueLength)) continue
        if (isNot) return false
        this.#found[index] = 1
        wanted--
      }
      if (wanted === 0 && !this.#hasUnwanted) return true
    }
    return wanted === 0
  }

  #testsFor(bytes: Buffer, start: number, length: number): NameTests['tests'] | undefined {
    const sameLength = this.#byNameLength.get(length)
    if (sameLength === undefined) return undefined
    for (const { name, tests } of sameLength) if (isAt(bytes, start, name)) return tests
    return undefined
  }

  #named(name: string): NameTests {
    const bytes = Buffer.from(name, 'utf8')
    let sameLength = this.#byNameLength.get(bytes.length)
    if (sameLength === undefined) {
      sameLength = []
      this.#byNameLength.set(bytes.length, sameLength)
    }
    let named = sameLength.find((other) => other.name.equals(bytes))
    if (named === undefined) {
      named = { name: bytes, tests: [] }
      sameLength.push(named)
    }
    return named
  }
}

function timeTest(predicate: RecordPredicate & { readonly on: 'time' }): TimeTest {
  const { fromMs = -Infinity, beforeMs = Infinity, isNot } = predicate
  return { fromMs, beforeMs, isNot }
}

/** "There is nothing" is "not: there is something", which for headers makes it a statement about all of the name. */
function fieldTest(match: BytesMatch, isNot: boolean): FieldTest {
  switch (match.kind) {
    case 'any-of':
      return { test: anyOf(match.values), isNot }
    case 'prefix':
      return { test: beginsWith(Buffer.from(match.bytes)), isNot }
    case 'suffix':
      return { test: endsWith(Buffer.from(match.bytes)), isNot }
    case 'present':
      return { test: isPresent, isNot: match.isPresent === isNot }
  }
}

const isPresent: BytesTest = (_bytes, _start, length) => length >= 0

function beginsWith(prefix: Buffer): BytesTest {
  return (bytes, start, length) => length >= prefix.length && isAt(bytes, start, prefix)
}

function endsWith(suffix: Buffer): BytesTest {
  return (bytes, start, length) =>
    length >= suffix.length && isAt(bytes, start + length - suffix.length, suffix)
}

/** Most records are decided by their length alone. */
function anyOf(values: readonly Buffer[]): BytesTest {
  const byLength = new Map<number, Buffer[]>()
  for (const value of values) {
    const sameLength = byLength.get(value.length)
    if (sameLength === undefined) byLength.set(value.length, [Buffer.from(value)])
    else sameLength.push(Buffer.from(value))
  }
  const tests = new Map<number, BytesTest>()
  for (const [length, sameLength] of byLength) tests.set(length, anyOfOneLength(sameLength))
  return (bytes, start, length) => tests.get(length)?.(bytes, start, length) ?? false
}

function anyOfOneLength(values: readonly Buffer[]): BytesTest {
  if (values.length <= COMPARED_VALUES_MAX) {
    return (bytes, start) => {
      for (const value of values) if (isAt(bytes, start, value)) return true
      return false
    }
  }
  const texts = new Set(values.map((value) => value.toString('latin1')))
  return (bytes, start, length) => texts.has(bytes.toString('latin1', start, start + length))
}

/** Whether `expected` lies at `start`; there are enough bytes. A loop: a native comparison costs more than the few bytes it looks at. */
function isAt(bytes: Buffer, start: number, expected: Buffer): boolean {
  for (let index = 0; index < expected.length; index++) {
    if (bytes[start + index] !== expected[index]) return false
  }
  return true
}
