import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SeededRandom } from '../../../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../../../src/platform/sim-file-system.ts'
import { decodeCheckedText, encodeCheckedText } from '../../../../src/storage/file/checked-text.ts'
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  recordsSealed,
  sealedSummary,
} from '../../../../src/storage/file/checkpoint.ts'
import { EpochHistory } from '../../../../src/storage/file/epoch-history.ts'
import { SealedSum } from '../../../../src/storage/file/sealed-sum.ts'
import {
  parseSegmentFileName,
  segmentFileName,
} from '../../../../src/storage/file/segment-file-name.ts'
import {
  initialSyncedEnd,
  readSyncedEnd,
  writeSyncedEnd,
} from '../../../../src/storage/file/synced-end.ts'

const offsets = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })

describe('The name of a segment file', () => {
  it('has the base offset in 20 digits, and is read back', () => {
    expect(segmentFileName(42, 'log')).toBe('00000000000000000042.log')
    fc.assert(
      fc.property(offsets, fc.constantFrom('log', 'index', 'timeindex'), (baseOffset, kind) => {
        const name = segmentFileName(baseOffset, kind)
        expect(parseSegmentFileName(name)).toEqual({ baseOffset, kind, isDeleted: false })
      }),
    )
  })

  it.each([
    '42.log',
    '00000000000000000042.txt',
    '00000000000000000042.log.tmp',
    '0000000000000000004a.log',
    '99999999999999999999.log',
    '-0000000000000000001.log',
    'x00000000000000000042.log',
    '',
  ])('is not %j', (name) => {
    expect(parseSegmentFileName(name)).toBeUndefined()
  })
})

describe('A checked text', () => {
  it('comes back, and any flipped bit of it is noticed', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(7), (body, place, bit) => {
        const bytes = encodeCheckedText('thing', 3, body)
        expect(decodeCheckedText(bytes, 'thing', 3)).toEqual({ kind: 'good', body })
        const at = place % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
        expect(decodeCheckedText(bytes, 'thing', 3).kind).toBe('damaged')
      }),
    )
  })

  it('tells another version from damage, and any cut from both', () => {
    const bytes = encodeCheckedText('thing', 2, 'body\n')
    expect(decodeCheckedText(bytes, 'thing', 1)).toEqual({ kind: 'version', version: 2 })
    expect(decodeCheckedText(bytes, 'other', 2).kind).toBe('damaged')
    for (let length = 0; length < bytes.length; length++) {
      expect(decodeCheckedText(bytes.subarray(0, length), 'thing', 2).kind).toBe('damaged')
    }
  })
})

describe('A checkpoint', () => {
  const SEGMENTS = [
    { baseOffset: 0, bytes: 100 },
    { baseOffset: 10, bytes: 200 },
    { baseOffset: 30, bytes: 50 },
  ]
  const point = { offset: 40, segment: 30, position: 50 }
  const checkpoint: Checkpoint = {
    recoveryPoint: point,
    logStart: 5,
    clean: true,
    sealed: sealedSummary(SEGMENTS, point, 5),
    damaged: [
      { segment: 10, position: 70, endPosition: 90, firstBad: 12, nextGood: 14 },
      { segment: undefined, position: 0, endPosition: 0, firstBad: 50, nextGood: undefined },
    ],
  }

  it('is read back as it was written', () => {
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint)
  })

  it('is of version 1 as long as there are no producers, and of version 2 with them', () => {
    expect(encodeCheckpoint(checkpoint).toString()).toMatch(/^varve checkpoint 1\n/)
    for (const producers of ['unknown', { producers: 3, crc: 0x00c0ffee }] as const) {
      const bytes = encodeCheckpoint({ ...checkpoint, producers })
      expect(bytes.toString()).toMatch(/^varve checkpoint 2\n/)
      expect(decodeCheckpoint(bytes)).toEqual({ ...checkpoint, producers })
    }
  })

  it('knows the segments before its recovery point, without those below the log start', () => {
    expect(checkpoint.sealed).toMatchObject({ segments: 2, bytes: 300 })
    expect(recordsSealed(checkpoint, SEGMENTS)).toBe(true)
    expect(recordsSealed(checkpoint, SEGMENTS.slice(1))).toBe(false)
    expect(sealedSummary(SEGMENTS, point, 10)).toEqual(sealedSummary(SEGMENTS.slice(1), point, 10))
    const cut = SEGMENTS.map((segment, at) => (at === 1 ? { ...segment, bytes: 199 } : segment))
    expect(recordsSealed(checkpoint, cut)).toBe(false)
  })

  it.each([
    'recovery-point 1 0 0\nlog-start 2\nclean yes\nsealed 0 0 00000000\n',
    'recovery-point 1 2 0\nlog-start 0\nclean yes\nsealed 0 0 00000000\n',
    'recovery-point -1 0 0\nlog-start 0\nclean yes\nsealed 0 0 00000000\n',
    'recovery-point 9999999999999999 0 0\nlog-start 0\nclean yes\nsealed 0 0 00000000\n',
    'recovery-point 1 0 0\nrecovery-point 1 0 0\nlog-start 0\nclean yes\nsealed 0 0 00000000\n',
    'recovery-point 1 0 0\nlog-start 0\nclean maybe\nsealed 0 0 00000000\n',
    'recovery-point 1 0 0\nlog-start 0\nclean yes\nsealed 0 0 00000000\ndamaged 1 2\n',
    'recovery-point 1 0 0\nlog-start 0\nclean yes\nsealed 0 0 00000000\ndamaged 1 2 3 9007199254740993 -\n',
    'recovery-point 1 0 0\nlog-start 0\nclean yes\nsealed 0 0 00000000\nproducers 9999999999999999 00000000\n',
    'recovery-point 1 0 0\nlog-start 0\nclean yes\nsealed 0 0 00000000\nproducers none\n',
    '',
  ])('with the lines %j is not used', (body) => {
    for (const version of [1, 2, 3]) {
      expect(typeof decodeCheckpoint(encodeCheckedText('checkpoint', version, body))).toBe('string')
    }
  })
})

