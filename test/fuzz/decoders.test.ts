// The decoders under the fuzzer (test/fuzz/engine), for a moment each: what was ever found comes first, then whatever chance brings.
// DECODER_FUZZ_SECONDS is the time for each target, DECODER_FUZZ_SEED repeats a run; `npm run fuzz` is the same for long.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildInstrumented, type InstrumentedBuild } from './engine/build-instrumented.ts'
import { coverageOf } from './engine/fuzz-coverage.ts'
import { fuzzTargets } from './engine/fuzz-targets.ts'
import type { TargetResult } from './engine/worker-task.ts'
import { ALL_TARGETS, isDecoder, WORKER_ENTRY } from './targets/all-targets.ts'

const SECONDS = Number(process.env['DECODER_FUZZ_SECONDS'] ?? 0.3)
const SEED = process.env['DECODER_FUZZ_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31))
/** Of all branches of the decoders that bytes can reach. On Node 20 it is above 0.98; other versions have other codecs. */
const REACHED_MIN = 0.975
const CORPUS_BYTES_MAX = 300 * 1024

let build: InstrumentedBuild
const results = new Map<string, TargetResult>()

beforeAll(async () => {
  build = await buildInstrumented(WORKER_ENTRY, isDecoder)
  const names = ALL_TARGETS.map(({ name }) => name)
  const limits = { seed: SEED, runsMax: Infinity, secondsMax: SECONDS, findsFewest: false }
  await fuzzTargets(build, names, limits, (result) => results.set(result.name, result))
}, 600_000)

afterAll(async () => {
  await build[Symbol.asyncDispose]()
})

describe('bytes from outside', () => {
  it.each(ALL_TARGETS.map(({ name }) => name))('are read or refused as %s', (name) => {
    const result = results.get(name)
    expect(result?.failures, `repeat with DECODER_FUZZ_SEED=${SEED}`).toEqual([])
    expect(result?.runs).toBeGreaterThan(0)
  })

  it('reach nearly every branch of what reads them', () => {
    const misses = ALL_TARGETS.map((target) => ({
      target,
      missing: results.get(target.name)?.missing ?? [],
    }))
    const { total, reached, missing } = coverageOf(build.branches, misses)
    const runs = [...results.values()].reduce((sum, result) => sum + result.runs, 0)
    const share = `${((100 * reached) / total).toFixed(1)} % of ${total} branches`
    console.log(`fuzzed decoders: ${runs} inputs, seed ${SEED}: ${share}`)
    expect(reached / total, `not reached: ${missing.join(', ')}`).toBeGreaterThanOrEqual(
      REACHED_MIN,
    )
  })

  it('are kept where they told something, and not many of them', () => {
    const directory = new URL('corpus/', import.meta.url)
    const files = readdirSync(directory)
    const bytes = files.reduce((sum, file) => sum + statSync(new URL(file, directory)).size, 0)
    expect(bytes).toBeLessThan(CORPUS_BYTES_MAX)
    const names = ALL_TARGETS.map(({ name }) => `${name}.txt`)
    expect(files.filter((file) => !names.includes(file))).toEqual([])
    for (const file of files) {
      expect(readFileSync(new URL(file, directory), 'utf8')).toMatch(
        /^([A-Za-z0-9+/=]*\n|# .*\n)*$/,
      )
    }
  })
})
