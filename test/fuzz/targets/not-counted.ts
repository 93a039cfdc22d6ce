// Branches of the decoders' modules that are not counted, and why: by module and function, and by kind where it is not all of it.

const WRITES = 'writes, and reads nothing'
const TYPES = 'there for the type checker alone'
const PACKAGES = 'decided by what is installed, when it is loaded'

export const NOT_COUNTED: Readonly<Record<string, string>> = {
  'src/record/codec-gzip.ts compressGzip': WRITES,
  'src/record/codec-lz4.ts compressLz4': WRITES,
  'src/record/codec-lz4.ts preferredLz4': PACKAGES,
  'src/record/lz4-block.ts addonCodec': PACKAGES,
  'src/record/lz4-block.ts napiCodec': PACKAGES,
  'src/record/lz4-block.ts lz4BlockCodecs': PACKAGES,
  'src/broker/groups/journal-replay.ts > if (!(error instanceof Error)) throw error':
    'the other side is a bug',
  'src/broker/groups/json-shape.ts > if (shape === undefined) throw new Error(`there is no shape of ${value.kind}`)':
    'the other side is a bug of who writes',
  'src/protocol/grpc/wire-check.ts > if (counts === undefined) return': TYPES,
  'src/record/codec-zstd.ts > if (contentBytes !== undefined && content.length !== contentBytes) {':
    'libzstd has looked at it before',
  'src/record/codec-zstd.ts preferredZstd': PACKAGES,
  'src/storage/file/index-cache.ts > if (blocks?.has(block.number)) return':
    'two readers at once, whose order is not that of the bytes',
  'src/broker/groups/journal-record.ts > if (error instanceof ShapeError) throw damage(`the ${name} of the record ${error.message}`)':
    'the other side is a bug of a shape',
  'src/config/load-config.ts > if (!(error instanceof VarveError)) throw error':
    'the other side is a bug',
  'src/config/config-key.ts described': 'decided by the table of settings',
  'src/config/config-key.ts textKey': 'decided by the table of settings',
  'src/record/codec-zstd.ts zlibCodec': PACKAGES,
  'src/record/codec-zstd.ts instantiateWasm': PACKAGES,
  'src/record/codec-snappy.ts loadSnappy': PACKAGES,
  'src/record/codec-lz4.ts decompressLz4 ??': PACKAGES,
  'src/storage/file/checkpoint.ts decodeCheckpoint ??': TYPES,
  'src/storage/file/checkpoint.ts producersIn ??': TYPES,
  'src/storage/file/epoch-history.ts begin if': 'what the owner must not ask for',
  'src/storage/file/synced-end.ts writeSyncedEnd': WRITES,
  'src/storage/file/index-lookup.ts lastWhere ?': 'the block begins with an entry that is below',
  'src/protocol/grpc/wire-check.ts ruleOf': 'decided by the .proto files, when it is loaded',
  'src/protocol/grpc/wire-check.ts wireTypeOf': 'decided by the .proto files, when it is loaded',
  'src/protocol/grpc/wire-check.ts enumNumbersOf': 'decided by the .proto files, when it is loaded',
  'src/protocol/grpc/wire-check.ts #varint ??': TYPES,
  "src/protocol/grpc/wire-check.ts > if (depth > LIMITS.messageNestingMax) this.#fail('is nested too deep')":
    'no message of the .proto files holds itself',
  'src/cli/group/offset-file.ts fileTargets': WRITES,
  'src/cli/group/offset-file.ts formatOffsetFile': WRITES,
  'src/cli/record-json.ts bytesFields': WRITES,
  'src/cli/replay/replay-pace.ts paceText': WRITES,
  'src/cli/replay/replay-pace.ts scaledPace': WRITES,
  'src/cli/replay/replay-pace.ts within': WRITES,
  'src/cli/replay/replay-pace.ts number': WRITES,
  'src/cli/timestamp-source.ts timestampSourceText': WRITES,
  'src/client/replay-into-state.ts toldOf': WRITES,
  'src/domain/quantity.ts writeQuantity': WRITES,
  'src/cli/option-values.ts isoDurationMs ??': TYPES,
  'src/config/commented-json.ts #next ??': TYPES,
  'src/config/commented-json.ts #unexpected ??': TYPES,
  'src/config/load-config.ts contradictions ??': TYPES,
  'src/cli/replay/replay-filter.ts parseTest ??': TYPES,
  'src/client/trace-context.ts traceContextOf ??': TYPES,
  'src/domain/topic-settings.ts parseTopicSettings ??': TYPES,
  'src/transport/grpc/timeout-header.ts clampTimeout ??': TYPES,
  'src/config/config-file.ts readConfigFile ??': 'an error of the system without a code',
  'src/config/config-file.ts readConfigFile catch':
    'a file that cannot be read, which is none of its bytes',
  'src/config/config-file.ts > if (length > LIMITS.configFileBytesMax) {': 'inputs are smaller',
}
