// Puts a mutant's bug into the source while tests load it. For configurations of vitest that are made for mutants alone.
import { relative } from 'node:path'
import type { Plugin } from 'vitest/config'
import { type Mutant, mutate } from './mutant.ts'

/**
 * @param root of the repository.
 * @param onLoaded told of each file that was loaded with its bug in it.
 */
export function mutantPlugin(
  mutant: Mutant,
  root: string,
  onLoaded: (file: string) => void = () => undefined,
): Plugin {
  return {
    name: `mutant ${mutant.name}`,
    enforce: 'pre',
    transform(code, id) {
      const file = relative(root, id.split('?')[0] ?? id)
      const mutated = mutate(mutant, file, code)
      if (mutated === undefined) return null
      onLoaded(file)
      return { code: mutated, map: null }
    },
  }
}
