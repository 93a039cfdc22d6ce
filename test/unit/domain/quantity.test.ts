import { describe, expect, it } from 'vitest'
import {
  parseBytes,
  parseDurationMs,
  writeBytes,
  writeDurationMs,
} from '../../../src/domain/quantity.ts'

describe('quantities as people write them', () => {
  it.each([
    ['0', 0],
    ['1048576', 1048576],
    ['256MiB', 268435456],
    ['256 MiB', 268435456],
    ['1TiB', 1099511627776],
    ['5B', 5],
  ])('%s is %i bytes', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes)
    expect(parseBytes(writeBytes(bytes))).toBe(bytes)
  })

  it.each([
    ['500ms', 500],
    ['90', 90],
    ['90s', 90_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
  ])('%s is %i milliseconds', (text, durationMs) => {
    expect(parseDurationMs(text)).toBe(durationMs)
    expect(parseDurationMs(writeDurationMs(durationMs))).toBe(durationMs)
  })

  it.each([
    '',
    '-1',
    '1.5MiB',
    '1MB',
    '1mib',
    '1 K',
    'MiB',
    '9007199254740992',
    '9000000TiB',
    '1d',
    '0x10',
  ])('%j is no size', (text) => {
    expect(parseBytes(text)).toBeUndefined()
  })

  it.each(['', '-1s', '1w', '1 sec', '7D', 'constructor', '200000000d'])(
    '%j is no duration',
    (text) => {
      expect(parseDurationMs(text)).toBeUndefined()
    },
  )

  it('are written with the largest unit that divides them', () => {
    expect([0, 1, 1024, 1536, 3 * 2 ** 30].map(writeBytes)).toEqual([
      '0B',
      '1B',
      '1KiB',
      '1536B',
      '3GiB',
    ])
    expect([0, 1500, 60_000, 86_400_000].map(writeDurationMs)).toEqual([
      '0ms',
      '1500ms',
      '1m',
      '1d',
    ])
  })
})
