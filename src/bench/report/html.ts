// HTML in which text cannot become markup: whatever is put into the template is escaped, save what the template made itself.

/** Markup that needs no more escaping. Made by `html` alone. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type HtmlPart = string | number | Html | readonly HtmlPart[] | undefined

/** Of a template; values are escaped (also for attributes in double quotes), lists are joined, undefined is nothing. */
export function html(template: TemplateStringsArray, ...values: readonly HtmlPart[]): Html {
  const parts = template.map((text, index) => text + escaped(values[index]))
  return new Html(parts.join(''))
}

function escaped(value: HtmlPart): string {
  if (value === undefined) return ''
  if (value instanceof Html) return value.text
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return value.map(escaped).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
