// Bytes from outside in every form. Whatever they are, only VarveErrors come out, outputs stay within their bounds, and
// what is accepted can be decoded. FUZZ_RUNS and FUZZ_SEED choose how much and what; a failure names both.
import { beforeAll, describe, expect, it } from 'vitest'
import { isVarveError } from '../../src/domain/error.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { readBatchHeader } from '../../src/record/batch-header.ts'
import {
  CODEC_NAMES,
  type CodecName,
  compress,
  decompress,
  loadCodec,
} from '../../src/record/codec.ts'
import { decompressLz4 } from '../../src/record/codec-lz4.ts'
import { crc32c } from '../../src/record/crc32c.ts'
import { batchTimestamps, decodeBatch } from '../../src/record/decode-batch.ts'
import { encodeBatch } from '../../src/record/encode-batch.ts'
import { eachBatch, inspectStoredBatch } from '../../src/record/stored-batch.ts'
import { validateBatch } from '../../src/record/validate-batch.ts'

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 3000)
const COMPRESSED_RUNS = Math.ceil(RUNS / 3)
const SEED = process.env['FUZZ_SEED'] ?? String(Math.floor(Math.random() * 2 ** 32))
const OUTPUT_BYTES_MAX = 256 * 1024
const RULES = {
  validation: 'full',
  maxBytes: 1_048_588,
  timestampType: 'CreateTime',
  nowMs: 1_700_000_000_000,
  beforeMaxMs: Infinity,
  afterMaxMs: Infinity,
} as const

/** Values that limits and signs are sensitive to. */
const EDGES = [0, 1, 2, 0x0f, 0x10, 0x3f, 0x40, 0x7f, 0x80, 0x81, 0xfe, 0xff]

const outcomes = new Map<string, number>()

/** Runs it; returns undefined for an expected failure, and lets any other one through. */
function attempt<T>(action: () => T): T | undefined {
  try {
    const result = action()
    outcomes.set('accepted', (outcomes.get('accepted') ?? 0) + 1)
    return result
  } catch (error) {
    if (!isVarveError(error)) throw error
    outcomes.set(error.code, (outcomes.get(error.code) ?? 0) + 1)
    return undefined
  }
}

function report(what: string, runs: number): void {
  const counts = Array.from(outcomes, ([code, count]) => `${code} ${count}`).sort()
  console.log(`fuzz ${what}: ${runs} runs, seed ${SEED}: ${counts.join(', ')}`)
  outcomes.clear()
}

function pick<T>(random: SeededRandom, items: readonly T[]): T {
  return items[random.integer(items.length)] as T
}

/** One to a few changes: bits, bytes, cut, grown, a stretch repeated or overwritten. */
function mutate(random: SeededRandom, original: Buffer, from = 0): Buffer {
  let bytes = Buffer.from(original)
  const changes = 1 + random.integer(4)
  for (let change = 0; change < changes && bytes.length > from; change++) {
    const position = from + random.integer(bytes.length - from)
    switch (random.integer(7)) {
      case 0:
      case 1:
        bytes[position] = (bytes[position] ?? 0) ^ (1 << random.integer(8))
        break
      case 2:
      case 3:
        bytes[position] = pick(random, EDGES)
        break
      case 4:
        bytes = Buffer.from(bytes.subarray(0, position))
        break
      case 5:
        bytes = Buffer.concat([bytes, random.bytes(1 + random.integer(40))])
        break
      default: {
        const length = 1 + random.integer(Math.min(16, bytes.length - position))
        bytes.fill(pick(random, EDGES), position, position + length)
      }
    }
  }
  return bytes
}

/** Makes length and CRC right again, so that what is behind them gets its turn. */
function seal(bytes: Buffer): Buffer {
  if (bytes.length < 61) return bytes
  bytes.writeInt32BE(bytes.length - 12, 8)
  bytes.writeUInt8(2, 16)
  bytes.writeUInt32BE(crc32c(bytes.subarray(21)), 17)
  return bytes
}

function originals(): { readonly name: CodecName; readonly batch: Buffer }[] {
  const records = Array.from({ length: 12 }, (_, index) => ({
    timestampMs: 1_700_000_000_000 + index * 1000,
    key: index % 3 === 0 ? null : Buffer.from(`key ${index}`),
    value: Buffer.from(`${index} `.repeat(index * 7)),
    headers:
      index % 4 === 0
        ? [
            { key: 'h', value: null },
            { key: 'i', value: Buffer.from('v') },
          ]
        : [],
  }))
  return CODEC_NAMES.map((name) => ({ name, batch: encodeBatch(records, { codec: name }) }))
}

