import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleText } from './sample-text.ts'
import {
  type BrokerProcess,
  startBroker,
  stopBroker,
  temporaryFolder,
  varveOk,
} from './varve-process.ts'

const SEED = 20_260_101
const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const

let broker: BrokerProcess
let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  folder = await temporaryFolder()
  broker = await startBroker(['--data-dir', join(folder.path, 'data')])
})
afterAll(async () => {
  await stopBroker(broker)
  await folder.remove()
})

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Lines with their numbers as keys, so that the order can be had back from any number of partitions. */
function numbered(text: Buffer): Buffer {
  const parts: Buffer[] = []
  let start = 0
  for (let line = 0; start < text.length; line++) {
    const end = text.indexOf(10, start) + 1
    parts.push(Buffer.from(`${String(line).padStart(9, '0')}\t`), text.subarray(start, end))
    start = end
  }
  return Buffer.concat(parts)
}

/** Undoes `numbered` after the lines came out in any order. */
function inOrder(numberedText: Buffer): Buffer {
  const lines = new Map<number, Buffer>()
  let start = 0
  while (start < numberedText.length) {
    const end = numberedText.indexOf(10, start) + 1
    const number = Number(numberedText.toString('latin1', start, start + 9))
    if (lines.has(number)) throw new Error(`line ${number} came twice`)
    lines.set(number, numberedText.subarray(start + 10, end))
    start = end
  }
  return Buffer.concat(
    Array.from({ length: lines.size }, (_, line) => lines.get(line) ?? Buffer.alloc(0)),
  )
}

async function throughTopic(
  text: Buffer,
  topic: { readonly name: string; readonly partitions: number; readonly codec: string },
): Promise<Buffer> {
  const options = { broker: broker.address }
  await varveOk(['topic', 'create', topic.name, '--partitions', String(topic.partitions)], options)
  const path = join(folder.path, 'input')
  const isSpread = topic.partitions > 1
  await writeFile(path, isSpread ? numbered(text) : text)
  const separator = isSpread ? ['--key-separator', '\\t'] : []
  await varveOk(
    ['produce', topic.name, '--file', path, '--compression', topic.codec, ...separator],
    options,
  )
  const format = isSpread ? ['--format', '%k\\t%v\\n'] : []
  const { bytes } = await varveOk(['consume', topic.name, '--until-end', ...format], options)
  await varveOk(['topic', 'delete', topic.name], options)
  return isSpread ? inOrder(bytes) : bytes
}

describe('a large file comes out byte for byte', () => {
  it('of a million lines, over 1 and over 12 partitions', async () => {
    const text = sampleText(1_000_000, SEED)
    console.log(`a million lines, ${text.length} bytes, seed ${SEED}`)
    for (const partitions of [1, 12]) {
      const name = `million-${partitions}`
      const read = await throughTopic(text, { name, partitions, codec: 'none' })
      expect(digest(read)).toBe(digest(text))
    }
  }, 180_000)

  it.each(CODECS)(
    'of a hundred thousand lines over 1 and 12 partitions with %s',
    async (codec) => {
      const text = sampleText(100_000, SEED)
      for (const partitions of [1, 12]) {
        const read = await throughTopic(text, { name: `${codec}-${partitions}`, partitions, codec })
        expect(digest(read)).toBe(digest(text))
      }
    },
    120_000,
  )
})
