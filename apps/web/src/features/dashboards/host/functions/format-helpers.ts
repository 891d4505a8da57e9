/**
 * `formatDate` and `formatValue` as code of dashboard files knows them from its widget's context: program text that the
 * sandboxes put into their own.
 */
export const formatHelpers = String.raw`const pad = (value, length) => String(value).padStart(length, '0')
const dateParts = {
  yyyy: (d) => String(d.getFullYear()), yy: (d) => pad(d.getFullYear() % 100, 2), y: (d) => String(d.getFullYear()),
  MMMM: (d) => d.toLocaleString('en', { month: 'long' }), MMM: (d) => d.toLocaleString('en', { month: 'short' }),
  MM: (d) => pad(d.getMonth() + 1, 2), M: (d) => String(d.getMonth() + 1),
  dd: (d) => pad(d.getDate(), 2), d: (d) => String(d.getDate()),
  EEEE: (d) => d.toLocaleString('en', { weekday: 'long' }), EEE: (d) => d.toLocaleString('en', { weekday: 'short' }),
  HH: (d) => pad(d.getHours(), 2), H: (d) => String(d.getHours()),
  hh: (d) => pad(d.getHours() % 12 || 12, 2), h: (d) => String(d.getHours() % 12 || 12),
  mm: (d) => pad(d.getMinutes(), 2), m: (d) => String(d.getMinutes()),
  ss: (d) => pad(d.getSeconds(), 2), s: (d) => String(d.getSeconds()), SSS: (d) => pad(d.getMilliseconds(), 3),
  a: (d) => (d.getHours() < 12 ? 'AM' : 'PM'),
}
const namedFormats = { short: 'M/d/yy, h:mm a', medium: 'MMM d, y, h:mm:ss a', shortDate: 'M/d/yy', mediumDate: 'MMM d, y',
  longDate: 'MMMM d, y', shortTime: 'h:mm a', mediumTime: 'h:mm:ss a' }
const formatDate = (value, format = 'mediumDate') => {
  const date = new Date(typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value)
  if (Number.isNaN(date.getTime())) return ''
  return String(namedFormats[format] || format).replace(
    /'([^']*)'|yyyy|yy|y|MMMM|MMM|MM|M|dd|d|EEEE|EEE|HH|H|hh|h|mm|m|ss|s|SSS|a/g,
    (part, quoted) => (quoted === undefined ? dateParts[part](date) : quoted),
  )
}
const formatValue = (value, decimals, units, showZeroDecimals) => {
  if (value === null || value === undefined || value === '') return ''
  const number = Number(value)
  if (Number.isNaN(number)) return String(value)
  let text = Number.isInteger(decimals) ? number.toFixed(Math.min(20, Math.max(0, decimals))) : String(number)
  if (!showZeroDecimals) text = String(Number(text))
  return units ? text + ' ' + units : text
}
/** A length of time in words, or in letters; onlyFirst: its largest part. */
const timeText = (millis, isShort, onlyFirst) => {
  let seconds = Math.floor(Math.max(0, Number(millis) || 0) / 1000)
  const parts = []
  for (const [name, size] of [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]]) {
    const count = Math.floor(seconds / size)
    seconds -= count * size
    if (count > 0) parts.push(isShort ? count + name[0] : count + ' ' + name + (count === 1 ? '' : 's'))
  }
  if (parts.length === 0) return isShort ? '0s' : '0 seconds'
  return (onlyFirst ? parts.slice(0, 1) : parts).join(' ')
}`
