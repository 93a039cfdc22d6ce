// The header grpc-timeout, made such that grpc-js computes with it: it counts in 32 bits, takes a negative number for a
// positive one and knows no part of a millisecond.

const UNIT_MS: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1_000,
  m: 1,
  u: 1e-3,
  n: 1e-6,
}

/** What a timer can wait for: 2^31 - 1 milliseconds, in whole seconds as the header has no more than eight digits. */
const SECONDS_MAX = 2_147_483

/** At least a millisecond, at most some 24 days. What is no timeout stays as it is: grpc-js refuses it. */
export function clampTimeout(timeout: string): string {
  const match = /^(?<sign>-?)(?<digits>\d{1,8})(?<unit>[HMSmun])$/.exec(timeout)
  if (!match?.groups) return timeout
  const { sign, digits, unit = '' } = match.groups
  const timeoutMs = sign === '' ? Number(digits) * (UNIT_MS[unit] ?? 0) : 0
  if (timeoutMs < 1) return '1m'
  return timeoutMs > SECONDS_MAX * 1_000 ? `${SECONDS_MAX}S` : timeout
}
