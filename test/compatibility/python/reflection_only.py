"""A client that has no .proto file of the broker: it asks the server what there is and calls it.

Usage: reflection_only.py HOST:PORT [v1|v1alpha]
Only the reflection protocol itself is known here, written out by hand. Prints one JSON object with what it saw.
"""

import json
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

address = sys.argv[1]
version = sys.argv[2] if len(sys.argv) > 2 else "v1"
PACKAGE = f"grpc.reflection.{version}"
FIELD = descriptor_pb2.FieldDescriptorProto


def reflection_messages():
    """The messages of the reflection protocol, as far as they are used."""
    file = descriptor_pb2.FileDescriptorProto(name="by-hand.proto", package=PACKAGE, syntax="proto3")

    def message(name, *fields):
        proto = file.message_type.add(name=name)
        for number, field, kind, repeated in fields:
            proto.field.add(
                name=field,
                number=number,
                type=FIELD.TYPE_MESSAGE if kind[0].isupper() else getattr(FIELD, f"TYPE_{kind.upper()}"),
                type_name=f".{PACKAGE}.{kind}" if kind[0].isupper() else None,
                label=FIELD.LABEL_REPEATED if repeated else FIELD.LABEL_OPTIONAL,
            )

    message(
        "ServerReflectionRequest",
        (3, "file_by_filename", "string", False),
        (4, "file_containing_symbol", "string", False),
        (7, "list_services", "string", False),
    )
    message(
        "ServerReflectionResponse",
        (4, "file_descriptor_response", "FileDescriptorResponse", False),
        (6, "list_services_response", "ListServiceResponse", False),
        (7, "error_response", "ErrorResponse", False),
    )
    message("FileDescriptorResponse", (1, "file_descriptor_proto", "bytes", True))
    message("ListServiceResponse", (1, "service", "ServiceResponse", True))
    message("ServiceResponse", (1, "name", "string", False))
    message("ErrorResponse", (1, "error_code", "int32", False), (2, "error_message", "string", False))
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return pool


def class_of(pool, name):
    if hasattr(message_factory, "GetMessageClass"):  # protobuf 4.22 and newer
        return message_factory.GetMessageClass(pool.FindMessageTypeByName(name))
    return message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName(name))


known = reflection_messages()
Request = class_of(known, f"{PACKAGE}.ServerReflectionRequest")
Response = class_of(known, f"{PACKAGE}.ServerReflectionResponse")
seen = {}

with grpc.insecure_channel(address) as channel:
    ask = channel.stream_stream(
        f"/{PACKAGE}.ServerReflection/ServerReflectionInfo",
        request_serializer=Request.SerializeToString,
        response_deserializer=Response.FromString,
    )
    [listed] = ask(iter([Request(list_services="*")]), timeout=10)
    names = sorted(service.name for service in listed.list_services_response.service)
    seen["services"] = names

    pool = descriptor_pool.DescriptorPool()
    files = {}
    for answer in ask(iter([Request(file_containing_symbol=name) for name in names]), timeout=10):
        assert not answer.error_response.error_code, answer.error_response
        for encoded in answer.file_descriptor_response.file_descriptor_proto:
            file = descriptor_pb2.FileDescriptorProto.FromString(encoded)
            files[file.name] = file

    def add(name):
        """A pool takes a file only after all that it imports."""
        file = files.pop(name, None)
        if file is None:
            return
        for dependency in file.dependency:
            add(dependency)
        pool.Add(file)

    seen["files"] = sorted(files)
    for name in list(files):
        add(name)
    seen["methods"] = sum(len(pool.FindServiceByName(name).methods) for name in names)

    def call(service, method, /, **fields):
        found = pool.FindServiceByName(service).FindMethodByName(method)
        request = class_of(pool, found.input_type.full_name)(**fields)
        response = class_of(pool, found.output_type.full_name)
        unary = channel.unary_unary(
            f"/{service}/{method}",
            request_serializer=type(request).SerializeToString,
            response_deserializer=response.FromString,
        )
        return unary(request, timeout=10)

    topic = f"reflected-{version}"
    seen["health"] = call("grpc.health.v1.Health", "Check", service="varve.v1.LogService").status
    created = call("varve.v1.AdminService", "CreateTopic", name=topic, partitions=1)
    seen["created"] = created.topic.name == topic
    entry = {"topic": topic, "records": {"records": {"records": [{"key": b"k", "value": b"v"}, {"value": b""}]}}}
    produced = call("varve.v1.LogService", "Produce", entries=[entry])
    seen["base offset"] = produced.results[0].base_offset
    fetched = call("varve.v1.LogService", "Fetch", partitions=[{"topic": topic}], form=2)
    records = fetched.results[0].records.records.records
    seen["records"] = [[r.HasField("key"), r.value.decode(), r.offset] for r in records]
    seen["topics"] = topic in [one.name for one in call("varve.v1.AdminService", "ListTopics").topics]

    [missing] = ask(iter([Request(file_containing_symbol="no.Such.Thing")]), timeout=10)
    seen["missing"] = missing.error_response.error_code

print(json.dumps(seen))
