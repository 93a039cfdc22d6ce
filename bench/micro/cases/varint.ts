// The integers of records: short ones, which nearly all are, and of all lengths.
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VarintReader, writeVarint, writeVarlong } from '../../../src/record/varint.ts'
import type { MicroCase, MicroGroup } from '../case.ts'

const VALUES = 1_000

export function varintCases(): MicroGroup {
  const random = new SeededRandom('varints')
  const values = {
    short: Array.from({ length: VALUES }, () => random.integer(8_192) - 1),
    mixed: Array.from({ length: VALUES }, () => random.integer(2 ** (1 + random.integer(31))) - 1),
  }
  const cases: MicroCase[] = []
  for (const [kind, numbers] of Object.entries(values)) {
    const bytes = new Uint8Array(VALUES * 5)
    const end = writeAll(bytes, numbers)
    const target = new Uint8Array(VALUES * 5)
    const perValue = { ceiling: 'loop', units: VALUES } as const
    cases.push(
      { name: `write varint ${kind}`, ...perValue, run: () => writeAll(target, numbers) },
      { name: `read varint ${kind}`, ...perValue, run: () => readAll(bytes, end) },
    )
  }
  const times = Array.from({ length: VALUES }, () => random.integer(2 ** 32) * 1_000)
  const bytes = new Uint8Array(VALUES * 10)
  let end = 0
  for (const time of times) end = writeVarlong(bytes, end, time)
  const target = new Uint8Array(VALUES * 10)
  const perValue = { ceiling: 'loop', units: VALUES } as const
  cases.push(
    {
      name: 'write varlong',
      ...perValue,
      run: () => {
        let position = 0
        for (const time of times) position = writeVarlong(target, position, time)
        return position
      },
    },
    {
      name: 'read varlong',
      ...perValue,
      run: () => {
        const reader = new VarintReader(bytes, 0, end)
        let sum = 0
        while (reader.position < end) sum += reader.varlong()
        return sum
      },
    },
  )
  return { cases }
}

function writeAll(bytes: Uint8Array, numbers: readonly number[]): number {
  let position = 0
  for (const value of numbers) position = writeVarint(bytes, position, value)
  return position
}

function readAll(bytes: Uint8Array, end: number): number {
  const reader = new VarintReader(bytes, 0, end)
  let sum = 0
  while (reader.position < end) sum += reader.varint()
  return sum
}
