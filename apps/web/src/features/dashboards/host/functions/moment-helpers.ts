/**
 * `moment`, which functions of files read and write times with, as far as they use it; in the time zone of the reader and
 * in English, as the functions that come with it. Needs `pad`. Program text that the sandboxes put into their own.
 */
export const momentHelpers = String.raw`const lengths = { millisecond: 1, second: 1000, minute: 60000, hour: 3600000, day: 86400000, week: 604800000, month: 2629746000, year: 31556952000 }
const unitNames = { ms: 'millisecond', s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week', M: 'month', y: 'year' }
const unitName = (unit) => unitNames[unit] || String(unit || 'millisecond').toLowerCase().replace(/s$/, '')
const ordinal = (n) => n + (n % 100 > 10 && n % 100 < 14 ? 'th' : ['th', 'st', 'nd', 'rd'][n % 10] || 'th')
const longForms = { LT: 'h:mm A', LTS: 'h:mm:ss A', L: 'MM/DD/YYYY', l: 'M/D/YYYY', LL: 'MMMM D, YYYY', ll: 'MMM D, YYYY',
  LLL: 'MMMM D, YYYY h:mm A', lll: 'MMM D, YYYY h:mm A', LLLL: 'dddd, MMMM D, YYYY h:mm A', llll: 'ddd, MMM D, YYYY h:mm A' }
const zoneText = (date, colon) => {
  const minutes = -date.getTimezoneOffset()
  return (minutes < 0 ? '-' : '+') + pad(Math.floor(Math.abs(minutes) / 60), 2) + colon + pad(Math.abs(minutes) % 60, 2)
}
const inWords = (date, options) => date.toLocaleString('en', options)
const momentParts = {
  YYYY: (d) => String(d.getFullYear()), YY: (d) => pad(d.getFullYear() % 100, 2),
  MMMM: (d) => inWords(d, { month: 'long' }), MMM: (d) => inWords(d, { month: 'short' }),
  MM: (d) => pad(d.getMonth() + 1, 2), Mo: (d) => ordinal(d.getMonth() + 1), M: (d) => String(d.getMonth() + 1),
  DD: (d) => pad(d.getDate(), 2), Do: (d) => ordinal(d.getDate()), D: (d) => String(d.getDate()),
  dddd: (d) => inWords(d, { weekday: 'long' }), ddd: (d) => inWords(d, { weekday: 'short' }), d: (d) => String(d.getDay()),
  HH: (d) => pad(d.getHours(), 2), H: (d) => String(d.getHours()),
  hh: (d) => pad(d.getHours() % 12 || 12, 2), h: (d) => String(d.getHours() % 12 || 12),
  mm: (d) => pad(d.getMinutes(), 2), m: (d) => String(d.getMinutes()), ss: (d) => pad(d.getSeconds(), 2), s: (d) => String(d.getSeconds()),
  SSS: (d) => pad(d.getMilliseconds(), 3), A: (d) => (d.getHours() < 12 ? 'AM' : 'PM'), a: (d) => (d.getHours() < 12 ? 'am' : 'pm'),
  X: (d) => String(Math.floor(d.getTime() / 1000)), x: (d) => String(d.getTime()),
  ZZ: (d) => zoneText(d, ''), Z: (d) => zoneText(d, ':'),
}
const spanWords = (millis) => {
  const seconds = Math.abs(millis) / 1000
  const [minutes, hours, days] = [Math.round(seconds / 60), Math.round(seconds / 3600), Math.round(seconds / 86400)]
  const [months, years] = [Math.round(days / 30.44), Math.round(days / 365.25)]
  if (seconds < 44.5) return 'a few seconds'
  if (minutes < 2) return 'a minute'
  if (minutes < 45) return minutes + ' minutes'
  if (hours < 2) return 'an hour'
  if (hours < 22) return hours + ' hours'
  if (days < 2) return 'a day'
  if (days < 26) return days + ' days'
  if (months < 2) return 'a month'
  if (days < 320) return months + ' months'
  return years < 2 ? 'a year' : years + ' years'
}
const dateOf = (given) => {
  if (given === undefined) return new Date()
  if (given instanceof Moment) return new Date(given.date)
  if (given === null || given === '') return new Date(Number.NaN)
  return new Date(given)
}
const fields = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']
const fieldOf = { year: 0, month: 1, day: 2, date: 2, hour: 3, minute: 4, second: 5, millisecond: 6 }
class Moment {
  constructor(given) { Object.defineProperty(this, 'date', { value: dateOf(given), writable: true }) }
  isValid() { return !Number.isNaN(this.date.getTime()) }
  clone() { return new Moment(this) }
  toDate() { return new Date(this.date) }
  valueOf() { return this.date.getTime() }
  unix() { return Math.floor(this.date.getTime() / 1000) }
  toISOString() { return this.isValid() ? this.date.toISOString() : null }
  toString() { return this.format('ddd MMM DD YYYY HH:mm:ss [GMT]ZZ') }
  format(form = 'YYYY-MM-DDTHH:mm:ssZ') {
    if (!this.isValid()) return 'Invalid date'
    const long = String(form).replace(/\[[^\]]*\]|LTS|LT|LL?L?L?|ll?l?l?/g, (part) => longForms[part] || part)
    return long.replace(/\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|Mo|M|DD|Do|D|dddd|ddd|d|HH|H|hh|h|mm|m|ss|s|SSS|A|a|X|x|ZZ|Z/g,
      (part, quoted) => (quoted === undefined ? momentParts[part](this.date) : quoted))
  }
  from(other, isBare) {
    if (!this.isValid()) return 'Invalid date'
    const past = dateOf(other).getTime() - this.date.getTime()
    const words = spanWords(past)
    return isBare ? words : past >= 0 ? words + ' ago' : 'in ' + words
  }
  fromNow(isBare) { return this.from(undefined, isBare) }
  move(count, unit, sign) {
    const name = unitName(unit)
    const by = sign * (Number(count) || 0)
    if (name === 'week') this.date.setDate(this.date.getDate() + 7 * by)
    else if (name in fieldOf) { const field = fields[fieldOf[name]]; this.date['set' + field](this.date['get' + field]() + by) }
    return this
  }
  add(count, unit) { return this.move(count, unit, 1) }
  subtract(count, unit) { return this.move(count, unit, -1) }
  startOf(unit) {
    const name = unitName(unit)
    if (name === 'week') { this.date.setDate(this.date.getDate() - this.date.getDay()); return this.startOf('day') }
    for (let at = (fieldOf[name] ?? 6) + 1; at < fields.length; at += 1) this.date['set' + fields[at]](at === 2 ? 1 : 0)
    return this
  }
  endOf(unit) { this.startOf(unit).add(1, unit); this.date.setMilliseconds(-1); return this }
  at(unit) { return unit === undefined ? this.valueOf() : this.clone().startOf(unit).valueOf() }
  isSame(other, unit) { return this.at(unit) === new Moment(other).at(unit) }
  isBefore(other, unit) { return this.at(unit) < new Moment(other).at(unit) }
  isAfter(other, unit) { return this.at(unit) > new Moment(other).at(unit) }
  diff(other, unit, isExact) {
    const span = (this.valueOf() - dateOf(other).getTime()) / (lengths[unitName(unit)] || 1)
    return isExact ? span : Math.trunc(span)
  }
  local() { return this }
}
for (const [name, field] of [['year', 'FullYear'], ['month', 'Month'], ['date', 'Date'], ['hour', 'Hours'], ['hours', 'Hours'], ['minute', 'Minutes'],
  ['minutes', 'Minutes'], ['second', 'Seconds'], ['seconds', 'Seconds'], ['millisecond', 'Milliseconds'], ['milliseconds', 'Milliseconds']])
  Moment.prototype[name] = function (value) {
    if (value === undefined) return this.date['get' + field]()
    this.date['set' + field](Number(value))
    return this
  }
Moment.prototype.day = function () { return this.date.getDay() }
const moment = (given) => new Moment(given)
moment.unix = (seconds) => new Moment(Number(seconds) * 1000)
moment.now = () => Date.now()
moment.isMoment = (one) => one instanceof Moment
moment.duration = (count, unit) => {
  const millis = Number(count) * (lengths[unitName(unit)] || 1)
  const as = (name) => millis / lengths[name]
  return { asMilliseconds: () => millis, asSeconds: () => as('second'), asMinutes: () => as('minute'), asHours: () => as('hour'),
    asDays: () => as('day'), humanize: () => spanWords(millis), days: () => Math.trunc(as('day')), hours: () => Math.trunc(as('hour')) % 24,
    minutes: () => Math.trunc(as('minute')) % 60, seconds: () => Math.trunc(as('second')) % 60 }
}
globalThis.moment = moment`
