// Every attack by its name.
import type { Attack } from './attack.ts'
import { callFloods } from './call-floods.ts'
import { connectionAttacks } from './connection-attacks.ts'
import { frameFloods } from './frame-floods.ts'
import { slowAttacks } from './slow-attacks.ts'

export const allAttacks: readonly Attack[] = [
  ...frameFloods,
  ...callFloods,
  ...slowAttacks,
  ...connectionAttacks,
]

/** @throws RangeError when there is none of this name */
export function attackNamed(name: string): Attack {
  const found = allAttacks.find((attack) => attack.name === name)
  if (!found) throw new RangeError(`there is no attack "${name}"`)
  return found
}
