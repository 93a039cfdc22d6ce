// `npm run check:package`: packs varve, lets publint and attw look at the tarball, and uses it from an empty project into which
// npm installs it with all that it needs (so it takes a registry, or npm's cache).
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installIfNeeded, requireNode20, runProgram, runTool } from './lib/tools.mjs'

requireNode20()
installIfNeeded()
const folder = mkdtempSync(join(tmpdir(), 'varve-package-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
// Builds first: `prepack`.
runProgram('npm', ['pack', '--pack-destination', folder, '--loglevel=error'])
const tarball = join(folder, readdirSync(folder)[0])
runTool('publint', ['run', '--strict', tarball])
// The package is ESM only; what its users write is in docs/CLIENT.md.
runTool('attw', [tarball, '--profile', 'esm-only', '--format', 'ascii'])
runTool('vitest', ['run', 'test/package'], {
  env: { ...process.env, PACKAGE_TARBALL: tarball, PACKAGE_INSTALL: 'npm' },
})
