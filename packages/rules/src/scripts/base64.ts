export type Base64 = { atob(text: unknown): string; btoa(text: unknown): string }

/**
 * `atob` and `btoa` as the HTML standard has them: every sign stands for one byte. The function becomes text and runs in the sandbox
 * (sandbox-program.ts), so it may use only its parameters and what it declares itself.
 * @param fail Throws an error of this name; for a text that cannot be read or written, it is the one that browsers throw
 */
export const base64 = (fail: (name: string, message: string) => never): Base64 => {
  const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const values = new Map(Array.from(signs, (sign, value) => [sign.charCodeAt(0), value]))
  const textOf = (given: readonly unknown[]): string =>
    given.length === 0 ? fail('TypeError', '1 argument required, but only 0 present.') : `${given[0]}`
  const badText = (message: string): never => fail('InvalidCharacterError', message)

  const decode = (given: string): string => {
    const written = given.replace(/[\t\n\f\r ]/g, '')
    const text = written.length % 4 === 0 ? written.replace(/={1,2}$/, '') : written
    if (text.length % 4 === 1) badText('The string to be decoded is not correctly encoded.')
    let made = ''
    let bits = 0
    let count = 0
    for (let at = 0; at < text.length; at++) {
      const value = values.get(text.charCodeAt(at)) ?? badText('The string to be decoded is not correctly encoded.')
      bits = ((bits << 6) | value) & 0xff_ff
      count += 6
      if (count < 8) continue
      count -= 8
      made += String.fromCharCode((bits >> count) & 0xff)
    }
    return made
  }
  const encode = (text: string): string => {
    const byteAt = (at: number): number => {
      const code = text.charCodeAt(at)
      return code > 0xff ? badText('The string to be encoded contains characters outside of the Latin1 range.') : code
    }
    let made = ''
    for (let at = 0; at < text.length; at += 3) {
      const left = text.length - at
      const bits = (byteAt(at) << 16) | (left > 1 ? byteAt(at + 1) << 8 : 0) | (left > 2 ? byteAt(at + 2) : 0)
      made += `${signs[bits >> 18]}${signs[(bits >> 12) & 63]}`
      made += `${left > 1 ? signs[(bits >> 6) & 63] : '='}${left > 2 ? signs[bits & 63] : '='}`
    }
    return made
  }
  return {
    atob: (...given: readonly unknown[]) => decode(textOf(given)),
    btoa: (...given: readonly unknown[]) => encode(textOf(given)),
  }
}
