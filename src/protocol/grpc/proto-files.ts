// The .proto files by what they declare, exactly as the compiler of protocol buffers describes them: what server reflection
// hands out.
import { type WireFile, wireFiles, wireMessages } from './generated/descriptors.ts'

const filesByName = new Map(wireFiles.map((file) => [file.name, file]))
const filesBySymbol = new Map(
  wireFiles.flatMap((file) => file.symbols.map((symbol) => [symbol, file] as const)),
)

/** Full names of all services that have a descriptor. */
export const describedServices: readonly string[] = wireFiles
  .flatMap(({ services }) => services)
  .sort()

/** The encoded google.protobuf.FileDescriptorProto of the file and all that it imports; undefined when it is not known. */
export function fileByName(name: string): Buffer[] | undefined {
  const file = filesByName.get(name)
  return file && withImports(file)
}

/** Likewise for the file that declares a service, method, message, field, oneof or enum, by its full name. */
export function fileBySymbol(symbol: string): Buffer[] | undefined {
  const file = filesBySymbol.get(symbol)
  return file && withImports(file)
}

/** True for the full name of a message. */
export function isMessage(name: string): boolean {
  return Object.hasOwn(wireMessages, name)
}

function withImports(file: WireFile): Buffer[] {
  const all = new Set<WireFile>()
  const add = (one: WireFile | undefined): void => {
    if (one === undefined || all.has(one)) return
    all.add(one)
    for (const name of one.dependencies) add(filesByName.get(name))
  }
  add(file)
  return Array.from(all, ({ encoded }) => Buffer.from(encoded, 'base64'))
}
