import { describe, expect, it } from 'vitest'
import {
  type BytesMatch,
  RecordFilter,
  type RecordPredicate,
} from '../../../../src/broker/replay/record-filter.ts'
import { RecordWalk } from '../../../../src/record/decode-batch.ts'
import { encodeBatch, type RecordInput } from '../../../../src/record/encode-batch.ts'
import { rawBatch, rawRecord, zigzag } from '../../../support/raw-batch.ts'

const PRESENT: BytesMatch = { kind: 'present', isPresent: true }
const ABSENT: BytesMatch = { kind: 'present', isPresent: false }

const anyOf = (...values: readonly string[]): BytesMatch => ({
  kind: 'any-of',
  values: values.map((value) => Buffer.from(value)),
})
const prefix = (text: string): BytesMatch => ({ kind: 'prefix', bytes: Buffer.from(text) })
const suffix = (text: string): BytesMatch => ({ kind: 'suffix', bytes: Buffer.from(text) })

const key = (match: BytesMatch, isNot = false): RecordPredicate => ({ on: 'key', match, isNot })
const header = (name: string, match: BytesMatch, isNot = false): RecordPredicate => ({
  on: 'header',
  name,
  match,
  isNot,
})

/** Which records of a batch are given, by their index. */
function kept(batch: Buffer, ...predicates: readonly RecordPredicate[]): number[] {
  const filter = new RecordFilter(predicates)
  const walk = new RecordWalk(batch)
  const offsets: number[] = []
  while (walk.next()) if (filter.matches(walk)) offsets.push(walk.offset)
  return offsets
}

/** Records with these keys; null: none. */
function keyed(...keys: readonly (string | null)[]): Buffer {
  return encodeBatch(
    keys.map((one) => ({ timestampMs: 1, key: one === null ? null : Buffer.from(one) })),
  )
}

/** A record with these headers, each `[name, value]`. */
function headed(...pairs: readonly (readonly [string, string | null])[]): RecordInput {
  return {
    timestampMs: 1,
    headers: pairs.map(([name, value]) => ({
      key: name,
      value: value === null ? null : Buffer.from(value),
    })),
  }
}

