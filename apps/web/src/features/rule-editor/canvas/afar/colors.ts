/** What a picture is painted with; each in CSS, with the colours of the theme in it. */
export const mixed = (color: string, percent: number, over = 'var(--tw-surface)'): string =>
  `color-mix(in oklab, ${color} ${percent}%, ${over})`

/** Colours of the theme as a picture understands them, by what they are called in CSS; of the moment in which they are asked for. */
export const colorsIn = (room: HTMLElement): ((css: string) => string) => {
  const known = new Map<string, string>()
  return (css) => {
    const before = known.get(css)
    if (before !== undefined) return before
    // Only the browser knows what a mixture of the theme's colours comes to.
    const probe = document.createElement('span')
    probe.style.color = css
    room.append(probe)
    const { color } = getComputedStyle(probe)
    probe.remove()
    known.set(css, color)
    return color
  }
}
