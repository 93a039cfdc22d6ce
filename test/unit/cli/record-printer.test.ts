import { PassThrough, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { CommandIo } from '../../../src/cli/command-io.ts'
import { recordFormat } from '../../../src/cli/record-format.ts'
import type { ReadRecord } from '../../../src/cli/record-json.ts'
import { RecordPrinter } from '../../../src/cli/record-printer.ts'
import { VirtualClock } from '../../../src/platform/virtual-clock.ts'

function ioOver(output: Writable): CommandIo {
  const [input, messages] = [new PassThrough(), new PassThrough()]
  const terminals = { messagesOnTerminal: false, outputOnTerminal: false }
  return new CommandIo({ input, output, messages, env: {}, ...terminals })
}

function record(value: string): ReadRecord {
  const place = { topic: 't', partition: 0, offset: 0, timestampMs: 0 }
  return { ...place, key: null, value: Buffer.from(value), headers: [] }
}

describe('the record printer', () => {
  it('gathers records into one write, and holds a lone one back for a moment only', async () => {
    const writes: string[] = []
    const output = new Writable({
      write(chunk: Buffer, _encoding, done): void {
        writes.push(chunk.toString())
        done()
      },
    })
    const clock = new VirtualClock()
    const printer = new RecordPrinter(ioOver(output), clock, recordFormat('value'))
    for (const value of ['a', 'b', 'c']) expect(printer.print(record(value))).toBeUndefined()
    expect(writes).toEqual([])
    await clock.advance(20)
    expect(writes).toEqual(['a\nb\nc\n'])
    await printer.flush()
    expect(writes).toHaveLength(1)
  })

  it('waits for a slow reader and loses nothing, whatever the order of timers and waits', async () => {
    const read: Buffer[] = []
    const output = new Writable({
      highWaterMark: 1000,
      write(chunk: Buffer, _encoding, done): void {
        read.push(chunk)
        setImmediate(done)
      },
    })
    const clock = new VirtualClock()
    const printer = new RecordPrinter(ioOver(output), clock, recordFormat('value'))
    const sent: string[] = []
    for (let turn = 0; turn < 3000; turn++) {
      const value = `${turn} ${'x'.repeat((turn * 31) % 700)}`
      sent.push(`${value}\n`)
      const full = printer.print(record(value))
      if (full !== undefined) await full
      if (turn % 100 === 0) await clock.advance(20)
    }
    await printer.flush()
    expect(Buffer.concat(read).toString()).toBe(sent.join(''))
  })

  it('stops waiting when the reader leaves', async () => {
    const output = new Writable({
      highWaterMark: 1,
      write(): void {
        // Never done: a reader that stands still.
      },
    })
    const io = ioOver(output)
    const printer = new RecordPrinter(io, new VirtualClock(), recordFormat('value'))
    void printer.print(record('a'))
    const flushed = printer.flush()
    output.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    await flushed
    expect(io.outputGone.aborted).toBe(true)
    expect(io.exitCode).toBe(0)
    await io.flush()
  })
})
