// What is told of consumer groups at a scrape. Invariant: the number of series is bounded: the groups that came first have their own, with
// as many topics as there is room for, and the others are told together under a name, so that sums stay right.
import type { GroupCondition } from '../../coordinator/group-condition.ts'
import type { Limits } from '../../domain/limits.ts'
import type { Cancel } from '../../platform/clock.ts'
import type { Metrics, Report } from '../../platform/metrics.ts'
import type { TopicBacklog } from './group-backlogs.ts'
import type { TopicRates } from './group-traffic.ts'

/** The `group` and `topic` of those that have no series of their own. A group of this name has none either. */
const OTHERS = '__other'

/** What is looked up at a scrape. */
export interface GroupGauges {
  /** The one that came first in front. */
  readonly groups: () => Iterable<string>
  readonly conditions: () => Readonly<Record<GroupCondition, number>>
  readonly members: (groupId: string) => number
  readonly unsettledMs: (groupId: string) => number
  readonly rates: (groupId: string) => readonly TopicRates[]
  readonly backlogs: (groupId: string) => Iterable<TopicBacklog>
  readonly wallMs: () => number
  readonly sessions: () => number
  readonly waiting: () => number
}

/** Numbers of one series. */
interface TopicSeries {
  producerRate: number
  consumerRate: number
  records: number
  /** Undefined while none is known. */
  lagMs: number | undefined
}

/** Looks these up at every scrape from now on. @returns what ends that. */
export function reportGroups(
  metrics: Metrics,
  gauges: GroupGauges,
  limits: Pick<Limits, 'metricGroupsMax' | 'metricGroupTopicsMax'>,
): Cancel {
  return metrics.onScrape((report) => {
    report('varve_group_sessions', gauges.sessions())
    report('varve_group_commit_waits', gauges.waiting())
    for (const [condition, count] of Object.entries(gauges.conditions())) {
      report('varve_groups', count, { condition })
    }
    const others = { members: 0, unsettledMs: 0, difference: 0, isThere: false }
    const otherTopics = noSeries()
    let [groups, pairs, hasOtherTopics] = [0, 0, false]
    for (const groupId of gauges.groups()) {
      const isOwn = groups < limits.metricGroupsMax && groupId !== OTHERS
      if (isOwn) groups++
      let difference = 0
      for (const [topic, series] of seriesOf(groupId, gauges)) {
        difference += series.producerRate - series.consumerRate
        if (isOwn && pairs < limits.metricGroupTopicsMax) {
          pairs++
          reportTopic(report, { group: groupId, topic }, series)
        } else {
          hasOtherTopics = true
          addTo(otherTopics, series)
        }
      }
      const [members, unsettledMs] = [gauges.members(groupId), gauges.unsettledMs(groupId)]
      if (isOwn) reportGroup(report, groupId, { members, unsettledMs, difference })
      else {
        others.isThere = true
        others.members += members
        others.unsettledMs = Math.max(others.unsettledMs, unsettledMs)
        others.difference += difference
      }
    }
    if (others.isThere) reportGroup(report, OTHERS, others)
    if (hasOtherTopics) reportTopic(report, { group: OTHERS, topic: OTHERS }, otherTopics)
  })
}

/** By topic. */
function seriesOf(groupId: string, gauges: GroupGauges): Map<string, TopicSeries> {
  const all = new Map<string, TopicSeries>()
  const of = (topic: string): TopicSeries => {
    const series = all.get(topic) ?? noSeries()
    all.set(topic, series)
    return series
  }
  for (const { topic, producerRate, consumerRate } of gauges.rates(groupId)) {
    addTo(of(topic), { producerRate, consumerRate, records: 0, lagMs: undefined })
  }
  const wallMs = gauges.wallMs()
  for (const { topic, records, oldestTimestampMs } of gauges.backlogs(groupId)) {
    const ageMs =
      oldestTimestampMs === undefined ? undefined : Math.max(0, wallMs - oldestTimestampMs)
    const lagMs = records === 0 ? 0 : ageMs
    addTo(of(topic), { producerRate: 0, consumerRate: 0, records, lagMs })
  }
  return all
}

function addTo(
  total: TopicSeries,
  { producerRate, consumerRate, records, lagMs }: TopicSeries,
): void {
  total.producerRate += producerRate
  total.consumerRate += consumerRate
  total.records += records
  if (lagMs !== undefined) total.lagMs = Math.max(lagMs, total.lagMs ?? 0)
}

function noSeries(): TopicSeries {
  return { producerRate: 0, consumerRate: 0, records: 0, lagMs: undefined }
}

function reportGroup(
  report: Report,
  group: string,
  numbers: { readonly members: number; readonly unsettledMs: number; readonly difference: number },
): void {
  report('varve_group_members', numbers.members, { group })
  report('varve_group_unsettled_seconds', numbers.unsettledMs / 1_000, { group })
  report('varve_group_rate_difference', numbers.difference, { group })
}

function reportTopic(
  report: Report,
  labels: { readonly group: string; readonly topic: string },
  { producerRate, consumerRate, records, lagMs }: TopicSeries,
): void {
  report('varve_group_producer_rate', producerRate, labels)
  report('varve_group_consumer_rate', consumerRate, labels)
  report('varve_group_lag_records', records, labels)
  if (lagMs !== undefined) report('varve_group_lag_seconds', lagMs / 1_000, labels)
}
