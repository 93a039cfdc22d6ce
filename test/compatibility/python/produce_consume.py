"""A client generated from the .proto files alone: makes a topic, produces and consumes records, is a member of a group, reads an error.

Usage: produce_consume.py HOST:PORT FOLDER_OF_GENERATED_CODE
Prints one JSON object with what it saw.
"""

import json
import os
import queue
import sys

import google
import grpc

address, generated = sys.argv[1:]
sys.path.insert(0, generated)
# The installed protobuf package brings "google" already; ours adds google.rpc to it.
google.__path__.append(os.path.join(generated, "google"))

from google.rpc import error_details_pb2, status_pb2  # noqa: E402
from varve.v1 import admin_pb2, admin_pb2_grpc, group_pb2, group_pb2_grpc, log_pb2, log_pb2_grpc, record_pb2  # noqa: E402

seen = {}
with grpc.insecure_channel(address) as channel:
    admin = admin_pb2_grpc.AdminServiceStub(channel)
    log = log_pb2_grpc.LogServiceStub(channel)

    created = admin.CreateTopic(
        admin_pb2.CreateTopicRequest(name="python", partitions=3, settings={"retention.ms": "60000000"}),
        timeout=10,
    )
    seen["partitions"] = len(created.topic.partitions)

    records = [
        record_pb2.Record(
            key=b"key-%d" % number,
            value=b"value \x00\xff %d" % number,
            headers=[record_pb2.Header(key="number", value=b"%d" % number), record_pb2.Header(key="none")],
            timestamp_ms=1_700_000_000_000 + number,
        )
        for number in range(100)
    ]
    records.append(record_pb2.Record(key=b"no value"))
    produced = log.Produce(
        log_pb2.ProduceRequest(
            entries=[
                log_pb2.ProduceEntry(
                    topic="python",
                    partition=-1,
                    records=record_pb2.RecordSet(records=record_pb2.RecordList(records=records)),
                )
            ]
        ),
        timeout=10,
    )
    [result] = produced.results
    seen["produced"] = result.record_count
    seen["spread over"] = len(result.parts)
    seen["durability"] = record_pb2.Durability.Name(result.durability)

    consumed = {}
    for partition in range(3):
        offset = 0
        while True:
            response = log.Fetch(
                log_pb2.FetchRequest(
                    partitions=[log_pb2.FetchPartition(topic="python", partition=partition, offset=offset)],
                    form=record_pb2.RECORD_FORM_RECORDS,
                    max_bytes=2000,
                ),
                timeout=10,
            )
            [part] = response.results
            assert not part.HasField("error"), part.error
            got = part.records.records.records
            if not got:
                break
            for record in got:
                assert record.offset >= offset
                consumed[record.key] = record
            offset = part.next_offset
    for sent in records:
        back = consumed.pop(sent.key)
        assert back.HasField("value") == sent.HasField("value")
        assert back.value == sent.value
        assert [(h.key, h.HasField("value"), h.value) for h in back.headers] == [
            (h.key, h.HasField("value"), h.value) for h in sent.headers
        ]
        if sent.timestamp_ms:
            assert back.timestamp_ms == sent.timestamp_ms
    assert not consumed
    seen["consumed"] = len(records)

    answer = log.ListOffsets(
        log_pb2.ListOffsetsRequest(
            partitions=[
                log_pb2.ListOffsetsPartition(topic="python", partition=0, timestamp_ms=1_700_000_000_000),
                log_pb2.ListOffsetsPartition(topic="python", partition=0, position=log_pb2.OFFSET_POSITION_LATEST),
            ]
        ),
        timeout=10,
    )
    seen["earliest record at"] = answer.results[0].timestamp_ms >= 1_700_000_000_000

    def messages():
        yield log_pb2.ProduceStreamRequest(init=log_pb2.ProduceStreamInit())
        for number in range(20):
            one = record_pb2.RecordSet(
                records=record_pb2.RecordList(records=[record_pb2.Record(value=b"%d" % number)])
            )
            yield log_pb2.ProduceStreamRequest(
                batch=log_pb2.ProduceStreamBatch(
                    correlation_id=number,
                    entries=[log_pb2.ProduceEntry(topic="python", partition=1, records=one)],
                )
            )

    acks = [m.ack.correlation_id for m in log.ProduceStream(messages(), timeout=10) if m.HasField("ack")]
    assert acks == list(range(20))
    seen["streamed"] = len(acks)

    group = group_pb2_grpc.GroupServiceStub(channel)
    said = queue.Queue()
    answers = group.Session(iter(said.get, None), timeout=30)

    def ask(**message):
        said.put(group_pb2.SessionRequest(**message))
        return next(answer for answer in answers if not answer.HasField("call"))

    joined = ask(join=group_pb2.SessionJoin(group="readers", topics=["python"], client_id="python")).joined
    assigned = joined.assigned.partitions
    seen["assigned"] = sorted(one.partition for one in assigned)
    assert not any(one.HasField("committed_offset") for one in assigned)
    commit = group.CommitOffsets(
        group_pb2.CommitOffsetsRequest(
            group="readers",
            member_id=joined.member_id,
            member_epoch=joined.member_epoch,
            entries=[
                group_pb2.CommitOffsetsEntry(topic="python", partition=1, topic_id=assigned[1].topic_id, offset=20)
            ],
        ),
        timeout=10,
    )
    assert not commit.results[0].HasField("error"), commit.results[0].error
    owned = [
        group_pb2.GroupPartition(topic=one.topic, partition=one.partition, topic_id=one.topic_id) for one in assigned
    ]
    beat = ask(
        heartbeat=group_pb2.SessionHeartbeat(
            member_epoch=joined.member_epoch, owned=group_pb2.OwnedPartitions(partitions=owned)
        )
    ).heartbeat
    assert beat.member_epoch == joined.member_epoch and not beat.HasField("assigned")
    said.put(group_pb2.SessionRequest(leave=group_pb2.SessionLeave()))
    assert not [answer for answer in answers if not answer.HasField("call")]
    assert answers.code() == grpc.StatusCode.OK
    said.put(None)
    fetched = group.FetchOffsets(group_pb2.FetchOffsetsRequest(group="readers"), timeout=10)
    seen["committed"] = [[one.partition, one.offset] for one in fetched.offsets]

    try:
        admin.DescribeTopic(admin_pb2.DescribeTopicRequest(name="nothing"), timeout=10)
    except grpc.RpcError as error:
        trailers = dict(error.trailing_metadata())
        status = status_pb2.Status.FromString(trailers["grpc-status-details-bin"])
        info = error_details_pb2.ErrorInfo()
        assert status.details[0].Unpack(info)
        seen["error"] = [error.code().name, info.domain, info.reason, trailers["x-effect"]]

print(json.dumps(seen))
