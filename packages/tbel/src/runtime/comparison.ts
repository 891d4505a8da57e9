import type { Runtime } from './types.ts'

/** What is equal, less and greater; conditions; the operators that have words for names. */
export const installComparison = ($: Runtime): void => {
  const { numberOf, isNumber, isNull, Char } = $
  const isNumeric = (value: unknown) => isNumber(value) || !Number.isNaN(numberOf(value))
  $.boolean = (value) => {
    if (typeof value === 'boolean') return value
    if (isNumber(value)) return numberOf(value) > 0
    if (value instanceof Char) return $.boolean(value.text)
    return typeof value === 'string'
      ? !/^(false|no|off|0|)$/i.test(value)
      : $.fail(`${$.typeName(value)} is no boolean`)
  }
  const { boolean } = $
  /** Java's equals: a Long never equals an Integer. */
  $.equals = (left, right) => {
    if (left === right) return true
    if (isNull(left) || isNull(right)) return isNull(left) && isNull(right)
    if (isNumber(left)) return $.kindOf(left) === $.kindOf(right) && numberOf(left) === numberOf(right)
    if (Array.isArray(left)) {
      return (
        Array.isArray(right) &&
        left.length === right.length &&
        left.every((item, index) => $.equals(item, right[index]))
      )
    }
    if (left instanceof Map) {
      if (!(right instanceof Map) || left.size !== right.size) return false
      for (const [key, value] of left) if (!right.has(key) || !$.equals(value, right.get(key))) return false
      return true
    }
    if (left instanceof Set)
      return right instanceof Set && left.size === right.size && [...left].every((item) => right.has(item))
    if (left instanceof Char || right instanceof Char) return $.plain(left) === $.plain(right)
    if (left instanceof $.Date) return right instanceof $.Date && left.ms === right.ms
    if (left instanceof $.Entry)
      return right instanceof $.Entry && left.key === right.key && $.equals(left.value, right.value)
    return false
  }
  const isEmpty = (value: unknown): boolean => {
    if (isNull(value) || value === false) return true
    if (typeof value === 'string') return value.trim() === ''
    if (isNumber(value)) return numberOf(value) === 0
    if (Array.isArray(value)) return value.length === 0
    if (value instanceof $.JavaArray) return value.items.length === 0
    return (value instanceof Map || value instanceof Set) && value.size === 0
  }
  $.equal = (left: unknown, right: unknown): boolean => {
    if (typeof left === 'number' && typeof right === 'number') return left === right
    if (typeof left === 'string' && typeof right === 'string') return left === right
    if (left instanceof Char && typeof right === 'string') return left.text === right
    if (isNull(left) || isNull(right)) return left === $.empty || right === $.empty || (isNull(left) && isNull(right))
    if (left === $.empty) return isEmpty(right)
    if (right === $.empty) return isEmpty(left)
    if (typeof left === 'bigint' && typeof right === 'bigint') return left === right
    if (left instanceof Char || right instanceof Char) return equal($.plain(left), $.plain(right))
    if (typeof left === 'boolean' || typeof right === 'boolean') return boolean(left) === boolean(right)
    if (isNumeric(left) && isNumeric(right)) return numberOf(left) === numberOf(right)
    return $.equals(left, right)
  }
  const equal = $.equal as (left: unknown, right: unknown) => boolean
  $.unequal = (left: unknown, right: unknown): boolean => !equal(left, right)
  const order = (left: unknown, right: unknown): number =>
    numberOf(left) < numberOf(right) ? -1 : numberOf(left) > numberOf(right) ? 1 : 0
  /** Java's compareTo; NaN where nothing is less or greater. */
  $.compare = (left, right) => {
    if (isNull(left) || isNull(right)) return Number.NaN
    if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
    if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : left > right ? 1 : 0
    if (typeof left === 'boolean' || typeof right === 'boolean') return Number(boolean(left)) - Number(boolean(right))
    if (left instanceof Char || right instanceof Char) return $.compare($.plain(left), $.plain(right))
    if (left instanceof $.Date && right instanceof $.Date) return order(left.ms, right.ms)
    if (isNumeric(left) && isNumeric(right)) {
      return Number.isNaN(numberOf(left)) || Number.isNaN(numberOf(right)) ? Number.NaN : order(left, right)
    }
    if (typeof left === 'string' || isNumber(left))
      return $.fail(`${$.text(left)} cannot be compared with ${$.text(right)}`)
    return Number.NaN
  }
  const { compare } = $
  $.less = (left: unknown, right: unknown) =>
    typeof left === 'number' && typeof right === 'number' ? left < right : compare(left, right) < 0
  $.greater = (left: unknown, right: unknown) =>
    typeof left === 'number' && typeof right === 'number' ? left > right : compare(left, right) > 0
  $.atMost = (left: unknown, right: unknown) =>
    typeof left === 'number' && typeof right === 'number' ? left <= right : compare(left, right) <= 0
  $.atLeast = (left: unknown, right: unknown) =>
    typeof left === 'number' && typeof right === 'number' ? left >= right : compare(left, right) >= 0
  $.truth = (value: unknown) =>
    typeof value === 'boolean' ? value : $.fail(`a condition must be true or false, not ${$.typeName(value)}`)
  $.firstFilled = (left: unknown, right: unknown) => (isNull(left) || left === '' ? right : left)
  $.concatenate = (left: unknown, right: unknown) => $.text(left) + $.text(right)
  $.contains = (given: unknown, sought: unknown): boolean => {
    const [whole, part] = [$.plain(given), $.plain(sought)]
    if (typeof whole === 'string') return whole.includes($.text(part))
    if (Array.isArray(whole)) return whole.some((item) => $.equals(item, part))
    if (whole instanceof $.JavaArray) return whole.items.some((item) => equal(item, part))
    return (whole instanceof Map || whole instanceof Set) && whole.has(part)
  }
  /** The groups of consonants that sound alike, by letters from A to Z; 0: not heard. */
  const sounds = '01230120022455012623010202'
  const soundOf = (text: string): string => {
    const letters = text
      .toUpperCase()
      .replace(/,.*/s, '')
      .replace(/[^A-Z]/g, '')
      .replace(/(.)\1+/g, '$1')
    const heard = [...letters].map((letter) => sounds[letter.charCodeAt(0) - 65]).filter((sound) => sound !== '0')
    return heard.slice(0, 4).join('')
  }
  $.soundsLike = (left: unknown, right: unknown): boolean => {
    if (isNull(left) || isNull(right)) return false
    const sound = soundOf($.text(left))
    return sound !== '' && sound.padEnd(4, '0') === soundOf($.text(right)).padEnd(4, '0')
  }
  /** How many signs are the same at the same place, of the longer of two texts. */
  $.similarity = (left: unknown, right: unknown): unknown => {
    if (isNull(right)) return $.float(0)
    const [one, two] = [$.text(left), $.string(right)]
    let same = 0
    for (let at = 0; at < one.length && at < two.length; at++) if (one[at] === two[at]) same++
    return $.float(same / Math.max(one.length, two.length))
  }
  $.matches = (text: unknown, pattern: unknown): boolean =>
    $.pattern(`^(?:${$.string(pattern)})$`, 's').test($.text(text))
  $.empty = Object.freeze({ toString: () => 'empty' })
}
