// Three processes share twelve partitions under a producer's load; one is killed, one is stopped for longer than its session and goes
// on, one joins, and the broker is killed. The checker judges what all of them wrote down; the broker is asked at every step why what is
// as it is, and must tell the truth.
import { afterEach, expect, it } from 'vitest'
import type { GroupExplanation } from '../../../src/client/index.ts'
import { countsLine, GROUP, GroupRun, TOPIC, violationLines } from './group-run.ts'

let run: GroupRun | undefined
afterEach(async () => {
  await run?.close()
})

/** What it says of the partitions that a member has. */
function reasonsOf(explanation: GroupExplanation, memberId: string): string[] {
  return explanation.partitions
    .filter((one) => one.memberId === memberId)
    .map(({ reason }) => reason)
}

/** Every partition of the member waits for it, and the sentence names it. */
function isSilent(memberId: string, name: string) {
  return (explanation: GroupExplanation): boolean => {
    const reasons = reasonsOf(explanation, memberId)
    const isAll = reasons.length > 0 && reasons.every((reason) => reason === 'member-silent')
    return isAll && !explanation.isFlowing && explanation.text.includes(name)
  }
}

/** It is told of as one that was, and nothing waits for it. */
function isExpired(memberId: string) {
  return ({ departed, partitions }: GroupExplanation): boolean =>
    departed.some((one) => one.memberId === memberId && one.reason === 'session-expired') &&
    !partitions.some((one) => one.memberId === memberId || one.waitingForMemberId === memberId)
}

const isFlowing = (explanation: GroupExplanation): boolean => explanation.isFlowing

it('loses nothing, lets nobody commit who was put out, and says why at every step', {
  timeout: 300_000,
}, async () => {
  run = await GroupRun.start({ partitions: 12, sessionTimeoutMs: 3_000, rebalanceTimeoutMs: 6_000 })
  const [killed, stopped] = [run.join({ autoCommit: true }), run.join({ autoCommit: false })]
  run.join({ autoCommit: true })
  const first = await run.untilSettled()
  expect(first.members.map(({ assigned }) => assigned.length)).toEqual([4, 4, 4])
  await run.untilExplained('flowing with three', isFlowing)

  const killedId = (await run.idOf(killed)) ?? ''
  await killed.kill()
  await run.untilExplained('the killed one is silent', isSilent(killedId, killed.name))
  await expectLagOfTheRecordsThemselves(run)
  await run.untilExplained('the killed one has expired', isExpired(killedId))
  await run.untilSettled()
  await run.untilExplained('flowing with two', isFlowing)

  const stoppedId = (await run.idOf(stopped)) ?? ''
  stopped.stop()
  await run.untilExplained('the stopped one is silent', isSilent(stoppedId, stopped.name))
  const expired = await run.untilExplained('the stopped one has expired', isExpired(stoppedId))
  expect(expired.departed.find((one) => one.memberId === stoppedId)?.refusedMs).toBeUndefined()
  await run.untilSettled()
  stopped.continue()
  const woken = await run.untilWritten(stopped, ({ commits }) => {
    const sent = commits.filter(({ isLate }) => isLate)
    return sent.length > 0 && sent.every(({ answer }) => answer !== undefined)
  })
  expect(woken.sleeps).toHaveLength(1)
  const late = woken.commits.filter(({ isLate }) => isLate)
  for (const { answer } of late) expect(answer).toMatch(/no such member|does not hold/)
  await run.untilSettled()
  expect(stopped.log().losses).toBe(1)
  // It joins anew in the meantime: only what came before was of one that is no member.
  if (late.some(({ answer }) => answer?.includes('no such member'))) {
    const { departed } = await run.admin.explainGroup(GROUP)
    expect(departed.find((one) => one.memberId === stoppedId)?.refusedMs).toBeDefined()
  }

  const joined = run.join({ autoCommit: false })
  const four = await run.untilSettled()
  expect(four.members.map(({ assigned }) => assigned.length).sort()).toEqual([4, 4, 4])
  expect(joined.log().tenures).toHaveLength(4)

  const epochs = four.members.map(({ memberId, epoch }) => `${memberId} ${epoch}`)
  await run.killBroker()
  const after = await run.untilSettled()
  // The members are back within their session: the group goes on as it was.
  expect(after.members.map(({ memberId, epoch }) => `${memberId} ${epoch}`)).toEqual(epochs)
  await run.untilExplained('flowing after the restart', isFlowing)

  await run.stopProducing()
  await run.untilSettled()
  const end = await run.untilExplained('at the end', ({ partitions }) =>
    partitions.every(({ reason }) => reason === 'at-end'),
  )
  expect(end.isFlowing).toBe(true)
  for (const member of run.members) if (member.isRunning) await member.leave()
  const gone = await run.untilExplained('left', ({ summary }) => summary.members === 0)
  expect(gone.departed.filter(({ reason }) => reason === 'left')).toHaveLength(3)
  const record = await run.record()
  console.log(`killed and stopped: ${countsLine(record)}`)
  expect(violationLines(record)).toEqual([])
})

/** The age of a backlog is that of its oldest record, as it lies in the log. */
async function expectLagOfTheRecordsThemselves({ admin, client }: GroupRun): Promise<void> {
  const beforeMs = Date.now()
  const { partitions, timeMs } = await admin.describeGroup(GROUP)
  const afterMs = Date.now()
  expect(timeMs).toBeGreaterThanOrEqual(beforeMs)
  expect(timeMs).toBeLessThanOrEqual(afterMs)
  const behind = partitions.filter(({ lagRecords }) => lagRecords > 0)
  expect(behind.length).toBeGreaterThan(0)
  for (const { partition, committedOffset, lagMs } of behind) {
    const assign = [{ topic: TOPIC, partition, offset: committedOffset ?? 0 }]
    for await (const { timestampMs } of client.consumer({ assign, maxRecords: 1 })) {
      expect(lagMs).toBe(timeMs - timestampMs)
    }
  }
}
