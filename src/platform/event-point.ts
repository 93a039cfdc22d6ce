// One kind of event that programs can listen to, over a channel of node:diagnostics_channel. Invariant: what a subscriber does or
// throws changes nothing for whoever tells.
import { type Channel, channel } from 'node:diagnostics_channel'

export class EventPoint<Event extends object> {
  readonly name: string
  private readonly channel: Channel

  /** @param name of the channel */
  constructor(name: string) {
    this.name = name
    this.channel = channel(name)
  }

  /** @param describe makes the event; called only when somebody listens */
  tell(describe: () => Event): void {
    if (this.channel.hasSubscribers) this.channel.publish(describe())
  }
}
