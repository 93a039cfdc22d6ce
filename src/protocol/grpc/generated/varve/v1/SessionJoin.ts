// Original file: proto/varve/v1/group.proto


export interface SessionJoin {
  'group'?: (string);
  'memberId'?: (string);
  'instanceId'?: (string);
  'clientId'?: (string);
  'topics'?: (string)[];
  'assignor'?: (string);
  'weight'?: (number);
  'sessionTimeoutMs'?: (number);
  'rebalanceTimeoutMs'?: (number);
  '_instanceId'?: "instanceId";
}

export interface SessionJoin__Output {
  'group': (string);
  'memberId': (string);
  'instanceId'?: (string);
  'clientId': (string);
  'topics': (string)[];
  'assignor': (string);
  'weight': (number);
  'sessionTimeoutMs': (number);
  'rebalanceTimeoutMs': (number);
  '_instanceId'?: "instanceId";
}
