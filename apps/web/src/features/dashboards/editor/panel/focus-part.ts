import type { JsonPath } from '@thingwire/dashboards/edit'
import { focusSetting } from '../../../../components/schema-form/focus-setting.ts'

/** What parts of a widget are set by is marked with `data-part`, the path of the part, members joined by `/`. */
export const partOf = (path: JsonPath): { 'data-part': string } => ({ 'data-part': path.join('/') })

const controls = '[aria-invalid=true], input, textarea, select, button:not([aria-expanded]), [contenteditable=true]'

const unfold = (element: Element | null, within: Element): void => {
  for (let one = element; one && one !== within; one = one.parentElement)
    if (one instanceof HTMLDetailsElement) one.open = true
}

/**
 * Brings the control of a part of the widget into view and gives it the focus; where it has none of its own, the nearest
 * part above it that has.
 * @returns whether that is done; if not, nothing is drawn yet or something was opened on the way, and it has to be looked
 *   for again
 */
export const focusPart = (panel: Element, path: JsonPath): boolean => {
  for (let length = path.length; length > 0; length--) {
    const place = panel.querySelector(`[data-part="${CSS.escape(path.slice(0, length).join('/'))}"]`)
    if (!place) continue
    unfold(place, panel)
    const folded = place.querySelector<HTMLElement>(':scope > div > button[aria-expanded=false]')
    if (folded) {
      folded.click()
      return false
    }
    const rest = path.slice(length)
    for (let depth = rest.length; depth > 0; depth--) {
      const setting = place.querySelector(`[data-setting="${CSS.escape(rest.slice(0, depth).join('/'))}"]`)
      if (!setting) continue
      unfold(setting, panel)
      for (const inner of setting.querySelectorAll('details')) inner.open = true
      if (focusSetting(place, rest.join('/'))) return true
    }
    const control = place.matches(controls) ? place : place.querySelector(controls)
    if (!(control instanceof HTMLElement)) continue
    control.scrollIntoView({ block: 'center' })
    control.focus({ preventScroll: true })
    return true
  }
  return path.length === 0
}
