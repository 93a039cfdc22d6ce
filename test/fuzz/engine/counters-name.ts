/** The array of counters, by this name on `globalThis`. */
export const COUNTERS_NAME = 'varveFuzzCounters'
