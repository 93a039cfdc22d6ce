// The loop of `produce`: input in, records out, never more under way than the producer's buffer holds. It ends with the
// input, a signal, or the first record that fails; what was accepted by then is waited for in any case.
import type { DeliveryReport, Producer } from '../client/index.ts'
import { VarveError } from '../domain/error.ts'
import type { Clock } from '../platform/clock.ts'
import { formatBytes, formatCounted, ratePerSecond } from '../text/quantities.ts'
import type { CommandIo } from './command-io.ts'
import { inputLines } from './input-lines.ts'
import { chunksUntil, type InputSource } from './input-source.ts'
import { type LineParser, payloadBytes } from './produce-record.ts'
import { ProduceTally } from './produce-tally.ts'
import { ProgressBar } from './progress-bar.ts'

export interface ProduceInputOptions {
  readonly producer: Producer
  readonly source: InputSource
  /** Of the source, for messages. */
  readonly name: string
  readonly parse: LineParser
  readonly stop: AbortSignal
  readonly io: CommandIo
  readonly clock: Clock
}

export interface ProduceOutcome {
  readonly tally: ProduceTally
  readonly durationMs: number
  /** Why it ended before its input did. */
  readonly failure: Error | undefined
  /** The signal came before the end of the input. */
  readonly stopped: boolean
  readonly endedWithoutNewline: boolean
}

/** Sends all lines of the source; closes the producer. */
export async function produceInput(options: ProduceInputOptions): Promise<ProduceOutcome> {
  const { producer, clock } = options
  const tally = new ProduceTally()
  const startedMs = clock.monotonicMs()
  const progress = new ProgressBar(options.io, clock, {
    enabled: options.source.totalBytes !== undefined,
  })
  const failed = new AbortController()
  const stop = AbortSignal.any([options.stop, failed.signal])
  let readBytes = 0
  let lastByte = NEWLINE
  let failure: Error | undefined
  let failedLine = 0

  async function* countedChunks(): AsyncGenerator<Buffer> {
    for await (const chunk of chunksUntil(options.source, options.name, stop)) {
      readBytes += chunk.length
      lastByte = chunk.at(-1) ?? lastByte
      yield chunk
    }
  }
  const deliver = (bytes: number, line: number) => (result: DeliveryReport | VarveError) => {
    if (result instanceof VarveError) {
      if (tally.firstError === undefined) failedLine = line
      tally.failed(result)
      failed.abort()
    } else {
      tally.acknowledged(result, bytes)
    }
  }

  try {
    await sendLines(options, countedChunks(), stop, deliver, () => {
      progress.update(readBytes, options.source.totalBytes, () => {
        const rate = ratePerSecond(tally.bytes, clock.monotonicMs() - startedMs)
        return `${formatCounted(tally.records, 'record')}  ${formatBytes(rate)}/s`
      })
    })
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error))
  }
  // After a signal somebody waits: a broker that is away gets no two minutes then.
  await producer.close(options.stop.aborted ? { timeoutMs: STOP_GRACE_MS } : {})
  progress.clear()
  return {
    tally,
    durationMs: clock.monotonicMs() - startedMs,
    failure: failure ?? failureOfLine(tally.firstError, options.name, failedLine),
    stopped: options.stop.aborted,
    endedWithoutNewline: failure === undefined && !stop.aborted && lastByte !== NEWLINE,
  }
}

const NEWLINE = 10
const STOP_GRACE_MS = 5_000

/**
 * The first delivery that failed, with the line that it began with. Records that the end of the producer left behind are
 * counted; the signal that caused it is told by the exit code.
 */
function failureOfLine(
  error: VarveError | undefined,
  name: string,
  line: number,
): VarveError | undefined {
  if (error === undefined || error.code === 'CLOSED') return undefined
  return new VarveError(error.code, `line ${line} of ${name}: ${error.message}`, {
    details: { ...error.details, line },
    cause: error,
  })
}

/** A function, because the compiler takes a signal seen open for open for ever. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted
}

async function sendLines(
  options: ProduceInputOptions,
  chunks: AsyncIterable<Buffer>,
  stop: AbortSignal,
  deliver: (bytes: number, line: number) => (result: DeliveryReport | VarveError) => void,
  onProgress: () => void,
): Promise<void> {
  let lineNumber = 0
  const stopped = new Promise<void>((resolve) => {
    stop.addEventListener('abort', () => {
      resolve()
    })
  })
  for await (const lines of inputLines(chunks)) {
    for (const line of lines) {
      // An unfinished line at the moment of a signal is not a line: half a record must not be stored.
      if (stop.aborted) return
      const record = options.parse(line, ++lineNumber)
      const onDelivery = deliver(payloadBytes(record), lineNumber)
      while (!options.producer.trySend(record, onDelivery)) {
        await Promise.race([options.producer.ready(), stopped])
        if (isAborted(stop)) return
      }
    }
    onProgress()
  }
}
