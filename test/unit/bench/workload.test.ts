import { describe, expect, test } from 'vitest'
import { PRESET_NAMES, presetWorkloads } from '../../../src/bench/presets.ts'
import { checkWorkload } from '../../../src/bench/workload.ts'

describe('a workload', () => {
  test.each(PRESET_NAMES)('of preset %s is valid and has a name of its own', (preset) => {
    const names = presetWorkloads(preset).map(({ name }) => name)
    expect(names.length).toBeGreaterThan(0)
    expect(new Set(names).size).toBe(names.length)
  })

  test.each([
    [{ kind: 'produce' }, 'needs a name'],
    [{ name: 'x' }, "workload 'x' needs a kind: produce, consume"],
    [{ name: 'x', kind: 'eat' }, 'kind must be one of produce, consume'],
    [{ name: 'x', kind: 'produce', recordByte: 1 }, "there is no 'recordByte'; there are name"],
    [{ name: 'x', kind: 'produce', recordBytes: 23 }, 'recordBytes must be an integer from 24 to'],
    [
      { name: 'x', kind: 'produce', partitions: 1.5 },
      'partitions must be an integer from 1 to 10000',
    ],
    [{ name: 'x', kind: 'produce', seconds: '5' }, 'seconds must be a number from 0.1 to'],
    [{ name: 'x', kind: 'produce', verify: 'yes' }, 'verify must be true or false'],
    [
      { name: 'x', kind: 'produce', durability: 'most' },
      'durability must be one of none, written, synced',
    ],
    [{ name: 'x', kind: 'tail' }, 'give recordsPerSecond'],
    [{ name: 'x', kind: 'restart', way: 'in-memory' }, 'needs a broker in a process of its own'],
  ])('like %j is refused with what to do', (given, message) => {
    expect(() => checkWorkload(given)).toThrow(message)
  })
})
