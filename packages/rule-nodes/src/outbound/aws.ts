import { unfit } from './external-node.ts'

/** The region of a key; throws for one that would make another host of the address. */
export const regionOf = (region: string): string => {
  if (!/^[a-z0-9-]{1,40}$/.test(region)) throw unfit(`region: "${region}" is no region`)
  return region
}

/** Throws for the first of them that is blank. */
export const requireAll = (texts: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(texts)) if (value.trim() === '') throw unfit(`${name}: must be set`)
}
