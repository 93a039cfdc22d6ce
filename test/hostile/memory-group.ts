// A memory ceiling for one process: a cgroup (version 1 or 2, whichever this machine lets us make), and what it says afterwards. Without one the
// ceiling is watched instead of enforced: by the most resident memory that the process ever had.
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = '/sys/fs/cgroup'

interface GroupFiles {
  readonly folder: string
  readonly limit: string
  /** Of the memory that was used at most. */
  readonly most: string
  readonly events: string
  readonly oomKills: RegExp
}

const version1: GroupFiles = {
  folder: join(ROOT, 'memory'),
  limit: 'memory.limit_in_bytes',
  most: 'memory.max_usage_in_bytes',
  events: 'memory.oom_control',
  oomKills: /^oom_kill (\d+)/m,
}
const version2: GroupFiles = {
  folder: ROOT,
  limit: 'memory.max',
  most: 'memory.peak',
  events: 'memory.events',
  oomKills: /^oom_kill (\d+)/m,
}

export class MemoryGroup {
  readonly #files: GroupFiles
  readonly #folder: string

  private constructor(files: GroupFiles, folder: string) {
    this.#files = files
    this.#folder = folder
  }

  /** @returns undefined where this machine does not let us make one */
  static make(bytes: number): MemoryGroup | undefined {
    const files = existsSync(join(version1.folder, version1.limit)) ? version1 : version2
    const folder = join(files.folder, `varve-test-${process.pid}`)
    try {
      mkdirSync(folder)
      writeFileSync(join(folder, files.limit), `${bytes}`)
      return new MemoryGroup(files, folder)
    } catch {
      try {
        rmdirSync(folder)
      } catch {
        // It was not made.
      }
      return undefined
    }
  }

  /** What a command is run with so that it is in the group from its beginning. */
  get prefix(): string[] {
    return ['sh', '-c', `echo $$ > ${join(this.#folder, 'cgroup.procs')}; exec "$0" "$@"`]
  }

  /** Memory of all kinds at most, page cache included; undefined where the system does not keep it. */
  get bytesMost(): number | undefined {
    try {
      return Number(readFileSync(join(this.#folder, this.#files.most), 'utf8'))
    } catch {
      return undefined
    }
  }

  get oomKills(): number {
    const events = readFileSync(join(this.#folder, this.#files.events), 'utf8')
    return Number(this.#files.oomKills.exec(events)?.[1] ?? 0)
  }

  /** Its processes must have ended. */
  remove(): void {
    rmdirSync(this.#folder)
  }
}
