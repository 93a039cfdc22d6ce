import { describe, expect, it } from 'vitest'
import type { Broker } from '../../../src/broker/broker.ts'
import type { ReplayEvent, ReplayPace } from '../../../src/broker/replay/replay-words.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { responseCopyOf } from '../../../src/protocol/grpc/message-copy.ts'
import type { ReplayResponse, ReplayResponseOutput } from '../../../src/protocol/grpc/messages.ts'
import { replayService } from '../../../src/protocol/grpc/services.ts'
import { readyOf, responseOf } from '../../../src/transport/replay-messages.ts'
import { at, batchOf } from '../../support/batches.ts'
import { contextOf } from '../../support/subscriber.ts'

const copy = responseCopyOf<ReplayResponse, ReplayResponseOutput>('varve.v1.ReplayResponse')

/** The two ways on which a response comes to a client. */
const WAYS: readonly (readonly [string, (response: ReplayResponse) => ReplayResponseOutput])[] = [
  [
    'over a socket',
    (response) => {
      const { responseSerialize, responseDeserialize } = replayService.Replay
      return responseDeserialize(responseSerialize(response))
    },
  ],
  ['in process', copy],
]

const NO_BROKER = Object.create(null) as Broker
const context = contextOf(NO_BROKER, new VirtualClock())
const place = { topic: 't', partition: 1 }

