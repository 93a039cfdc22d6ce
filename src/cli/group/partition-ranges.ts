// Many numbers of partitions in few characters.

/** `0-3, 7` of sorted numbers. Beyond `rangesMax` ranges only how many there are more. */
export function partitionRanges(partitions: readonly number[], rangesMax = 8): string {
  const ranges: [number, number][] = []
  for (const partition of partitions) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === partition - 1) last[1] = partition
    else ranges.push([partition, partition])
  }
  const shown = ranges.slice(0, ranges.length > rangesMax ? rangesMax - 1 : rangesMax)
  const texts = shown.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
  const told = shown.reduce((sum, [first, last]) => sum + last - first + 1, 0)
  const more = partitions.length - told
  return more === 0 ? texts.join(', ') : `${texts.join(', ')} and ${more} more`
}

/** `events 0-3, orders 1` of partitions sorted by topic and partition. */
export function placesText(
  places: readonly { readonly topic: string; readonly partition: number }[],
): string {
  const byTopic = new Map<string, number[]>()
  for (const { topic, partition } of places) {
    const numbers = byTopic.get(topic) ?? []
    numbers.push(partition)
    byTopic.set(topic, numbers)
  }
  return [...byTopic].map(([topic, numbers]) => `${topic} ${partitionRanges(numbers)}`).join(', ')
}
