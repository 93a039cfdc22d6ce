// Whether somebody listens on a loopback port, or answers as wanted. Invariant: it neither throws nor waits longer than its limit.
import { connect } from 'node:net'

const ANSWER_TIMEOUT_MS = 1_000

/**
 * @param question sent when it is connected; with '' the connection alone is enough
 * @param answer how what comes back begins
 */
export function probe(port: number, question = '', answer = ''): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    const end = (is: boolean): void => {
      socket.destroy()
      resolve(is)
    }
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => {
      end(false)
    })
    socket.once('error', () => {
      end(false)
    })
    socket.once('close', () => {
      end(false)
    })
    socket.once('connect', () => {
      if (question === '') end(true)
      else socket.write(question)
    })
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      if (text.length >= answer.length) end(text.startsWith(answer))
    })
  })
}
