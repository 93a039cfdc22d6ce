import { describe, expect, it } from 'vitest'
import { readPage, renderDocs } from '../../scripts/docs.ts'

describe('the pages of docs that are made from code', () => {
  it.each(renderDocs())('$path says what the code says (npx tsx scripts/docs.ts)', (page) => {
    expect(readPage(page)).toBe(page.text)
  })
})
