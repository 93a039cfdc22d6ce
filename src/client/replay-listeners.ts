// Who listens to a replay.
import { WarningListeners } from './client-warning.ts'
import type { ReplayEventMap, ReplayListener } from './replay-types.ts'

interface EventListeners<Name extends keyof ReplayEventMap> {
  add(listener: ReplayListener<Name>): void
  remove(listener: ReplayListener<Name>): void
  tell(event: ReplayEventMap[Name]): void
}
type Listeners = { readonly [Name in keyof ReplayEventMap]: EventListeners<Name> }

export class ReplayListeners {
  readonly warnings = new WarningListeners()
  private readonly listeners: Listeners = {
    progress: new ListenerSet<'progress'>(),
    late: new ListenerSet<'late'>(),
    trouble: new ListenerSet<'trouble'>(),
    warning: this.warnings,
  }

  /** A name that is not known is never told. */
  add<Name extends keyof ReplayEventMap>(name: Name, listener: ReplayListener<Name>): void {
    this.of(name)?.add(listener)
  }

  remove<Name extends keyof ReplayEventMap>(name: Name, listener: ReplayListener<Name>): void {
    this.of(name)?.remove(listener)
  }

  tell<Name extends keyof ReplayEventMap>(name: Name, event: ReplayEventMap[Name]): void {
    this.listeners[name].tell(event)
  }

  private of<Name extends keyof ReplayEventMap>(name: Name): Listeners[Name] | undefined {
    return Object.hasOwn(this.listeners, name) ? this.listeners[name] : undefined
  }
}

class ListenerSet<Name extends keyof ReplayEventMap> implements EventListeners<Name> {
  private readonly listeners = new Set<ReplayListener<Name>>()

  add(listener: ReplayListener<Name>): void {
    this.listeners.add(listener)
  }

  remove(listener: ReplayListener<Name>): void {
    this.listeners.delete(listener)
  }

  /** What a listener throws is its own affair and reaches the process as an unhandled rejection, not our loops. */
  tell(event: ReplayEventMap[Name]): void {
    for (const listener of this.listeners) void Promise.resolve(event).then(listener)
  }
}
