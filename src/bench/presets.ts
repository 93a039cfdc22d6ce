// The workloads that come with the bench. `quick` ends within a minute and shows whether all is well; `standard` is what figures are told from;
// `full` adds what takes long.
import { checkWorkload, type Workload } from './workload.ts'

export const PRESET_NAMES = ['quick', 'standard', 'full'] as const

export type PresetName = (typeof PRESET_NAMES)[number]

type Given = Readonly<Record<string, unknown>>

const MIB = 2 ** 20

const QUICK: readonly Given[] = [
  { name: 'produce 1 KiB synced', kind: 'produce' },
  { name: 'produce 100 B synced', kind: 'produce', recordBytes: 100 },
  { name: 'consume 1 KiB', kind: 'consume', durability: 'written', preloadBytes: 128 * MIB },
  { name: 'tail 5000/s synced', kind: 'tail', lingerMs: 0, recordsPerSecond: 5_000 },
  { name: 'single calls', kind: 'single', recordBytes: 100 },
  {
    name: 'in-process 100 B to files',
    kind: 'produce',
    way: 'in-process',
    recordBytes: 100,
    durability: 'written',
  },
]

const STANDARD: readonly Given[] = [
  { name: 'produce 1 KiB synced', kind: 'produce' },
  { name: 'produce 1 KiB synced, 8 producers', kind: 'produce', producers: 8 },
  { name: 'produce 1 KiB written', kind: 'produce', durability: 'written' },
  { name: 'produce 100 B synced', kind: 'produce', recordBytes: 100 },
  { name: 'produce 100 B written', kind: 'produce', recordBytes: 100, durability: 'written' },
  { name: 'produce 1 KiB text lz4', kind: 'produce', content: 'text', compression: 'lz4' },
  { name: 'produce 1 KiB with keys', kind: 'produce', keys: 10_000 },
  { name: 'produce 1000 partitions', kind: 'produce', partitions: 1_000 },
  { name: 'consume 1 KiB', kind: 'consume', durability: 'written', preloadBytes: 512 * MIB },
  {
    name: 'consume 100 B',
    kind: 'consume',
    durability: 'written',
    recordBytes: 100,
    preloadBytes: 256 * MIB,
  },
  {
    name: 'consume 1 KiB cold',
    kind: 'consume',
    durability: 'written',
    preloadBytes: 512 * MIB,
    cold: true,
  },
  {
    name: 'consume 1 KiB, 10 consumers',
    kind: 'consume',
    durability: 'written',
    consumers: 10,
    preloadBytes: 128 * MIB,
  },
  {
    name: 'tail 5000/s written',
    kind: 'tail',
    lingerMs: 0,
    recordsPerSecond: 5_000,
    durability: 'written',
  },
  { name: 'tail 5000/s synced', kind: 'tail', lingerMs: 0, recordsPerSecond: 5_000 },
  { name: 'produce and consume', kind: 'produce-consume' },
  {
    name: 'groups',
    kind: 'groups',
    durability: 'written',
    groups: 4,
    consumers: 2,
    preloadBytes: 128 * MIB,
  },
  { name: 'replay', kind: 'replay', durability: 'written', preloadBytes: 256 * MIB },
  { name: 'single calls', kind: 'single', recordBytes: 100 },
  { name: 'restart after stop', kind: 'restart', preloadBytes: 512 * MIB },
  { name: 'restart after kill', kind: 'restart', ending: 'kill', preloadBytes: 512 * MIB },
  {
    name: 'in-process 100 B to memory',
    kind: 'produce',
    way: 'in-memory',
    recordBytes: 100,
    durability: 'written',
  },
  {
    name: 'in-process 100 B to files',
    kind: 'produce',
    way: 'in-process',
    recordBytes: 100,
    durability: 'written',
  },
  {
    name: 'in-process batches of 100 B to memory',
    kind: 'single',
    way: 'in-memory',
    recordBytes: 100,
    recordsPerCall: 1_000,
    callsInFlight: 12,
    durability: 'written',
  },
  {
    name: 'in-process batches of 100 B to files',
    kind: 'single',
    way: 'in-process',
    recordBytes: 100,
    recordsPerCall: 1_000,
    callsInFlight: 12,
    durability: 'written',
  },
]

const FULL: readonly Given[] = [
  ...STANDARD.map((given) => ({ ...given, seconds: 10 })),
  ...(['gzip', 'snappy', 'zstd'] as const).map((compression) => ({
    name: `produce 1 KiB text ${compression}`,
    kind: 'produce',
    content: 'text',
    compression,
  })),
  { name: 'produce 16 KiB synced', kind: 'produce', recordBytes: 16_384 },
  { name: 'produce 1 KiB none', kind: 'produce', durability: 'none' },
  { name: 'produce 10000 partitions', kind: 'produce', partitions: 10_000 },
  {
    name: 'consume 1 KiB, 50 consumers',
    kind: 'consume',
    durability: 'written',
    consumers: 50,
    preloadBytes: 64 * MIB,
  },
  {
    name: 'tail 50000/s synced',
    kind: 'tail',
    lingerMs: 0,
    recordsPerSecond: 50_000,
    recordBytes: 100,
  },
  {
    name: 'tail 5000/s synced, a minute',
    kind: 'tail',
    lingerMs: 0,
    recordsPerSecond: 5_000,
    seconds: 60,
    repetitions: 1,
  },
  {
    name: 'groups of 8',
    kind: 'groups',
    durability: 'written',
    groups: 8,
    consumers: 4,
    preloadBytes: 128 * MIB,
  },
]

const QUICK_TIMES = { warmupSeconds: 0.5, seconds: 1, repetitions: 2 }

export function presetWorkloads(name: PresetName): readonly Workload[] {
  if (name === 'quick') return QUICK.map((given) => checkWorkload({ ...QUICK_TIMES, ...given }))
  return (name === 'standard' ? STANDARD : FULL).map(checkWorkload)
}
