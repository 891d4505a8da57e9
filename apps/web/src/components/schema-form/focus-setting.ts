const controls = 'input, textarea, select, button, [contenteditable=true], [tabindex="0"]'

/**
 * Brings the control of a setting into view and gives it the focus.
 * @param path of the setting, parts joined by `/`; where it has no control of its own, the nearest part above it that has
 * @returns whether there was one
 */
export const focusSetting = (form: Element, path: string): boolean => {
  const parts = path.split('/')
  for (let length = parts.length; length > 0; length--) {
    const place = form.querySelector(`[data-setting="${CSS.escape(parts.slice(0, length).join('/'))}"]`)
    const control = place?.querySelector<HTMLElement>(`[aria-invalid=true], ${controls}`)
    if (!control) continue
    control.scrollIntoView({ block: 'center' })
    control.focus({ preventScroll: true })
    return true
  }
  return false
}
