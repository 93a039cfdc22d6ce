// Every ceiling, in the order in which they are measured and shown.
import type { Ceiling } from './ceiling.ts'
import { fileCeilings } from './files.ts'
import { memoryCeilings } from './memory.ts'
import { wireCeilings } from './wires.ts'

export const CEILINGS: readonly Ceiling[] = [...wireCeilings, ...fileCeilings, ...memoryCeilings]
