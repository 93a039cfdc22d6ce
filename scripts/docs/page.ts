// The parts of a page of docs/ that is made from code.

const GENERATED = '<!-- Made by `npx tsx scripts/docs.ts`; do not edit. -->'

/** A page with one table. */
export function page(
  title: string,
  introduction: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return pageOf(title, [introduction, table(head, rows)])
}

/** A page of sections as they are. */
export function pageOf(title: string, sections: readonly string[]): string {
  return `${[GENERATED, `# ${title}`, ...sections].join('\n\n')}\n`
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
