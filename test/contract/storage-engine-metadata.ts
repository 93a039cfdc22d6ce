import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/domain/limits.ts'
import { refusalOf } from '../support/refusal.ts'
import { engineHarness } from './engine-harness.ts'
import type { MakeEngine } from './storage-engine.ts'

export function metadataContract(make: MakeEngine): void {
  describe('metadata', () => {
    const harness = engineHarness(make)

    it('is absent until it is set, and has a version that rises', async () => {
      const { metadata } = harness.engine
      expect(await metadata.get('topics/a')).toBeUndefined()
      expect(await metadata.compareAndSet('topics/a', 0, 'one')).toBe(1)
      expect(await metadata.compareAndSet('topics/a', 1, 'two')).toBe(2)
      expect(await metadata.get('topics/a')).toEqual({ value: 'two', version: 2 })
    })

    it('is set only at the expected version', async () => {
      const { metadata } = harness.engine
      expect(await metadata.compareAndSet('key', 1, 'x')).toBeUndefined()
      await metadata.compareAndSet('key', 0, 'one')
      expect(await metadata.compareAndSet('key', 0, 'x')).toBeUndefined()
      expect(await metadata.compareAndSet('key', 2, 'x')).toBeUndefined()
      expect(await metadata.get('key')).toEqual({ value: 'one', version: 1 })
    })

    it('is set by one of several who try at once', async () => {
      const { metadata } = harness.engine
      const versions = await Promise.all(
        ['a', 'b', 'c', 'd'].map((value) => metadata.compareAndSet('key', 0, value)),
      )
      expect(versions.filter((version) => version === 1).length).toBe(1)
      expect((await metadata.get('key'))?.version).toBe(1)
    })

    it('is removed only at the expected version, and may be made again', async () => {
      const { metadata } = harness.engine
      expect(await metadata.delete('key', 1)).toBe(false)
      await metadata.compareAndSet('key', 0, 'one')
      expect(await metadata.delete('key', 2)).toBe(false)
      expect(await metadata.delete('key', 1)).toBe(true)
      expect(await metadata.get('key')).toBeUndefined()
      expect(await metadata.compareAndSet('key', 0, 'again')).toBe(1)
    })

    it('is listed by prefix in the order of the keys', async () => {
      const { metadata } = harness.engine
      for (const key of ['topics/b', 'topics/a', 'topics/a_b/c', 'topics', 'other', 'topics-x']) {
        await metadata.compareAndSet(key, 0, `value of ${key}`)
      }
      const keys = async (prefix: string): Promise<string[]> =>
        (await metadata.list(prefix)).map((entry) => entry.key)
      expect(await keys('topics/')).toEqual(['topics/a', 'topics/a_b/c', 'topics/b'])
      expect(await keys('topics')).toEqual([
        'topics',
        'topics-x',
        'topics/a',
        'topics/a_b/c',
        'topics/b',
      ])
      expect((await keys('')).length).toBe(6)
      expect(await keys('none')).toEqual([])
      expect(await metadata.list('other')).toEqual([
        { key: 'other', damaged: false, value: 'value of other', version: 1 },
      ])
    })

    it('holds any text up to its limit', async () => {
      const { metadata } = harness.engine
      const texts = [
        '',
        '\n',
        'zwölf \u{1F9CA}\u0000 end',
        'x'.repeat(LIMITS.metadataValueBytesMax),
      ]
      for (const [index, text] of texts.entries()) {
        await metadata.compareAndSet(`key-${index}`, 0, text)
        expect((await metadata.get(`key-${index}`))?.value === text).toBe(true)
      }
      const tooLarge = 'ä'.repeat(LIMITS.metadataValueBytesMax / 2 + 1)
      expect((await refusalOf(metadata.compareAndSet('large', 0, tooLarge))).code).toBe(
        'INVALID_ARGUMENT',
      )
    })

    it('refuses keys that are none', async () => {
      const { metadata } = harness.engine
      for (const key of [
        '',
        '/',
        'a/',
        '/a',
        'a//b',
        '..',
        'a/../b',
        'a.b',
        'a b',
        'ä',
        'a/b/c/d/e',
      ]) {
        expect((await refusalOf(metadata.get(key))).code).toBe('INVALID_ARGUMENT')
        expect((await refusalOf(metadata.compareAndSet(key, 0, 'x'))).code).toBe('INVALID_ARGUMENT')
        expect((await refusalOf(metadata.delete(key, 1))).code).toBe('INVALID_ARGUMENT')
      }
      const long = `${'k'.repeat(100)}/${'k'.repeat(100)}/${'k'.repeat(100)}/${'k'.repeat(100)}`
      expect(await metadata.compareAndSet(long, 0, 'x')).toBe(1)
      expect((await refusalOf(metadata.get('k'.repeat(101)))).code).toBe('INVALID_ARGUMENT')
    })
  })
}
