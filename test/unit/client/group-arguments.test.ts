// What callers in plain JavaScript get wrong about groups: refused before anything is sent, with words that say what to do; and what
// is sent for what they get right.
import { beforeEach, describe, expect, it } from 'vitest'
import { connect } from '../../../src/client/index.ts'
import type { UnaryMethod } from '../../../src/client/transport.ts'
import { SeededRandom } from '../../../src/platform/seeded-random.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'
import { refusalOf } from '../../support/refusal.ts'
import { SimulatedBroker } from './simulated-broker.ts'

/** Remembers what was asked of groups, and answers with nothing. */
class AskedBroker extends SimulatedBroker {
  readonly asked: [UnaryMethod, unknown][] = []

  override async call(...[method, request]: Parameters<SimulatedBroker['call']>): Promise<never> {
    this.asked.push([method, request])
    const nothing = { results: [], changes: [], membersPutOut: [], offsets: [], isReached: true }
    return await Promise.resolve(nothing as never)
  }
}

type Untyped = Readonly<Record<string, (...given: unknown[]) => Promise<unknown>>>

let broker: AskedBroker
let admin: Untyped

beforeEach(() => {
  const clock = new VirtualClock()
  broker = new AskedBroker(clock)
  const client = connect({ transport: broker, clock, random: new SeededRandom(1) })
  const known = client.admin()
  admin = new Proxy(
    {},
    {
      get: (_, name) =>
        (known as unknown as Record<string | symbol, () => never>)[name]?.bind(known),
    },
  )
})

/** The message of the refusal, before anything was sent. */
async function messageOf(method: string, ...given: unknown[]): Promise<string> {
  const error = await refusalOf(
    Promise.resolve().then(async () => {
      const answer = admin[method]?.(...given)
      // Of a generator, the first page.
      const pages = answer as unknown as Partial<AsyncGenerator>
      return pages.next === undefined ? await answer : await pages.next()
    }),
  )
  expect(broker.asked).toEqual([])
  expect(error.effect).toBe('none')
  return `${error.code}: ${error.message}`
}

