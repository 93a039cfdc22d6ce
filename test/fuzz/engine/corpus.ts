// The inputs that are kept in git: for each target those that reach what was ever reached, and those that once failed, which are never
// dropped. A line is an input in base64; a line that begins with `#` says what the one below it once did.
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const DIRECTORY = fileURLToPath(new URL('../corpus/', import.meta.url))

export interface Corpus {
  readonly inputs: readonly string[]
  /** With what was wrong. */
  readonly failed: readonly { readonly why: string; readonly input: string }[]
}

export async function readCorpus(target: string): Promise<Corpus> {
  const inputs: string[] = []
  const failed: { why: string; input: string }[] = []
  let why: string | undefined
  const text = await readFile(pathOf(target), 'utf8').catch(() => '')
  for (const line of text.split('\n').filter((one) => one !== '')) {
    if (line.startsWith('#')) why = line.slice(1).trim()
    else if (why === undefined) inputs.push(line)
    else {
      failed.push({ why, input: line })
      why = undefined
    }
  }
  return { inputs, failed }
}

export async function writeCorpus(target: string, { inputs, failed }: Corpus): Promise<void> {
  const lines = [...failed.flatMap(({ why, input }) => [`# ${why}`, input]), ...inputs]
  await writeFile(pathOf(target), `${lines.join('\n')}\n`)
}

function pathOf(target: string): string {
  return `${DIRECTORY}${target}.txt`
}
