// Small histories by hand of groups, of waiting and of faults.
import { type Case, sent, testCases, told } from './small-cases.ts'

const CASES: readonly Case[] = [
  // C19 to C21
  {
    name: 'C19: a commit goes back',
    history: () => sent().commit('m', [2, 3], 2).commit('m', [4, 5], 1),
    classes: ['C19'],
  },
  {
    name: 'C19: a commit that says that it goes back may',
    history: () =>
      sent().commit('m', [2, 3], 2).commit('m', [4, 5], 1, { rewind: true }).committed([6, 7], 1),
    classes: [],
  },
  {
    name: 'C19: a refused commit that goes back is in order',
    history: () => sent().commit('m', [2, 3], 2).commit('m', [4, 5], 1, { outcome: 'fail' }),
    classes: [],
  },
  {
    name: 'C19: commits at once may come in any order',
    history: () => sent().commit('m', [2, 5], 2).commit('n', [4, 6], 1),
    classes: [],
  },
  {
    name: 'C20: an acknowledged commit is gone',
    history: () => sent().commit('m', [2, 3], 2).committed([4, 5], 1),
    classes: ['C20'],
  },
  {
    name: 'C20: nothing is said to be committed after a commit',
    history: () => sent().commit('m', [2, 3], 2).committed([4, 5], undefined),
    classes: ['C20'],
  },
  {
    name: 'C20: a commit of unknown outcome may be gone',
    history: () => sent().commit('m', [2, 3], 2, { outcome: 'info' }).committed([4, 5], undefined),
    classes: [],
  },
  {
    name: 'C20: after a reset anything may be committed',
    history: () => sent().commit('m', [2, 3], 2).reset([4, 5]).committed([6, 7], 0),
    classes: [],
  },
  {
    name: 'C20: a commit during a reset proves nothing, one after it does',
    history: () =>
      sent()
        .reset([2, 6])
        .commit('m', [3, 4], 2)
        .committed([7, 8], 0)
        .commit('m', [9, 10], 1)
        .committed([11, 12], 0),
    classes: ['C20'],
  },
  {
    name: 'C21: more is committed than was ever sent',
    history: () => sent().commit('m', [2, 3], 4),
    classes: ['C21'],
  },
  {
    name: 'C21: all that was sent may be committed, also what nobody knows of',
    history: () => sent().not('a', 'info', [2], [4]).commit('m', [2, 3], 4),
    classes: [],
  },
  {
    name: 'C21: what is sent after the commit does not excuse it',
    history: () => sent().commit('m', [2, 3], 4).not('a', 'info', [4], [4]),
    classes: ['C21'],
  },
  // C22 to C24
  {
    name: 'C22: a commit is accepted after another member was told that it owns',
    history: () => sent().member('m', 2, '+', 1).member('n', 4, '+', 1).commit('m', [5, 6], 1),
    classes: ['C22'],
  },
  {
    name: 'C22: a member that commits before its heir is told is in order',
    history: () =>
      sent()
        .member('m', 2, '+', 1)
        .commit('m', [3, 4], 1)
        .member('n', 4, '+', 2)
        .commit('n', [5, 6], 2),
    classes: [],
  },
  {
    name: 'C22: a member that let go and got it back is in order',
    history: () =>
      sent()
        .member('m', 2, '+', 1)
        .member('m', 3, '-', 2)
        .member('n', 4, '+', 2)
        .member('n', 5, '-', 3)
        .member('m', 6, '+', 3)
        .commit('m', [7, 8], 1, { epoch: 3 }),
    classes: [],
  },
  {
    name: 'C23: a commit of an old epoch is accepted after the heir was named',
    history: () =>
      sent().member('m', 2, '+', 1).member('n', 4, '+', 2).commit('m', [5, 6], 1, { epoch: 1 }),
    classes: ['C22', 'C23'],
  },
  {
    name: 'C23: a commit of an old epoch that is refused is in order',
    history: () =>
      sent()
        .member('m', 2, '+', 1)
        .member('n', 4, '+', 2)
        .commit('m', [5, 6], 1, { epoch: 1, outcome: 'fail' }),
    classes: [],
  },
  {
    name: 'C24: a new owner begins beyond what was committed',
    history: () =>
      sent()
        .member('m', 2, '+', 1)
        .commit('m', [3, 4], 1)
        .member('n', 5, '+', 2)
        .poll('n', [6, 7], [{ at: 2, vs: [3] }]),
    classes: ['C5', 'C9', 'C24'],
  },
  {
    name: 'C24: a new owner begins before what was committed',
    history: () =>
      sent()
        .member('m', 2, '+', 1)
        .commit('m', [3, 4], 1)
        .member('n', 5, '+', 2)
        .poll('n', [6, 7], [{ at: 0, vs: [1, 2, 3] }]),
    classes: ['C24'],
  },
  {
    name: 'C24: a commit that nobody knows of may have moved the new owner on',
    history: () =>
      sent()
        .member('m', 2, '+', 1)
        .poll('m', [2, 3], [{ at: 0, vs: [1, 2] }])
        .commit('m', [3, 4], 1)
        .commit('m', [3, 4], 2, { outcome: 'info' })
        .member('n', 5, '+', 2)
        .poll('n', [6, 7], [{ at: 2, vs: [3] }]),
    classes: [],
  },
  {
    name: 'C24: a new owner that was sent elsewhere begins there',
    history: () =>
      sent()
        .member('m', 2, '+', 1)
        .commit('m', [3, 4], 1)
        .member('n', 5, '+', 2)
        .seek('n', 6, 0)
        .poll('n', [6, 7], [{ at: 0, vs: [1, 2, 3] }]),
    classes: [],
  },
  // C25 to C27
  {
    name: 'C25: a send never ends',
    liveness: { within: 10, endedAt: 100 },
    history: () => told().not('a', 'info', [0], [1]),
    classes: ['C25'],
  },
  {
    name: 'C25: a send that began shortly before the end may be under way, one of a dead process for ever',
    liveness: { within: 10, endedAt: 100 },
    history: () =>
      told()
        .not('a', 'info', [95], [1])
        .not('b', 'info', [0], [2])
        .nemesis({ kind: 'stop', process: 1, at: 1 }),
    classes: [],
  },
  {
    name: 'C25: long after the heal nobody owns a partition',
    liveness: { within: 10, endedAt: 100 },
    history: () => {
      const history = told().nemesis({ kind: 'heal', at: 50 }).member('m', 2, '+', 1)
      history.builder.subscribed({ group: 'g', process: 0, keys: [0], at: 1 })
      return history.member('m', 30, '-', 2)
    },
    classes: ['C25'],
  },
  {
    name: 'C25: a partition that is owned in time is in order',
    liveness: { within: 10, endedAt: 100 },
    history: () => {
      const history = told().nemesis({ kind: 'heal', at: 50 }).member('m', 2, '+', 1)
      history.builder.subscribed({ group: 'g', process: 0, keys: [0], at: 1 })
      return history.member('m', 30, '-', 2).member('m', 60, '+', 3)
    },
    classes: [],
  },
  {
    name: 'C26: altered bytes are served',
    history: () =>
      sent()
        .nemesis({ kind: 'rot', key: 0, fromOffset: 1, endOffset: 2, at: 5 })
        .poll('b', [6, 7], [{ at: 0, vs: [1, Number.NaN, 3] }]),
    classes: ['C3', 'C5', 'C9', 'C26'],
  },
  {
    name: 'C26: what is served right, or was served before, is in order',
    history: () =>
      sent()
        .poll('b', [2, 3], [{ at: 0, vs: [1, 2, 3] }])
        .nemesis({ kind: 'rot', key: 0, fromOffset: 1, endOffset: 2, at: 5 })
        .poll('c', [6, 7], [{ at: 0, vs: [1, 2, 3] }]),
    classes: [],
  },
  {
    name: 'C27: a recovery reports what was not done',
    history: () => sent().nemesis({ kind: 'recovery', key: 0, reported: ['torn'], at: 5 }),
    classes: ['C27'],
  },
  {
    name: 'C27: a recovery is silent about what was done',
    history: () =>
      sent()
        .nemesis({ kind: 'fault', key: 0, fault: 'damaged', isCertain: true, at: 4 })
        .nemesis({ kind: 'recovery', key: 0, reported: ['torn'], at: 5 }),
    classes: ['C27'],
  },
  {
    name: 'C27: a recovery may report a fault that was possible, or not',
    history: () =>
      sent()
        .nemesis({ kind: 'fault', key: 0, fault: 'torn', isCertain: false, at: 3 })
        .nemesis({ kind: 'recovery', key: 0, reported: ['torn'], at: 4 })
        .nemesis({ kind: 'fault', key: 0, fault: 'torn', isCertain: false, at: 5 })
        .nemesis({ kind: 'recovery', key: 0, reported: [], at: 6 }),
    classes: [],
  },
]

testCases(CASES)
