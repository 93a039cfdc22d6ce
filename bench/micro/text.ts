// The figures as lines of a table.
import type { CaseFigures, Comparison } from './regression.ts'

export const HEAD_LINE = [
  'group'.padEnd(12),
  'case'.padEnd(36),
  'a run'.padStart(10),
  'of it a unit'.padStart(14),
  'to ceiling'.padStart(16),
  'noise'.padStart(7),
  'allocates'.padStart(10),
].join(' ')

export function caseLine(group: string, figures: CaseFigures): string {
  const { name, ceiling, cost, noise, runNs, units, allocatedBytes } = figures
  const perUnit =
    ceiling === 'copy' ? `${(units / runNs).toFixed(2)} GB/s` : `${(runNs / units).toFixed(1)} ns`
  return [
    group.padEnd(12),
    name.padEnd(36),
    duration(runNs).padStart(10),
    perUnit.padStart(14),
    `${cost.toPrecision(3)} x ${ceiling}`.padStart(16),
    `${(noise * 100).toFixed(0)} %`.padStart(7),
    (allocatedBytes === undefined ? '-' : size(allocatedBytes)).padStart(10),
  ].join(' ')
}

export function comparisonLine({ name, before, now, bound, verdict }: Comparison): string {
  const factor = (now / before).toFixed(2)
  return `${verdict}: ${name}: ${before.toPrecision(3)} -> ${now.toPrecision(3)} (${factor} times; beyond ${bound.toFixed(2)} it counts)`
}

function duration(ns: number): string {
  if (ns < 1e3) return `${ns.toFixed(0)} ns`
  return ns < 1e6 ? `${(ns / 1e3).toFixed(1)} us` : `${(ns / 1e6).toFixed(2)} ms`
}

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes.toFixed(0)} B`
  return bytes < 1024 ** 2
    ? `${(bytes / 1024).toFixed(1)} KiB`
    : `${(bytes / 1024 ** 2).toFixed(1)} MiB`
}
