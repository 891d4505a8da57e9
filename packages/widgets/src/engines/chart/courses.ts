import type { LivePoint } from '@thingwire/contracts'
import type { TimeRange } from '../../widget.ts'
import type { ChartSeries } from './arrange.ts'
import { type Course, extended, toCourse } from './course.ts'
import type { ChartSettings } from './settings.ts'
import { stateReader } from './states.ts'

type Kept = { interval: number; states: ChartSettings['states']; isContinuous: boolean; course: Course }

/** Points do not change; a new one makes a new list. So what is made of a list is made once, however often it is drawn. */
const kept = new WeakMap<readonly LivePoint[], Kept>()

/** A host may read the settings anew with every value. */
const isSame = (a: ChartSettings['states'], b: ChartSettings['states']): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b)

const courseOf = (
  points: readonly LivePoint[],
  interval: number,
  states: ChartSettings['states'],
  isContinuous: boolean,
): Course => {
  const known = kept.get(points)
  if (known && known.interval === interval && isSame(known.states, states) && known.isContinuous === isContinuous)
    return known.course
  const course = toCourse(points, {
    interval,
    isContinuous,
    ...(states.length > 0 ? { toValue: stateReader(states) } : {}),
  })
  kept.set(points, { interval, states, isContinuous, course })
  return course
}

/** @param now a state lasts until now, not into the future */
export const coursesOf = (
  list: readonly ChartSeries[],
  p: { interval: number; states: ChartSettings['states']; isStateChart: boolean; window: TimeRange; now: number },
): Map<string, Course> =>
  new Map(
    list.map((item) => {
      const course = courseOf(item.series.points, p.interval, p.states, p.isStateChart)
      return [
        item.series.id,
        p.isStateChart && !item.isComparison ? extended(course, Math.min(p.now, p.window.endTs)) : course,
      ]
    }),
  )
