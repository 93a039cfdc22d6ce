"""Wrote the files of this folder that others than varve encoded, and all expected records, once.

  python3 make-foreign.py OUTPUT_FOLDER    after make-own.ts wrote into the same folder

Needs, as Debian 12 packages them: python3-kafka 2.0.2, python3-snappy, python3-lz4, python3-zstandard, kcat 1.7.1 with
librdkafka 2.0.2, strace, and the programs gzip, lz4 and zstd. Every .json was written by kafka-python's decoder, so that
it owes nothing to the code under test. Batches of librdkafka were produced by kcat into its built-in mock cluster and
cut out of what it sent.
"""
import base64, hashlib, json, os, re, struct, subprocess, sys, tempfile

from kafka.record.default_records import DefaultRecordBatch, DefaultRecordBatchBuilder
from kafka.record.util import calc_crc32c

BASE = 1_700_000_000_000
WORDS = "the log is a sequence of records ordered by time "
RECORDS = [
    (BASE, None, None, []),
    (BASE + 5, b"", b"", []),
    (BASE - 1000, b"key", b"value", []),
    (BASE + 86_400_000, "schlüssel".encode(), bytes(range(256)),
     [("first", b"1"), ("größe", None), ("", b"")]),
] + [(BASE + i, f"k{i % 7}".encode(), f"{i}: {WORDS * 50}".encode(), []) for i in range(30)]
CODECS = ["none", "gzip", "snappy", "lz4", "zstd"]
folder = sys.argv[1]


def save(name, batch):
    with open(os.path.join(folder, name + ".bin"), "wb") as file:
        file.write(batch)
    expect(name, batch)


def expect(name, batch):
    def text(data):
        """Base64; of long values only the SHA-256."""
        if data is None or len(data) <= 300:
            return None if data is None else base64.b64encode(data).decode()
        return "sha256:" + hashlib.sha256(data).hexdigest()

    decoded = DefaultRecordBatch(bytearray(batch))
    assert decoded.validate_crc()
    records = [
        {"offset": r.offset, "timestampMs": r.timestamp, "key": text(r.key), "value": text(r.value),
         "headers": [{"key": k, "value": text(v)} for k, v in r.headers]}
        for r in decoded
    ]
    with open(os.path.join(folder, name + ".json"), "w") as file:
        json.dump({"codec": CODECS[decoded.compression_type], "records": records}, file, indent=1, ensure_ascii=False)
        file.write("\n")


def python_batch(codec):
    builder = DefaultRecordBatchBuilder(2, CODECS.index(codec), 0, -1, -1, -1, 1 << 20)
    for offset, (timestamp, key, value, headers) in enumerate(RECORDS):
        assert builder.append(offset, timestamp, key, value, headers) is not None
    return bytes(builder.build())


def assembled(codec, compress):
    """The records of an uncompressed batch, compressed by another program, under a header with a new CRC."""
    plain = python_batch("none")
    batch = bytearray(plain[:61] + compress(plain[61:]))
    struct.pack_into(">i", batch, 8, len(batch) - 12)
    struct.pack_into(">h", batch, 21, CODECS.index(codec))
    struct.pack_into(">I", batch, 17, calc_crc32c(bytes(batch[21:])))
    return bytes(batch)


def program(*command):
    return lambda data: subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


def gzip_with_name(data):
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "records")
        with open(path, "wb") as file:
            file.write(data)
        return subprocess.run(["gzip", "-N", "-9", "-c", path], stdout=subprocess.PIPE, check=True).stdout


def librdkafka_batch(codec):
    """What kcat sends, as strace shows it; the batch in it is found by its CRC."""
    lines = "".join(f"k{i % 7}\t{i}: {WORDS * 50}\n" for i in range(30)).encode()
    kcat = ["kcat", "-X", "test.mock.num.brokers=1", "-X", "linger.ms=200", "-P", "-t", "golden", "-p", "0",
            "-K", "\t", "-H", "first=1", "-H", "second=größe", "-z", codec, "-b", "127.0.0.1:1"]
    trace = subprocess.run(["strace", "-f", "-xx", "-s", "10000000", "-e", "trace=sendmsg", *kcat], input=lines,
                           stderr=subprocess.PIPE, check=True).stderr.decode()
    for line in trace.splitlines():
        sent = b"".join(bytes.fromhex(hexes.replace("\\x", "")) for hexes in re.findall(r'iov_base="([^"]*)"', line))
        for start in range(len(sent) - 61):
            total = struct.unpack_from(">i", sent, start + 8)[0] + 12
            if sent[start + 16] == 2 and 61 < total <= len(sent) - start:
                batch = sent[start:start + total]
                if calc_crc32c(batch[21:]) == struct.unpack_from(">I", batch, 17)[0]:
                    if struct.unpack_from(">i", batch, 57)[0] == 30:
                        return batch
    raise SystemExit("no batch of 30 records in what kcat sent with " + codec)


for codec in CODECS:
    with open(os.path.join(folder, f"varve-{codec}.bin"), "rb") as file:
        expect(f"varve-{codec}", file.read())
    save(f"kafka-python-{codec}", python_batch(codec))
    save(f"librdkafka-{codec}", librdkafka_batch(codec))

save("gzip-with-name", assembled("gzip", gzip_with_name))
save("lz4-linked-blocks", assembled("lz4", program("lz4", "-c", "-B4", "-BD", "-BX")))
save("lz4-content-checksum", assembled("lz4", program("lz4", "-c", "-B7", "-BI")))
save("zstd-no-content-size", assembled("zstd", program("zstd", "-c", "--no-content-size", "--check")))
