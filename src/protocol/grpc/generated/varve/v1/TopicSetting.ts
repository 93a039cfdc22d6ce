// Original file: proto/varve/v1/admin.proto


export interface TopicSetting {
  'name'?: (string);
  'value'?: (string);
  'isDefault'?: (boolean);
}

export interface TopicSetting__Output {
  'name': (string);
  'value': (string);
  'isDefault': (boolean);
}
