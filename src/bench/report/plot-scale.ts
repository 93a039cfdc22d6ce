// Where values stand on an axis, and which of them are written beside it. Invariant: ticks lie within the axis, and at least one does.

export interface PlotScale {
  /** From 0, the start of the axis, to 1, its end. */
  readonly place: (value: number) => number
  readonly ticks: readonly number[]
}

/** From 0 to a round number at or above `largest`, in steps of 1, 2 or 5 times a power of ten. */
export function linearScale(largest: number, ticksWanted = 5): PlotScale {
  const end = Number.isFinite(largest) && largest > 0 ? largest : 1
  const step = roundStep(end / ticksWanted)
  const count = Math.ceil(end / step - 1e-9)
  return {
    place: (value) => clamp(value / (count * step)),
    ticks: Array.from({ length: count + 1 }, (_, index) => index * step),
  }
}

/** From 0 to exactly `largest`: for time, which should fill the plot. */
export function exactScale(largest: number, ticksWanted = 6): PlotScale {
  const end = Number.isFinite(largest) && largest > 0 ? largest : 1
  const step = roundStep(end / ticksWanted)
  const count = Math.floor(end / step + 1e-9)
  return {
    place: (value) => clamp(value / end),
    ticks: Array.from({ length: count + 1 }, (_, index) => index * step),
  }
}

/** Powers of ten around all values that are above 0; at least one decade. */
export function logScale(values: readonly number[]): PlotScale {
  const known = values.filter((value) => Number.isFinite(value) && value > 0)
  const low = known.length === 0 ? 0 : Math.floor(Math.log10(Math.min(...known)) + 1e-9)
  const high = Math.max(
    low + 1,
    known.length === 0 ? 1 : Math.ceil(Math.log10(Math.max(...known)) - 1e-9),
  )
  // Within two decades the powers alone would be too few to read by.
  const within = high - low <= 2 ? [1, 2, 5] : [1]
  const ticks = Array.from({ length: high - low }, (_, index) =>
    within.map((factor) => factor * 10 ** (low + index)),
  ).flat()
  return {
    place: (value) => (value > 0 ? clamp((Math.log10(value) - low) / (high - low)) : 0),
    ticks: [...ticks, 10 ** high],
  }
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5].find((step) => step * power >= least * (1 - 1e-9)) ?? 10
  return factor * power
}

function clamp(place: number): number {
  return Math.min(1, Math.max(0, place))
}
