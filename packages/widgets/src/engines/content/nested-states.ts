/** A state of the dashboard that markup of a file shows inside of itself. */
export type NestedState = {
  /** The class of the element that it stands in. */
  place: string
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

const elementOf = (attributes: string, place: string): string => {
  const own = (name: string) => (attribute(attributes, name) ?? '').replaceAll('"', '&quot;')
  return `<div class="nested-state ${place} ${own('class')}" style="${own('style')}"></div>`
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
    const place = `nested-state-${states.length}`
    states.push({ place, stateId, keepsParams: /syncParentStateParams\]?\s*=\s*["']true["']/i.test(attributes) })
    return elementOf(attributes, place)
  })
  return { markup: withPlaces, states }
}
