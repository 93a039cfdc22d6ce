import { describe, expect, it } from 'vitest'
import type { ReplayOptions } from '../../../src/broker/replay/replay-words.ts'
import { isVarveError } from '../../../src/domain/error.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { requestCopyOf } from '../../../src/protocol/grpc/message-copy.ts'
import type {
  ReplayFilter,
  ReplayInit,
  ReplayPosition,
  ReplayRequest,
  ReplayRequestOutput,
} from '../../../src/protocol/grpc/messages.ts'
import { replayService } from '../../../src/protocol/grpc/services.ts'
import { wireCheckOf } from '../../../src/protocol/grpc/wire-check.ts'
import { optionsOf, paceOf, seekTargetOf, stepOf } from '../../../src/transport/replay-requests.ts'

const check = wireCheckOf('varve.v1.ReplayRequest')
const copy = requestCopyOf<ReplayRequest, ReplayRequestOutput>('varve.v1.ReplayRequest')

/** The two ways on which a request comes to a session. */
const WAYS: readonly (readonly [string, (request: ReplayRequest) => ReplayRequestOutput])[] = [
  [
    'over a socket',
    (request) => {
      const { requestSerialize, requestDeserialize } = replayService.Replay
      const bytes = requestSerialize(request)
      check(bytes)
      return requestDeserialize(bytes)
    },
  ],
  ['in process', copy],
]

/** What the session makes of a message. */
function admitted({ init, step, seek, pace }: ReplayRequestOutput): unknown {
  if (init) return optionsOf(init, 'peer', LIMITS)
  if (step) return stepOf(step.records)
  if (seek) return seekTargetOf(seek)
  return pace && paceOf(pace, 'pace')
}

/** Code and field of the refusal. */
function refusalOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (isVarveError(error)) return `${error.code} ${error.details['field'] ?? ''}`
    throw error
  }
  return 'none'
}

const SOURCES = [{ topic: 't' }]

function init(rest: ReplayInit = {}): ReplayRequest {
  return { init: { sources: SOURCES, ...rest } }
}

function from(start: ReplayPosition): ReplayRequest {
  return init({ sources: [{ topic: 't', start }] })
}

function filtered(filter: ReplayFilter): ReplayRequest {
  return init({ filters: [{ key: { present: true } }, filter] })
}

