// A process that takes the lock at the path of its first argument, says `held` or the code of the refusal on standard
// output, and stays until it is killed or its standard input ends; then it releases. With a second argument it waits
// for that file to exist first, so that several can start at the same moment.
import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { isVarveError } from '../../src/domain/error.ts'
import { NodeFileSystem } from '../../src/platform/node-file-system.ts'

const [path = '', signal] = process.argv.slice(2)
process.stdout.write('ready\n')
while (signal !== undefined && !existsSync(signal)) await pause(1)
try {
  const lock = await new NodeFileSystem().lock(path)
  process.stdout.write('held\n')
  process.stdin.resume()
  await new Promise((resolve) => process.stdin.once('end', resolve))
  await lock.release()
} catch (error) {
  if (!isVarveError(error)) throw error
  process.stdout.write(`${error.code} ${error.details['pid'] ?? ''}\n`)
}
