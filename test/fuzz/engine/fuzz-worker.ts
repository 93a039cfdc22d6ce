// The thread in which inputs run: a decoder that never ends hangs here, and who started it can see on what.
import './install-counters.ts'

import { parentPort, workerData } from 'node:worker_threads'
import { ALL_TARGETS } from '../targets/all-targets.ts'
import { AllocationMeter } from './allocation-meter.ts'
import { BranchMap } from './branch-map.ts'
import { FuzzLoop } from './fuzz-loop.ts'
import type { TargetResult, WorkerTask } from './worker-task.ts'

const { targets, branches, counters, limits, witness } = workerData as WorkerTask
// Refusals are errors by the million; their stacks would cost more than what is looked for.
Error.stackTraceLimit = 0
const meter = new AllocationMeter()
meter.install()
const [beats, length] = [new Int32Array(witness, 0, 1), new Int32Array(witness, 4, 1)]
const shown = Buffer.from(witness, 8)
/** Modules are loaded once, for all targets. */
const whenLoaded = Uint32Array.from(counters)

for (const { name, known } of targets) {
  const target = ALL_TARGETS.find((one) => one.name === name)
  if (target === undefined) throw new Error(`there is no target ${name}`)
  const indexes = branches.flatMap(({ file }, index) =>
    target.decoders.includes(file) ? [index] : [],
  )
  counters.set(whenLoaded)
  const loop = new FuzzLoop(target, limits, {
    map: new BranchMap(counters, indexes),
    meter,
    witness: (input) => {
      beats[0] = (beats[0] as number) + 1
      length[0] = input.copy(shown)
    },
  })
  await target.prepare?.()
  const result = await loop.run(known.map((text) => Buffer.from(text, 'base64')))
  await target.end?.()
  const message: TargetResult = { name, ...result }
  parentPort?.postMessage(message)
}
