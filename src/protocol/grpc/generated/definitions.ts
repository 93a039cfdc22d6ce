// Written by scripts/generate.mjs from proto/; do not edit.

/** Every message and service, as protobuf.js writes them. */
export const definitions: object = {
  "nested": {
    "google": {
      "nested": {
        "protobuf": {
          "nested": {
            "Duration": {
              "fields": {
                "seconds": {
                  "type": "int64",
                  "id": 1
                },
                "nanos": {
                  "type": "int32",
                  "id": 2
                }
              }
            },
            "Any": {
              "fields": {
                "type_url": {
                  "type": "string",
                  "id": 1
                },
                "value": {
                  "type": "bytes",
                  "id": 2
                }
              }
            }
          }
        },
        "rpc": {
          "nested": {
            "ErrorInfo": {
              "fields": {
                "reason": {
                  "type": "string",
                  "id": 1
                },
                "domain": {
                  "type": "string",
                  "id": 2
                },
                "metadata": {
                  "keyType": "string",
                  "type": "string",
                  "id": 3
                }
              }
            },
            "RetryInfo": {
              "fields": {
                "retryDelay": {
                  "type": "google.protobuf.Duration",
                  "id": 1
                }
              }
            },
            "QuotaFailure": {
              "fields": {
                "violations": {
                  "rule": "repeated",
                  "type": "Violation",
                  "id": 1
                }
              },
              "nested": {
                "Violation": {
                  "fields": {
                    "subject": {
                      "type": "string",
                      "id": 1
                    },
                    "description": {
                      "type": "string",
                      "id": 2
                    }
                  }
                }
              }
            },
            "PreconditionFailure": {
              "fields": {
                "violations": {
                  "rule": "repeated",
                  "type": "Violation",
                  "id": 1
                }
              },
              "nested": {
                "Violation": {
                  "fields": {
                    "type": {
                      "type": "string",
                      "id": 1
                    },
                    "subject": {
                      "type": "string",
                      "id": 2
                    },
                    "description": {
                      "type": "string",
                      "id": 3
                    }
                  }
                }
              }
            },
            "BadRequest": {
              "fields": {
                "fieldViolations": {
                  "rule": "repeated",
                  "type": "FieldViolation",
                  "id": 1
                }
              },
              "nested": {
                "FieldViolation": {
                  "fields": {
                    "field": {
                      "type": "string",
                      "id": 1
                    },
                    "description": {
                      "type": "string",
                      "id": 2
                    }
                  }
                }
              }
            },
            "Status": {
              "fields": {
                "code": {
                  "type": "int32",
                  "id": 1
                },
                "message": {
                  "type": "string",
                  "id": 2
                },
                "details": {
                  "rule": "repeated",
                  "type": "google.protobuf.Any",
                  "id": 3
                }
              }
            }
          }
        }
      }
    },
    "grpc": {
      "nested": {
        "health": {
          "nested": {
            "v1": {
              "nested": {
                "Health": {
                  "methods": {
                    "Check": {
                      "requestType": "HealthCheckRequest",
                      "responseType": "HealthCheckResponse"
                    },
                    "List": {
                      "requestType": "HealthListRequest",
                      "responseType": "HealthListResponse"
                    },
                    "Watch": {
                      "requestType": "HealthCheckRequest",
                      "responseType": "HealthCheckResponse",
                      "responseStream": true
                    }
                  }
                },
                "HealthCheckRequest": {
                  "fields": {
                    "service": {
                      "type": "string",
                      "id": 1
                    }
                  }
                },
                "HealthCheckResponse": {
                  "fields": {
                    "status": {
                      "type": "ServingStatus",
                      "id": 1
                    }
                  },
                  "nested": {
                    "ServingStatus": {
                      "values": {
                        "UNKNOWN": 0,
                        "SERVING": 1,
                        "NOT_SERVING": 2,
                        "SERVICE_UNKNOWN": 3
                      }
                    }
                  }
                },
                "HealthListRequest": {
                  "fields": {}
                },
                "HealthListResponse": {
                  "fields": {
                    "statuses": {
                      "keyType": "string",
                      "type": "HealthCheckResponse",
                      "id": 1
                    }
                  }
                }
              }
            }
          }
        },
        "reflection": {
          "nested": {
            "v1": {
              "nested": {
                "ServerReflection": {
                  "methods": {
                    "ServerReflectionInfo": {
                      "requestType": "ServerReflectionRequest",
                      "requestStream": true,
                      "responseType": "ServerReflectionResponse",
                      "responseStream": true
                    }
                  }
                },
                "ServerReflectionRequest": {
                  "oneofs": {
                    "messageRequest": {
                      "oneof": [
                        "fileByFilename",
                        "fileContainingSymbol",
                        "fileContainingExtension",
                        "allExtensionNumbersOfType",
                        "listServices"
                      ]
                    }
                  },
                  "fields": {
                    "host": {
                      "type": "string",
                      "id": 1
                    },
                    "fileByFilename": {
                      "type": "string",
                      "id": 3
                    },
                    "fileContainingSymbol": {
                      "type": "string",
                      "id": 4
                    },
                    "fileContainingExtension": {
                      "type": "ExtensionRequest",
                      "id": 5
                    },
                    "allExtensionNumbersOfType": {
                      "type": "string",
                      "id": 6
                    },
                    "listServices": {
                      "type": "string",
                      "id": 7
                    }
                  }
                },
                "ExtensionRequest": {
                  "fields": {
                    "containingType": {
                      "type": "string",
                      "id": 1
                    },
                    "extensionNumber": {
                      "type": "int32",
                      "id": 2
                    }
                  }
                },
                "ServerReflectionResponse": {
                  "oneofs": {
                    "messageResponse": {
                      "oneof": [
                        "fileDescriptorResponse",
                        "allExtensionNumbersResponse",
                        "listServicesResponse",
                        "errorResponse"
                      ]
                    }
                  },
                  "fields": {
                    "validHost": {
                      "type": "string",
                      "id": 1
                    },
                    "originalRequest": {
                      "type": "ServerReflectionRequest",
                      "id": 2
                    },
                    "fileDescriptorResponse": {
                      "type": "FileDescriptorResponse",
                      "id": 4
                    },
                    "allExtensionNumbersResponse": {
                      "type": "ExtensionNumberResponse",
                      "id": 5
                    },
                    "listServicesResponse": {
                      "type": "ListServiceResponse",
                      "id": 6
                    },
                    "errorResponse": {
                      "type": "ErrorResponse",
                      "id": 7
                    }
                  }
                },
                "FileDescriptorResponse": {
                  "fields": {
                    "fileDescriptorProto": {
                      "rule": "repeated",
                      "type": "bytes",
                      "id": 1
                    }
                  }
                },
                "ExtensionNumberResponse": {
                  "fields": {
                    "baseTypeName": {
                      "type": "string",
                      "id": 1
                    },
                    "extensionNumber": {
                      "rule": "repeated",
                      "type": "int32",
                      "id": 2
                    }
                  }
                },
                "ListServiceResponse": {
                  "fields": {
                    "service": {
                      "rule": "repeated",
                      "type": "ServiceResponse",
                      "id": 1
                    }
                  }
                },
                "ServiceResponse": {
                  "fields": {
                    "name": {
                      "type": "string",
                      "id": 1
                    }
                  }
                },
                "ErrorResponse": {
                  "fields": {
                    "errorCode": {
                      "type": "int32",
                      "id": 1
                    },
                    "errorMessage": {
                      "type": "string",
                      "id": 2
                    }
                  }
                }
              }
            },
            "v1alpha": {
              "nested": {
                "ServerReflection": {
                  "methods": {
                    "ServerReflectionInfo": {
                      "requestType": "ServerReflectionRequest",
                      "requestStream": true,
                      "responseType": "ServerReflectionResponse",
                      "responseStream": true
                    }
                  }
                },
                "ServerReflectionRequest": {
                  "oneofs": {
                    "messageRequest": {
                      "oneof": [
                        "fileByFilename",
                        "fileContainingSymbol",
                        "fileContainingExtension",
                        "allExtensionNumbersOfType",
                        "listServices"
                      ]
                    }
                  },
                  "fields": {
                    "host": {
                      "type": "string",
                      "id": 1
                    },
                    "fileByFilename": {
                      "type": "string",
                      "id": 3
                    },
                    "fileContainingSymbol": {
                      "type": "string",
                      "id": 4
                    },
                    "fileContainingExtension": {
                      "type": "ExtensionRequest",
                      "id": 5
                    },
                    "allExtensionNumbersOfType": {
                      "type": "string",
                      "id": 6
                    },
                    "listServices": {
                      "type": "string",
                      "id": 7
                    }
                  }
                },
                "ExtensionRequest": {
                  "fields": {
                    "containingType": {
                      "type": "string",
                      "id": 1
                    },
                    "extensionNumber": {
                      "type": "int32",
                      "id": 2
                    }
                  }
                },
                "ServerReflectionResponse": {
                  "oneofs": {
                    "messageResponse": {
                      "oneof": [
                        "fileDescriptorResponse",
                        "allExtensionNumbersResponse",
                        "listServicesResponse",
                        "errorResponse"
                      ]
                    }
                  },
                  "fields": {
                    "validHost": {
                      "type": "string",
                      "id": 1
                    },
                    "originalRequest": {
                      "type": "ServerReflectionRequest",
                      "id": 2
                    },
                    "fileDescriptorResponse": {
                      "type": "FileDescriptorResponse",
                      "id": 4
                    },
                    "allExtensionNumbersResponse": {
                      "type": "ExtensionNumberResponse",
                      "id": 5
                    },
                    "listServicesResponse": {
                      "type": "ListServiceResponse",
                      "id": 6
                    },
                    "errorResponse": {
                      "type": "ErrorResponse",
                      "id": 7
                    }
                  }
                },
                "FileDescriptorResponse": {
                  "fields": {
                    "fileDescriptorProto": {
                      "rule": "repeated",
                      "type": "bytes",
                      "id": 1
                    }
                  }
                },
                "ExtensionNumberResponse": {
                  "fields": {
                    "baseTypeName": {
                      "type": "string",
                      "id": 1
                    },
                    "extensionNumber": {
                      "rule": "repeated",
                      "type": "int32",
                      "id": 2
                    }
                  }
                },
                "ListServiceResponse": {
                  "fields": {
                    "service": {
                      "rule": "repeated",
                      "type": "ServiceResponse",
                      "id": 1
                    }
                  }
                },
                "ServiceResponse": {
                  "fields": {
                    "name": {
                      "type": "string",
                      "id": 1
                    }
                  }
                },
                "ErrorResponse": {
                  "fields": {
                    "errorCode": {
                      "type": "int32",
                      "id": 1
                    },
                    "errorMessage": {
                      "type": "string",
                      "id": 2
                    }
                  }
                }
              }
            }
          }
        }
      }
    },
    "varve": {
      "nested": {
        "v1": {
          "nested": {
            "AdminService": {
              "methods": {
                "CreateTopic": {
                  "requestType": "CreateTopicRequest",
                  "responseType": "CreateTopicResponse"
                },
                "DeleteTopic": {
                  "requestType": "DeleteTopicRequest",
                  "responseType": "DeleteTopicResponse"
                },
                "DescribeTopic": {
                  "requestType": "DescribeTopicRequest",
                  "responseType": "DescribeTopicResponse"
                },
                "ListTopics": {
                  "requestType": "ListTopicsRequest",
                  "responseType": "ListTopicsResponse"
                },
                "UpdateTopicSettings": {
                  "requestType": "UpdateTopicSettingsRequest",
                  "responseType": "UpdateTopicSettingsResponse"
                },
                "AddPartitions": {
                  "requestType": "AddPartitionsRequest",
                  "responseType": "AddPartitionsResponse"
                },
                "DeleteRecords": {
                  "requestType": "DeleteRecordsRequest",
                  "responseType": "DeleteRecordsResponse"
                },
                "DescribeCluster": {
                  "requestType": "DescribeClusterRequest",
                  "responseType": "DescribeClusterResponse"
                },
                "DescribeStorage": {
                  "requestType": "DescribeStorageRequest",
                  "responseType": "DescribeStorageResponse"
                },
                "Verify": {
                  "requestType": "VerifyRequest",
                  "responseType": "VerifyResponse",
                  "responseStream": true
                }
              }
            },
            "CreateTopicRequest": {
              "oneofs": {
                "_partitions": {
                  "oneof": [
                    "partitions"
                  ]
                }
              },
              "fields": {
                "name": {
                  "type": "string",
                  "id": 1
                },
                "partitions": {
                  "type": "int32",
                  "id": 2,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "settings": {
                  "keyType": "string",
                  "type": "string",
                  "id": 3
                },
                "validateOnly": {
                  "type": "bool",
                  "id": 4
                }
              }
            },
            "CreateTopicResponse": {
              "fields": {
                "topic": {
                  "type": "Topic",
                  "id": 1
                }
              }
            },
            "DeleteTopicRequest": {
              "fields": {
                "name": {
                  "type": "string",
                  "id": 1
                }
              }
            },
            "DeleteTopicResponse": {
              "fields": {}
            },
            "DescribeTopicRequest": {
              "fields": {
                "name": {
                  "type": "string",
                  "id": 1
                }
              }
            },
            "DescribeTopicResponse": {
              "fields": {
                "topic": {
                  "type": "Topic",
                  "id": 1
                }
              }
            },
            "ListTopicsRequest": {
              "fields": {
                "pageSize": {
                  "type": "int32",
                  "id": 1
                },
                "pageToken": {
                  "type": "string",
                  "id": 2
                }
              }
            },
            "ListTopicsResponse": {
              "fields": {
                "topics": {
                  "rule": "repeated",
                  "type": "TopicSummary",
                  "id": 1
                },
                "nextPageToken": {
                  "type": "string",
                  "id": 2
                }
              }
            },
            "UpdateTopicSettingsRequest": {
              "fields": {
                "name": {
                  "type": "string",
                  "id": 1
                },
                "set": {
                  "keyType": "string",
                  "type": "string",
                  "id": 2
                },
                "reset": {
                  "rule": "repeated",
                  "type": "string",
                  "id": 3
                },
                "validateOnly": {
                  "type": "bool",
                  "id": 4
                }
              }
            },
            "UpdateTopicSettingsResponse": {
              "fields": {
                "topic": {
                  "type": "Topic",
                  "id": 1
                }
              }
            },
            "AddPartitionsRequest": {
              "fields": {
                "name": {
                  "type": "string",
                  "id": 1
                },
                "partitions": {
                  "type": "int32",
                  "id": 2
                }
              }
            },
            "AddPartitionsResponse": {
              "fields": {
                "topic": {
                  "type": "Topic",
                  "id": 1
                }
              }
            },
            "DeleteRecordsRequest": {
              "fields": {
                "entries": {
                  "rule": "repeated",
                  "type": "DeleteRecordsEntry",
                  "id": 1
                }
              }
            },
            "DeleteRecordsEntry": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "beforeOffset": {
                  "type": "int64",
                  "id": 3
                }
              }
            },
            "DeleteRecordsResponse": {
              "fields": {
                "results": {
                  "rule": "repeated",
                  "type": "DeleteRecordsResult",
                  "id": 1
                }
              }
            },
            "DeleteRecordsResult": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "startOffset": {
                  "type": "int64",
                  "id": 3
                },
                "error": {
                  "type": "google.rpc.Status",
                  "id": 4
                }
              }
            },
            "DescribeClusterRequest": {
              "fields": {}
            },
            "DescribeClusterResponse": {
              "fields": {
                "clusterId": {
                  "type": "string",
                  "id": 1
                },
                "version": {
                  "type": "string",
                  "id": 2
                },
                "epoch": {
                  "type": "int32",
                  "id": 3
                },
                "storage": {
                  "type": "string",
                  "id": 4
                },
                "features": {
                  "rule": "repeated",
                  "type": "string",
                  "id": 5
                },
                "limits": {
                  "keyType": "string",
                  "type": "int64",
                  "id": 6
                },
                "topicCount": {
                  "type": "int32",
                  "id": 7
                },
                "partitionCount": {
                  "type": "int32",
                  "id": 8
                },
                "durabilityMax": {
                  "type": "string",
                  "id": 9
                }
              }
            },
            "DescribeStorageRequest": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "pageSize": {
                  "type": "int32",
                  "id": 2
                },
                "pageToken": {
                  "type": "string",
                  "id": 3
                }
              }
            },
            "DescribeStorageResponse": {
              "fields": {
                "partitions": {
                  "rule": "repeated",
                  "type": "PartitionStorage",
                  "id": 1
                },
                "nextPageToken": {
                  "type": "string",
                  "id": 2
                }
              }
            },
            "VerifyRequest": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                }
              }
            },
            "VerifyResponse": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "batches": {
                  "type": "int64",
                  "id": 3
                },
                "records": {
                  "type": "int64",
                  "id": 4
                },
                "bytes": {
                  "type": "int64",
                  "id": 5
                },
                "done": {
                  "type": "bool",
                  "id": 6
                },
                "damaged": {
                  "rule": "repeated",
                  "type": "DamagedRange",
                  "id": 7
                }
              }
            },
            "Topic": {
              "fields": {
                "name": {
                  "type": "string",
                  "id": 1
                },
                "id": {
                  "type": "string",
                  "id": 2
                },
                "createdMs": {
                  "type": "int64",
                  "id": 3
                },
                "partitions": {
                  "rule": "repeated",
                  "type": "Partition",
                  "id": 4
                },
                "settings": {
                  "rule": "repeated",
                  "type": "TopicSetting",
                  "id": 5
                },
                "degraded": {
                  "type": "string",
                  "id": 6
                }
              }
            },
            "TopicSummary": {
              "fields": {
                "name": {
                  "type": "string",
                  "id": 1
                },
                "id": {
                  "type": "string",
                  "id": 2
                },
                "partitions": {
                  "type": "int32",
                  "id": 3
                }
              }
            },
            "Partition": {
              "fields": {
                "partition": {
                  "type": "int32",
                  "id": 1
                },
                "startOffset": {
                  "type": "int64",
                  "id": 2
                },
                "readableEndOffset": {
                  "type": "int64",
                  "id": 3
                },
                "endOffset": {
                  "type": "int64",
                  "id": 4
                },
                "leaderEpoch": {
                  "type": "int32",
                  "id": 5
                },
                "bytes": {
                  "type": "int64",
                  "id": 6
                },
                "condition": {
                  "type": "PartitionCondition",
                  "id": 7
                },
                "reason": {
                  "type": "string",
                  "id": 8
                }
              }
            },
            "PartitionCondition": {
              "values": {
                "PARTITION_CONDITION_UNSPECIFIED": 0,
                "PARTITION_CONDITION_HEALTHY": 1,
                "PARTITION_CONDITION_READ_ONLY": 2,
                "PARTITION_CONDITION_OPENING": 3
              }
            },
            "TopicSetting": {
              "fields": {
                "name": {
                  "type": "string",
                  "id": 1
                },
                "value": {
                  "type": "string",
                  "id": 2
                },
                "isDefault": {
                  "type": "bool",
                  "id": 3
                }
              }
            },
            "PartitionStorage": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "condition": {
                  "type": "PartitionCondition",
                  "id": 3
                },
                "reason": {
                  "type": "string",
                  "id": 4
                },
                "bytes": {
                  "type": "int64",
                  "id": 5
                },
                "outcome": {
                  "type": "string",
                  "id": 6
                },
                "segmentsScanned": {
                  "type": "int32",
                  "id": 7
                },
                "bytesScanned": {
                  "type": "int64",
                  "id": 8
                },
                "tornBytes": {
                  "type": "int64",
                  "id": 9
                },
                "indexesRebuilt": {
                  "type": "int32",
                  "id": 10
                },
                "durationMs": {
                  "type": "double",
                  "id": 11
                },
                "damaged": {
                  "rule": "repeated",
                  "type": "DamagedRange",
                  "id": 12
                },
                "anomalies": {
                  "rule": "repeated",
                  "type": "string",
                  "id": 13
                }
              }
            },
            "DamagedRange": {
              "oneofs": {
                "_nextGoodOffset": {
                  "oneof": [
                    "nextGoodOffset"
                  ]
                }
              },
              "fields": {
                "firstBadOffset": {
                  "type": "int64",
                  "id": 1
                },
                "nextGoodOffset": {
                  "type": "int64",
                  "id": 2,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "GroupService": {
              "methods": {
                "Session": {
                  "requestType": "SessionRequest",
                  "requestStream": true,
                  "responseType": "SessionResponse",
                  "responseStream": true
                },
                "CommitOffsets": {
                  "requestType": "CommitOffsetsRequest",
                  "responseType": "CommitOffsetsResponse"
                },
                "FetchOffsets": {
                  "requestType": "FetchOffsetsRequest",
                  "responseType": "FetchOffsetsResponse"
                },
                "ResetOffsets": {
                  "requestType": "ResetOffsetsRequest",
                  "responseType": "ResetOffsetsResponse"
                },
                "ListGroups": {
                  "requestType": "ListGroupsRequest",
                  "responseType": "ListGroupsResponse"
                },
                "DescribeGroup": {
                  "requestType": "DescribeGroupRequest",
                  "responseType": "DescribeGroupResponse"
                },
                "DeleteGroup": {
                  "requestType": "DeleteGroupRequest",
                  "responseType": "DeleteGroupResponse"
                },
                "ExplainGroup": {
                  "requestType": "ExplainGroupRequest",
                  "responseType": "ExplainGroupResponse"
                },
                "WaitForCommit": {
                  "requestType": "WaitForCommitRequest",
                  "responseType": "WaitForCommitResponse"
                },
                "ListCommitHistory": {
                  "requestType": "ListCommitHistoryRequest",
                  "responseType": "ListCommitHistoryResponse"
                },
                "SnapshotGroup": {
                  "requestType": "SnapshotGroupRequest",
                  "responseType": "SnapshotGroupResponse"
                },
                "RestoreGroup": {
                  "requestType": "RestoreGroupRequest",
                  "responseType": "RestoreGroupResponse"
                },
                "DeleteGroupSnapshot": {
                  "requestType": "DeleteGroupSnapshotRequest",
                  "responseType": "DeleteGroupSnapshotResponse"
                },
                "ForkGroup": {
                  "requestType": "ForkGroupRequest",
                  "responseType": "ForkGroupResponse"
                }
              }
            },
            "GroupPartition": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "topicId": {
                  "type": "string",
                  "id": 3
                }
              }
            },
            "SessionRequest": {
              "oneofs": {
                "message": {
                  "oneof": [
                    "join",
                    "resume",
                    "heartbeat",
                    "leave"
                  ]
                }
              },
              "fields": {
                "join": {
                  "type": "SessionJoin",
                  "id": 1
                },
                "resume": {
                  "type": "SessionResume",
                  "id": 2
                },
                "heartbeat": {
                  "type": "SessionHeartbeat",
                  "id": 3
                },
                "leave": {
                  "type": "SessionLeave",
                  "id": 4
                }
              }
            },
            "SessionJoin": {
              "oneofs": {
                "_instanceId": {
                  "oneof": [
                    "instanceId"
                  ]
                }
              },
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "memberId": {
                  "type": "string",
                  "id": 2
                },
                "instanceId": {
                  "type": "string",
                  "id": 3,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "clientId": {
                  "type": "string",
                  "id": 4
                },
                "topics": {
                  "rule": "repeated",
                  "type": "string",
                  "id": 5
                },
                "assignor": {
                  "type": "string",
                  "id": 6
                },
                "weight": {
                  "type": "int32",
                  "id": 7
                },
                "sessionTimeoutMs": {
                  "type": "int32",
                  "id": 8
                },
                "rebalanceTimeoutMs": {
                  "type": "int32",
                  "id": 9
                }
              }
            },
            "SessionResume": {
              "oneofs": {
                "_instanceId": {
                  "oneof": [
                    "instanceId"
                  ]
                }
              },
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "memberId": {
                  "type": "string",
                  "id": 2
                },
                "instanceId": {
                  "type": "string",
                  "id": 3,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "heartbeat": {
                  "type": "SessionHeartbeat",
                  "id": 4
                }
              }
            },
            "SessionHeartbeat": {
              "oneofs": {
                "_owned": {
                  "oneof": [
                    "owned"
                  ]
                },
                "_wishes": {
                  "oneof": [
                    "wishes"
                  ]
                }
              },
              "fields": {
                "memberEpoch": {
                  "type": "int32",
                  "id": 1
                },
                "owned": {
                  "type": "OwnedPartitions",
                  "id": 2,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "wishes": {
                  "type": "SessionWishes",
                  "id": 3,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "progress": {
                  "rule": "repeated",
                  "type": "PartitionProgress",
                  "id": 4
                }
              }
            },
            "OwnedPartitions": {
              "fields": {
                "partitions": {
                  "rule": "repeated",
                  "type": "GroupPartition",
                  "id": 1
                }
              }
            },
            "SessionWishes": {
              "fields": {
                "topics": {
                  "rule": "repeated",
                  "type": "string",
                  "id": 1
                },
                "assignor": {
                  "type": "string",
                  "id": 2
                },
                "weight": {
                  "type": "int32",
                  "id": 3
                },
                "rebalanceTimeoutMs": {
                  "type": "int32",
                  "id": 4
                }
              }
            },
            "ProgressState": {
              "values": {
                "PROGRESS_STATE_UNSPECIFIED": 0,
                "PROGRESS_STATE_FLOWING": 1,
                "PROGRESS_STATE_IN_HANDLER": 2,
                "PROGRESS_STATE_PAUSED": 3,
                "PROGRESS_STATE_NO_CREDIT": 4,
                "PROGRESS_STATE_FAILED": 5,
                "PROGRESS_STATE_HANDLER_FAILED": 6
              }
            },
            "PartitionProgress": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "state": {
                  "type": "ProgressState",
                  "id": 3
                },
                "stateAgeMs": {
                  "type": "int64",
                  "id": 4
                },
                "position": {
                  "type": "int64",
                  "id": 5
                },
                "text": {
                  "type": "string",
                  "id": 6
                }
              }
            },
            "SessionLeave": {
              "fields": {
                "isComingBack": {
                  "type": "bool",
                  "id": 1
                }
              }
            },
            "SessionResponse": {
              "oneofs": {
                "message": {
                  "oneof": [
                    "joined",
                    "heartbeat",
                    "call"
                  ]
                }
              },
              "fields": {
                "joined": {
                  "type": "SessionJoined",
                  "id": 1
                },
                "heartbeat": {
                  "type": "SessionHeartbeatAnswer",
                  "id": 2
                },
                "call": {
                  "type": "SessionCall",
                  "id": 3
                }
              }
            },
            "SessionJoined": {
              "fields": {
                "memberId": {
                  "type": "string",
                  "id": 1
                },
                "memberEpoch": {
                  "type": "int32",
                  "id": 2
                },
                "heartbeatIntervalMs": {
                  "type": "int32",
                  "id": 3
                },
                "sessionTimeoutMs": {
                  "type": "int32",
                  "id": 4
                },
                "rebalanceTimeoutMs": {
                  "type": "int32",
                  "id": 5
                },
                "assigned": {
                  "type": "AssignedPartitions",
                  "id": 6
                }
              }
            },
            "SessionHeartbeatAnswer": {
              "oneofs": {
                "_assigned": {
                  "oneof": [
                    "assigned"
                  ]
                }
              },
              "fields": {
                "memberEpoch": {
                  "type": "int32",
                  "id": 1
                },
                "heartbeatIntervalMs": {
                  "type": "int32",
                  "id": 2
                },
                "assigned": {
                  "type": "AssignedPartitions",
                  "id": 3,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "AssignedPartitions": {
              "fields": {
                "partitions": {
                  "rule": "repeated",
                  "type": "AssignedPartition",
                  "id": 1
                }
              }
            },
            "AssignedPartition": {
              "oneofs": {
                "_committedOffset": {
                  "oneof": [
                    "committedOffset"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "topicId": {
                  "type": "string",
                  "id": 3
                },
                "committedOffset": {
                  "type": "int64",
                  "id": 4,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "leaderEpoch": {
                  "type": "int32",
                  "id": 5
                },
                "metadata": {
                  "type": "string",
                  "id": 6
                },
                "isMetadataLeftOut": {
                  "type": "bool",
                  "id": 7
                }
              }
            },
            "SessionCall": {
              "fields": {}
            },
            "CommitOffsetsRequest": {
              "oneofs": {
                "_memberId": {
                  "oneof": [
                    "memberId"
                  ]
                },
                "_instanceId": {
                  "oneof": [
                    "instanceId"
                  ]
                },
                "_memberEpoch": {
                  "oneof": [
                    "memberEpoch"
                  ]
                }
              },
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "memberId": {
                  "type": "string",
                  "id": 2,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "instanceId": {
                  "type": "string",
                  "id": 3,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "memberEpoch": {
                  "type": "int32",
                  "id": 4,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "entries": {
                  "rule": "repeated",
                  "type": "CommitOffsetsEntry",
                  "id": 5
                },
                "allowRewind": {
                  "type": "bool",
                  "id": 6
                }
              }
            },
            "CommitOffsetsEntry": {
              "oneofs": {
                "_leaderEpoch": {
                  "oneof": [
                    "leaderEpoch"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "topicId": {
                  "type": "string",
                  "id": 3
                },
                "offset": {
                  "type": "int64",
                  "id": 4
                },
                "leaderEpoch": {
                  "type": "int32",
                  "id": 5,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "metadata": {
                  "type": "string",
                  "id": 6
                }
              }
            },
            "CommitOffsetsResponse": {
              "fields": {
                "results": {
                  "rule": "repeated",
                  "type": "CommitOffsetsResult",
                  "id": 1
                }
              }
            },
            "CommitOffsetsResult": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "error": {
                  "type": "google.rpc.Status",
                  "id": 3
                }
              }
            },
            "FetchOffsetsRequest": {
              "oneofs": {
                "_asOfMs": {
                  "oneof": [
                    "asOfMs"
                  ]
                }
              },
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "partitions": {
                  "rule": "repeated",
                  "type": "GroupPartition",
                  "id": 2
                },
                "asOfMs": {
                  "type": "int64",
                  "id": 3,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "FetchOffsetsResponse": {
              "fields": {
                "offsets": {
                  "rule": "repeated",
                  "type": "CommittedOffset",
                  "id": 1
                }
              }
            },
            "CommittedOffset": {
              "oneofs": {
                "_offset": {
                  "oneof": [
                    "offset"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "topicId": {
                  "type": "string",
                  "id": 3
                },
                "offset": {
                  "type": "int64",
                  "id": 4,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "leaderEpoch": {
                  "type": "int32",
                  "id": 5
                },
                "metadata": {
                  "type": "string",
                  "id": 6
                },
                "commitTimeMs": {
                  "type": "int64",
                  "id": 7
                },
                "memberId": {
                  "type": "string",
                  "id": 8
                },
                "memberEpoch": {
                  "type": "int32",
                  "id": 9
                },
                "isMetadataLeftOut": {
                  "type": "bool",
                  "id": 10
                }
              }
            },
            "ResetOffsetsRequest": {
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "entries": {
                  "rule": "repeated",
                  "type": "ResetOffsetsEntry",
                  "id": 2
                },
                "undo": {
                  "type": "bool",
                  "id": 3
                },
                "dryRun": {
                  "type": "bool",
                  "id": 4
                },
                "force": {
                  "type": "bool",
                  "id": 5
                },
                "reason": {
                  "type": "string",
                  "id": 6
                }
              }
            },
            "ResetOffsetsEntry": {
              "oneofs": {
                "_partition": {
                  "oneof": [
                    "partition"
                  ]
                },
                "to": {
                  "oneof": [
                    "position",
                    "offset",
                    "timestampMs",
                    "shiftBy",
                    "asOfMs"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "position": {
                  "type": "OffsetPosition",
                  "id": 3
                },
                "offset": {
                  "type": "int64",
                  "id": 4
                },
                "timestampMs": {
                  "type": "int64",
                  "id": 5
                },
                "shiftBy": {
                  "type": "int64",
                  "id": 6
                },
                "asOfMs": {
                  "type": "int64",
                  "id": 7
                }
              }
            },
            "ResetOffsetsResponse": {
              "fields": {
                "changes": {
                  "rule": "repeated",
                  "type": "OffsetChange",
                  "id": 1
                },
                "isApplied": {
                  "type": "bool",
                  "id": 2
                },
                "resetEpoch": {
                  "type": "int32",
                  "id": 3
                },
                "membersPutOut": {
                  "rule": "repeated",
                  "type": "string",
                  "id": 4
                }
              }
            },
            "OffsetChange": {
              "oneofs": {
                "_before": {
                  "oneof": [
                    "before"
                  ]
                },
                "_after": {
                  "oneof": [
                    "after"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "topicId": {
                  "type": "string",
                  "id": 3
                },
                "before": {
                  "type": "int64",
                  "id": 4,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "after": {
                  "type": "int64",
                  "id": 5,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "startOffset": {
                  "type": "int64",
                  "id": 6
                },
                "readableEndOffset": {
                  "type": "int64",
                  "id": 7
                }
              }
            },
            "ListGroupsRequest": {
              "fields": {
                "pageSize": {
                  "type": "int32",
                  "id": 1
                },
                "pageToken": {
                  "type": "string",
                  "id": 2
                }
              }
            },
            "ListGroupsResponse": {
              "fields": {
                "groups": {
                  "rule": "repeated",
                  "type": "GroupSummary",
                  "id": 1
                },
                "nextPageToken": {
                  "type": "string",
                  "id": 2
                }
              }
            },
            "GroupCondition": {
              "values": {
                "GROUP_CONDITION_UNSPECIFIED": 0,
                "GROUP_CONDITION_EMPTY": 1,
                "GROUP_CONDITION_ASSIGNING": 2,
                "GROUP_CONDITION_RECONCILING": 3,
                "GROUP_CONDITION_STABLE": 4
              }
            },
            "GroupSummary": {
              "oneofs": {
                "_emptySinceMs": {
                  "oneof": [
                    "emptySinceMs"
                  ]
                }
              },
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "condition": {
                  "type": "GroupCondition",
                  "id": 2
                },
                "members": {
                  "type": "int32",
                  "id": 3
                },
                "committedPartitions": {
                  "type": "int32",
                  "id": 4
                },
                "epoch": {
                  "type": "int32",
                  "id": 5
                },
                "createdMs": {
                  "type": "int64",
                  "id": 6
                },
                "emptySinceMs": {
                  "type": "int64",
                  "id": 7,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "DescribeGroupRequest": {
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "withoutLagTime": {
                  "type": "bool",
                  "id": 2
                }
              }
            },
            "DescribeGroupResponse": {
              "fields": {
                "summary": {
                  "type": "GroupSummary",
                  "id": 1
                },
                "assignmentEpoch": {
                  "type": "int32",
                  "id": 2
                },
                "assignor": {
                  "type": "string",
                  "id": 3
                },
                "resetEpoch": {
                  "type": "int32",
                  "id": 4
                },
                "members": {
                  "rule": "repeated",
                  "type": "GroupMember",
                  "id": 5
                },
                "partitions": {
                  "rule": "repeated",
                  "type": "GroupPartitionLag",
                  "id": 6
                },
                "traffic": {
                  "rule": "repeated",
                  "type": "GroupTraffic",
                  "id": 7
                },
                "snapshots": {
                  "rule": "repeated",
                  "type": "GroupSnapshot",
                  "id": 8
                },
                "timeMs": {
                  "type": "int64",
                  "id": 9
                }
              }
            },
            "GroupMemberState": {
              "values": {
                "GROUP_MEMBER_STATE_UNSPECIFIED": 0,
                "GROUP_MEMBER_STATE_STABLE": 1,
                "GROUP_MEMBER_STATE_UNREVOKED": 2,
                "GROUP_MEMBER_STATE_UNRELEASED": 3,
                "GROUP_MEMBER_STATE_AWAY": 4
              }
            },
            "GroupMember": {
              "oneofs": {
                "_instanceId": {
                  "oneof": [
                    "instanceId"
                  ]
                },
                "_heartbeatAgeMs": {
                  "oneof": [
                    "heartbeatAgeMs"
                  ]
                }
              },
              "fields": {
                "memberId": {
                  "type": "string",
                  "id": 1
                },
                "instanceId": {
                  "type": "string",
                  "id": 2,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "clientId": {
                  "type": "string",
                  "id": 3
                },
                "peer": {
                  "type": "string",
                  "id": 4
                },
                "epoch": {
                  "type": "int32",
                  "id": 5
                },
                "state": {
                  "type": "GroupMemberState",
                  "id": 6
                },
                "topics": {
                  "rule": "repeated",
                  "type": "string",
                  "id": 7
                },
                "assignor": {
                  "type": "string",
                  "id": 8
                },
                "weight": {
                  "type": "int32",
                  "id": 9
                },
                "sessionTimeoutMs": {
                  "type": "int32",
                  "id": 10
                },
                "rebalanceTimeoutMs": {
                  "type": "int32",
                  "id": 11
                },
                "assigned": {
                  "rule": "repeated",
                  "type": "GroupPartition",
                  "id": 12
                },
                "pendingRevocation": {
                  "rule": "repeated",
                  "type": "GroupPartition",
                  "id": 13
                },
                "heartbeatAgeMs": {
                  "type": "int64",
                  "id": 14,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "sessionLeftMs": {
                  "type": "int64",
                  "id": 15
                },
                "progress": {
                  "rule": "repeated",
                  "type": "PartitionProgress",
                  "id": 16
                }
              }
            },
            "GroupPartitionLag": {
              "oneofs": {
                "_committedOffset": {
                  "oneof": [
                    "committedOffset"
                  ]
                },
                "_lagMs": {
                  "oneof": [
                    "lagMs"
                  ]
                },
                "_oldestTimestampMs": {
                  "oneof": [
                    "oldestTimestampMs"
                  ]
                },
                "_lagBytes": {
                  "oneof": [
                    "lagBytes"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "topicId": {
                  "type": "string",
                  "id": 3
                },
                "memberId": {
                  "type": "string",
                  "id": 4
                },
                "committedOffset": {
                  "type": "int64",
                  "id": 5,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "commitTimeMs": {
                  "type": "int64",
                  "id": 6
                },
                "metadata": {
                  "type": "string",
                  "id": 7
                },
                "startOffset": {
                  "type": "int64",
                  "id": 8
                },
                "readableEndOffset": {
                  "type": "int64",
                  "id": 9
                },
                "lagRecords": {
                  "type": "int64",
                  "id": 10
                },
                "lagMs": {
                  "type": "int64",
                  "id": 11,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "oldestTimestampMs": {
                  "type": "int64",
                  "id": 12,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "lagBytes": {
                  "type": "int64",
                  "id": 13,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "error": {
                  "type": "google.rpc.Status",
                  "id": 14
                },
                "isMetadataLeftOut": {
                  "type": "bool",
                  "id": 15
                }
              }
            },
            "GroupTraffic": {
              "oneofs": {
                "_backlogBytes": {
                  "oneof": [
                    "backlogBytes"
                  ]
                },
                "_backlogMs": {
                  "oneof": [
                    "backlogMs"
                  ]
                },
                "_drainMs": {
                  "oneof": [
                    "drainMs"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "producerRate": {
                  "type": "double",
                  "id": 2
                },
                "consumerRate": {
                  "type": "double",
                  "id": 3
                },
                "difference": {
                  "type": "double",
                  "id": 4
                },
                "backlogRecords": {
                  "type": "int64",
                  "id": 5
                },
                "backlogBytes": {
                  "type": "int64",
                  "id": 6,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "backlogMs": {
                  "type": "int64",
                  "id": 7,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "drainMs": {
                  "type": "int64",
                  "id": 8,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "windowMs": {
                  "type": "int64",
                  "id": 9
                }
              }
            },
            "GroupSnapshot": {
              "fields": {
                "name": {
                  "type": "string",
                  "id": 1
                },
                "timeMs": {
                  "type": "int64",
                  "id": 2
                },
                "asOfMs": {
                  "type": "int64",
                  "id": 3
                },
                "partitions": {
                  "type": "int32",
                  "id": 4
                }
              }
            },
            "DeleteGroupRequest": {
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                }
              }
            },
            "DeleteGroupResponse": {
              "fields": {}
            },
            "ExplainGroupRequest": {
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                }
              }
            },
            "FlowReason": {
              "values": {
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
              }
            },
            "ExplainGroupResponse": {
              "fields": {
                "summary": {
                  "type": "GroupSummary",
                  "id": 1
                },
                "isFlowing": {
                  "type": "bool",
                  "id": 2
                },
                "text": {
                  "type": "string",
                  "id": 3
                },
                "partitions": {
                  "rule": "repeated",
                  "type": "PartitionExplanation",
                  "id": 4
                },
                "departed": {
                  "rule": "repeated",
                  "type": "DepartedMember",
                  "id": 5
                }
              }
            },
            "PartitionExplanation": {
              "oneofs": {
                "_ageMs": {
                  "oneof": [
                    "ageMs"
                  ]
                },
                "_endsInMs": {
                  "oneof": [
                    "endsInMs"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "reason": {
                  "type": "FlowReason",
                  "id": 3
                },
                "text": {
                  "type": "string",
                  "id": 4
                },
                "memberId": {
                  "type": "string",
                  "id": 5
                },
                "waitingForMemberId": {
                  "type": "string",
                  "id": 6
                },
                "ageMs": {
                  "type": "int64",
                  "id": 7,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "endsInMs": {
                  "type": "int64",
                  "id": 8,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "lagRecords": {
                  "type": "int64",
                  "id": 9
                }
              }
            },
            "DepartedMember": {
              "oneofs": {
                "_refusedMs": {
                  "oneof": [
                    "refusedMs"
                  ]
                }
              },
              "fields": {
                "memberId": {
                  "type": "string",
                  "id": 1
                },
                "clientId": {
                  "type": "string",
                  "id": 2
                },
                "reason": {
                  "type": "string",
                  "id": 3
                },
                "timeMs": {
                  "type": "int64",
                  "id": 4
                },
                "refusedMs": {
                  "type": "int64",
                  "id": 5,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "WaitForCommitRequest": {
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "positions": {
                  "rule": "repeated",
                  "type": "WaitForCommitPosition",
                  "id": 2
                },
                "maxWaitMs": {
                  "type": "int32",
                  "id": 3
                }
              }
            },
            "WaitForCommitPosition": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "offset": {
                  "type": "int64",
                  "id": 3
                }
              }
            },
            "WaitForCommitResponse": {
              "fields": {
                "isReached": {
                  "type": "bool",
                  "id": 1
                },
                "offsets": {
                  "rule": "repeated",
                  "type": "CommittedOffset",
                  "id": 2
                }
              }
            },
            "ListCommitHistoryRequest": {
              "oneofs": {
                "_partition": {
                  "oneof": [
                    "partition"
                  ]
                },
                "_fromMs": {
                  "oneof": [
                    "fromMs"
                  ]
                },
                "_toMs": {
                  "oneof": [
                    "toMs"
                  ]
                }
              },
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "topic": {
                  "type": "string",
                  "id": 2
                },
                "partition": {
                  "type": "int32",
                  "id": 3,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "fromMs": {
                  "type": "int64",
                  "id": 4,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "toMs": {
                  "type": "int64",
                  "id": 5,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "resetsOnly": {
                  "type": "bool",
                  "id": 6
                },
                "pageSize": {
                  "type": "int32",
                  "id": 7
                },
                "pageToken": {
                  "type": "string",
                  "id": 8
                }
              }
            },
            "ListCommitHistoryResponse": {
              "fields": {
                "entries": {
                  "rule": "repeated",
                  "type": "CommitHistoryEntry",
                  "id": 1
                },
                "nextPageToken": {
                  "type": "string",
                  "id": 2
                },
                "knownFromMs": {
                  "type": "int64",
                  "id": 3
                }
              }
            },
            "CommitHistoryKind": {
              "values": {
                "COMMIT_HISTORY_KIND_UNSPECIFIED": 0,
                "COMMIT_HISTORY_KIND_COMMIT": 1,
                "COMMIT_HISTORY_KIND_RESET": 2,
                "COMMIT_HISTORY_KIND_EXPIRED": 3,
                "COMMIT_HISTORY_KIND_TOPIC_DELETED": 4,
                "COMMIT_HISTORY_KIND_GROUP_CREATED": 5,
                "COMMIT_HISTORY_KIND_GROUP_DELETED": 6
              }
            },
            "CommitHistoryEntry": {
              "fields": {
                "timeMs": {
                  "type": "int64",
                  "id": 1
                },
                "kind": {
                  "type": "CommitHistoryKind",
                  "id": 2
                },
                "memberId": {
                  "type": "string",
                  "id": 3
                },
                "memberEpoch": {
                  "type": "int32",
                  "id": 4
                },
                "reason": {
                  "type": "string",
                  "id": 5
                },
                "resetEpoch": {
                  "type": "int32",
                  "id": 6
                },
                "changes": {
                  "rule": "repeated",
                  "type": "OffsetChange",
                  "id": 7
                }
              }
            },
            "SnapshotGroupRequest": {
              "oneofs": {
                "_asOfMs": {
                  "oneof": [
                    "asOfMs"
                  ]
                }
              },
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "name": {
                  "type": "string",
                  "id": 2
                },
                "asOfMs": {
                  "type": "int64",
                  "id": 3,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "SnapshotGroupResponse": {
              "fields": {
                "snapshot": {
                  "type": "GroupSnapshot",
                  "id": 1
                },
                "offsets": {
                  "rule": "repeated",
                  "type": "CommittedOffset",
                  "id": 2
                }
              }
            },
            "RestoreGroupRequest": {
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "name": {
                  "type": "string",
                  "id": 2
                },
                "dryRun": {
                  "type": "bool",
                  "id": 3
                },
                "force": {
                  "type": "bool",
                  "id": 4
                },
                "reason": {
                  "type": "string",
                  "id": 5
                }
              }
            },
            "RestoreGroupResponse": {
              "fields": {
                "changes": {
                  "rule": "repeated",
                  "type": "OffsetChange",
                  "id": 1
                },
                "isApplied": {
                  "type": "bool",
                  "id": 2
                },
                "resetEpoch": {
                  "type": "int32",
                  "id": 3
                },
                "membersPutOut": {
                  "rule": "repeated",
                  "type": "string",
                  "id": 4
                }
              }
            },
            "DeleteGroupSnapshotRequest": {
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "name": {
                  "type": "string",
                  "id": 2
                }
              }
            },
            "DeleteGroupSnapshotResponse": {
              "fields": {}
            },
            "ForkGroupRequest": {
              "oneofs": {
                "_asOfMs": {
                  "oneof": [
                    "asOfMs"
                  ]
                }
              },
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "newGroup": {
                  "type": "string",
                  "id": 2
                },
                "asOfMs": {
                  "type": "int64",
                  "id": 3,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "dryRun": {
                  "type": "bool",
                  "id": 4
                }
              }
            },
            "ForkGroupResponse": {
              "fields": {
                "offsets": {
                  "rule": "repeated",
                  "type": "CommittedOffset",
                  "id": 1
                },
                "isApplied": {
                  "type": "bool",
                  "id": 2
                }
              }
            },
            "LogService": {
              "methods": {
                "Produce": {
                  "requestType": "ProduceRequest",
                  "responseType": "ProduceResponse"
                },
                "ProduceStream": {
                  "requestType": "ProduceStreamRequest",
                  "requestStream": true,
                  "responseType": "ProduceStreamResponse",
                  "responseStream": true
                },
                "Fetch": {
                  "requestType": "FetchRequest",
                  "responseType": "FetchResponse"
                },
                "Subscribe": {
                  "requestType": "SubscribeRequest",
                  "requestStream": true,
                  "responseType": "SubscribeResponse",
                  "responseStream": true
                },
                "ListOffsets": {
                  "requestType": "ListOffsetsRequest",
                  "responseType": "ListOffsetsResponse"
                },
                "InitProducerId": {
                  "requestType": "InitProducerIdRequest",
                  "responseType": "InitProducerIdResponse"
                }
              }
            },
            "ProduceRequest": {
              "fields": {
                "entries": {
                  "rule": "repeated",
                  "type": "ProduceEntry",
                  "id": 1
                },
                "durability": {
                  "type": "Durability",
                  "id": 2
                }
              }
            },
            "ProduceEntry": {
              "oneofs": {
                "_expectedOffset": {
                  "oneof": [
                    "expectedOffset"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "records": {
                  "type": "RecordSet",
                  "id": 3
                },
                "expectedOffset": {
                  "type": "int64",
                  "id": 4,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "ProduceResponse": {
              "fields": {
                "results": {
                  "rule": "repeated",
                  "type": "ProduceResult",
                  "id": 1
                }
              }
            },
            "ProduceResult": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "baseOffset": {
                  "type": "int64",
                  "id": 3
                },
                "recordCount": {
                  "type": "int32",
                  "id": 4
                },
                "durability": {
                  "type": "Durability",
                  "id": 5
                },
                "error": {
                  "type": "google.rpc.Status",
                  "id": 6
                },
                "parts": {
                  "rule": "repeated",
                  "type": "ProducePart",
                  "id": 7
                },
                "duplicate": {
                  "type": "bool",
                  "id": 8
                },
                "logAppendTimeMs": {
                  "type": "int64",
                  "id": 9
                },
                "startOffset": {
                  "type": "int64",
                  "id": 10
                }
              }
            },
            "ProducePart": {
              "fields": {
                "partition": {
                  "type": "int32",
                  "id": 1
                },
                "baseOffset": {
                  "type": "int64",
                  "id": 2
                },
                "records": {
                  "rule": "repeated",
                  "type": "int32",
                  "id": 3
                },
                "durability": {
                  "type": "Durability",
                  "id": 4
                },
                "error": {
                  "type": "google.rpc.Status",
                  "id": 5
                }
              }
            },
            "ProduceStreamRequest": {
              "oneofs": {
                "message": {
                  "oneof": [
                    "init",
                    "batch"
                  ]
                }
              },
              "fields": {
                "init": {
                  "type": "ProduceStreamInit",
                  "id": 1
                },
                "batch": {
                  "type": "ProduceStreamBatch",
                  "id": 2
                }
              }
            },
            "ProduceStreamInit": {
              "fields": {
                "durability": {
                  "type": "Durability",
                  "id": 1
                }
              }
            },
            "ProduceStreamBatch": {
              "fields": {
                "correlationId": {
                  "type": "int64",
                  "id": 1
                },
                "entries": {
                  "rule": "repeated",
                  "type": "ProduceEntry",
                  "id": 2
                }
              }
            },
            "ProduceStreamResponse": {
              "oneofs": {
                "message": {
                  "oneof": [
                    "ready",
                    "ack"
                  ]
                }
              },
              "fields": {
                "ready": {
                  "type": "ProduceStreamReady",
                  "id": 1
                },
                "ack": {
                  "type": "ProduceStreamAck",
                  "id": 2
                }
              }
            },
            "ProduceStreamReady": {
              "fields": {
                "inFlightMax": {
                  "type": "int32",
                  "id": 1
                }
              }
            },
            "ProduceStreamAck": {
              "fields": {
                "correlationId": {
                  "type": "int64",
                  "id": 1
                },
                "results": {
                  "rule": "repeated",
                  "type": "ProduceResult",
                  "id": 2
                }
              }
            },
            "FetchRequest": {
              "fields": {
                "partitions": {
                  "rule": "repeated",
                  "type": "FetchPartition",
                  "id": 1
                },
                "maxWaitMs": {
                  "type": "int32",
                  "id": 2
                },
                "minBytes": {
                  "type": "int32",
                  "id": 3
                },
                "maxBytes": {
                  "type": "int32",
                  "id": 4
                },
                "form": {
                  "type": "RecordForm",
                  "id": 5
                }
              }
            },
            "FetchPartition": {
              "oneofs": {
                "_leaderEpoch": {
                  "oneof": [
                    "leaderEpoch"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "offset": {
                  "type": "int64",
                  "id": 3
                },
                "maxBytes": {
                  "type": "int32",
                  "id": 4
                },
                "leaderEpoch": {
                  "type": "int32",
                  "id": 5,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "FetchResponse": {
              "fields": {
                "results": {
                  "rule": "repeated",
                  "type": "FetchResult",
                  "id": 1
                }
              }
            },
            "FetchResult": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "records": {
                  "type": "RecordSet",
                  "id": 3
                },
                "startOffset": {
                  "type": "int64",
                  "id": 4
                },
                "readableEndOffset": {
                  "type": "int64",
                  "id": 5
                },
                "nextOffset": {
                  "type": "int64",
                  "id": 6
                },
                "error": {
                  "type": "google.rpc.Status",
                  "id": 7
                }
              }
            },
            "SubscribeRequest": {
              "oneofs": {
                "message": {
                  "oneof": [
                    "init",
                    "credit",
                    "add",
                    "seek",
                    "pause",
                    "resume",
                    "remove"
                  ]
                }
              },
              "fields": {
                "init": {
                  "type": "SubscribeInit",
                  "id": 1
                },
                "credit": {
                  "type": "SubscribeCredit",
                  "id": 2
                },
                "add": {
                  "type": "SubscribeAdd",
                  "id": 3
                },
                "seek": {
                  "type": "SubscribeSeek",
                  "id": 4
                },
                "pause": {
                  "type": "SubscribePause",
                  "id": 5
                },
                "resume": {
                  "type": "SubscribeResume",
                  "id": 6
                },
                "remove": {
                  "type": "SubscribeRemove",
                  "id": 7
                }
              }
            },
            "SubscribeInit": {
              "oneofs": {
                "_creditRecords": {
                  "oneof": [
                    "creditRecords"
                  ]
                }
              },
              "fields": {
                "form": {
                  "type": "RecordForm",
                  "id": 1
                },
                "creditBytes": {
                  "type": "int64",
                  "id": 2
                },
                "creditRecords": {
                  "type": "int64",
                  "id": 3,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "maxBytes": {
                  "type": "int32",
                  "id": 4
                },
                "heartbeatIntervalMs": {
                  "type": "int32",
                  "id": 5
                }
              }
            },
            "SubscribeCredit": {
              "fields": {
                "bytes": {
                  "type": "int64",
                  "id": 1
                },
                "records": {
                  "type": "int64",
                  "id": 2
                }
              }
            },
            "SubscribePartition": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                }
              }
            },
            "SubscribeAdd": {
              "fields": {
                "partitions": {
                  "rule": "repeated",
                  "type": "SubscribeAddPartition",
                  "id": 1
                }
              }
            },
            "SubscribeAddPartition": {
              "oneofs": {
                "start": {
                  "oneof": [
                    "offset",
                    "timestampMs",
                    "position"
                  ]
                },
                "stop": {
                  "oneof": [
                    "stopOffset",
                    "stopTimestampMs",
                    "stopAtEnd"
                  ]
                },
                "_leaderEpoch": {
                  "oneof": [
                    "leaderEpoch"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "seekEpoch": {
                  "type": "int32",
                  "id": 3
                },
                "offset": {
                  "type": "int64",
                  "id": 4
                },
                "timestampMs": {
                  "type": "int64",
                  "id": 5
                },
                "position": {
                  "type": "OffsetPosition",
                  "id": 6
                },
                "stopOffset": {
                  "type": "int64",
                  "id": 7
                },
                "stopTimestampMs": {
                  "type": "int64",
                  "id": 8
                },
                "stopAtEnd": {
                  "type": "bool",
                  "id": 9
                },
                "leaderEpoch": {
                  "type": "int32",
                  "id": 10,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "paused": {
                  "type": "bool",
                  "id": 11
                }
              }
            },
            "SubscribeSeek": {
              "oneofs": {
                "to": {
                  "oneof": [
                    "offset",
                    "timestampMs",
                    "position"
                  ]
                },
                "_leaderEpoch": {
                  "oneof": [
                    "leaderEpoch"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "seekEpoch": {
                  "type": "int32",
                  "id": 3
                },
                "offset": {
                  "type": "int64",
                  "id": 4
                },
                "timestampMs": {
                  "type": "int64",
                  "id": 5
                },
                "position": {
                  "type": "OffsetPosition",
                  "id": 6
                },
                "leaderEpoch": {
                  "type": "int32",
                  "id": 7,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "SubscribePause": {
              "fields": {
                "partitions": {
                  "rule": "repeated",
                  "type": "SubscribePartition",
                  "id": 1
                }
              }
            },
            "SubscribeResume": {
              "fields": {
                "partitions": {
                  "rule": "repeated",
                  "type": "SubscribePartition",
                  "id": 1
                }
              }
            },
            "SubscribeRemove": {
              "fields": {
                "partitions": {
                  "rule": "repeated",
                  "type": "SubscribePartition",
                  "id": 1
                }
              }
            },
            "SubscribeResponse": {
              "oneofs": {
                "message": {
                  "oneof": [
                    "ready",
                    "batch",
                    "position",
                    "caughtUp",
                    "fellBehind",
                    "reachedEnd",
                    "heartbeat",
                    "partitionError"
                  ]
                }
              },
              "fields": {
                "ready": {
                  "type": "SubscribeReady",
                  "id": 1
                },
                "batch": {
                  "type": "SubscribeBatch",
                  "id": 2
                },
                "position": {
                  "type": "SubscribePosition",
                  "id": 3
                },
                "caughtUp": {
                  "type": "SubscribeCaughtUp",
                  "id": 4
                },
                "fellBehind": {
                  "type": "SubscribeFellBehind",
                  "id": 5
                },
                "reachedEnd": {
                  "type": "SubscribeReachedEnd",
                  "id": 6
                },
                "heartbeat": {
                  "type": "SubscribeHeartbeat",
                  "id": 7
                },
                "partitionError": {
                  "type": "SubscribePartitionError",
                  "id": 8
                }
              }
            },
            "SubscribeReady": {
              "fields": {
                "maxBytes": {
                  "type": "int32",
                  "id": 1
                },
                "heartbeatIntervalMs": {
                  "type": "int32",
                  "id": 2
                },
                "partitionsMax": {
                  "type": "int32",
                  "id": 3
                },
                "unreadMaxMs": {
                  "type": "int32",
                  "id": 4
                }
              }
            },
            "SubscribeBatch": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "seekEpoch": {
                  "type": "int32",
                  "id": 3
                },
                "records": {
                  "type": "RecordSet",
                  "id": 4
                },
                "startOffset": {
                  "type": "int64",
                  "id": 5
                },
                "readableEndOffset": {
                  "type": "int64",
                  "id": 6
                },
                "nextOffset": {
                  "type": "int64",
                  "id": 7
                },
                "leaderEpoch": {
                  "type": "int32",
                  "id": 8
                },
                "creditBytes": {
                  "type": "int32",
                  "id": 9
                },
                "creditRecords": {
                  "type": "int32",
                  "id": 10
                }
              }
            },
            "SubscribePosition": {
              "oneofs": {
                "_stopOffset": {
                  "oneof": [
                    "stopOffset"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "seekEpoch": {
                  "type": "int32",
                  "id": 3
                },
                "offset": {
                  "type": "int64",
                  "id": 4
                },
                "stopOffset": {
                  "type": "int64",
                  "id": 5,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "startOffset": {
                  "type": "int64",
                  "id": 6
                },
                "readableEndOffset": {
                  "type": "int64",
                  "id": 7
                },
                "leaderEpoch": {
                  "type": "int32",
                  "id": 8
                }
              }
            },
            "SubscribeCaughtUp": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "seekEpoch": {
                  "type": "int32",
                  "id": 3
                },
                "offset": {
                  "type": "int64",
                  "id": 4
                }
              }
            },
            "FellBehindReason": {
              "values": {
                "FELL_BEHIND_REASON_UNSPECIFIED": 0,
                "FELL_BEHIND_REASON_TAIL": 1,
                "FELL_BEHIND_REASON_RETENTION": 2
              }
            },
            "SubscribeFellBehind": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "seekEpoch": {
                  "type": "int32",
                  "id": 3
                },
                "offset": {
                  "type": "int64",
                  "id": 4
                },
                "readableEndOffset": {
                  "type": "int64",
                  "id": 5
                },
                "reason": {
                  "type": "FellBehindReason",
                  "id": 6
                }
              }
            },
            "SubscribeReachedEnd": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "seekEpoch": {
                  "type": "int32",
                  "id": 3
                },
                "offset": {
                  "type": "int64",
                  "id": 4
                }
              }
            },
            "SubscribeHeartbeat": {
              "fields": {}
            },
            "SubscribePartitionError": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "seekEpoch": {
                  "type": "int32",
                  "id": 3
                },
                "error": {
                  "type": "google.rpc.Status",
                  "id": 4
                },
                "startOffset": {
                  "type": "int64",
                  "id": 5
                },
                "readableEndOffset": {
                  "type": "int64",
                  "id": 6
                }
              }
            },
            "OffsetPosition": {
              "values": {
                "OFFSET_POSITION_UNSPECIFIED": 0,
                "OFFSET_POSITION_EARLIEST": 1,
                "OFFSET_POSITION_LATEST": 2,
                "OFFSET_POSITION_MAX_TIMESTAMP": 3
              }
            },
            "ListOffsetsRequest": {
              "fields": {
                "partitions": {
                  "rule": "repeated",
                  "type": "ListOffsetsPartition",
                  "id": 1
                }
              }
            },
            "ListOffsetsPartition": {
              "oneofs": {
                "at": {
                  "oneof": [
                    "position",
                    "timestampMs"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "position": {
                  "type": "OffsetPosition",
                  "id": 3
                },
                "timestampMs": {
                  "type": "int64",
                  "id": 4
                }
              }
            },
            "ListOffsetsResponse": {
              "fields": {
                "results": {
                  "rule": "repeated",
                  "type": "ListOffsetsResult",
                  "id": 1
                }
              }
            },
            "ListOffsetsResult": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "offset": {
                  "type": "int64",
                  "id": 3
                },
                "timestampMs": {
                  "type": "int64",
                  "id": 4
                },
                "leaderEpoch": {
                  "type": "int32",
                  "id": 5
                },
                "startOffset": {
                  "type": "int64",
                  "id": 6
                },
                "readableEndOffset": {
                  "type": "int64",
                  "id": 7
                },
                "error": {
                  "type": "google.rpc.Status",
                  "id": 8
                }
              }
            },
            "InitProducerIdRequest": {
              "oneofs": {
                "_producerId": {
                  "oneof": [
                    "producerId"
                  ]
                },
                "_producerEpoch": {
                  "oneof": [
                    "producerEpoch"
                  ]
                }
              },
              "fields": {
                "producerId": {
                  "type": "int64",
                  "id": 1,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "producerEpoch": {
                  "type": "int32",
                  "id": 2,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "InitProducerIdResponse": {
              "fields": {
                "producerId": {
                  "type": "int64",
                  "id": 1
                },
                "producerEpoch": {
                  "type": "int32",
                  "id": 2
                }
              }
            },
            "Record": {
              "oneofs": {
                "_key": {
                  "oneof": [
                    "key"
                  ]
                },
                "_value": {
                  "oneof": [
                    "value"
                  ]
                }
              },
              "fields": {
                "key": {
                  "type": "bytes",
                  "id": 1,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "value": {
                  "type": "bytes",
                  "id": 2,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "headers": {
                  "rule": "repeated",
                  "type": "Header",
                  "id": 3
                },
                "timestampMs": {
                  "type": "int64",
                  "id": 4
                },
                "offset": {
                  "type": "int64",
                  "id": 5
                }
              }
            },
            "Header": {
              "oneofs": {
                "_value": {
                  "oneof": [
                    "value"
                  ]
                }
              },
              "fields": {
                "key": {
                  "type": "string",
                  "id": 1
                },
                "value": {
                  "type": "bytes",
                  "id": 2,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "RecordSet": {
              "oneofs": {
                "form": {
                  "oneof": [
                    "batches",
                    "records"
                  ]
                }
              },
              "fields": {
                "batches": {
                  "type": "bytes",
                  "id": 1
                },
                "records": {
                  "type": "RecordList",
                  "id": 2
                }
              }
            },
            "RecordList": {
              "fields": {
                "records": {
                  "rule": "repeated",
                  "type": "Record",
                  "id": 1
                }
              }
            },
            "Durability": {
              "values": {
                "DURABILITY_UNSPECIFIED": 0,
                "DURABILITY_NONE": 1,
                "DURABILITY_WRITTEN": 2,
                "DURABILITY_SYNCED": 3
              }
            },
            "RecordForm": {
              "values": {
                "RECORD_FORM_UNSPECIFIED": 0,
                "RECORD_FORM_BATCHES": 1,
                "RECORD_FORM_RECORDS": 2
              }
            },
            "ReplayService": {
              "methods": {
                "Replay": {
                  "requestType": "ReplayRequest",
                  "requestStream": true,
                  "responseType": "ReplayResponse",
                  "responseStream": true
                }
              }
            },
            "ReplayRequest": {
              "oneofs": {
                "message": {
                  "oneof": [
                    "init",
                    "credit",
                    "pause",
                    "resume",
                    "step",
                    "seek",
                    "pace"
                  ]
                }
              },
              "fields": {
                "init": {
                  "type": "ReplayInit",
                  "id": 1
                },
                "credit": {
                  "type": "ReplayCredit",
                  "id": 2
                },
                "pause": {
                  "type": "ReplayPause",
                  "id": 3
                },
                "resume": {
                  "type": "ReplayResume",
                  "id": 4
                },
                "step": {
                  "type": "ReplayStep",
                  "id": 5
                },
                "seek": {
                  "type": "ReplaySeek",
                  "id": 6
                },
                "pace": {
                  "type": "ReplayPace",
                  "id": 7
                }
              }
            },
            "ReplayInit": {
              "oneofs": {
                "_creditRecords": {
                  "oneof": [
                    "creditRecords"
                  ]
                },
                "_playheadMs": {
                  "oneof": [
                    "playheadMs"
                  ]
                }
              },
              "fields": {
                "sessionId": {
                  "type": "string",
                  "id": 1
                },
                "sources": {
                  "rule": "repeated",
                  "type": "ReplaySource",
                  "id": 2
                },
                "order": {
                  "type": "ReplayOrder",
                  "id": 3
                },
                "pace": {
                  "type": "ReplayPace",
                  "id": 4
                },
                "latePolicy": {
                  "type": "ReplayLatePolicy",
                  "id": 5
                },
                "troublePolicy": {
                  "type": "ReplayTroublePolicy",
                  "id": 6
                },
                "filters": {
                  "rule": "repeated",
                  "type": "ReplayFilter",
                  "id": 7
                },
                "form": {
                  "type": "RecordForm",
                  "id": 8
                },
                "creditBytes": {
                  "type": "int64",
                  "id": 9
                },
                "creditRecords": {
                  "type": "int64",
                  "id": 10,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "maxBytes": {
                  "type": "int32",
                  "id": 11
                },
                "progressIntervalMs": {
                  "type": "int32",
                  "id": 12
                },
                "follow": {
                  "type": "bool",
                  "id": 13
                },
                "paused": {
                  "type": "bool",
                  "id": 14
                },
                "playheadMs": {
                  "type": "int64",
                  "id": 15,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "ReplaySource": {
              "oneofs": {
                "_partition": {
                  "oneof": [
                    "partition"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "start": {
                  "type": "ReplayPosition",
                  "id": 3
                },
                "end": {
                  "type": "ReplayPosition",
                  "id": 4
                }
              }
            },
            "ReplayPosition": {
              "oneofs": {
                "at": {
                  "oneof": [
                    "offset",
                    "timestampMs",
                    "position",
                    "group"
                  ]
                }
              },
              "fields": {
                "offset": {
                  "type": "int64",
                  "id": 1
                },
                "timestampMs": {
                  "type": "int64",
                  "id": 2
                },
                "position": {
                  "type": "OffsetPosition",
                  "id": 3
                },
                "group": {
                  "type": "ReplayGroupPosition",
                  "id": 4
                }
              }
            },
            "ReplayGroupPosition": {
              "oneofs": {
                "_asOfMs": {
                  "oneof": [
                    "asOfMs"
                  ]
                }
              },
              "fields": {
                "group": {
                  "type": "string",
                  "id": 1
                },
                "asOfMs": {
                  "type": "int64",
                  "id": 2,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "ReplayOrder": {
              "values": {
                "REPLAY_ORDER_UNSPECIFIED": 0,
                "REPLAY_ORDER_PARTITION": 1,
                "REPLAY_ORDER_MERGED": 2
              }
            },
            "ReplayPace": {
              "oneofs": {
                "pace": {
                  "oneof": [
                    "speed",
                    "recordsPerSecond",
                    "bytesPerSecond"
                  ]
                },
                "_gapMaxMs": {
                  "oneof": [
                    "gapMaxMs"
                  ]
                }
              },
              "fields": {
                "speed": {
                  "type": "double",
                  "id": 1
                },
                "recordsPerSecond": {
                  "type": "double",
                  "id": 2
                },
                "bytesPerSecond": {
                  "type": "double",
                  "id": 3
                },
                "gapMaxMs": {
                  "type": "int64",
                  "id": 4,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "ReplayLatePolicy": {
              "values": {
                "REPLAY_LATE_POLICY_UNSPECIFIED": 0,
                "REPLAY_LATE_POLICY_DELAY": 1,
                "REPLAY_LATE_POLICY_CATCH_UP": 2
              }
            },
            "ReplayTroublePolicy": {
              "values": {
                "REPLAY_TROUBLE_POLICY_UNSPECIFIED": 0,
                "REPLAY_TROUBLE_POLICY_STOP": 1,
                "REPLAY_TROUBLE_POLICY_SKIP": 2
              }
            },
            "ReplayFilter": {
              "oneofs": {
                "on": {
                  "oneof": [
                    "key",
                    "header",
                    "time"
                  ]
                }
              },
              "fields": {
                "key": {
                  "type": "ReplayMatch",
                  "id": 1
                },
                "header": {
                  "type": "ReplayHeaderMatch",
                  "id": 2
                },
                "time": {
                  "type": "ReplayTimeMatch",
                  "id": 3
                },
                "not": {
                  "type": "bool",
                  "id": 4
                }
              }
            },
            "ReplayMatch": {
              "oneofs": {
                "match": {
                  "oneof": [
                    "anyOf",
                    "prefix",
                    "suffix",
                    "present"
                  ]
                }
              },
              "fields": {
                "anyOf": {
                  "type": "ReplayMatchSet",
                  "id": 1
                },
                "prefix": {
                  "type": "bytes",
                  "id": 2
                },
                "suffix": {
                  "type": "bytes",
                  "id": 3
                },
                "present": {
                  "type": "bool",
                  "id": 4
                }
              }
            },
            "ReplayMatchSet": {
              "fields": {
                "values": {
                  "rule": "repeated",
                  "type": "bytes",
                  "id": 1
                }
              }
            },
            "ReplayHeaderMatch": {
              "fields": {
                "name": {
                  "type": "string",
                  "id": 1
                },
                "value": {
                  "type": "ReplayMatch",
                  "id": 2
                }
              }
            },
            "ReplayTimeMatch": {
              "oneofs": {
                "_fromMs": {
                  "oneof": [
                    "fromMs"
                  ]
                },
                "_beforeMs": {
                  "oneof": [
                    "beforeMs"
                  ]
                }
              },
              "fields": {
                "fromMs": {
                  "type": "int64",
                  "id": 1,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "beforeMs": {
                  "type": "int64",
                  "id": 2,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            },
            "ReplayCredit": {
              "fields": {
                "bytes": {
                  "type": "int64",
                  "id": 1
                },
                "records": {
                  "type": "int64",
                  "id": 2
                }
              }
            },
            "ReplayPause": {
              "fields": {}
            },
            "ReplayResume": {
              "fields": {}
            },
            "ReplayStep": {
              "fields": {
                "records": {
                  "type": "int64",
                  "id": 1
                }
              }
            },
            "ReplaySeek": {
              "oneofs": {
                "to": {
                  "oneof": [
                    "timestampMs",
                    "start"
                  ]
                }
              },
              "fields": {
                "seekEpoch": {
                  "type": "int32",
                  "id": 1
                },
                "timestampMs": {
                  "type": "int64",
                  "id": 2
                },
                "start": {
                  "type": "bool",
                  "id": 3
                }
              }
            },
            "ReplayResponse": {
              "oneofs": {
                "message": {
                  "oneof": [
                    "ready",
                    "records",
                    "progress",
                    "state",
                    "lateness",
                    "trouble",
                    "summary"
                  ]
                }
              },
              "fields": {
                "ready": {
                  "type": "ReplayReady",
                  "id": 1
                },
                "records": {
                  "type": "ReplayRecords",
                  "id": 2
                },
                "progress": {
                  "type": "ReplayProgress",
                  "id": 3
                },
                "state": {
                  "type": "ReplayState",
                  "id": 4
                },
                "lateness": {
                  "type": "ReplayLateness",
                  "id": 5
                },
                "trouble": {
                  "type": "ReplayTrouble",
                  "id": 6
                },
                "summary": {
                  "type": "ReplaySummary",
                  "id": 7
                }
              }
            },
            "ReplayReady": {
              "fields": {
                "sessionId": {
                  "type": "string",
                  "id": 1
                },
                "places": {
                  "rule": "repeated",
                  "type": "ReplayPlace",
                  "id": 2
                },
                "maxBytes": {
                  "type": "int32",
                  "id": 3
                },
                "progressIntervalMs": {
                  "type": "int32",
                  "id": 4
                },
                "unreadMaxMs": {
                  "type": "int32",
                  "id": 5
                }
              }
            },
            "ReplayPlace": {
              "oneofs": {
                "_endOffset": {
                  "oneof": [
                    "endOffset"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "startOffset": {
                  "type": "int64",
                  "id": 3
                },
                "endOffset": {
                  "type": "int64",
                  "id": 4,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "firstKeptOffset": {
                  "type": "int64",
                  "id": 5
                }
              }
            },
            "ReplayRecords": {
              "fields": {
                "sessionId": {
                  "type": "string",
                  "id": 1
                },
                "seekEpoch": {
                  "type": "int32",
                  "id": 2
                },
                "runs": {
                  "rule": "repeated",
                  "type": "ReplayRun",
                  "id": 3
                },
                "creditBytes": {
                  "type": "int32",
                  "id": 4
                },
                "creditRecords": {
                  "type": "int32",
                  "id": 5
                },
                "lateMs": {
                  "type": "double",
                  "id": 6
                }
              }
            },
            "ReplayRun": {
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "records": {
                  "type": "RecordSet",
                  "id": 3
                },
                "offset": {
                  "type": "int64",
                  "id": 4
                },
                "nextOffset": {
                  "type": "int64",
                  "id": 5
                },
                "dropped": {
                  "type": "int64",
                  "id": 6
                },
                "leaderEpoch": {
                  "type": "int32",
                  "id": 7
                }
              }
            },
            "ReplayStatus": {
              "values": {
                "REPLAY_STATUS_UNSPECIFIED": 0,
                "REPLAY_STATUS_PLAYING": 1,
                "REPLAY_STATUS_PAUSED": 2,
                "REPLAY_STATUS_WAITING_FOR_CLIENT": 3,
                "REPLAY_STATUS_WAITING_FOR_RECORDS": 4
              }
            },
            "ReplayProgress": {
              "oneofs": {
                "_playheadMs": {
                  "oneof": [
                    "playheadMs"
                  ]
                },
                "_share": {
                  "oneof": [
                    "share"
                  ]
                },
                "_remainingMs": {
                  "oneof": [
                    "remainingMs"
                  ]
                }
              },
              "fields": {
                "status": {
                  "type": "ReplayStatus",
                  "id": 1
                },
                "playheadMs": {
                  "type": "int64",
                  "id": 2,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "records": {
                  "type": "int64",
                  "id": 3
                },
                "bytes": {
                  "type": "int64",
                  "id": 4
                },
                "dropped": {
                  "type": "int64",
                  "id": 5
                },
                "lagMs": {
                  "type": "double",
                  "id": 6
                },
                "delayedMs": {
                  "type": "double",
                  "id": 7
                },
                "share": {
                  "type": "double",
                  "id": 8,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "remainingMs": {
                  "type": "double",
                  "id": 9,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "offsetsLeft": {
                  "type": "int64",
                  "id": 10
                }
              }
            },
            "ReplayState": {
              "fields": {
                "status": {
                  "type": "ReplayStatus",
                  "id": 1
                },
                "pace": {
                  "type": "ReplayPace",
                  "id": 2
                },
                "seekEpoch": {
                  "type": "int32",
                  "id": 3
                },
                "places": {
                  "rule": "repeated",
                  "type": "ReplayPlace",
                  "id": 4
                }
              }
            },
            "ReplayLateness": {
              "fields": {
                "behind": {
                  "type": "bool",
                  "id": 1
                },
                "lateMs": {
                  "type": "double",
                  "id": 2
                }
              }
            },
            "ReplayTrouble": {
              "oneofs": {
                "_nextOffset": {
                  "oneof": [
                    "nextOffset"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "offset": {
                  "type": "int64",
                  "id": 3
                },
                "nextOffset": {
                  "type": "int64",
                  "id": 4,
                  "options": {
                    "proto3_optional": true
                  }
                },
                "error": {
                  "type": "google.rpc.Status",
                  "id": 5
                }
              }
            },
            "ReplaySummary": {
              "fields": {
                "records": {
                  "type": "int64",
                  "id": 1
                },
                "bytes": {
                  "type": "int64",
                  "id": 2
                },
                "dropped": {
                  "type": "int64",
                  "id": 3
                },
                "elapsedMs": {
                  "type": "double",
                  "id": 4
                },
                "delayedMs": {
                  "type": "double",
                  "id": 5
                },
                "partitions": {
                  "rule": "repeated",
                  "type": "ReplayPartitionSummary",
                  "id": 6
                }
              }
            },
            "ReplayPartitionSummary": {
              "oneofs": {
                "_checksum": {
                  "oneof": [
                    "checksum"
                  ]
                }
              },
              "fields": {
                "topic": {
                  "type": "string",
                  "id": 1
                },
                "partition": {
                  "type": "int32",
                  "id": 2
                },
                "startOffset": {
                  "type": "int64",
                  "id": 3
                },
                "nextOffset": {
                  "type": "int64",
                  "id": 4
                },
                "records": {
                  "type": "int64",
                  "id": 5
                },
                "bytes": {
                  "type": "int64",
                  "id": 6
                },
                "dropped": {
                  "type": "int64",
                  "id": 7
                },
                "skipped": {
                  "type": "int64",
                  "id": 8
                },
                "checksum": {
                  "type": "fixed32",
                  "id": 9,
                  "options": {
                    "proto3_optional": true
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
