import { type FilterInput, fromWallClock, toWallClock } from '@thingwire/dashboards'

type Value = FilterInput['defaultValue']

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** A value as its field shows it. */
export const inputText = ({ valueType }: FilterInput, value: Value): string => {
  if (value === null) return valueType === 'BOOLEAN' ? 'false' : ''
  return valueType === 'DATE_TIME' && typeof value === 'number' ? toWallClock(value, zone()) : String(value)
}

/** What a field holds; null for nothing, and for what is not of the kind. */
export const parseInput = ({ valueType }: FilterInput, text: string): Value => {
  switch (valueType) {
    case 'STRING':
      return text
    case 'BOOLEAN':
      return text === 'true'
    case 'NUMERIC': {
      const number = Number(text)
      return text.trim() === '' || !Number.isFinite(number) ? null : number
    }
    case 'DATE_TIME':
      return fromWallClock(text, zone())
  }
}
