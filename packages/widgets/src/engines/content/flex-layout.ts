/** Reads an attribute of an element; null: it has none of that name. */
type Read = (name: string) => string | null

type Direction = 'row' | 'row-reverse' | 'column' | 'column-reverse'
const directions: readonly Direction[] = ['row', 'row-reverse', 'column', 'column-reverse']

/** Endings of attributes that hold in a window of that width, those that say most first; widths are those of the templates. */
const endings = (width: number): readonly string[] => {
  const all: readonly [string, boolean][] = [
    ['.xs', width < 600],
    ['.sm', width >= 600 && width < 960],
    ['.md', width >= 960 && width < 1_280],
    ['.lg', width >= 1_280 && width < 1_920],
    ['.xl', width >= 1_920],
    ['.lt-sm', width < 600],
    ['.lt-md', width < 960],
    ['.lt-lg', width < 1_280],
    ['.lt-xl', width < 1_920],
    ['.gt-lg', width >= 1_920],
    ['.gt-md', width >= 1_280],
    ['.gt-sm', width >= 960],
    ['.gt-xs', width >= 600],
    ['', true],
  ]
  return all.flatMap(([ending, holds]) => (holds ? [ending] : []))
}

const length = /^(?:-?[\d.]+(?:px|%|vw|vh|em|rem)?|calc\([\d\s.+*/%a-z()-]+\))$/i
const ends: Readonly<Record<string, string>> = { start: 'flex-start', end: 'flex-end' }
const mainWords = ['start', 'center', 'end', 'space-around', 'space-between', 'space-evenly']
const crossWords = ['start', 'center', 'end', 'baseline']

const directionOf = (value: string): Direction => {
  const [word] = value.trim().toLowerCase().split(/\s+/)
  return directions.find((one) => one === word) ?? 'row'
}

const layoutStyles = (layout: string | null, align: string | null, gap: string | null): string[] => {
  if (layout === null && align === null && gap === null) return []
  const direction = directionOf(layout ?? '')
  const [main = '', cross = ''] = (align ?? '').trim().toLowerCase().split(/\s+/)
  const [between = ''] = (gap ?? '').trim().split(/\s+(?![^(]*\))/)
  return [
    `display:${/\binline\b/i.test(layout ?? '') ? 'inline-flex' : 'flex'}`,
    `flex-direction:${direction}`,
    'box-sizing:border-box',
    ...(/\swrap\b/i.test(layout ?? '') ? ['flex-wrap:wrap'] : []),
    ...(mainWords.includes(main) ? [`justify-content:${ends[main] ?? main}`] : []),
    ...(crossWords.includes(cross) ? [`align-items:${ends[cross] ?? cross}`] : []),
    ...(length.test(between) ? [`gap:${between}`] : []),
  ]
}

const flexWords: Readonly<Record<string, string>> = {
  '': '1 1 0%',
  grow: '1 1 100%',
  initial: '0 1 auto',
  auto: '1 1 auto',
  none: '0 0 auto',
  nogrow: '0 1 auto',
  noshrink: '1 0 auto',
}

const flexStyles = (flex: string | null, within: string): string[] => {
  if (flex === null) return []
  const value = flex.trim().toLowerCase()
  const word = flexWords[value]
  if (word !== undefined) return [`flex:${word}`, 'box-sizing:border-box']
  const [, grow = '1', shrink = '1', basis = value] = /^(\d+)\s+(\d+)\s+(.+)$/.exec(value) ?? []
  if (basis !== 'auto' && !length.test(basis)) return []
  const size = /^[\d.]+$/.test(basis) ? `${basis}%` : basis
  const most = within.startsWith('column') ? 'max-height' : 'max-width'
  // A share is also the most that it may take, as the templates mean it.
  const isShare = value === basis && size !== 'auto'
  return [`flex:${grow} ${shrink} ${size}`, ...(isShare ? [`${most}:${size}`] : []), 'box-sizing:border-box']
}

/**
 * What the layout attributes of templates say (`fxLayout`, `fxLayoutAlign`, `fxLayoutGap`, `fxFlex`, `fxHide`), as CSS for a
 * `style`; empty where there are none.
 *
 * @param within direction of the element around
 * @param width of the window, px
 */
export const flexLayoutStyle = (read: Read, within: string, width: number): string => {
  const holding = endings(width)
  const holdingValue = (name: string): string | null => {
    for (const ending of holding) {
      const value = read(`${name}${ending}`)
      if (value !== null) return value
    }
    return null
  }
  const hide = holdingValue('fxhide')
  return [
    ...layoutStyles(holdingValue('fxlayout'), holdingValue('fxlayoutalign'), holdingValue('fxlayoutgap')),
    ...flexStyles(holdingValue('fxflex'), within),
    ...(hide !== null && hide !== 'false' && holdingValue('fxshow') === null ? ['display:none'] : []),
  ].join(';')
}
