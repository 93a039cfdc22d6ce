// Shapes of values that are stored as JSON: what is written, and a strict way back. Invariant: `read` accepts exactly what
// `write` gives (a missing, unknown or ill-typed part is refused), so that damage is never taken for something else.

/** One kind of value. */
export interface Shape<T> {
  /** What goes into the JSON. */
  readonly write: (value: T) => unknown
  /** @throws ShapeError */
  readonly read: (json: unknown) => T
  /** In an object: what an absent field is read as. */
  readonly whenAbsent?: 'left-out' | 'undefined'
}

/** Something is not of its shape. Says where and what, without values. */
export class ShapeError extends Error {}

type Fields<T> = {
  readonly [K in keyof T]-?: Pick<T, K> extends Required<Pick<T, K>>
    ? Shape<T[K]>
    : Shape<T[K] | undefined>
}

export const text: Shape<string> = checked('a text', (json) => typeof json === 'string')

/** A safe integer, negative ones included; not -0, which is never written. */
export const integer: Shape<number> = checked('an integer', isInteger)

/** A safe integer from 0 on. */
export const count: Shape<number> = checked(
  'a count',
  (json) => isInteger(json) && (json as number) >= 0,
)

export function isInteger(json: unknown): boolean {
  return Number.isSafeInteger(json) && !Object.is(json, -0)
}

/** One of some texts. */
export function oneOf<const T extends string>(values: readonly T[]): Shape<T> {
  const known: ReadonlySet<unknown> = new Set(values)
  return checked(`one of ${values.join(', ')}`, (json) => known.has(json))
}

/** A value that passes a check and is itself in JSON: text, number. */
export function checked<T extends string | number>(
  what: string,
  isGood: (json: unknown) => boolean,
): Shape<T> {
  return {
    write: (value) => value,
    read: (json) => {
      if (!isGood(json)) throw new ShapeError(`is not ${what}`)
      return json as T
    },
  }
}

/** A field that may be left out. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return { ...orUndefined(shape), whenAbsent: 'left-out' }
}

/** A field that is always there, but may be undefined; JSON leaves it out then. */
export function orUndefined<T>(shape: Shape<T>): Shape<T | undefined> {
  return {
    write: (value) => (value === undefined ? undefined : shape.write(value)),
    read: (json) => shape.read(json),
    whenAbsent: 'undefined',
  }
}

/** A value or null. */
export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return {
    write: (value) => (value === null ? null : shape.write(value)),
    read: (json) => (json === null ? null : shape.read(json)),
  }
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return {
    write: (values) => values.map((value) => shape.write(value)),
    read: (json) => {
      if (!Array.isArray(json)) throw new ShapeError('is not a list')
      const values: T[] = []
      try {
        for (const item of json) values.push(shape.read(item))
      } catch (error) {
        throw within(String(values.length), error)
      }
      return values
    },
  }
}

/** A list of two. */
export function pair<A, B>(first: Shape<A>, second: Shape<B>): Shape<readonly [A, B]> {
  return {
    write: ([a, b]) => [first.write(a), second.write(b)],
    read: (json) => {
      if (!Array.isArray(json) || json.length !== 2) throw new ShapeError('is not a pair')
      return [first.read(json[0]), second.read(json[1])]
    },
  }
}

/** A map as a list of pairs, in its order. */
export function mapOf<K, V>(key: Shape<K>, value: Shape<V>): Shape<ReadonlyMap<K, V>> {
  const pairs = list(pair(key, value))
  return {
    write: (map) => pairs.write([...map]),
    read: (json) => allDifferent(new Map(pairs.read(json)), json),
  }
}

/** A map of values that know their own keys, as a list of them, in its order. */
export function mapBy<K, V>(keyOf: (value: V) => K, value: Shape<V>): Shape<ReadonlyMap<K, V>> {
  const values = list(value)
  return {
    write: (map) => values.write([...map.values()]),
    read: (json) =>
      allDifferent(new Map(values.read(json).map((item) => [keyOf(item), item])), json),
  }
}

/** A set as a list, in its order. */
export function setOf<T>(shape: Shape<T>): Shape<ReadonlySet<T>> {
  const values = list(shape)
  return {
    write: (set) => values.write([...set]),
    read: (json) => allDifferent(new Set(values.read(json)), json),
  }
}

/** An object with these fields and no others. */
export function object<T extends object>(fields: Fields<T>): Shape<T> {
  const entries = Object.entries(fields) as [string, Shape<unknown>][]
  return {
    write: (value) => {
      const written: Record<string, unknown> = {}
      for (const [name, shape] of entries) {
        const field = (value as Readonly<Record<string, unknown>>)[name]
        if (field !== undefined) written[name] = shape.write(field)
      }
      return written
    },
    read: (json) => {
      if (typeof json !== 'object' || json === null || Array.isArray(json)) {
        throw new ShapeError('is not an object')
      }
      const value: Record<string, unknown> = {}
      let present = 0
      for (const [name, shape] of entries) {
        if (Object.hasOwn(json, name)) {
          try {
            value[name] = shape.read((json as Readonly<Record<string, unknown>>)[name])
          } catch (error) {
            throw within(name, error)
          }
          present++
        } else if (shape.whenAbsent === undefined) {
          throw new ShapeError(`has no ${name}`)
        } else if (shape.whenAbsent === 'undefined') {
          value[name] = undefined
        }
      }
      if (present !== Object.keys(json).length) throw new ShapeError('has an unknown field')
      return value as T
    },
  }
}

/** Objects that say by `kind` which of several they are. */
export function byKind<T extends { readonly kind: string }>(
  kinds: {
    readonly [Kind in T['kind']]: Fields<Omit<Extract<T, { kind: Kind }>, 'kind'>>
  },
): Shape<T> {
  const known = new Map<unknown, Shape<object>>()
  for (const [kind, fields] of Object.entries<Fields<object>>(kinds)) {
    known.set(kind, object(fields))
  }
  return {
    write: (value) => {
      const shape = known.get(value.kind)
      if (shape === undefined) throw new Error(`there is no shape of ${value.kind}`)
      return { kind: value.kind, ...(shape.write(value) as object) }
    },
    read: (json) => {
      if (typeof json !== 'object' || json === null || !('kind' in json)) {
        throw new ShapeError('has no kind')
      }
      const { kind, ...rest } = json
      const shape = known.get(kind)
      if (shape === undefined) throw new ShapeError('is of an unknown kind')
      return { kind, ...shape.read(rest) } as T
    },
  }
}

function allDifferent<T extends { readonly size: number }>(values: T, json: unknown): T {
  if (values.size !== (json as readonly unknown[]).length) {
    throw new ShapeError('names something twice')
  }
  return values
}

/** The error of a part, with where it is. */
function within(name: string, error: unknown): unknown {
  if (!(error instanceof ShapeError)) return error
  const { message } = error
  return new ShapeError(
    /^[a-z0-9]+(\.|:)/i.test(message) ? `${name}.${message}` : `${name}: ${message}`,
  )
}
