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
  }
]
