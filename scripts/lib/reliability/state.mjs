// What the long run has done so far, in one JSON file, so that the next start goes on from there. Invariant: a round that has ended is in the file
// before the next one begins, and a file is always whole: it is written beside and renamed.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

const VERSION = 1

/** @returns the state of a file, or a new one with the seed */
export function loadState(path, seed) {
  if (!existsSync(path)) return { version: VERSION, seed, steps: {} }
  const state = JSON.parse(readFileSync(path, 'utf8'))
  if (state.version !== VERSION) throw new Error(`${path} is of version ${state.version}`)
  return state
}

export function saveState(path, state) {
  writeFileSync(`${path}.new`, `${JSON.stringify(state, undefined, 2)}\n`)
  renameSync(`${path}.new`, path)
}

/** What is known of a step; made when it is not there. */
export function stepState(state, name) {
  state.steps[name] ??= { rounds: 0, runs: 0, seconds: 0, counts: {}, rates: [], violations: [] }
  return state.steps[name]
}
