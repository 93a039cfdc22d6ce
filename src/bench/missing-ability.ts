// Whether a system can do what a workload asks for.
import type { Ability, BenchSystem } from './system.ts'
import type { Workload } from './workload.ts'

/** Why not; undefined when it can. */
export function missingAbility(workload: Workload, system: BenchSystem): string | undefined {
  for (const ability of needed(workload)) {
    if (!system.abilities.has(ability))
      return `${system.name} cannot do this here: ${WORDS[ability]}`
  }
  return undefined
}

const WORDS: Readonly<Record<Ability, string>> = {
  groups: 'consumer groups',
  replay: 'replay sessions',
  single: 'one record a call',
  together: 'several records a call',
  restart: 'a restart by the bench, which did not start it',
  kill: 'a kill by the bench, which did not start it',
  cold: 'emptying the page cache (it needs Linux, root, and a broker in a process that the bench started)',
}

function needed({ kind, cold, ending, recordsPerCall }: Workload): readonly Ability[] {
  const abilities: Ability[] = []
  if (kind === 'groups' || kind === 'replay' || kind === 'single') abilities.push(kind)
  if (kind === 'single' && recordsPerCall > 1) abilities.push('together')
  if (kind === 'restart') abilities.push('restart')
  if (kind === 'restart' && ending === 'kill') abilities.push('kill')
  if (cold) abilities.push('cold')
  return abilities
}
