import { describe, expect, it } from 'vitest'
import { MetricRegistry } from '../../../src/platform/metric-registry.ts'
import { METRICS, type MetricDefinition } from '../../../src/platform/metric-table.ts'
import { NO_METRICS } from '../../../src/platform/metrics.ts'

/** Lines of the metric, without HELP and TYPE. */
function linesOf(registry: MetricRegistry, name: string): string[] {
  return registry
    .render()
    .split('\n')
    .filter((line) => new RegExp(`^${name}(_bucket|_sum|_count)?[ {]`).test(line))
}

describe('the registry of metrics', () => {
  it('gives the same counter for the same name and labels, and adds up', () => {
    const registry = new MetricRegistry()
    registry.counter('varve_refusals_total', { code: 'DISK_FULL' }).add()
    registry.counter('varve_refusals_total', { code: 'DISK_FULL' }).add(2)
    registry.counter('varve_refusals_total', { code: 'NOT_READY' }).add()
    expect(linesOf(registry, 'varve_refusals_total')).toEqual([
      'varve_refusals_total{code="DISK_FULL"} 3',
      'varve_refusals_total{code="NOT_READY"} 1',
    ])
  })

  it('counts each observation in all buckets that it fits into, the bound included', () => {
    const registry = new MetricRegistry()
    const histogram = registry.histogram('varve_storage_group_batches')
    for (const value of [1, 2, 3, 5_000]) histogram.observe(value)
    const lines = linesOf(registry, 'varve_storage_group_batches')
    expect(lines.slice(0, 4)).toEqual([
      'varve_storage_group_batches_bucket{le="1"} 1',
      'varve_storage_group_batches_bucket{le="2"} 2',
      'varve_storage_group_batches_bucket{le="4"} 3',
      'varve_storage_group_batches_bucket{le="8"} 3',
    ])
    expect(lines.slice(-3)).toEqual([
      'varve_storage_group_batches_bucket{le="+Inf"} 4',
      'varve_storage_group_batches_sum 5006',
      'varve_storage_group_batches_count 4',
    ])
  })

  it('keeps series of a histogram with labels apart', () => {
    const registry = new MetricRegistry()
    registry.histogram('varve_produce_seconds', { durability: 'synced' }).observe(0.0003)
    registry.histogram('varve_produce_seconds', { durability: 'written' }).observe(20)
    const lines = linesOf(registry, 'varve_produce_seconds')
    expect(lines).toContain('varve_produce_seconds_bucket{durability="synced",le="0.0005"} 1')
    expect(lines).toContain('varve_produce_seconds_bucket{durability="written",le="10"} 0')
    expect(lines).toContain('varve_produce_seconds_count{durability="written"} 1')
  })

  it('asks for gauges at each scrape, and no more after it was told to stop', () => {
    const registry = new MetricRegistry()
    let waiting = 1
    const stop = registry.onScrape((report) => {
      report('varve_waiting_fetches', waiting)
    })
    expect(linesOf(registry, 'varve_waiting_fetches')).toEqual(['varve_waiting_fetches 1'])
    waiting = 7
    expect(linesOf(registry, 'varve_waiting_fetches')).toEqual(['varve_waiting_fetches 7'])
    stop()
    expect(linesOf(registry, 'varve_waiting_fetches')).toEqual([])
  })

  it('adds up what several parts report of one series', () => {
    const registry = new MetricRegistry()
    for (const value of [2, 3]) {
      registry.onScrape((report) => {
        report('varve_topics', value)
      })
    }
    expect(linesOf(registry, 'varve_topics')).toEqual(['varve_topics 5'])
  })

  it('tells of the others when a part fails, and says so or fails itself', () => {
    const failures: unknown[] = []
    const failure = new Error('too many open files')
    for (const registry of [
      new MetricRegistry((error) => failures.push(error)),
      new MetricRegistry(),
    ]) {
      registry.counter('varve_storage_checkpoints_total').add(3)
      registry.onScrape((report) => {
        report('varve_topics', 2)
        throw failure
      })
      registry.onScrape((report) => {
        report('varve_waiting_fetches', 5)
      })
      if (failures.length > 0) {
        expect(() => registry.render()).toThrow(failure)
        continue
      }
      expect(linesOf(registry, 'varve_topics')).toEqual(['varve_topics 2'])
      expect(linesOf(registry, 'varve_waiting_fetches')).toEqual(['varve_waiting_fetches 5'])
      expect(linesOf(registry, 'varve_storage_checkpoints_total')).toEqual([
        'varve_storage_checkpoints_total 3',
      ])
      expect(failures).toEqual([failure, failure, failure])
    }
  })

  it('writes label values so that they cannot end their line or their quotes', () => {
    const registry = new MetricRegistry()
    registry.onScrape((report) => {
      report('varve_bytes_in_total', 1, { topic: 'a"} 9\nforged{x="\\' })
    })
    expect(linesOf(registry, 'varve_bytes_in_total')).toEqual([
      'varve_bytes_in_total{topic="a\\"} 9\\nforged{x=\\"\\\\"} 1',
    ])
  })

  it('writes HELP and TYPE before each metric, once, and nothing of those without a series', () => {
    const registry = new MetricRegistry()
    registry.counter('varve_storage_checkpoints_total')
    expect(registry.render()).toBe(
      '# HELP varve_storage_checkpoints_total Checkpoints that were written.\n' +
        '# TYPE varve_storage_checkpoints_total counter\n' +
        'varve_storage_checkpoints_total 0\n',
    )
  })

  it('does nothing where nobody looks', () => {
    NO_METRICS.counter('varve_storage_checkpoints_total').add()
    NO_METRICS.histogram('varve_fetch_seconds').observe(1)
    NO_METRICS.onScrape(() => {
      throw new Error('nobody scrapes')
    })()
  })
})

describe('the table of metrics', () => {
  const table: [string, MetricDefinition][] = Object.entries(METRICS)

  it.each(table)('%s is named as Prometheus asks for', (name, { kind, labels, buckets }) => {
    expect(name).toMatch(/^(varve|process)_[a-z_]+$/)
    expect(name.endsWith('_total')).toBe(kind === 'counter')
    for (const label of labels) expect(label).toMatch(/^[a-z_]+$/)
    expect([...buckets]).toEqual([...buckets].sort((a, b) => a - b))
    expect(buckets.length > 0).toBe(kind === 'histogram')
  })
})
