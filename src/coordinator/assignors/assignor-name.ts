// The names of the assignors, as members ask for them.

/** The default first: it also wins when votes are equal. */
export const ASSIGNOR_NAMES = ['uniform', 'range', 'round-robin', 'weighted', 'least-lag'] as const

export type AssignorName = (typeof ASSIGNOR_NAMES)[number]
