import type { WidgetViewProps } from '../widget.ts'
import { type DateFormat, formatDate } from './date-format.ts'

type Place = Pick<WidgetViewProps<unknown>, 'locale' | 'timeZone' | 'texts'>

/** A time as a file wants it said, in the place of the viewer. 0 is that of a value that never came. */
export const dateText = (ts: number | undefined, settings: DateFormat, p: Place): string =>
  !ts ? '' : formatDate(ts, settings, { locale: p.locale, timeZone: p.timeZone, age: p.texts.age })
