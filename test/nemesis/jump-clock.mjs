// Loaded before a program (node --import), so that its wall clock can be set: at SIGUSR2 it reads how many milliseconds it is wrong by from the file
// that JUMP_CLOCK_FILE names. The monotonic clock goes on as it did, as it does when a machine is told another time.
import { readFileSync } from 'node:fs'

const RealDate = Date
let jumpMs = 0
const now = () => RealDate.now() + jumpMs

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
})

process.on('SIGUSR2', () => {
  jumpMs = Number(readFileSync(process.env.JUMP_CLOCK_FILE ?? '', 'utf8'))
})