describe.each(WAYS)('what a replay session tells %s', (_way, sent) => {
  function told(event: ReplayEvent): ReplayResponseOutput {
    return sent(responseOf(context, 's', event))
  }

  it('is what holds, and where it begins and ends', () => {
    const places = [
      { ...place, startOffset: at(1), endOffset: 5, firstKeptOffset: at(0) },
      { ...place, partition: 2, startOffset: at(3), endOffset: undefined, firstKeptOffset: at(2) },
    ]
    const options = { messageBytes: 7, progressIntervalMs: 8 } as never
    const { ready } = sent({ ready: readyOf({ sessionId: 's', places }, options, 9) })
    expect(ready).toMatchObject({
      sessionId: 's',
      maxBytes: 7,
      progressIntervalMs: 8,
      unreadMaxMs: 9,
    })
    expect(ready?.places).toHaveLength(2)
    expect(ready?.places[0]).toMatchObject({
      ...place,
      startOffset: 1,
      endOffset: 5,
      firstKeptOffset: 0,
    })
    expect(ready?.places[1]?.endOffset).toBeUndefined()
  })

  it('is records, stored as they are or one by one', () => {
    const first = batchOf({ values: ['a'] })
    const second = batchOf({ values: ['b', 'c'] })
    const run = { ...place, offset: at(4), nextOffset: at(9), dropped: 2, leaderEpoch: 3 }
    const record = {
      offset: at(8),
      timestampMs: -1,
      key: null,
      value: Buffer.alloc(0),
      headers: [
        { key: 'h', value: null },
        { key: 'h', value: Buffer.from('v') },
      ],
    }
    const { records } = told({
      kind: 'records',
      seekEpoch: 6,
      runs: [
        { ...run, content: { batches: [first, second] } },
        { ...run, content: { batches: [first] } },
        { ...run, content: { records: [record] } },
        { ...run, content: { batches: [] } },
      ],
      bytes: 10,
      recordCount: 11,
      lateMs: 0.5,
    })
    expect(records).toMatchObject({
      sessionId: 's',
      seekEpoch: 6,
      creditBytes: 10,
      creditRecords: 11,
      lateMs: 0.5,
    })
    const [both, one, single, none] = records?.runs ?? []
    const { partition, offset, nextOffset, dropped, leaderEpoch } = run
    expect(both).toMatchObject({ topic: 't', partition, offset, nextOffset, dropped, leaderEpoch })
    expect(both?.records?.batches).toEqual(Buffer.concat([first, second]))
    expect(one?.records?.batches).toEqual(first)
    expect(none?.records?.batches).toEqual(Buffer.alloc(0))
    const [message] = single?.records?.records?.records ?? []
    expect(message).toMatchObject({ offset: 8, timestampMs: -1, value: Buffer.alloc(0) })
    expect(message?.key).toBeUndefined()
    expect(message?.headers.map(({ key, value }) => [key, value])).toEqual([
      ['h', undefined],
      ['h', Buffer.from('v')],
    ])
  })

  it('is progress, as far as it can be said', () => {
    const counts = { records: 1, bytes: 2, dropped: 3, lagMs: 4.5, delayedMs: 5.5, offsetsLeft: 6 }
    const known = { playheadMs: 1_000.9, share: 0.25, remainingMs: 7.5 }
    expect(
      told({ kind: 'progress', progress: { ...counts, ...known, status: 'playing' } }).progress,
    ).toMatchObject({
      ...counts,
      status: 'REPLAY_STATUS_PLAYING',
      playheadMs: 1_000,
      share: 0.25,
      remainingMs: 7.5,
    })
    const unknown = { playheadMs: undefined, share: undefined, remainingMs: undefined }
    const { progress } = told({
      kind: 'progress',
      progress: { ...counts, ...unknown, status: 'waiting-for-client' },
    })
    expect(progress).toMatchObject({ status: 'REPLAY_STATUS_WAITING_FOR_CLIENT' })
    expect([progress?.playheadMs, progress?.share, progress?.remainingMs]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it.each<[ReplayPace, object]>([
    [{ kind: 'max' }, {}],
    [
      { kind: 'speed', factor: 2 },
      { pace: 'speed', speed: 2 },
    ],
    [
      { kind: 'speed', factor: 2, gapMaxMs: 3 },
      { pace: 'speed', speed: 2, gapMaxMs: 3 },
    ],
    [
      { kind: 'records', perSecond: 4 },
      { pace: 'recordsPerSecond', recordsPerSecond: 4 },
    ],
    [
      { kind: 'bytes', perSecond: 5 },
      { pace: 'bytesPerSecond', bytesPerSecond: 5 },
    ],
  ])('is the pace that holds: %j', (pace, message) => {
    const startOffset = at(1)
    const places = [{ ...place, startOffset, endOffset: 5, firstKeptOffset: at(0) }]
    const { state } = told({ kind: 'state', status: 'paused', pace, seekEpoch: 2, places })
    expect(state).toMatchObject({ status: 'REPLAY_STATUS_PAUSED', seekEpoch: 2 })
    expect(state?.pace).toMatchObject(message)
    expect(state?.pace?.gapMaxMs).toBe('gapMaxMs' in message ? message.gapMaxMs : undefined)
    expect(state?.places.map((one) => one.startOffset)).toEqual([1])
  })

  it('is that it is behind, and what cannot be read', () => {
    expect(told({ kind: 'lateness', isBehind: true, lateMs: 1.5 }).lateness).toEqual({
      behind: true,
      lateMs: 1.5,
    })
    const error = new VarveError('CORRUPT_LOG', 'damaged')
    const trouble = { kind: 'trouble', ...place, offset: at(4), error } as const
    const passed = told({ ...trouble, nextOffset: at(9) }).trouble
    expect(passed).toMatchObject({ ...place, offset: 4, nextOffset: 9 })
    expect(passed?.error?.message).toBe('damaged')
    expect(told({ ...trouble, nextOffset: undefined }).trouble?.nextOffset).toBeUndefined()
  })

  it('is what was played, with the checksum of each partition where it is known', () => {
    const counts = { records: 1, bytes: 2, dropped: 3, skipped: 4 }
    const partition = { ...place, ...counts, startOffset: at(5), nextOffset: at(6) }
    const { summary } = told({
      kind: 'summary',
      summary: {
        records: 1,
        bytes: 2,
        dropped: 3,
        elapsedMs: 4.5,
        delayedMs: 5.5,
        partitions: [
          { ...partition, checksum: 0xfedc_ba98 },
          { ...partition, checksum: undefined },
        ],
      },
    })
    expect(summary).toMatchObject({
      records: 1,
      bytes: 2,
      dropped: 3,
      elapsedMs: 4.5,
      delayedMs: 5.5,
    })
    expect(summary?.partitions.map(({ checksum }) => checksum)).toEqual([0xfedc_ba98, undefined])
    expect(summary?.partitions[0]).toMatchObject(partition)
  })
})
