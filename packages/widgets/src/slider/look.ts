import { type ControlRange, rangeOf, shareOf, stepOfDecimals } from '../engines/control/range.ts'
import { markColor, type Surface, trackColor } from '../style/ground-colors.ts'
import { parseColor } from '../style/rgb.ts'
import type { SliderSettings } from './manifest.ts'

const mostMarks = 101

/** Marks along the track: how many, and what the slider stops at where it has them. */
export const marksOf = (s: Pick<SliderSettings, 'showTickMarks' | 'tickMarksCount'>): number =>
  s.showTickMarks && s.tickMarksCount >= 2 ? Math.min(mostMarks, Math.floor(s.tickMarksCount)) : 0

export const sliderRange = (s: SliderSettings): ControlRange => {
  const marks = marksOf(s)
  return rangeOf(
    s.tickMin,
    s.tickMax,
    marks > 0 ? Math.abs(s.tickMax - s.tickMin) / (marks - 1) : stepOfDecimals(s.valueDecimals),
  )
}

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [parseColor(one), parseColor(other)]
  return a !== null && b !== null && a.r === b.r && a.g === b.g && a.b === b.b
}

/** The violet that files have where nobody chose a colour is our accent. */
const mainOr = (color: string, on: Surface): string =>
  isSame(color, '#5469FF') && !on.isOwn ? 'var(--tw-accent)' : markColor(color, on)

export const sliderColors = (s: SliderSettings, on: Surface, isDisabled: boolean) => ({
  main: isDisabled ? markColor(s.mainColorDisabled, on) : mainOr(s.mainColor, on),
  track: isDisabled
    ? trackColor(s.backgroundColorDisabled, on)
    : isSame(s.backgroundColor, '#CCD2FF') && !on.isOwn
      ? 'color-mix(in oklab, var(--tw-accent) 22%, transparent)'
      : trackColor(s.backgroundColor, on),
  icon: (color: string) => (isDisabled ? markColor(s.mainColorDisabled, on) : mainOr(color, on)),
})

/** In percent, from the left. */
export const markPlaces = (count: number): number[] =>
  Array.from({ length: count }, (_, at) => (100 * at) / Math.max(1, count - 1))

/** Where the thumb stands; at the least while nothing is known. */
export const thumbPlace = (range: ControlRange, value: number | null): number =>
  100 * (value === null ? 0 : shareOf(range, value))
