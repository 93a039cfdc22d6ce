// HOST:PORT as people write it, for the address to listen on and the broker to talk to.
import { VarveError } from '../domain/error.ts'

/** Where a broker listens and a client looks when nobody says otherwise. */
export const DEFAULT_ADDRESS = '127.0.0.1:7070'

/** Where a broker serves metrics and health when nobody says otherwise. */
export const DEFAULT_METRICS_ADDRESS = '127.0.0.1:9464'

export interface NetworkAddress {
  /** A name or a literal address; IPv6 without its brackets. */
  readonly host: string
  /** 0 to 65,535; 0 asks for any free port and makes sense only for listening. */
  readonly port: number
}

/**
 * Reads `HOST:PORT`; an IPv6 address stands in brackets, as in `[::1]:7070`.
 * @throws VarveError INVALID_ARGUMENT
 */
export function parseNetworkAddress(text: string): NetworkAddress {
  const match = /^(?:\[([0-9A-Fa-f:.%\w]+)\]|([^:[\]\s/?#@]+)):(\d{1,5})$/.exec(text)
  const host = match?.[1] ?? match?.[2]
  const port = Number(match?.[3])
  if (host === undefined || port > 65_535) {
    const shown = JSON.stringify(text.slice(0, 100))
    throw new VarveError(
      'INVALID_ARGUMENT',
      `${shown} is no address: write HOST:PORT, as in ${DEFAULT_ADDRESS}`,
    )
  }
  return { host, port }
}

/** The address as it is written, with brackets around IPv6. */
export function formatNetworkAddress(address: NetworkAddress): string {
  const host = address.host.includes(':') ? `[${address.host}]` : address.host
  return `${host}:${address.port}`
}
