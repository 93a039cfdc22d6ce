// Reads a configuration file: JSON, with comments (`//` to the end of the line, `/* */`) and a comma after the last entry
// allowed; strict otherwise. Objects within objects are sections: their names are joined with dots, so
// {"metrics": {"listen": "x"}} and {"metrics.listen": "x"} say the same. Invariant: every value comes with its line, and a
// name that stands twice comes twice: nothing is silently overwritten.
import { VarveError } from '../domain/error.ts'

/** One `name: value` of a file. */
export interface FileEntry {
  /** With the sections that it lies in, joined with dots. */
  readonly key: string
  readonly value: string | number | boolean | null
  /** Where the name stands, from 1. */
  readonly line: number
}

/** Objects within objects: more than any setting needs. */
const NESTING_MAX = 16

const BLANK = /(?:[\t\n\r ]|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
const STRING = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y

/**
 * The entries of a file in their order; its outermost value must be an object.
 * @throws VarveError INVALID_ARGUMENT, details `{ line }`, where the text is not such JSON
 */
export function readCommentedJson(text: string): FileEntry[] {
  return new Reader(text).read()
}

class Reader {
  readonly #text: string
  readonly #entries: FileEntry[] = []
  #position = 0
  #depth = 0
  /** How far the lines were counted. */
  #counted = { position: 0, line: 1 }

  constructor(text: string) {
    // Some editors begin a file with a byte order mark.
    this.#text = text.replace(/^\uFEFF/, '')
  }

  read(): FileEntry[] {
    if (this.#next() !== '{') throw this.#unexpected('{')
    this.#object('')
    if (this.#next() !== '') throw this.#unexpected('nothing more after the last }')
    return this.#entries
  }

  #object(prefix: string): void {
    if (++this.#depth > NESTING_MAX) throw this.#failure('there are too many objects in objects')
    this.#position++
    while (this.#next() !== '}') {
      const line = this.#line()
      const key = prefix + this.#string('a name in double quotes')
      if (this.#next() !== ':') throw this.#unexpected('a colon')
      this.#position++
      if (this.#next() === '{') this.#object(`${key}.`)
      else this.#entries.push({ key, value: this.#scalar(), line })
      if (this.#next() === ',') this.#position++
      else if (this.#next() !== '}') throw this.#unexpected('a comma or }')
    }
    this.#position++
    this.#depth--
  }

  #scalar(): FileEntry['value'] {
    const first = this.#next()
    if (first === '[') throw this.#failure('no setting takes a list')
    if (first === '"') return this.#string('a value')
    return JSON.parse(this.#take(SCALAR, 'a value')) as number | boolean | null
  }

  #string(expected: string): string {
    const token = this.#take(STRING, expected)
    try {
      return JSON.parse(token) as string
    } catch {
      throw this.#failure('a text holds an escape that JSON does not know')
    }
  }

  /** Passes over blanks and comments. @returns the character after them, '' at the end. */
  #next(): string {
    BLANK.lastIndex = this.#position
    this.#position += BLANK.exec(this.#text)?.[0].length ?? 0
    return this.#text.charAt(this.#position)
  }

  #take(token: RegExp, expected: string): string {
    token.lastIndex = this.#position
    const found = token.exec(this.#text)?.[0]
    if (found === undefined) throw this.#unexpected(expected)
    this.#position += found.length
    return found
  }

  #line(): number {
    const { position, line } = this.#counted
    const more = this.#text.slice(position, this.#position).split('\n').length - 1
    this.#counted = { position: this.#position, line: line + more }
    return this.#counted.line
  }

  #unexpected(expected: string): VarveError {
    const found = /^[^\s,:{}[\]]{1,20}|^[^]?/.exec(this.#text.slice(this.#position))?.[0] ?? ''
    return this.#failure(
      `expected ${expected}, found ${found === '' ? 'the end' : JSON.stringify(found)}`,
    )
  }

  #failure(message: string): VarveError {
    return new VarveError('INVALID_ARGUMENT', message, { details: { line: this.#line() } })
  }
}
