import { expect, test } from 'vitest'
import { NumberedPayloads } from '../../../src/bench/numbered-payload.ts'
import { SentLedger } from '../../../src/bench/sent-ledger.ts'
import type { ReceivedRecord } from '../../../src/bench/system.ts'
import { TruthCheck } from '../../../src/bench/truth-check.ts'

const RUN = 77
const RECORD_BYTES = 40

/** Ten records of one producer in partition 0, acknowledged at offsets 0 to 9, as they would be read back. */
function tenRecords(): { ledger: SentLedger; records: ReceivedRecord[] } {
  const ledger = new SentLedger(1)
  const payloads = payloadsOf(10)
  const records = Array.from({ length: 10 }, (_, number) => {
    ledger.send(0, 0)
    ledger.acknowledge(0, number, number)
    return { offset: number, value: Buffer.from(payloads.number(payloads.take(), 0, number, 0)) }
  })
  return { ledger, records }
}

function payloadsOf(slots: number): NumberedPayloads {
  let state = 1
  const random = (): number => (state = Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return new NumberedPayloads({
    run: RUN,
    recordBytes: RECORD_BYTES,
    slots,
    content: 'random',
    random,
  })
}

function verdictOf(ledger: SentLedger, records: readonly ReceivedRecord[], partition = 0) {
  const check = new TruthCheck({ run: RUN, ledger, denseOffsets: true, inOrder: true })
  check.add(partition, records)
  return check.finish()
}

test('all records, each once and in order, are valid', () => {
  const { ledger, records } = tenRecords()
  expect(verdictOf(ledger, records)).toMatchObject({
    checked: true,
    valid: true,
    acknowledged: 10,
    readBack: 10,
    findings: [],
  })
})

test('a record that was acknowledged and is not there is lost', () => {
  const { ledger, records } = tenRecords()
  expect(verdictOf(ledger, records.slice(0, 9))).toMatchObject({ valid: false, lost: 1 })
})

test('a hole in the offsets is found as well as the loss', () => {
  const { ledger, records } = tenRecords()
  const verdict = verdictOf(ledger, [...records.slice(0, 4), ...records.slice(5)])
  expect(verdict).toMatchObject({ valid: false, lost: 1, reordered: 1 })
})

test('a record whose fate was open may be missing, or there', () => {
  const { ledger, records } = tenRecords()
  ledger.send(0, 0)
  expect(verdictOf(ledger, records)).toMatchObject({ valid: true, unknown: 1 })
  const value = Buffer.from(payloadsOf(1).number(0, 0, 10, 0))
  expect(verdictOf(ledger, [...records, { offset: 10, value }])).toMatchObject({ valid: true })
})

test('a record that was refused with no effect must not be there', () => {
  const { ledger, records } = tenRecords()
  ledger.send(0, 0)
  ledger.fail(0, 10, true, 'full')
  expect(verdictOf(ledger, records)).toMatchObject({ valid: true })
  const value = Buffer.from(payloadsOf(1).number(0, 0, 10, 0))
  expect(verdictOf(ledger, [...records, { offset: 10, value }])).toMatchObject({
    valid: false,
    unexpected: 1,
  })
})

test('a record that is there twice is doubled', () => {
  const { ledger, records } = tenRecords()
  const again = { offset: 10, value: records[9]?.value ?? null }
  expect(verdictOf(ledger, [...records, again])).toMatchObject({ valid: false, doubled: 1 })
})

test('two records that changed places are out of order and misplaced', () => {
  const { ledger, records } = tenRecords()
  const [a, b] = [records[4], records[5]]
  if (a === undefined || b === undefined) throw new RangeError('ten records')
  const swapped = records.with(4, { ...b, offset: 4 }).with(5, { ...a, offset: 5 })
  expect(verdictOf(ledger, swapped)).toMatchObject({ valid: false, reordered: 1, misplaced: 2 })
})

test.each(Array.from({ length: RECORD_BYTES }, (_, position) => position))(
  'a value with byte %i altered is not taken for what was sent',
  (position) => {
    const { ledger, records } = tenRecords()
    const value = Buffer.from(records[3]?.value ?? '')
    value[position] = (value[position] ?? 0) ^ 0x10
    const verdict = verdictOf(ledger, records.with(3, { offset: 3, value }))
    expect(verdict.valid).toBe(false)
    expect(verdict.altered).toBe(1)
  },
)

test('a record of another run or of a number that was not sent is unexpected', () => {
  const { ledger, records } = tenRecords()
  const value = Buffer.from(payloadsOf(1).number(0, 0, 4711, 0))
  expect(verdictOf(ledger, [...records, { offset: 10, value }])).toMatchObject({
    valid: false,
    unexpected: 1,
  })
})

test('a record in another partition than it was sent to is misplaced', () => {
  const { ledger, records } = tenRecords()
  expect(verdictOf(ledger, records, 3)).toMatchObject({ valid: false, misplaced: 10 })
})

test('a slot comes back before it is lent again', () => {
  const payloads = payloadsOf(2)
  const [first, second] = [payloads.take(), payloads.take()]
  expect(new Set([first, second, payloads.take()])).toEqual(new Set([0, 1, -1]))
  payloads.giveBack(second)
  expect(payloads.take()).toBe(second)
})
