// Original file: proto/varve/v1/log.proto

import type { Durability as _varve_v1_Durability, Durability__Output as _varve_v1_Durability__Output } from '../../varve/v1/Durability.ts';

export interface ProduceStreamInit {
  'durability'?: (_varve_v1_Durability);
}

export interface ProduceStreamInit__Output {
  'durability': (_varve_v1_Durability__Output);
}
