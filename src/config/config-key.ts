// What a setting of a broker can be: one small definition for each kind of value. A definition says everything that the
// loader, `varve config`, the error messages and docs/CONFIG.md need to know.

import {
  formatNetworkAddress,
  type NetworkAddress,
  parseNetworkAddress,
} from '../domain/network-address.ts'
import {
  BYTE_UNIT_NAMES,
  parseBytes,
  parseDurationMs,
  TIME_UNIT_NAMES,
  writeBytes,
  writeDurationMs,
} from '../domain/quantity.ts'
import { TOPIC_SETTINGS, type TopicSettingName } from '../domain/topic-settings.ts'

/** The definition of one setting; `T` is what the program gets. */
export interface ConfigKey<T> {
  /** In words, for the docs. */
  readonly type: string
  /** As a user would write it; absent where a setting is not set unless someone sets it. */
  readonly defaultText?: string
  /** Ends the sentence `KEY must be ...`. */
  readonly allowed: string
  /** For the docs; a limit is described in src/domain/limits.ts. */
  readonly summary?: string
  /** Never shown, not even in an error message. */
  readonly secret?: boolean
  /** Whether a file may hold it without quotes. */
  readonly isNumber?: boolean
  /** Undefined: not allowed. */
  readonly read: (text: string) => ReadValue<T> | undefined
}

interface ReadValue<T> {
  readonly value: T
  /** As it is shown; reads back as the same value. */
  readonly text: string
  /** In bytes or milliseconds, where `value` is not that number itself. */
  readonly inNumbers?: number
}

/** What is said of a setting besides its kind. */
interface About {
  readonly default: string
  readonly summary: string
  readonly secret?: boolean
}

interface Bounds {
  readonly min: number
  readonly max: number
}

/** Any text that is not empty, such as a path. */
export function textKey(type: string, about: About): ConfigKey<string> {
  return {
    type,
    ...described(about),
    allowed: `${type} that is not empty`,
    read: reader((text) => (text.trim() === '' || text.includes('\0') ? undefined : text), String),
  }
}

/** One of a few words. */
export function choiceKey<const T extends string>(
  values: readonly T[],
  about: About,
): ConfigKey<T> {
  return {
    type: 'a word',
    ...described(about),
    allowed: `one of ${values.join(', ')}`,
    read: reader((text) => values.find((value) => value === text), String),
  }
}

/** HOST:PORT. */
export function addressKey(about: About): ConfigKey<NetworkAddress> {
  return {
    type: 'an address',
    ...described(about),
    allowed: `an address HOST:PORT, as in ${about.default} or [::1]:7070`,
    read: reader(parseAddress, formatNetworkAddress),
  }
}

/** HOST:PORT, or `off` for none. */
export function optionalAddressKey(about: About): ConfigKey<NetworkAddress | 'off'> {
  return {
    type: 'an address or off',
    ...described(about),
    allowed: `an address HOST:PORT, as in ${about.default}, or off`,
    read: reader(
      (text) => (text === 'off' ? text : parseAddress(text)),
      (value) => (value === 'off' ? value : formatNetworkAddress(value)),
    ),
  }
}

/** A whole number without a unit. */
export function countKey(bounds: Bounds, about: Partial<About>): ConfigKey<number> {
  return {
    type: 'a number',
    ...described(about),
    allowed: `a whole number from ${bounds.min} to ${bounds.max}`,
    isNumber: true,
    read: reader(
      (text) => (/^\d{1,16}$/.test(text) ? within(bounds, Number(text)) : undefined),
      String,
    ),
  }
}

/** A number of bytes, with or without a unit. */
export function bytesKey(bounds: Bounds, about: Partial<About>): ConfigKey<number> {
  return {
    type: 'a size',
    ...described(about),
    allowed: `a size from ${writeBytes(bounds.min)} to ${writeBytes(bounds.max)} (in ${BYTE_UNIT_NAMES}; a bare number is bytes)`,
    isNumber: true,
    read: reader((text) => within(bounds, parseBytes(text)), writeBytes),
  }
}

/** A duration, with or without a unit; in milliseconds. */
export function durationKey(bounds: Bounds, about: Partial<About>): ConfigKey<number> {
  return {
    type: 'a duration',
    ...described(about),
    allowed: `a duration from ${writeDurationMs(bounds.min)} to ${writeDurationMs(bounds.max)} (in ${TIME_UNIT_NAMES}; a bare number is milliseconds)`,
    isNumber: true,
    read: reader((text) => within(bounds, parseDurationMs(text)), writeDurationMs),
  }
}

/** A topic setting that new topics get; its value is the text of Kafka's form, units turned into numbers. */
export function topicSettingKey(name: TopicSettingName): ConfigKey<string> {
  const definition = TOPIC_SETTINGS[name]
  const quantity = QUANTITIES.find(({ suffix }) => name.endsWith(suffix))
  return {
    type: quantity?.type ?? 'a topic setting',
    allowed:
      quantity === undefined
        ? definition.allowed
        : `${definition.allowed} (or in ${quantity.units})`,
    isNumber: typeof definition.parse(definition.defaultText) === 'number',
    read: (text) => {
      const plain = definition.parse(text) === undefined ? quantity?.parse(text)?.toString() : text
      if (plain === undefined || definition.parse(plain) === undefined) return undefined
      const inNumbers = Number(plain)
      // Words, and Kafka's word for "unlimited", which is larger than a number can be.
      if (quantity === undefined || !Number.isSafeInteger(inNumbers)) {
        return { value: plain, text: plain }
      }
      // -1 is no quantity.
      return { value: plain, text: inNumbers < 0 ? plain : quantity.write(inNumbers), inNumbers }
    },
  }
}

/** What the names of topic settings that are sizes or durations end in. */
const QUANTITIES = [
  {
    suffix: '.ms',
    type: 'a duration',
    units: TIME_UNIT_NAMES,
    parse: parseDurationMs,
    write: writeDurationMs,
  },
  {
    suffix: '.bytes',
    type: 'a size',
    units: BYTE_UNIT_NAMES,
    parse: parseBytes,
    write: writeBytes,
  },
] as const

function described(about: Partial<About>): {
  defaultText?: string
  summary?: string
  secret?: boolean
} {
  return {
    ...(about.default === undefined ? {} : { defaultText: about.default }),
    ...(about.summary === undefined ? {} : { summary: about.summary }),
    ...(about.secret === undefined ? {} : { secret: about.secret }),
  }
}

function reader<T>(
  parse: (text: string) => T | undefined,
  write: (value: T) => string,
): (text: string) => ReadValue<T> | undefined {
  return (text) => {
    const value = parse(text)
    return value === undefined ? undefined : { value, text: write(value) }
  }
}

function within({ min, max }: Bounds, value: number | undefined): number | undefined {
  return value !== undefined && value >= min && value <= max ? value : undefined
}

function parseAddress(text: string): NetworkAddress | undefined {
  try {
    return parseNetworkAddress(text)
  } catch {
    return undefined
  }
}
