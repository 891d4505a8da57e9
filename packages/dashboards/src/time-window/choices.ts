import type { QuickInterval } from './model.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** "Last …" choices of a picker, ms. */
export const lastChoices: readonly number[] = [
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  14 * day,
  30 * day,
  90 * day,
  365 * day,
]

/** The presets as a picker groups them; those that move on stand in `current` and `soFar`. */
export const quickChoices: Readonly<Record<'current' | 'soFar' | 'previous', readonly QuickInterval[]>> = {
  current: [
    'CURRENT_HOUR',
    'CURRENT_DAY',
    'CURRENT_WEEK',
    'CURRENT_WEEK_ISO',
    'CURRENT_MONTH',
    'CURRENT_QUARTER',
    'CURRENT_HALF_YEAR',
    'CURRENT_YEAR',
  ],
  soFar: [
    'CURRENT_DAY_SO_FAR',
    'CURRENT_WEEK_SO_FAR',
    'CURRENT_WEEK_ISO_SO_FAR',
    'CURRENT_MONTH_SO_FAR',
    'CURRENT_QUARTER_SO_FAR',
    'CURRENT_HALF_YEAR_SO_FAR',
    'CURRENT_YEAR_SO_FAR',
  ],
  previous: [
    'YESTERDAY',
    'DAY_BEFORE_YESTERDAY',
    'THIS_DAY_LAST_WEEK',
    'PREVIOUS_WEEK',
    'PREVIOUS_WEEK_ISO',
    'PREVIOUS_MONTH',
    'PREVIOUS_QUARTER',
    'PREVIOUS_HALF_YEAR',
    'PREVIOUS_YEAR',
  ],
}
