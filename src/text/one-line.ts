// Text from elsewhere as it may stand in a line of a terminal, and sentences that are broken to fit into one.

/** Control characters and those that turn the direction of writing, which could play tricks on a terminal, become spaces. */
export function oneLine(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .trim()
}

/** Sentences are broken so that they fit into any terminal. */
export const TEXT_COLUMNS = 80

/** The text broken between words into lines of at most `columns`, where its words allow it. */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
