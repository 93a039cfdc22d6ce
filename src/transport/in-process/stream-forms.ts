// The kinds of streams in both directions: how their messages are copied, and which one says that the stream is open.
import { requestCopyOf, responseCopyOf } from '../../protocol/grpc/message-copy.ts'
import type {
  ProduceStreamReadyOutput,
  ProduceStreamRequest,
  ProduceStreamRequestOutput,
  ProduceStreamResponse,
  ProduceStreamResponseOutput,
  ReplayReadyOutput,
  ReplayRequest,
  ReplayRequestOutput,
  ReplayResponse,
  ReplayResponseOutput,
  SessionRequest,
  SessionRequestOutput,
  SessionResponse,
  SessionResponseOutput,
  SubscribeReadyOutput,
  SubscribeRequest,
  SubscribeRequestOutput,
  SubscribeResponse,
  SubscribeResponseOutput,
} from '../../protocol/grpc/messages.ts'
import type { DuplexForm, OpeningForm } from './in-process-duplex.ts'

export const PRODUCE_FORM: OpeningForm<
  ProduceStreamRequest,
  ProduceStreamRequestOutput,
  ProduceStreamResponse,
  ProduceStreamResponseOutput,
  ProduceStreamReadyOutput
> = {
  copyRequest: requestCopyOf('varve.v1.ProduceStreamRequest'),
  copyResponse: responseCopyOf('varve.v1.ProduceStreamResponse'),
  readyOf: (response) => response.ready ?? undefined,
}
export const SUBSCRIBE_FORM: OpeningForm<
  SubscribeRequest,
  SubscribeRequestOutput,
  SubscribeResponse,
  SubscribeResponseOutput,
  SubscribeReadyOutput
> = {
  copyRequest: requestCopyOf('varve.v1.SubscribeRequest'),
  copyResponse: responseCopyOf('varve.v1.SubscribeResponse'),
  readyOf: (response) => response.ready ?? undefined,
}
export const REPLAY_FORM: OpeningForm<
  ReplayRequest,
  ReplayRequestOutput,
  ReplayResponse,
  ReplayResponseOutput,
  ReplayReadyOutput
> = {
  copyRequest: requestCopyOf('varve.v1.ReplayRequest'),
  copyResponse: responseCopyOf('varve.v1.ReplayResponse'),
  readyOf: (response) => response.ready ?? undefined,
}
export const SESSION_FORM: DuplexForm<
  SessionRequest,
  SessionRequestOutput,
  SessionResponse,
  SessionResponseOutput
> = {
  copyRequest: requestCopyOf('varve.v1.SessionRequest'),
  copyResponse: responseCopyOf('varve.v1.SessionResponse'),
}
