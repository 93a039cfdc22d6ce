// One run of `varve replay`: the records to their sink, the progress to standard error, the keys to the replay, and at the end, however it
// comes, the account and the positions. Invariant: positions that are told or saved stand behind records that were put out, and only those.
import type { Command } from 'commander'
import type { Replay, ReplayedRecord, ReplayPositions } from '../../client/index.ts'
import { isVarveError } from '../../domain/error.ts'
import type { Clock } from '../../platform/clock.ts'
import type { CommandIo } from '../command-io.ts'
import { InputError } from '../exit-code.ts'
import { wantsJson } from '../global-options.ts'
import { recordFormat } from '../record-format.ts'
import { RecordPrinter } from '../record-printer.ts'
import { reportFailure } from '../report-failure.ts'
import { StopSignals } from '../stop-signals.ts'
import { type CliClient, withClient } from '../with-client.ts'
import { readPositions, refuseUnwritable, writePositions } from './positions-file.ts'
import { ReplayControls } from './replay-controls.ts'
import { ReplayDisplay } from './replay-display.ts'
import { isTerminal, KEYS_HELP, type KeyActions, ReplayKeys } from './replay-keys.ts'
import {
  clientOptions,
  isBoundedReplay,
  paceOf,
  type ReplayCommandOptions,
  refuseReplayContradictions,
} from './replay-options.ts'
import { displayMode, progressText, RecentRate } from './replay-progress.ts'
import { PrintingSink, type ReplaySink } from './replay-sink.ts'
import { ReplayTally, saySummary, summarize } from './replay-summary.ts'
import { tellReplayEvents } from './replay-teller.ts'

export interface ReplayRun {
  readonly topics: readonly string[]
  readonly options: ReplayCommandOptions
  readonly command: Command
  readonly io: CommandIo
  readonly clock: Clock
}

/** Why it ends before its end. */
interface Stops {
  readonly signals: StopSignals
  /** By a key. */
  readonly quit: AbortController
  /** Any of them, or nobody reads the output any more. */
  readonly any: AbortSignal
}

/** How often a terminal is told what the broker knows. */
const PROGRESS_INTERVAL_MS = 250

/** Plays until the end, a limit, a signal or a key. @throws UsageError · InputError · VarveError what stopped it */
export async function runReplay(run: ReplayRun): Promise<void> {
  const { topics, options, command, io } = run
  const hasKeys = options.keys && isTerminal(io.input)
  refuseReplayContradictions(topics, options, hasKeys)
  const format = recordFormat(options.format ?? (wantsJson(command) ? 'json' : 'value'))
  const sink = new PrintingSink(new RecordPrinter(io, run.clock, format), io)
  const resumed = options.resume === undefined ? undefined : await readPositions(options.resume)
  if (options.savePositions !== undefined) refuseUnwritable(options.savePositions)
  const signals = new StopSignals()
  const quit = new AbortController()
  const any = AbortSignal.any([signals.signal, quit.signal, io.outputGone])
  try {
    await withClient(command, io, async (client) => {
      // Says soon that there is no broker, which a replay would wait for.
      await client.connected()
      await playOn(run, openReplay(client, run, resumed, any), sink, { signals, quit, any })
    })
  } finally {
    signals.release()
  }
  // Without an end a signal is the ordinary end.
  if (isBoundedReplay(options)) io.exitCode = signals.exitCode ?? io.exitCode
}

function openReplay(
  client: CliClient,
  { topics, options, io }: ReplayRun,
  resumed: ReplayPositions | undefined,
  signal: AbortSignal,
): Replay {
  const interval = io.messagesOnTerminal ? { progressIntervalMs: PROGRESS_INTERVAL_MS } : {}
  try {
    return client.replay({ ...clientOptions(topics, options, resumed), ...interval, signal })
  } catch (error) {
    // What the command line says was looked at before.
    if (options.resume === undefined || !isVarveError(error)) throw error
    throw new InputError(`${options.resume} cannot be gone on from: ${error.message}`)
  }
}

