// `varve verify DATA_DIR`: checks the files of a stopped broker, and repairs them when asked to.
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { VarveError } from '../../domain/error.ts'
import type { Clock } from '../../platform/clock.ts'
import { directoryLockHolder } from '../../platform/node-directory-lock.ts'
import { NodeFileSystem } from '../../platform/node-file-system.ts'
import { LOCK_FILE } from '../../storage/file/data-directory.ts'
import { formatBytes } from '../../text/quantities.ts'
import type { CommandIo } from '../command-io.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { wantsJson } from '../global-options.ts'
import { ProgressBar } from '../progress-bar.ts'
import { makeFinding } from './finding.ts'
import { openOfflineStorage } from './offline-storage.ts'
import {
  hasSteps,
  type PartitionOutcome,
  planRepairs,
  type RepairPlan,
  repairDataDirectory,
} from './repair.ts'
import { type Verification, verifyDataDirectory } from './verification.ts'
import {
  findingText,
  partitionsText,
  planText,
  refusedText,
  repairText,
  totalsText,
} from './verification-text.ts'

interface VerifyOptions {
  readonly repair?: true
  readonly acceptLoss?: true
  readonly dryRun?: true
  readonly deep?: true
}

/** Adds `verify` to the program. */
export function registerVerify(program: Command, io: CommandIo, clock: Clock): void {
  program
    .command('verify <data-dir>')
    .summary('check the files of a stopped broker')
    .description(
      'Reads everything in a data directory that no broker has open, and reports whatever is not as it should be. ' +
        'Writes nothing without --repair. Exit code 0: nothing is wrong (what a crash leaves is not wrong); 1: something is.',
    )
    .option('--deep', 'look into every batch too: decompress it and walk its records')
    .option(
      '--repair',
      'mend what can be mended without giving a record up; a copy of what is cut is kept',
    )
    .option('--accept-loss', 'with --repair: also give up records that are damaged beyond reading')
    .option('--dry-run', 'with --repair: only say what it would do')
    .addHelpText(
      'after',
      `
Examples:
  varve verify ./data
  varve verify ./data --deep --json
  varve verify ./data --repair --dry-run
  varve verify ./data --repair --accept-loss`,
    )
    .action(async (dataDirectory: string, options: VerifyOptions, command: Command) => {
      if (options.repair !== true && (options.acceptLoss === true || options.dryRun === true)) {
        throw new UsageError('--accept-loss and --dry-run go with --repair')
      }
      const run = new VerifyRun(io, clock, resolve(dataDirectory), options, wantsJson(command))
      await run.run()
    })
}

class VerifyRun {
  readonly #io: CommandIo
  readonly #clock: Clock
  readonly #path: string
  readonly #options: VerifyOptions
  readonly #isJson: boolean

  constructor(io: CommandIo, clock: Clock, path: string, options: VerifyOptions, isJson: boolean) {
    this.#io = io
    this.#clock = clock
    this.#path = path
    this.#options = options
    this.#isJson = isJson
  }

