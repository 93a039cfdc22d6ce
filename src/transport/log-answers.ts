// The unary methods of LogService.
import type { logService } from '../protocol/grpc/services.ts'
import { fetch } from './fetch.ts'
import { listOffsets } from './list-offsets.ts'
import { produceEntries } from './produce-entries.ts'
import type { UnaryAnswers } from './unary-answers.ts'

export const logAnswers: Pick<
  UnaryAnswers<typeof logService>,
  'Produce' | 'Fetch' | 'ListOffsets' | 'InitProducerId'
> = {
  Produce: async (context, { entries, durability }, scope) => ({
    results: await produceEntries(context, entries, durability, scope.signal),
  }),
  Fetch: fetch,
  ListOffsets: listOffsets,
  InitProducerId: ({ broker }, request) => broker.initProducerId(request),
}
