// Original file: proto/varve/v1/record.proto

export const Durability = {
  DURABILITY_UNSPECIFIED: 'DURABILITY_UNSPECIFIED',
  DURABILITY_NONE: 'DURABILITY_NONE',
  DURABILITY_WRITTEN: 'DURABILITY_WRITTEN',
  DURABILITY_SYNCED: 'DURABILITY_SYNCED',
} as const;

export type Durability =
  | 'DURABILITY_UNSPECIFIED'
  | 0
  | 'DURABILITY_NONE'
  | 1
  | 'DURABILITY_WRITTEN'
  | 2
  | 'DURABILITY_SYNCED'
  | 3

export type Durability__Output = typeof Durability[keyof typeof Durability]
