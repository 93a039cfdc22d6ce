// Repairs a data directory: takes it as a broker would, carries out the plans of its partitions, and says in its record what was done
// and what was given up. The mark of a clean stop is away meanwhile, so that a repair that is cut off counts as a crash.
import { VarveError } from '../../domain/error.ts'
import { DataDirectory } from '../../storage/file/data-directory.ts'
import { largestEpochInLogs } from '../../storage/file/largest-epoch.ts'
import type { StorageContext } from '../../storage/file/storage-context.ts'
import type { PartitionCheck } from './partition-check.ts'
import { recordRepair } from './repair-log.ts'
import { repairPartition } from './repair-partition.ts'
import { type PartitionPlan, planRepair } from './repair-plan.ts'
import type { Verification } from './verification.ts'

/** What is done, or would be, to the directory. */
export interface RepairPlan {
  readonly partitions: readonly PartitionPlan[]
  /** For the directory's own files, in words. */
  readonly steps: readonly string[]
}

/** What became of the plan of a partition. */
export interface PartitionOutcome {
  readonly plan: PartitionPlan
  /** Undefined when it was carried out. */
  readonly failure: string | undefined
}

export function planRepairs(
  verification: Verification,
  options: { readonly acceptLoss: boolean },
): RepairPlan {
  const partitions = verification.checks
    .map((check: PartitionCheck) => planRepair(check, options))
    .filter((plan) => plan !== undefined)
  const steps = new Set<string>()
  for (const { code } of verification.findings) {
    if (code === 'FORMAT_DAMAGED') steps.add('write the format file anew')
    if (code === 'CLEAN_MARK_DAMAGED') steps.add('remove the damaged mark of a clean stop')
    if (code === 'EPOCH_BEHIND') steps.add('raise the epoch above that of every partition')
    if (code === 'EPOCH_DAMAGED') steps.add('write the epoch anew, above that of every partition')
  }
  return { partitions, steps: [...steps] }
}

/** Whether there is anything that the plan would change. */
export function hasSteps(plan: RepairPlan): boolean {
  return plan.steps.length > 0 || plan.partitions.some(({ steps }) => steps.length > 0)
}

/**
 * Carries out the plan of what was found just before. A partition that fails does not stop the others.
 * @throws VarveError DATA_DIR_LOCKED when a process has the directory, or had it since · DATA_DIR_UNUSABLE
 */
export async function repairDataDirectory(
  context: StorageContext,
  dataDirectory: string,
  verification: Verification,
  plan: RepairPlan,
): Promise<readonly PartitionOutcome[]> {
  const data = await DataDirectory.open(context, dataDirectory, () =>
    largestEpochInLogs(context, dataDirectory),
  )
  const outcomes: PartitionOutcome[] = []
  let isDone = false
  try {
    checkUntouched(data, verification)
    if (plan.steps.length > 0) {
      await recordRepair(context, dataDirectory, { event: 'directory', steps: plan.steps })
    }
    const largest = Math.max(-1, ...verification.partitions.map(({ epoch }) => epoch))
    if (largest > data.epoch) await data.raiseEpoch(largest)
    for (const partition of plan.partitions) {
      if (partition.steps.length === 0) continue
      outcomes.push(await repairOne(context, dataDirectory, partition, data.wasClean))
    }
    isDone = outcomes.every(({ failure }) => failure === undefined)
  } finally {
    // What was not repaired is as a clean stop left it, if one did.
    if (isDone && data.wasClean) await data.markClean()
    await data.release()
  }
  return outcomes
}

/** Between the check and the lock a broker may have come and gone: its epoch tells. */
function checkUntouched(data: DataDirectory, { epoch, wasClean }: Verification): void {
  const isUntouched =
    data.wasClean === wasClean && (epoch === undefined || data.epoch === epoch + 1)
  if (isUntouched) return
  throw new VarveError(
    'DATA_DIR_LOCKED',
    'a broker used the data directory after it was checked: run verify again',
  )
}

async function repairOne(
  context: StorageContext,
  dataDirectory: string,
  plan: PartitionPlan,
  wasClean: boolean,
): Promise<PartitionOutcome> {
  const { topicName: topic, topicId, partition } = plan.check.target.identity
  const what = { topic, topicId, partition }
  const lost = plan.damage?.lost ?? []
  try {
    const { steps } = plan
    await recordRepair(context, dataDirectory, { event: 'begin', ...what, steps, lost })
    await repairPartition(context, plan, wasClean)
    await recordRepair(context, dataDirectory, { event: 'done', ...what, lost })
    return { plan, failure: undefined }
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) throw error
    const failure = error instanceof Error ? error.message : String(error)
    await recordRepair(context, dataDirectory, { event: 'failed', ...what, failure }).catch(
      () => undefined,
    )
    return { plan, failure }
  }
}
