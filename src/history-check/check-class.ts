// The classes of what can be wrong with a history. The letters are those of the invariants that they break: D durability,
// L log, G groups. Anomalies of transactions have no place here before there are transactions.

export const CHECK_CLASSES = {
  C1: { name: 'inconsistent-offset', meaning: 'two different records were seen at one offset' },
  C2: { name: 'duplicate', meaning: 'a record that was sent once is at two offsets' },
  C3: {
    name: 'phantom',
    meaning: 'a record that nobody had sent there was read, or an altered one',
  },
  C4: { name: 'aborted-read', meaning: 'a record was read whose send was refused without effect' },
  C5: {
    name: 'lost-write',
    meaning: 'an acknowledged record was never read, what comes after was',
  },
  C6: { name: 'unseen-at-end', meaning: 'an acknowledged record is not there in the end' },
  C7: { name: 'ack-mismatch', meaning: 'a record is not at the offset that was acknowledged' },
  C8: { name: 'hole', meaning: 'an offset was passed over and never seen by anybody' },
  C9: { name: 'torn-batch', meaning: 'a batch is there in part, or not as one piece' },
  C10: { name: 'poll-skip', meaning: 'a reader missed records from one answer to the next' },
  C11: { name: 'nonmonotonic-poll', meaning: 'a reader was given the same or older records again' },
  C12: { name: 'internal-skip', meaning: 'one answer has records missing or out of order' },
  C13: { name: 'nonmonotonic-send', meaning: 'what a process sent later is stored before' },
  C14: {
    name: 'realtime-order',
    meaning: 'a send is stored before one acknowledged before it began',
  },
  C15: {
    name: 'stale-or-rolled-back',
    meaning: 'readers were told an end before what is readable',
  },
  C16: { name: 'vanished', meaning: 'a record that was read was not there later' },
  C17: { name: 'bounds-monotone', meaning: 'the start or the readable end went back' },
  C18: {
    name: 'epoch-monotone',
    meaning: 'an epoch went back, or two starts of the broker share one',
  },
  C19: { name: 'commit-monotone', meaning: 'a committed offset went back without being told to' },
  C20: { name: 'commit-lost', meaning: 'an acknowledged commit was not there later' },
  C21: { name: 'commit-future', meaning: 'more was committed than the partition can have had' },
  C22: { name: 'dual-owner', meaning: 'two members of a group owned a partition at once' },
  C23: {
    name: 'zombie-accepted',
    meaning: 'a commit of a member was taken after its heir was named',
  },
  C24: { name: 'resume-gap', meaning: 'a new owner did not begin where the last one committed' },
  C25: { name: 'starvation', meaning: 'long after the last fault somebody still waits' },
  C26: { name: 'corruption-silent', meaning: 'altered bytes were served as if they were right' },
  C27: { name: 'over-report', meaning: 'a recovery reported another damage than was done' },
} as const satisfies Record<string, { readonly name: string; readonly meaning: string }>

export type CheckClass = keyof typeof CHECK_CLASSES
