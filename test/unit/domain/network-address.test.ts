import { describe, expect, it } from 'vitest'
import { formatNetworkAddress, parseNetworkAddress } from '../../../src/domain/network-address.ts'

describe('a network address', () => {
  it.each([
    ['127.0.0.1:7070', '127.0.0.1', 7070],
    ['localhost:0', 'localhost', 0],
    ['[::1]:65535', '::1', 65_535],
    ['[fe80::1%eth0]:1', 'fe80::1%eth0', 1],
    ['broker-1.example:7070', 'broker-1.example', 7070],
  ])('is read from %s and written the same way', (text, host, port) => {
    expect(parseNetworkAddress(text)).toEqual({ host, port })
    expect(formatNetworkAddress({ host, port })).toBe(text)
  })

  it.each([
    '',
    '7070',
    ':7070',
    'host',
    'host:',
    'host:65536',
    'host:-1',
    '::1:7070',
    'a b:1',
    'http://h:1',
  ])('refuses %j and says what to write', (text) => {
    expect(() => parseNetworkAddress(text)).toThrow(/HOST:PORT, as in 127\.0\.0\.1:7070/)
  })
})
