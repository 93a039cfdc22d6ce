// The options that configure a broker, for the commands that need its configuration, and what they lead to together with
// the file and the environment.
import type { Command } from 'commander'
import type { ConfigProblem } from '../config/config-error.ts'
import { SERVER_KEYS } from '../config/config-keys.ts'
import { type Config, type ConfigFlag, loadConfig } from '../config/load-config.ts'
import type { CommandIo } from './command-io.ts'
import { quoted } from './option-values.ts'

/** Flags with a name of their own, and the settings that they are; every setting can be given by `--set`. */
export const CONFIG_FLAGS = {
  dataDir: { flag: '--data-dir', value: '<dir>', help: 'where its files are' },
  listen: {
    flag: '--listen',
    value: '<host:port>',
    help: 'where clients connect; port 0 takes a free one',
  },
  storage: {
    flag: '--storage',
    value: '<kind>',
    help: 'file, or memory, which forgets everything',
  },
  'metrics.listen': {
    flag: '--metrics-listen',
    value: '<host:port>',
    help: 'where /metrics, /livez and /readyz are served over HTTP; off for nowhere',
  },
  logLevel: { flag: '--log-level', value: '<level>', help: 'debug, info, warn, error or silent' },
} as const satisfies Partial<
  Record<keyof typeof SERVER_KEYS, { flag: string; value: string; help: string }>
>

/** By the names of the flags, as the command line knows them: `--metrics-listen` is `metricsListen`. */
type GivenOptions = Readonly<Partial<Record<string, readonly string[]>>>

/** Adds them. None has a default here: what is not given may be in the file or the environment. */
export function addConfigOptions(command: Command): Command {
  for (const [key, { flag, value, help }] of Object.entries(CONFIG_FLAGS)) {
    const { defaultText } = SERVER_KEYS[key as keyof typeof CONFIG_FLAGS]
    command.option(`${flag} ${value}`, `${help} (default: ${defaultText})`, collect)
  }
  return command
    .option('--config <file>', 'a file with settings (default: VARVE_CONFIG, or none)')
    .option(
      '--set <name=value>',
      'any setting, as often as needed; varve config lists them',
      collect,
    )
}

/**
 * The configuration that the options of a command, the environment and the file lead to.
 * @throws ConfigError
 */
export function configOf(command: Command, io: CommandIo): Config {
  const given = command.opts<GivenOptions>()
  const { config, set = [] } = command.opts<{ config?: string; set?: readonly string[] }>()
  const flags: ConfigFlag[] = []
  for (const [key, { flag }] of Object.entries(CONFIG_FLAGS)) {
    // What is given twice is for the loader to refuse.
    for (const text of given[attributeOf(flag)] ?? []) flags.push({ name: flag, key, text })
  }
  const flagProblems: ConfigProblem[] = []
  for (const text of set) {
    const at = text.indexOf('=')
    if (at > 0) flags.push({ name: '--set', key: text.slice(0, at), text: text.slice(at + 1) })
    else {
      const message = `must be name=value, as in limits.openFilesMax=256, not ${quoted(text)}`
      flagProblems.push({ from: '--set', message })
    }
  }
  return loadConfig({ file: config, environment: io.env, flags, flagProblems })
}

function attributeOf(flag: string): string {
  return flag.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function collect(text: string, collected: readonly string[] = []): readonly string[] {
  return [...collected, text]
}