function everything(bytes: Buffer): void {
  attempt(() => readBatchHeader(bytes))
  const inspected = inspectStoredBatch(bytes, 0, bytes.length)
  expect(['valid', 'incomplete', 'invalid']).toContain(inspected.kind)
  attempt(() => Array.from(eachBatch(bytes)).length)
  attempt(() => Array.from(batchTimestamps(bytes)).length)
  const decoded = attempt(() => Array.from(decodeBatch(bytes)).length)
  attempt(() => validateBatch(bytes, { ...RULES, validation: 'header' }))
  const accepted = attempt(() => validateBatch(bytes, RULES))
  if (accepted === undefined) return
  // What the door lets in can be stored, found again and read, record for record.
  const offset = accepted.baseOffset
  if (Number.isSafeInteger(offset) && offset >= 0 && Number.isSafeInteger(accepted.lastOffset)) {
    expect(inspected.kind).toBe('valid')
    expect(decoded).toBe(accepted.recordCount)
  }
}

beforeAll(async () => {
  for (const name of CODEC_NAMES) await loadCodec(name)
})

function withSeed(run: number, action: () => void): void {
  try {
    action()
  } catch (cause) {
    throw new Error(`run ${run}: repeat with FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS}`, { cause })
  }
}

describe('record batches, fuzzed', () => {
  it('end in coded errors when their bytes are changed', () => {
    const random = new SeededRandom(`${SEED} batches`)
    const batches = originals()
    for (let run = 0; run < RUNS; run++) {
      const { batch } = pick(random, batches)
      // Changes of the header, of the records, and both; three in four with a right length and CRC.
      const changed = mutate(random, batch, random.integer(3) === 0 ? 21 : 61)
      const bytes = random.integer(4) === 0 ? changed : seal(changed)
      withSeed(run, () => {
        everything(bytes)
      })
    }
    report('changed batches', RUNS)
  })

  it('end in coded errors when records inside compressed batches are changed', () => {
    const random = new SeededRandom(`${SEED} compressed`)
    const plain = encodeBatch(Array.from(decodeBatch(originals()[0]?.batch ?? Buffer.alloc(0))))
    for (let run = 0; run < COMPRESSED_RUNS; run++) {
      const name = pick(random, CODEC_NAMES)
      const changed = mutate(random, plain, 61)
      if (changed.length <= 61) continue
      const header = Buffer.from(changed.subarray(0, 61))
      header.writeUInt16BE(CODEC_NAMES.indexOf(name), 21)
      const bytes = seal(Buffer.concat([header, compress(name, changed.subarray(61))]))
      withSeed(run, () => {
        everything(bytes)
      })
    }
    report('changed records in compressed batches', COMPRESSED_RUNS)
  })

  it('end in coded errors when they are random', () => {
    const random = new SeededRandom(`${SEED} random`)
    for (let run = 0; run < RUNS; run++) {
      const bytes = Buffer.from(random.bytes(random.integer(200)))
      if (random.integer(2) === 0 && bytes.length >= 61) {
        bytes.writeUInt16BE(random.integer(5), 21)
        seal(bytes)
      }
      withSeed(run, () => {
        everything(bytes)
      })
    }
    report('random bytes', RUNS)
  })
})

describe('codecs, fuzzed', () => {
  it.each(CODEC_NAMES)('%s ends in a coded error or within its bounds', (name) => {
    const random = new SeededRandom(`${SEED} ${name}`)
    const text = Buffer.from(Array.from({ length: 300 }, (_, i) => `${i * 31} and `).join(''))
    const inputs = [text, text.subarray(0, 10), Buffer.from(random.bytes(3000)), Buffer.alloc(9000)]
    const compressed = inputs.map((input) => compress(name, input))
    for (let run = 0; run < COMPRESSED_RUNS; run++) {
      const bytes =
        random.integer(5) === 0
          ? Buffer.from(random.bytes(random.integer(300)))
          : mutate(random, pick(random, compressed), random.integer(2) === 0 ? 0 : 4)
      withSeed(run, () => {
        const content = attempt(() => decompress(name, bytes, OUTPUT_BYTES_MAX))
        expect(content?.length ?? 0).toBeLessThanOrEqual(OUTPUT_BYTES_MAX)
        if (name !== 'lz4') return
        const portable = attempt(() => decompressLz4(bytes, OUTPUT_BYTES_MAX, 'portable'))
        // Where both sources accept a frame, they agree on it.
        if (content !== undefined && portable !== undefined) {
          expect(portable.equals(content)).toBe(true)
        }
      })
    }
    report(name, COMPRESSED_RUNS)
  })
})
