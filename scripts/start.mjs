// `npm start [-- flags]`: installs and builds when needed, then runs the broker in this process.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildIfNeeded, installIfNeeded, requireNode20, root } from './lib/tools.mjs'

requireNode20()
installIfNeeded()
buildIfNeeded()
process.argv.splice(1, process.argv.length - 1, join(root, 'dist', 'cli', 'main.js'), 'start', ...process.argv.slice(2))
await import(pathToFileURL(join(root, 'dist', 'cli', 'main.js')).href)
