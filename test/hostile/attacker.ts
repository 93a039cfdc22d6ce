// The attacker, from the side of the test: a process of its own, so that neither its work nor its memory is measured.
import { type Child, startChild } from '../support/child.ts'
import type { AttackOrder } from './attacker-child.ts'
import type { AttackTally } from './attacks/attack.ts'

export class Attacker {
  readonly #child: Child

  private constructor(child: Child) {
    this.#child = child
  }

  static async start(): Promise<Attacker> {
    const child = startChild(new URL('attacker-child.ts', import.meta.url), [])
    await child.line()
    return new Attacker(child)
  }

  /** Resolves when the attack is over and its connections are closed. */
  async attack(order: AttackOrder): Promise<AttackTally> {
    this.#child.process.stdin?.write(`${JSON.stringify(order)}\n`)
    const line = await this.#child.line()
    if (line === undefined) throw new Error(`the attacker ended during "${order.attack}"`)
    return JSON.parse(line) as AttackTally
  }

  async stop(): Promise<void> {
    this.#child.end()
    await this.#child.exited
  }
}
