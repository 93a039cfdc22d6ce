// Original file: proto/varve/v1/admin.proto


export interface UpdateTopicSettingsRequest {
  'name'?: (string);
  'set'?: ({[key: string]: string});
  'reset'?: (string)[];
  'validateOnly'?: (boolean);
}

export interface UpdateTopicSettingsRequest__Output {
  'name': (string);
  'set': ({[key: string]: string});
  'reset': (string)[];
  'validateOnly': (boolean);
}
