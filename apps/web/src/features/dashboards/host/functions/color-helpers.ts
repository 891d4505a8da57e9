/** Names of colours of CSS with what they are, in hexadecimal. */
const names =
  'aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4 black 000000 ' +
  'blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 ' +
  'chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b ' +
  'darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9 darkkhaki bdb76b darkmagenta 8b008b ' +
  'darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f ' +
  'darkslateblue 483d8b darkslategray 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff ' +
  'dimgray 696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ' +
  'ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray 808080 green 008000 greenyellow adff2f grey 808080 honeydew f0fff0 ' +
  'hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa lavenderblush fff0f5 ' +
  'lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 ' +
  'lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa ' +
  'lightskyblue 87cefa lightslategray 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32 ' +
  'linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 ' +
  'mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise 48d1cc ' +
  'mediumvioletred c71585 midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead ' +
  'navy 000080 oldlace fdf5e6 olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 ' +
  'palegoldenrod eee8aa palegreen 98fb98 paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 ' +
  'peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000 rosybrown bc8f8f ' +
  'royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d ' +
  'silver c0c0c0 skyblue 87ceeb slateblue 6a5acd slategray 708090 snow fffafa springgreen 00ff7f steelblue 4682b4 ' +
  'tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff ' +
  'whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32'

/**
 * `tinycolor`, which functions of files mix colours with, as far as they use it: program text that the sandboxes put into
 * their own. Parts of colours are 0 to 255, `a` 0 to 1; amounts are percent.
 */
export const colorHelpers = String.raw`const colorNames = new Map('${names}'.split(/ (?=[a-z]+ )/).map((pair) => pair.split(' ')))
const within = (value, most) => Math.min(most, Math.max(0, value))
const hueToRgb = (h, s, l) => {
  const part = (n) => { const k = (n + h / 30) % 12; return 255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1))) }
  return { r: part(0), g: part(8), b: part(4) }
}
const readColor = (color) => {
  if (color instanceof TinyColor) return { r: color.r, g: color.g, b: color.b, a: color.a }
  if (typeof color === 'object' && color !== null && 'r' in color)
    return { r: Number(color.r), g: Number(color.g), b: Number(color.b), a: color.a === undefined ? 1 : Number(color.a) }
  const given = String(color || '').trim().toLowerCase()
  if (given === 'transparent') return { r: 0, g: 0, b: 0, a: 0 }
  const hex = colorNames.get(given) || (/^#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(given) || [])[1]
  if (hex) {
    const full = hex.length < 6 ? [...hex].map((one) => one + one).join('') : hex
    const part = (at) => Number.parseInt(full.slice(at, at + 2), 16)
    return { r: part(0), g: part(2), b: part(4), a: full.length === 8 ? part(6) / 255 : 1 }
  }
  const [, kind, inner] = /^(rgb|hsl)a?\(([^)]*)\)$/.exec(given) || []
  if (!kind) return null
  const parts = inner.split(/[\s,/]+/).filter(Boolean)
  const amount = (text, most) => (text.endsWith('%') ? (Number.parseFloat(text) / 100) * most : Number.parseFloat(text))
  if (parts.length < 3) return null
  const a = parts[3] === undefined ? 1 : amount(parts[3], 1)
  if (kind === 'rgb') return { r: amount(parts[0], 255), g: amount(parts[1], 255), b: amount(parts[2], 255), a }
  return { ...hueToRgb(((Number.parseFloat(parts[0]) % 360) + 360) % 360, Number.parseFloat(parts[1]) / 100, Number.parseFloat(parts[2]) / 100), a }
}
class TinyColor {
  constructor(color) {
    const read = readColor(color)
    const isRead = read !== null && [read.r, read.g, read.b, read.a].every(Number.isFinite)
    Object.assign(this, isRead ? { r: within(read.r, 255), g: within(read.g, 255), b: within(read.b, 255), a: within(read.a, 1) } : { r: 0, g: 0, b: 0, a: 1 })
    Object.defineProperty(this, 'isRead', { value: isRead })
  }
  isValid() { return this.isRead }
  clone() { return new TinyColor(this) }
  toRgb() { return { r: Math.round(this.r), g: Math.round(this.g), b: Math.round(this.b), a: this.a } }
  toHex() { const { r, g, b } = this.toRgb(); return [r, g, b].map((one) => one.toString(16).padStart(2, '0')).join('') }
  toHexString() { return '#' + this.toHex() }
  toHex8String() { return this.toHexString() + Math.round(this.a * 255).toString(16).padStart(2, '0') }
  toRgbString() {
    const { r, g, b } = this.toRgb()
    const a = Math.round(this.a * 100) / 100
    return a === 1 ? 'rgb(' + r + ', ' + g + ', ' + b + ')' : 'rgba(' + r + ', ' + g + ', ' + b + ', ' + a + ')'
  }
  toHsl() {
    const [r, g, b] = [this.r / 255, this.g / 255, this.b / 255]
    const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)]
    const [l, d] = [(most + least) / 2, most - least]
    const s = d === 0 ? 0 : d / (1 - Math.abs(2 * l - 1))
    const h = d === 0 ? 0 : most === r ? 60 * (((g - b) / d) % 6) : most === g ? 60 * ((b - r) / d + 2) : 60 * ((r - g) / d + 4)
    return { h: (h + 360) % 360, s, l, a: this.a }
  }
  toString() { return this.a < 1 ? this.toRgbString() : this.toHexString() }
  getAlpha() { return this.a }
  setAlpha(a) { this.a = Number.isFinite(Number(a)) ? within(Number(a), 1) : 1; return this }
  getBrightness() { return (this.r * 299 + this.g * 587 + this.b * 114) / 1000 }
  isDark() { return this.getBrightness() < 128 }
  isLight() { return !this.isDark() }
  inLight(change) {
    const { h, s, l, a } = this.toHsl()
    return new TinyColor({ ...hueToRgb(h, s, within(l + change / 100, 1)), a })
  }
  lighten(amount = 10) { return this.inLight(amount) }
  darken(amount = 10) { return this.inLight(-amount) }
}
const tinycolor = (color) => new TinyColor(color)
tinycolor.mix = (from, to, amount) => {
  const [one, other] = [new TinyColor(from), new TinyColor(to)]
  const share = (amount === undefined || amount === null || Number.isNaN(Number(amount)) ? 50 : within(Number(amount), 100)) / 100
  const part = (name) => one[name] + (other[name] - one[name]) * share
  return new TinyColor({ r: part('r'), g: part('g'), b: part('b'), a: part('a') })
}
tinycolor.equals = (one, other) => new TinyColor(one).toRgbString() === new TinyColor(other).toRgbString()
globalThis.tinycolor = tinycolor`
