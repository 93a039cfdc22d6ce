// What `varve bench` was told.
export interface BenchCommandOptions {
  readonly preset?: string
  readonly file?: string
  readonly only?: readonly string[]
  readonly with?: readonly string[]
  readonly list?: boolean
  readonly dir?: string
  readonly set?: readonly string[]
  readonly metrics?: string
  readonly out?: string
  readonly html?: string
  readonly compare?: string
  readonly chaos?: boolean
  readonly chaosSeconds?: number
  readonly chaosSeed?: string
  readonly quiet?: boolean
  readonly ceilings?: boolean
  /** True: all that are installed. */
  readonly peers?: boolean | string
  readonly kafka?: string
}
