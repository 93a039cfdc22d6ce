// docs/CONFIG.md: the rules, and every setting from the table in src/config/config-keys.ts.
import { CONFIG_FLAGS } from '../../src/cli/config-options.ts'
import {
  CONFIG_KEYS,
  LIMIT_PREFIX,
  OTHER_VARIABLES,
  TOPIC_PREFIX,
  variableOf,
} from '../../src/config/config-keys.ts'
import { LIMITS } from '../../src/domain/limits.ts'
import { BYTE_UNIT_NAMES, TIME_UNIT_NAMES } from '../../src/domain/quantity.ts'
import { limitReasons } from './limit-reasons.ts'
import { pageOf, table } from './page.ts'

const INTRODUCTION = `A broker needs no configuration. What differs from the defaults can be said in four places; each wins over those before it:

1. the defaults below;
2. a file: \`varve start --config /etc/varve.json\`, or \`${OTHER_VARIABLES.configFile}=/etc/varve.json\`; without either none is read;
3. the environment: \`VARVE_LISTEN=127.0.0.1:9000\`;
4. flags: \`--listen 127.0.0.1:9000\`, and \`--set NAME=VALUE\` for every setting: \`--set limits.openFilesMax=256\`.

\`varve config\` takes the same options as \`varve start\`, shows every setting with its value and where that comes from, and starts nothing;
\`varve config --check\` prints only what is wrong. A start logs what differs from the defaults (\`configuration_read\`). Secrets are shown nowhere.

## Rules

- **The file** is JSON in which comments (\`//\` and \`/* */\`) and a comma after the last entry are allowed. Objects in objects are
  sections: \`{"limits": {"openFilesMax": 256}}\` and \`{"limits.openFilesMax": 256}\` say the same.
- **The variable** of a setting is its name in capitals with \`VARVE_\` before it, words and sections joined by \`_\`: \`limits.openFilesMax\` is
  \`${variableOf('limits.openFilesMax')}\`. A variable that is set to nothing counts as not set. \`${OTHER_VARIABLES.broker}\` is for the commands that talk to a broker.
- **Units.** A size takes ${BYTE_UNIT_NAMES} (\`256MiB\`), a duration ${TIME_UNIT_NAMES} (\`7d\`); a bare number is bytes or milliseconds.
- **Nothing is guessed.** A name that does not exist (also a variable that begins with \`VARVE_\`), a value that is not allowed, a name that
  stands twice, and values that contradict each other are errors; the nearest name is suggested. All of them are reported together, each with its
  place, and nothing is started (exit code 2); of a file that is no such JSON only the first mistake is. The variables that Kubernetes sets for a
  service called \`varve\` are passed over.

An example:

\`\`\`jsonc
{
  "dataDir": "/var/lib/varve",
  "listen": "0.0.0.0:7070",
  "limits": {
    "tailBytesMax": "256MiB", // readers that are up to date are served from memory
    "shutdownGraceMs": "30s",
  },
  "topic": { "defaults": { "retention.ms": "30d", "retention.bytes": "100GiB" } },
}
\`\`\`

## Settings`

const LIMITS_INTRODUCTION = `## Limits

[LIMITS.md](LIMITS.md) has all limits; these can be changed. What is of one connection, topic or partition may not be set above what
is of all together.`

const TOPICS_INTRODUCTION = `## Defaults of topics

\`${TOPIC_PREFIX}NAME\`, where NAME is a [topic setting](TOPIC-SETTINGS.md), is what a new topic gets when its creation does not say otherwise. It is
stored with the topic: a later change of the configuration changes no topic that exists, and a data directory means the same under any
configuration. \`varve topic alter --reset NAME\` takes what is configured then. The variable of \`topic.defaults.retention.ms\` is
\`${variableOf('topic.defaults.retention.ms')}\`. Names that end in \`.ms\` and \`.bytes\` take units here.`

/** The whole page. */
export function renderConfig(): string {
  return pageOf('Configuration', [
    INTRODUCTION,
    table(['Setting', 'Variable, flag', 'Default', 'What it is'], [...serverRows()]),
    LIMITS_INTRODUCTION,
    table(['Setting', 'Default', 'Allowed', 'What it bounds, and why'], [...limitRows()]),
    TOPICS_INTRODUCTION,
  ])
}

function* serverRows(): Generator<string[]> {
  const flags: Readonly<Partial<Record<string, { readonly flag: string }>>> = CONFIG_FLAGS
  for (const [key, { allowed, summary = '', secret }] of CONFIG_KEYS) {
    if (key.startsWith(LIMIT_PREFIX) || key.startsWith(TOPIC_PREFIX)) continue
    const flag = flags[key]?.flag
    const ways = [`\`${variableOf(key)}\``, ...(flag === undefined ? [] : [`\`${flag}\``])]
    const hidden = secret === true ? ' A secret: never shown.' : ''
    yield [`\`${key}\``, ways.join(', '), defaultOf(key), `${summary} Must be ${allowed}.${hidden}`]
  }
}

function* limitRows(): Generator<string[]> {
  const reasons = limitReasons(Object.keys(LIMITS))
  for (const [key, { allowed }] of CONFIG_KEYS) {
    if (!key.startsWith(LIMIT_PREFIX)) continue
    // `a size from 1MiB to 1GiB (in ...)` is `1MiB to 1GiB` here.
    const range = allowed.replace(/^.* from /, '').replace(/ \(.*/, '')
    const reason = reasons.get(key.slice(LIMIT_PREFIX.length)) ?? ''
    yield [`\`${key}\``, defaultOf(key), range, reason]
  }
}

function defaultOf(key: string): string {
  const definition = CONFIG_KEYS.get(key)
  return `\`${definition?.read(definition.defaultText ?? '')?.text ?? ''}\``
}
