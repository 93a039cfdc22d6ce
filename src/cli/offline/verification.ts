// Checks a whole data directory that no broker has open, and writes nothing.
import { VarveError } from '../../domain/error.ts'
import {
  CLEAN_FILE,
  checkFormatVersion,
  checkIsOurs,
  EPOCH_FILE,
  FORMAT_FILE,
  LOCK_FILE,
  METADATA_DIRECTORY,
  readOwnFile,
  storedEpoch,
} from '../../storage/file/data-directory.ts'
import { RESERVE_FILE } from '../../storage/file/disk-reserve.ts'
import { TEMPORARY_SUFFIX } from '../../storage/file/file-access.ts'
import { TOPICS_DIRECTORY } from '../../storage/file/partition-directory.ts'
import { takeInventory } from '../../storage/file/partition-inventory.ts'
import type { StorageContext } from '../../storage/file/storage-context.ts'
import { type Finding, isWrong } from './finding.ts'
import { FindingList } from './finding-list.ts'
import { checkPartition, type PartitionCheck, type PartitionSummary } from './partition-check.ts'
import { REPAIRS_FILE } from './repair-log.ts'
import { checkTopics } from './topic-check.ts'

export interface VerificationOptions {
  /** Look into every batch, not only at its checksum. */
  readonly isDeep: boolean
  readonly progress?: VerificationProgress
}

interface VerificationProgress {
  /** Asks for the bytes of all logs beforehand: that costs a look at each file. */
  readonly wantsTotal: boolean
  update(done: number, total: number | undefined, partitions: number): void
}

export interface Verification {
  readonly findings: readonly Finding[]
  readonly partitions: readonly PartitionSummary[]
  readonly totals: VerificationTotals
  /** Partitions of which something is to be mended. */
  readonly checks: readonly PartitionCheck[]
  /** The last stop was clean. */
  readonly wasClean: boolean
  /** Undefined when its file is lost. */
  readonly epoch: number | undefined
}

interface VerificationTotals {
  readonly topics: number
  readonly partitions: number
  readonly segments: number
  readonly batches: number
  readonly records: number
  readonly bytes: number
  readonly durationMs: number
  readonly errors: number
  readonly warnings: number
  readonly infos: number
}

/** @throws VarveError DATA_DIR_UNUSABLE when there is nothing to check, or of another version · what the file system throws */
export async function verifyDataDirectory(
  context: StorageContext,
  dataDirectory: string,
  options: VerificationOptions,
): Promise<Verification> {
  const beganMs = context.clock.monotonicMs()
  if (!(await checkIsOurs(context, dataDirectory))) {
    throw new VarveError(
      'DATA_DIR_UNUSABLE',
      `there is no data directory of varve at ${dataDirectory}`,
      { details: { directory: dataDirectory } },
    )
  }
  const findings = new FindingList()
  const { wasClean, epoch } = await checkOwnFiles(context, dataDirectory, findings)
  const { topics, targets } = await checkTopics(context, dataDirectory, findings)
  const { progress, isDeep } = options
  let total: number | undefined
  if (progress?.wantsTotal === true) {
    total = 0
    for (const { directory } of targets) {
      const segments = (await takeInventory(context, directory))?.segments ?? []
      for (const { bytes } of segments) total += bytes
    }
  }
  let done = 0
  let partitionsDone = 0
  const onBytes = (bytes: number): void => {
    done += bytes
    progress?.update(done, total, partitionsDone)
  }
  const all: Finding[][] = []
  const partitions: PartitionSummary[] = []
  const checks: PartitionCheck[] = []
  let largestEpoch = -1
  for (const target of targets) {
    const check = await checkPartition(context, target, { wasClean, isDeep, onBytes })
    partitionsDone++
    partitions.push(check.summary)
    largestEpoch = Math.max(largestEpoch, check.summary.epoch)
    if (check.findings.length === 0) continue
    all.push([...check.findings])
    if (check.findings.some(isMendable)) checks.push(check)
  }
  if (epoch === undefined && largestEpoch >= 0 && !findings.has('EPOCH_DAMAGED')) {
    findings.add('EPOCH_DAMAGED', 'it is missing', { file: EPOCH_FILE })
  }
  if (epoch !== undefined && largestEpoch > epoch) {
    const what = `it says ${epoch}, a partition was written under ${largestEpoch}`
    findings.add('EPOCH_BEHIND', what, { file: EPOCH_FILE })
  }
  const found = [...findings.all(), ...all.flat()]
  const durationMs = context.clock.monotonicMs() - beganMs
  return {
    findings: found,
    partitions,
    totals: { topics, ...sumUp(partitions), durationMs, ...countSeverities(found) },
    checks,
    wasClean,
    epoch,
  }
}

