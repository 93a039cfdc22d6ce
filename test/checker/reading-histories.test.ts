// Small histories by hand of orders, of readers and of what is told of partitions.
import { type Case, testCases, told, WRITTEN } from './small-cases.ts'

const CASES: readonly Case[] = [
  // C13, C14
  {
    name: 'C13: what a process sent later lies before',
    history: () => told().ok('a', [0, 9], 1, [1]).ok('a', [1, 9], 0, [2]),
    classes: ['C13'],
  },
  {
    name: 'C13: two processes at once may come in any order',
    history: () => told().ok('a', [0, 9], 1, [1]).ok('b', [1, 9], 0, [2]),
    classes: [],
  },
  {
    name: 'C13: a send of unknown outcome that was read binds no later one',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1])
        .ok('a', [2, 3], 0, [2])
        .poll('b', [4, 5], [{ at: 0, vs: [2, 1] }]),
    classes: [],
  },
  {
    name: 'C13: a send of unknown outcome is bound by an earlier one',
    history: () =>
      told()
        .ok('a', [0, 9], 1, [1])
        .not('a', 'info', [1, 2], [2])
        .poll('b', [4, 10], [{ at: 0, vs: [2, 1] }]),
    classes: ['C13'],
  },
  {
    name: 'C14: a send lies before one that was acknowledged before it was begun',
    history: () => told().ok('a', [0, 1], 1, [1]).ok('b', [2, 3], 0, [2]),
    classes: ['C14'],
  },
  {
    name: 'C14: a send that was begun at the moment of the acknowledgement may lie before',
    history: () => told().ok('a', [0, 2], 1, [1]).ok('b', [2, 3], 0, [2]),
    classes: [],
  },
  {
    name: 'C14: after a declared loss offsets are given once more',
    history: () => {
      const history = told(WRITTEN).ok('a', [0, 1], 1, [1]).ok('b', [6, 7], 1, [2], { epoch: 2 })
      history.builder.nemesis({ kind: 'loss', key: 0, fromOffset: 1, at: 5 })
      return history
    },
    classes: [],
  },
  {
    name: 'C14: a send that was begun before a declared loss may come in after it',
    history: () => {
      const history = told(WRITTEN).ok('a', [0, 1], 2, [1]).ok('b', [2, 9], 1, [2], { epoch: 2 })
      history.builder.nemesis({ kind: 'loss', key: 0, fromOffset: 1, at: 5 })
      return history
    },
    classes: [],
  },
  {
    name: 'C14: what lies before the loss came in before it',
    history: () => {
      const history = told(WRITTEN).ok('a', [0, 1], 2, [1]).ok('b', [2, 9], 0, [2])
      history.builder.nemesis({ kind: 'loss', key: 0, fromOffset: 1, at: 5 })
      return history
    },
    classes: ['C14'],
  },
  // C10 to C12, C16
  {
    name: 'C10: a reader misses what another one was given',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2, 3])
        .poll('b', [2, 9], [{ at: 0, vs: [1] }])
        .poll('b', [2, 9], [{ at: 2, vs: [3] }])
        .poll('c', [2, 9], [{ at: 0, vs: [1, 2, 3] }]),
    classes: ['C10'],
  },
  {
    name: 'C10: a reader that sought may jump',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2, 3])
        .poll('b', [2, 3], [{ at: 0, vs: [1] }])
        .seek('b', 4, 2)
        .poll('b', [5, 9], [{ at: 2, vs: [3] }])
        .poll('c', [2, 9], [{ at: 0, vs: [1, 2, 3] }]),
    classes: [],
  },
  {
    name: 'C10: a reader that sought begins where it sought',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2, 3])
        .seek('b', 1, 1)
        .poll('b', [5, 9], [{ at: 2, vs: [3] }])
        .poll('c', [2, 9], [{ at: 0, vs: [1, 2, 3] }]),
    classes: ['C10'],
  },
  {
    name: 'C10: a seek in another partition excuses nothing',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2, 3])
        .poll('b', [2, 3], [{ at: 0, vs: [1] }])
        .seek('b', 4, 2, 'other')
        .poll('b', [5, 9], [{ at: 2, vs: [3] }])
        .poll('c', [2, 9], [{ at: 0, vs: [1, 2, 3] }]),
    classes: ['C10'],
  },
  {
    name: 'C10: another process may begin anywhere',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2])
        .poll('b', [2, 9], [{ at: 0, vs: [1, 2] }])
        .poll('c', [2, 9], [{ at: 1, vs: [2] }]),
    classes: [],
  },
  {
    name: 'C11: a reader is given a record again',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2])
        .poll('b', [2, 3], [{ at: 0, vs: [1, 2] }])
        .poll('b', [4, 5], [{ at: 1, vs: [2] }]),
    classes: ['C11'],
  },
  {
    name: 'C11: a seek while a poll is under way excuses that poll and the next',
    history: () => {
      const history = told()
        .not('a', 'info', [0, 1], [1, 2])
        .poll('b', [2, 3], [{ at: 0, vs: [1, 2] }])
      const poll = history.builder.pollBegan(history.process('b'), 4)
      history.seek('b', 5, 0)
      history.builder.pollRead(poll, history.key(), 1, [2])
      history.builder.pollEnded(poll, 'ok', 6)
      return history.poll('b', [7, 8], [{ at: 0, vs: [1] }])
    },
    classes: [],
  },
  {
    name: 'C12: one answer goes back',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2])
        .poll(
          'b',
          [2, 3],
          [
            { at: 0, vs: [1, 2] },
            { at: 0, vs: [1, 2] },
          ],
        ),
    classes: ['C12'],
  },
  {
    name: 'C16: what was read is passed over later',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2, 3])
        .poll('b', [2, 3], [{ at: 0, vs: [1, 2, 3] }])
        .poll('c', [4, 5], [{ at: 0, vs: [1] }])
        .poll('c', [6, 7], [{ at: 2, vs: [3] }]),
    classes: ['C10', 'C16'],
  },
  {
    name: 'C16: another record is read where one was read before',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1])
        .not('a', 'info', [0, 1], [2])
        .poll('b', [2, 3], [{ at: 0, vs: [1] }])
        .poll('c', [4, 5], [{ at: 0, vs: [2] }]),
    classes: ['C1', 'C16'],
  },
  {
    name: 'C16: what was read of an unknown send is not there in the end',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1])
        .poll('b', [2, 3], [{ at: 0, vs: [1] }])
        .final('f')
        .poll('f', [4, 5], []),
    classes: ['C16'],
  },
  // C15, C17, C18
  {
    name: 'C15: the readable end is told before a record that was read',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2])
        .poll('b', [2, 3], [{ at: 0, vs: [1, 2] }])
        .told([4, 5], { hw: 1 }),
    classes: ['C15'],
  },
  {
    name: 'C15: an answer that was asked for before may be old',
    history: () =>
      told()
        .not('a', 'info', [0, 1], [1, 2])
        .poll('b', [2, 3], [{ at: 0, vs: [1, 2] }])
        .told([3, 5], { hw: 1 }),
    classes: [],
  },
  {
    name: 'C15: the readable end is told before a record acknowledged as synced',
    history: () =>
      told().ok('a', [0, 1], 0, [1, 2], { durability: 'synced' }).told([4, 5], { hw: 1 }),
    classes: ['C15'],
  },
  {
    name: 'C15: what was acknowledged as written may not be readable yet',
    history: () =>
      told().ok('a', [0, 1], 0, [1, 2], { durability: 'written' }).told([4, 5], { hw: 1 }),
    classes: [],
  },
  {
    name: 'C15: after a declared loss the readable end may be lower',
    history: () =>
      told(WRITTEN)
        .not('a', 'info', [0, 1], [1, 2])
        .poll('b', [2, 3], [{ at: 0, vs: [1, 2] }])
        .nemesis({ kind: 'loss', key: 0, fromOffset: 1, at: 4 })
        .told([5, 6], { hw: 1 }),
    classes: [],
  },
  {
    name: 'C17: the start goes back',
    history: () => told().told([0, 1], { start: 5 }).told([2, 3], { start: 4 }),
    classes: ['C17'],
  },
  {
    name: 'C17: two questions at once may be answered in any order',
    history: () => told().told([0, 2], { start: 5 }).told([2, 3], { start: 4 }),
    classes: [],
  },
  {
    name: 'C17: the readable end of a synced partition goes back, under whatever epoch',
    history: () => told().told([0, 1], { hw: 5, epoch: 1 }).told([2, 3], { hw: 4, epoch: 2 }),
    classes: ['C15', 'C17'],
  },
  {
    name: 'C17: after an operator reset bounds may go back',
    history: () =>
      told()
        .told([0, 1], { start: 5, hw: 9 })
        .nemesis({ kind: 'reset', key: 0, at: 2 })
        .told([3, 4], { start: 0, hw: 0 }),
    classes: [],
  },
  {
    name: 'C18: an epoch goes back',
    history: () => told().told([0, 1], { epoch: 2 }).ok('a', [2, 3], 0, [1], { epoch: 1 }),
    classes: ['C18'],
  },
  {
    name: 'C18: two starts of the broker acknowledge under one epoch',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1], { epoch: 1, incarnation: 'x' })
        .ok('a', [2, 3], 1, [2], { epoch: 1, incarnation: 'y' }),
    classes: ['C18'],
  },
  {
    name: 'C18: epochs that grow with each start are in order',
    history: () =>
      told()
        .ok('a', [0, 1], 0, [1], { epoch: 1, incarnation: 'x' })
        .ok('a', [2, 3], 1, [2], { epoch: 2, incarnation: 'y' })
        .told([4, 5], { epoch: 2 }),
    classes: [],
  },
]

testCases(CASES)
