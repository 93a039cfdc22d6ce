// Wrote the files varve-*.bin of this folder, once: npx tsx test/golden/record-batches/make-own.ts OUTPUT_FOLDER
// The records are those of RECORDS in make-foreign.py, which then writes the expected records of these batches too.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CODEC_NAMES, loadCodec } from '../../../src/record/codec.ts'
import { encodeBatch, type RecordInput } from '../../../src/record/encode-batch.ts'

const BASE_TIMESTAMP_MS = 1_700_000_000_000
const WORDS = 'the log is a sequence of records ordered by time '

function records(): RecordInput[] {
  const given: RecordInput[] = [
    { timestampMs: BASE_TIMESTAMP_MS, key: null, value: null },
    { timestampMs: BASE_TIMESTAMP_MS + 5, key: Buffer.alloc(0), value: Buffer.alloc(0) },
    { timestampMs: BASE_TIMESTAMP_MS - 1000, key: Buffer.from('key'), value: Buffer.from('value') },
    {
      timestampMs: BASE_TIMESTAMP_MS + 86_400_000,
      key: Buffer.from('schlüssel'),
      value: Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
      headers: [
        { key: 'first', value: Buffer.from('1') },
        { key: 'größe', value: null },
        { key: '', value: Buffer.alloc(0) },
      ],
    },
  ]
  for (let index = 0; index < 30; index++) {
    given.push({
      timestampMs: BASE_TIMESTAMP_MS + index,
      key: Buffer.from(`k${index % 7}`),
      value: Buffer.from(`${index}: ${WORDS.repeat(50)}`),
    })
  }
  return given
}

const folder = process.argv[2]
if (folder === undefined) throw new Error('give the folder to write to')
for (const codec of CODEC_NAMES) {
  await loadCodec(codec)
  writeFileSync(join(folder, `varve-${codec}.bin`), encodeBatch(records(), { codec }))
}