/** Something that a start or a repair would change. */
function isMendable(finding: Finding): boolean {
  return isWrong(finding) || MENDABLE_INFOS.has(finding.code)
}

const MENDABLE_INFOS: ReadonlySet<string> = new Set(['INDEX_SHORT', 'LEFTOVER', 'TORN_TAIL'])

async function checkOwnFiles(
  context: StorageContext,
  path: string,
  findings: FindingList,
): Promise<{ wasClean: boolean; epoch: number | undefined }> {
  const { files, fileSystem } = context
  const format = await readOwnFile(files, path, FORMAT_FILE)
  checkFormatVersion(format, path)
  if (format?.kind !== 'good') {
    findings.add('FORMAT_DAMAGED', format?.kind === 'damaged' ? format.reason : 'it is missing', {
      file: FORMAT_FILE,
    })
  }
  const clean = await readOwnFile(files, path, CLEAN_FILE)
  if (clean !== undefined && clean.kind !== 'good') {
    const what = clean.kind === 'damaged' ? clean.reason : 'its version is unknown'
    findings.add('CLEAN_MARK_DAMAGED', what, { file: CLEAN_FILE })
  }
  const text = await readOwnFile(files, path, EPOCH_FILE)
  const epoch = storedEpoch(text)
  if (text !== undefined && epoch === undefined) {
    findings.add('EPOCH_DAMAGED', 'it is not as it was written', { file: EPOCH_FILE })
  }
  for (const { name } of await fileSystem.list(path)) {
    if (OWN_NAMES.has(name) || name.startsWith(`${LOCK_FILE}.`)) continue
    if (name.endsWith(TEMPORARY_SUFFIX)) {
      findings.add('LEFTOVER', 'an interrupted change left it', { file: name })
    } else findings.add('FOREIGN_FILE', 'it is not known here', { file: name })
  }
  return { wasClean: clean?.kind === 'good', epoch }
}

const OWN_NAMES: ReadonlySet<string> = new Set([
  LOCK_FILE,
  FORMAT_FILE,
  CLEAN_FILE,
  EPOCH_FILE,
  METADATA_DIRECTORY,
  TOPICS_DIRECTORY,
  REPAIRS_FILE,
  RESERVE_FILE,
  'lost+found',
])

function sumUp(
  partitions: readonly PartitionSummary[],
): Pick<VerificationTotals, 'partitions' | 'segments' | 'batches' | 'records' | 'bytes'> {
  const sum = (of: (partition: PartitionSummary) => number): number =>
    partitions.reduce((total, partition) => total + of(partition), 0)
  return {
    partitions: partitions.length,
    segments: sum(({ segments }) => segments),
    batches: sum(({ batches }) => batches),
    records: sum(({ records }) => records),
    bytes: sum(({ bytes }) => bytes),
  }
}

function countSeverities(
  findings: readonly Finding[],
): Pick<VerificationTotals, 'errors' | 'warnings' | 'infos'> {
  const count = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length
  return { errors: count('error'), warnings: count('warning'), infos: count('info') }
}
