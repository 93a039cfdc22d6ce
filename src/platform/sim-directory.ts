// A directory of the simulated file system, in two layers: the names that everyone sees, and those that are sure to be
// found after a power cut. A change of names becomes durable when its directory is synced, and may do so earlier, by
// itself; a rename happens as a whole or not at all, in both of its directories.
import type { SimFile } from './sim-file.ts'

/** Something that is neither a file nor a directory: a link, a FIFO, a device. */
interface SimOther {
  readonly kind: 'other'
}

export type SimNode = SimFile | SimDirectory | SimOther

/** A change of names: `node` left `from`, appeared in `to`, or both. */
export interface SimNameChange {
  readonly sequence: number
  readonly node: SimNode
  readonly from: SimPlace | undefined
  readonly to: SimPlace | undefined
}

interface SimPlace {
  readonly directory: SimDirectory
  readonly name: string
}

export class SimDirectory {
  readonly kind = 'directory'
  /** What everyone sees. */
  entries = new Map<string, SimNode>()
  private durableEntries = new Map<string, SimNode>()
  private changes: SimNameChange[] = []

  add(name: string, node: SimNode, sequence: number): void {
    makeChange({ sequence, node, from: undefined, to: { directory: this, name } })
  }

  remove(name: string, sequence: number): void {
    const node = this.entries.get(name)
    if (node !== undefined) {
      makeChange({ sequence, node, from: { directory: this, name }, to: undefined })
    }
  }

  moveTo(name: string, target: SimDirectory, targetName: string, sequence: number): void {
    const node = this.entries.get(name)
    if (node === undefined) return
    const to = { directory: target, name: targetName }
    makeChange({ sequence, node, from: { directory: this, name }, to })
  }

  /** The names so far are durable; with a move that concerns another directory, so is what led to it there. */
  sync(): void {
    for (const change of this.changes) {
      for (const place of [change.from, change.to]) {
        if (place === undefined || place.directory === this) continue
        place.directory.syncBefore(place.name, change)
      }
      applyDurably(change, this)
    }
    this.changes = []
  }

  /** The names after a power cut in which `survives` says of each change that was not synced whether it happened. */
  namesAfterPowerCut(survives: (change: SimNameChange) => boolean): Map<string, SimNode> {
    const names = new Map(this.durableEntries)
    for (const change of this.changes) if (survives(change)) applyTo(names, change, this)
    return names
  }

  /** The sequences of the changes of names that are not synced. */
  *pendingChanges(): Generator<number> {
    for (const { sequence } of this.changes) yield sequence
  }

  /** Sets the names in both layers. */
  settle(names: Map<string, SimNode>): void {
    this.entries = names
    this.durableEntries = new Map(names)
    this.changes = []
  }

  record(change: SimNameChange): void {
    applyTo(this.entries, change, this)
    this.changes.push(change)
  }

  /** Makes the changes of one name up to and with `last` durable. */
  private syncBefore(name: string, last: SimNameChange): void {
    const kept: SimNameChange[] = []
    for (const change of this.changes) {
      const concerns =
        (change.from?.directory === this && change.from.name === name) ||
        (change.to?.directory === this && change.to.name === name)
      if (concerns && change.sequence <= last.sequence) applyDurably(change, this)
      else kept.push(change)
    }
    this.changes = kept
  }

  /** For this file only. */
  get durableNames(): Map<string, SimNode> {
    return this.durableEntries
  }
}

function makeChange(change: SimNameChange): void {
  change.from?.directory.record(change)
  if (change.to !== undefined && change.to.directory !== change.from?.directory) {
    change.to.directory.record(change)
  }
}

function applyDurably(change: SimNameChange, directory: SimDirectory): void {
  applyTo(directory.durableNames, change, directory)
}

/** The side of a change that concerns `directory`. */
function applyTo(
  names: Map<string, SimNode>,
  change: SimNameChange,
  directory: SimDirectory,
): void {
  const { node, from, to } = change
  if (from?.directory === directory && names.get(from.name) === node) names.delete(from.name)
  if (to?.directory === directory) names.set(to.name, node)
}
