// `npm test [-- vitest arguments]`: installs what the tests need, builds, and runs them all.
import { declareTypesIfNeeded } from './lib/declarations.mjs'
import { buildIfNeeded, installIfNeeded, requireNode20, runTool } from './lib/tools.mjs'

requireNode20()
installIfNeeded()
await buildIfNeeded()
declareTypesIfNeeded()
runTool('vitest', ['run', ...process.argv.slice(2)])
