// A reader of a simulated world: fetches from a few partitions, from where it is, and writes into the history what it was given. It says
// which epoch it read last, and goes where it is told when that was cut off.

import type { FetchOutcome } from '../../../src/broker/fetch-service.ts'
import { VarveError } from '../../../src/domain/error.ts'
import { admitOffset } from '../../../src/domain/offset.ts'
import { readValue } from '../../../src/history-check/record-value.ts'
import { readBatchHeader } from '../../../src/record/batch-header.ts'
import { decodeBatch } from '../../../src/record/decode-batch.ts'
import { eachBatch } from '../../../src/record/stored-batch.ts'
import { ConnectionLost, SimConnection } from './sim-network.ts'
import { type LivingTopic, RUN, type WorldStage } from './world-stage.ts'

export interface Place {
  readonly topic: LivingTopic
  readonly partition: number
  readonly key: number
  position: number
  /** Of the last batch that was read. */
  epoch: number | undefined
}

/** Errors of a partition that pass: it is opened again, or was deleted. */
const PASSING = new Set(['NOT_READY', 'UNKNOWN_TOPIC', 'UNKNOWN_PARTITION'])

/** Asks for records of the places, writes down what came, and moves the places on. @param isStill leaves out places that are not its any more */
export async function fetchInto(
  stage: WorldStage,
  about: {
    readonly name: string
    readonly process: number
    readonly connection: SimConnection
    readonly places: readonly Place[]
    readonly maxBytes: number
    readonly waitMs: number
    readonly isStill: (place: Place) => boolean
  },
): Promise<void> {
  const { history } = stage
  const { places, process, connection, maxBytes, waitMs, name } = about
  const poll = history.pollBegan(process, stage.now())
  const asked = places.map(({ topic, partition, position, epoch }) => ({
    ...{ topic: topic.name, partition, offset: admitOffset(position) },
    ...(epoch === undefined ? {} : { leaderEpoch: epoch }),
  }))
  const label = `${name} fetch ${asked.map(({ offset }) => offset).join(',')}`
  for (const { topic } of places) topic.callsUnderWay++
  try {
    const outcomes = await connection.call(label, (broker) =>
      broker.fetcher.fetch({ partitions: asked, maxWaitMs: waitMs, minBytes: 1, maxBytes }),
    )
    for (const [index, outcome] of outcomes.entries()) {
      const place = places[index]
      if (place !== undefined && place.topic.state !== 'gone' && about.isStill(place)) {
        takeDown(stage, { poll, process, name, asked: asked[index]?.offset ?? 0 }, place, outcome)
      }
    }
    history.pollEnded(poll, 'ok', stage.now())
  } catch (error) {
    history.pollEnded(poll, 'info', stage.now())
    if (error instanceof ConnectionLost) return
    if (!(error instanceof VarveError)) throw error
    if (!['NOT_READY', 'QUEUE_FULL'].includes(error.code)) {
      stage.violation(`${name} could not fetch: ${error.code} ${error.message}`)
    }
  } finally {
    for (const { topic } of places) topic.callsUnderWay--
  }
}

function takeDown(
  stage: WorldStage,
  about: { poll: number; process: number; name: string; asked: number },
  place: Place,
  outcome: FetchOutcome,
): void {
  const { poll, name, asked } = about
  if (outcome.startOffset >= 0 && place.topic.state === 'there') {
    const bounds = { logStart: outcome.startOffset, highWatermark: outcome.readableEndOffset }
    stage.history.pollTold(poll, place.key, bounds)
  }
  if (outcome.error !== undefined) {
    moveElsewhere(stage, about, place, outcome.error)
    return
  }
  let expected: number | undefined
  for (const chunk of outcome.chunks) {
    for (const batch of eachBatch(chunk)) {
      const header = readBatchHeader(batch)
      const isFirst = expected === undefined
      if (
        isFirst
          ? header.baseOffset > asked || header.lastOffset < asked
          : header.baseOffset !== expected
      ) {
        stage.violation(`L7: ${name} asked for ${asked} and was given ${header.baseOffset}`)
      }
      expected = header.lastOffset + 1
      const values: number[] = []
      let first = -1
      for (const { offset, value } of decodeBatch(batch)) {
        if (offset < asked) continue
        if (first < 0) first = offset
        values.push(value === null ? Number.NaN : readValue(value, RUN, place.key))
      }
      stage.history.pollRead(poll, place.key, first, values, header.leaderEpoch)
      place.position = expected
      place.epoch = header.leaderEpoch
    }
  }
}

function moveElsewhere(
  stage: WorldStage,
  { process, name }: { process: number; name: string },
  place: Place,
  { code, details, message }: VarveError,
): void {
  const { position } = place
  if (code === 'DIVERGED_EPOCH') {
    place.position = Math.min(position, Number(details['endOffset']))
    place.epoch = Number(details['epoch'])
    if (!stage.mayHaveLost(place.key)) stage.violation(`D4: ${name}: ${message}`)
  } else if (code === 'OFFSET_OUT_OF_RANGE') {
    const [start, end] = [Number(details['startOffset']), Number(details['endOffset'])]
    if (position > end && !stage.mayHaveLost(place.key)) stage.violation(`D3: ${name}: ${message}`)
    place.position = Math.min(Math.max(start, position), end)
    place.epoch = undefined
  } else {
    if (!PASSING.has(code) && code !== 'STORAGE_FAILED')
      stage.violation(`${name}: ${code} ${message}`)
    return
  }
  stage.history.positioned(process, place.key, undefined, stage.now())
}

export class WorldReader {
  readonly connection: SimConnection
  readonly #stage: WorldStage
  readonly #name: string
  readonly #process: number
  #places: Place[] = []
  #isBusy = false

  constructor(stage: WorldStage, name: string) {
    this.#stage = stage
    this.#name = name
    this.#process = stage.history.process(name)
    this.connection = new SimConnection(stage.network)
  }

  get process(): number {
    return this.#process
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  get places(): readonly Place[] {
    return this.#places
  }

  /** Reads all partitions of the topic, each from this offset on. */
  follow(topic: LivingTopic, offsets: readonly number[]): void {
    for (const [partition, key] of topic.keys.entries()) {
      const position = offsets[partition] ?? 0
      this.#places.push({ topic, partition, key, position, epoch: undefined })
      this.#stage.history.positioned(this.#process, key, position, this.#stage.now())
    }
  }

  /** @param places some of its own; all unless told */
  async poll(maxBytes: number, waitMs: number, places = this.#places): Promise<void> {
    this.#places = this.#places.filter(({ topic }) => topic.state !== 'gone')
    if (this.#isBusy || this.#places.length === 0) return
    this.#isBusy = true
    try {
      await fetchInto(this.#stage, {
        ...{ name: this.#name, process: this.#process, connection: this.connection },
        ...{ places: places.filter(({ topic }) => topic.state !== 'gone'), maxBytes, waitMs },
        isStill: () => true,
      })
    } finally {
      this.#isBusy = false
    }
  }
}
