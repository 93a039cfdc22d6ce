// What a running broker tells about itself: one registry of metrics, and the port where it is read. Open before the broker is, so
// that a long start can be watched.
import type { Broker } from '../broker/broker.ts'
import { isVarveError } from '../domain/error.ts'
import type { Cancel } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { METRICS_CONTENT_TYPE, MetricRegistry } from '../platform/metric-registry.ts'
import { reportProcess } from '../platform/process-metrics.ts'
import { MonitoringServer } from '../transport/http/monitoring-server.ts'
import { checkReadiness } from '../transport/http/readiness.ts'

export interface MonitoringOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** When the address cannot be had: fail, or (false) say so in the log and go on without. */
  readonly isRequired: boolean
}

export class Monitoring {
  readonly metrics: MetricRegistry
  readonly #stopProcess: Cancel
  #server: MonitoringServer | undefined
  #broker: Broker | undefined

  private constructor(version: string, log: Log) {
    this.metrics = new MetricRegistry((error) => {
      log.error('monitoring_failed', { path: '/metrics', error })
    })
    this.#stopProcess = reportProcess(this.metrics, version)
  }

  /** @throws VarveError ADDRESS_UNAVAILABLE */
  static async open(options: MonitoringOptions, version: string, log: Log): Promise<Monitoring> {
    const monitoring = new Monitoring(version, log)
    const { host, port } = options
    try {
      monitoring.#server = await MonitoringServer.listen({
        host,
        port,
        log,
        metrics: () => ({ text: monitoring.metrics.render(), contentType: METRICS_CONTENT_TYPE }),
        readiness: () => checkReadiness(monitoring.#condition()),
      })
    } catch (error) {
      if (options.isRequired || !isVarveError(error)) {
        await monitoring.close()
        throw error
      }
      log.warn('monitoring_not_served', { address: `${host}:${port}`, reason: error.message })
    }
    return monitoring
  }

  /** HOST:PORT where it is read; undefined when the address could not be had. */
  get address(): string | undefined {
    return this.#server?.address
  }

  /** From here on the broker's condition decides about readiness. */
  watch(broker: Broker): void {
    this.#broker = broker
  }

  /** Safe to call twice. */
  async close(): Promise<void> {
    this.#stopProcess()
    await this.#server?.close()
  }

  #condition(): Parameters<typeof checkReadiness>[0] {
    const broker = this.#broker
    return broker && { state: broker.state, partitions: broker.countPartitions() }
  }
}
