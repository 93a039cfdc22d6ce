// The type declarations of the package: those of its entries and what they refer to, and no others.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { root, runTool } from './tools.mjs'

const ENTRIES = ['index.d.ts', 'client/index.d.ts']
/** `from './x.ts'` and `import('./x.ts')`, as the compiler leaves them in declarations. */
const RELATIVE_IMPORT = /((?:from|import)\s*\(?\s*['"])(\.{1,2}\/[^'"]+)\.ts(?=['"])/g
/** The declarations name Buffer and AbortSignal; a program that names no types itself gets none of its own accord. */
const NODE_TYPES = '/// <reference types="node" />\n'

/** Adds them to dist unless they are there since it was built. */
export function declareTypesIfNeeded() {
  if (!existsSync(join(root, 'dist', ENTRIES[0]))) declareTypes()
}

/** Adds them to dist. */
export function declareTypes() {
  const made = mkdtempSync(join(tmpdir(), 'varve-types-'))
  try {
    runTool('tsc', ['-p', 'tsconfig.build.json', '--outDir', made], { stdio: ['ignore', 2, 2] })
    const waiting = ENTRIES.map((name) => join(made, name))
    const taken = new Set(waiting)
    for (const path of waiting) {
      const text = readFileSync(path, 'utf8')
      for (const [, , target] of text.matchAll(RELATIVE_IMPORT)) {
        const next = `${resolve(dirname(path), target)}.d.ts`
        if (!taken.has(next)) waiting.push(next)
        taken.add(next)
      }
      const name = relative(made, path)
      const file = join(root, 'dist', name)
      mkdirSync(dirname(file), { recursive: true })
      const head = ENTRIES.includes(name) ? NODE_TYPES : ''
      writeFileSync(file, head + text.replace(RELATIVE_IMPORT, '$1$2.js'))
    }
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}
