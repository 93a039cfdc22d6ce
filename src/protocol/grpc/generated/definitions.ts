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
            }
          }
        }
      }
    }
  }
}
