// Attacks as it is told, in a process of its own: each line of the standard input names an attack, an address and seconds; each is answered
// with a line: what was done, and what became of it.
import { createInterface } from 'node:readline'
import { attackNamed } from './attacks/all-attacks.ts'
import { AttackRun } from './attacks/attack.ts'

export interface AttackOrder {
  readonly attack: string
  readonly address: string
  readonly seconds: number
}

console.log('ready')
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as AttackOrder
  const run = new AttackRun(order.address, order.seconds)
  await attackNamed(order.attack).run(run)
  const tally = { ...run.tally }
  run.end()
  console.log(JSON.stringify(tally))
}
