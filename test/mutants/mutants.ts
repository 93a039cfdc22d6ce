// All mutants.
import { CLIENT_MUTANTS } from './client-mutants.ts'
import { GROUP_MUTANTS } from './group-mutants.ts'
import type { Mutant } from './mutant.ts'
import { RECORD_MUTANTS } from './record-mutants.ts'
import { RECOVERY_MUTANTS } from './recovery-mutants.ts'
import { STORAGE_MUTANTS } from './storage-mutants.ts'

export const MUTANTS: readonly Mutant[] = [
  ...STORAGE_MUTANTS,
  ...RECOVERY_MUTANTS,
  ...RECORD_MUTANTS,
  ...GROUP_MUTANTS,
  ...CLIENT_MUTANTS,
]
