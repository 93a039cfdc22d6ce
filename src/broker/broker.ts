import { VarveError } from '../domain/error.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Random } from '../platform/random.ts'
import type { StorageEngine } from '../storage/engine.ts'
import type { ClusterDescription, PartitionDescription, VerifyProgress } from './descriptions.ts'
import { FetchService } from './fetch-service.ts'
import { ProduceService } from './produce-service.ts'
import { TopicRegistry } from './topic-registry.ts'

export interface BrokerOptions {
  /** Stays the caller's: the broker does not close it. */
  readonly engine: StorageEngine
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly storageName: 'file' | 'memory'
  /** The version of varve, for DescribeCluster. */
  readonly version: string
}

export class Broker {
  readonly topics: TopicRegistry = new TopicRegistry()
  readonly producer: ProduceService = new ProduceService()
  readonly fetcher: FetchService = new FetchService()

  static async open(_options: BrokerOptions): Promise<Broker> {
    return new Broker()
  }
  get state(): 'open' | 'closing' | 'closed' {
    return 'closed'
  }
  describeCluster(): ClusterDescription {
    throw new VarveError('NOT_READY', 'not yet')
  }
  describeStorage(_topic?: string): readonly PartitionDescription[] {
    throw new VarveError('NOT_READY', 'not yet')
  }
  verify(_topic: string | undefined, _signal: AbortSignal): AsyncGenerator<VerifyProgress> {
    throw new VarveError('NOT_READY', 'not yet')
  }
  async close(): Promise<void> {}
}
