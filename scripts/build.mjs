// `npm run build`: installs when needed, bundles src to dist and adds the type declarations.
import { declareTypes } from './lib/declarations.mjs'
import { buildIfNeeded, installIfNeeded, requireNode20 } from './lib/tools.mjs'

requireNode20()
installIfNeeded()
await buildIfNeeded({ force: true })
declareTypes()