async function playOn(
  run: ReplayRun,
  replay: Replay,
  sink: ReplaySink,
  stops: Stops,
): Promise<void> {
  const { options, io, clock } = run
  const json = wantsJson(run.command)
  const tally = new ReplayTally(clock)
  const controls = new ReplayControls(replay, paceOf(options), options.gapMax)
  const rate = new RecentRate(clock)
  const mode = displayMode(io, { json, isQuiet: options.quiet === true, format: options.format })
  const display = new ReplayDisplay(io, clock, mode, () => {
    const progress = replay.progress()
    if (json) return JSON.stringify({ progress })
    return progressText(progress, controls.paceText, rate.perSecond(progress.records))
  })
  tellReplayEvents(replay, { io, clock, display, json, isQuiet: options.quiet === true })
  const keys = new ReplayKeys(io.input, keyActions(controls, display, stops.quit))
  let failure: Error | undefined
  let isExact = true
  try {
    display.start()
    if (options.keys && keys.start() && options.paused === true) display.say(KEYS_HELP)
    // Records and progress share a terminal: the line makes way.
    const makesWay = mode === 'redrawn' && io.outputOnTerminal
    for await (const records of recordsOf(replay, options.maxRecords)) {
      isExact = false
      if (makesWay) display.clear()
      await sink.take(records)
      tally.add(records)
      isExact = true
      if (tally.records === options.maxRecords) break
      if (!makesWay) continue
      await sink.settle()
      display.refresh()
    }
  } catch (error) {
    const isStopped = stops.any.aborted && isVarveError(error, 'CANCELLED')
    if (!isStopped) failure = error instanceof Error ? error : new Error(String(error))
  } finally {
    keys.stop()
    display.stop()
  }
  // Not what its reader did not take.
  isExact = (await sink.settle()) && isExact
  const positions = isExact ? positionsOf(replay) : undefined
  const notSaved = await save(options.savePositions, positions)
  await sayEnd(run, replay, tally, { positions, isSaved: notSaved === undefined })
  await replay.close()
  if (failure !== undefined && notSaved !== undefined) reportFailure(io, notSaved, json)
  const first = failure ?? notSaved
  if (first !== undefined) throw first
}

/** What went wrong is told behind the summary, which has the positions too. */
async function save(
  path: string | undefined,
  positions: ReplayPositions | undefined,
): Promise<Error | undefined> {
  if (path === undefined || positions === undefined) return undefined
  try {
    await writePositions(path, positions)
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** What came together; record by record where it ends after so many of them, so that its positions do. */
async function* recordsOf(
  replay: Replay,
  maxRecords: number | undefined,
): AsyncGenerator<readonly ReplayedRecord[], void, undefined> {
  if (maxRecords === undefined) {
    for await (const { records } of replay.batches()) yield records
  } else if (maxRecords === 0) await replay.ready()
  else for await (const record of replay) yield [record]
}

async function sayEnd(
  { options, command, io }: ReplayRun,
  replay: Replay,
  tally: ReplayTally,
  end: { readonly positions: ReplayPositions | undefined; readonly isSaved: boolean },
): Promise<void> {
  const { positions, isSaved } = end
  const json = wantsJson(command)
  const path = options.savePositions
  if (io.outputGone.aborted) {
    if (path !== undefined) io.say(`varve: ${path} is not written: the reader of the output left`)
    return
  }
  // It never began, and the failure says why.
  if (positions === undefined && tally.records === 0) return
  const form = options.summary ?? (options.quiet === true ? 'none' : json ? 'json' : 'table')
  saySummary(io, await summarize(replay, tally, positions), form, isSaved ? path : undefined)
}

function keyActions(
  controls: ReplayControls,
  display: ReplayDisplay,
  quit: AbortController,
): KeyActions {
  const shown = (name: Exclude<keyof ReplayControls, 'paceText'>) => (): void => {
    controls[name]()
    display.refresh()
  }
  return {
    pauseOrResume: shown('pauseOrResume'),
    step: shown('step'),
    faster: shown('faster'),
    slower: shown('slower'),
    playAsRecorded: shown('playAsRecorded'),
    playAtMax: shown('playAtMax'),
    help: () => {
      display.say(KEYS_HELP)
    },
    quit: () => {
      quit.abort()
    },
    interrupt: () => {
      process.kill(process.pid, 'SIGINT')
    },
  }
}

/** Undefined when the broker has not said yet what is played. */
function positionsOf(replay: Replay): ReplayPositions | undefined {
  try {
    return replay.positions()
  } catch (error) {
    if (isVarveError(error, 'INVALID_ARGUMENT')) return undefined
    throw error
  }
}
