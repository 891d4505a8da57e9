import { fillPattern } from '../engines/content/records.ts'
import type { WidgetSeries } from '../widget.ts'

export type FrameAddress = { url: string } | { refused: 'missing' | 'scheme' | 'own' | 'mixed' }

/**
 * The address with names and values filled in, if a page may be shown from there. A value is a part of an address and
 * never more: it is encoded.
 */
export const frameAddress = (
  pattern: string,
  series: readonly WidgetSeries[],
  page: Pick<Location, 'origin' | 'protocol'> | null,
): FrameAddress => {
  const text = fillPattern(pattern, series, encodeURIComponent).trim()
  if (text === '') return { refused: 'missing' }
  if (!URL.canParse(text)) return { refused: 'scheme' }
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { refused: 'scheme' }
  // A page of this origin could reach the console around it; names and passwords in addresses are a trick.
  if (url.origin === page?.origin || url.username || url.password) return { refused: 'own' }
  if (page?.protocol === 'https:' && url.protocol === 'http:') return { refused: 'mixed' }
  return { url: url.href }
}
