// The steps of the long run: what each runs, how much of the time is its own, and how it is told its seed and how much to do. Invariant: a
// round is one command that repeats itself from what is printed of it.

/** Work for one round: what to run, and how to say it to people. */
function vitest(file, environment) {
  return { command: 'node_modules/.bin/vitest', args: ['run', file], environment }
}

/** A test that does so many runs as its environment says: the number grows until a round takes long enough. */
function byRuns({
  name,
  file,
  prefix,
  runs,
  share,
  rows,
  what,
  needsBuild,
  count = `${prefix}_RUNS`,
}) {
  return {
    ...{ name, share, rows, what, firstRuns: runs, needsBuild },
    round: (seed, { runs: many }) => vitest(file, { [`${prefix}_SEED`]: seed, [count]: many }),
  }
}

/**
 * A command that ends by itself after so many seconds: at least `secondsMin`, and `longRound` of them where there is time, for what shows
 * only then.
 */
function bySeconds({ name, share, rows, what, needsBuild, secondsMin = 5, longRound, round }) {
  return {
    ...{ name, share, rows, what, needsBuild, secondsMin, longRound },
    round: (seed, { seconds }) => round(seed, seconds),
  }
}

/**
 * `share` is how much of the time a step gets beside the others; `rows` are those of the catalogue in docs/RELIABILITY.md that it stands
 * for; `needsBuild` says that it runs dist/.
 */
