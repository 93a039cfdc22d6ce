// `npm run build`: installs when needed and compiles src to dist.
import { buildIfNeeded, installIfNeeded, requireNode20 } from './lib/tools.mjs'

requireNode20()
installIfNeeded()
buildIfNeeded({ force: true })
