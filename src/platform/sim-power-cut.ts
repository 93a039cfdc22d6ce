// Which state a simulated file system is in after a power cut: draws one of the many that are possible.
import type { Random } from './random.ts'
import { SimDirectory, type SimNameChange, type SimNode } from './sim-directory.ts'
import type { SimSurvival } from './sim-file.ts'

/** `mixed`: each file and each name has a fate of its own. */
export type SimSurvivalKind = Exclude<SimSurvival['kind'], 'chosen'> | 'mixed'

const KINDS: readonly SimSurvivalKind[] = [
  'lost',
  'kept',
  'ordered',
  'ordered',
  'pages',
  'sectors',
  'mixed',
  'mixed',
]

const FILE_KINDS = ['lost', 'kept', 'pages', 'sectors'] as const

type SimFate = SimSurvival | { readonly kind: 'mixed' }

/** @param lastSequence of the changes made so far: an `ordered` survival ends at one of the last of them. */
export function drawSurvival(
  random: Random,
  lastSequence: number,
  kind: SimSurvivalKind = KINDS[random.integer(KINDS.length)] ?? 'lost',
): SimFate {
  if (kind !== 'ordered') return { kind }
  // Mostly a few changes back, seldom many: most changes of long ago are durable anyway.
  const back = random.integer(1 + Math.min(lastSequence, random.integer(4) === 0 ? 200 : 8))
  return { kind, untilSequence: lastSequence - back }
}

/** A copy of the tree as it may be found after the cut. The original stays as it is. */
export function powerCutTree(root: SimDirectory, fate: SimFate, random: Random): SimDirectory {
  const copies = new Map<SimNode, SimNode>()
  const decided = new Map<SimNameChange, boolean>()

  const survives = (change: SimNameChange): boolean => {
    let decision = decided.get(change)
    if (decision === undefined) {
      decision = nameSurvives(change, fate, random)
      decided.set(change, decision)
    }
    return decision
  }

  const copyOf = (node: SimNode): SimNode => {
    const known = copies.get(node)
    if (known !== undefined) {
      if (known.kind === 'file') known.links++
      return known
    }
    let copy: SimNode
    if (node.kind === 'file') {
      copy = node.afterPowerCut(fileFate(fate, random), random)
      copy.links = 1
    } else if (node.kind === 'directory') {
      copy = copyDirectory(node)
    } else {
      copy = node
    }
    copies.set(node, copy)
    return copy
  }

  const copyDirectory = (directory: SimDirectory): SimDirectory => {
    const copy = new SimDirectory()
    const names = new Map<string, SimNode>()
    for (const [name, node] of directory.namesAfterPowerCut(survives)) {
      names.set(name, copyOf(node))
    }
    copy.settle(names)
    return copy
  }
  return copyDirectory(root)
}

function nameSurvives(change: SimNameChange, fate: SimFate, random: Random): boolean {
  switch (fate.kind) {
    case 'lost':
      return false
    case 'kept':
      return true
    case 'ordered':
      return change.sequence <= fate.untilSequence
    case 'chosen':
      return fate.survivors.has(change.sequence)
    case 'pages':
    case 'sectors':
    case 'mixed':
      return random.integer(2) === 0
  }
}

function fileFate(fate: SimFate, random: Random): SimSurvival {
  if (fate.kind !== 'mixed') return fate
  return { kind: FILE_KINDS[random.integer(FILE_KINDS.length)] ?? 'lost' }
}