describe('RecordFilter', () => {
  it('without predicates is empty and matches everything', () => {
    expect(new RecordFilter([]).isEmpty).toBe(true)
    expect(new RecordFilter([key(PRESENT)]).isEmpty).toBe(false)
    expect(kept(keyed('a', null))).toEqual([0, 1])
  })

  it('finds keys that are one of some values', () => {
    const batch = keyed('a', 'b', 'ab', '', null, 'abc')
    expect(kept(batch, key(anyOf('a', 'ab')))).toEqual([0, 2])
    expect(kept(batch, key(anyOf('')))).toEqual([3])
    expect(kept(batch, key(anyOf()))).toEqual([])
  })

  it('finds keys that are one of many values of one length', () => {
    const values = Array.from({ length: 1000 }, (_, index) => String(index).padStart(4, '0'))
    const batch = keyed('0000', '0999', '1000', '999', '00999', null)
    expect(kept(batch, key(anyOf(...values)))).toEqual([0, 1])
    expect(kept(batch, key(anyOf(...values), true))).toEqual([2, 3, 4, 5])
  })

  it('compares bytes, not text', () => {
    const values = Array.from({ length: 256 }, (_, byte) => Buffer.from([0xff, byte]))
    const batch = encodeBatch(
      [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff]), Buffer.from('ÿþ')].map((bytes) => ({
        timestampMs: 1,
        key: bytes,
      })),
    )
    expect(kept(batch, key({ kind: 'any-of', values }))).toEqual([0])
    expect(kept(batch, key({ kind: 'prefix', bytes: Buffer.from([0xfe]) }))).toEqual([1])
  })

  it('finds keys by how they begin and end', () => {
    const batch = keyed('order-1', 'order-', 'order', 'my-order-', '', null)
    expect(kept(batch, key(prefix('order-')))).toEqual([0, 1])
    expect(kept(batch, key(suffix('order-')))).toEqual([1, 3])
    expect(kept(batch, key(prefix('')))).toEqual([0, 1, 2, 3, 4])
    expect(kept(batch, key(suffix('')))).toEqual([0, 1, 2, 3, 4])
  })

  it('does not look beyond the key', () => {
    const batch = encodeBatch([
      { timestampMs: 1, key: Buffer.from('ab'), value: Buffer.from('cd') },
    ])
    expect(kept(batch, key(prefix('ab\u0004')))).toEqual([])
    expect(kept(batch, key(anyOf('a')))).toEqual([])
  })

  it('tells an empty key from none', () => {
    const batch = keyed('', null)
    expect(kept(batch, key(PRESENT))).toEqual([0])
    expect(kept(batch, key(ABSENT))).toEqual([1])
    expect(kept(batch, key(PRESENT, true))).toEqual([1])
    expect(kept(batch, key(ABSENT, true))).toEqual([0])
  })

  it('lets a record without a key through where the key must not be something', () => {
    expect(kept(keyed('a', 'b', null), key(anyOf('a'), true))).toEqual([1, 2])
  })

  it('takes a stretch of time with its beginning and without its end', () => {
    const batch = encodeBatch([9, 10, 19, 20, -1].map((timestampMs) => ({ timestampMs })))
    const time = (fromMs: number, beforeMs: number, isNot = false): RecordPredicate => ({
      on: 'time',
      fromMs,
      beforeMs,
      isNot,
    })
    expect(kept(batch, time(10, 20))).toEqual([1, 2])
    expect(kept(batch, time(10, 20, true))).toEqual([0, 3, 4])
    expect(kept(batch, { on: 'time', fromMs: 10, isNot: false })).toEqual([1, 2, 3])
    expect(kept(batch, { on: 'time', beforeMs: 10, isNot: false })).toEqual([0, 4])
  })

  it('is content with one of several headers of the same name', () => {
    const batch = encodeBatch([
      headed(['type', 'a'], ['type', 'b']),
      headed(['type', 'b'], ['other', 'a']),
      headed(['typ', 'a'], ['types', 'a'], ['TYPE', 'a']),
      headed(),
    ])
    expect(kept(batch, header('type', anyOf('a')))).toEqual([0])
    expect(kept(batch, header('type', anyOf('b')))).toEqual([0, 1])
    expect(kept(batch, header('type', anyOf('a'), true))).toEqual([1, 2, 3])
    expect(kept(batch, header('type', PRESENT))).toEqual([0, 1])
  })

  it('takes a header without a value as if there were none', () => {
    const batch = encodeBatch([
      headed(['type', null]),
      headed(['type', '']),
      headed(['type', null], ['type', 'a']),
      headed(['other', 'a']),
      headed(),
    ])
    expect(kept(batch, header('type', PRESENT))).toEqual([1, 2])
    expect(kept(batch, header('type', ABSENT))).toEqual([0, 3, 4])
    expect(kept(batch, header('type', ABSENT, true))).toEqual([1, 2])
    expect(kept(batch, header('type', prefix('')))).toEqual([1, 2])
  })

  it('finds a header whose name is empty or not ASCII', () => {
    const batch = encodeBatch([headed(['', 'a']), headed(['größe', 'a']), headed(['größ', 'a'])])
    expect(kept(batch, header('', PRESENT))).toEqual([0])
    expect(kept(batch, header('größe', suffix('a')))).toEqual([1])
  })

  it('takes names as bytes: what is not UTF-8 is no U+FFFD', () => {
    const headers = Buffer.concat([zigzag(1), Buffer.from([0xff]), zigzag(1), Buffer.from('a')])
    const batch = rawBatch({ records: rawRecord({ headerCount: 1, headers }) })
    expect(kept(batch, header('\ufffd', PRESENT))).toEqual([])
  })

  it('needs all predicates, also several on one header', () => {
    const batch = encodeBatch([
      { ...headed(['type', 'ab'], ['from', 'x']), key: Buffer.from('k') },
      { ...headed(['type', 'ab']), key: Buffer.from('k') },
      headed(['type', 'ab'], ['from', 'x']),
      { ...headed(['type', 'a'], ['type', 'b'], ['from', 'x']), key: Buffer.from('k') },
      { ...headed(['from', 'x'], ['type', 'ac']), key: Buffer.from('k') },
    ])
    const both = [header('type', prefix('a')), header('type', suffix('b'))]
    expect(kept(batch, ...both)).toEqual([0, 1, 2, 3])
    expect(kept(batch, ...both, header('from', PRESENT))).toEqual([0, 2, 3])
    expect(kept(batch, ...both, header('from', PRESENT), key(PRESENT))).toEqual([0, 3])
    expect(kept(batch, header('type', prefix('a')), header('type', suffix('b'), true))).toEqual([4])
  })

  it('reads headers to the end for a predicate that must not hold', () => {
    const batch = encodeBatch([headed(['good', 'x'], ['bad', 'x']), headed(['good', 'x'])])
    expect(kept(batch, header('good', PRESENT), header('bad', PRESENT, true))).toEqual([1])
  })

  it('leaves the walk where it was', () => {
    const batch = encodeBatch([headed(['type', 'a'], ['other', null]), headed(['type', 'b'])])
    const filter = new RecordFilter([header('type', anyOf('a', 'b'))])
    const walk = new RecordWalk(batch)
    while (walk.next()) {
      expect(filter.matches(walk)).toBe(true)
      expect(filter.matches(walk)).toBe(true)
      expect(walk.record().headers.map((one) => one.key)).toContain('type')
    }
    expect(walk.offset).toBe(1)
  })

  it('keeps its own copy of what it compares with', () => {
    const bytes = Buffer.from('a')
    const batch = keyed('a', 'b')
    const filters = [
      new RecordFilter([key({ kind: 'any-of', values: [bytes] })]),
      new RecordFilter([key({ kind: 'prefix', bytes })]),
      new RecordFilter([key({ kind: 'suffix', bytes })]),
    ]
    bytes.fill('b')
    const walk = new RecordWalk(batch)
    expect(walk.next()).toBe(true)
    for (const filter of filters) expect(filter.matches(walk)).toBe(true)
  })
})
