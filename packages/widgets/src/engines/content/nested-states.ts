import { type EntityId, entityIdSchema } from '@thingwire/contracts'
import type { NestedGrid } from '../../host/host.ts'

/** A state of the dashboard that markup of a file shows inside of itself. */
export type NestedState = {
  /** The class of the element that it stands in. */
  place: string
  stateId: string
  /** It follows when the parameters of the state around change. */
  follows: boolean
  /** Whom it is for, instead of whom the state around is for. */
  entity: EntityId | null
  /** The parameter that `entity` is; null: the entity of the state itself. */
  paramName: string | null
  grid: NestedGrid
}

const element = /<tb-dashboard-state\b((?:[^<>"']|"[^"]*"|'[^']*')*)>(?:\s*<\/tb-dashboard-state\s*>)?/gi
const mostStates = 8

const attribute = (attributes: string, name: string): string | null => {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(attributes)
  return found ? (found[1] ?? found[2] ?? '') : null
}

/** As it is written, or the literal that it is bound to; null where it is bound to anything else. */
const plainValue = (attributes: string, name: string): string | null => {
  const bound = attribute(attributes, `\\[${name}\\]`)?.trim() ?? null
  if (bound === null) return attribute(attributes, name)
  return (
    /^(?:'([^']*)'|(true|false|-?[\d.]+))$/
      .exec(bound)
      ?.slice(1)
      .find((one) => one !== undefined) ?? null
  )
}

/** `{ entityType: 'DEVICE', id: '…' }`, in any order. */
const entityOf = (attributes: string): EntityId | null => {
  const literal = attribute(attributes, '\\[entityId\\]') ?? ''
  const member = (name: string) => new RegExp(`["']?\\b${name}["']?\\s*:\\s*["']([^"']*)["']`).exec(literal)?.[1]
  return entityIdSchema.safeParse({ entityType: member('entityType'), id: member('id') }).data ?? null
}

const gridOf = (attributes: string): NestedGrid => {
  const margin = Number(plainValue(attributes, 'defaultMargin') ?? Number.NaN)
  const outerMargin = plainValue(attributes, 'defaultOuterMargin')
  return {
    fills: plainValue(attributes, 'defaultAutofillLayout') !== 'false',
    margin: Number.isFinite(margin) ? margin : null,
    outerMargin: outerMargin === null ? null : outerMargin === 'true',
    background: plainValue(attributes, 'defaultBackgroundColor') || null,
  }
}

const layoutAttribute = /(?:^|\s)(fx[\w.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?(?=\s|$)/gi

const elementOf = (attributes: string, place: string): string => {
  const escaped = (value: string) => value.replaceAll('"', '&quot;')
  const own = (name: string) => escaped(attribute(attributes, name) ?? '')
  const layout = [...attributes.matchAll(layoutAttribute)].map(
    ([, name, double, single]) => ` ${name}="${escaped(double ?? single ?? '')}"`,
  )
  return `<div class="nested-state ${place} ${own('class')}" style="${own('style')}"${layout.join('')}></div>`
}

/**
 * Finds `<tb-dashboard-state stateId="…">` in markup that is not yet made harmless. In the markup that comes back each has
 * a place instead, with its class, style and layout; elements without a name of a state, and beyond the eighth, stay.
 */
export const nestedStates = (markup: string): { markup: string; states: readonly NestedState[] } => {
  const states: NestedState[] = []
  const withPlaces = markup.replaceAll(element, (whole, attributes: string) => {
    const stateId = plainValue(attributes, 'stateId') ?? ''
    if (stateId === '' || states.length >= mostStates) return whole
    const place = `nested-state-${states.length}`
    states.push({
      place,
      stateId,
      follows: plainValue(attributes, 'syncParentStateParams') === 'true',
      entity: entityOf(attributes),
      paramName: plainValue(attributes, 'entityParamName') || null,
      grid: gridOf(attributes),
    })
    return elementOf(attributes, place)
  })
  return { markup: withPlaces, states }
}
