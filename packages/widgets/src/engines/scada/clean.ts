import type { XmlChild, XmlNode } from './xml.ts'

/** Shapes, groups, paints and effects: what draws, and neither runs nor loads. */
const elements = new Set([
  ...['svg', 'g', 'defs', 'symbol', 'title', 'desc', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline'],
  ...['polygon', 'text', 'tspan', 'linearGradient', 'radialGradient', 'stop', 'clipPath', 'mask', 'pattern', 'marker'],
  ...['filter', 'feBlend', 'feColorMatrix', 'feComponentTransfer', 'feComposite', 'feFlood', 'feFuncA', 'feFuncB'],
  ...['feFuncG', 'feFuncR', 'feGaussianBlur', 'feMerge', 'feMergeNode', 'feMorphology', 'feOffset', 'feDropShadow'],
])

/** Lower-case names as SVG has them; `id`, `tb:tag` and `style` are looked at by themselves. */
const attributes = new Set([
  ...['d', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'fx', 'fy', 'fr', 'dx', 'dy', 'width'],
  ...['height', 'points', 'viewBox', 'preserveAspectRatio', 'transform', 'transform-origin', 'pathLength', 'rotate'],
  ...['fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-linecap'],
  ...['stroke-linejoin', 'stroke-miterlimit', 'stroke-dasharray', 'stroke-dashoffset', 'opacity', 'clip-path', 'mask'],
  ...['clip-rule', 'filter', 'color', 'display', 'visibility', 'paint-order', 'vector-effect', 'mix-blend-mode'],
  ...['shape-rendering', 'marker-start', 'marker-mid', 'marker-end', 'gradientUnits', 'gradientTransform', 'offset'],
  ...['spreadMethod', 'stop-color', 'stop-opacity', 'clipPathUnits', 'maskUnits', 'maskContentUnits', 'patternUnits'],
  ...['patternContentUnits', 'patternTransform', 'filterUnits', 'primitiveUnits', 'markerUnits', 'markerWidth'],
  ...['markerHeight', 'orient', 'refX', 'refY', 'font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor'],
  ...['dominant-baseline', 'alignment-baseline', 'letter-spacing', 'textLength', 'lengthAdjust', 'xml:space'],
  ...['in', 'in2', 'result', 'mode', 'type', 'values', 'operator', 'k1', 'k2', 'k3', 'k4', 'stdDeviation'],
  ...['flood-color', 'flood-opacity', 'color-interpolation-filters', 'radius', 'tableValues', 'slope', 'intercept'],
  ...['amplitude', 'exponent', 'pointer-events', 'aria-hidden'],
])

/** Of `style`: paint and text alone. */
const styles = new Set([
  ...['fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-linecap'],
  ...['stroke-linejoin', 'stroke-dasharray', 'stroke-dashoffset', 'opacity', 'display', 'visibility', 'mask-type'],
  ...['mix-blend-mode', 'stop-color', 'stop-opacity', 'font-size', 'font-weight', 'font-style', 'font-family'],
  ...['text-anchor', 'white-space', 'clip-rule', 'transform', 'transform-origin', 'clip-path', 'mask', 'filter'],
])

const reference = /url\(\s*["']?#([\w.:-]+)["']?\s*\)/g

/** Null: it would load something, or says more than a drawing needs. */
const safeValue = (value: string, idOf: (id: string) => string): string | null => {
  // Nearly all values: without a call, an escape or a scheme there is nothing to look at.
  if (!/[(\\@:]/.test(value)) return value
  const inner = value.replaceAll(reference, (_, id: string) => `url(#${idOf(id)})`)
  const rest = inner.replaceAll(/url\(#[\w.:-]+\)/g, '')
  return /url|image|expression|javascript:|[\\@]|\bvar\s*\(|\battr\s*\(/i.test(rest) ? null : inner
}

const safeStyle = (style: string, idOf: (id: string) => string): string =>
  style
    .split(';')
    .flatMap((one) => {
      const [name = '', ...rest] = one.split(':')
      const value = styles.has(name.trim().toLowerCase()) ? safeValue(rest.join(':').trim(), idOf) : null
      return value === null || value === '' ? [] : [`${name.trim().toLowerCase()}:${value}`]
    })
    .join(';')

/**
 * A drawing without anything that runs, loads from elsewhere or could be taken for a part of the page: elements and
 * attributes of a list, references to its own ids only, and these ids with `prefix` before them, so that two symbols on a
 * board do not share a gradient.
 */
export const cleanDrawing = (root: XmlNode, prefix: string): XmlNode => {
  const idOf = (id: string) => `${prefix}${id.replaceAll(/[^\w-]/g, '_')}`
  const attributesOf = (node: XmlNode): Record<string, string> => {
    const kept: Record<string, string> = {}
    for (const [name, value] of Object.entries(node.attributes)) {
      if (name === 'id') kept.id = idOf(value)
      else if (name === 'tb:tag') kept['tb:tag'] = value
      else if (name === 'style') kept.style = safeStyle(value, idOf)
      else if (attributes.has(name)) {
        const safe = safeValue(value, idOf)
        if (safe !== null) kept[name] = safe
      }
    }
    return kept
  }
  const clean = (child: XmlChild): XmlChild[] => {
    if (typeof child === 'string') return [child]
    if (!elements.has(child.name)) return []
    return [{ name: child.name, attributes: attributesOf(child), children: child.children.flatMap(clean) }]
  }
  return { name: 'svg', attributes: attributesOf(root), children: root.children.flatMap(clean) }
}
