/**
 * The program that runs a symbol of ThingsBoard in its sandboxed document: it draws the SVG, hands the symbol's functions
 * the context that they expect, and asks the page for actions. Names are those that code of symbols uses; what draws is
 * svg.js, whose elements that code works with. Arguments: `ctx` and `container` of the document, and `symbol`.
 */
export const sandboxProgram = `
const still = matchMedia('(prefers-reduced-motion: reduce)').matches
const given = ctx.settings || {}
container.innerHTML = symbol.svg
const root = container.firstElementChild
Object.assign(root.style, { position: 'absolute', inset: '0', width: '100%', height: '100%', userSelect: 'none' })
const svg = SVG(root)
const { metadata } = symbol
const said = new Set()
const fail = (where, error) => {
  const text = where + ': ' + (error && error.message ? error.message : error)
  if (said.has(text)) return
  said.add(text)
  Promise.reject(new Error(text))
}
const compile = (where, code, names) => {
  if (!code) return null
  try { return new Function(...names, code) } catch (error) { fail(where, error); return null }
}
const listOf = (one) => (Array.isArray(one) ? one : [one])
const isNumber = (value) => value !== null && value !== undefined && value !== '' && Number.isFinite(Number(value))

/* Animations: decomposed transforms and attributes from where the element is to where it goes. */
const geometry = new Set(['x', 'y', 'width', 'height', 'cx', 'cy', 'r', 'rx', 'ry', 'stroke-width', 'stroke-dashoffset', 'font-size'])
const cssName = (name) => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase())
const cssValue = (name, value) => (geometry.has(name) && isNumber(value) ? Number(value) + 'px' : String(value))
const plain = { translateX: 0, translateY: 0, rotate: 0, scaleX: 1, scaleY: 1 }
const cssTransform = (at, x, y) =>
  'translate(' + (at.translateX + x) + 'px,' + (at.translateY + y) + 'px) rotate(' + at.rotate + 'deg) scale(' + at.scaleX + ',' + at.scaleY + ') translate(' + -x + 'px,' + -y + 'px)'
class Animation {
  constructor(element, duration) {
    Object.assign(this, { element, duration: duration || 1000, easing: 'linear', times: 1, swing: false, rate: 1, isPaused: false, changes: null, isRelative: false, attributes: null, player: null, before: null, ticket: 0 })
  }
  running() { return this.player !== null && this.player.playState === 'running' }
  play() { this.isPaused = false; this.pace(); return this }
  pause() { this.isPaused = true; this.pace(); return this }
  stop() { this.drop(); if (this.before) { this.element.attr(this.before.attributes); this.element.attr('transform', this.before.transform) } }
  finish() { this.drop() }
  speed(rate) { this.rate = Number(rate); this.pace(); return this }
  ease(easing) { this.easing = { '<>': 'ease-in-out', '-': 'linear', '>': 'ease-out', '<': 'ease-in' }[easing] || easing; return this.later() }
  loop(times = 0, swing = false) { this.times = times; this.swing = swing; return this.later() }
  transform(changes, isRelative = false) { this.changes = { ...this.changes, ...changes }; this.isRelative = isRelative; return this.later() }
  rotate(rotate, ox, oy) { return this.transform({ rotate, ox, oy }, true) }
  x(x) { return this.transform({ translateX: x }) }
  y(y) { return this.transform({ translateY: y }) }
  dmove(x, y) { return this.transform({ translateX: x, translateY: y }, true) }
  relative(x, y) { return this.dmove(x, y) }
  move(x, y) { const box = this.element.bbox(); return this.dmove(x - box.x, y - box.y) }
  scale(x, y, ox, oy) { return this.transform({ scaleX: x, scaleY: y === undefined ? x : y, ox, oy }, true) }
  size(width, height) {
    const box = this.element.bbox()
    const w = width ?? (box.width / box.height) * height
    const h = height ?? (box.height / box.width) * width
    return this.scale(w / box.width, h / box.height)
  }
  width(width) { return this.size(width, this.element.bbox().height) }
  height(height) { return this.size(this.element.bbox().width, height) }
  attr(name, value) { this.attributes = { ...this.attributes, ...(typeof name === 'object' ? name : { [name]: value }) }; return this.later() }
  later() {
    this.ticket += 1
    const ticket = this.ticket
    queueMicrotask(() => { if (ticket === this.ticket) { try { this.start() } catch (error) { fail('animation', error) } } })
    return this
  }
  drop() { this.ticket += 1; if (this.player) this.player.cancel(); this.player = null }
  pace() {
    if (!this.player) return
    if (this.isPaused || !(this.rate > 0)) this.player.pause()
    else { this.player.playbackRate = this.rate; if (this.player.playState !== 'finished') this.player.play() }
  }
  start() {
    if (this.player) this.player.cancel()
    const { element } = this
    const from = {}
    const to = {}
    this.before = this.before || { attributes: {}, transform: element.attr('transform') ?? null }
    let end = null
    if (this.changes) {
      const box = element.type === 'pattern' ? { cx: 0, cy: 0 } : element.bbox()
      const x = this.changes.originX ?? this.changes.ox ?? box.cx
      const y = this.changes.originY ?? this.changes.oy ?? box.cy
      const at = { ...plain }
      const now = new SVG.Matrix(element).decompose(x, y)
      for (const key of Object.keys(plain)) at[key] = Number.isFinite(now[key]) ? now[key] : plain[key]
      const goal = { ...at }
      for (const key of Object.keys(plain)) {
        const change = Number(this.changes[key])
        if (!Number.isFinite(change) || this.changes[key] === undefined) continue
        goal[key] = !this.isRelative ? change : key.startsWith('scale') ? at[key] * change : at[key] + change
      }
      from.transform = cssTransform(at, x, y)
      to.transform = cssTransform(goal, x, y)
      end = () => element.transform({ ...goal, originX: x, originY: y })
    }
    for (const [name, value] of Object.entries(this.attributes || {})) {
      const now = element.attr(name)
      this.before.attributes[name] ??= now ?? null
      from[cssName(name)] = cssValue(name, now ?? (name === 'opacity' ? 1 : 0))
      to[cssName(name)] = cssValue(name, value)
    }
    const endless = this.times === 0 || this.times === true
    if (!this.swing && !endless) { if (end) end(); if (this.attributes) element.attr(this.attributes) }
    if (still) return
    this.player = element.node.animate(this.swing ? [from, to, from] : [from, to], {
      duration: Math.max(1, this.duration), iterations: endless ? Infinity : Number(this.times) || 1, easing: this.easing,
    })
    this.pace()
  }
}
const animations = new WeakMap()
const animate = (element, duration) => {
  const before = animations.get(element.node)
  if (before) before.finish()
  const made = new Animation(element, duration)
  animations.set(element.node, made)
  return made
}
const ended = (how) => (element) => {
  const one = animations.get(element.node)
  if (one) { one[how](); animations.delete(element.node) }
}

/* Dashes that move along a connector. */
const streams = new WeakMap()
class Stream {
  constructor(element, path, reversed) { Object.assign(this, { element, path, reversed, forwards: true, seconds: 1, dash: 10, gap: 10, line: null, player: null, look: { width: 4, color: '#C8DFF7', cap: 'butt' } }) }
  flowAppearance(width, color, cap, dash, gap) { Object.assign(this, { look: { width, color, cap }, dash: Number(dash) || 10, gap: Number(gap) || 0 }); return this }
  duration(seconds) { this.seconds = Number(seconds) || 1; return this }
  direction(forwards) { this.forwards = Boolean(forwards); return this }
  play() {
    this.finish()
    this.line = this.element.path(this.forwards ? this.path : this.reversed).fill('none')
      .stroke({ width: this.look.width, color: this.look.color, linecap: this.look.cap, dasharray: this.dash + ' ' + this.gap })
    const whole = this.dash + (this.gap || this.dash)
    if (!still) this.player = this.line.node.animate([{ strokeDashoffset: whole + 'px' }, { strokeDashoffset: '0px' }], { duration: Math.max(50, this.seconds * 1000), iterations: Infinity })
    return this
  }
  stop() { if (this.player) this.player.pause() }
  finish() { if (this.player) this.player.cancel(); this.player = null; if (this.line) this.line.remove(); this.line = null }
}
const streamEnded = (how) => (element) => { const one = streams.get(element.node); if (one) { one[how](); streams.delete(element.node) } }

const colorOf = (settings) => {
  const initial = settings && typeof settings.color === 'string' ? settings.color : '#000'
  const ranges = Array.isArray(settings.rangeList) ? settings.rangeList : (settings.rangeList && settings.rangeList.range) || []
  const made = { color: initial, update(value) {
    const found = settings.type === 'range' && isNumber(value)
      ? ranges.find((one) => (one.from === null || one.from === undefined || value >= one.from) && (one.to === null || one.to === undefined || value < one.to))
      : null
    made.color = found ? found.color : initial
  } }
  return made
}
const properties = {}
for (const one of metadata.properties || []) {
  const value = (given.properties || {})[one.id]
  properties[one.id] = one.type === 'color_settings' ? colorOf(value || {}) : value
}
const conversionOf = (unit) => (unit && typeof unit === 'object' ? (given.units || {})[JSON.stringify(unit)] : undefined)
const unitOf = (unit) => {
  const conversion = conversionOf(unit)
  return conversion ? conversion.symbol : unit && typeof unit === 'object' ? unit.from || '' : unit || ''
}
const converted = (value, unit) => {
  const how = conversionOf(unit)
  if (!how) return Number(value)
  return Number((how.per !== undefined ? how.per / Number(value) : Number(value) * how.factor + how.offset).toPrecision(15))
}
const formatted = (value, settings, units, zeros) => {
  const how = settings && typeof settings === 'object' ? settings : { decimals: settings, units, showZeroDecimals: zeros }
  if (!isNumber(value)) return value === null || value === undefined ? '' : String(value)
  const shown = converted(value, how.units)
  const text = isNumber(how.decimals) ? shown.toFixed(Math.min(15, Math.max(0, how.decimals))) : String(shown)
  const short = how.showZeroDecimals || !text.includes('.') ? text : String(Number(text))
  const unit = unitOf(how.units)
  return unit ? short + ' ' + unit : short
}
let number = 0
const context = {
  values: { ...given.values }, properties, tags: {}, svg,
  api: {
    generateElementId: () => { number += 1; return 'element-' + number },
    formatValue: formatted,
    text: (elements, text) => { for (const one of listOf(elements)) {
      const first = one.type === 'text' ? one.children()[0] : null
      const node = first && first.type === 'tspan' ? first.node : one.type === 'text' || one.type === 'tspan' ? one.node : null
      if (node) node.textContent = text === null || text === undefined ? '' : String(text)
    } },
    font: (elements, font, color) => { for (const one of listOf(elements)) {
      if (one.type !== 'text') continue
      if (font) one.font({ family: font.family, size: isNumber(font.size) ? font.size + (font.sizeUnit || 'px') : null, weight: font.weight, style: font.style })
      if (color) one.fill(color)
    } },
    // An icon is drawn in a square of 24; one that is not known is a dot in its colour.
    icon: (elements, icon, size = 12, color = '#0000008A', center = true) => { for (const one of listOf(elements)) {
      if (one.type !== 'g') continue
      one.clear()
      const drawing = Object.hasOwn(given.icons || {}, icon) ? given.icons[icon] : null
      if (drawing === null) {
        const dot = one.circle(size * 0.5).fill(color)
        if (center) dot.center(0, 0)
        continue
      }
      const shape = one.group().attr({ fill: 'none', stroke: color, 'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' })
      shape.node.innerHTML = drawing
      const shift = center ? -size / 2 : 0
      shape.attr('transform', 'translate(' + shift + ' ' + shift + ') scale(' + size / 24 + ')')
    } },
    cssAnimate: animate, cssAnimation: (element) => animations.get(element.node),
    resetCssAnimation: ended('stop'), finishCssAnimation: ended('finish'),
    animate, resetAnimation: ended('stop'), finishAnimation: ended('finish'),
    connectorAnimate: (element, path, reversed) => { streamEnded('finish')(element); const made = new Stream(element, path || '', reversed || ''); streams.set(element.node, made); return made },
    connectorAnimation: (element) => streams.get(element.node),
    resetConnectorAnimation: streamEnded('finish'), finishConnectorAnimation: streamEnded('finish'),
    disable: (elements) => { for (const one of listOf(elements)) one.attr('pointer-events', 'none') },
    enable: (elements) => { for (const one of listOf(elements)) one.attr('pointer-events', null) },
    callAction: (event, id, value, observer) => {
      ctx.callWidget('symbolAction', String(id), value === undefined ? null : value).then(
        () => { if (observer && observer.next) observer.next() },
        (error) => { if (observer && observer.error) observer.error(error); ctx.showErrorToast(error.message) },
      )
    },
    setValue: (id, value) => { if (context.values[id] !== value) { context.values[id] = value; draw() } },
    unitSymbol: unitOf,
    convertUnitValue: converted,
  },
}
for (const element of svg.find('[tb\\\\:tag]')) {
  const tag = element.attr('tb:tag')
  ;(context.tags[tag] ??= []).push(element)
}
const drawAll = compile('symbol', metadata.stateRenderFunction, ['ctx', 'svg'])
const tags = (metadata.tags || []).map((one) => ({ tag: one.tag, draw: compile(one.tag, one.stateRenderFunction, ['ctx', 'element']) }))
for (const one of metadata.tags || []) {
  for (const [trigger, action] of Object.entries(one.actions || {})) {
    const act = compile(one.tag, action && action.actionFunction, ['ctx', 'element', 'event'])
    if (!act) continue
    for (const element of context.tags[one.tag] || []) {
      element.attr('cursor', 'pointer')
      element.on(trigger, (event) => { try { act(context, element, event) } catch (error) { fail(one.tag, error) } })
    }
  }
}
const draw = () => {
  try { if (drawAll) drawAll(context, svg) } catch (error) { fail('symbol', error) }
  for (const one of tags) for (const element of context.tags[one.tag] || []) {
    try { if (one.draw) one.draw(context, element) } catch (error) { fail(one.tag, error) }
  }
}
ctx.onDataUpdated(() => {
  let isChanged = false
  for (const [id, value] of Object.entries((ctx.settings || {}).values || {})) {
    if (Object.is(context.values[id], value)) continue
    context.values[id] = value
    isChanged = true
  }
  if (isChanged) draw()
})
draw()
`
