// What a replay into a topic has saved, as it comes back: from another program, another version, or a hand that changed it.
import { expect, it } from 'vitest'
import { decodeState, encodeState } from '../../../src/client/replay-into-state.ts'
import type { ReplayIntoState } from '../../../src/client/replay-into-types.ts'

const STATE: ReplayIntoState = {
  version: 1,
  told: 'told',
  before: {
    sessionId: 's',
    places: [{ topic: 'orders', partition: 0, startOffset: 0, offset: 5, endOffset: 9 }],
  },
  round: [{ topic: 'orders', partition: 0, offset: 5, nextOffset: 7 }],
  targets: [{ topic: 'copy', partition: 0, baseOffset: 2, endOffset: 7 }],
  isDone: false,
}

it('is read as it was saved', () => {
  expect(decodeState(encodeState(STATE), 'told')).toEqual(STATE)
})

const [place] = STATE.round
const [target] = STATE.targets

it.each<[what: string, changed: object]>([
  ['a place that is null', { round: [null] }],
  ['a place without a topic', { round: [{ ...place, topic: undefined }] }],
  ['a place without a partition', { round: [{ ...place, partition: 'x' }] }],
  ['an offset that is text', { round: [{ ...place, offset: '5' }] }],
  ['an end without an end', { round: [{ ...place, nextOffset: Infinity }] }],
  ['an end before its start', { round: [{ ...place, nextOffset: 4 }] }],
  ['a target that is null', { targets: [null] }],
  ['a target of no number', { targets: [{ ...target, partition: -1 }] }],
  ['a target with an end that is text', { targets: [{ ...target, endOffset: '7' }] }],
  ['nothing on whether it is done', { isDone: undefined }],
  ['no positions', { before: null }],
  ['a position that is null', { before: { ...STATE.before, places: [null] } }],
  ['no list of places', { round: {} }],
  ['another version', { version: 2 }],
])('is refused with a code when it has %s', (_, changed) => {
  const text = JSON.stringify({ ...STATE, ...changed }).replaceAll('null}', '1e999}')
  expect(() => decodeState(text, 'told')).toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
  )
})
