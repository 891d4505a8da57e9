/** A state of the dashboard that markup of a file shows inside of itself. */
export type NestedState = {
  stateId: string
  /** It takes over the parameters of the state around. */
  keepsParams: boolean
}

const element = /<tb-dashboard-state\b((?:[^>"']|"[^"]*"|'[^']*')*)>(?:\s*<\/tb-dashboard-state\s*>)?/gi
const mostStates = 8

const attribute = (attributes: string, name: string): string | null => {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(attributes)
  return found ? (found[1] ?? found[2] ?? '') : null
}

/** The class of the place that the state of that number stands in. */
export const nestedPlace = (index: number): string => `nested-state-${index}`

const placeOf = (attributes: string, index: number): string => {
  const own = (name: string) => (attribute(attributes, name) ?? '').replaceAll('"', '&quot;')
  return `<div class="nested-state ${nestedPlace(index)} ${own('class')}" style="${own('style')}"></div>`
}

/**
 * Finds `<tb-dashboard-state stateId="…">` in markup that is not yet made harmless. In the markup that comes back each has
 * a place instead, with its class and style; elements without a name of a state, and beyond the eighth, stay.
 */
export const nestedStates = (markup: string): { markup: string; states: readonly NestedState[] } => {
  const states: NestedState[] = []
  const withPlaces = markup.replaceAll(element, (whole, attributes: string) => {
    const bound = /^'([^']*)'$/.exec(attribute(attributes, '\\[stateId\\]') ?? '')?.[1]
    const stateId = attribute(attributes, 'stateId') ?? bound ?? ''
    if (stateId === '' || states.length >= mostStates) return whole
    states.push({ stateId, keepsParams: /syncParentStateParams\]?\s*=\s*["']true["']/i.test(attributes) })
    return placeOf(attributes, states.length - 1)
  })
  return { markup: withPlaces, states }
}
