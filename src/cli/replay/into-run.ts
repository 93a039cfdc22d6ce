// One run of `varve replay --into`: what is played is stored in another topic. Where it stands is kept in a file, from which the next run
// goes on, however this one ends.
import type { ReplayInto, ReplayIntoSummary } from '../../client/index.ts'
import { isVarveError } from '../../domain/error.ts'
import { presentFields } from '../../domain/present-fields.ts'
import { formatBytes, formatCount, formatCounted, formatDuration } from '../../text/quantities.ts'
import { formatTable } from '../../text/table.ts'
import { wantsJson } from '../global-options.ts'
import { StopSignals } from '../stop-signals.ts'
import { type CliClient, withClient } from '../with-client.ts'
import { IntoStateFile } from './into-state-file.ts'
import { refuseUnwritable } from './positions-file.ts'
import { ReplayControls } from './replay-controls.ts'
import { ReplayDisplay } from './replay-display.ts'
import { type KeyActions, ReplayKeys } from './replay-keys.ts'
import {
  clientOptions,
  isBoundedReplay,
  paceOf,
  refuseIntoContradictions,
} from './replay-options.ts'
import { displayMode, progressText, RecentRate } from './replay-progress.ts'
import type { ReplayRun } from './replay-run.ts'
import { tellReplayEvents } from './replay-teller.ts'

const KEYS_HELP =
  'space: pause or go on   + -: twice or half the speed   1: as recorded   m: max   q: stop'

/** Stores until all is stored, a signal or a key. @throws UsageError · InputError · VarveError what stopped it */
export async function runInto(run: ReplayRun, into: string): Promise<void> {
  const { topics, options, command, io } = run
  refuseIntoContradictions(topics, options)
  const store = new IntoStateFile(options.state ?? `varve-replay-${into}.json`)
  refuseUnwritable(store.path)
  const signals = new StopSignals()
  try {
    await withClient(command, io, async (client) => {
      await client.connected()
      const isResumed = (await store.load()) !== undefined
      if (!isResumed) await prepareTarget(client, run, into)
      const replay = client.replayInto({
        ...clientOptions(topics, options, undefined),
        ...{ into, store },
        ...presentFields({ partitioning: options.partitioning }),
      })
      await storeOn(run, replay, store.path, { signals, isResumed })
    })
  } finally {
    signals.release()
  }
  if (isBoundedReplay(options)) io.exitCode = signals.exitCode ?? io.exitCode
}

/** A target that is not there is made, with as many partitions as a record may need. */
async function prepareTarget(
  client: CliClient,
  { topics, io }: ReplayRun,
  into: string,
): Promise<void> {
  const admin = client.admin()
  try {
    await admin.describeTopic(into)
    return
  } catch (error) {
    if (!isVarveError(error, 'UNKNOWN_TOPIC')) throw error
  }
  let partitions = 1
  for (const topic of topics) {
    partitions = Math.max(partitions, (await admin.describeTopic(topic)).partitions.length)
  }
  // Records keep their times: what is old must not be deleted as soon as it is stored.
  await admin.createTopic({ name: into, partitions, settings: { 'retention.ms': '-1' } })
  const made = `made topic ${into} with ${formatCounted(partitions, 'partition')}`
  io.say(`varve: ${made}, which keeps its records for ever (retention.ms=-1)`)
}

async function storeOn(
  run: ReplayRun,
  replay: ReplayInto,
  path: string,
  { signals, isResumed }: { readonly signals: StopSignals; readonly isResumed: boolean },
): Promise<void> {
  const { options, io, clock } = run
  const json = wantsJson(run.command)
  const isQuiet = options.quiet === true
  const quit = new AbortController()
  const controls = new ReplayControls(replay, paceOf(options), options.gapMax)
  const rate = new RecentRate(clock)
  const mode = displayMode(io, { json, isQuiet, format: undefined })
  const display = new ReplayDisplay(io, clock, mode, () => {
    const progress = replay.progress()
    if (json) return JSON.stringify({ progress, stored: replay.stored })
    const played = progressText(progress, controls.paceText, rate.perSecond(progress.records))
    return `${played}  ${formatCount(replay.stored)} stored`
  })
  tellReplayEvents(replay, { io, clock, display, json, isQuiet })
  const keys = new ReplayKeys(io.input, keyActions(controls, display, quit))
  const stop = AbortSignal.any([signals.signal, quit.signal])
  const onStop = (): void => {
    void replay.close()
  }
  stop.addEventListener('abort', onStop, { once: true })
  const beganMs = clock.monotonicMs()
  try {
    if (isResumed && !isQuiet) io.say(`varve: goes on from ${path}`)
    display.start()
    if (options.keys) keys.start()
    const summary = await replay.run()
    display.stop()
    const elapsedMs = clock.monotonicMs() - beganMs
    if (options.summary === 'none' || (isQuiet && options.summary === undefined)) return
    if (json || options.summary === 'json') io.say(JSON.stringify({ stored: summary }))
    else io.say(summaryText(summary, { elapsedMs, path, isStopped: stop.aborted, isResumed }))
  } catch (error) {
    // Stopped before it could begin.
    if (!stop.aborted || !isVarveError(error, 'CLOSED')) throw error
  } finally {
    keys.stop()
    display.stop()
    stop.removeEventListener('abort', onStop)
  }
}

function summaryText(
  { replay, stored, found, partitions }: ReplayIntoSummary,
  at: {
    readonly elapsedMs: number
    readonly path: string
    readonly isStopped: boolean
    readonly isResumed: boolean
  },
): string {
  const parts = [
    `${formatCounted(stored, 'record')} stored in ${formatDuration(at.elapsedMs)}`,
    found > 0 ? `${formatCount(found)} found stored by an earlier run` : '',
    replay === undefined ? '' : `${formatBytes(replay.bytes)} played`,
    replay === undefined || replay.dropped === 0 ? '' : `${formatCount(replay.dropped)} dropped`,
    at.isStopped ? 'stopped before the end' : '',
  ]
  const rows = partitions.map(({ topic, partition, baseOffset, endOffset }) => [
    ...[topic, `${partition}`, `${baseOffset}`, `${endOffset}`, `${endOffset - baseOffset}`],
  ])
  const table = formatTable(
    [
      { heading: 'topic' },
      { heading: 'partition', align: 'right' },
      { heading: 'from', align: 'right' },
      { heading: 'to', align: 'right' },
      { heading: 'records', align: 'right' },
    ],
    rows,
  )
  const isDone = !at.isStopped && stored === 0 && found === 0 && at.isResumed
  const after = at.isStopped
    ? `to go on: the same command again, with ${at.path} as it is`
    : isDone
      ? `all of it was stored before: remove ${at.path} to store it once more`
      : ''
  const head = parts.filter((part) => part !== '').join(', ')
  return [head, table, after].filter((part) => part !== '').join('\n')
}

function keyActions(
  controls: ReplayControls,
  display: ReplayDisplay,
  quit: AbortController,
): KeyActions {
  const shown = (action: () => void) => (): void => {
    action()
    display.refresh()
  }
  return {
    pauseOrResume: shown(() => {
      controls.pauseOrResume()
    }),
    step: shown(() => {
      controls.step()
    }),
    faster: shown(() => {
      controls.faster()
    }),
    slower: shown(() => {
      controls.slower()
    }),
    playAsRecorded: shown(() => {
      controls.playAsRecorded()
    }),
    playAtMax: shown(() => {
      controls.playAtMax()
    }),
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
