// Warnings of the process itself: printed on standard error by Node unless the program listens to `warning` of `process`.
// https://nodejs.org/docs/latest-v20.x/api/process.html#processemitwarningwarning-options

/** @param code stays the same; programs may look for it */
export function warnProcess(message: string, code: string): void {
  process.emitWarning(message, { type: 'VarveWarning', code })
}
