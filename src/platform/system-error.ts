// Errors in the shape that Node gives those of the operating system, for conditions that we find ourselves.

/** An Error with the system's name of the failure in `code`, as in `EIO`. */
export interface SystemError extends Error {
  readonly code: string
}

/** Makes the error that the system call would have given. */
export function systemError(code: string, operation: string, path: string): SystemError {
  return Object.assign(new Error(`${code}: ${operation} '${path}'`), {
    code,
    syscall: operation,
    path,
  })
}

/** The system's name of a failure (`ENOENT`), or undefined when `error` is something else. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** True when `error` is the system's failure of this name. */
export function isSystemError(error: unknown, code: string): error is SystemError {
  return systemErrorCode(error) === code
}
