// The same from CommonJS, against the broker at the address that is the first argument. varve is ESM and waits for a codec while it is loaded:
// `import()` gets it, `require` does not.
async function main() {
  const { connect, isVarveError } = await import('varve/client')
  const client = connect({ broker: process.argv[2] })
  const producer = client.producer({ compression: 'zstd' })
  const { offset, durability } = await producer.send({ topic: 'lines', value: 'three' })
  console.log(offset, durability)
  await client
    .admin()
    .describeTopic('missing')
    .catch((error) => console.log(isVarveError(error, 'UNKNOWN_TOPIC')))
  await client.close()
}

main()
