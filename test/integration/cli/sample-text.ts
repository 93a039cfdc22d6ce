// Text for tests: the same for the same seed, with lines as real files have them: empty, short, long, with umlauts, tabs,
// \r, and bytes that are no UTF-8.
import { SeededRandom } from '../../../src/platform/seeded-random.ts'

const WORDS =
  'the varve of a lake holds one year; sand in spring, clay in winter — für immer geschichtet'
    .split(' ')
    .map((word) => `${word} `)

/** `lines` lines, each with its \n. */
export function sampleText(lines: number, seed: number): Buffer {
  const random = new SeededRandom(seed)
  const parts: Buffer[] = []
  for (let line = 0; line < lines; line++) {
    const kind = random.integer(200)
    if (kind === 0) parts.push(Buffer.of(10))
    else if (kind === 1) parts.push(Buffer.from([0xff, 0xfe, 0, 9, 0xc3, 10]))
    else parts.push(Buffer.from(textLine(line, kind, random)))
  }
  return Buffer.concat(parts)
}

function textLine(line: number, kind: number, random: SeededRandom): string {
  let text = `${line} `
  const words = kind === 2 ? 500 : 1 + random.integer(15)
  for (let word = 0; word < words; word++) text += WORDS[random.integer(WORDS.length)] ?? ''
  return kind === 3 ? `${text}\r\n` : `${text}\n`
}

/** The lines of a text as strings that can be compared and sorted, one character a byte. */
export function latin1Lines(bytes: Buffer): string[] {
  const lines = bytes.toString('latin1').split('\n')
  if (lines.pop() !== '') throw new Error('the text does not end with a newline')
  return lines
}
