// Attacks that send next to nothing: what they cost is what the broker keeps while it waits.
import { logService } from '../../../src/protocol/grpc/services.ts'
import {
  data,
  FRAME,
  frame,
  framedMessage,
  grpcHeaders,
  headers,
  PREFACE,
  ping,
  settings,
} from '../../support/raw-http2.ts'
import type { Attack, AttackConnection, AttackRun } from './attack.ts'
import { manyCalls } from './frame-floods.ts'

const PRODUCE = grpcHeaders(logService.Produce.path)
/** Says that a message of 4 MiB follows. */
const LONG_MESSAGE = Buffer.of(0, 0, 0x40, 0, 0)
const CALLS_PER_CONNECTION = 190

/** Keeps so many connections open, each begun as told, and gives each a byte or a frame now and then. */
function crowd(
  name: string,
  connections: number,
  begin: (run: AttackRun) => Promise<AttackConnection>,
  trickle?: (connection: AttackConnection, round: number) => Promise<void>,
): Attack {
  return {
    name,
    run: async (run) => {
      let open: AttackConnection[] = []
      for (let round = 0; !run.isOver(); round++) {
        open = open.filter(({ isClosed }) => !isClosed)
        // A hundred at a time, so that the broker's backlog of connections is not what is measured.
        for (let added = 0; open.length < connections && added < 100 && !run.isOver(); added++) {
          open.push(await begin(run))
        }
        if (trickle) await Promise.all(open.map((connection) => trickle(connection, round)))
        await run.pause(open.length < connections ? 1 : 100)
      }
    },
  }
}

const OPENING = Buffer.concat([PREFACE, settings(), ping()])

export const slowAttacks: readonly Attack[] = [
  crowd('connections that say nothing', 1_500, (run) => run.connect()),
  crowd(
    'connections that say their first words letter by letter',
    500,
    (run) => run.connect(),
    async (connection, round) => {
      if (round % 10 === 0) await connection.push(OPENING.subarray(round / 10, round / 10 + 1))
    },
  ),
  crowd('connections without calls', 1_500, (run) => run.open()),
  crowd('calls that never say anything', 50, (run) => run.open(manyCalls(CALLS_PER_CONNECTION))),
  crowd(
    'headers that come letter by letter',
    200,
    async (run) => {
      const connection = await run.open()
      await connection.push(headers(1, PRODUCE).subarray(0, 12))
      return connection
    },
    async (connection, round) => {
      if (round % 10 === 0) await connection.push(Buffer.of(0))
    },
  ),
  crowd(
    'requests that come letter by letter',
    50,
    (run) =>
      run.open(
        Array.from({ length: CALLS_PER_CONNECTION }, (_, index) =>
          Buffer.concat([headers(1 + 2 * index, PRODUCE), data(1 + 2 * index, LONG_MESSAGE)]),
        ),
      ),
    async (connection, round) => {
      if (round % 10 !== 0) return
      await connection.push(data(1 + 2 * (round % CALLS_PER_CONNECTION), Buffer.of(0)))
    },
  ),
  crowd('requests that stop half way', 50, (run) =>
    run.open(
      Array.from({ length: CALLS_PER_CONNECTION }, (_, index) =>
        Buffer.concat([
          headers(1 + 2 * index, PRODUCE),
          data(1 + 2 * index, LONG_MESSAGE),
          data(1 + 2 * index, Buffer.alloc(16_000)),
        ]),
      ),
    ),
  ),
  crowd('answers that have no window', 20, (run) => {
    const noWindow = frame(FRAME.settings, 0, 0, Buffer.of(0, 4, 0, 0, 0, 0))
    const request = framedMessage(
      logService.Fetch.requestSerialize({
        partitions: [{ topic: 'honest', partition: 0, offset: 0 }],
      }),
    )
    const calls = Array.from({ length: CALLS_PER_CONNECTION }, (_, index) =>
      Buffer.concat([
        headers(1 + 2 * index, grpcHeaders(logService.Fetch.path)),
        data(1 + 2 * index, request, true),
      ]),
    )
    return run.open([noWindow, ...calls], false)
  }),
]
