import { describe, expect, it } from 'vitest'
import { ConnectionCounts, networkOf } from '../../../src/transport/connection-counts.ts'

describe('connections are counted', () => {
  it('up to the limit of an address and of all, and free again when they are gone', () => {
    const counts = new ConnectionCounts({ connectionsMax: 3, connectionsPerAddressMax: 2 })
    const first = counts.add('10.0.0.1')
    const second = counts.add('10.0.0.1')
    expect(counts.add('10.0.0.1')).toBe('too-many-from-address')
    expect(counts.add('10.0.0.2')).toBeTypeOf('function')
    expect(counts.add('10.0.0.3')).toBe('too-many-connections')
    expect([counts.total, counts.addresses]).toEqual([3, 2])
    if (typeof first === 'function') first()
    expect(counts.add('10.0.0.1')).toBeTypeOf('function')
    expect(counts.total).toBe(3)
    if (typeof second === 'function') second()
    expect(counts.total).toBe(2)
  })

  it('and an address without connections is forgotten', () => {
    const counts = new ConnectionCounts({ connectionsMax: 10, connectionsPerAddressMax: 10 })
    const gone = [counts.add('10.0.0.1'), counts.add('10.0.0.1'), counts.add('10.0.0.2')]
    for (const leave of gone) if (typeof leave === 'function') leave()
    expect([counts.total, counts.addresses]).toEqual([0, 0])
  })

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:0:7:1:2:3:4', '2001:db8:0:7::/64'],
    ['2001:0db8:0000:0007::ffff', '2001:db8:0:7::/64'],
    ['2001:DB8:0:7:9::', '2001:db8:0:7::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
