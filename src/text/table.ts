// Columns under headings, for people. Programs use --json.

export interface Column {
  readonly heading: string
  /** Numbers stand right. */
  readonly align?: 'left' | 'right'
}

/** Lines of equal columns, two spaces apart, without spaces at their ends. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const headings = columns.map((column) => column.heading)
  const widths = columns.map((_, index) =>
    [headings, ...rows].reduce((widest, row) => Math.max(widest, row[index]?.length ?? 0), 0),
  )
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => {
        const [cell, width] = [cells[index] ?? '', widths[index] ?? 0]
        return column.align === 'right' ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  return [headings, ...rows].map(line).join('\n')
}
