// Written by scripts/generate.mjs from proto/; do not edit.

/** A field as it is on the wire. */
export interface WireField {
  readonly number: number
  readonly name: string
  /** As in google.protobuf.FieldDescriptorProto.Type, in lower case. */
  readonly type: string
  /** Full name of the message or enum. */
  readonly typeName?: string
  readonly repeated?: true
  readonly oneof?: string
}

/** A .proto file. */
export interface WireFile {
  /** Its import path. */
  readonly name: string
  readonly dependencies: readonly string[]
  /** Full names of its services. */
  readonly services: readonly string[]
  /** Full names of all that it declares. */
  readonly symbols: readonly string[]
  /** The google.protobuf.FileDescriptorProto, in base64. */
  readonly encoded: string
}

/** Every message by its full name. */
export const wireMessages: Readonly<Record<string, readonly WireField[]>> = {
  "google.protobuf.Duration": [
    {
      "number": 1,
      "name": "seconds",
      "type": "int64"
    },
    {
      "number": 2,
      "name": "nanos",
      "type": "int32"
    }
  ],
  "google.rpc.ErrorInfo": [
    {
      "number": 1,
      "name": "reason",
      "type": "string"
    },
    {
      "number": 2,
      "name": "domain",
      "type": "string"
    },
    {
      "number": 3,
      "name": "metadata",
      "type": "message",
      "typeName": "google.rpc.ErrorInfo.MetadataEntry",
      "repeated": true
    }
  ],
  "google.rpc.ErrorInfo.MetadataEntry": [
    {
      "number": 1,
      "name": "key",
      "type": "string"
    },
    {
      "number": 2,
      "name": "value",
      "type": "string"
    }
  ],
  "google.rpc.RetryInfo": [
    {
      "number": 1,
      "name": "retry_delay",
      "type": "message",
      "typeName": "google.protobuf.Duration"
    }
  ],
  "google.rpc.QuotaFailure": [
    {
      "number": 1,
      "name": "violations",
      "type": "message",
      "typeName": "google.rpc.QuotaFailure.Violation",
      "repeated": true
    }
  ],
  "google.rpc.QuotaFailure.Violation": [
    {
      "number": 1,
      "name": "subject",
      "type": "string"
    },
    {
      "number": 2,
      "name": "description",
      "type": "string"
    }
  ],
  "google.rpc.PreconditionFailure": [
    {
      "number": 1,
      "name": "violations",
      "type": "message",
      "typeName": "google.rpc.PreconditionFailure.Violation",
      "repeated": true
    }
  ],
  "google.rpc.PreconditionFailure.Violation": [
    {
      "number": 1,
      "name": "type",
      "type": "string"
    },
    {
      "number": 2,
      "name": "subject",
      "type": "string"
    },
    {
      "number": 3,
      "name": "description",
      "type": "string"
    }
  ],
  "google.rpc.BadRequest": [
    {
      "number": 1,
      "name": "field_violations",
      "type": "message",
      "typeName": "google.rpc.BadRequest.FieldViolation",
      "repeated": true
    }
  ],
  "google.rpc.BadRequest.FieldViolation": [
    {
      "number": 1,
      "name": "field",
      "type": "string"
    },
    {
      "number": 2,
      "name": "description",
      "type": "string"
    }
  ],
  "google.protobuf.Any": [
    {
      "number": 1,
      "name": "type_url",
      "type": "string"
    },
    {
      "number": 2,
      "name": "value",
      "type": "bytes"
    }
  ],
  "google.rpc.Status": [
    {
      "number": 1,
      "name": "code",
      "type": "int32"
    },
    {
      "number": 2,
      "name": "message",
      "type": "string"
    },
    {
      "number": 3,
      "name": "details",
      "type": "message",
      "typeName": "google.protobuf.Any",
      "repeated": true
    }
  ],
  "grpc.health.v1.HealthCheckRequest": [
    {
      "number": 1,
      "name": "service",
      "type": "string"
    }
  ],
  "grpc.health.v1.HealthCheckResponse": [
    {
      "number": 1,
      "name": "status",
      "type": "enum",
      "typeName": "grpc.health.v1.HealthCheckResponse.ServingStatus"
    }
  ],
  "grpc.health.v1.HealthListRequest": [],
  "grpc.health.v1.HealthListResponse": [
    {
      "number": 1,
      "name": "statuses",
      "type": "message",
      "typeName": "grpc.health.v1.HealthListResponse.StatusesEntry",
      "repeated": true
    }
  ],
  "grpc.health.v1.HealthListResponse.StatusesEntry": [
    {
      "number": 1,
      "name": "key",
      "type": "string"
    },
    {
      "number": 2,
      "name": "value",
      "type": "message",
      "typeName": "grpc.health.v1.HealthCheckResponse"
    }
  ],
  "grpc.reflection.v1.ServerReflectionRequest": [
    {
      "number": 1,
      "name": "host",
      "type": "string"
    },
    {
      "number": 3,
      "name": "file_by_filename",
      "type": "string",
      "oneof": "message_request"
    },
    {
      "number": 4,
      "name": "file_containing_symbol",
      "type": "string",
      "oneof": "message_request"
    },
    {
      "number": 5,
      "name": "file_containing_extension",
      "type": "message",
      "typeName": "grpc.reflection.v1.ExtensionRequest",
      "oneof": "message_request"
    },
    {
      "number": 6,
      "name": "all_extension_numbers_of_type",
      "type": "string",
      "oneof": "message_request"
    },
    {
      "number": 7,
      "name": "list_services",
      "type": "string",
      "oneof": "message_request"
    }
  ],
  "grpc.reflection.v1.ExtensionRequest": [
    {
      "number": 1,
      "name": "containing_type",
      "type": "string"
    },
    {
      "number": 2,
      "name": "extension_number",
      "type": "int32"
    }
  ],
  "grpc.reflection.v1.ServerReflectionResponse": [
    {
      "number": 1,
      "name": "valid_host",
      "type": "string"
    },
    {
      "number": 2,
      "name": "original_request",
      "type": "message",
      "typeName": "grpc.reflection.v1.ServerReflectionRequest"
    },
    {
      "number": 4,
      "name": "file_descriptor_response",
      "type": "message",
      "typeName": "grpc.reflection.v1.FileDescriptorResponse",
      "oneof": "message_response"
    },
    {
      "number": 5,
      "name": "all_extension_numbers_response",
      "type": "message",
      "typeName": "grpc.reflection.v1.ExtensionNumberResponse",
      "oneof": "message_response"
    },
    {
      "number": 6,
      "name": "list_services_response",
      "type": "message",
      "typeName": "grpc.reflection.v1.ListServiceResponse",
      "oneof": "message_response"
    },
    {
      "number": 7,
      "name": "error_response",
      "type": "message",
      "typeName": "grpc.reflection.v1.ErrorResponse",
      "oneof": "message_response"
    }
  ],
  "grpc.reflection.v1.FileDescriptorResponse": [
    {
      "number": 1,
      "name": "file_descriptor_proto",
      "type": "bytes",
      "repeated": true
    }
  ],
  "grpc.reflection.v1.ExtensionNumberResponse": [
    {
      "number": 1,
      "name": "base_type_name",
      "type": "string"
    },
    {
      "number": 2,
      "name": "extension_number",
      "type": "int32",
      "repeated": true
    }
  ],
  "grpc.reflection.v1.ListServiceResponse": [
    {
      "number": 1,
      "name": "service",
      "type": "message",
      "typeName": "grpc.reflection.v1.ServiceResponse",
      "repeated": true
    }
  ],
  "grpc.reflection.v1.ServiceResponse": [
    {
      "number": 1,
      "name": "name",
      "type": "string"
    }
  ],
  "grpc.reflection.v1.ErrorResponse": [
    {
      "number": 1,
      "name": "error_code",
      "type": "int32"
    },
    {
      "number": 2,
      "name": "error_message",
      "type": "string"
    }
  ],
  "grpc.reflection.v1alpha.ServerReflectionRequest": [
    {
      "number": 1,
      "name": "host",
      "type": "string"
    },
    {
      "number": 3,
      "name": "file_by_filename",
      "type": "string",
      "oneof": "message_request"
    },
    {
      "number": 4,
      "name": "file_containing_symbol",
      "type": "string",
      "oneof": "message_request"
    },
    {
      "number": 5,
      "name": "file_containing_extension",
      "type": "message",
      "typeName": "grpc.reflection.v1alpha.ExtensionRequest",
      "oneof": "message_request"
    },
    {
      "number": 6,
      "name": "all_extension_numbers_of_type",
      "type": "string",
      "oneof": "message_request"
    },
    {
      "number": 7,
      "name": "list_services",
      "type": "string",
      "oneof": "message_request"
    }
  ],
  "grpc.reflection.v1alpha.ExtensionRequest": [
    {
      "number": 1,
      "name": "containing_type",
      "type": "string"
    },
    {
      "number": 2,
      "name": "extension_number",
      "type": "int32"
    }
  ],
  "grpc.reflection.v1alpha.ServerReflectionResponse": [
    {
      "number": 1,
      "name": "valid_host",
      "type": "string"
    },
    {
      "number": 2,
      "name": "original_request",
      "type": "message",
      "typeName": "grpc.reflection.v1alpha.ServerReflectionRequest"
    },
    {
      "number": 4,
      "name": "file_descriptor_response",
      "type": "message",
      "typeName": "grpc.reflection.v1alpha.FileDescriptorResponse",
      "oneof": "message_response"
    },
    {
      "number": 5,
      "name": "all_extension_numbers_response",
      "type": "message",
      "typeName": "grpc.reflection.v1alpha.ExtensionNumberResponse",
      "oneof": "message_response"
    },
    {
      "number": 6,
      "name": "list_services_response",
      "type": "message",
      "typeName": "grpc.reflection.v1alpha.ListServiceResponse",
      "oneof": "message_response"
    },
    {
      "number": 7,
      "name": "error_response",
      "type": "message",
      "typeName": "grpc.reflection.v1alpha.ErrorResponse",
      "oneof": "message_response"
    }
  ],
  "grpc.reflection.v1alpha.FileDescriptorResponse": [
    {
      "number": 1,
      "name": "file_descriptor_proto",
      "type": "bytes",
      "repeated": true
    }
  ],
  "grpc.reflection.v1alpha.ExtensionNumberResponse": [
    {
      "number": 1,
      "name": "base_type_name",
      "type": "string"
    },
    {
      "number": 2,
      "name": "extension_number",
      "type": "int32",
      "repeated": true
    }
  ],
  "grpc.reflection.v1alpha.ListServiceResponse": [
    {
      "number": 1,
      "name": "service",
      "type": "message",
      "typeName": "grpc.reflection.v1alpha.ServiceResponse",
      "repeated": true
    }
  ],
  "grpc.reflection.v1alpha.ServiceResponse": [
    {
      "number": 1,
      "name": "name",
      "type": "string"
    }
  ],
  "grpc.reflection.v1alpha.ErrorResponse": [
    {
      "number": 1,
      "name": "error_code",
      "type": "int32"
    },
    {
      "number": 2,
      "name": "error_message",
      "type": "string"
    }
  ],
  "varve.v1.CreateTopicRequest": [
    {
      "number": 1,
      "name": "name",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partitions",
      "type": "int32",
      "oneof": "_partitions"
    },
    {
      "number": 3,
      "name": "settings",
      "type": "message",
      "typeName": "varve.v1.CreateTopicRequest.SettingsEntry",
      "repeated": true
    },
    {
      "number": 4,
      "name": "validate_only",
      "type": "bool"
    }
  ],
  "varve.v1.CreateTopicRequest.SettingsEntry": [
    {
      "number": 1,
      "name": "key",
      "type": "string"
    },
    {
      "number": 2,
      "name": "value",
      "type": "string"
    }
  ],
  "varve.v1.CreateTopicResponse": [
    {
      "number": 1,
      "name": "topic",
      "type": "message",
      "typeName": "varve.v1.Topic"
    }
  ],
  "varve.v1.DeleteTopicRequest": [
    {
      "number": 1,
      "name": "name",
      "type": "string"
    }
  ],
  "varve.v1.DeleteTopicResponse": [],
  "varve.v1.DescribeTopicRequest": [
    {
      "number": 1,
      "name": "name",
      "type": "string"
    }
  ],
  "varve.v1.DescribeTopicResponse": [
    {
      "number": 1,
      "name": "topic",
      "type": "message",
      "typeName": "varve.v1.Topic"
    }
  ],
  "varve.v1.ListTopicsRequest": [
    {
      "number": 1,
      "name": "page_size",
      "type": "int32"
    },
    {
      "number": 2,
      "name": "page_token",
      "type": "string"
    }
  ],
  "varve.v1.ListTopicsResponse": [
    {
      "number": 1,
      "name": "topics",
      "type": "message",
      "typeName": "varve.v1.TopicSummary",
      "repeated": true
    },
    {
      "number": 2,
      "name": "next_page_token",
      "type": "string"
    }
  ],
  "varve.v1.UpdateTopicSettingsRequest": [
    {
      "number": 1,
      "name": "name",
      "type": "string"
    },
    {
      "number": 2,
      "name": "set",
      "type": "message",
      "typeName": "varve.v1.UpdateTopicSettingsRequest.SetEntry",
      "repeated": true
    },
    {
      "number": 3,
      "name": "reset",
      "type": "string",
      "repeated": true
    },
    {
      "number": 4,
      "name": "validate_only",
      "type": "bool"
    }
  ],
  "varve.v1.UpdateTopicSettingsRequest.SetEntry": [
    {
      "number": 1,
      "name": "key",
      "type": "string"
    },
    {
      "number": 2,
      "name": "value",
      "type": "string"
    }
  ],
  "varve.v1.UpdateTopicSettingsResponse": [
    {
      "number": 1,
      "name": "topic",
      "type": "message",
      "typeName": "varve.v1.Topic"
    }
  ],
  "varve.v1.AddPartitionsRequest": [
    {
      "number": 1,
      "name": "name",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partitions",
      "type": "int32"
    }
  ],
  "varve.v1.AddPartitionsResponse": [
    {
      "number": 1,
      "name": "topic",
      "type": "message",
      "typeName": "varve.v1.Topic"
    }
  ],
  "varve.v1.DeleteRecordsRequest": [
    {
      "number": 1,
      "name": "entries",
      "type": "message",
      "typeName": "varve.v1.DeleteRecordsEntry",
      "repeated": true
    }
  ],
  "varve.v1.DeleteRecordsEntry": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "before_offset",
      "type": "int64"
    }
  ],
  "varve.v1.DeleteRecordsResponse": [
    {
      "number": 1,
      "name": "results",
      "type": "message",
      "typeName": "varve.v1.DeleteRecordsResult",
      "repeated": true
    }
  ],
  "varve.v1.DeleteRecordsResult": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "start_offset",
      "type": "int64"
    },
    {
      "number": 4,
      "name": "error",
      "type": "message",
      "typeName": "google.rpc.Status"
    }
  ],
  "varve.v1.DescribeClusterRequest": [],
  "varve.v1.DescribeClusterResponse": [
    {
      "number": 1,
      "name": "cluster_id",
      "type": "string"
    },
    {
      "number": 2,
      "name": "version",
      "type": "string"
    },
    {
      "number": 3,
      "name": "epoch",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "storage",
      "type": "string"
    },
    {
      "number": 5,
      "name": "features",
      "type": "string",
      "repeated": true
    },
    {
      "number": 6,
      "name": "limits",
      "type": "message",
      "typeName": "varve.v1.DescribeClusterResponse.LimitsEntry",
      "repeated": true
    },
    {
      "number": 7,
      "name": "topic_count",
      "type": "int32"
    },
    {
      "number": 8,
      "name": "partition_count",
      "type": "int32"
    },
    {
      "number": 9,
      "name": "durability_max",
      "type": "string"
    }
  ],
  "varve.v1.DescribeClusterResponse.LimitsEntry": [
    {
      "number": 1,
      "name": "key",
      "type": "string"
    },
    {
      "number": 2,
      "name": "value",
      "type": "int64"
    }
  ],
  "varve.v1.DescribeStorageRequest": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "page_size",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "page_token",
      "type": "string"
    }
  ],
  "varve.v1.DescribeStorageResponse": [
    {
      "number": 1,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.PartitionStorage",
      "repeated": true
    },
    {
      "number": 2,
      "name": "next_page_token",
      "type": "string"
    }
  ],
  "varve.v1.VerifyRequest": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    }
  ],
  "varve.v1.VerifyResponse": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "batches",
      "type": "int64"
    },
    {
      "number": 4,
      "name": "records",
      "type": "int64"
    },
    {
      "number": 5,
      "name": "bytes",
      "type": "int64"
    },
    {
      "number": 6,
      "name": "done",
      "type": "bool"
    },
    {
      "number": 7,
      "name": "damaged",
      "type": "message",
      "typeName": "varve.v1.DamagedRange",
      "repeated": true
    }
  ],
  "varve.v1.Topic": [
    {
      "number": 1,
      "name": "name",
      "type": "string"
    },
    {
      "number": 2,
      "name": "id",
      "type": "string"
    },
    {
      "number": 3,
      "name": "created_ms",
      "type": "int64"
    },
    {
      "number": 4,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.Partition",
      "repeated": true
    },
    {
      "number": 5,
      "name": "settings",
      "type": "message",
      "typeName": "varve.v1.TopicSetting",
      "repeated": true
    },
    {
      "number": 6,
      "name": "degraded",
      "type": "string"
    }
  ],
  "varve.v1.TopicSummary": [
    {
      "number": 1,
      "name": "name",
      "type": "string"
    },
    {
      "number": 2,
      "name": "id",
      "type": "string"
    },
    {
      "number": 3,
      "name": "partitions",
      "type": "int32"
    }
  ],
  "varve.v1.Partition": [
    {
      "number": 1,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 2,
      "name": "start_offset",
      "type": "int64"
    },
    {
      "number": 3,
      "name": "readable_end_offset",
      "type": "int64"
    },
    {
      "number": 4,
      "name": "end_offset",
      "type": "int64"
    },
    {
      "number": 5,
      "name": "leader_epoch",
      "type": "int32"
    },
    {
      "number": 6,
      "name": "bytes",
      "type": "int64"
    },
    {
      "number": 7,
      "name": "condition",
      "type": "enum",
      "typeName": "varve.v1.PartitionCondition"
    },
    {
      "number": 8,
      "name": "reason",
      "type": "string"
    }
  ],
  "varve.v1.TopicSetting": [
    {
      "number": 1,
      "name": "name",
      "type": "string"
    },
    {
      "number": 2,
      "name": "value",
      "type": "string"
    },
    {
      "number": 3,
      "name": "is_default",
      "type": "bool"
    }
  ],
  "varve.v1.PartitionStorage": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "condition",
      "type": "enum",
      "typeName": "varve.v1.PartitionCondition"
    },
    {
      "number": 4,
      "name": "reason",
      "type": "string"
    },
    {
      "number": 5,
      "name": "bytes",
      "type": "int64"
    },
    {
      "number": 6,
      "name": "outcome",
      "type": "string"
    },
    {
      "number": 7,
      "name": "segments_scanned",
      "type": "int32"
    },
    {
      "number": 8,
      "name": "bytes_scanned",
      "type": "int64"
    },
    {
      "number": 9,
      "name": "torn_bytes",
      "type": "int64"
    },
    {
      "number": 10,
      "name": "indexes_rebuilt",
      "type": "int32"
    },
    {
      "number": 11,
      "name": "duration_ms",
      "type": "double"
    },
    {
      "number": 12,
      "name": "damaged",
      "type": "message",
      "typeName": "varve.v1.DamagedRange",
      "repeated": true
    },
    {
      "number": 13,
      "name": "anomalies",
      "type": "string",
      "repeated": true
    }
  ],
  "varve.v1.DamagedRange": [
    {
      "number": 1,
      "name": "first_bad_offset",
      "type": "int64"
    },
    {
      "number": 2,
      "name": "next_good_offset",
      "type": "int64",
      "oneof": "_next_good_offset"
    }
  ],
  "varve.v1.Record": [
    {
      "number": 1,
      "name": "key",
      "type": "bytes",
      "oneof": "_key"
    },
    {
      "number": 2,
      "name": "value",
      "type": "bytes",
      "oneof": "_value"
    },
    {
      "number": 3,
      "name": "headers",
      "type": "message",
      "typeName": "varve.v1.Header",
      "repeated": true
    },
    {
      "number": 4,
      "name": "timestamp_ms",
      "type": "int64"
    },
    {
      "number": 5,
      "name": "offset",
      "type": "int64"
    }
  ],
  "varve.v1.Header": [
    {
      "number": 1,
      "name": "key",
      "type": "string"
    },
    {
      "number": 2,
      "name": "value",
      "type": "bytes",
      "oneof": "_value"
    }
  ],
  "varve.v1.RecordSet": [
    {
      "number": 1,
      "name": "batches",
      "type": "bytes",
      "oneof": "form"
    },
    {
      "number": 2,
      "name": "records",
      "type": "message",
      "typeName": "varve.v1.RecordList",
      "oneof": "form"
    }
  ],
  "varve.v1.RecordList": [
    {
      "number": 1,
      "name": "records",
      "type": "message",
      "typeName": "varve.v1.Record",
      "repeated": true
    }
  ],
  "varve.v1.ProduceRequest": [
    {
      "number": 1,
      "name": "entries",
      "type": "message",
      "typeName": "varve.v1.ProduceEntry",
      "repeated": true
    },
    {
      "number": 2,
      "name": "durability",
      "type": "enum",
      "typeName": "varve.v1.Durability"
    }
  ],
  "varve.v1.ProduceEntry": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "records",
      "type": "message",
      "typeName": "varve.v1.RecordSet"
    },
    {
      "number": 4,
      "name": "expected_offset",
      "type": "int64",
      "oneof": "_expected_offset"
    }
  ],
  "varve.v1.ProduceResponse": [
    {
      "number": 1,
      "name": "results",
      "type": "message",
      "typeName": "varve.v1.ProduceResult",
      "repeated": true
    }
  ],
  "varve.v1.ProduceResult": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "base_offset",
      "type": "int64"
    },
    {
      "number": 4,
      "name": "record_count",
      "type": "int32"
    },
    {
      "number": 5,
      "name": "durability",
      "type": "enum",
      "typeName": "varve.v1.Durability"
    },
    {
      "number": 6,
      "name": "error",
      "type": "message",
      "typeName": "google.rpc.Status"
    },
    {
      "number": 7,
      "name": "parts",
      "type": "message",
      "typeName": "varve.v1.ProducePart",
      "repeated": true
    },
    {
      "number": 8,
      "name": "duplicate",
      "type": "bool"
    },
    {
      "number": 9,
      "name": "log_append_time_ms",
      "type": "int64"
    },
    {
      "number": 10,
      "name": "start_offset",
      "type": "int64"
    }
  ],
  "varve.v1.ProducePart": [
    {
      "number": 1,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 2,
      "name": "base_offset",
      "type": "int64"
    },
    {
      "number": 3,
      "name": "records",
      "type": "int32",
      "repeated": true
    },
    {
      "number": 4,
      "name": "durability",
      "type": "enum",
      "typeName": "varve.v1.Durability"
    },
    {
      "number": 5,
      "name": "error",
      "type": "message",
      "typeName": "google.rpc.Status"
    }
  ],
  "varve.v1.ProduceStreamRequest": [
    {
      "number": 1,
      "name": "init",
      "type": "message",
      "typeName": "varve.v1.ProduceStreamInit",
      "oneof": "message"
    },
    {
      "number": 2,
      "name": "batch",
      "type": "message",
      "typeName": "varve.v1.ProduceStreamBatch",
      "oneof": "message"
    }
  ],
  "varve.v1.ProduceStreamInit": [
    {
      "number": 1,
      "name": "durability",
      "type": "enum",
      "typeName": "varve.v1.Durability"
    }
  ],
  "varve.v1.ProduceStreamBatch": [
    {
      "number": 1,
      "name": "correlation_id",
      "type": "int64"
    },
    {
      "number": 2,
      "name": "entries",
      "type": "message",
      "typeName": "varve.v1.ProduceEntry",
      "repeated": true
    }
  ],
  "varve.v1.ProduceStreamResponse": [
    {
      "number": 1,
      "name": "ready",
      "type": "message",
      "typeName": "varve.v1.ProduceStreamReady",
      "oneof": "message"
    },
    {
      "number": 2,
      "name": "ack",
      "type": "message",
      "typeName": "varve.v1.ProduceStreamAck",
      "oneof": "message"
    }
  ],
  "varve.v1.ProduceStreamReady": [
    {
      "number": 1,
      "name": "in_flight_max",
      "type": "int32"
    }
  ],
  "varve.v1.ProduceStreamAck": [
    {
      "number": 1,
      "name": "correlation_id",
      "type": "int64"
    },
    {
      "number": 2,
      "name": "results",
      "type": "message",
      "typeName": "varve.v1.ProduceResult",
      "repeated": true
    }
  ],
  "varve.v1.FetchRequest": [
    {
      "number": 1,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.FetchPartition",
      "repeated": true
    },
    {
      "number": 2,
      "name": "max_wait_ms",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "min_bytes",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "max_bytes",
      "type": "int32"
    },
    {
      "number": 5,
      "name": "form",
      "type": "enum",
      "typeName": "varve.v1.RecordForm"
    }
  ],
  "varve.v1.FetchPartition": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "offset",
      "type": "int64"
    },
    {
      "number": 4,
      "name": "max_bytes",
      "type": "int32"
    },
    {
      "number": 5,
      "name": "leader_epoch",
      "type": "int32",
      "oneof": "_leader_epoch"
    }
  ],
  "varve.v1.FetchResponse": [
    {
      "number": 1,
      "name": "results",
      "type": "message",
      "typeName": "varve.v1.FetchResult",
      "repeated": true
    }
  ],
  "varve.v1.FetchResult": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "records",
      "type": "message",
      "typeName": "varve.v1.RecordSet"
    },
    {
      "number": 4,
      "name": "start_offset",
      "type": "int64"
    },
    {
      "number": 5,
      "name": "readable_end_offset",
      "type": "int64"
    },
    {
      "number": 6,
      "name": "next_offset",
      "type": "int64"
    },
    {
      "number": 7,
      "name": "error",
      "type": "message",
      "typeName": "google.rpc.Status"
    }
  ],
  "varve.v1.SubscribeRequest": [
    {
      "number": 1,
      "name": "init",
      "type": "message",
      "typeName": "varve.v1.SubscribeInit",
      "oneof": "message"
    },
    {
      "number": 2,
      "name": "credit",
      "type": "message",
      "typeName": "varve.v1.SubscribeCredit",
      "oneof": "message"
    },
    {
      "number": 3,
      "name": "add",
      "type": "message",
      "typeName": "varve.v1.SubscribeAdd",
      "oneof": "message"
    },
    {
      "number": 4,
      "name": "seek",
      "type": "message",
      "typeName": "varve.v1.SubscribeSeek",
      "oneof": "message"
    },
    {
      "number": 5,
      "name": "pause",
      "type": "message",
      "typeName": "varve.v1.SubscribePause",
      "oneof": "message"
    },
    {
      "number": 6,
      "name": "resume",
      "type": "message",
      "typeName": "varve.v1.SubscribeResume",
      "oneof": "message"
    },
    {
      "number": 7,
      "name": "remove",
      "type": "message",
      "typeName": "varve.v1.SubscribeRemove",
      "oneof": "message"
    }
  ],
  "varve.v1.SubscribeInit": [
    {
      "number": 1,
      "name": "form",
      "type": "enum",
      "typeName": "varve.v1.RecordForm"
    },
    {
      "number": 2,
      "name": "credit_bytes",
      "type": "int64"
    },
    {
      "number": 3,
      "name": "credit_records",
      "type": "int64",
      "oneof": "_credit_records"
    },
    {
      "number": 4,
      "name": "max_bytes",
      "type": "int32"
    },
    {
      "number": 5,
      "name": "heartbeat_interval_ms",
      "type": "int32"
    }
  ],
  "varve.v1.SubscribeCredit": [
    {
      "number": 1,
      "name": "bytes",
      "type": "int64"
    },
    {
      "number": 2,
      "name": "records",
      "type": "int64"
    }
  ],
  "varve.v1.SubscribePartition": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    }
  ],
  "varve.v1.SubscribeAdd": [
    {
      "number": 1,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.SubscribeAddPartition",
      "repeated": true
    }
  ],
  "varve.v1.SubscribeAddPartition": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "seek_epoch",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "offset",
      "type": "int64",
      "oneof": "start"
    },
    {
      "number": 5,
      "name": "timestamp_ms",
      "type": "int64",
      "oneof": "start"
    },
    {
      "number": 6,
      "name": "position",
      "type": "enum",
      "typeName": "varve.v1.OffsetPosition",
      "oneof": "start"
    },
    {
      "number": 7,
      "name": "stop_offset",
      "type": "int64",
      "oneof": "stop"
    },
    {
      "number": 8,
      "name": "stop_timestamp_ms",
      "type": "int64",
      "oneof": "stop"
    },
    {
      "number": 9,
      "name": "stop_at_end",
      "type": "bool",
      "oneof": "stop"
    },
    {
      "number": 10,
      "name": "leader_epoch",
      "type": "int32",
      "oneof": "_leader_epoch"
    },
    {
      "number": 11,
      "name": "paused",
      "type": "bool"
    }
  ],
  "varve.v1.SubscribeSeek": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "seek_epoch",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "offset",
      "type": "int64",
      "oneof": "to"
    },
    {
      "number": 5,
      "name": "timestamp_ms",
      "type": "int64",
      "oneof": "to"
    },
    {
      "number": 6,
      "name": "position",
      "type": "enum",
      "typeName": "varve.v1.OffsetPosition",
      "oneof": "to"
    },
    {
      "number": 7,
      "name": "leader_epoch",
      "type": "int32",
      "oneof": "_leader_epoch"
    }
  ],
  "varve.v1.SubscribePause": [
    {
      "number": 1,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.SubscribePartition",
      "repeated": true
    }
  ],
  "varve.v1.SubscribeResume": [
    {
      "number": 1,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.SubscribePartition",
      "repeated": true
    }
  ],
  "varve.v1.SubscribeRemove": [
    {
      "number": 1,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.SubscribePartition",
      "repeated": true
    }
  ],
  "varve.v1.SubscribeResponse": [
    {
      "number": 1,
      "name": "ready",
      "type": "message",
      "typeName": "varve.v1.SubscribeReady",
      "oneof": "message"
    },
    {
      "number": 2,
      "name": "batch",
      "type": "message",
      "typeName": "varve.v1.SubscribeBatch",
      "oneof": "message"
    },
    {
      "number": 3,
      "name": "position",
      "type": "message",
      "typeName": "varve.v1.SubscribePosition",
      "oneof": "message"
    },
    {
      "number": 4,
      "name": "caught_up",
      "type": "message",
      "typeName": "varve.v1.SubscribeCaughtUp",
      "oneof": "message"
    },
    {
      "number": 5,
      "name": "fell_behind",
      "type": "message",
      "typeName": "varve.v1.SubscribeFellBehind",
      "oneof": "message"
    },
    {
      "number": 6,
      "name": "reached_end",
      "type": "message",
      "typeName": "varve.v1.SubscribeReachedEnd",
      "oneof": "message"
    },
    {
      "number": 7,
      "name": "heartbeat",
      "type": "message",
      "typeName": "varve.v1.SubscribeHeartbeat",
      "oneof": "message"
    },
    {
      "number": 8,
      "name": "partition_error",
      "type": "message",
      "typeName": "varve.v1.SubscribePartitionError",
      "oneof": "message"
    }
  ],
  "varve.v1.SubscribeReady": [
    {
      "number": 1,
      "name": "max_bytes",
      "type": "int32"
    },
    {
      "number": 2,
      "name": "heartbeat_interval_ms",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "partitions_max",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "unread_max_ms",
      "type": "int32"
    }
  ],
  "varve.v1.SubscribeBatch": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "seek_epoch",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "records",
      "type": "message",
      "typeName": "varve.v1.RecordSet"
    },
    {
      "number": 5,
      "name": "start_offset",
      "type": "int64"
    },
    {
      "number": 6,
      "name": "readable_end_offset",
      "type": "int64"
    },
    {
      "number": 7,
      "name": "next_offset",
      "type": "int64"
    },
    {
      "number": 8,
      "name": "leader_epoch",
      "type": "int32"
    },
    {
      "number": 9,
      "name": "credit_bytes",
      "type": "int32"
    },
    {
      "number": 10,
      "name": "credit_records",
      "type": "int32"
    }
  ],
  "varve.v1.SubscribePosition": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "seek_epoch",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "offset",
      "type": "int64"
    },
    {
      "number": 5,
      "name": "stop_offset",
      "type": "int64",
      "oneof": "_stop_offset"
    },
    {
      "number": 6,
      "name": "start_offset",
      "type": "int64"
    },
    {
      "number": 7,
      "name": "readable_end_offset",
      "type": "int64"
    },
    {
      "number": 8,
      "name": "leader_epoch",
      "type": "int32"
    }
  ],
  "varve.v1.SubscribeCaughtUp": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "seek_epoch",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "offset",
      "type": "int64"
    }
  ],
  "varve.v1.SubscribeFellBehind": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "seek_epoch",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "offset",
      "type": "int64"
    },
    {
      "number": 5,
      "name": "readable_end_offset",
      "type": "int64"
    },
    {
      "number": 6,
      "name": "reason",
      "type": "enum",
      "typeName": "varve.v1.FellBehindReason"
    }
  ],
  "varve.v1.SubscribeReachedEnd": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "seek_epoch",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "offset",
      "type": "int64"
    }
  ],
  "varve.v1.SubscribeHeartbeat": [],
  "varve.v1.SubscribePartitionError": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "seek_epoch",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "error",
      "type": "message",
      "typeName": "google.rpc.Status"
    },
    {
      "number": 5,
      "name": "start_offset",
      "type": "int64"
    },
    {
      "number": 6,
      "name": "readable_end_offset",
      "type": "int64"
    }
  ],
  "varve.v1.ListOffsetsRequest": [
    {
      "number": 1,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.ListOffsetsPartition",
      "repeated": true
    }
  ],
  "varve.v1.ListOffsetsPartition": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "position",
      "type": "enum",
      "typeName": "varve.v1.OffsetPosition",
      "oneof": "at"
    },
    {
      "number": 4,
      "name": "timestamp_ms",
      "type": "int64",
      "oneof": "at"
    }
  ],
  "varve.v1.ListOffsetsResponse": [
    {
      "number": 1,
      "name": "results",
      "type": "message",
      "typeName": "varve.v1.ListOffsetsResult",
      "repeated": true
    }
  ],
  "varve.v1.ListOffsetsResult": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "offset",
      "type": "int64"
    },
    {
      "number": 4,
      "name": "timestamp_ms",
      "type": "int64"
    },
    {
      "number": 5,
      "name": "leader_epoch",
      "type": "int32"
    },
    {
      "number": 6,
      "name": "start_offset",
      "type": "int64"
    },
    {
      "number": 7,
      "name": "readable_end_offset",
      "type": "int64"
    },
    {
      "number": 8,
      "name": "error",
      "type": "message",
      "typeName": "google.rpc.Status"
    }
  ],
  "varve.v1.InitProducerIdRequest": [
    {
      "number": 1,
      "name": "producer_id",
      "type": "int64",
      "oneof": "_producer_id"
    },
    {
      "number": 2,
      "name": "producer_epoch",
      "type": "int32",
      "oneof": "_producer_epoch"
    }
  ],
  "varve.v1.InitProducerIdResponse": [
    {
      "number": 1,
      "name": "producer_id",
      "type": "int64"
    },
    {
      "number": 2,
      "name": "producer_epoch",
      "type": "int32"
    }
  ],
  "varve.v1.GroupPartition": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "topic_id",
      "type": "string"
    }
  ],
  "varve.v1.SessionRequest": [
    {
      "number": 1,
      "name": "join",
      "type": "message",
      "typeName": "varve.v1.SessionJoin",
      "oneof": "message"
    },
    {
      "number": 2,
      "name": "resume",
      "type": "message",
      "typeName": "varve.v1.SessionResume",
      "oneof": "message"
    },
    {
      "number": 3,
      "name": "heartbeat",
      "type": "message",
      "typeName": "varve.v1.SessionHeartbeat",
      "oneof": "message"
    },
    {
      "number": 4,
      "name": "leave",
      "type": "message",
      "typeName": "varve.v1.SessionLeave",
      "oneof": "message"
    }
  ],
  "varve.v1.SessionJoin": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "member_id",
      "type": "string"
    },
    {
      "number": 3,
      "name": "instance_id",
      "type": "string",
      "oneof": "_instance_id"
    },
    {
      "number": 4,
      "name": "client_id",
      "type": "string"
    },
    {
      "number": 5,
      "name": "topics",
      "type": "string",
      "repeated": true
    },
    {
      "number": 6,
      "name": "assignor",
      "type": "string"
    },
    {
      "number": 7,
      "name": "weight",
      "type": "int32"
    },
    {
      "number": 8,
      "name": "session_timeout_ms",
      "type": "int32"
    },
    {
      "number": 9,
      "name": "rebalance_timeout_ms",
      "type": "int32"
    }
  ],
  "varve.v1.SessionResume": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "member_id",
      "type": "string"
    },
    {
      "number": 3,
      "name": "instance_id",
      "type": "string",
      "oneof": "_instance_id"
    },
    {
      "number": 4,
      "name": "heartbeat",
      "type": "message",
      "typeName": "varve.v1.SessionHeartbeat"
    }
  ],
  "varve.v1.SessionHeartbeat": [
    {
      "number": 1,
      "name": "member_epoch",
      "type": "int32"
    },
    {
      "number": 2,
      "name": "owned",
      "type": "message",
      "typeName": "varve.v1.OwnedPartitions",
      "oneof": "_owned"
    },
    {
      "number": 3,
      "name": "wishes",
      "type": "message",
      "typeName": "varve.v1.SessionWishes",
      "oneof": "_wishes"
    },
    {
      "number": 4,
      "name": "progress",
      "type": "message",
      "typeName": "varve.v1.PartitionProgress",
      "repeated": true
    }
  ],
  "varve.v1.OwnedPartitions": [
    {
      "number": 1,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.GroupPartition",
      "repeated": true
    }
  ],
  "varve.v1.SessionWishes": [
    {
      "number": 1,
      "name": "topics",
      "type": "string",
      "repeated": true
    },
    {
      "number": 2,
      "name": "assignor",
      "type": "string"
    },
    {
      "number": 3,
      "name": "weight",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "rebalance_timeout_ms",
      "type": "int32"
    }
  ],
  "varve.v1.PartitionProgress": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "state",
      "type": "enum",
      "typeName": "varve.v1.ProgressState"
    },
    {
      "number": 4,
      "name": "state_age_ms",
      "type": "int64"
    },
    {
      "number": 5,
      "name": "position",
      "type": "int64"
    },
    {
      "number": 6,
      "name": "text",
      "type": "string"
    }
  ],
  "varve.v1.SessionLeave": [
    {
      "number": 1,
      "name": "is_coming_back",
      "type": "bool"
    }
  ],
  "varve.v1.SessionResponse": [
    {
      "number": 1,
      "name": "joined",
      "type": "message",
      "typeName": "varve.v1.SessionJoined",
      "oneof": "message"
    },
    {
      "number": 2,
      "name": "heartbeat",
      "type": "message",
      "typeName": "varve.v1.SessionHeartbeatAnswer",
      "oneof": "message"
    },
    {
      "number": 3,
      "name": "call",
      "type": "message",
      "typeName": "varve.v1.SessionCall",
      "oneof": "message"
    }
  ],
  "varve.v1.SessionJoined": [
    {
      "number": 1,
      "name": "member_id",
      "type": "string"
    },
    {
      "number": 2,
      "name": "member_epoch",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "heartbeat_interval_ms",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "session_timeout_ms",
      "type": "int32"
    },
    {
      "number": 5,
      "name": "rebalance_timeout_ms",
      "type": "int32"
    },
    {
      "number": 6,
      "name": "assigned",
      "type": "message",
      "typeName": "varve.v1.AssignedPartitions"
    }
  ],
  "varve.v1.SessionHeartbeatAnswer": [
    {
      "number": 1,
      "name": "member_epoch",
      "type": "int32"
    },
    {
      "number": 2,
      "name": "heartbeat_interval_ms",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "assigned",
      "type": "message",
      "typeName": "varve.v1.AssignedPartitions",
      "oneof": "_assigned"
    }
  ],
  "varve.v1.AssignedPartitions": [
    {
      "number": 1,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.AssignedPartition",
      "repeated": true
    }
  ],
  "varve.v1.AssignedPartition": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "topic_id",
      "type": "string"
    },
    {
      "number": 4,
      "name": "committed_offset",
      "type": "int64",
      "oneof": "_committed_offset"
    },
    {
      "number": 5,
      "name": "leader_epoch",
      "type": "int32"
    },
    {
      "number": 6,
      "name": "metadata",
      "type": "string"
    },
    {
      "number": 7,
      "name": "is_metadata_left_out",
      "type": "bool"
    }
  ],
  "varve.v1.SessionCall": [],
  "varve.v1.CommitOffsetsRequest": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "member_id",
      "type": "string",
      "oneof": "_member_id"
    },
    {
      "number": 3,
      "name": "instance_id",
      "type": "string",
      "oneof": "_instance_id"
    },
    {
      "number": 4,
      "name": "member_epoch",
      "type": "int32",
      "oneof": "_member_epoch"
    },
    {
      "number": 5,
      "name": "entries",
      "type": "message",
      "typeName": "varve.v1.CommitOffsetsEntry",
      "repeated": true
    },
    {
      "number": 6,
      "name": "allow_rewind",
      "type": "bool"
    }
  ],
  "varve.v1.CommitOffsetsEntry": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "topic_id",
      "type": "string"
    },
    {
      "number": 4,
      "name": "offset",
      "type": "int64"
    },
    {
      "number": 5,
      "name": "leader_epoch",
      "type": "int32",
      "oneof": "_leader_epoch"
    },
    {
      "number": 6,
      "name": "metadata",
      "type": "string"
    }
  ],
  "varve.v1.CommitOffsetsResponse": [
    {
      "number": 1,
      "name": "results",
      "type": "message",
      "typeName": "varve.v1.CommitOffsetsResult",
      "repeated": true
    }
  ],
  "varve.v1.CommitOffsetsResult": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "error",
      "type": "message",
      "typeName": "google.rpc.Status"
    }
  ],
  "varve.v1.FetchOffsetsRequest": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.GroupPartition",
      "repeated": true
    },
    {
      "number": 3,
      "name": "as_of_ms",
      "type": "int64",
      "oneof": "_as_of_ms"
    }
  ],
  "varve.v1.FetchOffsetsResponse": [
    {
      "number": 1,
      "name": "offsets",
      "type": "message",
      "typeName": "varve.v1.CommittedOffset",
      "repeated": true
    }
  ],
  "varve.v1.CommittedOffset": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "topic_id",
      "type": "string"
    },
    {
      "number": 4,
      "name": "offset",
      "type": "int64",
      "oneof": "_offset"
    },
    {
      "number": 5,
      "name": "leader_epoch",
      "type": "int32"
    },
    {
      "number": 6,
      "name": "metadata",
      "type": "string"
    },
    {
      "number": 7,
      "name": "commit_time_ms",
      "type": "int64"
    },
    {
      "number": 8,
      "name": "member_id",
      "type": "string"
    },
    {
      "number": 9,
      "name": "member_epoch",
      "type": "int32"
    },
    {
      "number": 10,
      "name": "is_metadata_left_out",
      "type": "bool"
    }
  ],
  "varve.v1.ResetOffsetsRequest": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "entries",
      "type": "message",
      "typeName": "varve.v1.ResetOffsetsEntry",
      "repeated": true
    },
    {
      "number": 3,
      "name": "undo",
      "type": "bool"
    },
    {
      "number": 4,
      "name": "dry_run",
      "type": "bool"
    },
    {
      "number": 5,
      "name": "force",
      "type": "bool"
    },
    {
      "number": 6,
      "name": "reason",
      "type": "string"
    }
  ],
  "varve.v1.ResetOffsetsEntry": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32",
      "oneof": "_partition"
    },
    {
      "number": 3,
      "name": "position",
      "type": "enum",
      "typeName": "varve.v1.OffsetPosition",
      "oneof": "to"
    },
    {
      "number": 4,
      "name": "offset",
      "type": "int64",
      "oneof": "to"
    },
    {
      "number": 5,
      "name": "timestamp_ms",
      "type": "int64",
      "oneof": "to"
    },
    {
      "number": 6,
      "name": "shift_by",
      "type": "int64",
      "oneof": "to"
    },
    {
      "number": 7,
      "name": "as_of_ms",
      "type": "int64",
      "oneof": "to"
    }
  ],
  "varve.v1.ResetOffsetsResponse": [
    {
      "number": 1,
      "name": "changes",
      "type": "message",
      "typeName": "varve.v1.OffsetChange",
      "repeated": true
    },
    {
      "number": 2,
      "name": "is_applied",
      "type": "bool"
    },
    {
      "number": 3,
      "name": "reset_epoch",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "members_put_out",
      "type": "string",
      "repeated": true
    }
  ],
  "varve.v1.OffsetChange": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "topic_id",
      "type": "string"
    },
    {
      "number": 4,
      "name": "before",
      "type": "int64",
      "oneof": "_before"
    },
    {
      "number": 5,
      "name": "after",
      "type": "int64",
      "oneof": "_after"
    },
    {
      "number": 6,
      "name": "start_offset",
      "type": "int64"
    },
    {
      "number": 7,
      "name": "readable_end_offset",
      "type": "int64"
    }
  ],
  "varve.v1.ListGroupsRequest": [
    {
      "number": 1,
      "name": "page_size",
      "type": "int32"
    },
    {
      "number": 2,
      "name": "page_token",
      "type": "string"
    }
  ],
  "varve.v1.ListGroupsResponse": [
    {
      "number": 1,
      "name": "groups",
      "type": "message",
      "typeName": "varve.v1.GroupSummary",
      "repeated": true
    },
    {
      "number": 2,
      "name": "next_page_token",
      "type": "string"
    }
  ],
  "varve.v1.GroupSummary": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "condition",
      "type": "enum",
      "typeName": "varve.v1.GroupCondition"
    },
    {
      "number": 3,
      "name": "members",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "committed_partitions",
      "type": "int32"
    },
    {
      "number": 5,
      "name": "epoch",
      "type": "int32"
    },
    {
      "number": 6,
      "name": "created_ms",
      "type": "int64"
    },
    {
      "number": 7,
      "name": "empty_since_ms",
      "type": "int64",
      "oneof": "_empty_since_ms"
    }
  ],
  "varve.v1.DescribeGroupRequest": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "without_lag_time",
      "type": "bool"
    }
  ],
  "varve.v1.DescribeGroupResponse": [
    {
      "number": 1,
      "name": "summary",
      "type": "message",
      "typeName": "varve.v1.GroupSummary"
    },
    {
      "number": 2,
      "name": "assignment_epoch",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "assignor",
      "type": "string"
    },
    {
      "number": 4,
      "name": "reset_epoch",
      "type": "int32"
    },
    {
      "number": 5,
      "name": "members",
      "type": "message",
      "typeName": "varve.v1.GroupMember",
      "repeated": true
    },
    {
      "number": 6,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.GroupPartitionLag",
      "repeated": true
    },
    {
      "number": 7,
      "name": "traffic",
      "type": "message",
      "typeName": "varve.v1.GroupTraffic",
      "repeated": true
    },
    {
      "number": 8,
      "name": "snapshots",
      "type": "message",
      "typeName": "varve.v1.GroupSnapshot",
      "repeated": true
    },
    {
      "number": 9,
      "name": "time_ms",
      "type": "int64"
    }
  ],
  "varve.v1.GroupMember": [
    {
      "number": 1,
      "name": "member_id",
      "type": "string"
    },
    {
      "number": 2,
      "name": "instance_id",
      "type": "string",
      "oneof": "_instance_id"
    },
    {
      "number": 3,
      "name": "client_id",
      "type": "string"
    },
    {
      "number": 4,
      "name": "peer",
      "type": "string"
    },
    {
      "number": 5,
      "name": "epoch",
      "type": "int32"
    },
    {
      "number": 6,
      "name": "state",
      "type": "enum",
      "typeName": "varve.v1.GroupMemberState"
    },
    {
      "number": 7,
      "name": "topics",
      "type": "string",
      "repeated": true
    },
    {
      "number": 8,
      "name": "assignor",
      "type": "string"
    },
    {
      "number": 9,
      "name": "weight",
      "type": "int32"
    },
    {
      "number": 10,
      "name": "session_timeout_ms",
      "type": "int32"
    },
    {
      "number": 11,
      "name": "rebalance_timeout_ms",
      "type": "int32"
    },
    {
      "number": 12,
      "name": "assigned",
      "type": "message",
      "typeName": "varve.v1.GroupPartition",
      "repeated": true
    },
    {
      "number": 13,
      "name": "pending_revocation",
      "type": "message",
      "typeName": "varve.v1.GroupPartition",
      "repeated": true
    },
    {
      "number": 14,
      "name": "heartbeat_age_ms",
      "type": "int64",
      "oneof": "_heartbeat_age_ms"
    },
    {
      "number": 15,
      "name": "session_left_ms",
      "type": "int64"
    },
    {
      "number": 16,
      "name": "progress",
      "type": "message",
      "typeName": "varve.v1.PartitionProgress",
      "repeated": true
    }
  ],
  "varve.v1.GroupPartitionLag": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "topic_id",
      "type": "string"
    },
    {
      "number": 4,
      "name": "member_id",
      "type": "string"
    },
    {
      "number": 5,
      "name": "committed_offset",
      "type": "int64",
      "oneof": "_committed_offset"
    },
    {
      "number": 6,
      "name": "commit_time_ms",
      "type": "int64"
    },
    {
      "number": 7,
      "name": "metadata",
      "type": "string"
    },
    {
      "number": 8,
      "name": "start_offset",
      "type": "int64"
    },
    {
      "number": 9,
      "name": "readable_end_offset",
      "type": "int64"
    },
    {
      "number": 10,
      "name": "lag_records",
      "type": "int64"
    },
    {
      "number": 11,
      "name": "lag_ms",
      "type": "int64",
      "oneof": "_lag_ms"
    },
    {
      "number": 12,
      "name": "oldest_timestamp_ms",
      "type": "int64",
      "oneof": "_oldest_timestamp_ms"
    },
    {
      "number": 13,
      "name": "lag_bytes",
      "type": "int64",
      "oneof": "_lag_bytes"
    },
    {
      "number": 14,
      "name": "error",
      "type": "message",
      "typeName": "google.rpc.Status"
    },
    {
      "number": 15,
      "name": "is_metadata_left_out",
      "type": "bool"
    }
  ],
  "varve.v1.GroupTraffic": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "producer_rate",
      "type": "double"
    },
    {
      "number": 3,
      "name": "consumer_rate",
      "type": "double"
    },
    {
      "number": 4,
      "name": "difference",
      "type": "double"
    },
    {
      "number": 5,
      "name": "backlog_records",
      "type": "int64"
    },
    {
      "number": 6,
      "name": "backlog_bytes",
      "type": "int64",
      "oneof": "_backlog_bytes"
    },
    {
      "number": 7,
      "name": "backlog_ms",
      "type": "int64",
      "oneof": "_backlog_ms"
    },
    {
      "number": 8,
      "name": "drain_ms",
      "type": "int64",
      "oneof": "_drain_ms"
    },
    {
      "number": 9,
      "name": "window_ms",
      "type": "int64"
    }
  ],
  "varve.v1.GroupSnapshot": [
    {
      "number": 1,
      "name": "name",
      "type": "string"
    },
    {
      "number": 2,
      "name": "time_ms",
      "type": "int64"
    },
    {
      "number": 3,
      "name": "as_of_ms",
      "type": "int64"
    },
    {
      "number": 4,
      "name": "partitions",
      "type": "int32"
    }
  ],
  "varve.v1.DeleteGroupRequest": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    }
  ],
  "varve.v1.DeleteGroupResponse": [],
  "varve.v1.ExplainGroupRequest": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    }
  ],
  "varve.v1.ExplainGroupResponse": [
    {
      "number": 1,
      "name": "summary",
      "type": "message",
      "typeName": "varve.v1.GroupSummary"
    },
    {
      "number": 2,
      "name": "is_flowing",
      "type": "bool"
    },
    {
      "number": 3,
      "name": "text",
      "type": "string"
    },
    {
      "number": 4,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.PartitionExplanation",
      "repeated": true
    },
    {
      "number": 5,
      "name": "departed",
      "type": "message",
      "typeName": "varve.v1.DepartedMember",
      "repeated": true
    }
  ],
  "varve.v1.PartitionExplanation": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "reason",
      "type": "enum",
      "typeName": "varve.v1.FlowReason"
    },
    {
      "number": 4,
      "name": "text",
      "type": "string"
    },
    {
      "number": 5,
      "name": "member_id",
      "type": "string"
    },
    {
      "number": 6,
      "name": "waiting_for_member_id",
      "type": "string"
    },
    {
      "number": 7,
      "name": "age_ms",
      "type": "int64",
      "oneof": "_age_ms"
    },
    {
      "number": 8,
      "name": "ends_in_ms",
      "type": "int64",
      "oneof": "_ends_in_ms"
    },
    {
      "number": 9,
      "name": "lag_records",
      "type": "int64"
    }
  ],
  "varve.v1.DepartedMember": [
    {
      "number": 1,
      "name": "member_id",
      "type": "string"
    },
    {
      "number": 2,
      "name": "client_id",
      "type": "string"
    },
    {
      "number": 3,
      "name": "reason",
      "type": "string"
    },
    {
      "number": 4,
      "name": "time_ms",
      "type": "int64"
    },
    {
      "number": 5,
      "name": "refused_ms",
      "type": "int64",
      "oneof": "_refused_ms"
    }
  ],
  "varve.v1.WaitForCommitRequest": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "positions",
      "type": "message",
      "typeName": "varve.v1.WaitForCommitPosition",
      "repeated": true
    },
    {
      "number": 3,
      "name": "max_wait_ms",
      "type": "int32"
    }
  ],
  "varve.v1.WaitForCommitPosition": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "offset",
      "type": "int64"
    }
  ],
  "varve.v1.WaitForCommitResponse": [
    {
      "number": 1,
      "name": "is_reached",
      "type": "bool"
    },
    {
      "number": 2,
      "name": "offsets",
      "type": "message",
      "typeName": "varve.v1.CommittedOffset",
      "repeated": true
    }
  ],
  "varve.v1.ListCommitHistoryRequest": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 3,
      "name": "partition",
      "type": "int32",
      "oneof": "_partition"
    },
    {
      "number": 4,
      "name": "from_ms",
      "type": "int64",
      "oneof": "_from_ms"
    },
    {
      "number": 5,
      "name": "to_ms",
      "type": "int64",
      "oneof": "_to_ms"
    },
    {
      "number": 6,
      "name": "resets_only",
      "type": "bool"
    },
    {
      "number": 7,
      "name": "page_size",
      "type": "int32"
    },
    {
      "number": 8,
      "name": "page_token",
      "type": "string"
    }
  ],
  "varve.v1.ListCommitHistoryResponse": [
    {
      "number": 1,
      "name": "entries",
      "type": "message",
      "typeName": "varve.v1.CommitHistoryEntry",
      "repeated": true
    },
    {
      "number": 2,
      "name": "next_page_token",
      "type": "string"
    },
    {
      "number": 3,
      "name": "known_from_ms",
      "type": "int64"
    }
  ],
  "varve.v1.CommitHistoryEntry": [
    {
      "number": 1,
      "name": "time_ms",
      "type": "int64"
    },
    {
      "number": 2,
      "name": "kind",
      "type": "enum",
      "typeName": "varve.v1.CommitHistoryKind"
    },
    {
      "number": 3,
      "name": "member_id",
      "type": "string"
    },
    {
      "number": 4,
      "name": "member_epoch",
      "type": "int32"
    },
    {
      "number": 5,
      "name": "reason",
      "type": "string"
    },
    {
      "number": 6,
      "name": "reset_epoch",
      "type": "int32"
    },
    {
      "number": 7,
      "name": "changes",
      "type": "message",
      "typeName": "varve.v1.OffsetChange",
      "repeated": true
    }
  ],
  "varve.v1.SnapshotGroupRequest": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "name",
      "type": "string"
    },
    {
      "number": 3,
      "name": "as_of_ms",
      "type": "int64",
      "oneof": "_as_of_ms"
    }
  ],
  "varve.v1.SnapshotGroupResponse": [
    {
      "number": 1,
      "name": "snapshot",
      "type": "message",
      "typeName": "varve.v1.GroupSnapshot"
    },
    {
      "number": 2,
      "name": "offsets",
      "type": "message",
      "typeName": "varve.v1.CommittedOffset",
      "repeated": true
    }
  ],
  "varve.v1.RestoreGroupRequest": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "name",
      "type": "string"
    },
    {
      "number": 3,
      "name": "dry_run",
      "type": "bool"
    },
    {
      "number": 4,
      "name": "force",
      "type": "bool"
    },
    {
      "number": 5,
      "name": "reason",
      "type": "string"
    }
  ],
  "varve.v1.RestoreGroupResponse": [
    {
      "number": 1,
      "name": "changes",
      "type": "message",
      "typeName": "varve.v1.OffsetChange",
      "repeated": true
    },
    {
      "number": 2,
      "name": "is_applied",
      "type": "bool"
    },
    {
      "number": 3,
      "name": "reset_epoch",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "members_put_out",
      "type": "string",
      "repeated": true
    }
  ],
  "varve.v1.DeleteGroupSnapshotRequest": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "name",
      "type": "string"
    }
  ],
  "varve.v1.DeleteGroupSnapshotResponse": [],
  "varve.v1.ForkGroupRequest": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "new_group",
      "type": "string"
    },
    {
      "number": 3,
      "name": "as_of_ms",
      "type": "int64",
      "oneof": "_as_of_ms"
    },
    {
      "number": 4,
      "name": "dry_run",
      "type": "bool"
    }
  ],
  "varve.v1.ForkGroupResponse": [
    {
      "number": 1,
      "name": "offsets",
      "type": "message",
      "typeName": "varve.v1.CommittedOffset",
      "repeated": true
    },
    {
      "number": 2,
      "name": "is_applied",
      "type": "bool"
    }
  ],
  "varve.v1.ReplayRequest": [
    {
      "number": 1,
      "name": "init",
      "type": "message",
      "typeName": "varve.v1.ReplayInit",
      "oneof": "message"
    },
    {
      "number": 2,
      "name": "credit",
      "type": "message",
      "typeName": "varve.v1.ReplayCredit",
      "oneof": "message"
    },
    {
      "number": 3,
      "name": "pause",
      "type": "message",
      "typeName": "varve.v1.ReplayPause",
      "oneof": "message"
    },
    {
      "number": 4,
      "name": "resume",
      "type": "message",
      "typeName": "varve.v1.ReplayResume",
      "oneof": "message"
    },
    {
      "number": 5,
      "name": "step",
      "type": "message",
      "typeName": "varve.v1.ReplayStep",
      "oneof": "message"
    },
    {
      "number": 6,
      "name": "seek",
      "type": "message",
      "typeName": "varve.v1.ReplaySeek",
      "oneof": "message"
    },
    {
      "number": 7,
      "name": "pace",
      "type": "message",
      "typeName": "varve.v1.ReplayPace",
      "oneof": "message"
    }
  ],
  "varve.v1.ReplayInit": [
    {
      "number": 1,
      "name": "session_id",
      "type": "string"
    },
    {
      "number": 2,
      "name": "sources",
      "type": "message",
      "typeName": "varve.v1.ReplaySource",
      "repeated": true
    },
    {
      "number": 3,
      "name": "order",
      "type": "enum",
      "typeName": "varve.v1.ReplayOrder"
    },
    {
      "number": 4,
      "name": "pace",
      "type": "message",
      "typeName": "varve.v1.ReplayPace"
    },
    {
      "number": 5,
      "name": "late_policy",
      "type": "enum",
      "typeName": "varve.v1.ReplayLatePolicy"
    },
    {
      "number": 6,
      "name": "trouble_policy",
      "type": "enum",
      "typeName": "varve.v1.ReplayTroublePolicy"
    },
    {
      "number": 7,
      "name": "filters",
      "type": "message",
      "typeName": "varve.v1.ReplayFilter",
      "repeated": true
    },
    {
      "number": 8,
      "name": "form",
      "type": "enum",
      "typeName": "varve.v1.RecordForm"
    },
    {
      "number": 9,
      "name": "credit_bytes",
      "type": "int64"
    },
    {
      "number": 10,
      "name": "credit_records",
      "type": "int64",
      "oneof": "_credit_records"
    },
    {
      "number": 11,
      "name": "max_bytes",
      "type": "int32"
    },
    {
      "number": 12,
      "name": "progress_interval_ms",
      "type": "int32"
    },
    {
      "number": 13,
      "name": "follow",
      "type": "bool"
    },
    {
      "number": 14,
      "name": "paused",
      "type": "bool"
    },
    {
      "number": 15,
      "name": "playhead_ms",
      "type": "int64",
      "oneof": "_playhead_ms"
    }
  ],
  "varve.v1.ReplaySource": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32",
      "oneof": "_partition"
    },
    {
      "number": 3,
      "name": "start",
      "type": "message",
      "typeName": "varve.v1.ReplayPosition"
    },
    {
      "number": 4,
      "name": "end",
      "type": "message",
      "typeName": "varve.v1.ReplayPosition"
    }
  ],
  "varve.v1.ReplayPosition": [
    {
      "number": 1,
      "name": "offset",
      "type": "int64",
      "oneof": "at"
    },
    {
      "number": 2,
      "name": "timestamp_ms",
      "type": "int64",
      "oneof": "at"
    },
    {
      "number": 3,
      "name": "position",
      "type": "enum",
      "typeName": "varve.v1.OffsetPosition",
      "oneof": "at"
    },
    {
      "number": 4,
      "name": "group",
      "type": "message",
      "typeName": "varve.v1.ReplayGroupPosition",
      "oneof": "at"
    }
  ],
  "varve.v1.ReplayGroupPosition": [
    {
      "number": 1,
      "name": "group",
      "type": "string"
    },
    {
      "number": 2,
      "name": "as_of_ms",
      "type": "int64",
      "oneof": "_as_of_ms"
    }
  ],
  "varve.v1.ReplayPace": [
    {
      "number": 1,
      "name": "speed",
      "type": "double",
      "oneof": "pace"
    },
    {
      "number": 2,
      "name": "records_per_second",
      "type": "double",
      "oneof": "pace"
    },
    {
      "number": 3,
      "name": "bytes_per_second",
      "type": "double",
      "oneof": "pace"
    },
    {
      "number": 4,
      "name": "gap_max_ms",
      "type": "int64",
      "oneof": "_gap_max_ms"
    }
  ],
  "varve.v1.ReplayFilter": [
    {
      "number": 1,
      "name": "key",
      "type": "message",
      "typeName": "varve.v1.ReplayMatch",
      "oneof": "on"
    },
    {
      "number": 2,
      "name": "header",
      "type": "message",
      "typeName": "varve.v1.ReplayHeaderMatch",
      "oneof": "on"
    },
    {
      "number": 3,
      "name": "time",
      "type": "message",
      "typeName": "varve.v1.ReplayTimeMatch",
      "oneof": "on"
    },
    {
      "number": 4,
      "name": "not",
      "type": "bool"
    }
  ],
  "varve.v1.ReplayMatch": [
    {
      "number": 1,
      "name": "any_of",
      "type": "message",
      "typeName": "varve.v1.ReplayMatchSet",
      "oneof": "match"
    },
    {
      "number": 2,
      "name": "prefix",
      "type": "bytes",
      "oneof": "match"
    },
    {
      "number": 3,
      "name": "suffix",
      "type": "bytes",
      "oneof": "match"
    },
    {
      "number": 4,
      "name": "present",
      "type": "bool",
      "oneof": "match"
    }
  ],
  "varve.v1.ReplayMatchSet": [
    {
      "number": 1,
      "name": "values",
      "type": "bytes",
      "repeated": true
    }
  ],
  "varve.v1.ReplayHeaderMatch": [
    {
      "number": 1,
      "name": "name",
      "type": "string"
    },
    {
      "number": 2,
      "name": "value",
      "type": "message",
      "typeName": "varve.v1.ReplayMatch"
    }
  ],
  "varve.v1.ReplayTimeMatch": [
    {
      "number": 1,
      "name": "from_ms",
      "type": "int64",
      "oneof": "_from_ms"
    },
    {
      "number": 2,
      "name": "before_ms",
      "type": "int64",
      "oneof": "_before_ms"
    }
  ],
  "varve.v1.ReplayCredit": [
    {
      "number": 1,
      "name": "bytes",
      "type": "int64"
    },
    {
      "number": 2,
      "name": "records",
      "type": "int64"
    }
  ],
  "varve.v1.ReplayPause": [],
  "varve.v1.ReplayResume": [],
  "varve.v1.ReplayStep": [
    {
      "number": 1,
      "name": "records",
      "type": "int64"
    }
  ],
  "varve.v1.ReplaySeek": [
    {
      "number": 1,
      "name": "seek_epoch",
      "type": "int32"
    },
    {
      "number": 2,
      "name": "timestamp_ms",
      "type": "int64",
      "oneof": "to"
    },
    {
      "number": 3,
      "name": "start",
      "type": "bool",
      "oneof": "to"
    }
  ],
  "varve.v1.ReplayResponse": [
    {
      "number": 1,
      "name": "ready",
      "type": "message",
      "typeName": "varve.v1.ReplayReady",
      "oneof": "message"
    },
    {
      "number": 2,
      "name": "records",
      "type": "message",
      "typeName": "varve.v1.ReplayRecords",
      "oneof": "message"
    },
    {
      "number": 3,
      "name": "progress",
      "type": "message",
      "typeName": "varve.v1.ReplayProgress",
      "oneof": "message"
    },
    {
      "number": 4,
      "name": "state",
      "type": "message",
      "typeName": "varve.v1.ReplayState",
      "oneof": "message"
    },
    {
      "number": 5,
      "name": "lateness",
      "type": "message",
      "typeName": "varve.v1.ReplayLateness",
      "oneof": "message"
    },
    {
      "number": 6,
      "name": "trouble",
      "type": "message",
      "typeName": "varve.v1.ReplayTrouble",
      "oneof": "message"
    },
    {
      "number": 7,
      "name": "summary",
      "type": "message",
      "typeName": "varve.v1.ReplaySummary",
      "oneof": "message"
    }
  ],
  "varve.v1.ReplayReady": [
    {
      "number": 1,
      "name": "session_id",
      "type": "string"
    },
    {
      "number": 2,
      "name": "places",
      "type": "message",
      "typeName": "varve.v1.ReplayPlace",
      "repeated": true
    },
    {
      "number": 3,
      "name": "max_bytes",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "progress_interval_ms",
      "type": "int32"
    },
    {
      "number": 5,
      "name": "unread_max_ms",
      "type": "int32"
    }
  ],
  "varve.v1.ReplayPlace": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "start_offset",
      "type": "int64"
    },
    {
      "number": 4,
      "name": "end_offset",
      "type": "int64",
      "oneof": "_end_offset"
    },
    {
      "number": 5,
      "name": "first_kept_offset",
      "type": "int64"
    }
  ],
  "varve.v1.ReplayRecords": [
    {
      "number": 1,
      "name": "session_id",
      "type": "string"
    },
    {
      "number": 2,
      "name": "seek_epoch",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "runs",
      "type": "message",
      "typeName": "varve.v1.ReplayRun",
      "repeated": true
    },
    {
      "number": 4,
      "name": "credit_bytes",
      "type": "int32"
    },
    {
      "number": 5,
      "name": "credit_records",
      "type": "int32"
    },
    {
      "number": 6,
      "name": "late_ms",
      "type": "double"
    }
  ],
  "varve.v1.ReplayRun": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "records",
      "type": "message",
      "typeName": "varve.v1.RecordSet"
    },
    {
      "number": 4,
      "name": "offset",
      "type": "int64"
    },
    {
      "number": 5,
      "name": "next_offset",
      "type": "int64"
    },
    {
      "number": 6,
      "name": "dropped",
      "type": "int64"
    },
    {
      "number": 7,
      "name": "leader_epoch",
      "type": "int32"
    }
  ],
  "varve.v1.ReplayProgress": [
    {
      "number": 1,
      "name": "status",
      "type": "enum",
      "typeName": "varve.v1.ReplayStatus"
    },
    {
      "number": 2,
      "name": "playhead_ms",
      "type": "int64",
      "oneof": "_playhead_ms"
    },
    {
      "number": 3,
      "name": "records",
      "type": "int64"
    },
    {
      "number": 4,
      "name": "bytes",
      "type": "int64"
    },
    {
      "number": 5,
      "name": "dropped",
      "type": "int64"
    },
    {
      "number": 6,
      "name": "lag_ms",
      "type": "double"
    },
    {
      "number": 7,
      "name": "delayed_ms",
      "type": "double"
    },
    {
      "number": 8,
      "name": "share",
      "type": "double",
      "oneof": "_share"
    },
    {
      "number": 9,
      "name": "remaining_ms",
      "type": "double",
      "oneof": "_remaining_ms"
    },
    {
      "number": 10,
      "name": "offsets_left",
      "type": "int64"
    }
  ],
  "varve.v1.ReplayState": [
    {
      "number": 1,
      "name": "status",
      "type": "enum",
      "typeName": "varve.v1.ReplayStatus"
    },
    {
      "number": 2,
      "name": "pace",
      "type": "message",
      "typeName": "varve.v1.ReplayPace"
    },
    {
      "number": 3,
      "name": "seek_epoch",
      "type": "int32"
    },
    {
      "number": 4,
      "name": "places",
      "type": "message",
      "typeName": "varve.v1.ReplayPlace",
      "repeated": true
    }
  ],
  "varve.v1.ReplayLateness": [
    {
      "number": 1,
      "name": "behind",
      "type": "bool"
    },
    {
      "number": 2,
      "name": "late_ms",
      "type": "double"
    }
  ],
  "varve.v1.ReplayTrouble": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "offset",
      "type": "int64"
    },
    {
      "number": 4,
      "name": "next_offset",
      "type": "int64",
      "oneof": "_next_offset"
    },
    {
      "number": 5,
      "name": "error",
      "type": "message",
      "typeName": "google.rpc.Status"
    }
  ],
  "varve.v1.ReplaySummary": [
    {
      "number": 1,
      "name": "records",
      "type": "int64"
    },
    {
      "number": 2,
      "name": "bytes",
      "type": "int64"
    },
    {
      "number": 3,
      "name": "dropped",
      "type": "int64"
    },
    {
      "number": 4,
      "name": "elapsed_ms",
      "type": "double"
    },
    {
      "number": 5,
      "name": "delayed_ms",
      "type": "double"
    },
    {
      "number": 6,
      "name": "partitions",
      "type": "message",
      "typeName": "varve.v1.ReplayPartitionSummary",
      "repeated": true
    }
  ],
  "varve.v1.ReplayPartitionSummary": [
    {
      "number": 1,
      "name": "topic",
      "type": "string"
    },
    {
      "number": 2,
      "name": "partition",
      "type": "int32"
    },
    {
      "number": 3,
      "name": "start_offset",
      "type": "int64"
    },
    {
      "number": 4,
      "name": "next_offset",
      "type": "int64"
    },
    {
      "number": 5,
      "name": "records",
      "type": "int64"
    },
    {
      "number": 6,
      "name": "bytes",
      "type": "int64"
    },
    {
      "number": 7,
      "name": "dropped",
      "type": "int64"
    },
    {
      "number": 8,
      "name": "skipped",
      "type": "int64"
    },
    {
      "number": 9,
      "name": "checksum",
      "type": "fixed32",
      "oneof": "_checksum"
    }
  ]
}

