import type { QueryValue } from '@thingwire/contracts'

/** A plain JSON value as ThingsBoard's live answers have it: always text, numbers without exponents. */
export const valueText = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
      return numberText(value)
    case 'object':
      return value === null ? '' : JSON.stringify(value)
    default:
      return String(value)
  }
}

const numberText = (value: number): string => {
  const text = String(value)
  if (!text.includes('e')) return text
  if (Number.isInteger(value)) return BigInt(value).toString()
  const [mantissa = '', exponent = '0'] = text.split('e')
  const places = Math.min(100, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent))
  return value.toFixed(places)
}

/** What stands for a value that is not there. */
export const noValue = (): QueryValue => ({ ts: 0, value: '' })
