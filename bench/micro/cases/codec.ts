// The codecs, on batches of 128 KiB that are as text is and that are as noise is.
import { CODEC_NAMES, compress, decompress, loadCodec } from '../../../src/record/codec.ts'
import type { MicroCase, MicroGroup } from '../case.ts'
import { randomBytes, textLikeBytes } from '../payload.ts'

const BATCH_BYTES = 128 * 1024

export async function codecCases(): Promise<MicroGroup> {
  const inputs = { text: textLikeBytes(BATCH_BYTES), noise: randomBytes(BATCH_BYTES) }
  const cases: MicroCase[] = []
  for (const codec of CODEC_NAMES) {
    if (codec === 'none') continue
    await loadCodec(codec)
    for (const [kind, bytes] of Object.entries(inputs)) {
      const packed = compress(codec, bytes)
      const unpacked = decompress(codec, packed, BATCH_BYTES)
      if (!unpacked.equals(bytes)) throw new Error(`${codec} gave other bytes back`)
      const both = { ceiling: 'copy', units: BATCH_BYTES } as const
      cases.push(
        { name: `${codec} compress ${kind}`, ...both, run: () => compress(codec, bytes) },
        {
          name: `${codec} decompress ${kind}`,
          ...both,
          run: () => decompress(codec, packed, BATCH_BYTES),
        },
      )
    }
  }
  return { cases }
}
