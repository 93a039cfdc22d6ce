// Floods of calls: begun and broken off, made by bytes that are no call, or as large as a message may be.
import { gzipSync } from 'node:zlib'
import { logService } from '../../../src/protocol/grpc/services.ts'
import {
  data,
  dataFrames,
  FRAME,
  frame,
  framedMessage,
  grpcHeaders,
  headerBlock,
  headers,
  resetStream,
  windowUpdate,
} from '../../support/raw-http2.ts'
import { type Attack, flood } from './attack.ts'

const MIB = 1024 * 1024
const PRODUCE = grpcHeaders(logService.Produce.path)
const LIST = grpcHeaders(logService.ListOffsets.path)
const END_STREAM = 1
const END_HEADERS = 4
const NOTHING = Buffer.alloc(0)
const EMPTY_REQUEST = framedMessage(NOTHING)

const idOf = (index: number): number => 1 + 2 * index

/** A header of 4 KB that the connection remembers, and then a thousand times its one byte: 4 MB of headers in 5 KB. */
function headerBomb(index: number): Buffer {
  const remembered = Buffer.concat([
    Buffer.of(0x40),
    headerBlock([['x-bomb', 'b'.repeat(3_900)]]).subarray(1),
  ])
  const INDEX_OF_NEWEST = 0x80 | 62
  return frame(
    FRAME.headers,
    END_HEADERS | END_STREAM,
    idOf(index),
    Buffer.concat([headerBlock(LIST), remembered, Buffer.alloc(1_000, INDEX_OF_NEWEST)]),
  )
}

/** 1 MiB of headers: a HEADERS frame and as many CONTINUATION frames as HTTP/2 allows, and more. */
function hugeHeaders(index: number): Buffer {
  const parts = [headers(idOf(index), LIST, 0)]
  const field = headerBlock([['x-huge', 'h'.repeat(16_000)]])
  for (let part = 0; part < 63; part++) parts.push(frame(FRAME.continuation, 0, idOf(index), field))
  parts.push(frame(FRAME.continuation, END_HEADERS, idOf(index), field))
  return Buffer.concat(parts)
}

/** Headers just below what is taken, over and over. */
function largeHeaders(index: number): Buffer {
  const fields = Array.from({ length: 100 }, (_, n): [string, string] => [
    `x-${n}`,
    'v'.repeat(120),
  ])
  return frame(
    FRAME.headers,
    END_HEADERS | END_STREAM,
    idOf(index),
    headerBlock([...LIST, ...fields]),
  )
}

const gzipHeaders = grpcHeaders(logService.Produce.path, [['grpc-encoding', 'gzip']])
/** 8 MiB of zeros, and 64 MiB, which is more than any message may be. */
const bomb = framedMessage(gzipSync(Buffer.alloc(8 * MIB)), true)
const tooLargeBomb = framedMessage(gzipSync(Buffer.alloc(64 * MIB)), true)

function compressedCall(index: number, message: Buffer): Buffer {
  return Buffer.concat([headers(idOf(index), gzipHeaders), dataFrames(idOf(index), message)])
}

export const callFloods: readonly Attack[] = [
  flood('calls that are reset at once', {
    next: (index) => Buffer.concat([headers(idOf(index), PRODUCE), resetStream(idOf(index))]),
    batch: 100,
  }),
  flood('whole calls that are reset at once', {
    next: (index) =>
      Buffer.concat([
        headers(idOf(index), LIST),
        dataFrames(idOf(index), EMPTY_REQUEST),
        resetStream(idOf(index)),
      ]),
    batch: 100,
  }),
  flood('calls that make the broker reset them', {
    // A window that grows by nothing is an error of the call (MadeYouReset, CVE-2025-8671).
    next: (index) => Buffer.concat([headers(idOf(index), PRODUCE), windowUpdate(idOf(index), 0)]),
    batch: 100,
  }),
  flood('calls that go on after their end', {
    next: (index) =>
      Buffer.concat([
        headers(idOf(index), LIST),
        dataFrames(idOf(index), EMPTY_REQUEST),
        data(idOf(index), Buffer.alloc(100)),
      ]),
    batch: 100,
  }),
  flood('resets of calls that were not made', { next: (index) => resetStream(idOf(index)) }),
  flood('data on calls that were not made', {
    next: (index) => data(idOf(index), Buffer.alloc(8)),
  }),
  flood('methods that do not exist', {
    next: (index) =>
      Buffer.concat([
        headers(idOf(index), grpcHeaders(`/varve.v1.LogService/${index}`)),
        dataFrames(idOf(index), EMPTY_REQUEST),
      ]),
    batch: 50,
  }),
  flood('requests that are no messages', {
    next: (index) =>
      Buffer.concat([
        headers(idOf(index), PRODUCE),
        dataFrames(idOf(index), framedMessage(Buffer.alloc(200, 0xff))),
      ]),
    batch: 50,
  }),
  flood('calls whose answers are not read', {
    next: (index) =>
      Buffer.concat([headers(idOf(index), LIST), dataFrames(idOf(index), EMPTY_REQUEST)]),
    batch: 50,
    reads: false,
  }),
  flood('headers that unpack to a thousand times their size', { next: headerBomb, batch: 20 }),
  flood('headers of a megabyte', { next: hugeHeaders, batch: 1 }),
  flood('headers of as many bytes as are taken', { next: largeHeaders, batch: 10 }),
  flood('messages that unpack to a thousand times their size', {
    next: (index) => compressedCall(index, bomb),
    batch: 4,
  }),
  flood('messages that unpack to more than is taken', {
    next: (index) => compressedCall(index, tooLargeBomb),
    batch: 2,
  }),
]