describe('administration of groups', () => {
  it.each([
    ['describeGroup', [undefined], 'group must be text, not undefined'],
    ['describeGroup', ['g', { lag: true }], 'describeGroup has no option lag'],
    ['describeGroup', ['g', { lagTime: 1 }], 'lagTime must be true or false, not 1'],
    ['deleteGroup', [5], 'group must be text, not 5'],
    ['explainGroup', [null], 'group must be text, not null'],
    ['groupOffsets', ['g', { partitions: 't' }], 'partitions must be a list, as in [{ topic,'],
    ['groupOffsets', ['g', { partitions: [{ topic: 't' }] }], 'partition must be a whole number'],
    ['groupOffsets', ['g', { asOfMs: -1 }], 'INVALID_TIMESTAMP: a timestamp is a whole number'],
    ['groupOffsets', ['g', { asOf: 1 }], 'groupOffsets has no option asOf'],
    ['commitGroupOffsets', ['g', { topic: 't' }], 'offsets must be a list, as in [{ topic,'],
    [
      'commitGroupOffsets',
      ['g', [{ topic: 't', partition: 0, offset: '5' }]],
      'INVALID_OFFSET: offset must be an integer',
    ],
    [
      'commitGroupOffsets',
      ['g', [{ topic: 't', partition: 0, offset: 5, meta: 'x' }]],
      'an offset to commit has no option meta',
    ],
    ['commitGroupOffsets', ['g', [], { rewind: true }], 'has no option rewind'],
    ['resetGroup', ['g'], 'the target of a reset takes an object { topic, partition, to }'],
    ['resetGroup', ['g', { topic: 't' }], 'to must be earliest, latest, { offset }'],
    ['resetGroup', ['g', { to: 'start' }], 'to must be earliest, latest, { offset }'],
    ['resetGroup', ['g', { to: 5 }], 'to must be earliest, latest, { offset }'],
    ['resetGroup', ['g', { to: {} }], 'to must be earliest, latest, { offset }'],
    ['resetGroup', ['g', { to: null }], 'to must be earliest, latest, { offset }'],
    ['resetGroup', ['g', { to: { offset: 1, shiftBy: 1 } }], 'and one of them'],
    ['resetGroup', ['g', { to: { shiftBy: 1.5 } }], 'shiftBy must be a whole number'],
    ['resetGroup', ['g', { to: { offset: -1 } }], 'INVALID_OFFSET'],
    ['resetGroup', ['g', { to: { time: 1 } }], 'to has no option time'],
    ['resetGroup', ['g', { to: 'latest' }, { dryrun: true }], 'has no option dryrun'],
    ['undoGroupReset', ['g', { force: 'yes' }], 'force must be true or false, not "yes"'],
    ['groupHistory', ['g', { partition: '0' }], 'partition must be a whole number'],
    ['groupHistory', ['g', { from: 1 }], 'groupHistory has no option from'],
    ['groupHistory', ['g', { toMs: 1.5 }], 'INVALID_TIMESTAMP'],
    ['snapshotGroup', ['g'], 'name must be text, not undefined'],
    ['restoreGroup', ['g', 's', { reason: 5 }], 'reason must be text, not 5'],
    ['deleteGroupSnapshot', ['g'], 'name must be text, not undefined'],
    ['forkGroup', ['g'], 'newGroup must be text, not undefined'],
    ['forkGroup', ['g', 'h', { dryRun: 0 }], 'dryRun must be true or false, not 0'],
    ['waitForCommit', ['g'], 'a position takes an object { topic, partition, offset }'],
    ['waitForCommit', ['g', [{ topic: 't', partition: 0 }]], 'durability none has no offset'],
    [
      'waitForCommit',
      ['g', { topic: 't', partition: 0, baseOffset: 0, recordCount: 0 }],
      'recordCount must be a whole number of at least 1',
    ],
    ['waitForCommit', ['g', [], { timeout: 5 }], 'waitForCommit has no option timeout'],
    ['waitForCommit', ['g', [], { timeoutMs: -5 }], 'timeoutMs must be a whole number'],
  ])('%s %j: %s', async (method, given, message) => {
    expect(await messageOf(method, ...given)).toContain(message)
  })

  it('of many records of a partition only the last is waited for', async () => {
    await admin['waitForCommit']?.('g', [
      { topic: 'b', partition: 0, offset: 3 },
      { topic: 'a', partition: 1, offset: 4 },
      { topic: 'a', partition: 1, offset: 9 },
      { topic: 'a', partition: 0, baseOffset: 5, recordCount: 3 },
      { topic: 'a', partition: 1, offset: 8 },
    ])
    expect(broker.asked).toMatchObject([
      [
        'waitForCommit',
        {
          positions: [
            { topic: 'a', partition: 0, offset: 7 },
            { topic: 'a', partition: 1, offset: 9 },
            { topic: 'b', partition: 0, offset: 3 },
          ],
        },
      ],
    ])
  })

  it.each([
    ['earliest', { position: 'OFFSET_POSITION_EARLIEST' }],
    ['latest', { position: 'OFFSET_POSITION_LATEST' }],
    [{ offset: 5 }, { offset: 5 }],
    [{ timestampMs: 5 }, { timestampMs: 5 }],
    [{ shiftBy: -5 }, { shiftBy: -5 }],
    [{ asOfMs: 5 }, { asOfMs: 5 }],
  ])('a reset to %j', async (to, entry) => {
    await admin['resetGroup']?.('g', { to })
    await admin['resetGroup']?.('g', [{ topic: 't', partition: 2, to }], { force: true })
    expect(broker.asked.map(([, request]) => request)).toEqual([
      { group: 'g', entries: [entry], dryRun: false, force: false, reason: '' },
      {
        group: 'g',
        entries: [{ ...entry, topic: 't', partition: 2 }],
        ...{ dryRun: false, force: true, reason: '' },
      },
    ])
  })
})
