import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { chunksUntil, openInput } from '../../../src/cli/input-source.ts'
import { lineParser, payloadBytes } from '../../../src/cli/produce-record.ts'
import { ProduceTally, summaryText } from '../../../src/cli/produce-tally.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { admitOffset } from '../../../src/domain/offset.ts'

const line = (text: string): Buffer => Buffer.from(text)

describe('from a line to a record', () => {
  const lines = {
    topic: 't',
    format: 'lines',
    keySeparator: undefined,
    partition: undefined,
  } as const

  it('is all value without a separator', () => {
    expect(lineParser(lines)(line('a:b'), 1)).toEqual({ topic: 't', value: line('a:b') })
  })

  it('is split at the first separator, of any length', () => {
    const parse = lineParser({ ...lines, keySeparator: '\\t::' })
    expect(parse(line('k\t::v\t::w'), 1)).toEqual({
      topic: 't',
      key: line('k'),
      value: line('v\t::w'),
    })
    expect(parse(line('\t::'), 1)).toEqual({ topic: 't', key: line(''), value: line('') })
    expect(parse(line('k:v'), 1)).toEqual({ topic: 't', value: line('k:v') })
    expect(() => lineParser({ ...lines, keySeparator: '' })).toThrow('must not be empty')
  })

  it('--partition wins over what a JSON record says, and any forgets it', () => {
    const json = line('{"value":"v","partition":5}')
    const parsed = (partition: number | 'any' | undefined): number | undefined =>
      lineParser({ ...lines, format: 'json', partition })(json, 1).partition
    expect([parsed(undefined), parsed(2), parsed('any')]).toEqual([5, 2, undefined])
    expect(lineParser({ ...lines, partition: 3 })(line('x'), 1).partition).toBe(3)
  })

  it('counts bytes of key and value, not characters', () => {
    expect(payloadBytes({ topic: 't', key: line('ü'), value: line('€') })).toBe(5)
    expect(payloadBytes({ topic: 't', value: null })).toBe(0)
  })
})

describe('input', () => {
  it('ends at the abort although nothing more comes, and lets go of the stream', async () => {
    const stream = new PassThrough()
    const stop = new AbortController()
    const chunks = chunksUntil({ stream, totalBytes: undefined }, 'standard input', stop.signal)
    stream.write('a')
    expect((await chunks.next()).value).toEqual(line('a'))
    const waiting = chunks.next()
    stop.abort()
    expect((await waiting).done).toBe(true)
    expect(stream.destroyed).toBe(true)
  })

  it('that breaks names the source', async () => {
    const stream = new PassThrough()
    const chunks = chunksUntil({ stream, totalBytes: undefined }, 'F', new AbortController().signal)
    const waiting = chunks.next()
    stream.destroy(new Error('disk on fire'))
    await expect(waiting).rejects.toThrow('F cannot be read: disk on fire')
  })

  it('of a file knows its size, of anything else it does not', () => {
    const input = new PassThrough()
    expect(openInput('-', input)).toEqual({ stream: input, totalBytes: undefined })
    const source = openInput('package.json', input)
    expect(source.totalBytes).toBeGreaterThan(100)
    source.stream.destroy()
  })
})

describe('the account of a produce', () => {
  const report = { topic: 't', timestampMs: 0, durability: 'synced' } as const

  it('keeps the last offset of each partition and the weakest durability', () => {
    const tally = new ProduceTally()
    tally.acknowledged({ ...report, partition: 11, offset: admitOffset(7) }, 10)
    tally.acknowledged({ ...report, partition: 2, offset: admitOffset(1) }, 5)
    tally.acknowledged(
      { ...report, partition: 11, offset: admitOffset(8), durability: 'written' },
      5,
    )
    const summary = tally.summary('t', 2000)
    expect(summary).toEqual({
      topic: 't',
      records: 3,
      bytes: 20,
      durationMs: 2000,
      recordsPerSecond: 2,
      bytesPerSecond: 10,
      lastOffsets: { '2': 1, '11': 8 },
      durability: 'written',
      failed: 0,
      uncertain: 0,
    })
    expect(summaryText(summary).split('\n')).toEqual([
      '3 records acknowledged, 20 B in 2.0 s (2 records/s, 10 B/s); durability written (not yet on stable storage)',
      'last offsets by partition: 2: 1, 11: 8',
    ])
  })

  it('tells failures, and which of them may be stored', () => {
    const tally = new ProduceTally()
    tally.failed(new VarveError('BATCH_TOO_LARGE', 'first'))
    tally.failed(new VarveError('DELIVERY_TIMEOUT', 'second'))
    tally.failed(new VarveError('CLOSED', 'third'))
    expect(tally.firstError?.message).toBe('first')
    expect(summaryText(tally.summary('t', 0))).toBe(
      '0 records acknowledged, 0 B in 0.0 s (0 records/s, 0 B/s)\n' +
        '3 records NOT acknowledged; 2 of them may be stored all the same',
    )
  })

  it('does not know offsets with durability none', () => {
    const tally = new ProduceTally()
    tally.acknowledged({ ...report, partition: 0, offset: undefined, durability: 'none' }, 1)
    const summary = tally.summary('t', 1)
    expect(summary.lastOffsets).toEqual({ '0': null })
    expect(summaryText(summary)).toContain('last offsets by partition: 0: unknown')
  })
})
