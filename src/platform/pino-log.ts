// The log of a running program: one JSON object a line, by pino, to standard error unless told otherwise. Standard output
// belongs to what the program is asked for. Invariant: a line is one line, and holds nothing that steers a terminal.
import { destination, type Logger, pino, stdSerializers } from 'pino'
import type { Log, LogFields } from './log.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface PinoLogOptions {
  /** Events below it are dropped; `info` unless told. */
  readonly level?: LogLevel
  /** Gets one line at a time; standard error unless told. */
  readonly stream?: { write(line: string): void }
}

const STANDARD_ERROR = 2

/** What JSON leaves as it is: DEL and the C1 controls, line ends of Unicode, and marks that turn the direction of text. */
const UNSAFE = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g

export class PinoLog implements Log {
  private readonly logger: Logger

  private constructor(logger: Logger) {
    this.logger = logger
  }

  static open(options: PinoLogOptions = {}): PinoLog {
    // Written before the call returns: the last lines before an end are the ones that matter.
    const stream = options.stream ?? destination({ fd: STANDARD_ERROR, sync: true })
    const logger = pino(
      {
        level: options.level ?? 'info',
        base: null,
        messageKey: 'event',
        // An Error in the field `error` with its message, stack and causes.
        serializers: { error: stdSerializers.err },
      },
      {
        write: (line: string) => {
          stream.write(line.replace(UNSAFE, escaped))
        },
      },
    )
    return new PinoLog(logger)
  }

  debug(event: string, fields?: LogFields): void {
    this.logger.debug(fields ?? {}, event)
  }

  info(event: string, fields?: LogFields): void {
    this.logger.info(fields ?? {}, event)
  }

  warn(event: string, fields?: LogFields): void {
    this.logger.warn(fields ?? {}, event)
  }

  error(event: string, fields?: LogFields): void {
    this.logger.error(fields ?? {}, event)
  }

  with(fields: LogFields): Log {
    return new PinoLog(this.logger.child(fields))
  }
}

/** As JSON escapes it: these characters stand only within its strings. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
