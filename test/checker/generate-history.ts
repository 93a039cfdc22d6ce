// Histories that are in order: processes that overlap, on logs that do as they should; every outcome that a broker and a
// network may give, also sends that take effect long after their process gave them up.
import { SeededRandom } from '../../src/platform/seeded-random.ts'
import { KEYS, type PlainHistory } from './plain-history.ts'

interface Effect {
  readonly at: number
  readonly apply: () => void
}

/** @param operations about as many */
export function generateHistory(seed: number | string, operations: number): PlainHistory {
  const random = new SeededRandom(seed)
  const draw = (below: number): number => random.integer(below)
  const history: PlainHistory = { sends: [], polls: [], seeks: [], bounds: [], finals: ['f', 'g'] }
  const logs = new Map(KEYS.map((key) => [key, [] as number[]]))
  const logOf = (key: string): number[] => logs.get(key) ?? []
  const effects: Effect[] = []
  let values = 0
  let end = 0
  const processes = 1 + draw(4)
  for (let number = 0; number < processes; number++) {
    const process = `p${number}`
    const places = new Map(KEYS.map((key) => [key, 0]))
    let now = draw(5)
    for (let count = 0; count < operations / processes; count++) {
      const key = KEYS[draw(KEYS.length)] ?? 'x'
      const from = now + 1 + draw(4)
      const at = from + draw(4)
      const to = at + draw(4)
      now = to
      const kind = draw(20)
      if (kind < 10) {
        const batch = Array.from({ length: 1 + draw(3) }, () => (values += 1))
        const fate = draw(10)
        const outcome = fate < 7 ? 'ok' : fate === 7 ? 'fail' : 'info'
        const isOpen = outcome === 'info' && draw(2) === 0
        const send = { process, key, values: batch, from, to: isOpen ? undefined : to }
        const told = { ...send, outcome, base: undefined as number | undefined } as const
        const stored = { ...told }
        history.sends.push(stored)
        if (fate === 7 || fate === 8) continue
        const apply = (): void => {
          if (outcome === 'ok') stored.base = logOf(key).length
          logOf(key).push(...batch)
        }
        effects.push({ at: outcome === 'ok' ? at : at + draw(12), apply })
      } else if (kind < 18) {
        const poll = {
          process,
          from,
          to,
          outcome: draw(8) === 0 ? 'info' : 'ok',
          reads: [],
        } as const
        const stored: PlainHistory['polls'][number] = { ...poll, reads: [] }
        history.polls.push(stored)
        const max = 1 + draw(4)
        const wanted = KEYS.filter(() => draw(3) > 0)
        const apply = (): void => {
          for (const one of wanted) {
            const place = places.get(one) ?? 0
            const given = logOf(one).slice(place, place + max)
            if (given.length > 0) stored.reads.push({ key: one, at: place, values: given })
            places.set(one, place + given.length)
          }
        }
        effects.push({ at, apply })
      } else if (kind === 18) {
        const apply = (): void => {
          const offset = draw(logOf(key).length + 1)
          places.set(key, offset)
          history.seeks.push({ process, key, at: from, offset })
        }
        effects.push({ at: from, apply })
      } else {
        const apply = (): void => {
          history.bounds.push({ key, from, to, start: 0, highWatermark: logOf(key).length })
        }
        effects.push({ at, apply })
      }
    }
    end = Math.max(end, now)
  }
  for (const { apply } of effects.toSorted((a, b) => a.at - b.at)) apply()
  readAll(history, logs, end + 20)
  return history
}

/** Two fresh readers read it all, in answers of several sizes. */
function readAll(history: PlainHistory, logs: ReadonlyMap<string, number[]>, from: number): void {
  for (const [index, process] of history.finals.entries()) {
    let now = from
    for (const [key, log] of logs) {
      const size = 3 + index
      for (let at = 0; at < log.length; at += size) {
        const reads = [{ key, at, values: log.slice(at, at + size) }]
        history.polls.push({ process, from: now + 1, to: now + 2, outcome: 'ok', reads })
        now += 2
      }
    }
  }
}