/** The values of every enum by its full name: their numbers by their names. */
export const wireEnums: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "grpc.health.v1.HealthCheckResponse.ServingStatus": {
    "UNKNOWN": 0,
    "SERVING": 1,
    "NOT_SERVING": 2,
    "SERVICE_UNKNOWN": 3
  },
  "varve.v1.PartitionCondition": {
    "PARTITION_CONDITION_UNSPECIFIED": 0,
    "PARTITION_CONDITION_HEALTHY": 1,
    "PARTITION_CONDITION_READ_ONLY": 2,
    "PARTITION_CONDITION_OPENING": 3
  },
  "varve.v1.Durability": {
    "DURABILITY_UNSPECIFIED": 0,
    "DURABILITY_NONE": 1,
    "DURABILITY_WRITTEN": 2,
    "DURABILITY_SYNCED": 3
  },
  "varve.v1.RecordForm": {
    "RECORD_FORM_UNSPECIFIED": 0,
    "RECORD_FORM_BATCHES": 1,
    "RECORD_FORM_RECORDS": 2
  },
  "varve.v1.FellBehindReason": {
    "FELL_BEHIND_REASON_UNSPECIFIED": 0,
    "FELL_BEHIND_REASON_TAIL": 1,
    "FELL_BEHIND_REASON_RETENTION": 2
  },
  "varve.v1.OffsetPosition": {
    "OFFSET_POSITION_UNSPECIFIED": 0,
    "OFFSET_POSITION_EARLIEST": 1,
    "OFFSET_POSITION_LATEST": 2,
    "OFFSET_POSITION_MAX_TIMESTAMP": 3
  },
  "varve.v1.ProgressState": {
    "PROGRESS_STATE_UNSPECIFIED": 0,
    "PROGRESS_STATE_FLOWING": 1,
    "PROGRESS_STATE_IN_HANDLER": 2,
    "PROGRESS_STATE_PAUSED": 3,
    "PROGRESS_STATE_NO_CREDIT": 4,
    "PROGRESS_STATE_FAILED": 5,
    "PROGRESS_STATE_HANDLER_FAILED": 6
  },
  "varve.v1.GroupCondition": {
    "GROUP_CONDITION_UNSPECIFIED": 0,
    "GROUP_CONDITION_EMPTY": 1,
    "GROUP_CONDITION_ASSIGNING": 2,
    "GROUP_CONDITION_RECONCILING": 3,
    "GROUP_CONDITION_STABLE": 4
  },
  "varve.v1.GroupMemberState": {
    "GROUP_MEMBER_STATE_UNSPECIFIED": 0,
    "GROUP_MEMBER_STATE_STABLE": 1,
    "GROUP_MEMBER_STATE_UNREVOKED": 2,
    "GROUP_MEMBER_STATE_UNRELEASED": 3,
    "GROUP_MEMBER_STATE_AWAY": 4
  },
  "varve.v1.FlowReason": {
    "FLOW_REASON_UNSPECIFIED": 0,
    "FLOW_REASON_FLOWING": 1,
    "FLOW_REASON_AT_END": 2,
    "FLOW_REASON_NO_MEMBER": 3,
    "FLOW_REASON_STALLED_IN_HANDLER": 4,
    "FLOW_REASON_MEMBER_SILENT": 5,
    "FLOW_REASON_WAITING_FOR_REVOCATION": 6,
    "FLOW_REASON_WAITING_FOR_MEMBER": 7,
    "FLOW_REASON_PAUSED": 8,
    "FLOW_REASON_NO_CREDIT": 9,
    "FLOW_REASON_OFFSET_OUT_OF_RANGE": 10,
    "FLOW_REASON_TOPIC_MISSING": 11,
    "FLOW_REASON_MEMBER_FENCED": 12,
    "FLOW_REASON_PARTITION_UNAVAILABLE": 13,
    "FLOW_REASON_MEMBER_AWAY": 14,
    "FLOW_REASON_ASSIGNING": 15,
    "FLOW_REASON_READ_FAILED": 16,
    "FLOW_REASON_HANDLER_FAILED": 17,
    "FLOW_REASON_NOT_COMMITTING": 18
  },
  "varve.v1.CommitHistoryKind": {
    "COMMIT_HISTORY_KIND_UNSPECIFIED": 0,
    "COMMIT_HISTORY_KIND_COMMIT": 1,
    "COMMIT_HISTORY_KIND_RESET": 2,
    "COMMIT_HISTORY_KIND_EXPIRED": 3,
    "COMMIT_HISTORY_KIND_TOPIC_DELETED": 4,
    "COMMIT_HISTORY_KIND_GROUP_CREATED": 5,
    "COMMIT_HISTORY_KIND_GROUP_DELETED": 6
  },
  "varve.v1.ReplayOrder": {
    "REPLAY_ORDER_UNSPECIFIED": 0,
    "REPLAY_ORDER_PARTITION": 1,
    "REPLAY_ORDER_MERGED": 2
  },
  "varve.v1.ReplayLatePolicy": {
    "REPLAY_LATE_POLICY_UNSPECIFIED": 0,
    "REPLAY_LATE_POLICY_DELAY": 1,
    "REPLAY_LATE_POLICY_CATCH_UP": 2
  },
  "varve.v1.ReplayTroublePolicy": {
    "REPLAY_TROUBLE_POLICY_UNSPECIFIED": 0,
    "REPLAY_TROUBLE_POLICY_STOP": 1,
    "REPLAY_TROUBLE_POLICY_SKIP": 2
  },
  "varve.v1.ReplayStatus": {
    "REPLAY_STATUS_UNSPECIFIED": 0,
    "REPLAY_STATUS_PLAYING": 1,
    "REPLAY_STATUS_PAUSED": 2,
    "REPLAY_STATUS_WAITING_FOR_CLIENT": 3,
    "REPLAY_STATUS_WAITING_FOR_RECORDS": 4
  }
}

