// The journal of consumer groups, as the values of its records: a line for each, the id of its group and a tab before it. A value reads
// as exactly what was written or is damage, and what follows on what came before is replayed or is damage.
import { isDeepStrictEqual } from 'node:util'
import {
  decodeJournalValue,
  encodeJournalValue,
  JournalDamage,
} from '../../../src/broker/groups/journal-record.ts'
import { JournalReplay } from '../../../src/broker/groups/journal-replay.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { GroupLife } from '../../support/group-life.ts'
import { type FuzzTarget, mustHold } from '../engine/fuzz-target.ts'

const LINE = '\n'

export const journal: FuzzTarget = {
  name: 'journal',
  decoders: [
    'src/broker/groups/journal-record.ts',
    'src/broker/groups/journal-replay.ts',
    'src/broker/groups/json-shape.ts',
    'src/broker/groups/group-state-shape.ts',
    'src/broker/groups/group-event-shape.ts',
  ],
  seeds: () => {
    const lives = Array.from({ length: 10 }, (_, at) => lifeOf(`group ${at}`))
    const line = (groupId: string, value: object): string =>
      `${groupId}\t${JSON.stringify({ version: 1, ...value })}${LINE}`
    const created = { event: { kind: 'group-created', groupId: 'g', timeMs: 1 } }
    const state = stateOf(lives[0] ?? Buffer.alloc(0)).toString()
    const begin = line('', { checkpointBegin: { id: 1, earlier: [] } })
    const end = line('', { checkpointEnd: { id: 1 } })
    const groupState = state.slice(state.indexOf('\t'))
    const pieces = [
      line('', created),
      line('h', created),
      line('g', { checkpointEnd: { id: 1 } }),
      `${begin}other${groupState}`,
      state,
      begin + state + end + begin + state,
      begin + end + begin + state,
      end,
      line('g', { event: { kind: 'group-deleted', timeMs: 1 } }),
      line('g', { event: {} }),
      line('g', { event: { kind: 'nothing' } }),
      line('g', { event: { kind: 'group-epoch', epoch: 1, topics: {} } }),
      line('g', { event: { kind: 'group-epoch', epoch: 1, topics: [{ id: 'x' }] } }),
      line('g', { event: { kind: 'group-deleted', timeMs: 1, more: 1 } }),
    ]
    return [
      ...lives,
      // Of an even length, the records are all that there ever were; of an odd one they need a checkpoint.
      ...pieces.flatMap((text) => [Buffer.from(text), Buffer.from(`${text}\n`)]),
      Buffer.concat([
        Buffer.from(
          `\t${encodeJournalValue({ checkpointBegin: { id: 1, earlier: [STRETCH] } }).toString()}${LINE}`,
        ),
        ...lives.slice(0, 1).map(stateOf),
        Buffer.from(`\t${encodeJournalValue({ checkpointEnd: { id: 1 } }).toString()}${LINE}`),
      ]),
    ]
  },
  words: [
    ...[
      '{"version":1,"event":{"kind":"group-deleted","timeMs":1}}',
      '"kind":"',
      'null',
      '[]',
      '{}',
      '-1',
      '1.5',
    ],
    ...[
      '"__proto__":',
      '"constructor":',
      '"hasOwnProperty":1,',
      '\n',
      '\t',
      '"earlier":[]',
      '"fork":',
      '"undoneEpoch":1,',
    ],
    ...[
      '{"version":1,"checkpointBegin":{"id":2,"earlier":[]}}',
      '{"version":1,"checkpointEnd":{"id":1}}',
    ],
  ],
  bytesMax: 6 * 1024,
  allocatedBytesMax: (bytes) => 256 * 1024 + 64 * bytes,
  run: (bytes) => {
    // Of what begins with nothing all is known; of the rest only what a checkpoint tells.
    const replay = new JournalReplay(bytes.length % 2 === 0)
    let isWhole = true
    for (const [position, line] of bytes.toString().split(LINE).entries()) {
      const tab = line.indexOf('\t')
      const value = Buffer.from(line.slice(tab + 1))
      try {
        const decoded = decodeJournalValue(value, position)
        const again = decodeJournalValue(encodeJournalValue(decoded), position)
        mustHold(isDeepStrictEqual(again, decoded), 'what is written again reads as the same')
        const groupId = tab <= 0 ? undefined : line.slice(0, tab)
        if (isWhole) replay.take({ groupId, value, position, timeMs: 1 })
      } catch (error) {
        if (!(error instanceof JournalDamage)) throw error
        // Nobody goes on behind damage.
        isWhole = false
      }
    }
    if (!isWhole) return
    for (const state of replay.groups.values()) {
      const stored = decodeJournalValue(encodeJournalValue({ state }), 0)
      mustHold(
        isDeepStrictEqual(stored.state, state),
        'a state that was replayed is stored as it is',
      )
    }
  },
}

const STRETCH = {
  id: 0,
  begin: 0,
  end: 5,
  bytes: 100,
  minTimeMs: 1,
  minTimeKnownMs: 1,
  maxTimeMs: 9,
}

function lifeOf(groupId: string): Buffer {
  const life = new GroupLife(groupId, new SeededRandom(groupId))
  const lines: string[] = []
  while (lines.length < 6) {
    for (const event of life.next(1_700_000_000_000 + lines.length)) {
      lines.push(`${groupId}\t${encodeJournalValue({ event }).toString()}${LINE}`)
    }
  }
  return Buffer.from(lines.join(''))
}

/** What a life has come to, as a checkpoint stores it. */
function stateOf(life: Buffer): Buffer {
  const replay = new JournalReplay(true)
  for (const line of life.toString().split(LINE)) {
    const tab = line.indexOf('\t')
    if (tab < 0) continue
    replay.take({
      groupId: line.slice(0, tab),
      value: Buffer.from(line.slice(tab + 1)),
      position: 0,
      timeMs: 1,
    })
  }
  const lines = [...replay.groups].map(
    ([groupId, state]) => `${groupId}\t${encodeJournalValue({ state }).toString()}${LINE}`,
  )
  return Buffer.from(lines.join(''))
}
