import { describe, expect, it } from 'vitest'
import { UnreadAnswers } from '../../../src/transport/unread-answers.ts'
import { codeOf } from '../../support/error-code.ts'

function setUp(): {
  readonly unread: UnreadAnswers
  readonly add: (peer: string, bytes: number) => { readonly code: string | undefined; over(): void }
} {
  const unread = new UnreadAnswers({ bytesMax: 100, bytesPerConnectionMax: 30 })
  return {
    unread,
    add: (peer, bytes) => {
      const call = new AbortController()
      const code = codeOf(() => {
        unread.add(peer, bytes, call.signal)
      })
      return {
        code,
        over: () => {
          call.abort()
        },
      }
    },
  }
}

describe('UnreadAnswers', () => {
  it('refuses what exceeds the limit of a connection, and takes it again when answers were read', () => {
    const { unread, add } = setUp()
    const first = add('a', 20)
    expect(add('a', 10).code).toBeUndefined()
    expect(add('a', 1).code).toBe('QUEUE_FULL')
    expect(add('b', 30).code).toBeUndefined()
    first.over()
    expect(add('a', 20).code).toBeUndefined()
    expect(unread.bytes).toBe(60)
  })

  it('takes one answer of any size when nothing else is on its way there', () => {
    const { add } = setUp()
    const large = add('a', 90)
    expect(large.code).toBeUndefined()
    expect(add('a', 1).code).toBe('QUEUE_FULL')
    large.over()
    expect(add('a', 90).code).toBeUndefined()
  })

  it('refuses what exceeds the limit of all', () => {
    const { unread, add } = setUp()
    const calls = ['a', 'b', 'c'].map((peer) => add(peer, 30))
    expect(add('d', 11).code).toBe('QUEUE_FULL')
    expect(add('d', 10).code).toBeUndefined()
    for (const call of calls) call.over()
    expect(unread.bytes).toBe(10)
  })

  it('does not count what is over already or empty', () => {
    const { unread, add } = setUp()
    unread.add('a', 50, AbortSignal.abort())
    add('a', 0)
    expect(unread.bytes).toBe(0)
  })
})