export const STEPS = [
  byRuns({
    name: 'codecs',
    what: 'batches encoded and decoded',
    rows: [1],
    ...{ file: 'test/fuzz/record-batches.test.ts', prefix: 'FUZZ', runs: 20_000, share: 3 },
  }),
  byRuns({
    name: 'engine-model',
    what: 'the file engine against the memory engine, command by command',
    rows: [2],
    ...{ file: 'test/property/engine-model.test.ts', prefix: 'ENGINE_MODEL', runs: 200, share: 5 },
  }),
  byRuns({
    name: 'producer-states',
    what: 'idempotent producers against a model',
    rows: [2],
    ...{ file: 'test/property/producer-states.test.ts', prefix: 'PRODUCER_STATES' },
    ...{ runs: 2_000, share: 2 },
  }),
  byRuns({
    name: 'group-resets',
    what: 'resets, undos and forks of groups against a model',
    rows: [2],
    ...{ file: 'test/property/group-resets.test.ts', prefix: 'GROUP_RESETS', runs: 300, share: 1 },
  }),
  byRuns({
    name: 'group-history',
    what: 'the past of groups, as of any moment',
    rows: [2],
    ...{ file: 'test/property/group-history.test.ts', prefix: 'GROUP_HISTORY', runs: 8, share: 1 },
  }),
  byRuns({
    name: 'power-cuts',
    what: 'random workloads cut off at every write and sync',
    rows: [3],
    ...{ file: 'test/crash/power-cut.test.ts', prefix: 'CRASH', runs: 1, share: 10 },
  }),
  byRuns({
    name: 'disk-faults',
    what: 'disks that fill up, break and write short, then a recovery',
    rows: [3, 10],
    ...{ file: 'test/crash/disk-faults.test.ts', prefix: 'FAULTS', runs: 300, share: 6 },
  }),
  byRuns({
    name: 'journal-power-cuts',
    what: 'power cuts under the journal of groups',
    rows: [3],
    ...{
      file: 'test/crash/group-journal.test.ts',
      prefix: 'GROUP_JOURNAL_CRASH',
      runs: 1,
      share: 3,
    },
  }),
  byRuns({
    name: 'producer-retries',
    what: 'producers that send again whatever had no answer, over power cuts',
    rows: [3],
    ...{ file: 'test/crash/producer-retries.test.ts', prefix: 'PRODUCER_RETRIES' },
    ...{ runs: 100, share: 3 },
  }),
  byRuns({
    name: 'repair',
    what: 'damaged partitions repaired, also when the repair is cut off',
    rows: [3, 11],
    ...{ file: 'test/crash/repair.test.ts', prefix: 'REPAIR', runs: 300, share: 2 },
  }),
  byRuns({
    name: 'groups-simulated',
    what: 'groups on virtual time; members and coordinator crash',
    rows: [2, 12],
    ...{ file: 'test/simulation/group-coordinator.test.ts', prefix: 'GROUP_SIMULATION' },
    ...{ runs: 100, share: 4 },
  }),
  byRuns({
    name: 'groups-hosted',
    what: 'groups in a simulated broker that is cut off',
    rows: [2, 12],
    ...{ file: 'test/simulation/group-host.test.ts', prefix: 'GROUP_HOST_SIMULATION' },
    ...{ runs: 4, share: 3 },
  }),
  byRuns({
    name: 'group-consumers',
    what: 'real consumers of a group on virtual time',
    rows: [2, 12],
    ...{
      file: 'test/simulation/group-consumers.test.ts',
      prefix: 'GROUP_CONSUMERS',
      runs: 4,
      share: 2,
    },
  }),
  byRuns({
    name: 'storage-kills',
    what: 'kill -9 of a process that appends',
    rows: [5],
    ...{ file: 'test/crash/kill.test.ts', prefix: 'KILL', runs: 12, share: 8 },
  }),
  byRuns({
    name: 'producer-kills',
    what: 'kill -9 of a broker under idempotent producers',
    rows: [6],
    needsBuild: true,
    ...{ file: 'test/integration/cli/producer-kills.test.ts', prefix: 'PRODUCER_KILLS' },
    ...{ runs: 5, share: 2 },
  }),
  byRuns({
    name: 'rot',
    what: 'damage to any file of a simulated data folder',
    rows: [11],
    ...{ file: 'test/crash/rot.test.ts', prefix: 'ROT', runs: 300, share: 4 },
  }),
  bySeconds({
    name: 'chaos',
    what: 'kill -9 of a broker under producers and consumers; the history checked',
    rows: [6],
    needsBuild: true,
    share: 8,
    secondsMin: 15,
    round: (seed, seconds) => ({
      command: 'node',
      args: [
        ...['dist/server/main.js', 'bench', '--chaos', '--quiet', '--json'],
        // Catching up, the last restart and the check come on top.
        ...['--chaos-seconds', `${Math.max(5, seconds - 8)}`, '--chaos-seed', `${seed}`],
      ],
      environment: {},
    }),
  }),
  byRuns({
    name: 'group-nemesis',
    what: 'members killed and stopped, the broker killed, the topic grown',
    rows: [6, 12],
    needsBuild: true,
    ...{
      file: 'test/integration/groups/nemesis.test.ts',
      prefix: 'GROUP_NEMESIS',
      runs: 1,
      share: 6,
    },
  }),
  byRuns({
    name: 'checker',
    what: 'the history checker: valid, mutated, and against its reference',
    rows: [],
    ...{ file: 'test/checker', prefix: 'CHECKER', runs: 2_000, share: 4 },
  }),
  byRuns({
    name: 'rpc-fuzz',
    what: 'mutated calls over a socket against a living broker',
    rows: [14],
    ...{ file: 'test/fuzz/rpc.test.ts', prefix: 'RPC_FUZZ', runs: 2_000, share: 4 },
  }),
  byRuns({
    name: 'rpc-methods',
    what: 'every method with requests made from the .proto files',
    rows: [14],
    ...{ file: 'test/fuzz/rpc-methods.test.ts', prefix: 'RPC_METHODS', runs: 5_000, share: 4 },
  }),
  bySeconds({
    name: 'fuzz-decoders',
    what: 'whatever reads bytes, guided by the branches that they reach',
    rows: [13],
    share: 10,
    secondsMin: 12,
    round: (seed, seconds) => ({
      command: 'node_modules/.bin/tsx',
      args: ['test/fuzz/fuzz.ts', '--total-seconds', `${seconds}`, '--seed', `${seed}`],
      environment: {},
    }),
  }),
  bySeconds({
    name: 'nemesis',
    what: 'a broker killed, stopped, told another time; networks that fail; clients that crash',
    rows: [6, 12],
    needsBuild: true,
    share: 10,
    secondsMin: 20,
    // From two minutes of attacks on the broker is stopped for up to a minute at a time.
    longRound: 135,
    round: (seed, seconds) =>
      // Catching up, the last restart and the check come on top.
      vitest('test/nemesis/nemesis.test.ts', {
        NEMESIS_SEED: seed,
        NEMESIS_SECONDS: Math.max(8, seconds - 12),
      }),
  }),
  byRuns({
    name: 'full-disk',
    what: 'a broker on a small disk that is filled and emptied, also of inodes',
    rows: [10],
    needsBuild: true,
    ...{ file: 'test/crash/full-disk.test.ts', prefix: 'FULL_DISK', runs: 12, share: 3 },
  }),
  byRuns({
    name: 'rot-everywhere',
    what: 'damage to any file of a whole broker',
    rows: [11],
    ...{ file: 'test/crash/rot-everywhere.test.ts', prefix: 'ROT_EVERYWHERE', runs: 200, share: 4 },
  }),
  bySeconds({
    name: 'soak',
    what: 'short segments, retention and sessions; memory and descriptors',
    rows: [22],
    needsBuild: true,
    share: 4,
    secondsMin: 15,
    // From two minutes on it is judged whether memory and descriptors grow.
    longRound: 135,
    round: (seed, seconds) =>
      vitest('test/nemesis/soak.test.ts', {
        SOAK_SEED: seed,
        SOAK_SECONDS: Math.max(6, seconds - 8),
      }),
  }),
  byRuns({
    name: 'worlds',
    what: 'whole brokers with their clients in simulated worlds',
    rows: [2, 3, 12],
    ...{ file: 'test/simulation/sim-world.test.ts', prefix: 'SIM_WORLD', runs: 20, share: 8 },
  }),
  byRuns({
    name: 'crash-simulator',
    what: 'a crash at every change of random lives, under every policy',
    rows: [3],
    ...{ file: 'test/crash/crash-simulator.test.ts', prefix: 'CRASH_SIM', runs: 20, share: 10 },
  }),
  bySeconds({
    name: 'crash-states',
    what: 'crash states of a fixed scenario: every prefix, subsets of what is pending, torn writes',
    rows: [4],
    share: 6,
    round: (seed, seconds) =>
      vitest('test/crash/crash-states.test.ts', {
        CRASH_STATES_SEED: seed,
        CRASH_STATES_MS: seconds * 1000,
      }),
  }),
  bySeconds({
    name: 'long-world',
    what: 'a simulated broker in use for days of virtual time',
    rows: [22],
    share: 3,
    secondsMin: 20,
    round: (seed, seconds) => ({
      command: 'node_modules/.bin/vitest',
      // An hour of virtual time takes some three seconds.
      args: ['run', 'test/simulation/sim-world.test.ts', '-t', 'goes on for long'],
      environment: { SIM_WORLD_SEED: seed, SIM_WORLD_HOURS: Math.max(2, Math.floor(seconds / 4)) },
    }),
  }),
  byRuns({
    name: 'group-model',
    what: 'the coordinator of groups against a model, command by command',
    rows: [2],
    ...{ file: 'test/property/group-model.test.ts', prefix: 'GROUP_MODEL', runs: 200, share: 3 },
  }),
  byRuns({
    name: 'index-model',
    what: 'reads with any content of the index files',
    rows: [2],
    ...{ file: 'test/property/index-model.test.ts', prefix: 'INDEX_MODEL', runs: 50, share: 3 },
  }),
  bySeconds({
    name: 'floods',
    what: 'attacks made of raw frames, with honest clients beside them',
    rows: [15],
    needsBuild: true,
    share: 8,
    secondsMin: 30,
    round: (seed, seconds) => ({
      command: 'node_modules/.bin/tsx',
      args: [
        ...['test/hostile/run-floods.ts', '--seconds', '3', '--seed', `${seed}`],
        ...['--total-seconds', `${seconds}`],
      ],
      environment: {},
    }),
  }),
  bySeconds({
    name: 'slow-consumers',
    what: 'consumers that read nothing or next to nothing, and healthy ones beside them',
    rows: [16],
    needsBuild: true,
    share: 2,
    secondsMin: 15,
    longRound: 85,
    // A thousand of each kind and fifty healthy ones take some eighty seconds.
    round: (_seed, seconds) =>
      vitest('test/hostile/slow-consumers.test.ts', {
        SLOW_NEVER: Math.min(1_000, 12 * seconds),
        SLOW_SLOW: Math.min(1_000, 12 * seconds),
        SLOW_HEALTHY: Math.min(50, Math.ceil(seconds / 2)),
      }),
  }),
  bySeconds({
    name: 'memory-ceiling',
    what: '512 MiB for a broker under load, slow consumers and attacks',
    rows: [17],
    needsBuild: true,
    share: 8,
    secondsMin: 45,
    round: (seed, seconds) => ({
      command: 'node_modules/.bin/tsx',
      args: [
        ...['test/hostile/run-memory-ceiling.ts', '--seconds', `${seconds}`],
        ...['--seed', `${seed}`],
      ],
      environment: {},
    }),
  }),
  byRuns({
    name: 'descriptors',
    what: 'storms of connections, and no further descriptor when segments are due',
    rows: [18],
    needsBuild: true,
    share: 2,
    ...{ file: 'test/hostile/descriptors.test.ts', prefix: 'DESCRIPTOR', runs: 3 },
    count: 'DESCRIPTOR_ROUNDS',
  }),
  {
    name: 'mutants',
    what: 'bugs put in on purpose, each to be caught by its test',
    rows: [23],
    share: 5,
    firstRuns: 10,
    round: (seed, { runs }) => ({
      command: 'node_modules/.bin/tsx',
      args: ['test/mutants/run-mutants.ts', '--seed', `${seed}`, '--sample', `${runs}`],
      environment: {},
    }),
  },
]
