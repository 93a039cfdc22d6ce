// The version of this package.
import { createRequire } from 'node:module'

/** From package.json, which lies as far above src/server as above the bundled files of dist. */
export function packageVersion(): string {
  const manifest = createRequire(import.meta.url)('../../package.json') as { version: string }
  return manifest.version
}
