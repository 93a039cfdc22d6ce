import { expect, it } from 'vitest'
import { clampTimeout } from '../../../src/transport/grpc/timeout-header.ts'

it.each([
  ['99999999H', '2147483S'],
  ['597H', '2147483S'],
  ['596H', '596H'],
  ['30S', '30S'],
  ['99999999m', '99999999m'],
  ['1500u', '1500u'],
  ['999u', '1m'],
  ['0n', '1m'],
  ['0H', '1m'],
  ['-1S', '1m'],
  ['', ''],
  ['1', '1'],
  ['abc', 'abc'],
  ['123456789S', '123456789S'],
])('a timeout of "%s" counts as "%s"', (given, counted) => {
  expect(clampTimeout(given)).toBe(counted)
})
