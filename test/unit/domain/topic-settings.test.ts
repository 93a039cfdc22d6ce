import { describe, expect, it } from 'vitest'
import { isVarveError } from '../../../src/domain/error.ts'
import { LIMITS } from '../../../src/domain/limits.ts'
import {
  DEFAULT_TOPIC_SETTINGS,
  isTopicSettingName,
  parseTopicSettings,
  TOPIC_SETTINGS,
} from '../../../src/domain/topic-settings.ts'

/** What a refusal says: the setting it is about, and the message. */
function refusal(texts: Record<string, string>): { setting: unknown; message: string } {
  try {
    parseTopicSettings(texts)
  } catch (error) {
    if (!isVarveError(error, 'INVALID_CONFIG')) throw error
    return { setting: error.details['setting'], message: error.message }
  }
  throw new Error(`accepted ${JSON.stringify(texts)}`)
}

describe('topic settings', () => {
  it("have Kafka's defaults where Kafka has them, and synced durability", () => {
    expect(DEFAULT_TOPIC_SETTINGS).toEqual({
      durability: 'synced',
      minDurability: 'none',
      retentionMs: 604_800_000,
      retentionBytes: Infinity,
      segmentBytes: 1_073_741_824,
      segmentMs: 604_800_000,
      segmentIndexBytes: 10_485_760,
      indexIntervalBytes: 4096,
      fileDeleteDelayMs: 60_000,
      maxMessageBytes: 1_048_588,
      messageTimestampType: 'CreateTime',
      messageTimestampBeforeMaxMs: Infinity,
      messageTimestampAfterMaxMs: 3_600_000,
      flushMs: Infinity,
      flushMessages: Infinity,
      cleanupPolicy: 'delete',
      compressionType: 'producer',
      recordValidation: 'full',
    })
  })

  it('take what is given and keep the defaults of the rest', () => {
    const settings = parseTopicSettings({ 'retention.ms': '1000', durability: 'written' })
    expect(settings).toEqual({
      ...DEFAULT_TOPIC_SETTINGS,
      retentionMs: 1_000,
      durability: 'written',
    })
  })

  it('know what unlimited is called', () => {
    const settings = parseTopicSettings({
      'retention.ms': '-1',
      'retention.bytes': '-1',
      'flush.ms': '9223372036854775807',
      'message.timestamp.after.max.ms': '9223372036854775807',
    })
    expect([
      settings.retentionMs,
      settings.retentionBytes,
      settings.flushMs,
      settings.messageTimestampAfterMaxMs,
    ]).toEqual([Infinity, Infinity, Infinity, Infinity])
  })

  it('each accept their own default', () => {
    for (const [name, definition] of Object.entries(TOPIC_SETTINGS)) {
      expect(isTopicSettingName(name)).toBe(true)
      expect(parseTopicSettings({ [name]: definition.defaultText })).toEqual(DEFAULT_TOPIC_SETTINGS)
      expect(definition.summary).toMatch(/\.$/)
    }
  })

  it.each([
    ['segment.bytes', '1023', '1024'],
    ['segment.bytes', '2147483648', '2147483647'],
    ['segment.ms', '0', '1'],
    ['segment.index.bytes', '11', '12'],
    ['retention.ms', '-2', '0'],
    ['max.message.bytes', '63', '64'],
    ['max.message.bytes', String(LIMITS.batchBytesMax + 1), String(LIMITS.batchBytesMax)],
    ['flush.messages', '0', '1'],
    ['retention.bytes', '9007199254740992', '9007199254740991'],
  ])('%s refuses %s and accepts %s', (name, bad, good) => {
    const { setting, message } = refusal({ [name]: bad })
    expect(setting).toBe(name)
    expect(message).toContain(name)
    expect(message).toContain(bad)
    expect(() => parseTopicSettings({ [name]: good })).not.toThrow()
  })

  it.each([
    '',
    ' 1',
    '1 ',
    '1.5',
    '1e3',
    '0x10',
    '+1',
    '--1',
    'NaN',
    'Infinity',
    '١',
    '1'.repeat(400),
  ])('refuse %j as a number', (text) => {
    const { setting, message } = refusal({ 'retention.ms': text })
    expect(setting).toBe('retention.ms')
    expect(message.length).toBeLessThan(300)
  })

  it('refuse values that are not of the choice', () => {
    expect(refusal({ durability: 'none' }).message).toContain('one of synced, written')
    expect(refusal({ durability: 'Synced' }).setting).toBe('durability')
    expect(refusal({ 'cleanup.policy': 'compact' }).message).toContain('only delete')
    expect(refusal({ 'message.timestamp.type': '' }).setting).toBe('message.timestamp.type')
  })

  it('refuse unknown names, and say what may have been meant', () => {
    expect(refusal({ 'retention.sm': '1' }).message).toContain('did you mean retention.ms?')
    expect(refusal({ 'segment.byte': '1' }).message).toContain('did you mean segment.bytes?')
    const names = ['__proto__', 'constructor', 'toString', 'x'.repeat(10_000)]
    for (const name of names) {
      const { message } = refusal(Object.fromEntries([[name, '1']]))
      expect(message.length).toBeLessThan(300)
    }
  })

  it('refuse a weakest durability that is stronger than the usual one', () => {
    const texts = { durability: 'written', 'min.durability': 'synced' }
    expect(refusal(texts).setting).toBe('min.durability')
    expect(() => parseTopicSettings({ ...texts, durability: 'synced' })).not.toThrow()
  })
})
