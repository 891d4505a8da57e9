import type { Runtime } from './types.ts'

/** Java's String.format. */
export const installFormats = ($: Runtime): void => {
  type Parts = { flags: string; width: number; places: number | null; kind: string; whole: string }
  const longest = 10_000
  const bad = ({ whole }: Parts) => $.fail(`the format ${whole} is not supported`)
  const mismatch = (parts: Parts, value: unknown) =>
    $.fail(`${parts.whole} does not take ${$.text(value)} (${$.typeName(value)})`)
  /** The decimal digits of a number that is not negative, and the exponent of the first. */
  const digitsOf = (value: number): [digits: string, exponent: number] => {
    const [mantissa = '0', exponent = '0'] = value.toExponential().split('e')
    return [mantissa.replace('.', ''), Number(exponent)]
  }
  /** Rounded half up by the digits the number is written with. */
  const scaled = (digits: string, cut: number): bigint => {
    if (cut <= 0) return BigInt(digits) * 10n ** BigInt(-cut)
    if (cut > digits.length) return 0n
    const scale = 10n ** BigInt(cut)
    return (BigInt(digits) + scale / 2n) / scale
  }
  const plain = (value: number, places: number): string => {
    const [digits, exponent] = digitsOf(value)
    const text = String(scaled(digits, digits.length - 1 - exponent - places)).padStart(places + 1, '0')
    return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`
  }
  const scientific = (value: number, places: number): string => {
    const [digits, exponent] = digitsOf(value)
    const rounded = String(scaled(digits, digits.length - 1 - places))
    // 9.99 becomes 10.0: one digit more.
    const power = exponent + rounded.length - 1 - places
    const shown = rounded.slice(0, places + 1)
    const fraction = places === 0 ? '' : `.${shown.slice(1)}`
    return `${shown[0]}${fraction}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  }
  const general = (value: number, places: number): string => {
    const count = places === 0 ? 1 : places
    if (value === 0) return plain(0, count - 1)
    const power = Number(scientific(value, count - 1).split('e')[1])
    return power >= -4 && power < count ? plain(value, count - 1 - power) : scientific(value, count - 1)
  }
  const grouped = (text: string, flags: string): string => {
    if (!flags.includes(',')) return text
    const [whole = '', ...rest] = text.split('.')
    return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.')
  }
  const filled = (text: string, { flags, width }: Parts) =>
    flags.includes('-') ? text.padEnd(width) : text.padStart(width)
  /** A number with its sign, filled up with zeros where that is asked for. */
  const withSign = (digits: string, isNegative: boolean, parts: Parts): string => {
    const { flags, width } = parts
    const before = isNegative
      ? flags.includes('(')
        ? '('
        : '-'
      : flags.includes('+')
        ? '+'
        : flags.includes(' ')
          ? ' '
          : ''
    const after = before === '(' ? ')' : ''
    const zeros = flags.includes('0') && /^\d/.test(digits) ? width - before.length - after.length : 0
    return filled(before + digits.padStart(zeros, '0') + after, parts)
  }
  const wholeOf = (value: unknown, parts: Parts): bigint => {
    const kind = $.kindOf(value)
    if (kind < 0 || kind > 2) return mismatch(parts, value)
    return typeof value === 'bigint' ? value : BigInt($.numberOf(value))
  }
  const bitsOf = (value: unknown, parts: Parts): string => {
    const whole = wholeOf(value, parts)
    const size = [8, 32, 64][$.kindOf(value)] ?? 64
    const digits = BigInt.asUintN(size, whole).toString(parts.kind === 'o' ? 8 : 16)
    const start = parts.flags.includes('#') ? (parts.kind === 'o' ? '0' : '0x') : ''
    if (!parts.flags.includes('0')) return filled(start + digits, parts)
    return start + digits.padStart(parts.width - start.length, '0')
  }
  const realOf = (value: unknown, parts: Parts): string => {
    const number = $.isNumber(value) ? $.numberOf(value) : mismatch(parts, value)
    const absolute = Math.abs(number)
    const isNegative = number < 0 || Object.is(number, -0)
    if (Number.isNaN(number)) return filled('NaN', parts)
    if (absolute === Infinity) return withSign('Infinity', isNegative, parts)
    const places = parts.places ?? 6
    const write = parts.kind === 'f' ? plain : parts.kind === 'e' ? scientific : general
    const text = write(absolute, places)
    return withSign(grouped(text, parts.flags), isNegative, parts)
  }
  const signOf = (value: unknown, parts: Parts): string => {
    if ($.kindOf(value) > 1) return mismatch(parts, value)
    const code = ($.codeOf as (value: unknown) => number)(value)
    return ($.signOf as (code: number) => string)(code)
  }
  const one = (value: unknown, parts: Parts): string => {
    const { kind, places } = parts
    const cut = (text: string) => filled(places === null ? text : text.slice(0, places), parts)
    if (kind === 'b') return cut(typeof value === 'boolean' ? String(value) : String(!$.isNull(value)))
    if (kind === 's') return cut($.text(value))
    if ($.isNull(value)) return cut('null')
    if (kind === 'h') return cut(BigInt.asUintN(32, BigInt($.hash(value))).toString(16))
    if (kind === 'c') return filled(signOf(value, parts), parts)
    if (kind === 'x' || kind === 'o') return bitsOf(value, parts)
    if (kind !== 'd') return realOf(value, parts)
    const whole = wholeOf(value, parts)
    return withSign(grouped(String(whole < 0n ? -whole : whole), parts.flags), whole < 0n, parts)
  }
  const lower: Record<string, string> = { X: 'x', S: 's', B: 'b', C: 'c', H: 'h', E: 'e', G: 'g' }
  $.format = (form: string, values: unknown[]): string => {
    let next = 0
    let last = -1
    return form.replace(
      /%(?:(\d+)\$|(<))?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])|%/g,
      (whole, index?: string, again?: string, flags = '', width?: string, places?: string, sign?: string) => {
        const kind = lower[sign ?? ''] ?? sign ?? ''
        const parts: Parts = {
          flags,
          width: Number(width ?? 0),
          places: places === undefined ? null : Number(places),
          kind,
          whole,
        }
        if (parts.width > longest || (parts.places ?? 0) > 1_000) return $.fail('the text is too long')
        if (kind === 'n') return '\n'
        if (kind === '%') return filled('%', parts)
        if (!'bhscdoxefg'.includes(kind) || kind === '') return bad(parts)
        if (again === undefined) last = index === undefined ? next++ : Number(index) - 1
        if (last < 0 || last >= values.length) return $.fail(`there is no value for ${whole}`)
        const text = one(values[last], parts)
        return kind === sign ? text : text.toUpperCase()
      },
    )
  }
}
