// Original file: proto/varve/v1/log.proto

import type { ProduceEntry as _varve_v1_ProduceEntry, ProduceEntry__Output as _varve_v1_ProduceEntry__Output } from '../../varve/v1/ProduceEntry.ts';
import type { Durability as _varve_v1_Durability, Durability__Output as _varve_v1_Durability__Output } from '../../varve/v1/Durability.ts';

export interface ProduceRequest {
  'entries'?: (_varve_v1_ProduceEntry)[];
  'durability'?: (_varve_v1_Durability);
}

export interface ProduceRequest__Output {
  'entries': (_varve_v1_ProduceEntry__Output)[];
  'durability': (_varve_v1_Durability__Output);
}