/** Every file, each after those that it imports. */
export const wireFiles: readonly WireFile[] = [
  {
    "name": "google/protobuf/duration.proto",
    "dependencies": [],
    "services": [],
    "symbols": [
      "google.protobuf.Duration",
      "google.protobuf.Duration.seconds",
      "google.protobuf.Duration.nanos"
    ],
    "encoded": "Ch5nb29nbGUvcHJvdG9idWYvZHVyYXRpb24ucHJvdG8SD2dvb2dsZS5wcm90b2J1ZiI6CghEdXJhdGlvbhIYCgdzZWNvbmRzGAEgASgDUgdzZWNvbmRzEhQKBW5hbm9zGAIgASgFUgVuYW5vc0KDAQoTY29tLmdvb2dsZS5wcm90b2J1ZkINRHVyYXRpb25Qcm90b1ABWjFnb29nbGUuZ29sYW5nLm9yZy9wcm90b2J1Zi90eXBlcy9rbm93bi9kdXJhdGlvbnBi+AEBogIDR1BCqgIeR29vZ2xlLlByb3RvYnVmLldlbGxLbm93blR5cGVzYgZwcm90bzM="
  },
  {
    "name": "google/rpc/error_details.proto",
    "dependencies": [
      "google/protobuf/duration.proto"
    ],
    "services": [],
    "symbols": [
      "google.rpc.ErrorInfo",
      "google.rpc.ErrorInfo.reason",
      "google.rpc.ErrorInfo.domain",
      "google.rpc.ErrorInfo.metadata",
      "google.rpc.ErrorInfo.MetadataEntry",
      "google.rpc.ErrorInfo.MetadataEntry.key",
      "google.rpc.ErrorInfo.MetadataEntry.value",
      "google.rpc.RetryInfo",
      "google.rpc.RetryInfo.retry_delay",
      "google.rpc.QuotaFailure",
      "google.rpc.QuotaFailure.violations",
      "google.rpc.QuotaFailure.Violation",
      "google.rpc.QuotaFailure.Violation.subject",
      "google.rpc.QuotaFailure.Violation.description",
      "google.rpc.PreconditionFailure",
      "google.rpc.PreconditionFailure.violations",
      "google.rpc.PreconditionFailure.Violation",
      "google.rpc.PreconditionFailure.Violation.type",
      "google.rpc.PreconditionFailure.Violation.subject",
      "google.rpc.PreconditionFailure.Violation.description",
      "google.rpc.BadRequest",
      "google.rpc.BadRequest.field_violations",
      "google.rpc.BadRequest.FieldViolation",
      "google.rpc.BadRequest.FieldViolation.field",
      "google.rpc.BadRequest.FieldViolation.description"
    ],
    "encoded": "Ch5nb29nbGUvcnBjL2Vycm9yX2RldGFpbHMucHJvdG8SCmdvb2dsZS5ycGMaHmdvb2dsZS9wcm90b2J1Zi9kdXJhdGlvbi5wcm90byK5AQoJRXJyb3JJbmZvEhYKBnJlYXNvbhgBIAEoCVIGcmVhc29uEhYKBmRvbWFpbhgCIAEoCVIGZG9tYWluEj8KCG1ldGFkYXRhGAMgAygLMiMuZ29vZ2xlLnJwYy5FcnJvckluZm8uTWV0YWRhdGFFbnRyeVIIbWV0YWRhdGEaOwoNTWV0YWRhdGFFbnRyeRIQCgNrZXkYASABKAlSA2tleRIUCgV2YWx1ZRgCIAEoCVIFdmFsdWU6AjgBIkcKCVJldHJ5SW5mbxI6CgtyZXRyeV9kZWxheRgBIAEoCzIZLmdvb2dsZS5wcm90b2J1Zi5EdXJhdGlvblIKcmV0cnlEZWxheSKbAQoMUXVvdGFGYWlsdXJlEkIKCnZpb2xhdGlvbnMYASADKAsyIi5nb29nbGUucnBjLlF1b3RhRmFpbHVyZS5WaW9sYXRpb25SCnZpb2xhdGlvbnMaRwoJVmlvbGF0aW9uEhgKB3N1YmplY3QYASABKAlSB3N1YmplY3QSIAoLZGVzY3JpcHRpb24YAiABKAlSC2Rlc2NyaXB0aW9uIr0BChNQcmVjb25kaXRpb25GYWlsdXJlEkkKCnZpb2xhdGlvbnMYASADKAsyKS5nb29nbGUucnBjLlByZWNvbmRpdGlvbkZhaWx1cmUuVmlvbGF0aW9uUgp2aW9sYXRpb25zGlsKCVZpb2xhdGlvbhISCgR0eXBlGAEgASgJUgR0eXBlEhgKB3N1YmplY3QYAiABKAlSB3N1YmplY3QSIAoLZGVzY3JpcHRpb24YAyABKAlSC2Rlc2NyaXB0aW9uIqgBCgpCYWRSZXF1ZXN0ElAKEGZpZWxkX3Zpb2xhdGlvbnMYASADKAsyJS5nb29nbGUucnBjLkJhZFJlcXVlc3QuRmllbGRWaW9sYXRpb25SD2ZpZWxkVmlvbGF0aW9ucxpICg5GaWVsZFZpb2xhdGlvbhIUCgVmaWVsZBgBIAEoCVIFZmllbGQSIAoLZGVzY3JpcHRpb24YAiABKAlSC2Rlc2NyaXB0aW9uYgZwcm90bzM="
  },
  {
    "name": "google/protobuf/any.proto",
    "dependencies": [],
    "services": [],
    "symbols": [
      "google.protobuf.Any",
      "google.protobuf.Any.type_url",
      "google.protobuf.Any.value"
    ],
    "encoded": "Chlnb29nbGUvcHJvdG9idWYvYW55LnByb3RvEg9nb29nbGUucHJvdG9idWYiNgoDQW55EhkKCHR5cGVfdXJsGAEgASgJUgd0eXBlVXJsEhQKBXZhbHVlGAIgASgMUgV2YWx1ZUJ2ChNjb20uZ29vZ2xlLnByb3RvYnVmQghBbnlQcm90b1ABWixnb29nbGUuZ29sYW5nLm9yZy9wcm90b2J1Zi90eXBlcy9rbm93bi9hbnlwYqICA0dQQqoCHkdvb2dsZS5Qcm90b2J1Zi5XZWxsS25vd25UeXBlc2IGcHJvdG8z"
  },
  {
    "name": "google/rpc/status.proto",
    "dependencies": [
      "google/protobuf/any.proto"
    ],
    "services": [],
    "symbols": [
      "google.rpc.Status",
      "google.rpc.Status.code",
      "google.rpc.Status.message",
      "google.rpc.Status.details"
    ],
    "encoded": "Chdnb29nbGUvcnBjL3N0YXR1cy5wcm90bxIKZ29vZ2xlLnJwYxoZZ29vZ2xlL3Byb3RvYnVmL2FueS5wcm90byJmCgZTdGF0dXMSEgoEY29kZRgBIAEoBVIEY29kZRIYCgdtZXNzYWdlGAIgASgJUgdtZXNzYWdlEi4KB2RldGFpbHMYAyADKAsyFC5nb29nbGUucHJvdG9idWYuQW55UgdkZXRhaWxzYgZwcm90bzM="
  },
  {
    "name": "grpc/health/v1/health.proto",
    "dependencies": [],
    "services": [
      "grpc.health.v1.Health"
    ],
    "symbols": [
      "grpc.health.v1.HealthCheckRequest",
      "grpc.health.v1.HealthCheckRequest.service",
      "grpc.health.v1.HealthCheckResponse",
      "grpc.health.v1.HealthCheckResponse.status",
      "grpc.health.v1.HealthCheckResponse.ServingStatus",
      "grpc.health.v1.HealthCheckResponse.UNKNOWN",
      "grpc.health.v1.HealthCheckResponse.SERVING",
      "grpc.health.v1.HealthCheckResponse.NOT_SERVING",
      "grpc.health.v1.HealthCheckResponse.SERVICE_UNKNOWN",
      "grpc.health.v1.HealthListRequest",
      "grpc.health.v1.HealthListResponse",
      "grpc.health.v1.HealthListResponse.statuses",
      "grpc.health.v1.HealthListResponse.StatusesEntry",
      "grpc.health.v1.HealthListResponse.StatusesEntry.key",
      "grpc.health.v1.HealthListResponse.StatusesEntry.value",
      "grpc.health.v1.Health",
      "grpc.health.v1.Health.Check",
      "grpc.health.v1.Health.List",
      "grpc.health.v1.Health.Watch"
    ],
    "encoded": "ChtncnBjL2hlYWx0aC92MS9oZWFsdGgucHJvdG8SDmdycGMuaGVhbHRoLnYxIi4KEkhlYWx0aENoZWNrUmVxdWVzdBIYCgdzZXJ2aWNlGAEgASgJUgdzZXJ2aWNlIrEBChNIZWFsdGhDaGVja1Jlc3BvbnNlEkkKBnN0YXR1cxgBIAEoDjIxLmdycGMuaGVhbHRoLnYxLkhlYWx0aENoZWNrUmVzcG9uc2UuU2VydmluZ1N0YXR1c1IGc3RhdHVzIk8KDVNlcnZpbmdTdGF0dXMSCwoHVU5LTk9XThAAEgsKB1NFUlZJTkcQARIPCgtOT1RfU0VSVklORxACEhMKD1NFUlZJQ0VfVU5LTk9XThADIhMKEUhlYWx0aExpc3RSZXF1ZXN0IsQBChJIZWFsdGhMaXN0UmVzcG9uc2USTAoIc3RhdHVzZXMYASADKAsyMC5ncnBjLmhlYWx0aC52MS5IZWFsdGhMaXN0UmVzcG9uc2UuU3RhdHVzZXNFbnRyeVIIc3RhdHVzZXMaYAoNU3RhdHVzZXNFbnRyeRIQCgNrZXkYASABKAlSA2tleRI5CgV2YWx1ZRgCIAEoCzIjLmdycGMuaGVhbHRoLnYxLkhlYWx0aENoZWNrUmVzcG9uc2VSBXZhbHVlOgI4ATL9AQoGSGVhbHRoElAKBUNoZWNrEiIuZ3JwYy5oZWFsdGgudjEuSGVhbHRoQ2hlY2tSZXF1ZXN0GiMuZ3JwYy5oZWFsdGgudjEuSGVhbHRoQ2hlY2tSZXNwb25zZRJNCgRMaXN0EiEuZ3JwYy5oZWFsdGgudjEuSGVhbHRoTGlzdFJlcXVlc3QaIi5ncnBjLmhlYWx0aC52MS5IZWFsdGhMaXN0UmVzcG9uc2USUgoFV2F0Y2gSIi5ncnBjLmhlYWx0aC52MS5IZWFsdGhDaGVja1JlcXVlc3QaIy5ncnBjLmhlYWx0aC52MS5IZWFsdGhDaGVja1Jlc3BvbnNlMAFiBnByb3RvMw=="
  },
  {
    "name": "grpc/reflection/v1/reflection.proto",
    "dependencies": [],
    "services": [
      "grpc.reflection.v1.ServerReflection"
    ],
    "symbols": [
      "grpc.reflection.v1.ServerReflectionRequest",
      "grpc.reflection.v1.ServerReflectionRequest.host",
      "grpc.reflection.v1.ServerReflectionRequest.file_by_filename",
      "grpc.reflection.v1.ServerReflectionRequest.file_containing_symbol",
      "grpc.reflection.v1.ServerReflectionRequest.file_containing_extension",
      "grpc.reflection.v1.ServerReflectionRequest.all_extension_numbers_of_type",
      "grpc.reflection.v1.ServerReflectionRequest.list_services",
      "grpc.reflection.v1.ServerReflectionRequest.message_request",
      "grpc.reflection.v1.ExtensionRequest",
      "grpc.reflection.v1.ExtensionRequest.containing_type",
      "grpc.reflection.v1.ExtensionRequest.extension_number",
      "grpc.reflection.v1.ServerReflectionResponse",
      "grpc.reflection.v1.ServerReflectionResponse.valid_host",
      "grpc.reflection.v1.ServerReflectionResponse.original_request",
      "grpc.reflection.v1.ServerReflectionResponse.file_descriptor_response",
      "grpc.reflection.v1.ServerReflectionResponse.all_extension_numbers_response",
      "grpc.reflection.v1.ServerReflectionResponse.list_services_response",
      "grpc.reflection.v1.ServerReflectionResponse.error_response",
      "grpc.reflection.v1.ServerReflectionResponse.message_response",
      "grpc.reflection.v1.FileDescriptorResponse",
      "grpc.reflection.v1.FileDescriptorResponse.file_descriptor_proto",
      "grpc.reflection.v1.ExtensionNumberResponse",
      "grpc.reflection.v1.ExtensionNumberResponse.base_type_name",
      "grpc.reflection.v1.ExtensionNumberResponse.extension_number",
      "grpc.reflection.v1.ListServiceResponse",
      "grpc.reflection.v1.ListServiceResponse.service",
      "grpc.reflection.v1.ServiceResponse",
      "grpc.reflection.v1.ServiceResponse.name",
      "grpc.reflection.v1.ErrorResponse",
      "grpc.reflection.v1.ErrorResponse.error_code",
      "grpc.reflection.v1.ErrorResponse.error_message",
      "grpc.reflection.v1.ServerReflection",
      "grpc.reflection.v1.ServerReflection.ServerReflectionInfo"
    ],
    "encoded": "CiNncnBjL3JlZmxlY3Rpb24vdjEvcmVmbGVjdGlvbi5wcm90bxISZ3JwYy5yZWZsZWN0aW9uLnYxIvMCChdTZXJ2ZXJSZWZsZWN0aW9uUmVxdWVzdBISCgRob3N0GAEgASgJUgRob3N0EioKEGZpbGVfYnlfZmlsZW5hbWUYAyABKAlIAFIOZmlsZUJ5RmlsZW5hbWUSNgoWZmlsZV9jb250YWluaW5nX3N5bWJvbBgEIAEoCUgAUhRmaWxlQ29udGFpbmluZ1N5bWJvbBJiChlmaWxlX2NvbnRhaW5pbmdfZXh0ZW5zaW9uGAUgASgLMiQuZ3JwYy5yZWZsZWN0aW9uLnYxLkV4dGVuc2lvblJlcXVlc3RIAFIXZmlsZUNvbnRhaW5pbmdFeHRlbnNpb24SQgodYWxsX2V4dGVuc2lvbl9udW1iZXJzX29mX3R5cGUYBiABKAlIAFIZYWxsRXh0ZW5zaW9uTnVtYmVyc09mVHlwZRIlCg1saXN0X3NlcnZpY2VzGAcgASgJSABSDGxpc3RTZXJ2aWNlc0IRCg9tZXNzYWdlX3JlcXVlc3QiZgoQRXh0ZW5zaW9uUmVxdWVzdBInCg9jb250YWluaW5nX3R5cGUYASABKAlSDmNvbnRhaW5pbmdUeXBlEikKEGV4dGVuc2lvbl9udW1iZXIYAiABKAVSD2V4dGVuc2lvbk51bWJlciKuBAoYU2VydmVyUmVmbGVjdGlvblJlc3BvbnNlEh0KCnZhbGlkX2hvc3QYASABKAlSCXZhbGlkSG9zdBJWChBvcmlnaW5hbF9yZXF1ZXN0GAIgASgLMisuZ3JwYy5yZWZsZWN0aW9uLnYxLlNlcnZlclJlZmxlY3Rpb25SZXF1ZXN0Ug9vcmlnaW5hbFJlcXVlc3QSZgoYZmlsZV9kZXNjcmlwdG9yX3Jlc3BvbnNlGAQgASgLMiouZ3JwYy5yZWZsZWN0aW9uLnYxLkZpbGVEZXNjcmlwdG9yUmVzcG9uc2VIAFIWZmlsZURlc2NyaXB0b3JSZXNwb25zZRJyCh5hbGxfZXh0ZW5zaW9uX251bWJlcnNfcmVzcG9uc2UYBSABKAsyKy5ncnBjLnJlZmxlY3Rpb24udjEuRXh0ZW5zaW9uTnVtYmVyUmVzcG9uc2VIAFIbYWxsRXh0ZW5zaW9uTnVtYmVyc1Jlc3BvbnNlEl8KFmxpc3Rfc2VydmljZXNfcmVzcG9uc2UYBiABKAsyJy5ncnBjLnJlZmxlY3Rpb24udjEuTGlzdFNlcnZpY2VSZXNwb25zZUgAUhRsaXN0U2VydmljZXNSZXNwb25zZRJKCg5lcnJvcl9yZXNwb25zZRgHIAEoCzIhLmdycGMucmVmbGVjdGlvbi52MS5FcnJvclJlc3BvbnNlSABSDWVycm9yUmVzcG9uc2VCEgoQbWVzc2FnZV9yZXNwb25zZSJMChZGaWxlRGVzY3JpcHRvclJlc3BvbnNlEjIKFWZpbGVfZGVzY3JpcHRvcl9wcm90bxgBIAMoDFITZmlsZURlc2NyaXB0b3JQcm90byJqChdFeHRlbnNpb25OdW1iZXJSZXNwb25zZRIkCg5iYXNlX3R5cGVfbmFtZRgBIAEoCVIMYmFzZVR5cGVOYW1lEikKEGV4dGVuc2lvbl9udW1iZXIYAiADKAVSD2V4dGVuc2lvbk51bWJlciJUChNMaXN0U2VydmljZVJlc3BvbnNlEj0KB3NlcnZpY2UYASADKAsyIy5ncnBjLnJlZmxlY3Rpb24udjEuU2VydmljZVJlc3BvbnNlUgdzZXJ2aWNlIiUKD1NlcnZpY2VSZXNwb25zZRISCgRuYW1lGAEgASgJUgRuYW1lIlMKDUVycm9yUmVzcG9uc2USHQoKZXJyb3JfY29kZRgBIAEoBVIJZXJyb3JDb2RlEiMKDWVycm9yX21lc3NhZ2UYAiABKAlSDGVycm9yTWVzc2FnZTKJAQoQU2VydmVyUmVmbGVjdGlvbhJ1ChRTZXJ2ZXJSZWZsZWN0aW9uSW5mbxIrLmdycGMucmVmbGVjdGlvbi52MS5TZXJ2ZXJSZWZsZWN0aW9uUmVxdWVzdBosLmdycGMucmVmbGVjdGlvbi52MS5TZXJ2ZXJSZWZsZWN0aW9uUmVzcG9uc2UoATABYgZwcm90bzM="
  },
  {
    "name": "grpc/reflection/v1alpha/reflection.proto",
    "dependencies": [],
    "services": [
      "grpc.reflection.v1alpha.ServerReflection"
    ],
    "symbols": [
      "grpc.reflection.v1alpha.ServerReflectionRequest",
      "grpc.reflection.v1alpha.ServerReflectionRequest.host",
      "grpc.reflection.v1alpha.ServerReflectionRequest.file_by_filename",
      "grpc.reflection.v1alpha.ServerReflectionRequest.file_containing_symbol",
      "grpc.reflection.v1alpha.ServerReflectionRequest.file_containing_extension",
      "grpc.reflection.v1alpha.ServerReflectionRequest.all_extension_numbers_of_type",
      "grpc.reflection.v1alpha.ServerReflectionRequest.list_services",
      "grpc.reflection.v1alpha.ServerReflectionRequest.message_request",
      "grpc.reflection.v1alpha.ExtensionRequest",
      "grpc.reflection.v1alpha.ExtensionRequest.containing_type",
      "grpc.reflection.v1alpha.ExtensionRequest.extension_number",
      "grpc.reflection.v1alpha.ServerReflectionResponse",
      "grpc.reflection.v1alpha.ServerReflectionResponse.valid_host",
      "grpc.reflection.v1alpha.ServerReflectionResponse.original_request",
      "grpc.reflection.v1alpha.ServerReflectionResponse.file_descriptor_response",
      "grpc.reflection.v1alpha.ServerReflectionResponse.all_extension_numbers_response",
      "grpc.reflection.v1alpha.ServerReflectionResponse.list_services_response",
      "grpc.reflection.v1alpha.ServerReflectionResponse.error_response",
      "grpc.reflection.v1alpha.ServerReflectionResponse.message_response",
      "grpc.reflection.v1alpha.FileDescriptorResponse",
      "grpc.reflection.v1alpha.FileDescriptorResponse.file_descriptor_proto",
      "grpc.reflection.v1alpha.ExtensionNumberResponse",
      "grpc.reflection.v1alpha.ExtensionNumberResponse.base_type_name",
      "grpc.reflection.v1alpha.ExtensionNumberResponse.extension_number",
      "grpc.reflection.v1alpha.ListServiceResponse",
      "grpc.reflection.v1alpha.ListServiceResponse.service",
      "grpc.reflection.v1alpha.ServiceResponse",
      "grpc.reflection.v1alpha.ServiceResponse.name",
      "grpc.reflection.v1alpha.ErrorResponse",
      "grpc.reflection.v1alpha.ErrorResponse.error_code",
      "grpc.reflection.v1alpha.ErrorResponse.error_message",
      "grpc.reflection.v1alpha.ServerReflection",
      "grpc.reflection.v1alpha.ServerReflection.ServerReflectionInfo"
    ],
    "encoded": "CihncnBjL3JlZmxlY3Rpb24vdjFhbHBoYS9yZWZsZWN0aW9uLnByb3RvEhdncnBjLnJlZmxlY3Rpb24udjFhbHBoYSL4AgoXU2VydmVyUmVmbGVjdGlvblJlcXVlc3QSEgoEaG9zdBgBIAEoCVIEaG9zdBIqChBmaWxlX2J5X2ZpbGVuYW1lGAMgASgJSABSDmZpbGVCeUZpbGVuYW1lEjYKFmZpbGVfY29udGFpbmluZ19zeW1ib2wYBCABKAlIAFIUZmlsZUNvbnRhaW5pbmdTeW1ib2wSZwoZZmlsZV9jb250YWluaW5nX2V4dGVuc2lvbhgFIAEoCzIpLmdycGMucmVmbGVjdGlvbi52MWFscGhhLkV4dGVuc2lvblJlcXVlc3RIAFIXZmlsZUNvbnRhaW5pbmdFeHRlbnNpb24SQgodYWxsX2V4dGVuc2lvbl9udW1iZXJzX29mX3R5cGUYBiABKAlIAFIZYWxsRXh0ZW5zaW9uTnVtYmVyc09mVHlwZRIlCg1saXN0X3NlcnZpY2VzGAcgASgJSABSDGxpc3RTZXJ2aWNlc0IRCg9tZXNzYWdlX3JlcXVlc3QiZgoQRXh0ZW5zaW9uUmVxdWVzdBInCg9jb250YWluaW5nX3R5cGUYASABKAlSDmNvbnRhaW5pbmdUeXBlEikKEGV4dGVuc2lvbl9udW1iZXIYAiABKAVSD2V4dGVuc2lvbk51bWJlciLHBAoYU2VydmVyUmVmbGVjdGlvblJlc3BvbnNlEh0KCnZhbGlkX2hvc3QYASABKAlSCXZhbGlkSG9zdBJbChBvcmlnaW5hbF9yZXF1ZXN0GAIgASgLMjAuZ3JwYy5yZWZsZWN0aW9uLnYxYWxwaGEuU2VydmVyUmVmbGVjdGlvblJlcXVlc3RSD29yaWdpbmFsUmVxdWVzdBJrChhmaWxlX2Rlc2NyaXB0b3JfcmVzcG9uc2UYBCABKAsyLy5ncnBjLnJlZmxlY3Rpb24udjFhbHBoYS5GaWxlRGVzY3JpcHRvclJlc3BvbnNlSABSFmZpbGVEZXNjcmlwdG9yUmVzcG9uc2USdwoeYWxsX2V4dGVuc2lvbl9udW1iZXJzX3Jlc3BvbnNlGAUgASgLMjAuZ3JwYy5yZWZsZWN0aW9uLnYxYWxwaGEuRXh0ZW5zaW9uTnVtYmVyUmVzcG9uc2VIAFIbYWxsRXh0ZW5zaW9uTnVtYmVyc1Jlc3BvbnNlEmQKFmxpc3Rfc2VydmljZXNfcmVzcG9uc2UYBiABKAsyLC5ncnBjLnJlZmxlY3Rpb24udjFhbHBoYS5MaXN0U2VydmljZVJlc3BvbnNlSABSFGxpc3RTZXJ2aWNlc1Jlc3BvbnNlEk8KDmVycm9yX3Jlc3BvbnNlGAcgASgLMiYuZ3JwYy5yZWZsZWN0aW9uLnYxYWxwaGEuRXJyb3JSZXNwb25zZUgAUg1lcnJvclJlc3BvbnNlQhIKEG1lc3NhZ2VfcmVzcG9uc2UiTAoWRmlsZURlc2NyaXB0b3JSZXNwb25zZRIyChVmaWxlX2Rlc2NyaXB0b3JfcHJvdG8YASADKAxSE2ZpbGVEZXNjcmlwdG9yUHJvdG8iagoXRXh0ZW5zaW9uTnVtYmVyUmVzcG9uc2USJAoOYmFzZV90eXBlX25hbWUYASABKAlSDGJhc2VUeXBlTmFtZRIpChBleHRlbnNpb25fbnVtYmVyGAIgAygFUg9leHRlbnNpb25OdW1iZXIiWQoTTGlzdFNlcnZpY2VSZXNwb25zZRJCCgdzZXJ2aWNlGAEgAygLMiguZ3JwYy5yZWZsZWN0aW9uLnYxYWxwaGEuU2VydmljZVJlc3BvbnNlUgdzZXJ2aWNlIiUKD1NlcnZpY2VSZXNwb25zZRISCgRuYW1lGAEgASgJUgRuYW1lIlMKDUVycm9yUmVzcG9uc2USHQoKZXJyb3JfY29kZRgBIAEoBVIJZXJyb3JDb2RlEiMKDWVycm9yX21lc3NhZ2UYAiABKAlSDGVycm9yTWVzc2FnZTKTAQoQU2VydmVyUmVmbGVjdGlvbhJ/ChRTZXJ2ZXJSZWZsZWN0aW9uSW5mbxIwLmdycGMucmVmbGVjdGlvbi52MWFscGhhLlNlcnZlclJlZmxlY3Rpb25SZXF1ZXN0GjEuZ3JwYy5yZWZsZWN0aW9uLnYxYWxwaGEuU2VydmVyUmVmbGVjdGlvblJlc3BvbnNlKAEwAWIGcHJvdG8z"
  },
  {
    "name": "varve/v1/admin.proto",
    "dependencies": [
      "google/rpc/status.proto"
    ],
    "services": [
      "varve.v1.AdminService"
    ],
    "symbols": [
      "varve.v1.PartitionCondition",
      "varve.v1.PARTITION_CONDITION_UNSPECIFIED",
      "varve.v1.PARTITION_CONDITION_HEALTHY",
      "varve.v1.PARTITION_CONDITION_READ_ONLY",
      "varve.v1.PARTITION_CONDITION_OPENING",
      "varve.v1.CreateTopicRequest",
      "varve.v1.CreateTopicRequest.name",
      "varve.v1.CreateTopicRequest.partitions",
      "varve.v1.CreateTopicRequest.settings",
      "varve.v1.CreateTopicRequest.validate_only",
      "varve.v1.CreateTopicRequest._partitions",
      "varve.v1.CreateTopicRequest.SettingsEntry",
      "varve.v1.CreateTopicRequest.SettingsEntry.key",
      "varve.v1.CreateTopicRequest.SettingsEntry.value",
      "varve.v1.CreateTopicResponse",
      "varve.v1.CreateTopicResponse.topic",
      "varve.v1.DeleteTopicRequest",
      "varve.v1.DeleteTopicRequest.name",
      "varve.v1.DeleteTopicResponse",
      "varve.v1.DescribeTopicRequest",
      "varve.v1.DescribeTopicRequest.name",
      "varve.v1.DescribeTopicResponse",
      "varve.v1.DescribeTopicResponse.topic",
      "varve.v1.ListTopicsRequest",
      "varve.v1.ListTopicsRequest.page_size",
      "varve.v1.ListTopicsRequest.page_token",
      "varve.v1.ListTopicsResponse",
      "varve.v1.ListTopicsResponse.topics",
      "varve.v1.ListTopicsResponse.next_page_token",
      "varve.v1.UpdateTopicSettingsRequest",
      "varve.v1.UpdateTopicSettingsRequest.name",
      "varve.v1.UpdateTopicSettingsRequest.set",
      "varve.v1.UpdateTopicSettingsRequest.reset",
      "varve.v1.UpdateTopicSettingsRequest.validate_only",
      "varve.v1.UpdateTopicSettingsRequest.SetEntry",
      "varve.v1.UpdateTopicSettingsRequest.SetEntry.key",
      "varve.v1.UpdateTopicSettingsRequest.SetEntry.value",
      "varve.v1.UpdateTopicSettingsResponse",
      "varve.v1.UpdateTopicSettingsResponse.topic",
      "varve.v1.AddPartitionsRequest",
      "varve.v1.AddPartitionsRequest.name",
      "varve.v1.AddPartitionsRequest.partitions",
      "varve.v1.AddPartitionsResponse",
      "varve.v1.AddPartitionsResponse.topic",
      "varve.v1.DeleteRecordsRequest",
      "varve.v1.DeleteRecordsRequest.entries",
      "varve.v1.DeleteRecordsEntry",
      "varve.v1.DeleteRecordsEntry.topic",
      "varve.v1.DeleteRecordsEntry.partition",
      "varve.v1.DeleteRecordsEntry.before_offset",
      "varve.v1.DeleteRecordsResponse",
      "varve.v1.DeleteRecordsResponse.results",
      "varve.v1.DeleteRecordsResult",
      "varve.v1.DeleteRecordsResult.topic",
      "varve.v1.DeleteRecordsResult.partition",
      "varve.v1.DeleteRecordsResult.start_offset",
      "varve.v1.DeleteRecordsResult.error",
      "varve.v1.DescribeClusterRequest",
      "varve.v1.DescribeClusterResponse",
      "varve.v1.DescribeClusterResponse.cluster_id",
      "varve.v1.DescribeClusterResponse.version",
      "varve.v1.DescribeClusterResponse.epoch",
      "varve.v1.DescribeClusterResponse.storage",
      "varve.v1.DescribeClusterResponse.features",
      "varve.v1.DescribeClusterResponse.limits",
      "varve.v1.DescribeClusterResponse.topic_count",
      "varve.v1.DescribeClusterResponse.partition_count",
      "varve.v1.DescribeClusterResponse.durability_max",
      "varve.v1.DescribeClusterResponse.LimitsEntry",
      "varve.v1.DescribeClusterResponse.LimitsEntry.key",
      "varve.v1.DescribeClusterResponse.LimitsEntry.value",
      "varve.v1.DescribeStorageRequest",
      "varve.v1.DescribeStorageRequest.topic",
      "varve.v1.DescribeStorageRequest.page_size",
      "varve.v1.DescribeStorageRequest.page_token",
      "varve.v1.DescribeStorageResponse",
      "varve.v1.DescribeStorageResponse.partitions",
      "varve.v1.DescribeStorageResponse.next_page_token",
      "varve.v1.VerifyRequest",
      "varve.v1.VerifyRequest.topic",
      "varve.v1.VerifyResponse",
      "varve.v1.VerifyResponse.topic",
      "varve.v1.VerifyResponse.partition",
      "varve.v1.VerifyResponse.batches",
      "varve.v1.VerifyResponse.records",
      "varve.v1.VerifyResponse.bytes",
      "varve.v1.VerifyResponse.done",
      "varve.v1.VerifyResponse.damaged",
      "varve.v1.Topic",
      "varve.v1.Topic.name",
      "varve.v1.Topic.id",
      "varve.v1.Topic.created_ms",
      "varve.v1.Topic.partitions",
      "varve.v1.Topic.settings",
      "varve.v1.Topic.degraded",
      "varve.v1.TopicSummary",
      "varve.v1.TopicSummary.name",
      "varve.v1.TopicSummary.id",
      "varve.v1.TopicSummary.partitions",
      "varve.v1.Partition",
      "varve.v1.Partition.partition",
      "varve.v1.Partition.start_offset",
      "varve.v1.Partition.readable_end_offset",
      "varve.v1.Partition.end_offset",
      "varve.v1.Partition.leader_epoch",
      "varve.v1.Partition.bytes",
      "varve.v1.Partition.condition",
      "varve.v1.Partition.reason",
      "varve.v1.TopicSetting",
      "varve.v1.TopicSetting.name",
      "varve.v1.TopicSetting.value",
      "varve.v1.TopicSetting.is_default",
      "varve.v1.PartitionStorage",
      "varve.v1.PartitionStorage.topic",
      "varve.v1.PartitionStorage.partition",
      "varve.v1.PartitionStorage.condition",
      "varve.v1.PartitionStorage.reason",
      "varve.v1.PartitionStorage.bytes",
      "varve.v1.PartitionStorage.outcome",
      "varve.v1.PartitionStorage.segments_scanned",
      "varve.v1.PartitionStorage.bytes_scanned",
      "varve.v1.PartitionStorage.torn_bytes",
      "varve.v1.PartitionStorage.indexes_rebuilt",
      "varve.v1.PartitionStorage.duration_ms",
      "varve.v1.PartitionStorage.damaged",
      "varve.v1.PartitionStorage.anomalies",
      "varve.v1.DamagedRange",
      "varve.v1.DamagedRange.first_bad_offset",
      "varve.v1.DamagedRange.next_good_offset",
      "varve.v1.DamagedRange._next_good_offset",
      "varve.v1.AdminService",
      "varve.v1.AdminService.CreateTopic",
      "varve.v1.AdminService.DeleteTopic",
      "varve.v1.AdminService.DescribeTopic",
      "varve.v1.AdminService.ListTopics",
      "varve.v1.AdminService.UpdateTopicSettings",
      "varve.v1.AdminService.AddPartitions",
      "varve.v1.AdminService.DeleteRecords",
      "varve.v1.AdminService.DescribeCluster",
      "varve.v1.AdminService.DescribeStorage",
      "varve.v1.AdminService.Verify"
    ],
    "encoded": "ChR2YXJ2ZS92MS9hZG1pbi5wcm90bxIIdmFydmUudjEaF2dvb2dsZS9ycGMvc3RhdHVzLnByb3RvIoYCChJDcmVhdGVUb3BpY1JlcXVlc3QSEgoEbmFtZRgBIAEoCVIEbmFtZRIjCgpwYXJ0aXRpb25zGAIgASgFSABSCnBhcnRpdGlvbnOIAQESRgoIc2V0dGluZ3MYAyADKAsyKi52YXJ2ZS52MS5DcmVhdGVUb3BpY1JlcXVlc3QuU2V0dGluZ3NFbnRyeVIIc2V0dGluZ3MSIwoNdmFsaWRhdGVfb25seRgEIAEoCFIMdmFsaWRhdGVPbmx5GjsKDVNldHRpbmdzRW50cnkSEAoDa2V5GAEgASgJUgNrZXkSFAoFdmFsdWUYAiABKAlSBXZhbHVlOgI4AUINCgtfcGFydGl0aW9ucyI8ChNDcmVhdGVUb3BpY1Jlc3BvbnNlEiUKBXRvcGljGAEgASgLMg8udmFydmUudjEuVG9waWNSBXRvcGljIigKEkRlbGV0ZVRvcGljUmVxdWVzdBISCgRuYW1lGAEgASgJUgRuYW1lIhUKE0RlbGV0ZVRvcGljUmVzcG9uc2UiKgoURGVzY3JpYmVUb3BpY1JlcXVlc3QSEgoEbmFtZRgBIAEoCVIEbmFtZSI+ChVEZXNjcmliZVRvcGljUmVzcG9uc2USJQoFdG9waWMYASABKAsyDy52YXJ2ZS52MS5Ub3BpY1IFdG9waWMiTwoRTGlzdFRvcGljc1JlcXVlc3QSGwoJcGFnZV9zaXplGAEgASgFUghwYWdlU2l6ZRIdCgpwYWdlX3Rva2VuGAIgASgJUglwYWdlVG9rZW4ibAoSTGlzdFRvcGljc1Jlc3BvbnNlEi4KBnRvcGljcxgBIAMoCzIWLnZhcnZlLnYxLlRvcGljU3VtbWFyeVIGdG9waWNzEiYKD25leHRfcGFnZV90b2tlbhgCIAEoCVINbmV4dFBhZ2VUb2tlbiLkAQoaVXBkYXRlVG9waWNTZXR0aW5nc1JlcXVlc3QSEgoEbmFtZRgBIAEoCVIEbmFtZRI/CgNzZXQYAiADKAsyLS52YXJ2ZS52MS5VcGRhdGVUb3BpY1NldHRpbmdzUmVxdWVzdC5TZXRFbnRyeVIDc2V0EhQKBXJlc2V0GAMgAygJUgVyZXNldBIjCg12YWxpZGF0ZV9vbmx5GAQgASgIUgx2YWxpZGF0ZU9ubHkaNgoIU2V0RW50cnkSEAoDa2V5GAEgASgJUgNrZXkSFAoFdmFsdWUYAiABKAlSBXZhbHVlOgI4ASJEChtVcGRhdGVUb3BpY1NldHRpbmdzUmVzcG9uc2USJQoFdG9waWMYASABKAsyDy52YXJ2ZS52MS5Ub3BpY1IFdG9waWMiSgoUQWRkUGFydGl0aW9uc1JlcXVlc3QSEgoEbmFtZRgBIAEoCVIEbmFtZRIeCgpwYXJ0aXRpb25zGAIgASgFUgpwYXJ0aXRpb25zIj4KFUFkZFBhcnRpdGlvbnNSZXNwb25zZRIlCgV0b3BpYxgBIAEoCzIPLnZhcnZlLnYxLlRvcGljUgV0b3BpYyJOChREZWxldGVSZWNvcmRzUmVxdWVzdBI2CgdlbnRyaWVzGAEgAygLMhwudmFydmUudjEuRGVsZXRlUmVjb3Jkc0VudHJ5UgdlbnRyaWVzIm0KEkRlbGV0ZVJlY29yZHNFbnRyeRIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SIwoNYmVmb3JlX29mZnNldBgDIAEoA1IMYmVmb3JlT2Zmc2V0IlAKFURlbGV0ZVJlY29yZHNSZXNwb25zZRI3CgdyZXN1bHRzGAEgAygLMh0udmFydmUudjEuRGVsZXRlUmVjb3Jkc1Jlc3VsdFIHcmVzdWx0cyKWAQoTRGVsZXRlUmVjb3Jkc1Jlc3VsdBIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SIQoMc3RhcnRfb2Zmc2V0GAMgASgDUgtzdGFydE9mZnNldBIoCgVlcnJvchgEIAEoCzISLmdvb2dsZS5ycGMuU3RhdHVzUgVlcnJvciIYChZEZXNjcmliZUNsdXN0ZXJSZXF1ZXN0IpEDChdEZXNjcmliZUNsdXN0ZXJSZXNwb25zZRIdCgpjbHVzdGVyX2lkGAEgASgJUgljbHVzdGVySWQSGAoHdmVyc2lvbhgCIAEoCVIHdmVyc2lvbhIUCgVlcG9jaBgDIAEoBVIFZXBvY2gSGAoHc3RvcmFnZRgEIAEoCVIHc3RvcmFnZRIaCghmZWF0dXJlcxgFIAMoCVIIZmVhdHVyZXMSRQoGbGltaXRzGAYgAygLMi0udmFydmUudjEuRGVzY3JpYmVDbHVzdGVyUmVzcG9uc2UuTGltaXRzRW50cnlSBmxpbWl0cxIfCgt0b3BpY19jb3VudBgHIAEoBVIKdG9waWNDb3VudBInCg9wYXJ0aXRpb25fY291bnQYCCABKAVSDnBhcnRpdGlvbkNvdW50EiUKDmR1cmFiaWxpdHlfbWF4GAkgASgJUg1kdXJhYmlsaXR5TWF4GjkKC0xpbWl0c0VudHJ5EhAKA2tleRgBIAEoCVIDa2V5EhQKBXZhbHVlGAIgASgDUgV2YWx1ZToCOAEiagoWRGVzY3JpYmVTdG9yYWdlUmVxdWVzdBIUCgV0b3BpYxgBIAEoCVIFdG9waWMSGwoJcGFnZV9zaXplGAIgASgFUghwYWdlU2l6ZRIdCgpwYWdlX3Rva2VuGAMgASgJUglwYWdlVG9rZW4ifQoXRGVzY3JpYmVTdG9yYWdlUmVzcG9uc2USOgoKcGFydGl0aW9ucxgBIAMoCzIaLnZhcnZlLnYxLlBhcnRpdGlvblN0b3JhZ2VSCnBhcnRpdGlvbnMSJgoPbmV4dF9wYWdlX3Rva2VuGAIgASgJUg1uZXh0UGFnZVRva2VuIiUKDVZlcmlmeVJlcXVlc3QSFAoFdG9waWMYASABKAlSBXRvcGljItQBCg5WZXJpZnlSZXNwb25zZRIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SGAoHYmF0Y2hlcxgDIAEoA1IHYmF0Y2hlcxIYCgdyZWNvcmRzGAQgASgDUgdyZWNvcmRzEhQKBWJ5dGVzGAUgASgDUgVieXRlcxISCgRkb25lGAYgASgIUgRkb25lEjAKB2RhbWFnZWQYByADKAsyFi52YXJ2ZS52MS5EYW1hZ2VkUmFuZ2VSB2RhbWFnZWQizwEKBVRvcGljEhIKBG5hbWUYASABKAlSBG5hbWUSDgoCaWQYAiABKAlSAmlkEh0KCmNyZWF0ZWRfbXMYAyABKANSCWNyZWF0ZWRNcxIzCgpwYXJ0aXRpb25zGAQgAygLMhMudmFydmUudjEuUGFydGl0aW9uUgpwYXJ0aXRpb25zEjIKCHNldHRpbmdzGAUgAygLMhYudmFydmUudjEuVG9waWNTZXR0aW5nUghzZXR0aW5ncxIaCghkZWdyYWRlZBgGIAEoCVIIZGVncmFkZWQiUgoMVG9waWNTdW1tYXJ5EhIKBG5hbWUYASABKAlSBG5hbWUSDgoCaWQYAiABKAlSAmlkEh4KCnBhcnRpdGlvbnMYAyABKAVSCnBhcnRpdGlvbnMiqAIKCVBhcnRpdGlvbhIcCglwYXJ0aXRpb24YASABKAVSCXBhcnRpdGlvbhIhCgxzdGFydF9vZmZzZXQYAiABKANSC3N0YXJ0T2Zmc2V0Ei4KE3JlYWRhYmxlX2VuZF9vZmZzZXQYAyABKANSEXJlYWRhYmxlRW5kT2Zmc2V0Eh0KCmVuZF9vZmZzZXQYBCABKANSCWVuZE9mZnNldBIhCgxsZWFkZXJfZXBvY2gYBSABKAVSC2xlYWRlckVwb2NoEhQKBWJ5dGVzGAYgASgDUgVieXRlcxI6Cgljb25kaXRpb24YByABKA4yHC52YXJ2ZS52MS5QYXJ0aXRpb25Db25kaXRpb25SCWNvbmRpdGlvbhIWCgZyZWFzb24YCCABKAlSBnJlYXNvbiJXCgxUb3BpY1NldHRpbmcSEgoEbmFtZRgBIAEoCVIEbmFtZRIUCgV2YWx1ZRgCIAEoCVIFdmFsdWUSHQoKaXNfZGVmYXVsdBgDIAEoCFIJaXNEZWZhdWx0ItMDChBQYXJ0aXRpb25TdG9yYWdlEhQKBXRvcGljGAEgASgJUgV0b3BpYxIcCglwYXJ0aXRpb24YAiABKAVSCXBhcnRpdGlvbhI6Cgljb25kaXRpb24YAyABKA4yHC52YXJ2ZS52MS5QYXJ0aXRpb25Db25kaXRpb25SCWNvbmRpdGlvbhIWCgZyZWFzb24YBCABKAlSBnJlYXNvbhIUCgVieXRlcxgFIAEoA1IFYnl0ZXMSGAoHb3V0Y29tZRgGIAEoCVIHb3V0Y29tZRIpChBzZWdtZW50c19zY2FubmVkGAcgASgFUg9zZWdtZW50c1NjYW5uZWQSIwoNYnl0ZXNfc2Nhbm5lZBgIIAEoA1IMYnl0ZXNTY2FubmVkEh0KCnRvcm5fYnl0ZXMYCSABKANSCXRvcm5CeXRlcxInCg9pbmRleGVzX3JlYnVpbHQYCiABKAVSDmluZGV4ZXNSZWJ1aWx0Eh8KC2R1cmF0aW9uX21zGAsgASgBUgpkdXJhdGlvbk1zEjAKB2RhbWFnZWQYDCADKAsyFi52YXJ2ZS52MS5EYW1hZ2VkUmFuZ2VSB2RhbWFnZWQSHAoJYW5vbWFsaWVzGA0gAygJUglhbm9tYWxpZXMifAoMRGFtYWdlZFJhbmdlEigKEGZpcnN0X2JhZF9vZmZzZXQYASABKANSDmZpcnN0QmFkT2Zmc2V0Ei0KEG5leHRfZ29vZF9vZmZzZXQYAiABKANIAFIObmV4dEdvb2RPZmZzZXSIAQFCEwoRX25leHRfZ29vZF9vZmZzZXQqngEKElBhcnRpdGlvbkNvbmRpdGlvbhIjCh9QQVJUSVRJT05fQ09ORElUSU9OX1VOU1BFQ0lGSUVEEAASHwobUEFSVElUSU9OX0NPTkRJVElPTl9IRUFMVEhZEAESIQodUEFSVElUSU9OX0NPTkRJVElPTl9SRUFEX09OTFkQAhIfChtQQVJUSVRJT05fQ09ORElUSU9OX09QRU5JTkcQAzK4BgoMQWRtaW5TZXJ2aWNlEkoKC0NyZWF0ZVRvcGljEhwudmFydmUudjEuQ3JlYXRlVG9waWNSZXF1ZXN0Gh0udmFydmUudjEuQ3JlYXRlVG9waWNSZXNwb25zZRJKCgtEZWxldGVUb3BpYxIcLnZhcnZlLnYxLkRlbGV0ZVRvcGljUmVxdWVzdBodLnZhcnZlLnYxLkRlbGV0ZVRvcGljUmVzcG9uc2USUAoNRGVzY3JpYmVUb3BpYxIeLnZhcnZlLnYxLkRlc2NyaWJlVG9waWNSZXF1ZXN0Gh8udmFydmUudjEuRGVzY3JpYmVUb3BpY1Jlc3BvbnNlEkcKCkxpc3RUb3BpY3MSGy52YXJ2ZS52MS5MaXN0VG9waWNzUmVxdWVzdBocLnZhcnZlLnYxLkxpc3RUb3BpY3NSZXNwb25zZRJiChNVcGRhdGVUb3BpY1NldHRpbmdzEiQudmFydmUudjEuVXBkYXRlVG9waWNTZXR0aW5nc1JlcXVlc3QaJS52YXJ2ZS52MS5VcGRhdGVUb3BpY1NldHRpbmdzUmVzcG9uc2USUAoNQWRkUGFydGl0aW9ucxIeLnZhcnZlLnYxLkFkZFBhcnRpdGlvbnNSZXF1ZXN0Gh8udmFydmUudjEuQWRkUGFydGl0aW9uc1Jlc3BvbnNlElAKDURlbGV0ZVJlY29yZHMSHi52YXJ2ZS52MS5EZWxldGVSZWNvcmRzUmVxdWVzdBofLnZhcnZlLnYxLkRlbGV0ZVJlY29yZHNSZXNwb25zZRJWCg9EZXNjcmliZUNsdXN0ZXISIC52YXJ2ZS52MS5EZXNjcmliZUNsdXN0ZXJSZXF1ZXN0GiEudmFydmUudjEuRGVzY3JpYmVDbHVzdGVyUmVzcG9uc2USVgoPRGVzY3JpYmVTdG9yYWdlEiAudmFydmUudjEuRGVzY3JpYmVTdG9yYWdlUmVxdWVzdBohLnZhcnZlLnYxLkRlc2NyaWJlU3RvcmFnZVJlc3BvbnNlEj0KBlZlcmlmeRIXLnZhcnZlLnYxLlZlcmlmeVJlcXVlc3QaGC52YXJ2ZS52MS5WZXJpZnlSZXNwb25zZTABYgZwcm90bzM="
  },
  {
    "name": "varve/v1/record.proto",
    "dependencies": [],
    "services": [],
    "symbols": [
      "varve.v1.Durability",
      "varve.v1.DURABILITY_UNSPECIFIED",
      "varve.v1.DURABILITY_NONE",
      "varve.v1.DURABILITY_WRITTEN",
      "varve.v1.DURABILITY_SYNCED",
      "varve.v1.RecordForm",
      "varve.v1.RECORD_FORM_UNSPECIFIED",
      "varve.v1.RECORD_FORM_BATCHES",
      "varve.v1.RECORD_FORM_RECORDS",
      "varve.v1.Record",
      "varve.v1.Record.key",
      "varve.v1.Record.value",
      "varve.v1.Record.headers",
      "varve.v1.Record.timestamp_ms",
      "varve.v1.Record.offset",
      "varve.v1.Record._key",
      "varve.v1.Record._value",
      "varve.v1.Header",
      "varve.v1.Header.key",
      "varve.v1.Header.value",
      "varve.v1.Header._value",
      "varve.v1.RecordSet",
      "varve.v1.RecordSet.batches",
      "varve.v1.RecordSet.records",
      "varve.v1.RecordSet.form",
      "varve.v1.RecordList",
      "varve.v1.RecordList.records"
    ],
    "encoded": "ChV2YXJ2ZS92MS9yZWNvcmQucHJvdG8SCHZhcnZlLnYxIrMBCgZSZWNvcmQSFQoDa2V5GAEgASgMSABSA2tleYgBARIZCgV2YWx1ZRgCIAEoDEgBUgV2YWx1ZYgBARIqCgdoZWFkZXJzGAMgAygLMhAudmFydmUudjEuSGVhZGVyUgdoZWFkZXJzEiEKDHRpbWVzdGFtcF9tcxgEIAEoA1ILdGltZXN0YW1wTXMSFgoGb2Zmc2V0GAUgASgDUgZvZmZzZXRCBgoEX2tleUIICgZfdmFsdWUiPwoGSGVhZGVyEhAKA2tleRgBIAEoCVIDa2V5EhkKBXZhbHVlGAIgASgMSABSBXZhbHVliAEBQggKBl92YWx1ZSJhCglSZWNvcmRTZXQSGgoHYmF0Y2hlcxgBIAEoDEgAUgdiYXRjaGVzEjAKB3JlY29yZHMYAiABKAsyFC52YXJ2ZS52MS5SZWNvcmRMaXN0SABSB3JlY29yZHNCBgoEZm9ybSI4CgpSZWNvcmRMaXN0EioKB3JlY29yZHMYASADKAsyEC52YXJ2ZS52MS5SZWNvcmRSB3JlY29yZHMqbAoKRHVyYWJpbGl0eRIaChZEVVJBQklMSVRZX1VOU1BFQ0lGSUVEEAASEwoPRFVSQUJJTElUWV9OT05FEAESFgoSRFVSQUJJTElUWV9XUklUVEVOEAISFQoRRFVSQUJJTElUWV9TWU5DRUQQAypbCgpSZWNvcmRGb3JtEhsKF1JFQ09SRF9GT1JNX1VOU1BFQ0lGSUVEEAASFwoTUkVDT1JEX0ZPUk1fQkFUQ0hFUxABEhcKE1JFQ09SRF9GT1JNX1JFQ09SRFMQAmIGcHJvdG8z"
  },
  {
    "name": "varve/v1/log.proto",
    "dependencies": [
      "google/rpc/status.proto",
      "varve/v1/record.proto"
    ],
    "services": [
      "varve.v1.LogService"
    ],
    "symbols": [
      "varve.v1.FellBehindReason",
      "varve.v1.FELL_BEHIND_REASON_UNSPECIFIED",
      "varve.v1.FELL_BEHIND_REASON_TAIL",
      "varve.v1.FELL_BEHIND_REASON_RETENTION",
      "varve.v1.OffsetPosition",
      "varve.v1.OFFSET_POSITION_UNSPECIFIED",
      "varve.v1.OFFSET_POSITION_EARLIEST",
      "varve.v1.OFFSET_POSITION_LATEST",
      "varve.v1.OFFSET_POSITION_MAX_TIMESTAMP",
      "varve.v1.ProduceRequest",
      "varve.v1.ProduceRequest.entries",
      "varve.v1.ProduceRequest.durability",
      "varve.v1.ProduceEntry",
      "varve.v1.ProduceEntry.topic",
      "varve.v1.ProduceEntry.partition",
      "varve.v1.ProduceEntry.records",
      "varve.v1.ProduceEntry.expected_offset",
      "varve.v1.ProduceEntry._expected_offset",
      "varve.v1.ProduceResponse",
      "varve.v1.ProduceResponse.results",
      "varve.v1.ProduceResult",
      "varve.v1.ProduceResult.topic",
      "varve.v1.ProduceResult.partition",
      "varve.v1.ProduceResult.base_offset",
      "varve.v1.ProduceResult.record_count",
      "varve.v1.ProduceResult.durability",
      "varve.v1.ProduceResult.error",
      "varve.v1.ProduceResult.parts",
      "varve.v1.ProduceResult.duplicate",
      "varve.v1.ProduceResult.log_append_time_ms",
      "varve.v1.ProduceResult.start_offset",
      "varve.v1.ProducePart",
      "varve.v1.ProducePart.partition",
      "varve.v1.ProducePart.base_offset",
      "varve.v1.ProducePart.records",
      "varve.v1.ProducePart.durability",
      "varve.v1.ProducePart.error",
      "varve.v1.ProduceStreamRequest",
      "varve.v1.ProduceStreamRequest.init",
      "varve.v1.ProduceStreamRequest.batch",
      "varve.v1.ProduceStreamRequest.message",
      "varve.v1.ProduceStreamInit",
      "varve.v1.ProduceStreamInit.durability",
      "varve.v1.ProduceStreamBatch",
      "varve.v1.ProduceStreamBatch.correlation_id",
      "varve.v1.ProduceStreamBatch.entries",
      "varve.v1.ProduceStreamResponse",
      "varve.v1.ProduceStreamResponse.ready",
      "varve.v1.ProduceStreamResponse.ack",
      "varve.v1.ProduceStreamResponse.message",
      "varve.v1.ProduceStreamReady",
      "varve.v1.ProduceStreamReady.in_flight_max",
      "varve.v1.ProduceStreamAck",
      "varve.v1.ProduceStreamAck.correlation_id",
      "varve.v1.ProduceStreamAck.results",
      "varve.v1.FetchRequest",
      "varve.v1.FetchRequest.partitions",
      "varve.v1.FetchRequest.max_wait_ms",
      "varve.v1.FetchRequest.min_bytes",
      "varve.v1.FetchRequest.max_bytes",
      "varve.v1.FetchRequest.form",
      "varve.v1.FetchPartition",
      "varve.v1.FetchPartition.topic",
      "varve.v1.FetchPartition.partition",
      "varve.v1.FetchPartition.offset",
      "varve.v1.FetchPartition.max_bytes",
      "varve.v1.FetchPartition.leader_epoch",
      "varve.v1.FetchPartition._leader_epoch",
      "varve.v1.FetchResponse",
      "varve.v1.FetchResponse.results",
      "varve.v1.FetchResult",
      "varve.v1.FetchResult.topic",
      "varve.v1.FetchResult.partition",
      "varve.v1.FetchResult.records",
      "varve.v1.FetchResult.start_offset",
      "varve.v1.FetchResult.readable_end_offset",
      "varve.v1.FetchResult.next_offset",
      "varve.v1.FetchResult.error",
      "varve.v1.SubscribeRequest",
      "varve.v1.SubscribeRequest.init",
      "varve.v1.SubscribeRequest.credit",
      "varve.v1.SubscribeRequest.add",
      "varve.v1.SubscribeRequest.seek",
      "varve.v1.SubscribeRequest.pause",
      "varve.v1.SubscribeRequest.resume",
      "varve.v1.SubscribeRequest.remove",
      "varve.v1.SubscribeRequest.message",
      "varve.v1.SubscribeInit",
      "varve.v1.SubscribeInit.form",
      "varve.v1.SubscribeInit.credit_bytes",
      "varve.v1.SubscribeInit.credit_records",
      "varve.v1.SubscribeInit.max_bytes",
      "varve.v1.SubscribeInit.heartbeat_interval_ms",
      "varve.v1.SubscribeInit._credit_records",
      "varve.v1.SubscribeCredit",
      "varve.v1.SubscribeCredit.bytes",
      "varve.v1.SubscribeCredit.records",
      "varve.v1.SubscribePartition",
      "varve.v1.SubscribePartition.topic",
      "varve.v1.SubscribePartition.partition",
      "varve.v1.SubscribeAdd",
      "varve.v1.SubscribeAdd.partitions",
      "varve.v1.SubscribeAddPartition",
      "varve.v1.SubscribeAddPartition.topic",
      "varve.v1.SubscribeAddPartition.partition",
      "varve.v1.SubscribeAddPartition.seek_epoch",
      "varve.v1.SubscribeAddPartition.offset",
      "varve.v1.SubscribeAddPartition.timestamp_ms",
      "varve.v1.SubscribeAddPartition.position",
      "varve.v1.SubscribeAddPartition.stop_offset",
      "varve.v1.SubscribeAddPartition.stop_timestamp_ms",
      "varve.v1.SubscribeAddPartition.stop_at_end",
      "varve.v1.SubscribeAddPartition.leader_epoch",
      "varve.v1.SubscribeAddPartition.paused",
      "varve.v1.SubscribeAddPartition.start",
      "varve.v1.SubscribeAddPartition.stop",
      "varve.v1.SubscribeAddPartition._leader_epoch",
      "varve.v1.SubscribeSeek",
      "varve.v1.SubscribeSeek.topic",
      "varve.v1.SubscribeSeek.partition",
      "varve.v1.SubscribeSeek.seek_epoch",
      "varve.v1.SubscribeSeek.offset",
      "varve.v1.SubscribeSeek.timestamp_ms",
      "varve.v1.SubscribeSeek.position",
      "varve.v1.SubscribeSeek.leader_epoch",
      "varve.v1.SubscribeSeek.to",
      "varve.v1.SubscribeSeek._leader_epoch",
      "varve.v1.SubscribePause",
      "varve.v1.SubscribePause.partitions",
      "varve.v1.SubscribeResume",
      "varve.v1.SubscribeResume.partitions",
      "varve.v1.SubscribeRemove",
      "varve.v1.SubscribeRemove.partitions",
      "varve.v1.SubscribeResponse",
      "varve.v1.SubscribeResponse.ready",
      "varve.v1.SubscribeResponse.batch",
      "varve.v1.SubscribeResponse.position",
      "varve.v1.SubscribeResponse.caught_up",
      "varve.v1.SubscribeResponse.fell_behind",
      "varve.v1.SubscribeResponse.reached_end",
      "varve.v1.SubscribeResponse.heartbeat",
      "varve.v1.SubscribeResponse.partition_error",
      "varve.v1.SubscribeResponse.message",
      "varve.v1.SubscribeReady",
      "varve.v1.SubscribeReady.max_bytes",
      "varve.v1.SubscribeReady.heartbeat_interval_ms",
      "varve.v1.SubscribeReady.partitions_max",
      "varve.v1.SubscribeReady.unread_max_ms",
      "varve.v1.SubscribeBatch",
      "varve.v1.SubscribeBatch.topic",
      "varve.v1.SubscribeBatch.partition",
      "varve.v1.SubscribeBatch.seek_epoch",
      "varve.v1.SubscribeBatch.records",
      "varve.v1.SubscribeBatch.start_offset",
      "varve.v1.SubscribeBatch.readable_end_offset",
      "varve.v1.SubscribeBatch.next_offset",
      "varve.v1.SubscribeBatch.leader_epoch",
      "varve.v1.SubscribeBatch.credit_bytes",
      "varve.v1.SubscribeBatch.credit_records",
      "varve.v1.SubscribePosition",
      "varve.v1.SubscribePosition.topic",
      "varve.v1.SubscribePosition.partition",
      "varve.v1.SubscribePosition.seek_epoch",
      "varve.v1.SubscribePosition.offset",
      "varve.v1.SubscribePosition.stop_offset",
      "varve.v1.SubscribePosition.start_offset",
      "varve.v1.SubscribePosition.readable_end_offset",
      "varve.v1.SubscribePosition.leader_epoch",
      "varve.v1.SubscribePosition._stop_offset",
      "varve.v1.SubscribeCaughtUp",
      "varve.v1.SubscribeCaughtUp.topic",
      "varve.v1.SubscribeCaughtUp.partition",
      "varve.v1.SubscribeCaughtUp.seek_epoch",
      "varve.v1.SubscribeCaughtUp.offset",
      "varve.v1.SubscribeFellBehind",
      "varve.v1.SubscribeFellBehind.topic",
      "varve.v1.SubscribeFellBehind.partition",
      "varve.v1.SubscribeFellBehind.seek_epoch",
      "varve.v1.SubscribeFellBehind.offset",
      "varve.v1.SubscribeFellBehind.readable_end_offset",
      "varve.v1.SubscribeFellBehind.reason",
      "varve.v1.SubscribeReachedEnd",
      "varve.v1.SubscribeReachedEnd.topic",
      "varve.v1.SubscribeReachedEnd.partition",
      "varve.v1.SubscribeReachedEnd.seek_epoch",
      "varve.v1.SubscribeReachedEnd.offset",
      "varve.v1.SubscribeHeartbeat",
      "varve.v1.SubscribePartitionError",
      "varve.v1.SubscribePartitionError.topic",
      "varve.v1.SubscribePartitionError.partition",
      "varve.v1.SubscribePartitionError.seek_epoch",
      "varve.v1.SubscribePartitionError.error",
      "varve.v1.SubscribePartitionError.start_offset",
      "varve.v1.SubscribePartitionError.readable_end_offset",
      "varve.v1.ListOffsetsRequest",
      "varve.v1.ListOffsetsRequest.partitions",
      "varve.v1.ListOffsetsPartition",
      "varve.v1.ListOffsetsPartition.topic",
      "varve.v1.ListOffsetsPartition.partition",
      "varve.v1.ListOffsetsPartition.position",
      "varve.v1.ListOffsetsPartition.timestamp_ms",
      "varve.v1.ListOffsetsPartition.at",
      "varve.v1.ListOffsetsResponse",
      "varve.v1.ListOffsetsResponse.results",
      "varve.v1.ListOffsetsResult",
      "varve.v1.ListOffsetsResult.topic",
      "varve.v1.ListOffsetsResult.partition",
      "varve.v1.ListOffsetsResult.offset",
      "varve.v1.ListOffsetsResult.timestamp_ms",
      "varve.v1.ListOffsetsResult.leader_epoch",
      "varve.v1.ListOffsetsResult.start_offset",
      "varve.v1.ListOffsetsResult.readable_end_offset",
      "varve.v1.ListOffsetsResult.error",
      "varve.v1.InitProducerIdRequest",
      "varve.v1.InitProducerIdRequest.producer_id",
      "varve.v1.InitProducerIdRequest.producer_epoch",
      "varve.v1.InitProducerIdRequest._producer_id",
      "varve.v1.InitProducerIdRequest._producer_epoch",
      "varve.v1.InitProducerIdResponse",
      "varve.v1.InitProducerIdResponse.producer_id",
      "varve.v1.InitProducerIdResponse.producer_epoch",
      "varve.v1.LogService",
      "varve.v1.LogService.Produce",
      "varve.v1.LogService.ProduceStream",
      "varve.v1.LogService.Fetch",
      "varve.v1.LogService.Subscribe",
      "varve.v1.LogService.ListOffsets",
      "varve.v1.LogService.InitProducerId"
    ],
    "encoded": "ChJ2YXJ2ZS92MS9sb2cucHJvdG8SCHZhcnZlLnYxGhdnb29nbGUvcnBjL3N0YXR1cy5wcm90bxoVdmFydmUvdjEvcmVjb3JkLnByb3RvIngKDlByb2R1Y2VSZXF1ZXN0EjAKB2VudHJpZXMYASADKAsyFi52YXJ2ZS52MS5Qcm9kdWNlRW50cnlSB2VudHJpZXMSNAoKZHVyYWJpbGl0eRgCIAEoDjIULnZhcnZlLnYxLkR1cmFiaWxpdHlSCmR1cmFiaWxpdHkiswEKDFByb2R1Y2VFbnRyeRIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SLQoHcmVjb3JkcxgDIAEoCzITLnZhcnZlLnYxLlJlY29yZFNldFIHcmVjb3JkcxIsCg9leHBlY3RlZF9vZmZzZXQYBCABKANIAFIOZXhwZWN0ZWRPZmZzZXSIAQFCEgoQX2V4cGVjdGVkX29mZnNldCJECg9Qcm9kdWNlUmVzcG9uc2USMQoHcmVzdWx0cxgBIAMoCzIXLnZhcnZlLnYxLlByb2R1Y2VSZXN1bHRSB3Jlc3VsdHMiggMKDVByb2R1Y2VSZXN1bHQSFAoFdG9waWMYASABKAlSBXRvcGljEhwKCXBhcnRpdGlvbhgCIAEoBVIJcGFydGl0aW9uEh8KC2Jhc2Vfb2Zmc2V0GAMgASgDUgpiYXNlT2Zmc2V0EiEKDHJlY29yZF9jb3VudBgEIAEoBVILcmVjb3JkQ291bnQSNAoKZHVyYWJpbGl0eRgFIAEoDjIULnZhcnZlLnYxLkR1cmFiaWxpdHlSCmR1cmFiaWxpdHkSKAoFZXJyb3IYBiABKAsyEi5nb29nbGUucnBjLlN0YXR1c1IFZXJyb3ISKwoFcGFydHMYByADKAsyFS52YXJ2ZS52MS5Qcm9kdWNlUGFydFIFcGFydHMSHAoJZHVwbGljYXRlGAggASgIUglkdXBsaWNhdGUSKwoSbG9nX2FwcGVuZF90aW1lX21zGAkgASgDUg9sb2dBcHBlbmRUaW1lTXMSIQoMc3RhcnRfb2Zmc2V0GAogASgDUgtzdGFydE9mZnNldCLGAQoLUHJvZHVjZVBhcnQSHAoJcGFydGl0aW9uGAEgASgFUglwYXJ0aXRpb24SHwoLYmFzZV9vZmZzZXQYAiABKANSCmJhc2VPZmZzZXQSGAoHcmVjb3JkcxgDIAMoBVIHcmVjb3JkcxI0CgpkdXJhYmlsaXR5GAQgASgOMhQudmFydmUudjEuRHVyYWJpbGl0eVIKZHVyYWJpbGl0eRIoCgVlcnJvchgFIAEoCzISLmdvb2dsZS5ycGMuU3RhdHVzUgVlcnJvciKKAQoUUHJvZHVjZVN0cmVhbVJlcXVlc3QSMQoEaW5pdBgBIAEoCzIbLnZhcnZlLnYxLlByb2R1Y2VTdHJlYW1Jbml0SABSBGluaXQSNAoFYmF0Y2gYAiABKAsyHC52YXJ2ZS52MS5Qcm9kdWNlU3RyZWFtQmF0Y2hIAFIFYmF0Y2hCCQoHbWVzc2FnZSJJChFQcm9kdWNlU3RyZWFtSW5pdBI0CgpkdXJhYmlsaXR5GAEgASgOMhQudmFydmUudjEuRHVyYWJpbGl0eVIKZHVyYWJpbGl0eSJtChJQcm9kdWNlU3RyZWFtQmF0Y2gSJQoOY29ycmVsYXRpb25faWQYASABKANSDWNvcnJlbGF0aW9uSWQSMAoHZW50cmllcxgCIAMoCzIWLnZhcnZlLnYxLlByb2R1Y2VFbnRyeVIHZW50cmllcyKIAQoVUHJvZHVjZVN0cmVhbVJlc3BvbnNlEjQKBXJlYWR5GAEgASgLMhwudmFydmUudjEuUHJvZHVjZVN0cmVhbVJlYWR5SABSBXJlYWR5Ei4KA2FjaxgCIAEoCzIaLnZhcnZlLnYxLlByb2R1Y2VTdHJlYW1BY2tIAFIDYWNrQgkKB21lc3NhZ2UiOAoSUHJvZHVjZVN0cmVhbVJlYWR5EiIKDWluX2ZsaWdodF9tYXgYASABKAVSC2luRmxpZ2h0TWF4ImwKEFByb2R1Y2VTdHJlYW1BY2sSJQoOY29ycmVsYXRpb25faWQYASABKANSDWNvcnJlbGF0aW9uSWQSMQoHcmVzdWx0cxgCIAMoCzIXLnZhcnZlLnYxLlByb2R1Y2VSZXN1bHRSB3Jlc3VsdHMizAEKDEZldGNoUmVxdWVzdBI4CgpwYXJ0aXRpb25zGAEgAygLMhgudmFydmUudjEuRmV0Y2hQYXJ0aXRpb25SCnBhcnRpdGlvbnMSHgoLbWF4X3dhaXRfbXMYAiABKAVSCW1heFdhaXRNcxIbCgltaW5fYnl0ZXMYAyABKAVSCG1pbkJ5dGVzEhsKCW1heF9ieXRlcxgEIAEoBVIIbWF4Qnl0ZXMSKAoEZm9ybRgFIAEoDjIULnZhcnZlLnYxLlJlY29yZEZvcm1SBGZvcm0isgEKDkZldGNoUGFydGl0aW9uEhQKBXRvcGljGAEgASgJUgV0b3BpYxIcCglwYXJ0aXRpb24YAiABKAVSCXBhcnRpdGlvbhIWCgZvZmZzZXQYAyABKANSBm9mZnNldBIbCgltYXhfYnl0ZXMYBCABKAVSCG1heEJ5dGVzEiYKDGxlYWRlcl9lcG9jaBgFIAEoBUgAUgtsZWFkZXJFcG9jaIgBAUIPCg1fbGVhZGVyX2Vwb2NoIkAKDUZldGNoUmVzcG9uc2USLwoHcmVzdWx0cxgBIAMoCzIVLnZhcnZlLnYxLkZldGNoUmVzdWx0UgdyZXN1bHRzIo4CCgtGZXRjaFJlc3VsdBIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SLQoHcmVjb3JkcxgDIAEoCzITLnZhcnZlLnYxLlJlY29yZFNldFIHcmVjb3JkcxIhCgxzdGFydF9vZmZzZXQYBCABKANSC3N0YXJ0T2Zmc2V0Ei4KE3JlYWRhYmxlX2VuZF9vZmZzZXQYBSABKANSEXJlYWRhYmxlRW5kT2Zmc2V0Eh8KC25leHRfb2Zmc2V0GAYgASgDUgpuZXh0T2Zmc2V0EigKBWVycm9yGAcgASgLMhIuZ29vZ2xlLnJwYy5TdGF0dXNSBWVycm9yIvgCChBTdWJzY3JpYmVSZXF1ZXN0Ei0KBGluaXQYASABKAsyFy52YXJ2ZS52MS5TdWJzY3JpYmVJbml0SABSBGluaXQSMwoGY3JlZGl0GAIgASgLMhkudmFydmUudjEuU3Vic2NyaWJlQ3JlZGl0SABSBmNyZWRpdBIqCgNhZGQYAyABKAsyFi52YXJ2ZS52MS5TdWJzY3JpYmVBZGRIAFIDYWRkEi0KBHNlZWsYBCABKAsyFy52YXJ2ZS52MS5TdWJzY3JpYmVTZWVrSABSBHNlZWsSMAoFcGF1c2UYBSABKAsyGC52YXJ2ZS52MS5TdWJzY3JpYmVQYXVzZUgAUgVwYXVzZRIzCgZyZXN1bWUYBiABKAsyGS52YXJ2ZS52MS5TdWJzY3JpYmVSZXN1bWVIAFIGcmVzdW1lEjMKBnJlbW92ZRgHIAEoCzIZLnZhcnZlLnYxLlN1YnNjcmliZVJlbW92ZUgAUgZyZW1vdmVCCQoHbWVzc2FnZSLsAQoNU3Vic2NyaWJlSW5pdBIoCgRmb3JtGAEgASgOMhQudmFydmUudjEuUmVjb3JkRm9ybVIEZm9ybRIhCgxjcmVkaXRfYnl0ZXMYAiABKANSC2NyZWRpdEJ5dGVzEioKDmNyZWRpdF9yZWNvcmRzGAMgASgDSABSDWNyZWRpdFJlY29yZHOIAQESGwoJbWF4X2J5dGVzGAQgASgFUghtYXhCeXRlcxIyChVoZWFydGJlYXRfaW50ZXJ2YWxfbXMYBSABKAVSE2hlYXJ0YmVhdEludGVydmFsTXNCEQoPX2NyZWRpdF9yZWNvcmRzIkEKD1N1YnNjcmliZUNyZWRpdBIUCgVieXRlcxgBIAEoA1IFYnl0ZXMSGAoHcmVjb3JkcxgCIAEoA1IHcmVjb3JkcyJIChJTdWJzY3JpYmVQYXJ0aXRpb24SFAoFdG9waWMYASABKAlSBXRvcGljEhwKCXBhcnRpdGlvbhgCIAEoBVIJcGFydGl0aW9uIk8KDFN1YnNjcmliZUFkZBI/CgpwYXJ0aXRpb25zGAEgAygLMh8udmFydmUudjEuU3Vic2NyaWJlQWRkUGFydGl0aW9uUgpwYXJ0aXRpb25zIrYDChVTdWJzY3JpYmVBZGRQYXJ0aXRpb24SFAoFdG9waWMYASABKAlSBXRvcGljEhwKCXBhcnRpdGlvbhgCIAEoBVIJcGFydGl0aW9uEh0KCnNlZWtfZXBvY2gYAyABKAVSCXNlZWtFcG9jaBIYCgZvZmZzZXQYBCABKANIAFIGb2Zmc2V0EiMKDHRpbWVzdGFtcF9tcxgFIAEoA0gAUgt0aW1lc3RhbXBNcxI2Cghwb3NpdGlvbhgGIAEoDjIYLnZhcnZlLnYxLk9mZnNldFBvc2l0aW9uSABSCHBvc2l0aW9uEiEKC3N0b3Bfb2Zmc2V0GAcgASgDSAFSCnN0b3BPZmZzZXQSLAoRc3RvcF90aW1lc3RhbXBfbXMYCCABKANIAVIPc3RvcFRpbWVzdGFtcE1zEiAKC3N0b3BfYXRfZW5kGAkgASgISAFSCXN0b3BBdEVuZBImCgxsZWFkZXJfZXBvY2gYCiABKAVIAlILbGVhZGVyRXBvY2iIAQESFgoGcGF1c2VkGAsgASgIUgZwYXVzZWRCBwoFc3RhcnRCBgoEc3RvcEIPCg1fbGVhZGVyX2Vwb2NoIpgCCg1TdWJzY3JpYmVTZWVrEhQKBXRvcGljGAEgASgJUgV0b3BpYxIcCglwYXJ0aXRpb24YAiABKAVSCXBhcnRpdGlvbhIdCgpzZWVrX2Vwb2NoGAMgASgFUglzZWVrRXBvY2gSGAoGb2Zmc2V0GAQgASgDSABSBm9mZnNldBIjCgx0aW1lc3RhbXBfbXMYBSABKANIAFILdGltZXN0YW1wTXMSNgoIcG9zaXRpb24YBiABKA4yGC52YXJ2ZS52MS5PZmZzZXRQb3NpdGlvbkgAUghwb3NpdGlvbhImCgxsZWFkZXJfZXBvY2gYByABKAVIAVILbGVhZGVyRXBvY2iIAQFCBAoCdG9CDwoNX2xlYWRlcl9lcG9jaCJOCg5TdWJzY3JpYmVQYXVzZRI8CgpwYXJ0aXRpb25zGAEgAygLMhwudmFydmUudjEuU3Vic2NyaWJlUGFydGl0aW9uUgpwYXJ0aXRpb25zIk8KD1N1YnNjcmliZVJlc3VtZRI8CgpwYXJ0aXRpb25zGAEgAygLMhwudmFydmUudjEuU3Vic2NyaWJlUGFydGl0aW9uUgpwYXJ0aXRpb25zIk8KD1N1YnNjcmliZVJlbW92ZRI8CgpwYXJ0aXRpb25zGAEgAygLMhwudmFydmUudjEuU3Vic2NyaWJlUGFydGl0aW9uUgpwYXJ0aXRpb25zIokEChFTdWJzY3JpYmVSZXNwb25zZRIwCgVyZWFkeRgBIAEoCzIYLnZhcnZlLnYxLlN1YnNjcmliZVJlYWR5SABSBXJlYWR5EjAKBWJhdGNoGAIgASgLMhgudmFydmUudjEuU3Vic2NyaWJlQmF0Y2hIAFIFYmF0Y2gSOQoIcG9zaXRpb24YAyABKAsyGy52YXJ2ZS52MS5TdWJzY3JpYmVQb3NpdGlvbkgAUghwb3NpdGlvbhI6CgljYXVnaHRfdXAYBCABKAsyGy52YXJ2ZS52MS5TdWJzY3JpYmVDYXVnaHRVcEgAUghjYXVnaHRVcBJACgtmZWxsX2JlaGluZBgFIAEoCzIdLnZhcnZlLnYxLlN1YnNjcmliZUZlbGxCZWhpbmRIAFIKZmVsbEJlaGluZBJACgtyZWFjaGVkX2VuZBgGIAEoCzIdLnZhcnZlLnYxLlN1YnNjcmliZVJlYWNoZWRFbmRIAFIKcmVhY2hlZEVuZBI8CgloZWFydGJlYXQYByABKAsyHC52YXJ2ZS52MS5TdWJzY3JpYmVIZWFydGJlYXRIAFIJaGVhcnRiZWF0EkwKD3BhcnRpdGlvbl9lcnJvchgIIAEoCzIhLnZhcnZlLnYxLlN1YnNjcmliZVBhcnRpdGlvbkVycm9ySABSDnBhcnRpdGlvbkVycm9yQgkKB21lc3NhZ2UirAEKDlN1YnNjcmliZVJlYWR5EhsKCW1heF9ieXRlcxgBIAEoBVIIbWF4Qnl0ZXMSMgoVaGVhcnRiZWF0X2ludGVydmFsX21zGAIgASgFUhNoZWFydGJlYXRJbnRlcnZhbE1zEiUKDnBhcnRpdGlvbnNfbWF4GAMgASgFUg1wYXJ0aXRpb25zTWF4EiIKDXVucmVhZF9tYXhfbXMYBCABKAVSC3VucmVhZE1heE1zIvMCCg5TdWJzY3JpYmVCYXRjaBIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SHQoKc2Vla19lcG9jaBgDIAEoBVIJc2Vla0Vwb2NoEi0KB3JlY29yZHMYBCABKAsyEy52YXJ2ZS52MS5SZWNvcmRTZXRSB3JlY29yZHMSIQoMc3RhcnRfb2Zmc2V0GAUgASgDUgtzdGFydE9mZnNldBIuChNyZWFkYWJsZV9lbmRfb2Zmc2V0GAYgASgDUhFyZWFkYWJsZUVuZE9mZnNldBIfCgtuZXh0X29mZnNldBgHIAEoA1IKbmV4dE9mZnNldBIhCgxsZWFkZXJfZXBvY2gYCCABKAVSC2xlYWRlckVwb2NoEiEKDGNyZWRpdF9ieXRlcxgJIAEoBVILY3JlZGl0Qnl0ZXMSJQoOY3JlZGl0X3JlY29yZHMYCiABKAVSDWNyZWRpdFJlY29yZHMiqgIKEVN1YnNjcmliZVBvc2l0aW9uEhQKBXRvcGljGAEgASgJUgV0b3BpYxIcCglwYXJ0aXRpb24YAiABKAVSCXBhcnRpdGlvbhIdCgpzZWVrX2Vwb2NoGAMgASgFUglzZWVrRXBvY2gSFgoGb2Zmc2V0GAQgASgDUgZvZmZzZXQSJAoLc3RvcF9vZmZzZXQYBSABKANIAFIKc3RvcE9mZnNldIgBARIhCgxzdGFydF9vZmZzZXQYBiABKANSC3N0YXJ0T2Zmc2V0Ei4KE3JlYWRhYmxlX2VuZF9vZmZzZXQYByABKANSEXJlYWRhYmxlRW5kT2Zmc2V0EiEKDGxlYWRlcl9lcG9jaBgIIAEoBVILbGVhZGVyRXBvY2hCDgoMX3N0b3Bfb2Zmc2V0In4KEVN1YnNjcmliZUNhdWdodFVwEhQKBXRvcGljGAEgASgJUgV0b3BpYxIcCglwYXJ0aXRpb24YAiABKAVSCXBhcnRpdGlvbhIdCgpzZWVrX2Vwb2NoGAMgASgFUglzZWVrRXBvY2gSFgoGb2Zmc2V0GAQgASgDUgZvZmZzZXQi5AEKE1N1YnNjcmliZUZlbGxCZWhpbmQSFAoFdG9waWMYASABKAlSBXRvcGljEhwKCXBhcnRpdGlvbhgCIAEoBVIJcGFydGl0aW9uEh0KCnNlZWtfZXBvY2gYAyABKAVSCXNlZWtFcG9jaBIWCgZvZmZzZXQYBCABKANSBm9mZnNldBIuChNyZWFkYWJsZV9lbmRfb2Zmc2V0GAUgASgDUhFyZWFkYWJsZUVuZE9mZnNldBIyCgZyZWFzb24YBiABKA4yGi52YXJ2ZS52MS5GZWxsQmVoaW5kUmVhc29uUgZyZWFzb24igAEKE1N1YnNjcmliZVJlYWNoZWRFbmQSFAoFdG9waWMYASABKAlSBXRvcGljEhwKCXBhcnRpdGlvbhgCIAEoBVIJcGFydGl0aW9uEh0KCnNlZWtfZXBvY2gYAyABKAVSCXNlZWtFcG9jaBIWCgZvZmZzZXQYBCABKANSBm9mZnNldCIUChJTdWJzY3JpYmVIZWFydGJlYXQi6QEKF1N1YnNjcmliZVBhcnRpdGlvbkVycm9yEhQKBXRvcGljGAEgASgJUgV0b3BpYxIcCglwYXJ0aXRpb24YAiABKAVSCXBhcnRpdGlvbhIdCgpzZWVrX2Vwb2NoGAMgASgFUglzZWVrRXBvY2gSKAoFZXJyb3IYBCABKAsyEi5nb29nbGUucnBjLlN0YXR1c1IFZXJyb3ISIQoMc3RhcnRfb2Zmc2V0GAUgASgDUgtzdGFydE9mZnNldBIuChNyZWFkYWJsZV9lbmRfb2Zmc2V0GAYgASgDUhFyZWFkYWJsZUVuZE9mZnNldCJUChJMaXN0T2Zmc2V0c1JlcXVlc3QSPgoKcGFydGl0aW9ucxgBIAMoCzIeLnZhcnZlLnYxLkxpc3RPZmZzZXRzUGFydGl0aW9uUgpwYXJ0aXRpb25zIq0BChRMaXN0T2Zmc2V0c1BhcnRpdGlvbhIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SNgoIcG9zaXRpb24YAyABKA4yGC52YXJ2ZS52MS5PZmZzZXRQb3NpdGlvbkgAUghwb3NpdGlvbhIjCgx0aW1lc3RhbXBfbXMYBCABKANIAFILdGltZXN0YW1wTXNCBAoCYXQiTAoTTGlzdE9mZnNldHNSZXNwb25zZRI1CgdyZXN1bHRzGAEgAygLMhsudmFydmUudjEuTGlzdE9mZnNldHNSZXN1bHRSB3Jlc3VsdHMiogIKEUxpc3RPZmZzZXRzUmVzdWx0EhQKBXRvcGljGAEgASgJUgV0b3BpYxIcCglwYXJ0aXRpb24YAiABKAVSCXBhcnRpdGlvbhIWCgZvZmZzZXQYAyABKANSBm9mZnNldBIhCgx0aW1lc3RhbXBfbXMYBCABKANSC3RpbWVzdGFtcE1zEiEKDGxlYWRlcl9lcG9jaBgFIAEoBVILbGVhZGVyRXBvY2gSIQoMc3RhcnRfb2Zmc2V0GAYgASgDUgtzdGFydE9mZnNldBIuChNyZWFkYWJsZV9lbmRfb2Zmc2V0GAcgASgDUhFyZWFkYWJsZUVuZE9mZnNldBIoCgVlcnJvchgIIAEoCzISLmdvb2dsZS5ycGMuU3RhdHVzUgVlcnJvciKMAQoVSW5pdFByb2R1Y2VySWRSZXF1ZXN0EiQKC3Byb2R1Y2VyX2lkGAEgASgDSABSCnByb2R1Y2VySWSIAQESKgoOcHJvZHVjZXJfZXBvY2gYAiABKAVIAVINcHJvZHVjZXJFcG9jaIgBAUIOCgxfcHJvZHVjZXJfaWRCEQoPX3Byb2R1Y2VyX2Vwb2NoImAKFkluaXRQcm9kdWNlcklkUmVzcG9uc2USHwoLcHJvZHVjZXJfaWQYASABKANSCnByb2R1Y2VySWQSJQoOcHJvZHVjZXJfZXBvY2gYAiABKAVSDXByb2R1Y2VyRXBvY2gqdQoQRmVsbEJlaGluZFJlYXNvbhIiCh5GRUxMX0JFSElORF9SRUFTT05fVU5TUEVDSUZJRUQQABIbChdGRUxMX0JFSElORF9SRUFTT05fVEFJTBABEiAKHEZFTExfQkVISU5EX1JFQVNPTl9SRVRFTlRJT04QAiqOAQoOT2Zmc2V0UG9zaXRpb24SHwobT0ZGU0VUX1BPU0lUSU9OX1VOU1BFQ0lGSUVEEAASHAoYT0ZGU0VUX1BPU0lUSU9OX0VBUkxJRVNUEAESGgoWT0ZGU0VUX1BPU0lUSU9OX0xBVEVTVBACEiEKHU9GRlNFVF9QT1NJVElPTl9NQVhfVElNRVNUQU1QEAMyxwMKCkxvZ1NlcnZpY2USPgoHUHJvZHVjZRIYLnZhcnZlLnYxLlByb2R1Y2VSZXF1ZXN0GhkudmFydmUudjEuUHJvZHVjZVJlc3BvbnNlElQKDVByb2R1Y2VTdHJlYW0SHi52YXJ2ZS52MS5Qcm9kdWNlU3RyZWFtUmVxdWVzdBofLnZhcnZlLnYxLlByb2R1Y2VTdHJlYW1SZXNwb25zZSgBMAESOAoFRmV0Y2gSFi52YXJ2ZS52MS5GZXRjaFJlcXVlc3QaFy52YXJ2ZS52MS5GZXRjaFJlc3BvbnNlEkgKCVN1YnNjcmliZRIaLnZhcnZlLnYxLlN1YnNjcmliZVJlcXVlc3QaGy52YXJ2ZS52MS5TdWJzY3JpYmVSZXNwb25zZSgBMAESSgoLTGlzdE9mZnNldHMSHC52YXJ2ZS52MS5MaXN0T2Zmc2V0c1JlcXVlc3QaHS52YXJ2ZS52MS5MaXN0T2Zmc2V0c1Jlc3BvbnNlElMKDkluaXRQcm9kdWNlcklkEh8udmFydmUudjEuSW5pdFByb2R1Y2VySWRSZXF1ZXN0GiAudmFydmUudjEuSW5pdFByb2R1Y2VySWRSZXNwb25zZWIGcHJvdG8z"
  },
  {
    "name": "varve/v1/group.proto",
    "dependencies": [
      "google/rpc/status.proto",
      "varve/v1/log.proto"
    ],
    "services": [
      "varve.v1.GroupService"
    ],
    "symbols": [
      "varve.v1.ProgressState",
      "varve.v1.PROGRESS_STATE_UNSPECIFIED",
      "varve.v1.PROGRESS_STATE_FLOWING",
      "varve.v1.PROGRESS_STATE_IN_HANDLER",
      "varve.v1.PROGRESS_STATE_PAUSED",
      "varve.v1.PROGRESS_STATE_NO_CREDIT",
      "varve.v1.PROGRESS_STATE_FAILED",
      "varve.v1.PROGRESS_STATE_HANDLER_FAILED",
      "varve.v1.GroupCondition",
      "varve.v1.GROUP_CONDITION_UNSPECIFIED",
      "varve.v1.GROUP_CONDITION_EMPTY",
      "varve.v1.GROUP_CONDITION_ASSIGNING",
      "varve.v1.GROUP_CONDITION_RECONCILING",
      "varve.v1.GROUP_CONDITION_STABLE",
      "varve.v1.GroupMemberState",
      "varve.v1.GROUP_MEMBER_STATE_UNSPECIFIED",
      "varve.v1.GROUP_MEMBER_STATE_STABLE",
      "varve.v1.GROUP_MEMBER_STATE_UNREVOKED",
      "varve.v1.GROUP_MEMBER_STATE_UNRELEASED",
      "varve.v1.GROUP_MEMBER_STATE_AWAY",
      "varve.v1.FlowReason",
      "varve.v1.FLOW_REASON_UNSPECIFIED",
      "varve.v1.FLOW_REASON_FLOWING",
      "varve.v1.FLOW_REASON_AT_END",
      "varve.v1.FLOW_REASON_NO_MEMBER",
      "varve.v1.FLOW_REASON_STALLED_IN_HANDLER",
      "varve.v1.FLOW_REASON_MEMBER_SILENT",
      "varve.v1.FLOW_REASON_WAITING_FOR_REVOCATION",
      "varve.v1.FLOW_REASON_WAITING_FOR_MEMBER",
      "varve.v1.FLOW_REASON_PAUSED",
      "varve.v1.FLOW_REASON_NO_CREDIT",
      "varve.v1.FLOW_REASON_OFFSET_OUT_OF_RANGE",
      "varve.v1.FLOW_REASON_TOPIC_MISSING",
      "varve.v1.FLOW_REASON_MEMBER_FENCED",
      "varve.v1.FLOW_REASON_PARTITION_UNAVAILABLE",
      "varve.v1.FLOW_REASON_MEMBER_AWAY",
      "varve.v1.FLOW_REASON_ASSIGNING",
      "varve.v1.FLOW_REASON_READ_FAILED",
      "varve.v1.FLOW_REASON_HANDLER_FAILED",
      "varve.v1.FLOW_REASON_NOT_COMMITTING",
      "varve.v1.CommitHistoryKind",
      "varve.v1.COMMIT_HISTORY_KIND_UNSPECIFIED",
      "varve.v1.COMMIT_HISTORY_KIND_COMMIT",
      "varve.v1.COMMIT_HISTORY_KIND_RESET",
      "varve.v1.COMMIT_HISTORY_KIND_EXPIRED",
      "varve.v1.COMMIT_HISTORY_KIND_TOPIC_DELETED",
      "varve.v1.COMMIT_HISTORY_KIND_GROUP_CREATED",
      "varve.v1.COMMIT_HISTORY_KIND_GROUP_DELETED",
      "varve.v1.GroupPartition",
      "varve.v1.GroupPartition.topic",
      "varve.v1.GroupPartition.partition",
      "varve.v1.GroupPartition.topic_id",
      "varve.v1.SessionRequest",
      "varve.v1.SessionRequest.join",
      "varve.v1.SessionRequest.resume",
      "varve.v1.SessionRequest.heartbeat",
      "varve.v1.SessionRequest.leave",
      "varve.v1.SessionRequest.message",
      "varve.v1.SessionJoin",
      "varve.v1.SessionJoin.group",
      "varve.v1.SessionJoin.member_id",
      "varve.v1.SessionJoin.instance_id",
      "varve.v1.SessionJoin.client_id",
      "varve.v1.SessionJoin.topics",
      "varve.v1.SessionJoin.assignor",
      "varve.v1.SessionJoin.weight",
      "varve.v1.SessionJoin.session_timeout_ms",
      "varve.v1.SessionJoin.rebalance_timeout_ms",
      "varve.v1.SessionJoin._instance_id",
      "varve.v1.SessionResume",
      "varve.v1.SessionResume.group",
      "varve.v1.SessionResume.member_id",
      "varve.v1.SessionResume.instance_id",
      "varve.v1.SessionResume.heartbeat",
      "varve.v1.SessionResume._instance_id",
      "varve.v1.SessionHeartbeat",
      "varve.v1.SessionHeartbeat.member_epoch",
      "varve.v1.SessionHeartbeat.owned",
      "varve.v1.SessionHeartbeat.wishes",
      "varve.v1.SessionHeartbeat.progress",
      "varve.v1.SessionHeartbeat._owned",
      "varve.v1.SessionHeartbeat._wishes",
      "varve.v1.OwnedPartitions",
      "varve.v1.OwnedPartitions.partitions",
      "varve.v1.SessionWishes",
      "varve.v1.SessionWishes.topics",
      "varve.v1.SessionWishes.assignor",
      "varve.v1.SessionWishes.weight",
      "varve.v1.SessionWishes.rebalance_timeout_ms",
      "varve.v1.PartitionProgress",
      "varve.v1.PartitionProgress.topic",
      "varve.v1.PartitionProgress.partition",
      "varve.v1.PartitionProgress.state",
      "varve.v1.PartitionProgress.state_age_ms",
      "varve.v1.PartitionProgress.position",
      "varve.v1.PartitionProgress.text",
      "varve.v1.SessionLeave",
      "varve.v1.SessionLeave.is_coming_back",
      "varve.v1.SessionResponse",
      "varve.v1.SessionResponse.joined",
      "varve.v1.SessionResponse.heartbeat",
      "varve.v1.SessionResponse.call",
      "varve.v1.SessionResponse.message",
      "varve.v1.SessionJoined",
      "varve.v1.SessionJoined.member_id",
      "varve.v1.SessionJoined.member_epoch",
      "varve.v1.SessionJoined.heartbeat_interval_ms",
      "varve.v1.SessionJoined.session_timeout_ms",
      "varve.v1.SessionJoined.rebalance_timeout_ms",
      "varve.v1.SessionJoined.assigned",
      "varve.v1.SessionHeartbeatAnswer",
      "varve.v1.SessionHeartbeatAnswer.member_epoch",
      "varve.v1.SessionHeartbeatAnswer.heartbeat_interval_ms",
      "varve.v1.SessionHeartbeatAnswer.assigned",
      "varve.v1.SessionHeartbeatAnswer._assigned",
      "varve.v1.AssignedPartitions",
      "varve.v1.AssignedPartitions.partitions",
      "varve.v1.AssignedPartition",
      "varve.v1.AssignedPartition.topic",
      "varve.v1.AssignedPartition.partition",
      "varve.v1.AssignedPartition.topic_id",
      "varve.v1.AssignedPartition.committed_offset",
      "varve.v1.AssignedPartition.leader_epoch",
      "varve.v1.AssignedPartition.metadata",
      "varve.v1.AssignedPartition.is_metadata_left_out",
      "varve.v1.AssignedPartition._committed_offset",
      "varve.v1.SessionCall",
      "varve.v1.CommitOffsetsRequest",
      "varve.v1.CommitOffsetsRequest.group",
      "varve.v1.CommitOffsetsRequest.member_id",
      "varve.v1.CommitOffsetsRequest.instance_id",
      "varve.v1.CommitOffsetsRequest.member_epoch",
      "varve.v1.CommitOffsetsRequest.entries",
      "varve.v1.CommitOffsetsRequest.allow_rewind",
      "varve.v1.CommitOffsetsRequest._member_id",
      "varve.v1.CommitOffsetsRequest._instance_id",
      "varve.v1.CommitOffsetsRequest._member_epoch",
      "varve.v1.CommitOffsetsEntry",
      "varve.v1.CommitOffsetsEntry.topic",
      "varve.v1.CommitOffsetsEntry.partition",
      "varve.v1.CommitOffsetsEntry.topic_id",
      "varve.v1.CommitOffsetsEntry.offset",
      "varve.v1.CommitOffsetsEntry.leader_epoch",
      "varve.v1.CommitOffsetsEntry.metadata",
      "varve.v1.CommitOffsetsEntry._leader_epoch",
      "varve.v1.CommitOffsetsResponse",
      "varve.v1.CommitOffsetsResponse.results",
      "varve.v1.CommitOffsetsResult",
      "varve.v1.CommitOffsetsResult.topic",
      "varve.v1.CommitOffsetsResult.partition",
      "varve.v1.CommitOffsetsResult.error",
      "varve.v1.FetchOffsetsRequest",
      "varve.v1.FetchOffsetsRequest.group",
      "varve.v1.FetchOffsetsRequest.partitions",
      "varve.v1.FetchOffsetsRequest.as_of_ms",
      "varve.v1.FetchOffsetsRequest._as_of_ms",
      "varve.v1.FetchOffsetsResponse",
      "varve.v1.FetchOffsetsResponse.offsets",
      "varve.v1.CommittedOffset",
      "varve.v1.CommittedOffset.topic",
      "varve.v1.CommittedOffset.partition",
      "varve.v1.CommittedOffset.topic_id",
      "varve.v1.CommittedOffset.offset",
      "varve.v1.CommittedOffset.leader_epoch",
      "varve.v1.CommittedOffset.metadata",
      "varve.v1.CommittedOffset.commit_time_ms",
      "varve.v1.CommittedOffset.member_id",
      "varve.v1.CommittedOffset.member_epoch",
      "varve.v1.CommittedOffset.is_metadata_left_out",
      "varve.v1.CommittedOffset._offset",
      "varve.v1.ResetOffsetsRequest",
      "varve.v1.ResetOffsetsRequest.group",
      "varve.v1.ResetOffsetsRequest.entries",
      "varve.v1.ResetOffsetsRequest.undo",
      "varve.v1.ResetOffsetsRequest.dry_run",
      "varve.v1.ResetOffsetsRequest.force",
      "varve.v1.ResetOffsetsRequest.reason",
      "varve.v1.ResetOffsetsEntry",
      "varve.v1.ResetOffsetsEntry.topic",
      "varve.v1.ResetOffsetsEntry.partition",
      "varve.v1.ResetOffsetsEntry.position",
      "varve.v1.ResetOffsetsEntry.offset",
      "varve.v1.ResetOffsetsEntry.timestamp_ms",
      "varve.v1.ResetOffsetsEntry.shift_by",
      "varve.v1.ResetOffsetsEntry.as_of_ms",
      "varve.v1.ResetOffsetsEntry.to",
      "varve.v1.ResetOffsetsEntry._partition",
      "varve.v1.ResetOffsetsResponse",
      "varve.v1.ResetOffsetsResponse.changes",
      "varve.v1.ResetOffsetsResponse.is_applied",
      "varve.v1.ResetOffsetsResponse.reset_epoch",
      "varve.v1.ResetOffsetsResponse.members_put_out",
      "varve.v1.OffsetChange",
      "varve.v1.OffsetChange.topic",
      "varve.v1.OffsetChange.partition",
      "varve.v1.OffsetChange.topic_id",
      "varve.v1.OffsetChange.before",
      "varve.v1.OffsetChange.after",
      "varve.v1.OffsetChange.start_offset",
      "varve.v1.OffsetChange.readable_end_offset",
      "varve.v1.OffsetChange._before",
      "varve.v1.OffsetChange._after",
      "varve.v1.ListGroupsRequest",
      "varve.v1.ListGroupsRequest.page_size",
      "varve.v1.ListGroupsRequest.page_token",
      "varve.v1.ListGroupsResponse",
      "varve.v1.ListGroupsResponse.groups",
      "varve.v1.ListGroupsResponse.next_page_token",
      "varve.v1.GroupSummary",
      "varve.v1.GroupSummary.group",
      "varve.v1.GroupSummary.condition",
      "varve.v1.GroupSummary.members",
      "varve.v1.GroupSummary.committed_partitions",
      "varve.v1.GroupSummary.epoch",
      "varve.v1.GroupSummary.created_ms",
      "varve.v1.GroupSummary.empty_since_ms",
      "varve.v1.GroupSummary._empty_since_ms",
      "varve.v1.DescribeGroupRequest",
      "varve.v1.DescribeGroupRequest.group",
      "varve.v1.DescribeGroupRequest.without_lag_time",
      "varve.v1.DescribeGroupResponse",
      "varve.v1.DescribeGroupResponse.summary",
      "varve.v1.DescribeGroupResponse.assignment_epoch",
      "varve.v1.DescribeGroupResponse.assignor",
      "varve.v1.DescribeGroupResponse.reset_epoch",
      "varve.v1.DescribeGroupResponse.members",
      "varve.v1.DescribeGroupResponse.partitions",
      "varve.v1.DescribeGroupResponse.traffic",
      "varve.v1.DescribeGroupResponse.snapshots",
      "varve.v1.DescribeGroupResponse.time_ms",
      "varve.v1.GroupMember",
      "varve.v1.GroupMember.member_id",
      "varve.v1.GroupMember.instance_id",
      "varve.v1.GroupMember.client_id",
      "varve.v1.GroupMember.peer",
      "varve.v1.GroupMember.epoch",
      "varve.v1.GroupMember.state",
      "varve.v1.GroupMember.topics",
      "varve.v1.GroupMember.assignor",
      "varve.v1.GroupMember.weight",
      "varve.v1.GroupMember.session_timeout_ms",
      "varve.v1.GroupMember.rebalance_timeout_ms",
      "varve.v1.GroupMember.assigned",
      "varve.v1.GroupMember.pending_revocation",
      "varve.v1.GroupMember.heartbeat_age_ms",
      "varve.v1.GroupMember.session_left_ms",
      "varve.v1.GroupMember.progress",
      "varve.v1.GroupMember._instance_id",
      "varve.v1.GroupMember._heartbeat_age_ms",
      "varve.v1.GroupPartitionLag",
      "varve.v1.GroupPartitionLag.topic",
      "varve.v1.GroupPartitionLag.partition",
      "varve.v1.GroupPartitionLag.topic_id",
      "varve.v1.GroupPartitionLag.member_id",
      "varve.v1.GroupPartitionLag.committed_offset",
      "varve.v1.GroupPartitionLag.commit_time_ms",
      "varve.v1.GroupPartitionLag.metadata",
      "varve.v1.GroupPartitionLag.start_offset",
      "varve.v1.GroupPartitionLag.readable_end_offset",
      "varve.v1.GroupPartitionLag.lag_records",
      "varve.v1.GroupPartitionLag.lag_ms",
      "varve.v1.GroupPartitionLag.oldest_timestamp_ms",
      "varve.v1.GroupPartitionLag.lag_bytes",
      "varve.v1.GroupPartitionLag.error",
      "varve.v1.GroupPartitionLag.is_metadata_left_out",
      "varve.v1.GroupPartitionLag._committed_offset",
      "varve.v1.GroupPartitionLag._lag_ms",
      "varve.v1.GroupPartitionLag._oldest_timestamp_ms",
      "varve.v1.GroupPartitionLag._lag_bytes",
      "varve.v1.GroupTraffic",
      "varve.v1.GroupTraffic.topic",
      "varve.v1.GroupTraffic.producer_rate",
      "varve.v1.GroupTraffic.consumer_rate",
      "varve.v1.GroupTraffic.difference",
      "varve.v1.GroupTraffic.backlog_records",
      "varve.v1.GroupTraffic.backlog_bytes",
      "varve.v1.GroupTraffic.backlog_ms",
      "varve.v1.GroupTraffic.drain_ms",
      "varve.v1.GroupTraffic.window_ms",
      "varve.v1.GroupTraffic._backlog_bytes",
      "varve.v1.GroupTraffic._backlog_ms",
      "varve.v1.GroupTraffic._drain_ms",
      "varve.v1.GroupSnapshot",
      "varve.v1.GroupSnapshot.name",
      "varve.v1.GroupSnapshot.time_ms",
      "varve.v1.GroupSnapshot.as_of_ms",
      "varve.v1.GroupSnapshot.partitions",
      "varve.v1.DeleteGroupRequest",
      "varve.v1.DeleteGroupRequest.group",
      "varve.v1.DeleteGroupResponse",
      "varve.v1.ExplainGroupRequest",
      "varve.v1.ExplainGroupRequest.group",
      "varve.v1.ExplainGroupResponse",
      "varve.v1.ExplainGroupResponse.summary",
      "varve.v1.ExplainGroupResponse.is_flowing",
      "varve.v1.ExplainGroupResponse.text",
      "varve.v1.ExplainGroupResponse.partitions",
      "varve.v1.ExplainGroupResponse.departed",
      "varve.v1.PartitionExplanation",
      "varve.v1.PartitionExplanation.topic",
      "varve.v1.PartitionExplanation.partition",
      "varve.v1.PartitionExplanation.reason",
      "varve.v1.PartitionExplanation.text",
      "varve.v1.PartitionExplanation.member_id",
      "varve.v1.PartitionExplanation.waiting_for_member_id",
      "varve.v1.PartitionExplanation.age_ms",
      "varve.v1.PartitionExplanation.ends_in_ms",
      "varve.v1.PartitionExplanation.lag_records",
      "varve.v1.PartitionExplanation._age_ms",
      "varve.v1.PartitionExplanation._ends_in_ms",
      "varve.v1.DepartedMember",
      "varve.v1.DepartedMember.member_id",
      "varve.v1.DepartedMember.client_id",
      "varve.v1.DepartedMember.reason",
      "varve.v1.DepartedMember.time_ms",
      "varve.v1.DepartedMember.refused_ms",
      "varve.v1.DepartedMember._refused_ms",
      "varve.v1.WaitForCommitRequest",
      "varve.v1.WaitForCommitRequest.group",
      "varve.v1.WaitForCommitRequest.positions",
      "varve.v1.WaitForCommitRequest.max_wait_ms",
      "varve.v1.WaitForCommitPosition",
      "varve.v1.WaitForCommitPosition.topic",
      "varve.v1.WaitForCommitPosition.partition",
      "varve.v1.WaitForCommitPosition.offset",
      "varve.v1.WaitForCommitResponse",
      "varve.v1.WaitForCommitResponse.is_reached",
      "varve.v1.WaitForCommitResponse.offsets",
      "varve.v1.ListCommitHistoryRequest",
      "varve.v1.ListCommitHistoryRequest.group",
      "varve.v1.ListCommitHistoryRequest.topic",
      "varve.v1.ListCommitHistoryRequest.partition",
      "varve.v1.ListCommitHistoryRequest.from_ms",
      "varve.v1.ListCommitHistoryRequest.to_ms",
      "varve.v1.ListCommitHistoryRequest.resets_only",
      "varve.v1.ListCommitHistoryRequest.page_size",
      "varve.v1.ListCommitHistoryRequest.page_token",
      "varve.v1.ListCommitHistoryRequest._partition",
      "varve.v1.ListCommitHistoryRequest._from_ms",
      "varve.v1.ListCommitHistoryRequest._to_ms",
      "varve.v1.ListCommitHistoryResponse",
      "varve.v1.ListCommitHistoryResponse.entries",
      "varve.v1.ListCommitHistoryResponse.next_page_token",
      "varve.v1.ListCommitHistoryResponse.known_from_ms",
      "varve.v1.CommitHistoryEntry",
      "varve.v1.CommitHistoryEntry.time_ms",
      "varve.v1.CommitHistoryEntry.kind",
      "varve.v1.CommitHistoryEntry.member_id",
      "varve.v1.CommitHistoryEntry.member_epoch",
      "varve.v1.CommitHistoryEntry.reason",
      "varve.v1.CommitHistoryEntry.reset_epoch",
      "varve.v1.CommitHistoryEntry.changes",
      "varve.v1.SnapshotGroupRequest",
      "varve.v1.SnapshotGroupRequest.group",
      "varve.v1.SnapshotGroupRequest.name",
      "varve.v1.SnapshotGroupRequest.as_of_ms",
      "varve.v1.SnapshotGroupRequest._as_of_ms",
      "varve.v1.SnapshotGroupResponse",
      "varve.v1.SnapshotGroupResponse.snapshot",
      "varve.v1.SnapshotGroupResponse.offsets",
      "varve.v1.RestoreGroupRequest",
      "varve.v1.RestoreGroupRequest.group",
      "varve.v1.RestoreGroupRequest.name",
      "varve.v1.RestoreGroupRequest.dry_run",
      "varve.v1.RestoreGroupRequest.force",
      "varve.v1.RestoreGroupRequest.reason",
      "varve.v1.RestoreGroupResponse",
      "varve.v1.RestoreGroupResponse.changes",
      "varve.v1.RestoreGroupResponse.is_applied",
      "varve.v1.RestoreGroupResponse.reset_epoch",
      "varve.v1.RestoreGroupResponse.members_put_out",
      "varve.v1.DeleteGroupSnapshotRequest",
      "varve.v1.DeleteGroupSnapshotRequest.group",
      "varve.v1.DeleteGroupSnapshotRequest.name",
      "varve.v1.DeleteGroupSnapshotResponse",
      "varve.v1.ForkGroupRequest",
      "varve.v1.ForkGroupRequest.group",
      "varve.v1.ForkGroupRequest.new_group",
      "varve.v1.ForkGroupRequest.as_of_ms",
      "varve.v1.ForkGroupRequest.dry_run",
      "varve.v1.ForkGroupRequest._as_of_ms",
      "varve.v1.ForkGroupResponse",
      "varve.v1.ForkGroupResponse.offsets",
      "varve.v1.ForkGroupResponse.is_applied",
      "varve.v1.GroupService",
      "varve.v1.GroupService.Session",
      "varve.v1.GroupService.CommitOffsets",
      "varve.v1.GroupService.FetchOffsets",
      "varve.v1.GroupService.ResetOffsets",
      "varve.v1.GroupService.ListGroups",
      "varve.v1.GroupService.DescribeGroup",
      "varve.v1.GroupService.DeleteGroup",
      "varve.v1.GroupService.ExplainGroup",
      "varve.v1.GroupService.WaitForCommit",
      "varve.v1.GroupService.ListCommitHistory",
      "varve.v1.GroupService.SnapshotGroup",
      "varve.v1.GroupService.RestoreGroup",
      "varve.v1.GroupService.DeleteGroupSnapshot",
      "varve.v1.GroupService.ForkGroup"
    ],
    "encoded": "ChR2YXJ2ZS92MS9ncm91cC5wcm90bxIIdmFydmUudjEaF2dvb2dsZS9ycGMvc3RhdHVzLnByb3RvGhJ2YXJ2ZS92MS9sb2cucHJvdG8iXwoOR3JvdXBQYXJ0aXRpb24SFAoFdG9waWMYASABKAlSBXRvcGljEhwKCXBhcnRpdGlvbhgCIAEoBVIJcGFydGl0aW9uEhkKCHRvcGljX2lkGAMgASgJUgd0b3BpY0lkIucBCg5TZXNzaW9uUmVxdWVzdBIrCgRqb2luGAEgASgLMhUudmFydmUudjEuU2Vzc2lvbkpvaW5IAFIEam9pbhIxCgZyZXN1bWUYAiABKAsyFy52YXJ2ZS52MS5TZXNzaW9uUmVzdW1lSABSBnJlc3VtZRI6CgloZWFydGJlYXQYAyABKAsyGi52YXJ2ZS52MS5TZXNzaW9uSGVhcnRiZWF0SABSCWhlYXJ0YmVhdBIuCgVsZWF2ZRgEIAEoCzIWLnZhcnZlLnYxLlNlc3Npb25MZWF2ZUgAUgVsZWF2ZUIJCgdtZXNzYWdlIr8CCgtTZXNzaW9uSm9pbhIUCgVncm91cBgBIAEoCVIFZ3JvdXASGwoJbWVtYmVyX2lkGAIgASgJUghtZW1iZXJJZBIkCgtpbnN0YW5jZV9pZBgDIAEoCUgAUgppbnN0YW5jZUlkiAEBEhsKCWNsaWVudF9pZBgEIAEoCVIIY2xpZW50SWQSFgoGdG9waWNzGAUgAygJUgZ0b3BpY3MSGgoIYXNzaWdub3IYBiABKAlSCGFzc2lnbm9yEhYKBndlaWdodBgHIAEoBVIGd2VpZ2h0EiwKEnNlc3Npb25fdGltZW91dF9tcxgIIAEoBVIQc2Vzc2lvblRpbWVvdXRNcxIwChRyZWJhbGFuY2VfdGltZW91dF9tcxgJIAEoBVIScmViYWxhbmNlVGltZW91dE1zQg4KDF9pbnN0YW5jZV9pZCKyAQoNU2Vzc2lvblJlc3VtZRIUCgVncm91cBgBIAEoCVIFZ3JvdXASGwoJbWVtYmVyX2lkGAIgASgJUghtZW1iZXJJZBIkCgtpbnN0YW5jZV9pZBgDIAEoCUgAUgppbnN0YW5jZUlkiAEBEjgKCWhlYXJ0YmVhdBgEIAEoCzIaLnZhcnZlLnYxLlNlc3Npb25IZWFydGJlYXRSCWhlYXJ0YmVhdEIOCgxfaW5zdGFuY2VfaWQi7wEKEFNlc3Npb25IZWFydGJlYXQSIQoMbWVtYmVyX2Vwb2NoGAEgASgFUgttZW1iZXJFcG9jaBI0CgVvd25lZBgCIAEoCzIZLnZhcnZlLnYxLk93bmVkUGFydGl0aW9uc0gAUgVvd25lZIgBARI0CgZ3aXNoZXMYAyABKAsyFy52YXJ2ZS52MS5TZXNzaW9uV2lzaGVzSAFSBndpc2hlc4gBARI3Cghwcm9ncmVzcxgEIAMoCzIbLnZhcnZlLnYxLlBhcnRpdGlvblByb2dyZXNzUghwcm9ncmVzc0IICgZfb3duZWRCCQoHX3dpc2hlcyJLCg9Pd25lZFBhcnRpdGlvbnMSOAoKcGFydGl0aW9ucxgBIAMoCzIYLnZhcnZlLnYxLkdyb3VwUGFydGl0aW9uUgpwYXJ0aXRpb25zIo0BCg1TZXNzaW9uV2lzaGVzEhYKBnRvcGljcxgBIAMoCVIGdG9waWNzEhoKCGFzc2lnbm9yGAIgASgJUghhc3NpZ25vchIWCgZ3ZWlnaHQYAyABKAVSBndlaWdodBIwChRyZWJhbGFuY2VfdGltZW91dF9tcxgEIAEoBVIScmViYWxhbmNlVGltZW91dE1zIsgBChFQYXJ0aXRpb25Qcm9ncmVzcxIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SLQoFc3RhdGUYAyABKA4yFy52YXJ2ZS52MS5Qcm9ncmVzc1N0YXRlUgVzdGF0ZRIgCgxzdGF0ZV9hZ2VfbXMYBCABKANSCnN0YXRlQWdlTXMSGgoIcG9zaXRpb24YBSABKANSCHBvc2l0aW9uEhIKBHRleHQYBiABKAlSBHRleHQiNAoMU2Vzc2lvbkxlYXZlEiQKDmlzX2NvbWluZ19iYWNrGAEgASgIUgxpc0NvbWluZ0JhY2sivgEKD1Nlc3Npb25SZXNwb25zZRIxCgZqb2luZWQYASABKAsyFy52YXJ2ZS52MS5TZXNzaW9uSm9pbmVkSABSBmpvaW5lZBJACgloZWFydGJlYXQYAiABKAsyIC52YXJ2ZS52MS5TZXNzaW9uSGVhcnRiZWF0QW5zd2VySABSCWhlYXJ0YmVhdBIrCgRjYWxsGAMgASgLMhUudmFydmUudjEuU2Vzc2lvbkNhbGxIAFIEY2FsbEIJCgdtZXNzYWdlIp0CCg1TZXNzaW9uSm9pbmVkEhsKCW1lbWJlcl9pZBgBIAEoCVIIbWVtYmVySWQSIQoMbWVtYmVyX2Vwb2NoGAIgASgFUgttZW1iZXJFcG9jaBIyChVoZWFydGJlYXRfaW50ZXJ2YWxfbXMYAyABKAVSE2hlYXJ0YmVhdEludGVydmFsTXMSLAoSc2Vzc2lvbl90aW1lb3V0X21zGAQgASgFUhBzZXNzaW9uVGltZW91dE1zEjAKFHJlYmFsYW5jZV90aW1lb3V0X21zGAUgASgFUhJyZWJhbGFuY2VUaW1lb3V0TXMSOAoIYXNzaWduZWQYBiABKAsyHC52YXJ2ZS52MS5Bc3NpZ25lZFBhcnRpdGlvbnNSCGFzc2lnbmVkIrsBChZTZXNzaW9uSGVhcnRiZWF0QW5zd2VyEiEKDG1lbWJlcl9lcG9jaBgBIAEoBVILbWVtYmVyRXBvY2gSMgoVaGVhcnRiZWF0X2ludGVydmFsX21zGAIgASgFUhNoZWFydGJlYXRJbnRlcnZhbE1zEj0KCGFzc2lnbmVkGAMgASgLMhwudmFydmUudjEuQXNzaWduZWRQYXJ0aXRpb25zSABSCGFzc2lnbmVkiAEBQgsKCV9hc3NpZ25lZCJRChJBc3NpZ25lZFBhcnRpdGlvbnMSOwoKcGFydGl0aW9ucxgBIAMoCzIbLnZhcnZlLnYxLkFzc2lnbmVkUGFydGl0aW9uUgpwYXJ0aXRpb25zIpcCChFBc3NpZ25lZFBhcnRpdGlvbhIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SGQoIdG9waWNfaWQYAyABKAlSB3RvcGljSWQSLgoQY29tbWl0dGVkX29mZnNldBgEIAEoA0gAUg9jb21taXR0ZWRPZmZzZXSIAQESIQoMbGVhZGVyX2Vwb2NoGAUgASgFUgtsZWFkZXJFcG9jaBIaCghtZXRhZGF0YRgGIAEoCVIIbWV0YWRhdGESLwoUaXNfbWV0YWRhdGFfbGVmdF9vdXQYByABKAhSEWlzTWV0YWRhdGFMZWZ0T3V0QhMKEV9jb21taXR0ZWRfb2Zmc2V0Ig0KC1Nlc3Npb25DYWxsIqYCChRDb21taXRPZmZzZXRzUmVxdWVzdBIUCgVncm91cBgBIAEoCVIFZ3JvdXASIAoJbWVtYmVyX2lkGAIgASgJSABSCG1lbWJlcklkiAEBEiQKC2luc3RhbmNlX2lkGAMgASgJSAFSCmluc3RhbmNlSWSIAQESJgoMbWVtYmVyX2Vwb2NoGAQgASgFSAJSC21lbWJlckVwb2NoiAEBEjYKB2VudHJpZXMYBSADKAsyHC52YXJ2ZS52MS5Db21taXRPZmZzZXRzRW50cnlSB2VudHJpZXMSIQoMYWxsb3dfcmV3aW5kGAYgASgIUgthbGxvd1Jld2luZEIMCgpfbWVtYmVyX2lkQg4KDF9pbnN0YW5jZV9pZEIPCg1fbWVtYmVyX2Vwb2NoItABChJDb21taXRPZmZzZXRzRW50cnkSFAoFdG9waWMYASABKAlSBXRvcGljEhwKCXBhcnRpdGlvbhgCIAEoBVIJcGFydGl0aW9uEhkKCHRvcGljX2lkGAMgASgJUgd0b3BpY0lkEhYKBm9mZnNldBgEIAEoA1IGb2Zmc2V0EiYKDGxlYWRlcl9lcG9jaBgFIAEoBUgAUgtsZWFkZXJFcG9jaIgBARIaCghtZXRhZGF0YRgGIAEoCVIIbWV0YWRhdGFCDwoNX2xlYWRlcl9lcG9jaCJQChVDb21taXRPZmZzZXRzUmVzcG9uc2USNwoHcmVzdWx0cxgBIAMoCzIdLnZhcnZlLnYxLkNvbW1pdE9mZnNldHNSZXN1bHRSB3Jlc3VsdHMicwoTQ29tbWl0T2Zmc2V0c1Jlc3VsdBIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SKAoFZXJyb3IYAyABKAsyEi5nb29nbGUucnBjLlN0YXR1c1IFZXJyb3IikQEKE0ZldGNoT2Zmc2V0c1JlcXVlc3QSFAoFZ3JvdXAYASABKAlSBWdyb3VwEjgKCnBhcnRpdGlvbnMYAiADKAsyGC52YXJ2ZS52MS5Hcm91cFBhcnRpdGlvblIKcGFydGl0aW9ucxIdCghhc19vZl9tcxgDIAEoA0gAUgZhc09mTXOIAQFCCwoJX2FzX29mX21zIksKFEZldGNoT2Zmc2V0c1Jlc3BvbnNlEjMKB29mZnNldHMYASADKAsyGS52YXJ2ZS52MS5Db21taXR0ZWRPZmZzZXRSB29mZnNldHMi3gIKD0NvbW1pdHRlZE9mZnNldBIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SGQoIdG9waWNfaWQYAyABKAlSB3RvcGljSWQSGwoGb2Zmc2V0GAQgASgDSABSBm9mZnNldIgBARIhCgxsZWFkZXJfZXBvY2gYBSABKAVSC2xlYWRlckVwb2NoEhoKCG1ldGFkYXRhGAYgASgJUghtZXRhZGF0YRIkCg5jb21taXRfdGltZV9tcxgHIAEoA1IMY29tbWl0VGltZU1zEhsKCW1lbWJlcl9pZBgIIAEoCVIIbWVtYmVySWQSIQoMbWVtYmVyX2Vwb2NoGAkgASgFUgttZW1iZXJFcG9jaBIvChRpc19tZXRhZGF0YV9sZWZ0X291dBgKIAEoCFIRaXNNZXRhZGF0YUxlZnRPdXRCCQoHX29mZnNldCK9AQoTUmVzZXRPZmZzZXRzUmVxdWVzdBIUCgVncm91cBgBIAEoCVIFZ3JvdXASNQoHZW50cmllcxgCIAMoCzIbLnZhcnZlLnYxLlJlc2V0T2Zmc2V0c0VudHJ5UgdlbnRyaWVzEhIKBHVuZG8YAyABKAhSBHVuZG8SFwoHZHJ5X3J1bhgEIAEoCFIGZHJ5UnVuEhQKBWZvcmNlGAUgASgIUgVmb3JjZRIWCgZyZWFzb24YBiABKAlSBnJlYXNvbiKQAgoRUmVzZXRPZmZzZXRzRW50cnkSFAoFdG9waWMYASABKAlSBXRvcGljEiEKCXBhcnRpdGlvbhgCIAEoBUgBUglwYXJ0aXRpb26IAQESNgoIcG9zaXRpb24YAyABKA4yGC52YXJ2ZS52MS5PZmZzZXRQb3NpdGlvbkgAUghwb3NpdGlvbhIYCgZvZmZzZXQYBCABKANIAFIGb2Zmc2V0EiMKDHRpbWVzdGFtcF9tcxgFIAEoA0gAUgt0aW1lc3RhbXBNcxIbCghzaGlmdF9ieRgGIAEoA0gAUgdzaGlmdEJ5EhoKCGFzX29mX21zGAcgASgDSABSBmFzT2ZNc0IECgJ0b0IMCgpfcGFydGl0aW9uIrABChRSZXNldE9mZnNldHNSZXNwb25zZRIwCgdjaGFuZ2VzGAEgAygLMhYudmFydmUudjEuT2Zmc2V0Q2hhbmdlUgdjaGFuZ2VzEh0KCmlzX2FwcGxpZWQYAiABKAhSCWlzQXBwbGllZBIfCgtyZXNldF9lcG9jaBgDIAEoBVIKcmVzZXRFcG9jaBImCg9tZW1iZXJzX3B1dF9vdXQYBCADKAlSDW1lbWJlcnNQdXRPdXQi/QEKDE9mZnNldENoYW5nZRIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SGQoIdG9waWNfaWQYAyABKAlSB3RvcGljSWQSGwoGYmVmb3JlGAQgASgDSABSBmJlZm9yZYgBARIZCgVhZnRlchgFIAEoA0gBUgVhZnRlcogBARIhCgxzdGFydF9vZmZzZXQYBiABKANSC3N0YXJ0T2Zmc2V0Ei4KE3JlYWRhYmxlX2VuZF9vZmZzZXQYByABKANSEXJlYWRhYmxlRW5kT2Zmc2V0QgkKB19iZWZvcmVCCAoGX2FmdGVyIk8KEUxpc3RHcm91cHNSZXF1ZXN0EhsKCXBhZ2Vfc2l6ZRgBIAEoBVIIcGFnZVNpemUSHQoKcGFnZV90b2tlbhgCIAEoCVIJcGFnZVRva2VuImwKEkxpc3RHcm91cHNSZXNwb25zZRIuCgZncm91cHMYASADKAsyFi52YXJ2ZS52MS5Hcm91cFN1bW1hcnlSBmdyb3VwcxImCg9uZXh0X3BhZ2VfdG9rZW4YAiABKAlSDW5leHRQYWdlVG9rZW4inAIKDEdyb3VwU3VtbWFyeRIUCgVncm91cBgBIAEoCVIFZ3JvdXASNgoJY29uZGl0aW9uGAIgASgOMhgudmFydmUudjEuR3JvdXBDb25kaXRpb25SCWNvbmRpdGlvbhIYCgdtZW1iZXJzGAMgASgFUgdtZW1iZXJzEjEKFGNvbW1pdHRlZF9wYXJ0aXRpb25zGAQgASgFUhNjb21taXR0ZWRQYXJ0aXRpb25zEhQKBWVwb2NoGAUgASgFUgVlcG9jaBIdCgpjcmVhdGVkX21zGAYgASgDUgljcmVhdGVkTXMSKQoOZW1wdHlfc2luY2VfbXMYByABKANIAFIMZW1wdHlTaW5jZU1ziAEBQhEKD19lbXB0eV9zaW5jZV9tcyJWChREZXNjcmliZUdyb3VwUmVxdWVzdBIUCgVncm91cBgBIAEoCVIFZ3JvdXASKAoQd2l0aG91dF9sYWdfdGltZRgCIAEoCFIOd2l0aG91dExhZ1RpbWUioQMKFURlc2NyaWJlR3JvdXBSZXNwb25zZRIwCgdzdW1tYXJ5GAEgASgLMhYudmFydmUudjEuR3JvdXBTdW1tYXJ5UgdzdW1tYXJ5EikKEGFzc2lnbm1lbnRfZXBvY2gYAiABKAVSD2Fzc2lnbm1lbnRFcG9jaBIaCghhc3NpZ25vchgDIAEoCVIIYXNzaWdub3ISHwoLcmVzZXRfZXBvY2gYBCABKAVSCnJlc2V0RXBvY2gSLwoHbWVtYmVycxgFIAMoCzIVLnZhcnZlLnYxLkdyb3VwTWVtYmVyUgdtZW1iZXJzEjsKCnBhcnRpdGlvbnMYBiADKAsyGy52YXJ2ZS52MS5Hcm91cFBhcnRpdGlvbkxhZ1IKcGFydGl0aW9ucxIwCgd0cmFmZmljGAcgAygLMhYudmFydmUudjEuR3JvdXBUcmFmZmljUgd0cmFmZmljEjUKCXNuYXBzaG90cxgIIAMoCzIXLnZhcnZlLnYxLkdyb3VwU25hcHNob3RSCXNuYXBzaG90cxIXCgd0aW1lX21zGAkgASgDUgZ0aW1lTXMiqQUKC0dyb3VwTWVtYmVyEhsKCW1lbWJlcl9pZBgBIAEoCVIIbWVtYmVySWQSJAoLaW5zdGFuY2VfaWQYAiABKAlIAFIKaW5zdGFuY2VJZIgBARIbCgljbGllbnRfaWQYAyABKAlSCGNsaWVudElkEhIKBHBlZXIYBCABKAlSBHBlZXISFAoFZXBvY2gYBSABKAVSBWVwb2NoEjAKBXN0YXRlGAYgASgOMhoudmFydmUudjEuR3JvdXBNZW1iZXJTdGF0ZVIFc3RhdGUSFgoGdG9waWNzGAcgAygJUgZ0b3BpY3MSGgoIYXNzaWdub3IYCCABKAlSCGFzc2lnbm9yEhYKBndlaWdodBgJIAEoBVIGd2VpZ2h0EiwKEnNlc3Npb25fdGltZW91dF9tcxgKIAEoBVIQc2Vzc2lvblRpbWVvdXRNcxIwChRyZWJhbGFuY2VfdGltZW91dF9tcxgLIAEoBVIScmViYWxhbmNlVGltZW91dE1zEjQKCGFzc2lnbmVkGAwgAygLMhgudmFydmUudjEuR3JvdXBQYXJ0aXRpb25SCGFzc2lnbmVkEkcKEnBlbmRpbmdfcmV2b2NhdGlvbhgNIAMoCzIYLnZhcnZlLnYxLkdyb3VwUGFydGl0aW9uUhFwZW5kaW5nUmV2b2NhdGlvbhItChBoZWFydGJlYXRfYWdlX21zGA4gASgDSAFSDmhlYXJ0YmVhdEFnZU1ziAEBEiYKD3Nlc3Npb25fbGVmdF9tcxgPIAEoA1INc2Vzc2lvbkxlZnRNcxI3Cghwcm9ncmVzcxgQIAMoCzIbLnZhcnZlLnYxLlBhcnRpdGlvblByb2dyZXNzUghwcm9ncmVzc0IOCgxfaW5zdGFuY2VfaWRCEwoRX2hlYXJ0YmVhdF9hZ2VfbXMi+QQKEUdyb3VwUGFydGl0aW9uTGFnEhQKBXRvcGljGAEgASgJUgV0b3BpYxIcCglwYXJ0aXRpb24YAiABKAVSCXBhcnRpdGlvbhIZCgh0b3BpY19pZBgDIAEoCVIHdG9waWNJZBIbCgltZW1iZXJfaWQYBCABKAlSCG1lbWJlcklkEi4KEGNvbW1pdHRlZF9vZmZzZXQYBSABKANIAFIPY29tbWl0dGVkT2Zmc2V0iAEBEiQKDmNvbW1pdF90aW1lX21zGAYgASgDUgxjb21taXRUaW1lTXMSGgoIbWV0YWRhdGEYByABKAlSCG1ldGFkYXRhEiEKDHN0YXJ0X29mZnNldBgIIAEoA1ILc3RhcnRPZmZzZXQSLgoTcmVhZGFibGVfZW5kX29mZnNldBgJIAEoA1IRcmVhZGFibGVFbmRPZmZzZXQSHwoLbGFnX3JlY29yZHMYCiABKANSCmxhZ1JlY29yZHMSGgoGbGFnX21zGAsgASgDSAFSBWxhZ01ziAEBEjMKE29sZGVzdF90aW1lc3RhbXBfbXMYDCABKANIAlIRb2xkZXN0VGltZXN0YW1wTXOIAQESIAoJbGFnX2J5dGVzGA0gASgDSANSCGxhZ0J5dGVziAEBEigKBWVycm9yGA4gASgLMhIuZ29vZ2xlLnJwYy5TdGF0dXNSBWVycm9yEi8KFGlzX21ldGFkYXRhX2xlZnRfb3V0GA8gASgIUhFpc01ldGFkYXRhTGVmdE91dEITChFfY29tbWl0dGVkX29mZnNldEIJCgdfbGFnX21zQhYKFF9vbGRlc3RfdGltZXN0YW1wX21zQgwKCl9sYWdfYnl0ZXMi8AIKDEdyb3VwVHJhZmZpYxIUCgV0b3BpYxgBIAEoCVIFdG9waWMSIwoNcHJvZHVjZXJfcmF0ZRgCIAEoAVIMcHJvZHVjZXJSYXRlEiMKDWNvbnN1bWVyX3JhdGUYAyABKAFSDGNvbnN1bWVyUmF0ZRIeCgpkaWZmZXJlbmNlGAQgASgBUgpkaWZmZXJlbmNlEicKD2JhY2tsb2dfcmVjb3JkcxgFIAEoA1IOYmFja2xvZ1JlY29yZHMSKAoNYmFja2xvZ19ieXRlcxgGIAEoA0gAUgxiYWNrbG9nQnl0ZXOIAQESIgoKYmFja2xvZ19tcxgHIAEoA0gBUgliYWNrbG9nTXOIAQESHgoIZHJhaW5fbXMYCCABKANIAlIHZHJhaW5Nc4gBARIbCgl3aW5kb3dfbXMYCSABKANSCHdpbmRvd01zQhAKDl9iYWNrbG9nX2J5dGVzQg0KC19iYWNrbG9nX21zQgsKCV9kcmFpbl9tcyJ2Cg1Hcm91cFNuYXBzaG90EhIKBG5hbWUYASABKAlSBG5hbWUSFwoHdGltZV9tcxgCIAEoA1IGdGltZU1zEhgKCGFzX29mX21zGAMgASgDUgZhc09mTXMSHgoKcGFydGl0aW9ucxgEIAEoBVIKcGFydGl0aW9ucyIqChJEZWxldGVHcm91cFJlcXVlc3QSFAoFZ3JvdXAYASABKAlSBWdyb3VwIhUKE0RlbGV0ZUdyb3VwUmVzcG9uc2UiKwoTRXhwbGFpbkdyb3VwUmVxdWVzdBIUCgVncm91cBgBIAEoCVIFZ3JvdXAi8QEKFEV4cGxhaW5Hcm91cFJlc3BvbnNlEjAKB3N1bW1hcnkYASABKAsyFi52YXJ2ZS52MS5Hcm91cFN1bW1hcnlSB3N1bW1hcnkSHQoKaXNfZmxvd2luZxgCIAEoCFIJaXNGbG93aW5nEhIKBHRleHQYAyABKAlSBHRleHQSPgoKcGFydGl0aW9ucxgEIAMoCzIeLnZhcnZlLnYxLlBhcnRpdGlvbkV4cGxhbmF0aW9uUgpwYXJ0aXRpb25zEjQKCGRlcGFydGVkGAUgAygLMhgudmFydmUudjEuRGVwYXJ0ZWRNZW1iZXJSCGRlcGFydGVkItYCChRQYXJ0aXRpb25FeHBsYW5hdGlvbhIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SLAoGcmVhc29uGAMgASgOMhQudmFydmUudjEuRmxvd1JlYXNvblIGcmVhc29uEhIKBHRleHQYBCABKAlSBHRleHQSGwoJbWVtYmVyX2lkGAUgASgJUghtZW1iZXJJZBIxChV3YWl0aW5nX2Zvcl9tZW1iZXJfaWQYBiABKAlSEndhaXRpbmdGb3JNZW1iZXJJZBIaCgZhZ2VfbXMYByABKANIAFIFYWdlTXOIAQESIQoKZW5kc19pbl9tcxgIIAEoA0gBUghlbmRzSW5Nc4gBARIfCgtsYWdfcmVjb3JkcxgJIAEoA1IKbGFnUmVjb3Jkc0IJCgdfYWdlX21zQg0KC19lbmRzX2luX21zIq4BCg5EZXBhcnRlZE1lbWJlchIbCgltZW1iZXJfaWQYASABKAlSCG1lbWJlcklkEhsKCWNsaWVudF9pZBgCIAEoCVIIY2xpZW50SWQSFgoGcmVhc29uGAMgASgJUgZyZWFzb24SFwoHdGltZV9tcxgEIAEoA1IGdGltZU1zEiIKCnJlZnVzZWRfbXMYBSABKANIAFIJcmVmdXNlZE1ziAEBQg0KC19yZWZ1c2VkX21zIosBChRXYWl0Rm9yQ29tbWl0UmVxdWVzdBIUCgVncm91cBgBIAEoCVIFZ3JvdXASPQoJcG9zaXRpb25zGAIgAygLMh8udmFydmUudjEuV2FpdEZvckNvbW1pdFBvc2l0aW9uUglwb3NpdGlvbnMSHgoLbWF4X3dhaXRfbXMYAyABKAVSCW1heFdhaXRNcyJjChVXYWl0Rm9yQ29tbWl0UG9zaXRpb24SFAoFdG9waWMYASABKAlSBXRvcGljEhwKCXBhcnRpdGlvbhgCIAEoBVIJcGFydGl0aW9uEhYKBm9mZnNldBgDIAEoA1IGb2Zmc2V0ImsKFVdhaXRGb3JDb21taXRSZXNwb25zZRIdCgppc19yZWFjaGVkGAEgASgIUglpc1JlYWNoZWQSMwoHb2Zmc2V0cxgCIAMoCzIZLnZhcnZlLnYxLkNvbW1pdHRlZE9mZnNldFIHb2Zmc2V0cyKiAgoYTGlzdENvbW1pdEhpc3RvcnlSZXF1ZXN0EhQKBWdyb3VwGAEgASgJUgVncm91cBIUCgV0b3BpYxgCIAEoCVIFdG9waWMSIQoJcGFydGl0aW9uGAMgASgFSABSCXBhcnRpdGlvbogBARIcCgdmcm9tX21zGAQgASgDSAFSBmZyb21Nc4gBARIYCgV0b19tcxgFIAEoA0gCUgR0b01ziAEBEh8KC3Jlc2V0c19vbmx5GAYgASgIUgpyZXNldHNPbmx5EhsKCXBhZ2Vfc2l6ZRgHIAEoBVIIcGFnZVNpemUSHQoKcGFnZV90b2tlbhgIIAEoCVIJcGFnZVRva2VuQgwKCl9wYXJ0aXRpb25CCgoIX2Zyb21fbXNCCAoGX3RvX21zIp8BChlMaXN0Q29tbWl0SGlzdG9yeVJlc3BvbnNlEjYKB2VudHJpZXMYASADKAsyHC52YXJ2ZS52MS5Db21taXRIaXN0b3J5RW50cnlSB2VudHJpZXMSJgoPbmV4dF9wYWdlX3Rva2VuGAIgASgJUg1uZXh0UGFnZVRva2VuEiIKDWtub3duX2Zyb21fbXMYAyABKANSC2tub3duRnJvbU1zIokCChJDb21taXRIaXN0b3J5RW50cnkSFwoHdGltZV9tcxgBIAEoA1IGdGltZU1zEi8KBGtpbmQYAiABKA4yGy52YXJ2ZS52MS5Db21taXRIaXN0b3J5S2luZFIEa2luZBIbCgltZW1iZXJfaWQYAyABKAlSCG1lbWJlcklkEiEKDG1lbWJlcl9lcG9jaBgEIAEoBVILbWVtYmVyRXBvY2gSFgoGcmVhc29uGAUgASgJUgZyZWFzb24SHwoLcmVzZXRfZXBvY2gYBiABKAVSCnJlc2V0RXBvY2gSMAoHY2hhbmdlcxgHIAMoCzIWLnZhcnZlLnYxLk9mZnNldENoYW5nZVIHY2hhbmdlcyJsChRTbmFwc2hvdEdyb3VwUmVxdWVzdBIUCgVncm91cBgBIAEoCVIFZ3JvdXASEgoEbmFtZRgCIAEoCVIEbmFtZRIdCghhc19vZl9tcxgDIAEoA0gAUgZhc09mTXOIAQFCCwoJX2FzX29mX21zIoEBChVTbmFwc2hvdEdyb3VwUmVzcG9uc2USMwoIc25hcHNob3QYASABKAsyFy52YXJ2ZS52MS5Hcm91cFNuYXBzaG90UghzbmFwc2hvdBIzCgdvZmZzZXRzGAIgAygLMhkudmFydmUudjEuQ29tbWl0dGVkT2Zmc2V0UgdvZmZzZXRzIoYBChNSZXN0b3JlR3JvdXBSZXF1ZXN0EhQKBWdyb3VwGAEgASgJUgVncm91cBISCgRuYW1lGAIgASgJUgRuYW1lEhcKB2RyeV9ydW4YAyABKAhSBmRyeVJ1bhIUCgVmb3JjZRgEIAEoCFIFZm9yY2USFgoGcmVhc29uGAUgASgJUgZyZWFzb24isAEKFFJlc3RvcmVHcm91cFJlc3BvbnNlEjAKB2NoYW5nZXMYASADKAsyFi52YXJ2ZS52MS5PZmZzZXRDaGFuZ2VSB2NoYW5nZXMSHQoKaXNfYXBwbGllZBgCIAEoCFIJaXNBcHBsaWVkEh8KC3Jlc2V0X2Vwb2NoGAMgASgFUgpyZXNldEVwb2NoEiYKD21lbWJlcnNfcHV0X291dBgEIAMoCVINbWVtYmVyc1B1dE91dCJGChpEZWxldGVHcm91cFNuYXBzaG90UmVxdWVzdBIUCgVncm91cBgBIAEoCVIFZ3JvdXASEgoEbmFtZRgCIAEoCVIEbmFtZSIdChtEZWxldGVHcm91cFNuYXBzaG90UmVzcG9uc2UiigEKEEZvcmtHcm91cFJlcXVlc3QSFAoFZ3JvdXAYASABKAlSBWdyb3VwEhsKCW5ld19ncm91cBgCIAEoCVIIbmV3R3JvdXASHQoIYXNfb2ZfbXMYAyABKANIAFIGYXNPZk1ziAEBEhcKB2RyeV9ydW4YBCABKAhSBmRyeVJ1bkILCglfYXNfb2ZfbXMiZwoRRm9ya0dyb3VwUmVzcG9uc2USMwoHb2Zmc2V0cxgBIAMoCzIZLnZhcnZlLnYxLkNvbW1pdHRlZE9mZnNldFIHb2Zmc2V0cxIdCgppc19hcHBsaWVkGAIgASgIUglpc0FwcGxpZWQq4QEKDVByb2dyZXNzU3RhdGUSHgoaUFJPR1JFU1NfU1RBVEVfVU5TUEVDSUZJRUQQABIaChZQUk9HUkVTU19TVEFURV9GTE9XSU5HEAESHQoZUFJPR1JFU1NfU1RBVEVfSU5fSEFORExFUhACEhkKFVBST0dSRVNTX1NUQVRFX1BBVVNFRBADEhwKGFBST0dSRVNTX1NUQVRFX05PX0NSRURJVBAEEhkKFVBST0dSRVNTX1NUQVRFX0ZBSUxFRBAFEiEKHVBST0dSRVNTX1NUQVRFX0hBTkRMRVJfRkFJTEVEEAYqqAEKDkdyb3VwQ29uZGl0aW9uEh8KG0dST1VQX0NPTkRJVElPTl9VTlNQRUNJRklFRBAAEhkKFUdST1VQX0NPTkRJVElPTl9FTVBUWRABEh0KGUdST1VQX0NPTkRJVElPTl9BU1NJR05JTkcQAhIfChtHUk9VUF9DT05ESVRJT05fUkVDT05DSUxJTkcQAxIaChZHUk9VUF9DT05ESVRJT05fU1RBQkxFEAQqtwEKEEdyb3VwTWVtYmVyU3RhdGUSIgoeR1JPVVBfTUVNQkVSX1NUQVRFX1VOU1BFQ0lGSUVEEAASHQoZR1JPVVBfTUVNQkVSX1NUQVRFX1NUQUJMRRABEiAKHEdST1VQX01FTUJFUl9TVEFURV9VTlJFVk9LRUQQAhIhCh1HUk9VUF9NRU1CRVJfU1RBVEVfVU5SRUxFQVNFRBADEhsKF0dST1VQX01FTUJFUl9TVEFURV9BV0FZEAQq1gQKCkZsb3dSZWFzb24SGwoXRkxPV19SRUFTT05fVU5TUEVDSUZJRUQQABIXChNGTE9XX1JFQVNPTl9GTE9XSU5HEAESFgoSRkxPV19SRUFTT05fQVRfRU5EEAISGQoVRkxPV19SRUFTT05fTk9fTUVNQkVSEAMSIgoeRkxPV19SRUFTT05fU1RBTExFRF9JTl9IQU5ETEVSEAQSHQoZRkxPV19SRUFTT05fTUVNQkVSX1NJTEVOVBAFEiYKIkZMT1dfUkVBU09OX1dBSVRJTkdfRk9SX1JFVk9DQVRJT04QBhIiCh5GTE9XX1JFQVNPTl9XQUlUSU5HX0ZPUl9NRU1CRVIQBxIWChJGTE9XX1JFQVNPTl9QQVVTRUQQCBIZChVGTE9XX1JFQVNPTl9OT19DUkVESVQQCRIjCh9GTE9XX1JFQVNPTl9PRkZTRVRfT1VUX09GX1JBTkdFEAoSHQoZRkxPV19SRUFTT05fVE9QSUNfTUlTU0lORxALEh0KGUZMT1dfUkVBU09OX01FTUJFUl9GRU5DRUQQDBIlCiFGTE9XX1JFQVNPTl9QQVJUSVRJT05fVU5BVkFJTEFCTEUQDRIbChdGTE9XX1JFQVNPTl9NRU1CRVJfQVdBWRAOEhkKFUZMT1dfUkVBU09OX0FTU0lHTklORxAPEhsKF0ZMT1dfUkVBU09OX1JFQURfRkFJTEVEEBASHgoaRkxPV19SRUFTT05fSEFORExFUl9GQUlMRUQQERIeChpGTE9XX1JFQVNPTl9OT1RfQ09NTUlUVElORxASKo0CChFDb21taXRIaXN0b3J5S2luZBIjCh9DT01NSVRfSElTVE9SWV9LSU5EX1VOU1BFQ0lGSUVEEAASHgoaQ09NTUlUX0hJU1RPUllfS0lORF9DT01NSVQQARIdChlDT01NSVRfSElTVE9SWV9LSU5EX1JFU0VUEAISHwobQ09NTUlUX0hJU1RPUllfS0lORF9FWFBJUkVEEAMSJQohQ09NTUlUX0hJU1RPUllfS0lORF9UT1BJQ19ERUxFVEVEEAQSJQohQ09NTUlUX0hJU1RPUllfS0lORF9HUk9VUF9DUkVBVEVEEAUSJQohQ09NTUlUX0hJU1RPUllfS0lORF9HUk9VUF9ERUxFVEVEEAYy8wgKDEdyb3VwU2VydmljZRJCCgdTZXNzaW9uEhgudmFydmUudjEuU2Vzc2lvblJlcXVlc3QaGS52YXJ2ZS52MS5TZXNzaW9uUmVzcG9uc2UoATABElAKDUNvbW1pdE9mZnNldHMSHi52YXJ2ZS52MS5Db21taXRPZmZzZXRzUmVxdWVzdBofLnZhcnZlLnYxLkNvbW1pdE9mZnNldHNSZXNwb25zZRJNCgxGZXRjaE9mZnNldHMSHS52YXJ2ZS52MS5GZXRjaE9mZnNldHNSZXF1ZXN0Gh4udmFydmUudjEuRmV0Y2hPZmZzZXRzUmVzcG9uc2USTQoMUmVzZXRPZmZzZXRzEh0udmFydmUudjEuUmVzZXRPZmZzZXRzUmVxdWVzdBoeLnZhcnZlLnYxLlJlc2V0T2Zmc2V0c1Jlc3BvbnNlEkcKCkxpc3RHcm91cHMSGy52YXJ2ZS52MS5MaXN0R3JvdXBzUmVxdWVzdBocLnZhcnZlLnYxLkxpc3RHcm91cHNSZXNwb25zZRJQCg1EZXNjcmliZUdyb3VwEh4udmFydmUudjEuRGVzY3JpYmVHcm91cFJlcXVlc3QaHy52YXJ2ZS52MS5EZXNjcmliZUdyb3VwUmVzcG9uc2USSgoLRGVsZXRlR3JvdXASHC52YXJ2ZS52MS5EZWxldGVHcm91cFJlcXVlc3QaHS52YXJ2ZS52MS5EZWxldGVHcm91cFJlc3BvbnNlEk0KDEV4cGxhaW5Hcm91cBIdLnZhcnZlLnYxLkV4cGxhaW5Hcm91cFJlcXVlc3QaHi52YXJ2ZS52MS5FeHBsYWluR3JvdXBSZXNwb25zZRJQCg1XYWl0Rm9yQ29tbWl0Eh4udmFydmUudjEuV2FpdEZvckNvbW1pdFJlcXVlc3QaHy52YXJ2ZS52MS5XYWl0Rm9yQ29tbWl0UmVzcG9uc2USXAoRTGlzdENvbW1pdEhpc3RvcnkSIi52YXJ2ZS52MS5MaXN0Q29tbWl0SGlzdG9yeVJlcXVlc3QaIy52YXJ2ZS52MS5MaXN0Q29tbWl0SGlzdG9yeVJlc3BvbnNlElAKDVNuYXBzaG90R3JvdXASHi52YXJ2ZS52MS5TbmFwc2hvdEdyb3VwUmVxdWVzdBofLnZhcnZlLnYxLlNuYXBzaG90R3JvdXBSZXNwb25zZRJNCgxSZXN0b3JlR3JvdXASHS52YXJ2ZS52MS5SZXN0b3JlR3JvdXBSZXF1ZXN0Gh4udmFydmUudjEuUmVzdG9yZUdyb3VwUmVzcG9uc2USYgoTRGVsZXRlR3JvdXBTbmFwc2hvdBIkLnZhcnZlLnYxLkRlbGV0ZUdyb3VwU25hcHNob3RSZXF1ZXN0GiUudmFydmUudjEuRGVsZXRlR3JvdXBTbmFwc2hvdFJlc3BvbnNlEkQKCUZvcmtHcm91cBIaLnZhcnZlLnYxLkZvcmtHcm91cFJlcXVlc3QaGy52YXJ2ZS52MS5Gb3JrR3JvdXBSZXNwb25zZWIGcHJvdG8z"
  },
  {
    "name": "varve/v1/replay.proto",
    "dependencies": [
      "google/rpc/status.proto",
      "varve/v1/log.proto",
      "varve/v1/record.proto"
    ],
    "services": [
      "varve.v1.ReplayService"
    ],
    "symbols": [
      "varve.v1.ReplayOrder",
      "varve.v1.REPLAY_ORDER_UNSPECIFIED",
      "varve.v1.REPLAY_ORDER_PARTITION",
      "varve.v1.REPLAY_ORDER_MERGED",
      "varve.v1.ReplayLatePolicy",
      "varve.v1.REPLAY_LATE_POLICY_UNSPECIFIED",
      "varve.v1.REPLAY_LATE_POLICY_DELAY",
      "varve.v1.REPLAY_LATE_POLICY_CATCH_UP",
      "varve.v1.ReplayTroublePolicy",
      "varve.v1.REPLAY_TROUBLE_POLICY_UNSPECIFIED",
      "varve.v1.REPLAY_TROUBLE_POLICY_STOP",
      "varve.v1.REPLAY_TROUBLE_POLICY_SKIP",
      "varve.v1.ReplayStatus",
      "varve.v1.REPLAY_STATUS_UNSPECIFIED",
      "varve.v1.REPLAY_STATUS_PLAYING",
      "varve.v1.REPLAY_STATUS_PAUSED",
      "varve.v1.REPLAY_STATUS_WAITING_FOR_CLIENT",
      "varve.v1.REPLAY_STATUS_WAITING_FOR_RECORDS",
      "varve.v1.ReplayRequest",
      "varve.v1.ReplayRequest.init",
      "varve.v1.ReplayRequest.credit",
      "varve.v1.ReplayRequest.pause",
      "varve.v1.ReplayRequest.resume",
      "varve.v1.ReplayRequest.step",
      "varve.v1.ReplayRequest.seek",
      "varve.v1.ReplayRequest.pace",
      "varve.v1.ReplayRequest.message",
      "varve.v1.ReplayInit",
      "varve.v1.ReplayInit.session_id",
      "varve.v1.ReplayInit.sources",
      "varve.v1.ReplayInit.order",
      "varve.v1.ReplayInit.pace",
      "varve.v1.ReplayInit.late_policy",
      "varve.v1.ReplayInit.trouble_policy",
      "varve.v1.ReplayInit.filters",
      "varve.v1.ReplayInit.form",
      "varve.v1.ReplayInit.credit_bytes",
      "varve.v1.ReplayInit.credit_records",
      "varve.v1.ReplayInit.max_bytes",
      "varve.v1.ReplayInit.progress_interval_ms",
      "varve.v1.ReplayInit.follow",
      "varve.v1.ReplayInit.paused",
      "varve.v1.ReplayInit.playhead_ms",
      "varve.v1.ReplayInit._credit_records",
      "varve.v1.ReplayInit._playhead_ms",
      "varve.v1.ReplaySource",
      "varve.v1.ReplaySource.topic",
      "varve.v1.ReplaySource.partition",
      "varve.v1.ReplaySource.start",
      "varve.v1.ReplaySource.end",
      "varve.v1.ReplaySource._partition",
      "varve.v1.ReplayPosition",
      "varve.v1.ReplayPosition.offset",
      "varve.v1.ReplayPosition.timestamp_ms",
      "varve.v1.ReplayPosition.position",
      "varve.v1.ReplayPosition.group",
      "varve.v1.ReplayPosition.at",
      "varve.v1.ReplayGroupPosition",
      "varve.v1.ReplayGroupPosition.group",
      "varve.v1.ReplayGroupPosition.as_of_ms",
      "varve.v1.ReplayGroupPosition._as_of_ms",
      "varve.v1.ReplayPace",
      "varve.v1.ReplayPace.speed",
      "varve.v1.ReplayPace.records_per_second",
      "varve.v1.ReplayPace.bytes_per_second",
      "varve.v1.ReplayPace.gap_max_ms",
      "varve.v1.ReplayPace.pace",
      "varve.v1.ReplayPace._gap_max_ms",
      "varve.v1.ReplayFilter",
      "varve.v1.ReplayFilter.key",
      "varve.v1.ReplayFilter.header",
      "varve.v1.ReplayFilter.time",
      "varve.v1.ReplayFilter.not",
      "varve.v1.ReplayFilter.on",
      "varve.v1.ReplayMatch",
      "varve.v1.ReplayMatch.any_of",
      "varve.v1.ReplayMatch.prefix",
      "varve.v1.ReplayMatch.suffix",
      "varve.v1.ReplayMatch.present",
      "varve.v1.ReplayMatch.match",
      "varve.v1.ReplayMatchSet",
      "varve.v1.ReplayMatchSet.values",
      "varve.v1.ReplayHeaderMatch",
      "varve.v1.ReplayHeaderMatch.name",
      "varve.v1.ReplayHeaderMatch.value",
      "varve.v1.ReplayTimeMatch",
      "varve.v1.ReplayTimeMatch.from_ms",
      "varve.v1.ReplayTimeMatch.before_ms",
      "varve.v1.ReplayTimeMatch._from_ms",
      "varve.v1.ReplayTimeMatch._before_ms",
      "varve.v1.ReplayCredit",
      "varve.v1.ReplayCredit.bytes",
      "varve.v1.ReplayCredit.records",
      "varve.v1.ReplayPause",
      "varve.v1.ReplayResume",
      "varve.v1.ReplayStep",
      "varve.v1.ReplayStep.records",
      "varve.v1.ReplaySeek",
      "varve.v1.ReplaySeek.seek_epoch",
      "varve.v1.ReplaySeek.timestamp_ms",
      "varve.v1.ReplaySeek.start",
      "varve.v1.ReplaySeek.to",
      "varve.v1.ReplayResponse",
      "varve.v1.ReplayResponse.ready",
      "varve.v1.ReplayResponse.records",
      "varve.v1.ReplayResponse.progress",
      "varve.v1.ReplayResponse.state",
      "varve.v1.ReplayResponse.lateness",
      "varve.v1.ReplayResponse.trouble",
      "varve.v1.ReplayResponse.summary",
      "varve.v1.ReplayResponse.message",
      "varve.v1.ReplayReady",
      "varve.v1.ReplayReady.session_id",
      "varve.v1.ReplayReady.places",
      "varve.v1.ReplayReady.max_bytes",
      "varve.v1.ReplayReady.progress_interval_ms",
      "varve.v1.ReplayReady.unread_max_ms",
      "varve.v1.ReplayPlace",
      "varve.v1.ReplayPlace.topic",
      "varve.v1.ReplayPlace.partition",
      "varve.v1.ReplayPlace.start_offset",
      "varve.v1.ReplayPlace.end_offset",
      "varve.v1.ReplayPlace.first_kept_offset",
      "varve.v1.ReplayPlace._end_offset",
      "varve.v1.ReplayRecords",
      "varve.v1.ReplayRecords.session_id",
      "varve.v1.ReplayRecords.seek_epoch",
      "varve.v1.ReplayRecords.runs",
      "varve.v1.ReplayRecords.credit_bytes",
      "varve.v1.ReplayRecords.credit_records",
      "varve.v1.ReplayRecords.late_ms",
      "varve.v1.ReplayRun",
      "varve.v1.ReplayRun.topic",
      "varve.v1.ReplayRun.partition",
      "varve.v1.ReplayRun.records",
      "varve.v1.ReplayRun.offset",
      "varve.v1.ReplayRun.next_offset",
      "varve.v1.ReplayRun.dropped",
      "varve.v1.ReplayRun.leader_epoch",
      "varve.v1.ReplayProgress",
      "varve.v1.ReplayProgress.status",
      "varve.v1.ReplayProgress.playhead_ms",
      "varve.v1.ReplayProgress.records",
      "varve.v1.ReplayProgress.bytes",
      "varve.v1.ReplayProgress.dropped",
      "varve.v1.ReplayProgress.lag_ms",
      "varve.v1.ReplayProgress.delayed_ms",
      "varve.v1.ReplayProgress.share",
      "varve.v1.ReplayProgress.remaining_ms",
      "varve.v1.ReplayProgress.offsets_left",
      "varve.v1.ReplayProgress._playhead_ms",
      "varve.v1.ReplayProgress._share",
      "varve.v1.ReplayProgress._remaining_ms",
      "varve.v1.ReplayState",
      "varve.v1.ReplayState.status",
      "varve.v1.ReplayState.pace",
      "varve.v1.ReplayState.seek_epoch",
      "varve.v1.ReplayState.places",
      "varve.v1.ReplayLateness",
      "varve.v1.ReplayLateness.behind",
      "varve.v1.ReplayLateness.late_ms",
      "varve.v1.ReplayTrouble",
      "varve.v1.ReplayTrouble.topic",
      "varve.v1.ReplayTrouble.partition",
      "varve.v1.ReplayTrouble.offset",
      "varve.v1.ReplayTrouble.next_offset",
      "varve.v1.ReplayTrouble.error",
      "varve.v1.ReplayTrouble._next_offset",
      "varve.v1.ReplaySummary",
      "varve.v1.ReplaySummary.records",
      "varve.v1.ReplaySummary.bytes",
      "varve.v1.ReplaySummary.dropped",
      "varve.v1.ReplaySummary.elapsed_ms",
      "varve.v1.ReplaySummary.delayed_ms",
      "varve.v1.ReplaySummary.partitions",
      "varve.v1.ReplayPartitionSummary",
      "varve.v1.ReplayPartitionSummary.topic",
      "varve.v1.ReplayPartitionSummary.partition",
      "varve.v1.ReplayPartitionSummary.start_offset",
      "varve.v1.ReplayPartitionSummary.next_offset",
      "varve.v1.ReplayPartitionSummary.records",
      "varve.v1.ReplayPartitionSummary.bytes",
      "varve.v1.ReplayPartitionSummary.dropped",
      "varve.v1.ReplayPartitionSummary.skipped",
      "varve.v1.ReplayPartitionSummary.checksum",
      "varve.v1.ReplayPartitionSummary._checksum",
      "varve.v1.ReplayService",
      "varve.v1.ReplayService.Replay"
    ],
    "encoded": "ChV2YXJ2ZS92MS9yZXBsYXkucHJvdG8SCHZhcnZlLnYxGhdnb29nbGUvcnBjL3N0YXR1cy5wcm90bxoSdmFydmUvdjEvbG9nLnByb3RvGhV2YXJ2ZS92MS9yZWNvcmQucHJvdG8i3QIKDVJlcGxheVJlcXVlc3QSKgoEaW5pdBgBIAEoCzIULnZhcnZlLnYxLlJlcGxheUluaXRIAFIEaW5pdBIwCgZjcmVkaXQYAiABKAsyFi52YXJ2ZS52MS5SZXBsYXlDcmVkaXRIAFIGY3JlZGl0Ei0KBXBhdXNlGAMgASgLMhUudmFydmUudjEuUmVwbGF5UGF1c2VIAFIFcGF1c2USMAoGcmVzdW1lGAQgASgLMhYudmFydmUudjEuUmVwbGF5UmVzdW1lSABSBnJlc3VtZRIqCgRzdGVwGAUgASgLMhQudmFydmUudjEuUmVwbGF5U3RlcEgAUgRzdGVwEioKBHNlZWsYBiABKAsyFC52YXJ2ZS52MS5SZXBsYXlTZWVrSABSBHNlZWsSKgoEcGFjZRgHIAEoCzIULnZhcnZlLnYxLlJlcGxheVBhY2VIAFIEcGFjZUIJCgdtZXNzYWdlIqoFCgpSZXBsYXlJbml0Eh0KCnNlc3Npb25faWQYASABKAlSCXNlc3Npb25JZBIwCgdzb3VyY2VzGAIgAygLMhYudmFydmUudjEuUmVwbGF5U291cmNlUgdzb3VyY2VzEisKBW9yZGVyGAMgASgOMhUudmFydmUudjEuUmVwbGF5T3JkZXJSBW9yZGVyEigKBHBhY2UYBCABKAsyFC52YXJ2ZS52MS5SZXBsYXlQYWNlUgRwYWNlEjsKC2xhdGVfcG9saWN5GAUgASgOMhoudmFydmUudjEuUmVwbGF5TGF0ZVBvbGljeVIKbGF0ZVBvbGljeRJECg50cm91YmxlX3BvbGljeRgGIAEoDjIdLnZhcnZlLnYxLlJlcGxheVRyb3VibGVQb2xpY3lSDXRyb3VibGVQb2xpY3kSMAoHZmlsdGVycxgHIAMoCzIWLnZhcnZlLnYxLlJlcGxheUZpbHRlclIHZmlsdGVycxIoCgRmb3JtGAggASgOMhQudmFydmUudjEuUmVjb3JkRm9ybVIEZm9ybRIhCgxjcmVkaXRfYnl0ZXMYCSABKANSC2NyZWRpdEJ5dGVzEioKDmNyZWRpdF9yZWNvcmRzGAogASgDSABSDWNyZWRpdFJlY29yZHOIAQESGwoJbWF4X2J5dGVzGAsgASgFUghtYXhCeXRlcxIwChRwcm9ncmVzc19pbnRlcnZhbF9tcxgMIAEoBVIScHJvZ3Jlc3NJbnRlcnZhbE1zEhYKBmZvbGxvdxgNIAEoCFIGZm9sbG93EhYKBnBhdXNlZBgOIAEoCFIGcGF1c2VkEiQKC3BsYXloZWFkX21zGA8gASgDSAFSCnBsYXloZWFkTXOIAQFCEQoPX2NyZWRpdF9yZWNvcmRzQg4KDF9wbGF5aGVhZF9tcyKxAQoMUmVwbGF5U291cmNlEhQKBXRvcGljGAEgASgJUgV0b3BpYxIhCglwYXJ0aXRpb24YAiABKAVIAFIJcGFydGl0aW9uiAEBEi4KBXN0YXJ0GAMgASgLMhgudmFydmUudjEuUmVwbGF5UG9zaXRpb25SBXN0YXJ0EioKA2VuZBgEIAEoCzIYLnZhcnZlLnYxLlJlcGxheVBvc2l0aW9uUgNlbmRCDAoKX3BhcnRpdGlvbiLEAQoOUmVwbGF5UG9zaXRpb24SGAoGb2Zmc2V0GAEgASgDSABSBm9mZnNldBIjCgx0aW1lc3RhbXBfbXMYAiABKANIAFILdGltZXN0YW1wTXMSNgoIcG9zaXRpb24YAyABKA4yGC52YXJ2ZS52MS5PZmZzZXRQb3NpdGlvbkgAUghwb3NpdGlvbhI1CgVncm91cBgEIAEoCzIdLnZhcnZlLnYxLlJlcGxheUdyb3VwUG9zaXRpb25IAFIFZ3JvdXBCBAoCYXQiVwoTUmVwbGF5R3JvdXBQb3NpdGlvbhIUCgVncm91cBgBIAEoCVIFZ3JvdXASHQoIYXNfb2ZfbXMYAiABKANIAFIGYXNPZk1ziAEBQgsKCV9hc19vZl9tcyK6AQoKUmVwbGF5UGFjZRIWCgVzcGVlZBgBIAEoAUgAUgVzcGVlZBIuChJyZWNvcmRzX3Blcl9zZWNvbmQYAiABKAFIAFIQcmVjb3Jkc1BlclNlY29uZBIqChBieXRlc19wZXJfc2Vjb25kGAMgASgBSABSDmJ5dGVzUGVyU2Vjb25kEiEKCmdhcF9tYXhfbXMYBCABKANIAVIIZ2FwTWF4TXOIAQFCBgoEcGFjZUINCgtfZ2FwX21heF9tcyK5AQoMUmVwbGF5RmlsdGVyEikKA2tleRgBIAEoCzIVLnZhcnZlLnYxLlJlcGxheU1hdGNoSABSA2tleRI1CgZoZWFkZXIYAiABKAsyGy52YXJ2ZS52MS5SZXBsYXlIZWFkZXJNYXRjaEgAUgZoZWFkZXISLwoEdGltZRgDIAEoCzIZLnZhcnZlLnYxLlJlcGxheVRpbWVNYXRjaEgAUgR0aW1lEhAKA25vdBgEIAEoCFIDbm90QgQKAm9uIpkBCgtSZXBsYXlNYXRjaBIxCgZhbnlfb2YYASABKAsyGC52YXJ2ZS52MS5SZXBsYXlNYXRjaFNldEgAUgVhbnlPZhIYCgZwcmVmaXgYAiABKAxIAFIGcHJlZml4EhgKBnN1ZmZpeBgDIAEoDEgAUgZzdWZmaXgSGgoHcHJlc2VudBgEIAEoCEgAUgdwcmVzZW50QgcKBW1hdGNoIigKDlJlcGxheU1hdGNoU2V0EhYKBnZhbHVlcxgBIAMoDFIGdmFsdWVzIlQKEVJlcGxheUhlYWRlck1hdGNoEhIKBG5hbWUYASABKAlSBG5hbWUSKwoFdmFsdWUYAiABKAsyFS52YXJ2ZS52MS5SZXBsYXlNYXRjaFIFdmFsdWUiawoPUmVwbGF5VGltZU1hdGNoEhwKB2Zyb21fbXMYASABKANIAFIGZnJvbU1ziAEBEiAKCWJlZm9yZV9tcxgCIAEoA0gBUghiZWZvcmVNc4gBAUIKCghfZnJvbV9tc0IMCgpfYmVmb3JlX21zIj4KDFJlcGxheUNyZWRpdBIUCgVieXRlcxgBIAEoA1IFYnl0ZXMSGAoHcmVjb3JkcxgCIAEoA1IHcmVjb3JkcyINCgtSZXBsYXlQYXVzZSIOCgxSZXBsYXlSZXN1bWUiJgoKUmVwbGF5U3RlcBIYCgdyZWNvcmRzGAEgASgDUgdyZWNvcmRzIm4KClJlcGxheVNlZWsSHQoKc2Vla19lcG9jaBgBIAEoBVIJc2Vla0Vwb2NoEiMKDHRpbWVzdGFtcF9tcxgCIAEoA0gAUgt0aW1lc3RhbXBNcxIWCgVzdGFydBgDIAEoCEgAUgVzdGFydEIECgJ0byKIAwoOUmVwbGF5UmVzcG9uc2USLQoFcmVhZHkYASABKAsyFS52YXJ2ZS52MS5SZXBsYXlSZWFkeUgAUgVyZWFkeRIzCgdyZWNvcmRzGAIgASgLMhcudmFydmUudjEuUmVwbGF5UmVjb3Jkc0gAUgdyZWNvcmRzEjYKCHByb2dyZXNzGAMgASgLMhgudmFydmUudjEuUmVwbGF5UHJvZ3Jlc3NIAFIIcHJvZ3Jlc3MSLQoFc3RhdGUYBCABKAsyFS52YXJ2ZS52MS5SZXBsYXlTdGF0ZUgAUgVzdGF0ZRI2CghsYXRlbmVzcxgFIAEoCzIYLnZhcnZlLnYxLlJlcGxheUxhdGVuZXNzSABSCGxhdGVuZXNzEjMKB3Ryb3VibGUYBiABKAsyFy52YXJ2ZS52MS5SZXBsYXlUcm91YmxlSABSB3Ryb3VibGUSMwoHc3VtbWFyeRgHIAEoCzIXLnZhcnZlLnYxLlJlcGxheVN1bW1hcnlIAFIHc3VtbWFyeUIJCgdtZXNzYWdlIs4BCgtSZXBsYXlSZWFkeRIdCgpzZXNzaW9uX2lkGAEgASgJUglzZXNzaW9uSWQSLQoGcGxhY2VzGAIgAygLMhUudmFydmUudjEuUmVwbGF5UGxhY2VSBnBsYWNlcxIbCgltYXhfYnl0ZXMYAyABKAVSCG1heEJ5dGVzEjAKFHByb2dyZXNzX2ludGVydmFsX21zGAQgASgFUhJwcm9ncmVzc0ludGVydmFsTXMSIgoNdW5yZWFkX21heF9tcxgFIAEoBVILdW5yZWFkTWF4TXMiwwEKC1JlcGxheVBsYWNlEhQKBXRvcGljGAEgASgJUgV0b3BpYxIcCglwYXJ0aXRpb24YAiABKAVSCXBhcnRpdGlvbhIhCgxzdGFydF9vZmZzZXQYAyABKANSC3N0YXJ0T2Zmc2V0EiIKCmVuZF9vZmZzZXQYBCABKANIAFIJZW5kT2Zmc2V0iAEBEioKEWZpcnN0X2tlcHRfb2Zmc2V0GAUgASgDUg9maXJzdEtlcHRPZmZzZXRCDQoLX2VuZF9vZmZzZXQi2QEKDVJlcGxheVJlY29yZHMSHQoKc2Vzc2lvbl9pZBgBIAEoCVIJc2Vzc2lvbklkEh0KCnNlZWtfZXBvY2gYAiABKAVSCXNlZWtFcG9jaBInCgRydW5zGAMgAygLMhMudmFydmUudjEuUmVwbGF5UnVuUgRydW5zEiEKDGNyZWRpdF9ieXRlcxgEIAEoBVILY3JlZGl0Qnl0ZXMSJQoOY3JlZGl0X3JlY29yZHMYBSABKAVSDWNyZWRpdFJlY29yZHMSFwoHbGF0ZV9tcxgGIAEoAVIGbGF0ZU1zIuQBCglSZXBsYXlSdW4SFAoFdG9waWMYASABKAlSBXRvcGljEhwKCXBhcnRpdGlvbhgCIAEoBVIJcGFydGl0aW9uEi0KB3JlY29yZHMYAyABKAsyEy52YXJ2ZS52MS5SZWNvcmRTZXRSB3JlY29yZHMSFgoGb2Zmc2V0GAQgASgDUgZvZmZzZXQSHwoLbmV4dF9vZmZzZXQYBSABKANSCm5leHRPZmZzZXQSGAoHZHJvcHBlZBgGIAEoA1IHZHJvcHBlZBIhCgxsZWFkZXJfZXBvY2gYByABKAVSC2xlYWRlckVwb2NoIvcCCg5SZXBsYXlQcm9ncmVzcxIuCgZzdGF0dXMYASABKA4yFi52YXJ2ZS52MS5SZXBsYXlTdGF0dXNSBnN0YXR1cxIkCgtwbGF5aGVhZF9tcxgCIAEoA0gAUgpwbGF5aGVhZE1ziAEBEhgKB3JlY29yZHMYAyABKANSB3JlY29yZHMSFAoFYnl0ZXMYBCABKANSBWJ5dGVzEhgKB2Ryb3BwZWQYBSABKANSB2Ryb3BwZWQSFQoGbGFnX21zGAYgASgBUgVsYWdNcxIdCgpkZWxheWVkX21zGAcgASgBUglkZWxheWVkTXMSGQoFc2hhcmUYCCABKAFIAVIFc2hhcmWIAQESJgoMcmVtYWluaW5nX21zGAkgASgBSAJSC3JlbWFpbmluZ01ziAEBEiEKDG9mZnNldHNfbGVmdBgKIAEoA1ILb2Zmc2V0c0xlZnRCDgoMX3BsYXloZWFkX21zQggKBl9zaGFyZUIPCg1fcmVtYWluaW5nX21zIrUBCgtSZXBsYXlTdGF0ZRIuCgZzdGF0dXMYASABKA4yFi52YXJ2ZS52MS5SZXBsYXlTdGF0dXNSBnN0YXR1cxIoCgRwYWNlGAIgASgLMhQudmFydmUudjEuUmVwbGF5UGFjZVIEcGFjZRIdCgpzZWVrX2Vwb2NoGAMgASgFUglzZWVrRXBvY2gSLQoGcGxhY2VzGAQgAygLMhUudmFydmUudjEuUmVwbGF5UGxhY2VSBnBsYWNlcyJBCg5SZXBsYXlMYXRlbmVzcxIWCgZiZWhpbmQYASABKAhSBmJlaGluZBIXCgdsYXRlX21zGAIgASgBUgZsYXRlTXMiuwEKDVJlcGxheVRyb3VibGUSFAoFdG9waWMYASABKAlSBXRvcGljEhwKCXBhcnRpdGlvbhgCIAEoBVIJcGFydGl0aW9uEhYKBm9mZnNldBgDIAEoA1IGb2Zmc2V0EiQKC25leHRfb2Zmc2V0GAQgASgDSABSCm5leHRPZmZzZXSIAQESKAoFZXJyb3IYBSABKAsyEi5nb29nbGUucnBjLlN0YXR1c1IFZXJyb3JCDgoMX25leHRfb2Zmc2V0ItkBCg1SZXBsYXlTdW1tYXJ5EhgKB3JlY29yZHMYASABKANSB3JlY29yZHMSFAoFYnl0ZXMYAiABKANSBWJ5dGVzEhgKB2Ryb3BwZWQYAyABKANSB2Ryb3BwZWQSHQoKZWxhcHNlZF9tcxgEIAEoAVIJZWxhcHNlZE1zEh0KCmRlbGF5ZWRfbXMYBSABKAFSCWRlbGF5ZWRNcxJACgpwYXJ0aXRpb25zGAYgAygLMiAudmFydmUudjEuUmVwbGF5UGFydGl0aW9uU3VtbWFyeVIKcGFydGl0aW9ucyKiAgoWUmVwbGF5UGFydGl0aW9uU3VtbWFyeRIUCgV0b3BpYxgBIAEoCVIFdG9waWMSHAoJcGFydGl0aW9uGAIgASgFUglwYXJ0aXRpb24SIQoMc3RhcnRfb2Zmc2V0GAMgASgDUgtzdGFydE9mZnNldBIfCgtuZXh0X29mZnNldBgEIAEoA1IKbmV4dE9mZnNldBIYCgdyZWNvcmRzGAUgASgDUgdyZWNvcmRzEhQKBWJ5dGVzGAYgASgDUgVieXRlcxIYCgdkcm9wcGVkGAcgASgDUgdkcm9wcGVkEhgKB3NraXBwZWQYCCABKANSB3NraXBwZWQSHwoIY2hlY2tzdW0YCSABKAdIAFIIY2hlY2tzdW2IAQFCCwoJX2NoZWNrc3VtKmAKC1JlcGxheU9yZGVyEhwKGFJFUExBWV9PUkRFUl9VTlNQRUNJRklFRBAAEhoKFlJFUExBWV9PUkRFUl9QQVJUSVRJT04QARIXChNSRVBMQVlfT1JERVJfTUVSR0VEEAIqdQoQUmVwbGF5TGF0ZVBvbGljeRIiCh5SRVBMQVlfTEFURV9QT0xJQ1lfVU5TUEVDSUZJRUQQABIcChhSRVBMQVlfTEFURV9QT0xJQ1lfREVMQVkQARIfChtSRVBMQVlfTEFURV9QT0xJQ1lfQ0FUQ0hfVVAQAip8ChNSZXBsYXlUcm91YmxlUG9saWN5EiUKIVJFUExBWV9UUk9VQkxFX1BPTElDWV9VTlNQRUNJRklFRBAAEh4KGlJFUExBWV9UUk9VQkxFX1BPTElDWV9TVE9QEAESHgoaUkVQTEFZX1RST1VCTEVfUE9MSUNZX1NLSVAQAiqvAQoMUmVwbGF5U3RhdHVzEh0KGVJFUExBWV9TVEFUVVNfVU5TUEVDSUZJRUQQABIZChVSRVBMQVlfU1RBVFVTX1BMQVlJTkcQARIYChRSRVBMQVlfU1RBVFVTX1BBVVNFRBACEiQKIFJFUExBWV9TVEFUVVNfV0FJVElOR19GT1JfQ0xJRU5UEAMSJQohUkVQTEFZX1NUQVRVU19XQUlUSU5HX0ZPUl9SRUNPUkRTEAQyUAoNUmVwbGF5U2VydmljZRI/CgZSZXBsYXkSFy52YXJ2ZS52MS5SZXBsYXlSZXF1ZXN0GhgudmFydmUudjEuUmVwbGF5UmVzcG9uc2UoATABYgZwcm90bzM="
  }
]
