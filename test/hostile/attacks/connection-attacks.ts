// Attacks that come and go: connections by the thousand, and such that go on when they were told to go.
import { logService } from '../../../src/protocol/grpc/services.ts'
import {
  data,
  FRAME,
  frame,
  framedMessage,
  grpcHeaders,
  headers,
  windowUpdate,
} from '../../support/raw-http2.ts'
import { type Attack, type AttackRun, flood } from './attack.ts'

const LIST = grpcHeaders(logService.ListOffsets.path)
const REQUEST = framedMessage(Buffer.alloc(0))

/** Opens and closes connections as fast as it goes. @param how far each goes before it leaves */
function churn(name: string, how: 'silent' | 'opened' | 'one call'): Attack {
  return {
    name,
    run: async (run) => {
      await run.each(20, async () => {
        const call = [headers(1, LIST), data(1, REQUEST, true)]
        const connection =
          how === 'silent' ? await run.connect() : await run.open(how === 'opened' ? [] : call)
        connection.close()
      })
    },
  }
}

export const connectionAttacks: readonly Attack[] = [
  churn('connections that come and go', 'silent'),
  churn('connections that begin and go', 'opened'),
  churn('connections that call and go', 'one call'),
  flood('calls after a goodbye that is not heeded', {
    // The overflow makes HTTP/2 say goodbye; the calls go on.
    first: () => [windowUpdate(0, 0x7fff_ffff)],
    next: (index) =>
      Buffer.concat([headers(1 + 2 * index, LIST), data(1 + 2 * index, REQUEST, true)]),
    batch: 50,
  }),
  {
    name: 'connections that stay after they broke the protocol',
    run: async (run: AttackRun): Promise<void> => {
      await run.each(500, async () => {
        const connection = await run.open([frame(FRAME.continuation, 4, 1, Buffer.alloc(1))])
        while (!connection.isClosed && !run.isOver()) await run.pause(50)
      })
    },
  },
]
