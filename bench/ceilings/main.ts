// What this machine does at best for bytes that varve moves: the same ways without varve.
//   npm run bench:ceilings [-- --mib 400 --seconds 3 --message-kib 128 --directory . --only grpc]
import { setHeapHeadroom } from '../../src/platform/heap-headroom.ts'
import { environmentLine } from '../lib/environment.ts'
import { toldOptions } from '../lib/told-options.ts'
import { CEILINGS } from './all-ceilings.ts'

const values = toldOptions({
  mib: { type: 'string', default: '400' },
  seconds: { type: 'string', default: '3' },
  'message-kib': { type: 'string', default: '128' },
  directory: { type: 'string', default: '.' },
  only: { type: 'string', default: '' },
})

setHeapHeadroom()
console.log(environmentLine())
console.log(`messages of ${values['message-kib']} KiB; processor time in seconds a GB`)
const heads = ['MB/s', 'client', 'server']
console.log(`${''.padEnd(32)} ${heads.map((head) => head.padStart(9)).join('')}`)
for (const ceiling of CEILINGS) {
  if (!ceiling.name.includes(values.only)) continue
  const { bytes, seconds, cpuSeconds } = await ceiling.run({
    bytes: Number(values.mib) * 2 ** 20,
    seconds: Number(values.seconds),
    messageBytes: Number(values['message-kib']) * 1024,
    directory: values.directory,
  })
  const figures = [
    (bytes / seconds / 1e6).toFixed(0),
    ((cpuSeconds.client / bytes) * 1e9).toFixed(2),
    ((cpuSeconds.server / bytes) * 1e9).toFixed(2),
  ]
  console.log(`${ceiling.name.padEnd(32)} ${figures.map((figure) => figure.padStart(9)).join('')}`)
}
