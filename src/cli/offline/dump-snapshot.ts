// Prints what a snapshot of producers holds, varve's own and Kafka's.
import { decodeSnapshot } from '../../storage/file/producer-snapshot.ts'
import type { DumpOutput } from './dump-output.ts'
import { momentText } from './printable.ts'

/** @param offset that the name of the file says. */
export function dumpSnapshot(
  bytes: Buffer,
  offset: number,
  file: string,
  output: DumpOutput,
): void {
  const snapshot = decodeSnapshot(bytes, offset)
  if (typeof snapshot === 'string') {
    output.problems++
    output.line(
      () => ({ file, type: 'damaged', problem: snapshot }),
      () => `!! ${snapshot}`,
    )
    return
  }
  for (const { producerId, producerEpoch, batches } of snapshot.producers) {
    for (const { firstSequence, lastSequence, lastOffset, timestampMs } of batches) {
      output.line(
        () => ({
          file,
          type: 'producer',
          producerId,
          producerEpoch,
          firstSequence,
          lastSequence,
          lastOffset,
          timestamp: timestampMs,
        }),
        () =>
          `producer: ${producerId} epoch: ${producerEpoch} sequence: ${firstSequence}..${lastSequence} lastOffset: ${lastOffset} timestamp: ${timestampMs} (${momentText(timestampMs)})`,
      )
    }
  }
  const producers = snapshot.producers.length
  output.line(
    () => ({ file, type: 'snapshot', offset, producers }),
    () => `${producers} producers, as known at offset ${offset}`,
  )
}
