import { isStockGround, type Scheme, schemeOf } from '@thingwire/widgets/views'

/** Light greys that editors of such files write into every one of them. */
const stockGreys = /^(#eee|#eeeeee|#f5f5f5|#fafafa|rgb\(238, ?238, ?238\))$/i

/** A ground that the author of a file chose; null where it is what every file has, which follows our theme. */
export const chosenGround = (color: string | null): string | null =>
  color === null || isStockGround(color) || stockGreys.test(color.trim()) ? null : color

/** Which of our themes is readable on the ground; the page's where none was chosen. */
export const themeOn = (ground: string | null, page: Scheme): Scheme =>
  ground === null ? page : schemeOf(ground, page)
