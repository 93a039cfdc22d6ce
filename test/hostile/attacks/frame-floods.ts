// Floods of frames that carry nothing: each costs its sender some bytes, and must not cost the broker more.
import { logService } from '../../../src/protocol/grpc/services.ts'
import {
  data,
  FRAME,
  frame,
  grpcHeaders,
  headerBlock,
  headers,
  ping,
  settings,
  windowUpdate,
} from '../../support/raw-http2.ts'
import { type Attack, flood } from './attack.ts'

const NOTHING = Buffer.alloc(0)
const STREAM = grpcHeaders(logService.ProduceStream.path)
/** Says that a message of 4 MiB follows. */
const LONG_MESSAGE = Buffer.of(0, 0, 0x40, 0, 0)

/** SETTINGS with one value. */
function setting(id: number, value: number): Buffer {
  const payload = Buffer.alloc(6)
  payload.writeUInt16BE(id)
  payload.writeUInt32BE(value, 2)
  return frame(FRAME.settings, 0, 0, payload)
}

const HEADER_TABLE_SIZE = 1
const INITIAL_WINDOW_SIZE = 4

export const frameFloods: readonly Attack[] = [
  flood('pings', { next: ping }),
  flood('pings whose answers are not read', { next: ping, reads: false }),
  flood('settings', { next: settings }),
  flood('settings whose answers are not read', { next: settings, reads: false }),
  flood('settings that change the windows of many calls', {
    first: () => manyCalls(190),
    next: (index) => setting(INITIAL_WINDOW_SIZE, index % 2 === 0 ? 0 : 0x7fff_ffff),
  }),
  flood('settings that change the header table', {
    next: (index) => setting(HEADER_TABLE_SIZE, index % 2 === 0 ? 0 : 65_536),
  }),
  flood('priorities', {
    next: (index) => frame(FRAME.priority, 0, 1 + 2 * index, Buffer.of(0, 0, 0, 0, 1)),
  }),
  flood('priorities that depend on each other in a ring', {
    first: () => manyCalls(190),
    next: (index) => {
      const payload = Buffer.alloc(5)
      payload.writeUInt32BE(1 + 2 * ((index + 1) % 190))
      payload.writeUInt8(index % 256, 4)
      return frame(FRAME.priority, 0, 1 + 2 * (index % 190), payload)
    },
  }),
  flood('priorities of a call on itself', {
    next: (index) => {
      const payload = Buffer.alloc(5)
      payload.writeUInt32BE(1 + 2 * index)
      return frame(FRAME.priority, 0, 1 + 2 * index, payload)
    },
  }),
  flood('empty data', { first: () => manyCalls(1), next: () => data(1, NOTHING) }),
  flood('padding without data', {
    first: () => manyCalls(1),
    next: () => frame(FRAME.data, 8, 1, Buffer.concat([Buffer.of(255), Buffer.alloc(255)])),
    batch: 100,
  }),
  flood('data of one byte', {
    first: () => [...manyCalls(1), data(1, LONG_MESSAGE)],
    next: () => data(1, Buffer.of(0)),
  }),
  flood('data of one byte, on as many calls as there may be', {
    first: () =>
      manyCalls(190).map((one, index) => Buffer.concat([one, data(1 + 2 * index, LONG_MESSAGE)])),
    next: (index) => data(1 + 2 * (index % 190), Buffer.of(0)),
  }),
  flood('data of 64 bytes', {
    first: () => [...manyCalls(1), data(1, LONG_MESSAGE)],
    next: () => data(1, Buffer.alloc(64)),
  }),
  flood('windows that grow by a byte', { next: () => windowUpdate(0, 1) }),
  flood('windows of calls that grow by a byte', {
    first: () => manyCalls(190),
    next: (index) => windowUpdate(1 + 2 * (index % 190), 1),
  }),
  flood('windows that overflow', { next: () => windowUpdate(0, 0x7fff_ffff) }),
  flood('windows that grow by nothing', { next: () => windowUpdate(0, 0) }),
  flood('headers that go on and on', {
    first: () => [headers(1, STREAM, 0)],
    next: () => frame(FRAME.continuation, 0, 1, headerBlock([['x-more', 'y']])),
  }),
  flood('headers that go on with nothing', {
    first: () => [headers(1, STREAM, 0)],
    next: () => frame(FRAME.continuation, 0, 1, NOTHING),
  }),
  flood('frames of a type that does not exist', { next: () => frame(0xbb, 0, 0, NOTHING) }),
  flood('large frames of a type that does not exist', {
    next: () => frame(0xbb, 0, 0, Buffer.alloc(16_384)),
    batch: 16,
  }),
  flood('acknowledgements of pings that were not sent', {
    next: () => frame(FRAME.ping, 1, 0, Buffer.alloc(8)),
  }),
  flood('acknowledgements of settings that were not sent', {
    next: () => frame(FRAME.settings, 1, 0, NOTHING),
  }),
  flood('goodbyes', { next: () => frame(FRAME.goAway, 0, 0, Buffer.alloc(8)) }),
]

/** Calls that have begun and send nothing, as the frames that begin them. */
export function manyCalls(count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => headers(1 + 2 * index, STREAM))
}
