import { describe, expect, it } from 'vitest'
import { AddressShares } from '../../../src/transport/address-shares.ts'
import { RequestBytes } from '../../../src/transport/request-bytes.ts'

function shares(): { shares: AddressShares; requestBytes: RequestBytes } {
  const requestBytes = new RequestBytes({ bytesMax: 100, bytesPerConnectionMax: 100 })
  return {
    requestBytes,
    shares: new AddressShares({
      callsMax: 5,
      callsPerAddressMax: 3,
      requestBytes,
      requestBytesPerAddressMax: 60,
    }),
  }
}

describe('the connections of an address', () => {
  it('have its calls together, and leave the others theirs', () => {
    const all = shares()
    const [one, other] = ['192.0.2.1', '192.0.2.1'].map((address) => all.shares.connect(address))
    const third = all.shares.connect('192.0.2.2')
    const ends = [one, one, other].map((connection) => connection?.share.beginCall())
    expect(ends.every((end) => typeof end === 'function')).toBe(true)
    expect(one?.share.beginCall()).toBe('too-many-calls-from-address')
    expect(typeof third.share.beginCall()).toBe('function')
    const last = third.share.beginCall()
    expect(third.share.beginCall()).toBe('too-many-calls')
    expect(all.shares.calls).toBe(5)
    if (typeof last === 'function') last()
    if (typeof ends[0] === 'function') ends[0]()
    expect(typeof one?.share.beginCall()).toBe('function')
  })

  it('have their bytes of requests together, which are a part of all', () => {
    const all = shares()
    const one = all.shares.connect('192.0.2.1').share.requestBytes
    const other = all.shares.connect('192.0.2.2').share.requestBytes
    expect(one.add(60)).toBe(true)
    expect(one.addUnread(1)).toBe(false)
    expect(other.add(41)).toBe(false)
    expect(other.addUnread(40)).toBe(true)
    expect([all.requestBytes.bytes, all.requestBytes.unreadBytes]).toEqual([60, 40])
    one.remove(60)
    other.removeUnread(40)
    expect([all.requestBytes.bytes, all.requestBytes.unreadBytes]).toEqual([0, 0])
    expect(one.add(60)).toBe(true)
  })

  it('cost nothing when they are gone', () => {
    const all = shares()
    const connections = ['2001:db8::1', '2001:db8::2', '192.0.2.1'].map((address) =>
      all.shares.connect(address),
    )
    expect(all.shares.addresses).toBe(2)
    for (const { leave } of connections) leave()
    expect(all.shares.addresses).toBe(0)
  })
})
