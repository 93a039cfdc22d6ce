// What the commands of the long run say of themselves: JSON objects in the lines that they print, added up over all rounds.

/** Numbers of which the largest is kept; all others are added. */
const isLargest = (name) => /(Max|Peak)|(^|\.)(longest|largest|most)/.test(name)
const isNoCount = (name) => /(^|\.)(seed|runs)$/.test(name)

/** @returns every number of every line that holds a JSON object, by its path */
export function countsOf(output) {
  const counts = {}
  for (const line of output.split('\n')) {
    const start = line.indexOf('{')
    const end = line.lastIndexOf('}')
    if (start < 0 || end < start) continue
    try {
      addNumbers(counts, '', JSON.parse(line.slice(start, end + 1)))
    } catch {
      // A line for people.
    }
  }
  return counts
}

function addNumbers(counts, prefix, object) {
  for (const [name, value] of Object.entries(object)) {
    const path = `${prefix}${name}`
    if (typeof value === 'number' && Number.isFinite(value) && !isNoCount(path)) {
      addCount(counts, path, value)
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      addNumbers(counts, `${path}.`, value)
    }
  }
}

export function addCounts(total, counts) {
  for (const [name, value] of Object.entries(counts)) addCount(total, name, value)
}

function addCount(counts, name, value) {
  const before = counts[name] ?? 0
  counts[name] = isLargest(name) ? Math.max(before, value) : before + value
}

/** `lives 120, faults 3,400` */
export function countsText(counts) {
  return Object.entries(counts)
    .map(([name, value]) => `${name} ${numberText(value)}`)
    .join(', ')
}

export function numberText(value) {
  return value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 })
}
