// Measures one group, each of its cases once, and prints the figures as JSON.

import { MICRO_GROUPS } from './groups.ts'
import { measureCases } from './measure.ts'

const name = process.argv[2] ?? ''
const open = MICRO_GROUPS[name]
if (open === undefined) throw new Error(`there is no group ${name}`)
const group = await open()
try {
  console.log(JSON.stringify(await measureCases(group.cases)))
} finally {
  await group.close?.()
}
