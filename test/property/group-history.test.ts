// What the history of groups tells after random commits, resets, undos, restores, forks and deletions, with checkpoints, restarts
// and a history that is forgotten after a while: as of any moment what a model knows, or that it is not known any more; and page
// by page, whatever the size of the pages, each change once, newest first, with what was there before.
import { afterAll, describe, expect, it } from 'vitest'
import type { HistoryEntry, PlannedChange } from '../../src/broker/groups/group-service.ts'
import { isVarveError, VarveError } from '../../src/domain/error.ts'
import { SILENT_LOG } from '../../src/platform/log.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { SimFileSystem } from '../../src/platform/sim-file-system.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import type { StorageEngine } from '../../src/storage/engine.ts'
import { FileStorageEngine } from '../../src/storage/file/file-storage-engine.ts'
import { MemoryStorageEngine } from '../../src/storage/memory/memory-storage-engine.ts'
import { HostedGroups } from '../support/hosted-groups.ts'
import { seeded } from '../support/seed.ts'

const { seed, runs } = seeded('GROUP_HISTORY', 8)
const STEPS = 50
const PARTITIONS = 3
const END = 100
const RETENTION_MS = 1_000
const GROUPS = ['g', 'h']
const counts = { steps: 0, changes: 0, moments: 0, forgotten: 0, pages: 0, checkpoints: 0 }

afterAll(() => {
  const { steps, changes, moments, forgotten, pages, checkpoints } = counts
  console.log(
    `GROUP_HISTORY_SEED=${seed}: ${runs} runs on each engine, ${steps} steps, ${changes} changes, ${moments} moments looked at, ${forgotten} of them forgotten, ${pages} pages, ${checkpoints} checkpoints`,
  )
})

type Offsets = Readonly<Record<string, number>>
type Change = readonly [place: string, before: number | undefined, after: number | undefined]

/** One entry of the history, and what was committed when it was stored; undefined when the group was gone. */
interface Told {
  readonly kind: string
  readonly timeMs: number
  readonly changes: readonly Change[]
  readonly offsets: Offsets | undefined
}

class Run {
  readonly #clock: VirtualClock
  readonly #random: SeededRandom
  #groups: HostedGroups
  readonly #told = new Map<string, Told[]>(GROUPS.map((group) => [group, []]))
  readonly #snapshots = new Map<string, Offsets>()
  #named = 0

  private constructor(groups: HostedGroups, seedText: string) {
    this.#groups = groups
    this.#clock = groups.clock
    this.#random = new SeededRandom(seedText)
  }

  static async open(engine: StorageEngine, clock: VirtualClock, seedText: string): Promise<Run> {
    const limits = { groupHistoryRetentionMs: RETENTION_MS }
    const groups = await HostedGroups.open({ engine, clock, limits })
    await groups.createTopic('t', PARTITIONS)
    for (let partition = 0; partition < PARTITIONS; partition++) {
      await groups.fill('t', partition, END)
    }
    return new Run(groups, seedText)
  }

  async step(): Promise<void> {
    counts.steps++
    const group = this.#oneOf(GROUPS)
    const what = this.#random.integer(20)
    if (what < 8) await this.#commit(group)
    else if (what < 11) await this.#reset(group)
    else if (what === 11) await this.#change(group, 'undo')
    else if (what === 12) await this.#snapshot(group)
    else if (what === 13) await this.#change(group, 'restore')
    else if (what === 14) await this.#fork(group)
    else if (what === 15) await this.#delete(group)
    else if (what === 16) this.#groups = await this.#groups.restart()
    else if (what === 17) {
      await this.#groups.checkpoint()
      counts.checkpoints++
    } else await this.#lookAt(group)
    await this.#clock.advance(1 + this.#random.integer(150))
  }

  /** All that can be known. */
  async lookAtAll(): Promise<void> {
    for (const group of GROUPS) {
      await this.#lookAtPages(group)
      for (const { timeMs } of this.#of(group)) {
        for (const moment of [timeMs - 1, timeMs, timeMs + 1])
          await this.#lookAtMoment(group, moment)
      }
    }
  }

  async close(): Promise<void> {
    await this.#groups.close()
  }

