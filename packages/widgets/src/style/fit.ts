import { leastFontPx } from './font.ts'

/** Mean width of a letter as a share of the font's size, with tabular numerals. */
const letter = 0.58

/** Roughly how wide a text is, without asking a browser. */
export const textWidth = (text: string, px: number): number => [...text].length * px * letter

/** The largest size up to `most` at which the text fits in the width. */
export const fitText = (text: string, width: number, most: number, least = leastFontPx): number =>
  Math.max(least, Math.min(most, width / Math.max(1, [...text].length) / letter))

/** How much larger or smaller something is drawn to fill a box; type must neither vanish nor shout. */
export const fitScale = (
  box: { width: number; height: number },
  natural: { width: number; height: number },
  limits: { least: number; most: number } = { least: 0.4, most: 1.25 },
): number =>
  Math.max(
    limits.least,
    Math.min(limits.most, box.width / Math.max(1, natural.width), box.height / Math.max(1, natural.height)),
  )
