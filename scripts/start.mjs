// `npm start [-- flags]`: installs and builds when needed, then runs the broker in this process.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildIfNeeded, installIfNeeded, requireNode20, root } from './lib/tools.mjs'

requireNode20()
installIfNeeded()
await buildIfNeeded()
const main = join(root, 'dist', 'server', 'main.js')
process.argv.splice(1, process.argv.length - 1, main, 'start', ...process.argv.slice(2))
await import(pathToFileURL(main).href)