describe.each(WAYS)('a replay request %s', (_way, sent) => {
  function options(request: ReplayRequest): ReplayOptions {
    return admitted(sent(request)) as ReplayOptions
  }

  it('that says nothing but a topic has the defaults of the contract', () => {
    const { filter, ...rest } = options(init())
    expect(filter.isEmpty).toBe(true)
    expect(rest).toEqual({
      peer: 'peer',
      sessionId: '',
      sources: [{ topic: 't', partition: undefined, start: 'earliest', end: undefined }],
      order: 'partition',
      pace: { kind: 'max' },
      latePolicy: 'delay',
      troublePolicy: 'stop',
      mayGiveBatches: true,
      creditBytes: 0,
      creditRecords: Infinity,
      messageBytes: LIMITS.replayMessageBytesDefault,
      progressIntervalMs: LIMITS.replayProgressMsDefault,
      isFollowing: false,
      isPaused: false,
      playheadMs: undefined,
    })
  })

  it('that says everything is taken as it is', () => {
    const { filter, ...rest } = options({
      init: {
        sessionId: 'Nacht 7 · köln',
        sources: [
          { topic: 'a', partition: 3, start: { offset: 5 }, end: { timestampMs: 9 } },
          { topic: 'b', start: { group: { group: 'g', asOfMs: 7 } } },
          { topic: 'c', start: { group: { group: 'g' } }, end: { position: 2 } },
        ],
        order: 'REPLAY_ORDER_MERGED',
        pace: { speed: 2.5, gapMaxMs: 0 },
        latePolicy: 'REPLAY_LATE_POLICY_CATCH_UP',
        troublePolicy: 'REPLAY_TROUBLE_POLICY_SKIP',
        filters: [
          { key: { anyOf: { values: [Buffer.from('k')] } } },
          { header: { name: 'h', value: { prefix: Buffer.from('p') } }, not: true },
          { time: { fromMs: 1, beforeMs: 2 } },
        ],
        form: 'RECORD_FORM_RECORDS',
        creditBytes: 10,
        creditRecords: 0,
        maxBytes: 1_000,
        progressIntervalMs: 2_000,
        paused: true,
        playheadMs: 8,
      },
    })
    expect(filter.isEmpty).toBe(false)
    expect(rest).toEqual({
      peer: 'peer',
      sessionId: 'Nacht 7 · köln',
      sources: [
        { topic: 'a', partition: 3, start: { offset: 5 }, end: { timestampMs: 9 } },
        { topic: 'b', partition: undefined, start: { group: 'g', asOfMs: 7 }, end: undefined },
        { topic: 'c', partition: undefined, start: { group: 'g' }, end: 'latest' },
      ],
      order: 'merged',
      pace: { kind: 'speed', factor: 2.5, gapMaxMs: 0 },
      latePolicy: 'catch-up',
      troublePolicy: 'skip',
      mayGiveBatches: false,
      creditBytes: 10,
      creditRecords: 0,
      messageBytes: 1_000,
      progressIntervalMs: 2_000,
      isFollowing: false,
      isPaused: true,
      playheadMs: 8,
    })
  })

  it('has its wishes for messages and progress brought within the limits', () => {
    expect(options(init({ maxBytes: 2 ** 31 - 1, progressIntervalMs: 1 }))).toMatchObject({
      messageBytes: LIMITS.replayMessageBytesMax,
      progressIntervalMs: LIMITS.replayProgressMsMin,
    })
    expect(options(init({ progressIntervalMs: 2 ** 31 - 1 }))).toMatchObject({
      progressIntervalMs: LIMITS.replayProgressMsMax,
    })
  })

  it('may ask for the end of time, and go on where records without a time were', () => {
    expect(options(from({ timestampMs: 2 ** 60 })).sources[0]?.start).toEqual({
      timestampMs: Number.MAX_SAFE_INTEGER,
    })
    expect(options(init({ playheadMs: -1 })).playheadMs).toBe(-1)
  })

  it.each([
    ['speed', { speed: 0.1 }, { kind: 'speed', factor: 0.1 }],
    ['speed', { speed: 1_000, gapMaxMs: 5 }, { kind: 'speed', factor: 1_000, gapMaxMs: 5 }],
    ['records', { recordsPerSecond: 0.001 }, { kind: 'records', perSecond: 0.001 }],
    ['records', { recordsPerSecond: 1e7 }, { kind: 'records', perSecond: 1e7 }],
    ['bytes', { bytesPerSecond: 1 }, { kind: 'bytes', perSecond: 1 }],
    ['bytes', { bytesPerSecond: 1e12 }, { kind: 'bytes', perSecond: 1e12 }],
    ['nothing', {}, { kind: 'max' }],
  ])('may change the pace: %s %j', (_kind, pace, taken) => {
    expect(admitted(sent({ pace }))).toEqual(taken)
    expect(options(init({ pace })).pace).toEqual(taken)
  })

  it('may seek to a moment and to the start, and step', () => {
    expect(admitted(sent({ seek: { seekEpoch: 1, timestampMs: 7 } }))).toEqual({ timestampMs: 7 })
    expect(admitted(sent({ seek: { seekEpoch: 1, start: true } }))).toBe('start')
    expect(admitted(sent({ step: { records: 1 } }))).toBe(1)
  })

  const key = { present: true }
  const many = <Item>(count: number, item: Item): Item[] =>
    Array.from({ length: count }, () => item)
  const bytes = Buffer.from('x')
  it.each<[string, ReplayRequest, string]>([
    ['no source', { init: {} }, 'MISSING_FIELD init.sources'],
    ['a source without a topic', init({ sources: [{}] }), 'MISSING_FIELD init.sources[0].topic'],
    [
      'too many sources',
      init({ sources: many(LIMITS.replayPlacesMax + 1, { topic: 't' }) }),
      'TOO_MANY_ITEMS init.sources',
    ],
    [
      'a negative partition',
      init({ sources: [{ topic: 't' }, { topic: 't', partition: -1 }] }),
      'INVALID_ARGUMENT init.sources[1].partition',
    ],
    ['a start that says nothing', from({}), 'MISSING_FIELD init.sources.start.at'],
    ['a negative offset', from({ offset: -1 }), 'INVALID_OFFSET init.sources[0].start.offset'],
    [
      'an offset beyond what is exact',
      from({ offset: 2 ** 53 }),
      'INVALID_OFFSET init.sources[0].start.offset',
    ],
    [
      'a moment before all time',
      from({ timestampMs: -2 }),
      'INVALID_TIMESTAMP init.sources[0].start.timestamp_ms',
    ],
    [
      'a place without a name',
      from({ position: 'OFFSET_POSITION_UNSPECIFIED' }),
      'UNKNOWN_ENUM init.sources[0].start.position',
    ],
    [
      'a place that is not known',
      from({ position: 9 as never }),
      'UNKNOWN_ENUM init.sources.start.position',
    ],
    ['a group without a name', from({ group: {} }), 'INVALID_GROUP_ID group'],
    [
      'a group whose name tears lines',
      from({ group: { group: 'a\nb' } }),
      'INVALID_GROUP_ID group',
    ],
    [
      'a group before all time',
      from({ group: { group: 'g', asOfMs: -1 } }),
      'INVALID_TIMESTAMP init.sources[0].start.group.as_of_ms',
    ],
    [
      'a negative end',
      init({ sources: [{ topic: 't', end: { offset: -1 } }] }),
      'INVALID_OFFSET init.sources[0].end.offset',
    ],
    [
      'an end of what follows',
      init({ follow: true, sources: [{ topic: 't', end: { offset: 1 } }] }),
      'INVALID_ARGUMENT init.sources[0].end',
    ],
    ['an order that is not known', init({ order: 9 as never }), 'UNKNOWN_ENUM init.order'],
    [
      'a late policy that is not known',
      init({ latePolicy: 9 as never }),
      'UNKNOWN_ENUM init.late_policy',
    ],
    [
      'a trouble policy that is not known',
      init({ troublePolicy: 9 as never }),
      'UNKNOWN_ENUM init.trouble_policy',
    ],
    ['a form that is not known', init({ form: 9 as never }), 'UNKNOWN_ENUM init.form'],
    ['negative credit in bytes', init({ creditBytes: -1 }), 'INVALID_ARGUMENT init.credit_bytes'],
    [
      'negative credit in records',
      init({ creditRecords: -1 }),
      'INVALID_ARGUMENT init.credit_records',
    ],
    ['a negative budget', init({ maxBytes: -1 }), 'INVALID_ARGUMENT init.max_bytes'],
    [
      'a negative interval',
      init({ progressIntervalMs: -1 }),
      'INVALID_ARGUMENT init.progress_interval_ms',
    ],
    ['a playhead before all time', init({ playheadMs: -2 }), 'INVALID_TIMESTAMP init.playhead_ms'],
    [
      'a long name',
      init({ sessionId: 'n'.repeat(LIMITS.replaySessionIdCharsMax + 1) }),
      'INVALID_ARGUMENT init.session_id',
    ],
    ['a name with a line end', init({ sessionId: 'a\nb' }), 'INVALID_ARGUMENT init.session_id'],
    [
      'a name that turns text round',
      init({ sessionId: '\u202e' }),
      'INVALID_ARGUMENT init.session_id',
    ],
    ['no speed', init({ pace: { speed: 0 } }), 'INVALID_ARGUMENT init.pace.speed'],
    ['a speed that is no number', { pace: { speed: NaN } }, 'INVALID_ARGUMENT pace.speed'],
    ['an endless speed', { pace: { speed: Infinity } }, 'INVALID_ARGUMENT pace.speed'],
    ['a speed above the range', { pace: { speed: 1_000.1 } }, 'INVALID_ARGUMENT pace.speed'],
    [
      'a rate of none',
      { pace: { recordsPerSecond: 0 } },
      'INVALID_ARGUMENT pace.records_per_second',
    ],
    [
      'a rate above the range',
      { pace: { recordsPerSecond: 1.1e7 } },
      'INVALID_ARGUMENT pace.records_per_second',
    ],
    [
      'a rate of less than a byte',
      { pace: { bytesPerSecond: 0.5 } },
      'INVALID_ARGUMENT pace.bytes_per_second',
    ],
    [
      'a rate of bytes above the range',
      { pace: { bytesPerSecond: 1.1e12 } },
      'INVALID_ARGUMENT pace.bytes_per_second',
    ],
    ['a negative gap', { pace: { speed: 1, gapMaxMs: -1 } }, 'INVALID_ARGUMENT pace.gap_max_ms'],
    [
      'a gap without a speed',
      init({ pace: { gapMaxMs: 1 } }),
      'INVALID_ARGUMENT init.pace.gap_max_ms',
    ],
    [
      'a gap with a rate',
      { pace: { recordsPerSecond: 1, gapMaxMs: 1 } },
      'INVALID_ARGUMENT pace.gap_max_ms',
    ],
    [
      'too many filters',
      init({ filters: many(LIMITS.replayFiltersMax + 1, { key }) }),
      'TOO_MANY_ITEMS init.filters',
    ],
    ['a filter that says nothing', filtered({}), 'MISSING_FIELD init.filters.on'],
    ['a filter of nothing', filtered({ key: {} }), 'MISSING_FIELD init.filters.key.match'],
    [
      'a filter of no value',
      filtered({ key: { anyOf: {} } }),
      'MISSING_FIELD init.filters[1].key.any_of.values',
    ],
    [
      'a filter of too many values',
      filtered({ key: { anyOf: { values: many(LIMITS.replayFilterValuesMax + 1, bytes) } } }),
      'TOO_MANY_ITEMS init.filters.key.any_of.values',
    ],
    [
      'filters of too many bytes',
      filtered({ key: { prefix: Buffer.alloc(LIMITS.replayFilterBytesMax + 1) } }),
      'INVALID_ARGUMENT init.filters',
    ],
    [
      'a filter of a header without a name',
      filtered({ header: { value: key } }),
      'MISSING_FIELD init.filters[1].header.name',
    ],
    [
      'a filter of a header without a match',
      filtered({ header: { name: 'h' } }),
      'MISSING_FIELD init.filters[1].header.value',
    ],
    [
      'a stretch without ends',
      filtered({ time: {} }),
      'MISSING_FIELD init.filters[1].time.from_ms',
    ],
    [
      'a stretch that begins before all time',
      filtered({ time: { fromMs: -1 } }),
      'INVALID_TIMESTAMP init.filters[1].time.from_ms',
    ],
    [
      'a stretch of nothing',
      filtered({ time: { fromMs: 5, beforeMs: 5 } }),
      'INVALID_ARGUMENT init.filters[1].time.from_ms',
    ],
    ['a step of none', { step: {} }, 'INVALID_ARGUMENT step.records'],
    ['a step back', { step: { records: -1 } }, 'INVALID_ARGUMENT step.records'],
    [
      'a step beyond what is exact',
      { step: { records: 2 ** 53 } },
      'INVALID_ARGUMENT step.records',
    ],
    ['a seek to nowhere', { seek: { seekEpoch: 1 } }, 'MISSING_FIELD seek.to'],
    ['a seek to no start', { seek: { seekEpoch: 1, start: false } }, 'INVALID_ARGUMENT seek.start'],
    [
      'a seek before all time',
      { seek: { seekEpoch: 1, timestampMs: -1 } },
      'INVALID_TIMESTAMP seek.timestamp_ms',
    ],
  ])('with %s is refused', (_what, request, refusal) => {
    expect(refusalOf(() => admitted(sent(request)))).toBe(refusal)
  })
})
