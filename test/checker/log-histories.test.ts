// Small histories by hand of what is in the logs: for each class the least that shows it, and beside it what is in order.
import { type Case, testCases, told, WRITTEN } from './small-cases.ts'

const CASES: readonly Case[] = [
  {
    name: 'an empty history is in order',
    history: () => told(),
    classes: [],
  },
  {
    name: 'a batch that was acknowledged and read is in order',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1, 2])
        .poll('b', [2, 3], [{ at: 0, vs: [1, 2] }]),
    classes: [],
  },
  // C1
  {
    name: 'C1: two readers see different records at one offset',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1])
        .not('a', 'info', [0, 1], [2])
        .poll('b', [0, 9], [{ at: 0, vs: [1] }])
        .poll('c', [0, 9], [{ at: 0, vs: [2] }]),
    classes: ['C1'],
  },
  {
    name: 'C1: two sends are acknowledged at one offset',
    history: () => told().ok('a', [0, 5], 0, [1]).ok('b', [0, 5], 0, [2]),
    classes: ['C1'],
  },
  {
    name: 'C1: what is acknowledged at an offset where another record was read',
    history: () =>
      told()
        .ok('a', [0, 9], 0, [1])
        .not('b', 'info', [0, 1], [2])
        .poll('c', [0, 9], [{ at: 0, vs: [2] }]),
    classes: ['C1', 'C5'],
  },
  {
    name: 'C1: the same offset of two partitions may hold different records',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1], { k: 'x' })
        .ok('a', [2, 3], 0, [2], { k: 'y' })
        .poll(
          'b',
          [4, 5],
          [
            { k: 'x', at: 0, vs: [1] },
            { k: 'y', at: 0, vs: [2] },
          ],
        ),
    classes: [],
  },
  {
    name: 'C1: of a synced partition another epoch is no excuse, nor a declared loss',
    history: () => {
      const history = told()
        .not('a', 'info', [0, 1], [1])
        .not('a', 'info', [0, 1], [2])
        .poll('b', [0, 9], [{ at: 0, vs: [1], epoch: 1 }])
        .poll('c', [0, 9], [{ at: 0, vs: [2], epoch: 2 }])
      history.builder.nemesis({ kind: 'loss', key: 0, fromOffset: 0, at: 5 })
      return history
    },
    classes: ['C1'],
  },
  {
    name: 'C1: of a written partition another epoch after a declared loss is an excuse',
    history: () => {
      const history = told(WRITTEN)
        .not('a', 'info', [0, 1], [1])
        .not('a', 'info', [0, 1], [2])
        .poll('b', [0, 1], [{ at: 0, vs: [1], epoch: 1 }])
        .poll('c', [7, 9], [{ at: 0, vs: [2], epoch: 2 }])
      history.builder.nemesis({ kind: 'loss', key: 0, fromOffset: 0, at: 5 })
      return history
    },
    classes: [],
  },
  {
    name: 'C1: of a written partition one epoch has one record at an offset, whatever was lost',
    history: () => {
      const history = told(WRITTEN)
        .not('a', 'info', [0, 1], [1])
        .not('a', 'info', [0, 1], [2])
        .poll('b', [0, 1], [{ at: 0, vs: [1], epoch: 1 }])
        .poll('c', [7, 9], [{ at: 0, vs: [2], epoch: 1 }])
      history.builder.nemesis({ kind: 'loss', key: 0, fromOffset: 0, at: 5 })
      return history
    },
    classes: ['C1'],
  },
  {
    name: 'C1: what lies before the declared loss is not excused',
    history: () => {
      const history = told(WRITTEN)
        .not('a', 'info', [0, 1], [1])
        .not('a', 'info', [0, 1], [2])
        .poll('b', [0, 9], [{ at: 0, vs: [1], epoch: 1 }])
        .poll('c', [0, 9], [{ at: 0, vs: [2], epoch: 2 }])
      history.builder.nemesis({ kind: 'loss', key: 0, fromOffset: 1, at: 5 })
      return history
    },
    classes: ['C1'],
  },
  // C2
  {
    name: 'C2: one record at two offsets',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1])
        .poll('b', [2, 3], [{ at: 0, vs: [1, 1] }]),
    classes: ['C2'],
  },
  {
    name: 'C2: a record that was sent twice may be there twice',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1])
        .ok('a', [2, 3], 1, [1])
        .poll('b', [4, 5], [{ at: 0, vs: [1, 1] }]),
    classes: [],
  },
  {
    name: 'C2: a record that was sent twice is not there three times',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1])
        .ok('a', [2, 3], 1, [1])
        .poll('b', [4, 5], [{ at: 0, vs: [1, 1, 1] }]),
    classes: ['C2'],
  },
  {
    name: 'C2: a send that failed does not allow another copy',
    history: () =>
      told()
        .not('a', 'fail', [0, 1], [1])
        .ok('a', [2, 3], 1, [1])
        .poll('b', [4, 5], [{ at: 0, vs: [1, 1] }]),
    classes: ['C2'],
  },
  // C3
  {
    name: 'C3: a record that nobody sent',
    history: () => told().poll('b', [0, 1], [{ at: 0, vs: [7] }]),
    classes: ['C3'],
  },
  {
    name: 'C3: a record of another partition',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1], 'x')
        .poll('b', [2, 3], [{ k: 'y', at: 0, vs: [1] }]),
    classes: ['C3'],
  },
  {
    name: 'C3: a record whose checksum is wrong',
    history: () => told().poll('b', [2, 3], [{ at: 0, vs: [Number.NaN] }]),
    classes: ['C3'],
  },
  {
    name: 'C3: a record that was read before it was sent',
    history: () =>
      told()
        .not('a', 'info', [5, 6], [1])
        .poll('b', [0, 4], [{ at: 0, vs: [1] }]),
    classes: ['C3'],
  },
  {
    name: 'C3: a record that was read while it was sent is in order',
    history: () =>
      told()
        .not('a', 'info', [5, 6], [1])
        .poll('b', [0, 5], [{ at: 0, vs: [1] }]),
    classes: [],
  },
  {
    name: 'C3: a send that was begun and never ended is known',
    history: () =>
      told()
        .not('a', 'info', [0], [1])
        .poll('b', [2, 3], [{ at: 0, vs: [1] }]),
    classes: [],
  },
  // C4
  {
    name: 'C4: a record of a refused send is read',
    history: () =>
      told()
        .not('a', 'fail', [0, 1], [1])
        .poll('b', [2, 3], [{ at: 0, vs: [1] }]),
    classes: ['C4'],
  },
  {
    name: 'C4: also when the poll that read it went on to fail',
    history: () =>
      told()
        .not('a', 'fail', [0, 1], [1])
        .poll('b', [2, 3], [{ at: 0, vs: [1] }], 'info'),
    classes: ['C4'],
  },
  {
    name: 'C4: a refused send whose record was sent once more is in order',
    history: () =>
      told()
        .not('a', 'fail', [0, 1], [1])
        .ok('a', [2, 3], 0, [1])
        .poll('b', [4, 5], [{ at: 0, vs: [1] }]),
    classes: [],
  },
  {
    name: 'C4: a record of a send of unknown outcome may be read, and may be not',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1])
        .not('a', 'info', [0, 1], [2])
        .poll('b', [2, 3], [{ at: 0, vs: [2] }]),
    classes: [],
  },
  // C5
  {
    name: 'C5: an acknowledged record was never read, a later one was',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1])
        .ok('a', [2, 3], 1, [2])
        .poll('b', [4, 5], [{ at: 1, vs: [2] }]),
    classes: ['C5'],
  },
  {
    name: 'C5: an acknowledged record beyond all reads is not missed yet',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1])
        .ok('a', [2, 3], 1, [2])
        .poll('b', [4, 5], [{ at: 0, vs: [1] }]),
    classes: [],
  },
  {
    name: 'C5: where readers began somewhere, only what they went past is missed',
    reading: 'passages',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1])
        .ok('a', [2, 3], 1, [2])
        .poll('b', [4, 5], [{ at: 1, vs: [2] }]),
    classes: [],
  },
  {
    name: 'C5: a reader that was put before the record and went past it missed it',
    reading: 'passages',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1])
        .ok('a', [2, 3], 1, [2])
        .seek('b', 4, 0)
        .poll('b', [4, 5], [{ at: 1, vs: [2] }]),
    classes: ['C5', 'C8', 'C10'],
  },
  {
    name: 'C5: what was declared lost of a written partition is not missed',
    history: () => {
      const history = told(WRITTEN)
        .ok('a', [0, 1], 0, [1])
        .ok('a', [7, 8], 0, [2])
        .poll('b', [9, 10], [{ at: 0, vs: [2], epoch: 2 }])
      history.builder.nemesis({ kind: 'loss', key: 0, fromOffset: 0, at: 5 })
      return history
    },
    classes: [],
  },
  {
    name: 'C5: what was acknowledged after the loss is missed',
    history: () => {
      const history = told(WRITTEN)
        .ok('a', [6, 7], 0, [1])
        .ok('a', [8, 9], 1, [2])
        .poll('b', [10, 11], [{ at: 1, vs: [2] }])
      history.builder.nemesis({ kind: 'loss', key: 0, fromOffset: 0, at: 5 })
      return history
    },
    classes: ['C5'],
  },
  {
    name: 'C5: what was acknowledged as synced is never excused, of no partition',
    history: () => {
      const history = told(WRITTEN)
        .ok('a', [0, 1], 0, [1], { durability: 'synced' })
        .ok('a', [8, 9], 1, [2])
        .poll('b', [10, 11], [{ at: 1, vs: [2] }])
      history.builder.nemesis({ kind: 'loss', key: 0, fromOffset: 0, at: 5 })
      return history
    },
    classes: ['C5'],
  },
  {
    name: 'C5: what retention dropped is not missed',
    history: () =>
      told({ durability: 'synced', hasRetention: true })
        .ok('a', [0, 1], 0, [1])
        .ok('a', [2, 3], 1, [2])
        .told([4, 5], { start: 1 })
        .poll('b', [6, 7], [{ at: 1, vs: [2] }]),
    classes: [],
  },
  {
    name: 'C5: a start that moves without retention excuses nothing',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1])
        .ok('a', [2, 3], 1, [2])
        .told([4, 5], { start: 1 })
        .poll('b', [6, 7], [{ at: 1, vs: [2] }]),
    classes: ['C5'],
  },
  // C6
  {
    name: 'C6: a final reader was not given what was acknowledged last',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1])
        .ok('a', [2, 3], 1, [2])
        .final('f')
        .poll('f', [4, 5], [{ at: 0, vs: [1] }]),
    classes: ['C6'],
  },
  {
    name: 'C6: each final reader must be given all',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1, 2])
        .final('f')
        .final('g')
        .poll('f', [4, 5], [{ at: 0, vs: [1, 2] }])
        .poll('g', [4, 5], [{ at: 0, vs: [1] }]),
    classes: ['C6'],
  },
  {
    name: 'C6: a final reader that read nothing of a partition missed all of it',
    history: () => told().ok('a', [0, 1], 0, [1]).final('f'),
    classes: ['C6'],
  },
  {
    name: 'C6: final readers that were given all are content',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1, 2])
        .not('a', 'info', [2, 3], [3])
        .not('a', 'fail', [2, 3], [4])
        .final('f')
        .poll('f', [4, 5], [{ at: 0, vs: [1] }])
        .poll('f', [5, 6], [{ at: 1, vs: [2] }]),
    classes: [],
  },
  // C7
  {
    name: 'C7: a record lies elsewhere than was acknowledged',
    history: () =>
      told()
        .ok('a', [0, 1], 3, [1])
        .poll('b', [2, 3], [{ at: 4, vs: [1] }]),
    classes: ['C7'],
  },
  {
    name: 'C7: a record that was sent twice lies at either offset',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1])
        .ok('a', [2, 3], 5, [1])
        .poll('b', [4, 5], [{ at: 0, vs: [1] }]),
    classes: [],
  },
  // C8
  {
    name: 'C8: an offset is passed over by everybody',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1])
        .not('a', 'info', [0, 1], [2])
        .poll('b', [2, 3], [{ at: 0, vs: [1] }])
        .poll('b', [4, 5], [{ at: 2, vs: [2] }]),
    classes: ['C8', 'C10'],
  },
  {
    name: 'C8: what one reader passed over and another one read is no hole',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2, 3])
        .poll(
          'b',
          [2, 9],
          [
            { at: 0, vs: [1] },
            { at: 2, vs: [3] },
          ],
        )
        .poll('c', [2, 9], [{ at: 0, vs: [1, 2, 3] }]),
    classes: ['C12'],
  },
  {
    name: 'C8: what nobody passed over may be missing',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1])
        .not('a', 'info', [0, 1], [2])
        .poll('b', [2, 3], [{ at: 0, vs: [1] }])
        .poll('c', [4, 5], [{ at: 2, vs: [2] }]),
    classes: [],
  },
  // C9
  {
    name: 'C9: the middle of a batch is missing',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2, 3])
        .not('a', 'info', [0, 1], [9])
        .poll('b', [2, 3], [{ at: 0, vs: [1, 9, 3] }]),
    classes: ['C9'],
  },
  {
    name: 'C9: a batch that lies in another order',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2])
        .poll('b', [2, 3], [{ at: 0, vs: [2, 1] }]),
    classes: ['C9'],
  },
  {
    name: 'C9: the end of a batch is missing where readers came to the end',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2])
        .final('f')
        .poll('f', [2, 3], [{ at: 0, vs: [1] }]),
    classes: ['C9'],
  },
  {
    name: 'C9: the end of a batch may not have been read yet',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1, 2])
        .poll('f', [2, 3], [{ at: 0, vs: [1] }]),
    classes: [],
  },
]

testCases(CASES)
