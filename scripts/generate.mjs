// `npm run generate`: TypeScript types of the wire messages from proto/, into src/protocol/grpc/generated.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, runTool } from './lib/tools.mjs'

const out = join(root, 'src', 'protocol', 'grpc', 'generated')
rmSync(out, { recursive: true, force: true })
runTool('proto-loader-gen-types', [
  'varve/v1/log.proto',
  'varve/v1/admin.proto',
  'google/rpc/status.proto',
  'google/rpc/error_details.proto',
  '--longs=Number',
  '--enums=String',
  '--defaults',
  '--oneofs',
  '--grpcLib=@grpc/grpc-js',
  '--targetFileExtension=.ts',
  '--importFileExtension=.ts',
  `--outDir=${out}`,
  '--includeDirs=proto',
])
// These two files hold no service: what the tool writes for them is an empty shell.
for (const name of ['status.ts', 'error_details.ts']) rmSync(join(out, name), { force: true })