  async run(): Promise<void> {
    let verification = await this.#verify()
    this.#showFindings(verification)
    if (this.#options.repair === true) {
      const acceptLoss = this.#options.acceptLoss === true
      const plan = planRepairs(verification, { acceptLoss })
      if (this.#options.dryRun === true) this.#showPlan(plan)
      else if (hasSteps(plan)) {
        this.#showOutcomes(plan, await this.#repair(verification, plan))
        verification = await this.#verify()
        this.#say('after the repair:')
        this.#showFindings(verification)
      }
      this.#showRefused(plan)
    }
    this.#showResult(verification)
    const { errors, warnings } = verification.totals
    if (errors + warnings > 0) this.#io.exitCode = EXIT.failed
  }

  async #verify(): Promise<Verification> {
    const lock = await this.#lockState()
    const storage = openOfflineStorage(new NodeFileSystem(), this.#clock)
    const bar = new ProgressBar(this.#io, this.#clock, { enabled: !this.#isJson })
    try {
      const verification = await verifyDataDirectory(storage, this.#path, {
        isDeep: this.#options.deep === true,
        progress: {
          wantsTotal: this.#io.messagesOnTerminal && !this.#isJson,
          update: (done, total, partitions) => {
            bar.update(done, total, () => `${formatBytes(done)}, ${partitions} partitions`)
          },
        },
      })
      if ((await this.#lockState()) === lock) return withLock(verification, lock)
      throw locked('a broker started in the directory while it was checked')
    } finally {
      bar.clear()
      await storage.close()
    }
  }

  /** @throws VarveError DATA_DIR_LOCKED while a broker runs there */
  async #lockState(): Promise<'free' | 'foreign'> {
    try {
      const holder = await directoryLockHolder(`${this.#path}/${LOCK_FILE}`)
      if (holder === undefined) return 'free'
      throw locked(`process ${holder} has the data directory open`)
    } catch (error) {
      if (error instanceof VarveError && error.code === 'DATA_DIR_UNUSABLE') return 'foreign'
      if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return 'free'
      throw error
    }
  }

  async #repair(
    verification: Verification,
    plan: RepairPlan,
  ): Promise<readonly PartitionOutcome[]> {
    const storage = openOfflineStorage(new NodeFileSystem(), this.#clock)
    try {
      return await repairDataDirectory(storage, this.#path, verification, plan)
    } finally {
      await storage.close()
    }
  }

  #say(text: string): void {
    if (!this.#isJson) this.#io.print(text)
  }

  #showFindings({ findings }: Verification): void {
    for (const finding of findings) {
      this.#io.printResult(this.#isJson, { finding }, () => findingText(finding))
    }
  }

  #showPlan(plan: RepairPlan): void {
    this.#showSteps(plan, 'planned')
    if (hasSteps(plan)) this.#say(planText(plan))
    else this.#say('there is nothing to repair')
  }

  #showOutcomes(plan: RepairPlan, outcomes: readonly PartitionOutcome[]): void {
    const failures = new Map(outcomes.map((outcome) => [outcome.plan, outcome.failure]))
    this.#showSteps(plan, 'done', failures)
    this.#say(repairText(plan, outcomes))
  }

  #showSteps(
    plan: RepairPlan,
    state: 'planned' | 'done',
    failures?: ReadonlyMap<unknown, string | undefined>,
  ): void {
    if (!this.#isJson) return
    if (plan.steps.length > 0)
      this.#io.print(JSON.stringify({ repair: { state, steps: plan.steps } }))
    for (const partition of plan.partitions) {
      const { check, steps, damage, refused } = partition
      if (steps.length === 0) continue
      const { topic, topicId, partition: number } = check.summary
      const failure = failures?.get(partition)
      const repair = {
        state: failure === undefined ? state : 'failed',
        topic,
        topicId,
        partition: number,
        steps,
        lost: damage?.lost ?? [],
        refused,
        ...(failure === undefined ? {} : { failure }),
      }
      this.#io.print(JSON.stringify({ repair }))
    }
  }

  #showRefused(plan: RepairPlan): void {
    if (this.#isJson) {
      for (const { check, refused } of plan.partitions) {
        const { topic, topicId, partition } = check.summary
        if (refused.length === 0) continue
        this.#io.print(JSON.stringify({ refused: { topic, topicId, partition, lost: refused } }))
      }
      return
    }
    const text = refusedText(plan)
    if (text !== '') this.#say(text)
  }

  #showResult(verification: Verification): void {
    const { partitions, totals, wasClean, epoch } = verification
    if (this.#isJson) {
      for (const partition of partitions) this.#io.print(JSON.stringify({ partition }))
      this.#io.print(JSON.stringify({ verified: { ...totals, wasClean, epoch: epoch ?? null } }))
      return
    }
    if (partitions.length > 0) this.#say(partitionsText(partitions))
    this.#say(totalsText(verification))
  }
}

function withLock(verification: Verification, lock: 'free' | 'foreign'): Verification {
  if (lock === 'free') return verification
  const what = 'the lock file was not written by varve'
  const { findings, totals } = verification
  return {
    ...verification,
    findings: [makeFinding('LOCK_FOREIGN', what, { file: LOCK_FILE }), ...findings],
    totals: { ...totals, errors: totals.errors + 1 },
  }
}

function locked(what: string): VarveError {
  return new VarveError(
    'DATA_DIR_LOCKED',
    `${what}: stop it first, verify checks stopped brokers only`,
  )
}
