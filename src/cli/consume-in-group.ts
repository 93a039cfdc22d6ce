// `varve consume TOPIC --group G`: records on standard output, shared with the other members of a group. Invariant: what is committed
// was written to the output; what was not, because its reader left, is read again by somebody.
import type { GroupConsumerOptions } from '../client/index.ts'
import { type ConsumeRun, OUTAGE_MS_MAX } from './consume-run.ts'
import { ConsumeTally } from './consume-tally.ts'
import { wantsJson } from './global-options.ts'
import { GroupEnd } from './group-end.ts'
import { RebalanceTeller } from './rebalance-teller.ts'
import { recordFormat } from './record-format.ts'
import { RecordPrinter } from './record-printer.ts'
import { StopSignals } from './stop-signals.ts'
import { stuckTeller, warningTeller } from './warning-teller.ts'
import { withClient } from './with-client.ts'

/** How often what was printed is committed: so much is printed twice after a crash. */
const COMMIT_INTERVAL_MS = 1_000
/** By which people know in `varve group describe` what kind of member this is. */
const CLIENT_ID = 'varve-consume'

/** Prints what the group gives this member until a signal or a bound; then commits the last of it and leaves. */
export async function consumeInGroup(run: ConsumeRun, group: string): Promise<void> {
  const { topic, options, command, io, clock } = run
  const json = wantsJson(command)
  const format = recordFormat(options.format ?? (json ? 'json' : 'value'))
  const tally = new ConsumeTally(topic, clock, group)
  const printer = new RecordPrinter(io, clock, format)
  const signals = new StopSignals()
  const stop = AbortSignal.any([signals.signal, io.outputGone])
  try {
    await withClient(command, io, async (client) => {
      // A consumer in a group would wait for a topic that does not exist.
      const { partitions } = await client.admin().describeTopic(topic)
      const form = json ? 'json' : options.quiet === true ? 'none' : 'text'
      const teller = new RebalanceTeller(io, { group, form, pid: process.pid })
      let end: GroupEnd | undefined
      const consumer = client.consumer().subscribe({
        ...subscription(run, group),
        onPartitionsAssigned: (assigned) => {
          for (const one of assigned) end?.reached(one, one.committedOffset)
          teller.joined(consumer.memberId)
          teller.assigned(assigned)
        },
        onPartitionsRevoked: (revoked) => {
          teller.revoked(revoked)
        },
        onPartitionsLost: (lost) => {
          teller.lost(lost)
        },
      })
      consumer.on('warning', warningTeller(io, clock, json))
      consumer.on('stuck', stuckTeller(io, 'stuck', json))
      consumer.on('recovered', stuckTeller(io, 'recovered', json))
      if (options.untilEnd === true) {
        end = new GroupEnd({
          ...{ consumer, clock },
          ends: new Map(partitions.map((one) => [one.partition, one.readableEndOffset])),
          describe: () => client.admin().describeGroup(group, { lagTime: false }),
        })
      }
      // What it fails with, the loop tells.
      void consumer.ready().then(
        () => {
          teller.joined(consumer.memberId)
        },
        () => undefined,
      )
      const close = (): void => {
        void consumer.close()
      }
      stop.addEventListener('abort', close)
      if (stop.aborted) close()
      try {
        for await (const batch of consumer.batches()) {
          for (const record of batch.records) {
            const full = printer.print(record)
            if (full !== undefined) await full
          }
          await printer.flush()
          await io.flush()
          // Coming for the next one would say that this one was taken.
          if (io.outputGone.aborted) break
          tally.printed(batch)
          end?.reached(batch, batch.nextOffset)
        }
      } finally {
        stop.removeEventListener('abort', close)
        end?.stop()
        await printer.flush()
        await consumer.close()
      }
      end?.throwFailure()
    })
  } finally {
    signals.release()
  }
  if (!io.outputGone.aborted) {
    if (json) io.say(JSON.stringify({ consumed: tally.summary() }))
    else if (options.quiet !== true) io.say(tally.text())
  }
  const isBounded = options.untilEnd === true || options.maxRecords !== undefined
  if (isBounded && signals.exitCode !== undefined) io.exitCode = signals.exitCode
}

function subscription({ topic, options }: ConsumeRun, group: string): GroupConsumerOptions {
  const isBounded = options.untilEnd === true || options.maxRecords !== undefined
  return {
    ...{ group, topics: topic, clientId: CLIENT_ID },
    autoCommit: { intervalMs: COMMIT_INTERVAL_MS },
    outageMaxMs: isBounded ? OUTAGE_MS_MAX : Infinity,
    ...(options.instance === undefined ? {} : { instanceId: options.instance }),
    ...(options.assignor === undefined ? {} : { assignor: options.assignor }),
    ...(options.weight === undefined ? {} : { weight: options.weight }),
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.sessionTimeout === undefined ? {} : { sessionTimeoutMs: options.sessionTimeout }),
    ...(options.maxRecords === undefined ? {} : { maxRecords: options.maxRecords }),
  }
}
