// What a member's process wrote down (member-program.mjs), read back: what it held and when, what it was handed out, what it committed
// and what was answered. Times are the machine's monotonic ones, in ms.

/** From the moment that a partition came to a process to the moment that it gave it up, lost it, or ended. */
export interface Tenure {
  readonly process: string
  readonly memberId: string
  /** Of the member when the partition came. */
  readonly epoch: number
  readonly partition: number
  readonly assignedMs: number
  /** What the process was told to be committed. */
  readonly committedOffset: number | undefined
  readonly records: readonly { readonly offset: number; readonly atMs: number }[]
}

/** One offset that a process asked to commit. */
export interface SentCommit {
  readonly process: string
  readonly memberId: string | undefined
  readonly epoch: number
  readonly partition: number
  readonly offset: number
  readonly atMs: number
  /** Sent on waking from a long sleep, with the epoch of before. */
  readonly isLate: boolean
  /** OK, or why it was refused; undefined when the process ended before. */
  readonly answer: string | undefined
}

export interface MemberLog {
  readonly process: string
  readonly tenures: readonly Tenure[]
  readonly commits: readonly SentCommit[]
  /** Long sleeps, from the last sign of life before to the first one after. */
  readonly sleeps: readonly { readonly fromMs: number; readonly toMs: number }[]
  /** Records that were handed out of partitions that were not held. */
  readonly strays: readonly { readonly partition: number; readonly offset: number }[]
  readonly losses: number
  readonly warnings: readonly string[]
  /** Why it ended by itself, if it did. */
  readonly failure: string | undefined
}

type Line =
  | [atMs: number, kind: 'started' | 'closing' | 'closed']
  | [
      atMs: number,
      kind: 'assigned',
      memberId: string,
      epoch: number,
      come: [number, number | null][],
    ]
  | [atMs: number, kind: 'revoked' | 'lost', partitions: number[]]
  | [atMs: number, kind: 'record', partition: number, offset: number]
  | [
      atMs: number,
      kind: 'commit' | 'late',
      id: number,
      memberId: string | null,
      epoch: number | null,
      items: [number, number][],
    ]
  | [atMs: number, kind: 'answer', id: number, partition: number, code: string]
  | [atMs: number, kind: 'woke', fromMs: number]
  | [atMs: number, kind: 'warning' | 'failed', name: string, text: string]

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** @param text the lines of one process; the last one may be cut by a kill */
export function readMemberLog(process: string, text: string): MemberLog {
  const tenures: (Tenure & { records: { offset: number; atMs: number }[] })[] = []
  const held = new Map<number, (typeof tenures)[number]>()
  const commits = new Map<string, Writable<SentCommit>>()
  const sleeps: { fromMs: number; toMs: number }[] = []
  const strays: { partition: number; offset: number }[] = []
  const warnings: string[] = []
  let losses = 0
  let failure: string | undefined
  for (const line of linesOf(text)) {
    const [atMs, kind] = line
    switch (kind) {
      case 'assigned': {
        const [, , memberId, epoch, come] = line
        for (const [partition, committed] of come) {
          const tenure = {
            ...{ process, memberId, epoch, partition, assignedMs: atMs, records: [] },
            committedOffset: committed ?? undefined,
          }
          held.set(partition, tenure)
          tenures.push(tenure)
        }
        break
      }
      case 'revoked':
      case 'lost':
        for (const partition of line[2]) held.delete(partition)
        if (kind === 'lost') losses++
        break
      case 'record': {
        const [, , partition, offset] = line
        const tenure = held.get(partition)
        if (tenure === undefined) strays.push({ partition, offset })
        else tenure.records.push({ offset, atMs })
        break
      }
      case 'commit':
      case 'late': {
        const [, , id, memberId, epoch, items] = line
        for (const [partition, offset] of items) {
          commits.set(`${id}/${partition}`, {
            ...{ process, partition, offset, atMs, isLate: kind === 'late', answer: undefined },
            ...{ memberId: memberId ?? undefined, epoch: epoch ?? -1 },
          })
        }
        break
      }
      case 'answer': {
        const [, , id, partition, code] = line
        const commit = commits.get(`${id}/${partition}`)
        if (commit === undefined) throw new Error(`an answer to no commit: ${String(line)}`)
        commit.answer = code
        break
      }
      case 'woke':
        sleeps.push({ fromMs: line[2], toMs: atMs })
        break
      case 'warning':
        warnings.push(`${line[2]}: ${line[3]}`)
        break
      case 'failed':
        failure = `${line[2]}: ${line[3]}`
        break
      case 'started':
      case 'closing':
      case 'closed':
        break
    }
  }
  return {
    ...{ process, tenures, commits: [...commits.values()] },
    ...{ sleeps, strays, losses, warnings, failure },
  }
}

function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
}
