import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { planOf } from '../../../src/cli/bench/bench-plan.ts'
import { temporaryDirectory } from '../../support/temporary-directory.ts'

const NOTHING = { only: [], with: [] }

async function fileWith(text: string): Promise<string> {
  const path = join(await temporaryDirectory(), 'workloads.json')
  writeFileSync(path, text)
  return path
}

describe('the plan of a bench', () => {
  test('is the quick preset unless told', () => {
    expect(planOf(NOTHING).text).toBe('preset quick')
  })

  test('takes workloads by parts of their names, and changes them', () => {
    const { workloads, text } = planOf({
      preset: 'standard',
      only: ['PRODUCE 100 '],
      with: ['seconds=2', 'verify=false', 'durability=written'],
    })
    expect(workloads.map(({ name }) => name)).toEqual([
      'produce 100 B synced',
      'produce 100 B written',
    ])
    expect(workloads).toSatisfy((list: typeof workloads) =>
      list.every((one) => one.seconds === 2 && !one.verify && one.durability === 'written'),
    )
    expect(text).toBe(
      'preset standard; only PRODUCE 100 ; with seconds=2, verify=false, durability=written',
    )
  })

  test('reads workloads from a file with comments, names with dots among them', async () => {
    const file = await fileWith(
      '{ // mine\n "v1.2 small": { "kind": "produce", "recordBytes": 50 },\n}',
    )
    expect(planOf({ ...NOTHING, file }).workloads).toMatchObject([
      { name: 'v1.2 small', kind: 'produce', recordBytes: 50, partitions: 6 },
    ])
  })

  test.each([
    [{ ...NOTHING, preset: 'huge' }, "must be one of quick, standard, full, not 'huge'"],
    [{ ...NOTHING, preset: 'quick', file: 'x' }, 'exclude each other'],
    [{ only: ['nothing like it'], with: [] }, "--only leaves nothing; there are 'produce 1 KiB"],
    [{ only: [], with: ['speed=9'] }, "--with must be FIELD=VALUE, not 'speed=9'; fields are way"],
    [{ only: [], with: ['seconds='] }, 'seconds must be a number'],
    [{ ...NOTHING, file: '/nowhere/plan.json' }, '--file /nowhere/plan.json: '],
  ])('refuses %j', (options, message) => {
    expect(() => planOf(options)).toThrow(message)
  })

  test.each([
    ['{}', 'names no workload'],
    ['{"kind": "produce"}', 'line 1: expected "name of a workload"'],
    ['{"a": {"kind": "produce", "records": 1}}', "workload 'a': there is no 'records'"],
    ['{"a": {"kind": "produce", "__proto__": 1}}', "workload 'a': there is no '__proto__'"],
    ['{"a": [1]}', 'no setting takes a list'],
  ])('refuses a file with %s', async (text, message) => {
    const file = await fileWith(text)
    expect(() => planOf({ ...NOTHING, file })).toThrow(message)
  })
})