describe('An epoch history', () => {
  it("is written in Kafka's format and read back", () => {
    const history = new EpochHistory()
    history.begin(0, 0)
    history.begin(3, 120)
    expect(history.encode()).toBe('0\n2\n0 0\n3 120\n')
    expect(EpochHistory.parse(history.encode())).toEqual(history)
  })

  it('says where each epoch ended', () => {
    const history = new EpochHistory([
      { epoch: 2, startOffset: 10 },
      { epoch: 5, startOffset: 40 },
    ])
    expect(history.endOffsetFor(1, 90)).toEqual({ epoch: 1, endOffset: 10 })
    expect(new EpochHistory().endOffsetFor(1, 90)).toBeUndefined()
    expect(history.endOffsetFor(2, 90)).toEqual({ epoch: 2, endOffset: 40 })
    expect(history.endOffsetFor(4, 90)).toEqual({ epoch: 2, endOffset: 40 })
    expect(history.endOffsetFor(9, 90)).toEqual({ epoch: 5, endOffset: 90 })
  })

  it('forgets epochs whose records are gone, at either end', () => {
    const entries = [
      { epoch: 1, startOffset: 0 },
      { epoch: 2, startOffset: 10 },
      { epoch: 3, startOffset: 20 },
    ]
    const cut = new EpochHistory(entries)
    expect(cut.truncateEnd(20)).toBe(true)
    expect(cut.entries).toEqual(entries.slice(0, 2))
    expect(cut.truncateEnd(15)).toBe(false)
    const raised = new EpochHistory(entries)
    raised.truncateStart(15)
    expect(raised.entries).toEqual([{ epoch: 2, startOffset: 15 }, entries[2]])
    raised.truncateStart(5)
    expect(raised.entries[0]).toEqual({ epoch: 2, startOffset: 15 })
  })

  it('lets an epoch without records go when the next one begins', () => {
    const history = new EpochHistory([{ epoch: 1, startOffset: 10 }])
    history.begin(2, 10)
    expect(history.entries).toEqual([{ epoch: 2, startOffset: 10 }])
    expect(() => {
      history.begin(2, 30)
    }).toThrow(RangeError)
  })

  it.each([
    '',
    '0',
    '0\n',
    '1\n0\n',
    '0\n2\n1 1\n',
    '0\n2\n1 1\n1 2\n',
    '0\n2\n1 5\n2 5\n',
    '0\n1\n1 -1\n',
    '0\n1\nx 1\n',
    '0\n1\n1 1',
    '0\n1\n99999999999 1\n',
  ])('is not read from %j', (text) => {
    expect(typeof EpochHistory.parse(text)).toBe('string')
  })
})

describe('The hint how far a log is synced', () => {
  it('is the furthest whole slot; with none there is no hint', async () => {
    const disk = new SimFileSystem()
    const file = await disk.open('/hint', 'create')
    expect(await readSyncedEnd(file)).toBeUndefined()
    await file.write([initialSyncedEnd({ offset: 3, segment: 0, position: 300 })], 0)
    await writeSyncedEnd(file, 1, { offset: 5, segment: 0, position: 500 })
    await writeSyncedEnd(file, 2, { offset: 2 ** 40, segment: 7, position: 900 })
    expect(await readSyncedEnd(file)).toEqual({ offset: 2 ** 40, segment: 7, position: 900 })
    await file.write([Buffer.from([1])], 3)
    expect(await readSyncedEnd(file)).toEqual({ offset: 5, segment: 0, position: 500 })
    await file.write([Buffer.from([1])], 515)
    expect(await readSyncedEnd(file)).toBeUndefined()
  })
})

describe('The sum of sealed segments', () => {
  it('is the same whether it goes on from the one before or looks at all of them', () => {
    const seed = process.env['SEALED_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31))
    const random = new SeededRandom(seed)
    const sum = new SealedSum()
    let segments: { baseOffset: number; bytes: number }[] = []
    let next = 0
    let logStart = 0
    for (let step = 0; step < 2_000; step++) {
      const what = random.integer(10)
      if (what < 7) {
        segments.push({ baseOffset: next, bytes: random.integer(1_000) })
        next += 1 + random.integer(50)
      } else if (what < 9) {
        logStart = Math.min(next, logStart + random.integer(30))
      } else {
        segments = segments.filter((_, at) => (segments[at + 1]?.baseOffset ?? Infinity) > logStart)
      }
      const active = segments.at(-1)?.baseOffset ?? 0
      const point = { offset: next, segment: active, position: 0 }
      const expected = sealedSummary(segments, point, logStart)
      expect(sum.of(segments, point, logStart), `seed ${seed}, step ${step}`).toEqual(expected)
    }
  })
})
