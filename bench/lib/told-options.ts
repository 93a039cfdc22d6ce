// What a script of the bench was told on its command line: `--help` lists its options with what they are without being told, and an option that it
// does not know ends it with a sentence.
import { basename, dirname } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'

type Options = NonNullable<ParseArgsConfig['options']>

/** Ends the process with 0 after `--help`, with 2 when it was told something else than these options. */
export function toldOptions<const Told extends Options>(
  options: Told,
): ReturnType<typeof parseArgs<{ options: Told }>>['values'] {
  if (process.argv.includes('--help')) {
    console.log(usage(options))
    process.exit(0)
  }
  try {
    return parseArgs({ options }).values
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage(options)}`)
    process.exit(2)
  }
}

function usage(options: Options): string {
  const path = process.argv[1] ?? ''
  const file = basename(path, '.ts')
  const name = file === 'main' ? basename(dirname(path)) : file
  const lines = Object.entries(options).map(([option, { type, default: value }]) =>
    type === 'boolean'
      ? `  --${option}`
      : `  --${option} <value>${value === undefined ? '' : `  (default: ${String(value)})`}`,
  )
  return [`Usage: npm run bench:${name} -- [options]`, '', ...lines].join('\n')
}