  #of(group: string): Told[] {
    const told = this.#told.get(group)
    if (told === undefined) throw new Error(`no group ${group}`)
    return told
  }

  #oneOf<T>(items: readonly T[]): T {
    return items[this.#random.integer(items.length)] as T
  }

  #now(group: string): Offsets | undefined {
    return this.#of(group).at(-1)?.offsets
  }

  #at(group: string, timeMs: number): Offsets | undefined {
    return this.#of(group).findLast((told) => told.timeMs <= timeMs)?.offsets
  }

  /** A moment of the past, sometimes of the one of before the group. */
  #moment(): number {
    return this.#clock.wallMs() - this.#random.integer(2 * RETENTION_MS)
  }

  #tell(group: string, kind: string, changes: readonly Change[]): void {
    const offsets = new Map(Object.entries(this.#now(group) ?? {}))
    for (const [place, before, after] of changes) {
      expect(before).toBe(offsets.get(place))
      if (after === undefined) offsets.delete(place)
      else offsets.set(place, after)
    }
    const timeMs = this.#clock.wallMs()
    const sorted = changes.toSorted(([a], [b]) => (a < b ? -1 : 1))
    this.#of(group).push({ kind, timeMs, changes: sorted, offsets: Object.fromEntries(offsets) })
    counts.changes += changes.length
  }

  async #commit(group: string): Promise<void> {
    const before = this.#now(group)
    const offsets: Record<string, number> = {}
    for (let partition = 0; partition < PARTITIONS; partition++) {
      if (this.#random.integer(2) === 0) offsets[`t/${partition}`] = this.#random.integer(END)
    }
    if (Object.keys(offsets).length === 0) return
    await this.#groups.commit(group, offsets)
    if (before === undefined) this.#tell(group, 'group-created', [])
    const changes = Object.entries(offsets).map(([place, offset]): Change => {
      return [place, before?.[place], offset]
    })
    this.#tell(group, 'commit', changes)
  }

  async #reset(group: string): Promise<void> {
    const place = this.#oneOf([
      ...[{ to: 'earliest' } as const, { to: 'latest' } as const],
      ...[{ to: 'offset', offset: 5 } as const, { to: 'shift', by: 7 } as const],
      ...[{ to: 'as-of', timeMs: this.#moment() } as const],
    ])
    const partition = this.#oneOf([undefined, 0, 1])
    const topic = partition === undefined ? this.#oneOf([undefined, 't']) : 't'
    const knownFromMs = this.#groups.journal.knownFromMs
    const what = [{ topic, partition, place }]
    const known = this.#now(group)
    const code = await this.#change(group, what)
    if (place.to === 'as-of' && known !== undefined) {
      const then = this.#at(group, place.timeMs)
      const isKnown = place.timeMs >= knownFromMs
      const expected = isKnown
        ? then === undefined
          ? 'GROUP_NOT_FOUND'
          : undefined
        : 'HISTORY_UNKNOWN'
      expect(code).toBe(expected)
      if (code !== undefined || partition !== undefined) return
      expect(this.#now(group)).toEqual(then)
    }
  }

  /** A reset of some kind; the code of its refusal. */
  async #change(
    group: string,
    what: 'restore' | Parameters<HostedGroups['host']['reset']>[0]['what'],
  ): Promise<string | undefined> {
    const { host } = this.#groups
    const name = this.#oneOf([...this.#snapshots.keys(), 'none'])
    const options = { group, dryRun: false, force: false, reason: '' }
    try {
      const { changes, isApplied } =
        what === 'restore'
          ? await host.restore({ ...options, name })
          : await host.reset({ ...options, what })
      if (isApplied) this.#tell(group, 'reset', changes.map(bare))
      const expected = what === 'restore' ? this.#snapshots.get(name) : undefined
      if (expected !== undefined) expect(this.#now(group)).toEqual(expected)
      return undefined
    } catch (error) {
      if (!isVarveError(error)) throw error
      const known = ['GROUP_NOT_FOUND', 'NOTHING_TO_UNDO', 'SNAPSHOT_NOT_FOUND', 'HISTORY_UNKNOWN']
      expect(known).toContain(error.code)
      return error.code
    }
  }

  async #snapshot(group: string): Promise<void> {
    if (this.#now(group) === undefined) return
    const name = `${group} ${++this.#named}`
    const asOfMs = this.#random.integer(2) === 0 ? undefined : this.#moment()
    const expected = await this.#expect(group, asOfMs, async () => {
      const { offsets } = await this.#groups.host.snapshot(group, name, asOfMs)
      return Object.fromEntries(
        offsets.map(({ topic, partition, offset }) => [`${topic}/${partition}`, offset]),
      )
    })
    if (expected !== undefined) this.#snapshots.set(name, expected)
  }

  /** Only a group that is gone can be forked to its own id. */
  async #fork(group: string): Promise<void> {
    const newGroup = GROUPS.find((id) => this.#now(id) === undefined)
    if (newGroup === undefined) return
    const asOfMs = this.#moment()
    const offsets = await this.#expect(group, asOfMs, async () => {
      await this.#groups.host.fork({ group, newGroup, asOfMs, dryRun: false })
      return await this.#groups.committed(newGroup)
    })
    if (offsets === undefined) return
    const changes = Object.entries(offsets).map(([place, after]): Change => {
      return [place, undefined, after]
    })
    this.#tell(newGroup, 'group-created', changes)
  }

  async #delete(group: string): Promise<void> {
    if (this.#now(group) === undefined || this.#random.integer(3) > 0) return
    await this.#groups.host.delete(group)
    const told = { kind: 'group-deleted', timeMs: this.#clock.wallMs(), changes: [] }
    this.#of(group).push({ ...told, offsets: undefined })
    for (const name of this.#snapshots.keys()) {
      if (name.startsWith(`${group} `)) this.#snapshots.delete(name)
    }
  }

  async #lookAt(group: string): Promise<void> {
    await this.#lookAtMoment(group, this.#moment())
    await this.#lookAtPages(group)
  }

  async #lookAtMoment(group: string, timeMs: number): Promise<void> {
    await this.#expect(group, timeMs, () => this.#groups.committed(group, timeMs))
  }

  /** What was committed at the moment, or the reason why that is not told; undefined for that. */
  async #expect(
    group: string,
    timeMs: number | undefined,
    ask: () => Promise<Record<string, number | undefined>>,
  ): Promise<Offsets | undefined> {
    const { knownFromMs } = this.#groups.journal
    const expected = timeMs === undefined ? this.#now(group) : this.#at(group, timeMs)
    counts.moments++
    try {
      const offsets = await ask()
      expect(timeMs ?? Infinity).toBeGreaterThanOrEqual(knownFromMs)
      expect(offsets).toEqual(expected)
      return expected
    } catch (error) {
      if (!(error instanceof VarveError)) throw error
      const isKnown = timeMs === undefined || timeMs >= knownFromMs
      expect(error.code).toBe(isKnown ? 'GROUP_NOT_FOUND' : 'HISTORY_UNKNOWN')
      if (isKnown) expect(expected).toBeUndefined()
      else counts.forgotten++
      return undefined
    }
  }

  async #lookAtPages(group: string): Promise<void> {
    const { host, journal } = this.#groups
    const limit = 1 + this.#random.integer(9)
    const entries: HistoryEntry[] = []
    let before: string | undefined
    try {
      do {
        const page = await host.history({
          ...{ group, limit, resetsOnly: false },
          ...(before === undefined ? {} : { before }),
        })
        expect(page.entries.length).toBeLessThanOrEqual(limit)
        entries.push(...page.entries)
        before = page.next
        counts.pages++
      } while (before !== undefined)
    } catch (error) {
      if (!isVarveError(error, 'GROUP_NOT_FOUND')) throw error
      expect(this.#now(group)).toBeUndefined()
    }
    const all = this.#of(group).toReversed()
    const told = entries.map(({ kind, timeMs, changes }) => [kind, timeMs, changes.map(bare)])
    expect(told).toEqual(
      all.slice(0, told.length).map(({ kind, timeMs, changes }) => [kind, timeMs, changes]),
    )
    const forgotten = all.slice(told.length)
    for (const { timeMs } of forgotten) expect(timeMs).toBeLessThan(journal.knownFromMs)
  }
}

function bare({ topic, partition, before, after }: PlannedChange): Change {
  return [`${topic}/${partition}`, before, after]
}

const engines: Record<string, (clock: VirtualClock) => Promise<StorageEngine>> = {
  memory: (clock) => Promise.resolve(new MemoryStorageEngine({ clock })),
  file: (clock) =>
    FileStorageEngine.open({
      ...{ fileSystem: new SimFileSystem(), clock, random: new SeededRandom(1) },
      ...{ log: SILENT_LOG, directory: '/data' },
    }),
}

describe('the history of groups', () => {
  it.each(Object.entries(engines))('on the %s engine tells what happened', async (name, open) => {
    for (let number = 0; number < runs; number++) {
      const clock = new VirtualClock()
      const engine = await open(clock)
      const run = await Run.open(engine, clock, `${seed} ${name} ${number}`)
      for (let step = 0; step < STEPS; step++) await run.step()
      await run.lookAtAll()
      await run.close()
      await engine.close()
    }
  })
})
