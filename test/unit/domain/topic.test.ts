import { describe, expect, it } from 'vitest'
import {
  checkTopicName,
  isInternalTopic,
  isTopicId,
  TOPIC_NAME_LENGTH_MAX,
  topicCollisionKey,
  topicIdFromBytes,
} from '../../../src/domain/topic.ts'
import { codeOf } from '../../support/error-code.ts'

describe('a topic name', () => {
  it('may hold letters, digits, dots, underlines and dashes, up to 249 of them', () => {
    const names = ['a', 'A-Z_0.9', '...', '-', '_', '__offsets', 'x'.repeat(TOPIC_NAME_LENGTH_MAX)]
    for (const name of names)
      expect(
        codeOf(() => {
          checkTopicName(name)
        }),
      ).toBeUndefined()
  })

  it('may be nothing else', () => {
    const names = [
      '',
      '.',
      '..',
      '../../etc',
      'a/b',
      'a\\b',
      '%2e%2e',
      'a\0b',
      'a b',
      'a\n',
      '\u202ea',
      'ä',
      'a\u0301',
      '*',
      'x'.repeat(TOPIC_NAME_LENGTH_MAX + 1),
    ]
    for (const name of names)
      expect(
        codeOf(() => {
          checkTopicName(name)
        }),
      ).toBe('INVALID_TOPIC_NAME')
  })

  it('is shown in the refusal, escaped and cut', () => {
    expect(() => {
      checkTopicName('a\n\u0000b')
    }).toThrow(/"a\\n\\u0000b"/)
    const long = 'y'.repeat(100_000)
    let message = ''
    try {
      checkTopicName(long)
    } catch (error) {
      message = (error as Error).message
    }
    expect(message.length).toBeLessThan(200)
  })

  it('that begins with two underlines belongs to the broker', () => {
    expect(isInternalTopic('__groups')).toBe(true)
    expect(isInternalTopic('_groups')).toBe(false)
  })

  it('collides with one that differs by dots against underlines only', () => {
    expect(topicCollisionKey('a.b_c')).toBe(topicCollisionKey('a_b.c'))
    expect(topicCollisionKey('a.b')).not.toBe(topicCollisionKey('ab'))
    expect(topicCollisionKey('A')).not.toBe(topicCollisionKey('a'))
  })
})

describe('a topic id', () => {
  it('is 16 bytes in 22 characters that are safe in paths', () => {
    const id = topicIdFromBytes(Uint8Array.from({ length: 16 }, (_, index) => 255 - index))
    expect(id.length).toBe(22)
    expect(isTopicId(id)).toBe(true)
    expect(Buffer.from(id, 'base64url').length).toBe(16)
    expect(topicIdFromBytes(new Uint8Array(16))).toBe('A'.repeat(22))
  })

  it('is told from other names', () => {
    for (const name of [
      '',
      'a',
      'x'.repeat(21),
      'x'.repeat(23),
      '../../../../../etc/pas',
      '.'.repeat(22),
    ]) {
      expect(isTopicId(name)).toBe(false)
    }
  })

  it('needs 16 bytes', () => {
    expect(() => topicIdFromBytes(new Uint8Array(15))).toThrow(RangeError)
  })
})
