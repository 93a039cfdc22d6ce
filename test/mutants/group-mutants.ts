// Bugs of consumer groups: who owns a partition, what is committed, what the journal keeps, how far a group is said to be behind.
import type { Mutant } from './mutant.ts'

const OFFSETS = 'test/unit/coordinator/offsets.test.ts'
const MEMBERSHIP = 'test/unit/coordinator/membership.test.ts'
const HOST = 'test/unit/broker/groups/group-host.test.ts'
const COMMITS = 'test/unit/broker/groups/group-offsets.test.ts'
const JOURNAL = 'test/unit/broker/groups/log-group-journal.test.ts'

export const GROUP_MUTANTS: readonly Mutant[] = [
  {
    name: 'commit-without-epoch-check',
    bug: 'a commit counts though the member did not yet have the partition at the epoch that it shows',
    changes: [
      {
        file: 'src/coordinator/decide-commit.ts',
        original: 'if (memberEpoch < givenAt) throw stale',
        changed: 'if (memberEpoch < 0) throw stale',
      },
    ],
    caughtBy: {
      file: OFFSETS,
      test: 'a commit > counts for what is pending revocation, until that is acknowledged',
      says: "expected undefined to be 'STALE_MEMBER_EPOCH'",
    },
  },
  {
    name: 'commit-of-what-another-holds',
    bug: 'a member commits for a partition that it does not hold',
    changes: [
      {
        file: 'src/coordinator/decide-commit.ts',
        original:
          "throw new VarveError('NOT_OWNER', 'the member does not hold this partition', { details })",
        changed: 'return',
      },
    ],
    caughtBy: {
      file: OFFSETS,
      test: 'a commit > counts for what is pending revocation, until that is acknowledged',
      says: "expected undefined to be 'NOT_OWNER'",
    },
  },
  {
    name: 'commit-beyond-the-end',
    bug: 'an offset that does not exist yet can be committed',
    changes: [
      {
        file: 'src/coordinator/decide-commit.ts',
        original: 'if (offset > endOffset) {',
        changed: 'if (offset > endOffset + 1) {',
      },
    ],
    caughtBy: {
      file: OFFSETS,
      test: 'a commit > is refused for an offset beyond the end, and only that part of it',
      says: "to deeply equal [ 'OFFSET_OUT_OF_RANGE', undefined ]",
    },
  },
  {
    name: 'commit-of-what-is-not-durable',
    bug: 'what is written and not yet durable can be committed',
    changes: [
      {
        file: 'src/broker/groups/group-offsets.ts',
        original: 'lookup.bounds(topicId, partition).readableEnd',
        changed: 'lookup.bounds(topicId, partition).end',
      },
    ],
    caughtBy: {
      file: COMMITS,
      test: 'commits > never lie beyond what readers see, so that no crash leaves a group ahead of its log',
      says: 'a commit of what is not durable: expected undefined',
    },
  },
  {
    name: 'commit-goes-back',
    bug: 'a late commit takes a group back',
    changes: [
      {
        file: 'src/coordinator/decide-commit.ts',
        original: 'offset < before.offset && command.allowRewind !== true',
        changed: 'offset < before.offset && command.allowRewind === undefined',
      },
    ],
    caughtBy: {
      file: COMMITS,
      test: 'commits > are of members alone while there are any',
      says: "to be 'COMMIT_REWIND'",
    },
  },
  {
    name: 'commit-answered-before-it-is-stored',
    bug: 'commits and joins are answered while they are being stored',
    changes: [
      {
        file: 'src/broker/groups/group-actor.ts',
        original: 'await this.#parts.journal.append(this.groupId, round.events)',
        changed: 'this.#parts.journal.append(this.groupId, round.events).catch(() => undefined)',
      },
    ],
    caughtBy: {
      file: COMMITS,
      test: 'commits > that cannot be stored are refused, change nothing, and are taken again when there is room',
      says: 'was expected to be refused',
    },
  },
  {
    name: 'session-timer-on-wall-clock',
    bug: 'sessions of members are timed by the wall clock',
    changes: [
      {
        file: 'src/broker/groups/deadline-timer.ts',
        original: 'this.#clock = clock',
        changed:
          'this.#clock = { wallMs: () => clock.wallMs(), monotonicMs: () => clock.wallMs(), after: (ms, run) => clock.after(ms, run) }',
      },
      {
        file: 'src/broker/groups/decision-context.ts',
        original: 'monotonicMs: clock.monotonicMs(),',
        changed: 'monotonicMs: clock.wallMs(),',
      },
      {
        file: 'src/broker/groups/group-actor.ts',
        original: 'dueCommands(this.#deadlines, this.#parts.clock.monotonicMs())',
        changed: 'dueCommands(this.#deadlines, this.#parts.clock.wallMs())',
      },
    ],
    caughtBy: {
      file: HOST,
      test: 'members of a group > are neither put out nor kept by a wall clock that jumps',
      says: 'after its session: expected undefined',
    },
  },
  {
    name: 'rebalance-hands-partition-before-revoke',
    bug: 'a partition goes to its new owner while the old one has it',
    changes: [
      {
        file: 'src/coordinator/reconcile.ts',
        original: 'if (isFree(key)) kept.set(key, targetEpoch)',
        changed: 'if (targetEpoch > 0) kept.set(key, targetEpoch)',
      },
      {
        file: 'src/coordinator/evolve.ts',
        original: 'if (owner !== undefined) {',
        changed: "if (owner === '') {",
      },
    ],
    caughtBy: {
      file: MEMBERSHIP,
      test: 'joining > a second member waits for what the first still has, and gets it when that is acknowledged',
      says: 'to match object { memberEpoch: 2, assigned: [] }',
    },
  },
  {
    name: 'silence-gives-a-partition-up',
    bug: 'a heartbeat that says nothing of partitions counts as having let go of them',
    changes: [
      {
        file: 'src/coordinator/reconcile.ts',
        original: 'if (owned === undefined) return true',
        changed: 'if (owned === undefined) return false',
      },
    ],
    caughtBy: {
      file: MEMBERSHIP,
      test: 'joining > a second member waits for what the first still has, and gets it when that is acknowledged',
      says: "to be 'm1'",
    },
  },
  {
    name: 'old-epoch-heard',
    bug: 'a heartbeat of an epoch that the member does not have any more is answered',
    changes: [
      {
        file: 'src/coordinator/fencing.ts',
        original: 'if (!missedAnAnswer) throw fenced(shown, member.epoch)',
        changed: 'if (!missedAnAnswer) return',
      },
    ],
    caughtBy: {
      file: MEMBERSHIP,
      test: 'heartbeats > refuse an epoch that the member does not have',
      says: 'heartbeat was not refused',
    },
  },
  {
    name: 'restart-ends-sessions',
    bug: 'members are put out by a restart of the broker',
    changes: [
      {
        file: 'src/coordinator/deadlines.ts',
        original: 'sessionMs: monotonicMs + wishes.sessionTimeoutMs,',
        changed: 'sessionMs: monotonicMs,',
      },
    ],
    caughtBy: {
      file: MEMBERSHIP,
      test: 'going > a restart of the coordinator gives every member a whole session to come back in',
      says: 'still a member: expected false to be true',
    },
  },
  {
    name: 'half-an-append-counts',
    bug: 'events that take several batches count before the last of them is stored',
    changes: [
      {
        file: 'src/broker/groups/journal-reader.ts',
        original: 'if (this.#parts < of) return []\n    const whole = this.#whole',
        changed:
          'const whole = this.#whole\n    if (this.#parts < of) return this.#whole.splice(0)',
      },
    ],
    caughtBy: {
      file: JOURNAL,
      test: 'the journal of groups > has nothing of an append for which there was no room, and takes the next one',
      says: 'expected 1 to be +0',
    },
  },
  {
    name: 'journal-without-its-beginning',
    bug: 'groups are served from a journal whose beginning is gone',
    changes: [
      {
        file: 'src/broker/groups/load-journal.ts',
        original: 'return replay.isWhole ? { groups',
        changed: 'return stretches !== undefined ? { groups',
      },
    ],
    caughtBy: {
      file: 'test/unit/broker/groups/journal-damage.test.ts',
      test: 'a damaged journal of groups > is one whose start is gone without a checkpoint',
      says: 'was expected to be refused',
    },
  },
  {
    name: 'lag-off-by-one',
    bug: 'a group is said to be one record less behind than it is',
    changes: [
      {
        file: 'src/broker/groups/partition-lag.ts',
        original: 'Math.max(0, bounds.readableEnd - backlogStart(bounds, committed))',
        changed: 'Math.max(0, bounds.readableEnd - backlogStart(bounds, committed) - 1)',
      },
    ],
    caughtBy: {
      file: 'test/unit/broker/groups/partition-lag.test.ts',
      test: 'lag in a partition of the file engine > counts from the start where nothing is committed',
      says: 'lagRecords: 2',
    },
  },
  {
    name: 'wait-for-commits-ends-early',
    bug: 'who waits for a commit past an offset is told when the group stands at it',
    changes: [
      {
        file: 'src/broker/groups/commit-waits.ts',
        original: '?? 0) <= offset',
        changed: '?? 0) < offset',
      },
    ],
    caughtBy: {
      file: COMMITS,
      test: 'waiting for commits > ends with what is there when the time is over',
      says: 'isReached: false',
    },
  },
]
