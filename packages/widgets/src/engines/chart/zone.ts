const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  let made = formats.get(timeZone)
  if (!made) {
    made = new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, made)
  }
  return made
}

/** Zones change their offset on quarters of an hour only. */
const quarterMs = 900_000
const cacheSize = 5_000
const offsets = new Map<string, number>()

/** Milliseconds that the clocks of the zone are ahead of UTC at that time. */
const zoneOffset = (ts: number, timeZone: string): number => {
  if (timeZone === 'UTC' || !Number.isFinite(ts)) return 0
  const quarter = Math.floor(ts / quarterMs) * quarterMs
  const key = `${timeZone} ${quarter}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const parts = formatOf(timeZone).formatToParts(quarter)
  const field = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value)
  const local = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  )
  if (offsets.size >= cacheSize) offsets.clear()
  offsets.set(key, local - quarter)
  return local - quarter
}

/** What the clocks of the zone show, as if it were UTC. */
export const toLocal = (ts: number, timeZone: string): number => ts + zoneOffset(ts, timeZone)

/** When the clocks of the zone show that; of a skipped hour its end. */
export const fromLocal = (local: number, timeZone: string): number => {
  const guess = local - zoneOffset(local, timeZone)
  return local - zoneOffset(guess, timeZone)
}

const two = (value: number) => String(value).padStart(2, '0')

/** `2026-03-01 14:05:00.000` by the clocks of the zone, which every spreadsheet reads as a time. */
export const localText = (ts: number, timeZone: string): string => {
  const at = new Date(toLocal(ts, timeZone))
  const date = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`
  return `${date} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}.${String(at.getUTCMilliseconds()).padStart(3, '0')}`
}
