// What producers put into the headers of records, as a consumer sees it.
import { describe, expect, it } from 'vitest'
import {
  type ClientWarning,
  type ConsumerRecord,
  isVarveError,
  type ProducerOptions,
  type RecordContent,
  traceContextOf,
} from '../../../src/client/index.ts'
import { Varve } from '../../../src/varve.ts'

const PARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const OWN = '00-11111111111111111111111111111111-2222222222222222-00'

/** Sends one record in each of the three ways, and reads them again. */
async function roundTrip(
  options: ProducerOptions,
  content: Partial<RecordContent> = {},
): Promise<{ records: ConsumerRecord[]; warnings: ClientWarning[] }> {
  const varve = await Varve.open({ memory: true })
  try {
    await varve.admin().createTopic({ name: 'traced' })
    const producer = varve.producer({ lingerMs: 0, ...options })
    const warnings: ClientWarning[] = []
    producer.on('warning', (warning) => warnings.push(warning))
    const record = { topic: 'traced', partition: 0, value: 'v', ...content }
    await producer.send(record)
    expect(producer.trySend(record, () => undefined)).toBe(true)
    await producer.flush()
    await producer.append({ topic: 'traced', partition: 0, records: [record] })
    const records: ConsumerRecord[] = []
    for await (const one of varve.consumer({ topics: 'traced', until: 'end' })) records.push(one)
    expect(records).toHaveLength(3)
    return { records, warnings }
  } finally {
    await varve.close()
  }
}

const headersIn = (record: ConsumerRecord | undefined): (string | null)[][] =>
  record?.headers.map(({ key, value }) => [key, value && String(value)]) ?? []

describe('the trace of the sender', () => {
  it('goes along with every record when a hook says what it is', async () => {
    const state = 'vendor=1'
    const propagation = () => ({ traceparent: PARENT, tracestate: state })
    const { records } = await roundTrip({ propagation }, { headers: { a: '1' } })
    for (const record of records) {
      expect(headersIn(record)).toEqual([
        ['a', '1'],
        ['traceparent', PARENT],
        ['tracestate', state],
      ])
      expect(traceContextOf(record)).toMatchObject({ traceparent: PARENT, tracestate: state })
    }
  })

  it.each<[string, ProducerOptions]>([
    ['nothing is active', { propagation: () => undefined }],
    ['it is turned off', { propagation: 'off' }],
    ['the application has no OpenTelemetry', {}],
  ])('adds nothing when %s', async (_when, options) => {
    const { records, warnings } = await roundTrip(options)
    expect(records.map(headersIn)).toEqual([[], [], []])
    expect(warnings).toEqual([])
  })

  it('does not replace or complete a trace that the record has already', async () => {
    const propagation = () => ({ traceparent: PARENT, tracestate: 'a=1', baggage: 'b=2' })
    const { records } = await roundTrip({ propagation }, { headers: { TraceParent: OWN } })
    expect(headersIn(records[0])).toEqual([
      ['TraceParent', OWN],
      ['baggage', 'b=2'],
    ])
  })

  it.each<[string, () => never]>([
    [
      'throws',
      () => {
        throw new Error('broken hook')
      },
    ],
    ['returns what is no text', () => ({ traceparent: 7 }) as never],
  ])(
    'is missing, with one warning, when the hook %s; the records are delivered',
    async (_how, hook) => {
      const { records, warnings } = await roundTrip({ propagation: hook })
      expect(records.map(headersIn)).toEqual([[], [], []])
      expect(warnings.map(({ kind }) => kind)).toEqual(['propagation-failed'])
    },
  )

  it('is not decided by a word that nobody knows', async () => {
    const error: unknown = await roundTrip({ propagation: 'on' as never }).catch((e: unknown) => e)
    expect(isVarveError(error, 'INVALID_ARGUMENT')).toBe(true)
  })
})
