import { expect, it } from 'vitest'
import { openFilesFor } from '../../../src/config/open-files.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import { descriptorLimit, openFilesIn } from '../../../src/platform/descriptor-limit.ts'

const LIMITS_TEXT = `Limit                     Soft Limit           Hard Limit           Units
Max processes             96343                96343                processes
Max open files            4096                 8192                 files
Max locked memory         8388608              8388608              bytes
`

it('The limit of descriptors is read as the system tells it', () => {
  expect(openFilesIn(LIMITS_TEXT)).toBe(4_096)
  expect(openFilesIn(LIMITS_TEXT.replace('4096 ', 'unlimited '))).toBe(Infinity)
  for (const text of ['', 'Max open files', LIMITS_TEXT.replace('4096', 'many')]) {
    expect(openFilesIn(text)).toBeUndefined()
  }
  expect(descriptorLimit()).toBeGreaterThan(0)
})

it('A broker keeps three quarters of its descriptors for files, 512 at least, and leaves 512 for connections', () => {
  expect(openFilesFor(undefined)).toBe(LIMITS.openFilesMax)
  expect([64, 1_024, 1_500, 2_048, 4_096, 20_000].map(openFilesFor)).toEqual([
    ...[512, 512, 988, 1_536, 3_072, 15_000],
  ])
  expect([1_048_576, Infinity].map(openFilesFor)).toEqual([65_536, 65_536])
})
