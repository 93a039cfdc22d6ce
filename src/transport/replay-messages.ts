// What clients of a replay session are told: from the words of the broker to messages.
import type {
  ReplayContent,
  ReplayEvent,
  ReplayOptions,
  ReplayPace,
  ReplayPlace,
  ReplayProgress,
  ReplayRun,
  ReplayStatus,
  ReplaySummary,
} from '../broker/replay/replay-words.ts'
import { presentFields } from '../domain/present-fields.ts'
import type {
  RecordSet,
  ReplayPace as ReplayPaceMessage,
  ReplayPlace as ReplayPlaceMessage,
  ReplayProgress as ReplayProgressMessage,
  ReplayReady,
  ReplayResponse,
  ReplayRun as ReplayRunMessage,
  ReplayStatusName,
  ReplaySummary as ReplaySummaryMessage,
} from '../protocol/grpc/messages.ts'
import { recordMessage } from './record-forms.ts'
import type { ServiceContext } from './service-context.ts'

const STATUS_NAMES: Readonly<Record<ReplayStatus, ReplayStatusName>> = {
  playing: 'REPLAY_STATUS_PLAYING',
  paused: 'REPLAY_STATUS_PAUSED',
  'waiting-for-client': 'REPLAY_STATUS_WAITING_FOR_CLIENT',
  'waiting-for-records': 'REPLAY_STATUS_WAITING_FOR_RECORDS',
}

/** The answer to the init. */
export function readyOf(
  session: { readonly sessionId: string; readonly places: readonly ReplayPlace[] },
  { messageBytes, progressIntervalMs }: ReplayOptions,
  unreadMaxMs: number,
): ReplayReady {
  return {
    sessionId: session.sessionId,
    places: session.places.map(placeMessage),
    maxBytes: messageBytes,
    progressIntervalMs,
    unreadMaxMs,
  }
}

/** The message that tells an event. */
export function responseOf(
  context: ServiceContext,
  sessionId: string,
  event: ReplayEvent,
): ReplayResponse {
  switch (event.kind) {
    case 'records': {
      const { seekEpoch, runs, bytes, recordCount, lateMs } = event
      return {
        records: {
          sessionId,
          seekEpoch,
          runs: runs.map(runMessage),
          creditBytes: bytes,
          creditRecords: recordCount,
          lateMs,
        },
      }
    }
    case 'progress':
      return { progress: progressMessage(event.progress) }
    case 'state': {
      const { status, pace, seekEpoch, places } = event
      return {
        state: {
          status: STATUS_NAMES[status],
          pace: paceMessage(pace),
          seekEpoch,
          places: places.map(placeMessage),
        },
      }
    }
    case 'lateness':
      return { lateness: { behind: event.isBehind, lateMs: event.lateMs } }
    case 'trouble': {
      const { topic, partition, offset, nextOffset, error } = event
      const trouble = { topic, partition, offset, error: context.statusOf(error) }
      return { trouble: { ...trouble, ...presentFields({ nextOffset }) } }
    }
    case 'summary':
      return { summary: summaryMessage(event.summary) }
  }
}

/** What the message of an event takes, roughly: not little where it has a line for each partition. */
export function messageBytesOf(event: ReplayEvent): number {
  switch (event.kind) {
    case 'records':
      return event.bytes + event.recordCount * RECORD_OVERHEAD_BYTES + linesBytes(event.runs)
    case 'state':
      return linesBytes(event.places)
    case 'summary':
      return linesBytes(event.summary.partitions)
    case 'progress':
    case 'lateness':
    case 'trouble':
      return 0
  }
}

/** Of a record on its own, beside its bytes; batches have nothing of the kind, and little of this. */
const RECORD_OVERHEAD_BYTES = 32
/** Tags and numbers of a line. */
const LINE_OVERHEAD_BYTES = 64

/** Of a message with one line for each of these. */
export function linesBytes(lines: readonly { readonly topic: string }[]): number {
  let bytes = 0
  for (const { topic } of lines) bytes += LINE_OVERHEAD_BYTES + topic.length
  return bytes
}

function runMessage(run: ReplayRun): ReplayRunMessage {
  const { topic, partition, content, offset, nextOffset, dropped, leaderEpoch } = run
  return {
    topic,
    partition,
    records: recordSetOf(content),
    offset,
    nextOffset,
    dropped,
    leaderEpoch,
  }
}

function recordSetOf(content: ReplayContent): RecordSet {
  if ('records' in content) {
    return { form: 'records', records: { records: content.records.map(recordMessage) } }
  }
  const [only] = content.batches
  const isOne = only !== undefined && content.batches.length === 1
  return { form: 'batches', batches: isOne ? only : Buffer.concat(content.batches) }
}

function placeMessage(place: ReplayPlace): ReplayPlaceMessage {
  const { topic, partition, startOffset, endOffset, firstKeptOffset } = place
  return { topic, partition, startOffset, firstKeptOffset, ...presentFields({ endOffset }) }
}

function paceMessage(pace: ReplayPace): ReplayPaceMessage {
  switch (pace.kind) {
    case 'max':
      return {}
    case 'speed': {
      const { factor, gapMaxMs } = pace
      return { pace: 'speed', speed: factor, ...presentFields({ gapMaxMs }) }
    }
    case 'records':
      return { pace: 'recordsPerSecond', recordsPerSecond: pace.perSecond }
    case 'bytes':
      return { pace: 'bytesPerSecond', bytesPerSecond: pace.perSecond }
  }
}

function progressMessage(progress: ReplayProgress): ReplayProgressMessage {
  const { status, playheadMs, share, remainingMs, ...counts } = progress
  const { records, bytes, dropped, lagMs, delayedMs, offsetsLeft } = counts
  return {
    status: STATUS_NAMES[status],
    records,
    bytes,
    dropped,
    lagMs,
    delayedMs,
    offsetsLeft,
    ...presentFields({
      // The playhead stands between the milliseconds of records; the wire has whole ones.
      playheadMs: playheadMs === undefined ? undefined : Math.floor(playheadMs),
      share,
      remainingMs,
    }),
  }
}

function summaryMessage(summary: ReplaySummary): ReplaySummaryMessage {
  const { records, bytes, dropped, elapsedMs, delayedMs, partitions } = summary
  return {
    records,
    bytes,
    dropped,
    elapsedMs,
    delayedMs,
    partitions: partitions.map(({ checksum, ...partition }) => ({
      ...partition,
      ...presentFields({ checksum }),
    })),
  }
}
