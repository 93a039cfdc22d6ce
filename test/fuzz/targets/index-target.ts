// The two indexes of a segment: whatever they hold, a search ends, reads within the file, and finds what a search from the front finds
// wherever the entries rise as they should. The first byte says which index and which entry is looked for.
import { isDeepStrictEqual } from 'node:util'
import { IndexCache } from '../../../src/storage/file/index-cache.ts'
import {
  decodeOffsetEntries,
  decodeTimeEntries,
  encodeOffsetEntries,
  encodeTimeEntries,
} from '../../../src/storage/file/index-entries.ts'
import { floorOffsetEntry, lastTimeEntryBelow } from '../../../src/storage/file/index-lookup.ts'
import { BytesFile } from '../engine/bytes-file.ts'
import { type FuzzTarget, mustHold } from '../engine/fuzz-target.ts'

const BASE_OFFSET = 1000

export const indexes: FuzzTarget = {
  name: 'indexes',
  decoders: [
    'src/storage/file/index-entries.ts',
    'src/storage/file/index-lookup.ts',
    'src/storage/file/index-cache.ts',
  ],
  seeds: () => {
    const places = Array.from({ length: 8 }, (_, at) => at)
    const many = Array.from({ length: 600 }, (_, at) => at)
    const offsets = (list: readonly number[]): Buffer =>
      encodeOffsetEntries(
        list.map((at) => ({ offset: BASE_OFFSET + at * 7, position: at * 4096 })),
        BASE_OFFSET,
      )
    const times = (list: readonly number[]): Buffer =>
      encodeTimeEntries(
        list.map((at) => ({ timestampMs: 10 ** 12 + at * 5, offset: BASE_OFFSET + at * 7 })),
        BASE_OFFSET,
      )
    return [
      ...[offsets(places), offsets(many)].map((bytes) => Buffer.concat([Buffer.of(6), bytes])),
      ...[times(places), times(many)].map((bytes) => Buffer.concat([Buffer.of(7), bytes])),
    ]
  },
  bytesMax: 8192,
  allocatedBytesMax: (bytes) => 64 * 1024 + 16 * bytes,
  run: async (input) => {
    const choice = input[0] ?? 0
    const bytes = input.subarray(1)
    const isTime = (choice & 1) === 1
    const entryBytes = isTime ? 12 : 8
    const whole = bytes.length - (bytes.length % entryBytes)
    const file = new BytesFile(bytes)
    const index = { file, path: '/index', baseOffset: BASE_OFFSET, bytes: whole }
    const cache = new IndexCache((choice & 2) === 0 ? 100 : 2 ** 20)
    if (isTime)
      await checkTimes(bytes, choice >> 1, (wanted) => lastTimeEntryBelow(cache, index, wanted))
    else {
      // About where the offsets end may be known, truly or not.
      const endOffset = (choice & 4) === 0 ? undefined : BASE_OFFSET + 5_000
      await checkOffsets(bytes, choice >> 1, (wanted) =>
        floorOffsetEntry(cache, index, wanted, endOffset),
      )
    }
    cache.drop('/index')
    mustHold(cache.bytes === 0, 'nothing is kept of what was dropped')
  },
}

async function checkOffsets(
  bytes: Buffer,
  choice: number,
  find: (
    offset: number,
  ) => Promise<{ readonly offset: number; readonly position: number } | undefined>,
): Promise<void> {
  const entries = decodeOffsetEntries(bytes, BASE_OFFSET)
  const whole = bytes.subarray(0, entries.length * 8)
  mustHold(encodeOffsetEntries(entries, BASE_OFFSET).equals(whole), 'entries have one form')
  const wanted = (entries[choice % Math.max(1, entries.length)]?.offset ?? BASE_OFFSET) + 1
  const rises = entries.every(({ offset }, at) => offset > (entries[at - 1]?.offset ?? -1))
  const found = await find(wanted)
  const [again] = await Promise.all([find(wanted), find(wanted)])
  if (found !== undefined) mustHold(found.offset <= wanted, 'what is found is not behind')
  if (!rises) return
  mustHold(isDeepStrictEqual(found, again), 'a search finds the same twice')
  const expected = entries.findLast(({ offset }) => offset <= wanted)
  mustHold(isDeepStrictEqual(found, expected), 'a search finds what lies there')
}

async function checkTimes(
  bytes: Buffer,
  choice: number,
  find: (
    timestampMs: number,
  ) => Promise<{ readonly timestampMs: number; readonly offset: number } | undefined>,
): Promise<void> {
  const entries = decodeTimeEntries(bytes, BASE_OFFSET)
  const isExact = entries.every(({ timestampMs }) => Number.isSafeInteger(timestampMs))
  const whole = bytes.subarray(0, entries.length * 12)
  if (isExact)
    mustHold(encodeTimeEntries(entries, BASE_OFFSET).equals(whole), 'entries have one form')
  const wanted = entries[choice % Math.max(1, entries.length)]?.timestampMs ?? 5
  const rises = entries.every(
    ({ timestampMs }, at) => timestampMs > (entries[at - 1]?.timestampMs ?? -Infinity),
  )
  const found = await find(wanted)
  if (found !== undefined) mustHold(found.timestampMs < wanted, 'what is found lies before')
  if (!rises) return
  const expected = entries.findLast(({ timestampMs }) => timestampMs < wanted)
  mustHold(isDeepStrictEqual(found, expected), 'a search finds what lies there')
}
