// The groups of cases by name; each is measured in a process of its own.
import type { MicroGroup } from './case.ts'
import { assignorCases } from './cases/assignor.ts'
import { batchCases } from './cases/batch.ts'
import { checksumCases } from './cases/checksum.ts'
import { codecCases } from './cases/codec.ts'
import { indexCases } from './cases/index-search.ts'
import { mergeCases } from './cases/merge.ts'
import { partitionerCases } from './cases/partitioner.ts'
import { varintCases } from './cases/varint.ts'

export const MICRO_GROUPS: Readonly<Record<string, () => MicroGroup | Promise<MicroGroup>>> = {
  checksum: checksumCases,
  codec: codecCases,
  batch: batchCases,
  varint: varintCases,
  partitioner: partitionerCases,
  index: indexCases,
  assignor: assignorCases,
  merge: mergeCases,
}
