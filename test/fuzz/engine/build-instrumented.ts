// Makes a folder of JavaScript in which the decoders carry counters: the fuzzer's entry and all that it imports from this repository.
// Plain Node runs it, so neither a loader nor a test runner stands between an input and what it meets.
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Branch, instrument, toJavaScript } from './instrument.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

export interface InstrumentedBuild extends AsyncDisposable {
  /** The JavaScript of the entry. */
  readonly entry: string
  readonly branches: readonly Branch[]
}

const RELATIVE_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'(\.{1,2}\/[^']+\.ts)'/g

/**
 * @param entry a module, from the root of the repository
 * @param counted says of which modules (from the root) the branches are counted
 */
export async function buildInstrumented(
  entry: string,
  counted: (file: string) => boolean,
): Promise<InstrumentedBuild> {
  const directory = await mkdtemp(join(tmpdir(), 'varve-fuzz-'))
  const branches: Branch[] = []
  const files = new Set([entry])
  for (const file of files) {
    const source = await readFile(join(ROOT, file), 'utf8')
    for (const [, path = ''] of source.matchAll(RELATIVE_IMPORT)) {
      files.add(resolve('/', dirname(file), path).slice(1))
    }
    const isCounted = counted(file)
    const code = isCounted ? instrument(source, file, branches) : toJavaScript(source, file)
    const path = join(directory, file.replace(/\.ts$/, '.js'))
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, code)
  }
  await writeFile(join(directory, 'package.json'), '{"type":"module"}\n')
  await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'))
  return {
    entry: join(directory, entry.replace(/\.ts$/, '.js')),
    branches,
    [Symbol.asyncDispose]: async () => {
      await rm(directory, { recursive: true, force: true })
    },
  }
}
