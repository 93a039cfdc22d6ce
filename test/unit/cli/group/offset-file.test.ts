import { describe, expect, it } from 'vitest'
import {
  fileTargets,
  formatOffsetFile,
  parseOffsetFile,
} from '../../../../src/cli/group/offset-file.ts'

describe('a file of offsets', () => {
  it('reads what it wrote', () => {
    const offsets = [
      { topic: 'a', partition: 0, offset: 5 },
      { topic: 'b.c-d_e', partition: 12, offset: 2 ** 53 - 1 },
    ]
    expect(parseOffsetFile(formatOffsetFile(offsets), 'g')).toEqual(offsets)
  })

  it('leaves partitions of which nothing is committed out', () => {
    expect(
      formatOffsetFile([
        { topic: 'a', partition: 0, offset: undefined },
        { topic: 'a', partition: 1, offset: 0 },
      ]),
    ).toBe('a,1,0')
  })

  it('reads what Kafka writes: with a heading, with the group in front, with Windows line ends, quoted', () => {
    const text = ['topic,partition,offset', '# saved', '', 'a,0,5\r', '"a", 1 ,6', 'g,b,0,7'].join(
      '\n',
    )
    expect(parseOffsetFile(text, 'g')).toEqual([
      { topic: 'a', partition: 0, offset: 5 },
      { topic: 'a', partition: 1, offset: 6 },
      { topic: 'b', partition: 0, offset: 7 },
    ])
  })

  it('passes over the lines of other groups, also when ids hold commas', () => {
    const text =
      'x,1,a,0,1\n"g,2",a,0,2\ng,a,0,3\n{"group":"other","topic":"a","partition":0,"offset":4}'
    expect(parseOffsetFile(text, 'g,2')).toEqual([{ topic: 'a', partition: 0, offset: 2 }])
    expect(parseOffsetFile(text, 'x,1')).toEqual([{ topic: 'a', partition: 0, offset: 1 }])
  })

  it('reads JSON objects, a line each', () => {
    const text = '{"topic":"a","partition":1,"offset":9,"metadata":"x"}\n'
    expect(parseOffsetFile(text, 'g')).toEqual([{ topic: 'a', partition: 1, offset: 9 }])
  })

  it.each([
    ['a,0', 'line 1 of the file: write topic,partition,offset'],
    ['a,0,1\na,0,x', 'line 2 of the file: there must be a topic, a partition and an offset'],
    ['a,-1,1', 'line 1 of the file'],
    ['a,0x1,1', 'line 1 of the file'],
    [',0,1', 'line 1 of the file'],
    ['a,0,99999999999999999', 'line 1 of the file'],
    ['a,0,1\n\na,0,2', 'line 3 of the file: partition 0 of a is there twice'],
    ['{"topic":"a"', 'line 1 of the file: this is no JSON object'],
    ['{"topic":"a","partition":0,"offset":1.5}', 'line 1 of the file: there must be'],
    ['other,a,0,1', 'no offset for "g"'],
    ['', 'no offset for "g"'],
  ])('refuses %j whole, with the line', (text, message) => {
    expect(() => parseOffsetFile(text, 'g')).toThrow(message)
  })

  it('becomes a target for each partition', () => {
    expect(fileTargets([{ topic: 'a', partition: 1, offset: 9 }])).toEqual([
      { topic: 'a', partition: 1, to: { offset: 9 } },
    ])
  })
})
