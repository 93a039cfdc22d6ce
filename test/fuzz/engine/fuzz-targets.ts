// Fuzzes targets one after the other in a thread of its own, and ends the thread when an input does not come back.
import { Worker } from 'node:worker_threads'
import type { InstrumentedBuild } from './build-instrumented.ts'
import { readCorpus } from './corpus.ts'
import type { FuzzLimits } from './fuzz-loop.ts'
import type { TargetResult, WorkerTask } from './worker-task.ts'

/** So long nothing but one input runs: it never ends, or so late that it is the same. */
const HANG_MS = 30_000
const WITNESS_BYTES = 2 * 1024 * 1024

/** @param onResult called for each target when it is done */
export async function fuzzTargets(
  build: InstrumentedBuild,
  names: readonly string[],
  limits: FuzzLimits,
  onResult: (result: TargetResult) => void,
): Promise<void> {
  const witness = new SharedArrayBuffer(8 + WITNESS_BYTES)
  const targets = []
  for (const name of names) {
    const { inputs, failed } = await readCorpus(name)
    targets.push({ name, known: [...failed.map(({ input }) => input), ...inputs] })
  }
  const counters = new Uint32Array(build.branches.length)
  const task: WorkerTask = { targets, branches: build.branches, counters, limits, witness }
  const worker = new Worker(build.entry, { workerData: task, execArgv: [] })
  let watch: NodeJS.Timeout | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', onResult)
      worker.once('error', reject)
      worker.once('exit', (code) => {
        if (code === 0) resolve()
        else reject(new Error(`the thread of the fuzzer ended with ${code}`))
      })
      watch = watchBeats(witness, (input) => {
        reject(new Error(`an input hangs (seed ${limits.seed}): ${input}`))
      })
    })
  } finally {
    clearInterval(watch)
    await worker.terminate()
  }
}

function watchBeats(witness: SharedArrayBuffer, onHang: (input: string) => void): NodeJS.Timeout {
  const [beats, length] = [new Int32Array(witness, 0, 1), new Int32Array(witness, 4, 1)]
  let last = 0
  let since = performance.now()
  return setInterval(() => {
    const now = performance.now()
    const beat = beats[0] ?? 0
    if (beat !== last || beat === 0) since = now
    last = beat
    if (now - since > HANG_MS) onHang(Buffer.from(witness, 8, length[0]).toString('base64'))
  }, 500)
}
