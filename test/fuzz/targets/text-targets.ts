// Files and pipes of the command line: offsets, records as JSON, the saved state of a replay.
import { isDeepStrictEqual } from 'node:util'
import { formatOffsetFile, parseOffsetFile } from '../../../src/cli/group/offset-file.ts'
import { recordFromJson, recordToJson } from '../../../src/cli/record-json.ts'
import { decodeState, encodeState } from '../../../src/client/replay-into-state.ts'
import { type FuzzTarget, mustHold } from '../engine/fuzz-target.ts'
import { allocatedBytesMax, JSON_WORDS, NOW_MS, unlessRefused } from './told-refusal.ts'

const offsetFile: FuzzTarget = {
  name: 'offset-file',
  decoders: ['src/cli/group/offset-file.ts'],
  seeds: () => [
    Buffer.from('# saved\norders,0,17\norders,1,4711\n'),
    Buffer.from('topic,partition,offset\n"orders",0,17\n'),
    Buffer.from('billing,orders,0,17\nother,orders,0,3\na,b,orders,1,5\n'),
    Buffer.from(
      '{"topic":"orders","partition":0,"offset":17}\n{"group":"billing","topic":"x","partition":1,"offset":2}\n',
    ),
  ],
  words: [
    ...JSON_WORDS,
    'billing,',
    'orders,',
    '\n',
    '#',
    '9007199254740993',
    '"group":"billing",',
  ],
  allocatedBytesMax,
  run: (bytes) => {
    const offsets = unlessRefused(() => parseOffsetFile(bytes.toString(), 'billing'))
    if (offsets === undefined || offsets.some(({ topic }) => /[,"\n\r{#]|^\s|\s$/.test(topic)))
      return
    const again = parseOffsetFile(formatOffsetFile(offsets), 'billing')
    const hasHeading = offsets[0]?.topic === 'topic'
    mustHold(
      hasHeading || isDeepStrictEqual(again, offsets),
      'what is written again reads as the same',
    )
  },
}

const recordJson: FuzzTarget = {
  name: 'record-json',
  decoders: ['src/cli/record-json.ts'],
  seeds: () =>
    [
      '{"key":"a","value":"b"}',
      '{"keyBase64":"/w==","valueBase64":"","headers":[{"key":"h","value":null},{"key":"i","valueBase64":"AA=="}]}',
      '{"value":null,"headers":{"a":"b"},"timestamp":"2026-07-01T12:00:00Z","partition":3,"topic":"t","offset":5}',
      '{"key":"a","value":"b","timestamp":1700000000000}',
    ].map((text) => Buffer.from(text)),
  words: [
    ...JSON_WORDS,
    '"value":',
    '"valueBase64":"',
    '"headers":',
    '"timestamp":',
    '"partition":',
    'a===',
    '"key":',
  ],
  allocatedBytesMax,
  run: (bytes) => {
    const record = unlessRefused(() => recordFromJson(bytes, 1))
    if (record === undefined) return
    // -0 is 0.
    const timestampMs = (record.timestampMs ?? NOW_MS) + 0
    const partition = (record.partition ?? 0) + 0
    const whole = { ...record, topic: 'orders', offset: 0, timestampMs, partition }
    const again = recordFromJson(Buffer.from(recordToJson(whole)), 1)
    mustHold(
      isDeepStrictEqual(again, { ...record, timestampMs, partition }),
      'what is printed reads as the same',
    )
  },
}

const STATE = {
  version: 1,
  told: 'told',
  before: {
    sessionId: 's',
    places: [{ topic: 'orders', partition: 0, startOffset: 0, offset: 5, endOffset: 9 }],
    playheadMs: 1,
  },
  round: [{ topic: 'orders', partition: 0, offset: 5, nextOffset: 7 }],
  targets: [{ topic: 'copy', partition: 0, baseOffset: 0, endOffset: 5 }],
  isDone: false,
}

const replayState: FuzzTarget = {
  name: 'replay-state',
  decoders: ['src/client/replay-into-state.ts', 'src/client/replay-positions.ts'],
  seeds: () =>
    [
      STATE,
      { ...STATE, before: { ...STATE.before, places: [] } },
      {
        ...STATE,
        before: { ...STATE.before, places: [...STATE.before.places, ...STATE.before.places] },
      },
      { ...STATE, round: [null] },
      { ...STATE, targets: [{}] },
    ].map((state) => Buffer.from(JSON.stringify(state))),
  words: [
    ...JSON_WORDS,
    '"round":',
    '"targets":',
    '"before":',
    '"places":',
    '"seekToMs":5,',
    '"endOffset":',
    '"told":"told"',
  ],
  allocatedBytesMax,
  run: (bytes) => {
    const state = unlessRefused(() => decodeState(bytes.toString(), 'told'))
    if (state === undefined) return
    const again = decodeState(encodeState(state), 'told')
    mustHold(
      isDeepStrictEqual(again, JSON.parse(JSON.stringify(state))),
      'what is saved again reads as the same',
    )
  },
}

export const TEXT_TARGETS: readonly FuzzTarget[] = [offsetFile, recordJson, replayState]
