// The journal of groups against a model, over random lives of groups, checkpoints, restarts, wall clocks that jump, and limits of
// the history: what it loads, what it knows of any moment, and what it tells of the past.
import { describe, expect, it } from 'vitest'
import type { LogGroupJournal } from '../../src/broker/groups/log-group-journal.ts'
import { VarveError } from '../../src/domain/error.ts'
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../src/platform/virtual-clock.ts'
import { MemoryStorageEngine } from '../../src/storage/memory/memory-storage-engine.ts'
import { journalOn, TestPlace } from '../support/group-journal.ts'
import { GroupLife, JournalModel, statesText } from '../support/group-life.ts'
import { seeded } from '../support/seed.ts'

const STEPS = 60
const counts = { units: 0, checkpoints: 0, restarts: 0, moments: 0, unknown: 0, trimmed: 0 }

class JournalRun {
  readonly clock = new VirtualClock()
  readonly model = new JournalModel()
  readonly random: SeededRandom
  readonly #engine: MemoryStorageEngine
  readonly #place: TestPlace
  readonly #lives: GroupLife[]
  readonly #mayJump: boolean
  #journal: LogGroupJournal

  constructor(seedText: string) {
    this.random = new SeededRandom(seedText)
    this.#engine = new MemoryStorageEngine({ clock: this.clock })
    this.#place = new TestPlace(this.#engine, { 'segment.bytes': '4096' })
    this.#lives = ['a', 'b', 'c', 'd'].map((id) => new GroupLife(id, this.random.fork()))
    this.#mayJump = this.random.integer(2) === 0
    this.#journal = this.#open()
  }

  get journal(): LogGroupJournal {
    return this.#journal
  }

  #open(): LogGroupJournal {
    const { random } = this
    return journalOn(this.#engine, this.#place, {
      clock: this.clock,
      limits: {
        groupJournalBatchBytesMax: random.integer(2) === 0 ? 1_500 : 100_000,
        groupHistoryBytesMax: random.integer(2) === 0 ? 20_000 : 1e9,
        groupHistoryRetentionMs: random.integer(2) === 0 ? 5_000 : 1e12,
      },
    })
  }

  async run(): Promise<void> {
    expect(await this.#journal.load()).toEqual([])
    for (let step = 0; step < STEPS; step++) await this.#step()
    await this.#restart()
    await this.#checkPast()
  }

  async #step(): Promise<void> {
    const { random, clock } = this
    const dice = random.integer(100)
    if (dice < 62) await Promise.all(this.#appends())
    else if (dice < 74) await clock.advance(random.integer(2_000))
    else if (dice < 78 && this.#mayJump) {
      clock.setWallMs(clock.wallMs() + (random.integer(3) - 1) * random.integer(20_000))
    } else if (dice < 88) await this.#checkpoint()
    else if (dice < 94) await this.#restart()
    else await this.#checkPast()
  }

  #appends(): Promise<void>[] {
    const { random, clock } = this
    const count = 1 + random.integer(4)
    return Array.from({ length: count }, () => {
      const life = this.#lives[random.integer(this.#lives.length)] as GroupLife
      const timeMs = clock.wallMs()
      const events = life.next(timeMs)
      this.model.add(life.groupId, events, timeMs)
      counts.units++
      return this.#journal.append(life.groupId, events)
    })
  }

  /** While groups go on. A group's state is what was given to the journal before it. */
  async #checkpoint(): Promise<void> {
    const { model, clock } = this
    const background: Promise<void>[] = []
    const isFirst = model.units.length === 0
    await this.#journal.checkpoint(async (groupId, use) => {
      if (this.random.integer(2) === 0) background.push(...this.#appends())
      const answer = await use(model.state(groupId))
      if (this.random.integer(2) === 0) background.push(...this.#appends())
      return answer
    })
    await Promise.all(background)
    if (!isFirst) model.add('', [], clock.wallMs())
    counts.checkpoints++
    if (this.#journal.knownFromMs > 0) counts.trimmed++
  }

  async #restart(): Promise<void> {
    await this.#journal.close()
    this.#journal = this.#open()
    expect(statesText(await this.#journal.load())).toBe(this.model.groups())
    counts.restarts++
  }

  async #checkPast(): Promise<void> {
    const { random, model, clock } = this
    const { knownFromMs } = this.#journal
    const times = [knownFromMs, knownFromMs - 1, 0, clock.wallMs(), Infinity]
    for (let count = 0; count < 4; count++) {
      const unit = model.units[random.integer(Math.max(1, model.units.length))]
      times.push((unit?.timeMs ?? 0) + random.integer(3) - 1)
    }
    for (const { groupId } of this.#lives) {
      for (const timeMs of times) await this.#checkMoment(groupId, timeMs)
      await this.#checkHistory(groupId)
    }
  }

  async #checkMoment(groupId: string, timeMs: number): Promise<void> {
    counts.moments++
    if (timeMs < this.#journal.knownFromMs && this.#journal.knownFromMs > 0) {
      const refusal = await this.#journal
        .stateAsOf(groupId, timeMs)
        .catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(VarveError)
      expect(refusal).toMatchObject({ code: 'HISTORY_UNKNOWN' })
      counts.unknown++
      return
    }
    const state = await this.#journal.stateAsOf(groupId, timeMs)
    const expected = this.model.state(groupId, this.model.unitsAt(timeMs))
    expect(statesText(state === undefined ? [] : [state])).toBe(
      statesText(expected === undefined ? [] : [expected]),
    )
  }

  async #checkHistory(groupId: string): Promise<void> {
    const { random, model } = this
    const told = []
    let last = Infinity
    for await (const { event, timeMs, position } of this.#journal.history(groupId)) {
      expect(position).toBeLessThan(last)
      last = position
      told.push({ event, timeMs, position })
    }
    const all = model.events(groupId)
    const newestFirst = told.map(({ event, timeMs }) => ({ event, timeMs })).reverse()
    expect(newestFirst).toEqual(all.slice(all.length - newestFirst.length))
    const { knownFromMs } = this.#journal
    if (knownFromMs === 0) expect(told.length).toBe(all.length)
    else if (!this.#mayJump) {
      const kept = all.filter(({ timeMs }) => timeMs > knownFromMs)
      expect(told.length).toBeGreaterThanOrEqual(kept.length)
    }
    // A page of it is a piece of the whole.
    const from = told[random.integer(Math.max(1, told.length))]
    if (from === undefined) return
    const [fromMs, toMs] = [
      from.timeMs - random.integer(3_000),
      from.timeMs + random.integer(3_000),
    ]
    const range = { beforePosition: from.position, fromMs, toMs }
    const page = []
    for await (const stored of this.#journal.history(groupId, range)) page.push(stored)
    expect(page).toEqual(
      told.filter(
        ({ position, timeMs }) => position < from.position && timeMs >= fromMs && timeMs < toMs,
      ),
    )
  }
}

describe('the journal of groups', () => {
  it('knows what was given to it: now, at every moment of its history, and event by event', {
    timeout: 60_000,
  }, async () => {
    const { seed, runs } = seeded('GROUP_JOURNAL', 5)
    for (let run = 0; run < runs; run++) {
      try {
        await new JournalRun(`${seed}/${run}`).run()
      } catch (error) {
        throw new Error(`seed ${seed}, run ${run}: ${String(error)}`, { cause: error })
      }
    }
    console.log(`journal of groups: seed ${seed}, ${runs} runs, ${JSON.stringify(counts)}`)
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
  })
})
