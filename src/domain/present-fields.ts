// Objects in which a field is there or is not: none of them is there and undefined.

/** The fields that are not undefined. */
export type PresentFields<Fields extends object> = {
  [Name in keyof Fields]?: Exclude<Fields[Name], undefined>
}

/** A copy without the fields that are undefined. */
export function presentFields<Fields extends object>(fields: Fields): PresentFields<Fields> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as PresentFields<Fields>
}
