// Where the examples look for a broker: the first argument, or VARVE_BROKER, or the usual place. `npm start` runs one.

export const broker = process.argv[2] ?? process.env['VARVE_BROKER'] ?? '127.0.0.1:7070'

/** A topic name that no earlier run of an example has used. */
export function freshTopic(name: string): string {
  return `example-${name}-${Date.now().toString(36)}`
}
